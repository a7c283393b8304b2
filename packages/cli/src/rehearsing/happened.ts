/** One line for each step of a rehearsal's story: when, what, and how much of it. */
import type { Election } from '@matokeo/core/election/types.ts';
import { grouped, plural } from '@matokeo/core/result/describe.ts';
import { unreachable } from '@matokeo/core/std/result.ts';
import type { Happened } from '@matokeo/rehearsal/proceed/proceed.ts';

export function happenedLine(election: Election, one: Happened): string {
	const { words } = one.told;
	const what = whatHappened(election, one);
	return `${printTime(one.time)}  ${words === undefined ? what : `${words} (${what})`}`;
}

function printTime(seconds: number): string {
	return seconds <= 0 ? '' : new Date(seconds * 1000).toISOString().replace('T', ' ').slice(0, 16);
}

function whatHappened(election: Election, { told: { step }, did, declared }: Happened): string {
	switch (step.kind) {
		case 'originals':
			return `${plural(did.originals ?? 0, 'original', 'originals')} seen`;
		case 'original':
			return `the original of station ${step.station} is seen`;
		case 'objection':
			return `objection "${step.name}" is lodged`;
		case 'answer':
			return `objection "${step.objection}" is ${step.outcome}`;
		case 'incident':
			return 'a notice: an attempt that failed, with the checks that show it';
		case 'pause':
			return `a notice: ${step.surface} pauses`;
		case 'resume':
			return `a notice: "${step.pause}" is over`;
		case 'error':
			return `a notice: form and certificate of station ${step.station} are said to differ`;
		case 'collation':
			return `${plural(did.certificates ?? 0, 'collation', 'collations')} certified, level "${step.level}"`;
		case 'declaration':
			return declared === undefined
				? 'nothing is declared: what is outstanding could still change the outcome'
				: declaredWords(election, declared);
		case 'dissent':
			return `${step.by} dissents`;
		case 'count':
			return `another count of ${plural(step.rows, 'row', 'rows')} is lodged, by ${'party' in step.by ? `${step.by.party}, ` : ''}${step.by.kind}`;
		case 'order':
			return `order of "${step.court}": ${step.order}, ${step.citation}`;
		default:
			return unreachable(step);
	}
}

/** A rehearsal says so in the place where "declared" would stand. */
function declaredWords(
	{ contests }: Election,
	{ contest, counts, declaration }: NonNullable<Happened['declared']>,
): string {
	const outcome = declaration?.outcome;
	const name = (id: string) => contests.get(contest)?.candidates.find((one) => one.id === id)?.name ?? id;
	const who =
		outcome?.kind === 'elected'
			? `${name(outcome.candidate)} is elected`
			: outcome?.kind === 'runoff'
				? `${outcome.candidates.map(name).join(' and ')} go into a second round`
				: (outcome?.kind ?? '');
	return `declared in the rehearsal, on ${grouped(counts.counted)} of ${grouped(counts.due)} returns: ${who} by the rule as counted`;
}
