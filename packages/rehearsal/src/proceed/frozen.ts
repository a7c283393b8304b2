/** What a mark has frozen, read from rows: what stands in a certificate or declaration on it. Nothing is added to it here. */
import type { Election } from '@matokeo/core/election/types.ts';
import type { StatementId } from '@matokeo/core/record/said.ts';
import { contestRow } from '@matokeo/core/rules/chains.ts';
import { collationRow } from '@matokeo/core/rules/collations.ts';
import { sumsOf } from '@matokeo/core/rules/figures.ts';
import type { RowReader } from '@matokeo/core/rules/rows.ts';
import { assert } from '@matokeo/core/std/result.ts';
import type { Frozen, Next } from '../play/port.ts';

export function frozenAt(election: Election, rows: RowReader, id: StatementId): Frozen {
	const mark = rows.get('mark', id);
	const contest = election.contests.get(mark?.contest ?? '');
	assert(mark !== undefined && contest !== undefined, 'a mark that the log has taken has a row');
	const { area, counts, index, list, outcome, decided, texts } = mark;
	const { number, certificate } = collationRow(rows, contest.id, area);
	const { declared, declaration, last } = contestRow(rows, contest.id);
	const frozen = {
		contest: contest.id,
		area,
		mark: id,
		index,
		counts,
		totals: sumsOf(contest, mark.totals),
		list,
		certificate: next(number, certificate),
	};
	if (outcome === undefined || texts === undefined) return frozen;
	const seen = last === undefined ? {} : { seen: last };
	return {
		...frozen,
		declaration: { ...next(declared, declaration), outcome, decided: decided === true, texts, ...seen },
	};
}

function next(number: number | undefined, inForce: StatementId | undefined): Next {
	return { number: (number ?? 0) + 1, ...(inForce === undefined ? {} : { inForce }) };
}
