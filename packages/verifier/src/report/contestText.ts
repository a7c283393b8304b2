/** One contest in words: both stages side by side, what is missing or in question, the outcome's sentences. */
import { grouped, plural } from '@matokeo/core/result/describe.ts';
import type { ContestResults } from '@matokeo/core/standings/results.ts';
import type { StageResult } from '@matokeo/core/standings/stage.ts';
import { utc } from './date.ts';
import { outcomeWords } from './proceedingsText.ts';

export function contestLines(id: string, results: ContestResults): readonly string[] {
	const { stages, outcome } = results;
	const lines = [
		`Contest ${id}: ${plural(results.due, 'polling station is', 'polling stations are')} due`,
		...table(stages),
		...counts(results),
	];
	if ('hidden_until' in outcome)
		return [...lines, `  The package hides the outcome until ${utc(outcome.hidden_until)}, by the log's clock.`];
	const { decided, as_counted: counted, complete } = outcome;
	if (decided === 'open') lines.push('  Outcome: open. What is outstanding may still decide it.');
	else
		lines.push(
			`  Outcome by the package's rule${complete ? '' : ', whatever the outstanding stations say'}: ${outcomeWords(decided)}. This is arithmetic, not a declaration.`,
		);
	if (decided === 'open') lines.push(`  If nothing more came: ${outcomeWords(counted)}.`);
	return [...lines, ...outcome.conditions.map(({ sentence }) => `  ${sentence}`)];
}

/** Verified and reported always; inspected and collated once there is something. */
function table(stages: ContestResults['stages']): readonly string[] {
	const { verified, reported } = stages;
	const later = (['inspected', 'collated'] as const).filter((one) => stages[one].stations > 0);
	const columns = [
		['verified', verified],
		['reported', reported],
		...later.map((one) => [one, stages[one]] as const),
	] as const;
	const names = [...Object.keys(verified.votes), ...Object.keys(verified.categories)];
	const width = Math.max(12, ...names.map((name) => name.length));
	const row = (name: string, cells: readonly string[]): string =>
		`  ${name.padEnd(width)} ${cells.map((cell) => cell.padStart(14)).join(' ')}`;
	const figure = ({ votes, categories }: StageResult, name: string): string =>
		grouped(votes[name] ?? categories[name] ?? 0);
	return [
		row(
			'',
			columns.map(([name]) => name),
		),
		row(
			'stations',
			columns.map(([, one]) => grouped(one.stations)),
		),
		...names.map((name) =>
			row(
				name,
				columns.map(([, one]) => figure(one, name)),
			),
		),
	];
}

function counts(results: ContestResults): readonly string[] {
	const {
		missing,
		quarantined,
		disregarded,
		discrepant,
		discrepant_open: open,
		postponed,
		cancelled,
		merged,
	} = results;
	const lines = [
		`  ${grouped(missing)} missing · ${grouped(quarantined)} in quarantine · ${grouped(discrepant)} discrepant (officer and form, or two forms, differ), ${grouped(open)} of them not ruled on`,
	];
	const further = [
		[disregarded, 'disregarded'],
		[results.set_aside, 'set aside by order'],
		[results.disputed, 'disputed: an objection with standing is open, or a recount is ordered'],
		[postponed, 'postponed'],
		[cancelled, 'cancelled'],
		[merged, 'merged into others'],
		[results.no_form_seen, 'with figures but no form seen (in no total)'],
		[results.as_written, 'counted as written although a check of the form fails'],
		[results.flagged, 'counted, and flagged by a check: they need explanation'],
	] as const;
	const there = further.filter(([count]) => count > 0).map(([count, what]) => `${grouped(count)} ${what}`);
	if (there.length > 0) lines.push(`  ${there.join(' · ')}`);
	if (quarantined > 0) {
		const { votes, categories } = results.quarantine;
		const figures = Object.entries({ ...votes, ...categories }).map(([name, count]) => `${name} ${grouped(count)}`);
		lines.push(`  in quarantine and in no total above: ${figures.join(', ')}`);
	}
	return lines;
}
