/** A mark (S34) as data: what it has frozen, whether the witnesses have seen it, and what may be signed on it. */
import type { StatementId } from '@matokeo/core/record/said.ts';
import { collationRow } from '@matokeo/core/rules/collations.ts';
import { sumsOf } from '@matokeo/core/rules/figures.ts';
import { stageAt } from '@matokeo/core/rules/marks.ts';
import type { RecordReader } from '../record.ts';
import { type ActKind, isCertified, markedPlace, waitingOf } from './drafts.ts';
import type { MarkView } from './gateTypes.ts';
import { namedArea, stampOf } from './heads.ts';

export function markView(reader: RecordReader, id: StatementId): MarkView | undefined {
	const { context, election, rows } = reader;
	const found = markedPlace(reader, id);
	const stage = found === undefined ? undefined : stageAt(election, found.contest, found.row.area);
	if (found === undefined || stage === undefined) return undefined;
	const { contest, row } = found;
	const { area, contest: _id, totals, ...frozen } = row;
	const { met, silent, waited } = waitingOf(context, rows, row);
	const timeout = election.proceedings.witnessTimeout;
	const here = `/api/v1/marks/${id}`;
	const kinds: readonly ActKind[] = [
		...(isCertified(election, contest, area) ? (['certificate'] as const) : []),
		...(row.outcome === undefined ? [] : (['declaration'] as const)),
	];
	return {
		stamp: stampOf(reader),
		id,
		contest: contest.id,
		area: namedArea(election, area),
		level: election.areas.get(area)?.level ?? '',
		stage,
		...frozen,
		latest: collationRow(rows, contest.id, area).mark === id,
		totals: sumsOf(contest, totals),
		sheet: `${here}/sheet`,
		witnesses: { met, silent, waited, ...(timeout === undefined ? {} : { timeout }) },
		drafts: kinds.map((kind) => ({ kind, link: `${here}/${kind}` })),
	};
}
