/** Notices in words (V87): what is paused, and beside each attempt that is said to have failed what the same checks say here. */
import { plural } from '@matokeo/core/result/describe.ts';
import type { RepeatedCheck, ShownIncident, ShownNotice, ShownNotices } from '../proceedings/notices.ts';
import { utc } from './date.ts';
import { entryWords } from './timesText.ts';

export function noticesLines({ count, paused, list }: ShownNotices): readonly string[] {
	if (count === 0) return [];
	return [
		`Notices: ${count}`,
		...paused.map((id) => `  PAUSED by notice ${id}: no notice of its end is in the log.`),
		...list.flatMap(noticeLines),
		'',
	];
}

function noticeLines({ statement, kind, contest, by, said, resumed, incident }: ShownNotice): readonly string[] {
	const about = contest === '' ? '' : ` in contest ${contest}`;
	const ended = resumed === undefined ? '' : `; ended by notice ${resumed}`;
	const head = `  ${kind} ${statement}${about} of ${by.join(', ')}, ${entryWords(said)}${ended}`;
	return incident === undefined ? [head] : [head, ...incidentLines(incident)];
}

function incidentLines({
	surface,
	attempted,
	outcome,
	from,
	until,
	touched,
	checks,
}: ShownIncident): readonly string[] {
	const when = `from ${utc(from)}${until === undefined ? '' : ` to ${utc(until)}`}`;
	const wrong = checks.filter(({ found }) => found === 'wrong');
	const contradicted = outcome === 'failed' && wrong.length > 0;
	return [
		`    "${attempted}" on "${surface}" ${when}: it says ${outcome}${touched.length === 0 ? '' : `, having touched ${plural(touched.length, 'statement', 'statements')}`}`,
		...checks.map(checkLine),
		...(contradicted
			? ['    This record does not bear that out: of what the notice names, something is wrong. It needs explanation.']
			: []),
		...(outcome === 'failed' && !contradicted && checks.some(({ found }) => found === 'nothing wrong')
			? ['    The checks that it names were made again here, and bear it out as far as they go.']
			: []),
	];
}

function checkLine({ check, from, to, found, where }: RepeatedCheck): string {
	const at = where.length === 0 ? '' : `: ${where.join(', ')}`;
	return `    ${check} of ${from} to ${to}: ${found === 'wrong' ? 'WRONG' : found} here${at}`;
}
