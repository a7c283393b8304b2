/** Orders of courts and legislatures (S42): what each decided, who entered it, whether it is in force, and what it did to returns. */
import type { Order } from '@matokeo/core/record/filings.ts';
import type { StatementId } from '@matokeo/core/record/said.ts';
import type { RecordReader } from '../record.ts';
import { codeView, contestHead, namedArea, stampOf } from './heads.ts';
import { effectsAt, entriesAt } from './objections.ts';
import type { OrderLine, OrderView } from './proceedTypes.ts';
import { answeringView, fileView, namedContest, namedStation, referenceTo, saidView, statementOf } from './said.ts';
import type { Named, SignerView } from './types.ts';

export function orderLine(reader: RecordReader, id: StatementId): OrderLine | undefined {
	const row = reader.rows.get('order', id);
	const statement = statementOf(reader, id);
	if (row === undefined || statement?.type !== 'authority/order') return undefined;
	const place = placeOf(reader, row.order);
	const said = saidView(reader, id, row);
	return {
		...said,
		contest: row.contest,
		order: row.order,
		court: answeringView(reader, row.court),
		citation: statement.citation,
		basis: codeView(reader.election.codes, 'order', statement.basis),
		decided: statement.decided,
		state: row.state,
		...(row.until === undefined ? {} : { until: row.until }),
		...(place === undefined ? {} : { place }),
		entered: enteredBy(said.signers),
	};
}

function enteredBy([first]: readonly SignerView[]): OrderLine['entered'] {
	if (first?.office === 'court') return 'court';
	return first?.office === 'party' ? 'party' : 'authority';
}

function placeOf(reader: RecordReader, order: Order): Named | undefined {
	if ('station' in order) return namedStation(reader, order.station);
	return order.kind === 'stay' && order.area !== undefined ? namedArea(reader.election, order.area) : undefined;
}

export function orderView(reader: RecordReader, id: StatementId): OrderView | undefined {
	const order = orderLine(reader, id);
	const statement = statementOf(reader, id);
	if (order === undefined || statement?.type !== 'authority/order') return undefined;
	const ended = order.until === undefined ? undefined : reader.rows.indexOf(order.until);
	const indexes = [order.index, ...(ended === undefined ? [] : [ended])];
	const names = namedBy(order.order);
	const contest = reader.election.contests.get(order.contest);
	return {
		stamp: stampOf(reader),
		...(contest === undefined
			? {}
			: { contest: namedContest(reader, order.contest), head: contestHead(reader, contest) }),
		order,
		document: fileView(reader, statement.document),
		...(names === undefined ? {} : { names: referenceTo(reader, names) }),
		effects: effectsAt(reader, indexes),
		history: entriesAt(reader, indexes),
	};
}

function namedBy(order: Order): StatementId | undefined {
	if ('order' in order) return order.order;
	return order.kind === 'substitute' ? order.capture : undefined;
}
