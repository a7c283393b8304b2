/**
 * What the log itself says, by its own key: statements of its own (ticks, held blobs, openings, marks, digests of its books) and refusals. It can speak for nobody else: this key and no other is in
 * the server's hands.
 */
import type { Election } from '@matokeo/core/election/types.ts';
import type { NoteSigner } from '@matokeo/core/log/note.ts';
import type { AccessDigest } from '@matokeo/core/record/access.ts';
import type { TallyMark } from '@matokeo/core/record/acts.ts';
import { printLeaf, printText } from '@matokeo/core/record/leaf.ts';
import { printRefusal } from '@matokeo/core/record/refusalNote.ts';
import type { StatementId } from '@matokeo/core/record/said.ts';
import type { BlobHeld, ClockTick, LogWitnessed, ReadingOpen } from '@matokeo/core/record/statement.ts';
import type { Refusal } from '@matokeo/core/rules/refusal.ts';

type Own =
	| Omit<ClockTick, 'by'>
	| Omit<BlobHeld, 'by'>
	| Omit<ReadingOpen, 'by'>
	| Omit<LogWitnessed, 'by'>
	| Omit<TallyMark, 'by'>
	| Omit<AccessDigest, 'by'>;

export interface LogVoice {
	/** The leaf of a statement of the log's own. */
	readonly say: (statement: Own) => Uint8Array;
	/** A signed refusal (D12): proof for the sender that this statement was refused, by which rule, at which size of the log. */
	readonly refusal: (statement: StatementId, refusal: Refusal, size: number) => Uint8Array;
}

export function logVoice({ id, digest }: Election, signer: NoteSigner): LogVoice {
	return {
		say: (statement) => {
			const text = printText(id, digest, { ...statement, by: [signer.name] });
			return printLeaf(text, [{ name: signer.name, keyId: signer.keyId, signature: signer.sign(text) }]);
		},
		refusal: (statement, { rule }, size) => printRefusal({ election: id, digest, rule, size, statement }, signer),
	};
}
