/** What was filed about one return, and the paper originals of it: taken from its rows, and from the events that name the station. */
import type { Contest } from '@matokeo/core/election/types.ts';
import type { OriginalRow, ReturnRow } from '@matokeo/core/rules/rows.ts';
import type { LoggedEvent } from '@matokeo/core/standings/events.ts';
import type { RecordReader } from '../record.ts';
import { signerView } from './history.ts';
import { leafAt } from './leaves.ts';
import { noticeLine } from './notices.ts';
import { objectionLine } from './objections.ts';
import { orderLine } from './orders.ts';
import type { OriginalView, StationContestView } from './stationTypes.ts';

/** `own`: the station's events in this contest. */
export function proceedingsAt(
	reader: RecordReader,
	contest: Contest,
	row: ReturnRow,
	own: readonly LoggedEvent[],
): Pick<StationContestView, 'orders' | 'originals' | 'objections' | 'errors'> {
	const idsOf = (type: LoggedEvent['type']): readonly string[] =>
		own.flatMap((event) => (event.type === type ? (leafAt(reader, event.index)?.id ?? []) : []));
	const times = new Map(own.map(({ index, time }) => [index, time]));
	const orders = [row.setAside, row.substitute?.order, row.recount?.order];
	return {
		orders: orders.flatMap((id) => (id === undefined ? [] : (orderLine(reader, id) ?? []))),
		originals: (row.originals ?? []).flatMap(
			(original) => originalView(reader, row, original, times.get(original.at) ?? 0) ?? [],
		),
		objections: idsOf('objection/lodge').flatMap((id) => objectionLine(reader, id) ?? []),
		errors: idsOf('notice/file').flatMap((id) => {
			const line = noticeLine(reader, id);
			return line === undefined || line.contest !== contest.id ? [] : [line];
		}),
	};
}

function originalView(
	reader: RecordReader,
	{ original: effective }: ReturnRow,
	{ id, at, by, late = false }: OriginalRow,
	time: number,
): OriginalView | undefined {
	const statement = leafAt(reader, at)?.statement;
	if (statement?.type !== 'form/original') return undefined;
	const { custody, attributes = {}, serial, reading, differs } = statement;
	return {
		id,
		index: at,
		time,
		by: signerView(reader, by),
		custody,
		attributes,
		...(serial === undefined ? {} : { serial }),
		...(reading === undefined ? {} : { reading }),
		differs,
		late,
		effective: id === effective,
	};
}
