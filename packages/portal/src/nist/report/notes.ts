/** The notes of a report: in plain English, what its other members cannot say. From which log and up to where, which figures, what mode, what is declared and what orders have made of it. */
import { grouped, plural } from '@matokeo/core/result/describe.ts';
import { base64Encode } from '@matokeo/core/std/bytes.ts';
import type { NistOptions, NistSource, NistStage } from './source.ts';
import type { ContestStatus } from './status.ts';
import { nistTotal, sumOf } from './totals.ts';

const FIGURES: Readonly<Record<NistStage, string>> = {
	verified: 'of returns that two people have read alike, or that a ruling has settled',
	reported: 'as officers reported them; not yet read from the paper',
	inspected: 'of verified returns whose paper original was seen and agrees',
};

const MODES = {
	official: '',
	rehearsal: 'This is a rehearsal: a test with made or past figures, no result of any authority.',
	parallel: 'This is a parallel count by somebody else than the authority: no official result.',
} as const;

export function notesOf(
	source: NistSource,
	{ contests, area }: NistOptions,
	stage: NistStage,
	statuses: readonly ContestStatus[],
): string {
	const { election } = source;
	const { size, root } = source.head();
	return [
		MODES[election.mode],
		election.notice['en'] ?? '',
		`Made from the log ${election.log.origin} at ${plural(size, 'entry', 'entries')}, root ${base64Encode(root)}; recompute it with: matokeo verify FOLDER --anchor ${election.digest}.`,
		`The figures are at the stage "${stage}": ${FIGURES[stage]}.`,
		area === undefined ? '' : `Only the area ${area} is reported.`,
		election.polling === undefined
			? 'The package does not say on which days the polling is: start and end are the day (UTC) on which the log was opened.'
			: '',
		...contests.flatMap((contest, place) => {
			const known = statuses[place];
			return known === undefined ? [] : contestNotes(source, contest.id, known, quarantineOf(source, contest, stage));
		}),
	]
		.filter((text) => text !== '')
		.join(' ');
}

interface Quarantine {
	readonly stations: number;
	readonly ballots: number;
	readonly open: number;
}

function quarantineOf(source: NistSource, contest: NistOptions['contests'][number], stage: NistStage): Quarantine {
	const { quarantined, quarantinedVotes, open } = nistTotal(source, contest, contest.scope, stage);
	return { stations: quarantined, ballots: sumOf(quarantinedVotes), open };
}

function contestNotes(
	{ election }: NistSource,
	contest: string,
	{ declared, asDeclared }: ContestStatus,
	{ stations, ballots, open }: Quarantine,
): readonly string[] {
	const word = { official: 'Declaration', rehearsal: 'Rehearsed declaration', parallel: 'Own declaration' }[
		election.mode
	];
	const told: string[] = [];
	const say = (text: string) => void told.push(`${contest}: ${text}`);
	if (stations > 0)
		say(
			`${plural(stations, 'station', 'stations')} in quarantine, with ${plural(ballots, 'ballot', 'ballots')} that are in no total.`,
		);
	if (open > 0)
		say(
			`at ${plural(open, 'station', 'stations')} documents differ and no ruling has settled it: this needs explanation.`,
		);
	if (declared === undefined) return told;
	const as = asDeclared
		? 'the figures of this report are the declared ones.'
		: `it declared ${grouped(sumOf([...Object.values(declared.votes), ...Object.values(declared.categories)]))} ballots of ${plural(declared.stations, 'station', 'stations')}; the figures of this report are others.`;
	say(`${word} ${declared.number}, at entry ${grouped(declared.at)}: ${as}`);
	if (declared.annulled !== undefined) say(`an order has annulled the contest (statement ${declared.annulled}).`);
	if (declared.stayed !== undefined) say(`an order stays the result (statement ${declared.stayed}).`);
	if (declared.replaced !== undefined)
		say(`an order has replaced the winner by ${declared.replaced.candidate} (statement ${declared.replaced.order}).`);
	return told;
}
