/** Entries of a history: each statement with who said it, the code that it cites, and what it changed. */
import type { Codes } from '@matokeo/core/election/types.ts';
import type { Digest, Statement } from '@matokeo/core/record/statement.ts';
import type { LoggedEvent } from '@matokeo/core/standings/events.ts';
import type { RecordReader } from '../record.ts';
import { codeView } from './heads.ts';
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
	const code = codeOf(reader.election.codes, statement);
	return {
		index: event.index,
		poll: event.poll,
		id: leaf.id,
		time: event.time,
		signers: statement.by.map((name) => signerView(reader, name)),
		statement: images === undefined ? statement : ofThese(statement, images),
		...(code === undefined ? {} : { code }),
		...(event.before === undefined ? {} : { before: event.before }),
		...(event.after === undefined ? {} : { after: event.after }),
	};
}

/** The office that the key has, or had; a key that is not known cannot have signed what was admitted. */
function signerView({ context, rows }: RecordReader, name: string): SignerView {
	const office = context.packageKeys.get(name)?.office ?? rows.get('key', name)?.role ?? 'observer';
	return { name, office };
}

function ofThese(statement: Statement, images: ReadonlySet<Digest>): Statement {
	if (statement.type !== 'blob/held') return statement;
	return { ...statement, blobs: statement.blobs.filter(({ sha256 }) => images.has(sha256)) };
}

function codeOf(codes: Codes, statement: Statement): CodeView | undefined {
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
		default:
			return undefined;
	}
}
