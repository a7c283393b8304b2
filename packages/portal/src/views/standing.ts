/** Where a contest stands in law: what is declared, what was declared outside the gate, what orders have made of it, and how far its collation is. */
import type { Contest } from '@matokeo/core/election/types.ts';
import { contestRow } from '@matokeo/core/rules/chains.ts';
import { collationRow } from '@matokeo/core/rules/collations.ts';
import { areasOf } from '@matokeo/core/standings/resultInput.ts';
import { totalOf } from '@matokeo/core/standings/total.ts';
import { countAt } from '@matokeo/core/standings/vector.ts';
import type { RecordReader } from '../record.ts';
import { orderLine } from './orders.ts';
import type { ContestStanding, StepView } from './proceedTypes.ts';
import { statementOf } from './said.ts';

export function contestStanding(reader: RecordReader, { id }: Contest): ContestStanding {
	const { declaration, record, annulled, replaced, stays = [] } = contestRow(reader.rows, id);
	const order = (one: string | undefined) => (one === undefined ? undefined : orderLine(reader, one));
	const act = declaration === undefined ? undefined : reader.rows.get('act', declaration);
	const mark = act?.mark === undefined ? undefined : reader.rows.get('mark', act.mark);
	const [annulling, replacing] = [order(annulled), order(replaced?.order)];
	return {
		...(declaration === undefined || act?.number === undefined || mark === undefined
			? {}
			: {
					declared: {
						statement: declaration,
						number: act.number,
						index: act.index,
						time: act.time,
						at: mark.index,
						at_time: mark.time,
					},
				}),
		...recordedIn(reader, record, act?.index),
		...(annulling === undefined ? {} : { annulled: annulling }),
		stays: stays.flatMap((one) => order(one) ?? []),
		...(replacing === undefined ? {} : { replaced: replacing }),
	};
}

function recordedIn(
	reader: RecordReader,
	record: string | undefined,
	declared: number | undefined,
): Pick<ContestStanding, 'recorded'> {
	const row = record === undefined ? undefined : reader.rows.get('act', record);
	if (record === undefined || row === undefined || (declared !== undefined && declared > row.index)) return {};
	const statement = statementOf(reader, record);
	if (statement?.type !== 'result/record') return {};
	return { recorded: { statement: record, made: statement.when } };
}

/** From the top down; an area in which nothing is due is none that is to be certified. */
export function stepsOf({ election, rows, baseline }: RecordReader, contest: Contest): readonly StepView[] {
	if (contest.collation.length === 0) return [];
	const all = areasOf(election, contest);
	return contest.collation.map(({ level, title }) => {
		const areas = all.filter((area) => {
			if (area.level !== level) return false;
			const total = totalOf(baseline, rows, contest, area.id);
			return countAt(total, 'due') + countAt(total, 'cancelled') + countAt(total, 'merged') > 0;
		});
		return {
			level,
			name: election.levels.find(({ id }) => id === level)?.name ?? {},
			title,
			areas: areas.length,
			certified: areas.filter(({ id }) => collationRow(rows, contest.id, id).certificate !== undefined).length,
		};
	});
}
