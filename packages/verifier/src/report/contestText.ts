/** One contest in words: both stages side by side, what is missing or in question, the outcome's sentences. */
import { grouped, plural } from '@matokeo/core/result/describe.ts';
import type { ContestResults } from '@matokeo/core/standings/results.ts';
import type { StageResult } from '@matokeo/core/standings/stage.ts';
import { utc } from './date.ts';

export function contestLines(id: string, results: ContestResults): readonly string[] {
	const { stages, outcome } = results;
	const lines = [
		`Contest ${id}: ${plural(results.due, 'polling station is', 'polling stations are')} due`,
		...table(stages.verified, stages.reported),
		...counts(results),
	];
	if ('hidden_until' in outcome)
		return [...lines, `  The package hides the outcome until ${utc(outcome.hidden_until)}, by the log's clock.`];
	const { decided, as_counted: counted, complete } = outcome;
	if (decided === 'open') lines.push('  Outcome: open. What is outstanding may still decide it.');
	else
		lines.push(
			`  Outcome by the package's rule${complete ? '' : ', whatever the outstanding stations say'}: ${words(decided)}. This is arithmetic, not a declaration.`,
		);
	if (decided === 'open') lines.push(`  If nothing more came: ${words(counted)}.`);
	return [...lines, ...outcome.conditions.map(({ sentence }) => `  ${sentence}`)];
}

function table(verified: StageResult, reported: StageResult): readonly string[] {
	const names = [...Object.keys(verified.votes), ...Object.keys(verified.categories)];
	const width = Math.max(12, ...names.map((name) => name.length));
	const row = (name: string, a: string, b: string): string =>
		`  ${name.padEnd(width)} ${a.padStart(14)} ${b.padStart(14)}`;
	const figure = ({ votes, categories }: StageResult, name: string): string =>
		grouped(votes[name] ?? categories[name] ?? 0);
	return [
		row('', 'verified', 'reported'),
		row('stations', grouped(verified.stations), grouped(reported.stations)),
		...names.map((name) => row(name, figure(verified, name), figure(reported, name))),
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

type Decided = Exclude<Extract<ContestResults['outcome'], { readonly decided: unknown }>['decided'], 'open'>;

function words(outcome: Decided): string {
	switch (outcome.kind) {
		case 'elected':
			return `${outcome.candidate} has what is needed to be elected`;
		case 'runoff':
			return `a further round between ${outcome.candidates.join(' and ')}`;
		case 'tie':
			return `a tie between ${outcome.candidates.join(' and ')}, to be settled by ${outcome.by}`;
		case 'refer':
			return `the decision goes to ${outcome.to}`;
		case 'special':
			return `the law's special case "${outcome.code}"`;
		case 'rerun':
			return 'the election is to be held again';
		case 'nobody':
			return 'nobody has what is needed';
	}
}
