/**
 * Whom a leaf is about: the polling station and contest that a problem can be named with. Asks the statement; then the capture that it cites; of a note that
 * cannot be parsed, whatever its bytes still say. A name guessed from damaged bytes is a hint where to look and is used for nothing else.
 */
import { parseLeaf } from '@matokeo/core/record/leaf.ts';
import type { Statement } from '@matokeo/core/record/statement.ts';
import type { RowReader } from '@matokeo/core/rules/rows.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';

export interface Named {
	readonly station?: string;
	readonly area?: string;
	readonly contest?: string;
	readonly statement?: string;
}

export function namedBy(rows: Pick<RowReader, 'get'>, statement: Statement): Named {
	switch (statement.type) {
		case 'form/capture':
			return withoutNothing({ station: statement.station ?? statement.area, contest: statement.contest });
		case 'form/reading':
		case 'reading/open':
			return ofCapture(rows, statement.capture);
		case 'form/ruling':
		case 'station/status':
			return { station: statement.station, contest: statement.contest };
		case 'form/original':
			return { station: statement.station, contest: statement.contest };
		case 'tally/mark':
		case 'collation/certify':
			return { area: statement.area, contest: statement.contest };
		case 'result/declare':
		case 'result/dissent':
		case 'result/record':
		case 'count/lodge':
			return { contest: statement.contest };
		case 'objection/lodge': {
			const { contest, target } = statement;
			if (target.kind === 'statement') return { ...ofCapture(rows, target.statement), contest };
			return { contest, ...(target.kind === 'return' ? { station: target.station } : {}) };
		}
		case 'objection/answer': {
			const row = rows.get('objection', statement.objection);
			return withoutNothing({ station: row?.station, contest: row?.contest });
		}
		case 'notice/file': {
			const { notice } = statement;
			return notice.kind === 'error' ? withoutNothing({ station: notice.station, contest: notice.contest }) : {};
		}
		case 'authority/order': {
			const { order } = statement;
			const contest = 'contest' in order ? order.contest : rows.get('order', order.order)?.contest;
			return withoutNothing({ station: 'station' in order ? order.station : undefined, contest });
		}
		case 'election/amend':
			return 'station' in statement.change ? { station: statement.change.station } : {};
		default:
			return {};
	}
}

/** The same of a note whose bytes may be damaged. */
export function namedIn(suite: Suite, rows: Pick<RowReader, 'get'>, bytes: Uint8Array): Named {
	const leaf = parseLeaf(suite, bytes);
	if (leaf.ok) return { statement: leaf.value.id, ...namedBy(rows, leaf.value.statement) };
	let text = '';
	for (const byte of bytes) text += String.fromCharCode(byte);
	const capture = /"capture":"([0-9a-f]{64})"/.exec(text)?.[1];
	const station = /"station":"([a-z0-9._/-]{1,64})"/.exec(text)?.[1];
	const contest = /"contest":"([a-z0-9._/-]{1,64})"/.exec(text)?.[1];
	return station === undefined && capture !== undefined
		? ofCapture(rows, capture)
		: withoutNothing({ station, contest });
}

function ofCapture(rows: Pick<RowReader, 'get'>, capture: string): Named {
	const ref = rows.get('capture', capture);
	return ref === undefined ? {} : { station: ref.station, contest: ref.contest };
}

function withoutNothing(named: { readonly station: string | undefined; readonly contest: string | undefined }): Named {
	const { station, contest } = named;
	return { ...(station === undefined ? {} : { station }), ...(contest === undefined ? {} : { contest }) };
}
