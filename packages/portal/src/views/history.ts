/** Entries of a history: each statement with who said it, the code that it cites, and what it changed. */
import type { Codes, Election, Text } from '@matokeo/core/election/types.ts';
import type { Notice, Order } from '@matokeo/core/record/filings.ts';
import type { Digest } from '@matokeo/core/record/said.ts';
import type { Statement } from '@matokeo/core/record/statement.ts';
import type { LoggedEvent } from '@matokeo/core/standings/events.ts';
import type { RecordReader } from '../record.ts';
import { codeIn, codeView } from './heads.ts';
import { leafAt } from './leaves.ts';
import type { CodeView, HistoryEntry, SignerView } from './types.ts';

/** `images`: digests of the return's own images; a `blob/held` names those of hundreds of others, which are left out here and stand in the log. */
export function historyEntry(
	reader: RecordReader,
	event: LoggedEvent,
	images?: ReadonlySet<Digest>,
): HistoryEntry | undefined {
	const leaf = leafAt(reader, event.index);
	if (leaf === undefined) return undefined;
	const { statement } = leaf;
	const code = codeOf(reader.election, statement);
	const named = namedBy(reader.election, statement);
	return {
		index: event.index,
		poll: event.poll,
		id: leaf.id,
		time: event.time,
		signers: statement.by.map((name) => signerView(reader, name)),
		statement: images === undefined ? statement : ofThese(statement, images),
		...(code === undefined ? {} : { code }),
		...(named === undefined ? {} : { named }),
		...(event.before === undefined ? {} : { before: event.before }),
		...(event.after === undefined ? {} : { after: event.after }),
	};
}

/** The office that the key has, or had; a key that is not known cannot have signed what was admitted. */
export function signerView({ context, rows }: RecordReader, name: string): SignerView {
	const office = context.packageKeys.get(name)?.office ?? rows.get('key', name)?.role ?? 'observer';
	return { name, office };
}

function ofThese(statement: Statement, images: ReadonlySet<Digest>): Statement {
	if (statement.type !== 'blob/held') return statement;
	return { ...statement, blobs: statement.blobs.filter(({ sha256 }) => images.has(sha256)) };
}

function codeOf({ codes, proceedings }: Election, statement: Statement): CodeView | undefined {
	switch (statement.type) {
		case 'station/status':
			return codeView(codes, 'status', statement.reason);
		case 'blob/withhold':
			return codeView(codes, 'withhold', statement.reason);
		case 'key/revoke':
			return codeView(codes, 'revoke', statement.reason);
		case 'election/amend':
			return codeView(codes, 'amend', statement.basis);
		case 'form/capture':
			return statement.replaces === undefined ? undefined : codeView(codes, 'replaces', statement.replaces.reason);
		case 'form/ruling':
			if (statement.decision.kind === 'quarantine') return codeView(codes, 'quarantine', statement.decision.reason);
			return statement.decision.kind === 'disregard'
				? codeView(codes, 'disregard', statement.decision.ground)
				: undefined;
		case 'collation/certify':
		case 'result/declare':
			if (statement.supersedes === undefined) return undefined;
			return codeView(codes, 'supersede', statement.supersedes.reason);
		case 'result/dissent':
			return codeView(codes, 'dissent', statement.reason);
		case 'objection/lodge':
			return codeIn(proceedings.grounds, statement.ground);
		case 'objection/answer':
			return codeView(codes, 'answer', statement.reason);
		case 'notice/file':
			return 'reason' in statement.notice ? codeView(codes, 'notice', statement.notice.reason) : undefined;
		case 'authority/order':
			return codeView(codes, 'order', statement.basis);
		default:
			return undefined;
	}
}

/** Names and texts for the ids that the statement's sentence has; absent where it has none. */
function namedBy({ areas, codes, proceedings }: Election, statement: Statement): HistoryEntry['named'] {
	const area = (id: string | undefined) =>
		id === undefined ? undefined : { areas: { [id]: areas.get(id)?.name ?? id } };
	const court = (id: string): Readonly<Record<string, Text>> => {
		const found = proceedings.courts.find((one) => one.id === id);
		return found === undefined ? {} : { [id]: found.name };
	};
	switch (statement.type) {
		case 'tally/mark':
		case 'collation/certify':
			return area(statement.area);
		case 'objection/lodge':
			return area(statement.target.kind === 'area' ? statement.target.area : undefined);
		case 'objection/answer':
			return statement.to === undefined ? undefined : { texts: court(statement.to) };
		case 'notice/file':
			return { texts: textsOfNotice(codes, statement.notice) };
		case 'authority/order':
			return { ...area(areaOfOrder(statement.order)), texts: court(statement.court) };
		default:
			return undefined;
	}
}

function areaOfOrder(order: Order): string | undefined {
	return order.kind === 'stay' ? order.area : undefined;
}

function textsOfNotice(codes: Codes, notice: Notice): Readonly<Record<string, Text>> {
	const surface = 'surface' in notice ? [codeView(codes, 'surface', notice.surface)] : [];
	const attempt = notice.kind === 'incident' ? [codeView(codes, 'attempt', notice.attempted)] : [];
	return Object.fromEntries([...surface, ...attempt].map(({ id, text }) => [id, text]));
}
