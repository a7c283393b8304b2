/**
 * Admission (S5–S10): whether a leaf may stand at an index, and what it changes. The same two functions run on the server before a statement
 * is acknowledged, in the verifier and in the browser; a leaf that `decide` refuses is void wherever it is replayed.
 *
 * Signatures are asked for through `Signed`, since a verifier has checked them elsewhere already.
 */
import { verifySignature } from '../log/ed25519.ts';
import type { Leaf, LeafSignature } from '../record/leaf.ts';
import type { Statement, StatementType } from '../record/statement.ts';
import { hexDecode } from '../std/bytes.ts';
import { err, ok, type Result } from '../std/result.ts';
import { accessDigest } from './access.ts';
import { electionAmend } from './amendments.ts';
import { blobHeld, blobWithhold } from './blobs.ts';
import { formCapture } from './captures.ts';
import { collationCertify } from './certifying.ts';
import type { Context, Said, Signer } from './context.ts';
import { countLodge } from './counts.ts';
import { resultDeclare, resultDissent, resultRecord } from './declaring.ts';
import { keyEnrol, keyRevoke } from './keys.ts';
import { tallyMark } from './marks.ts';
import { noticeFile } from './notices.ts';
import { objectionAnswer, objectionLodge } from './objections.ts';
import { clockTick, decideOrder, electionOpen } from './opening.ts';
import { authorityOrder } from './orders.ts';
import { formOriginal } from './originals.ts';
import { formReading, readingOpen } from './readings.ts';
import { type Refusal, refuse } from './refusal.ts';
import type { RowReader, Rows } from './rows.ts';
import { formRuling } from './rulings.ts';
import type { Saying } from './saying.ts';
import { signersOf } from './signers.ts';
import { stationStatus } from './stationStatus.ts';
import { logWitnessed } from './witnessed.ts';

type Sayings = { readonly [T in StatementType]: Saying<Extract<Statement, { type: T }>> };

const BY_TYPE: Sayings = {
	'election/open': electionOpen,
	'election/amend': electionAmend,
	'key/enrol': keyEnrol,
	'key/revoke': keyRevoke,
	'clock/tick': clockTick,
	'log/witnessed': logWitnessed,
	'blob/held': blobHeld,
	'blob/withhold': blobWithhold,
	'station/status': stationStatus,
	'form/capture': formCapture,
	'form/reading': formReading,
	'reading/open': readingOpen,
	'form/ruling': formRuling,
	'form/original': formOriginal,
	'tally/mark': tallyMark,
	'collation/certify': collationCertify,
	'result/declare': resultDeclare,
	'result/dissent': resultDissent,
	'result/record': resultRecord,
	'objection/lodge': objectionLodge,
	'objection/answer': objectionAnswer,
	'notice/file': noticeFile,
	'authority/order': authorityOrder,
	'count/lodge': countLodge,
	'access/digest': accessDigest,
};

/** The same table for a statement whose type is known only when it comes. */
const SAYINGS: Readonly<Record<StatementType, Saying<Statement>>> = BY_TYPE;

/** Whether this signer's signature over the leaf's text is true. */
export type Signed = (signer: Signer, signature: LeafSignature, leaf: Leaf) => boolean;

/** Checks each signature here and now. */
export function signedBy(context: Context): Signed {
	return (signer, { signature }, leaf) => {
		const key = hexDecode(signer.key);
		return key !== undefined && verifySignature(context.suite, key, leaf.text, signature);
	};
}

export function decide(
	context: Context,
	rows: RowReader,
	leaf: Leaf,
	index: number,
	signed: Signed,
): Result<Said, Refusal> {
	const { election } = context;
	if (leaf.election !== election.id || leaf.digest !== election.digest) {
		return err(
			refuse(
				'S5',
				`the statement is for ${leaf.election} ${leaf.digest}, this log is for ${election.id} ${election.digest}: make it anew for this election`,
			),
		);
	}
	const logged = rows.indexOf(leaf.id);
	if (logged !== undefined)
		return err(refuse('S8', `this text is logged already, at index ${logged}: nothing more is needed`));
	const order = decideOrder(rows, leaf.statement.type, index);
	if (order !== undefined) return err(order);
	const signers = signersOf(context, rows, leaf.signatures, index);
	if (!signers.ok) return signers;
	for (const [i, signer] of signers.value.entries()) {
		const signature = leaf.signatures[i];
		if (signature === undefined || !signed(signer, signature, leaf)) {
			return err(
				refuse(
					'S7',
					`the signature of "${signer.name}" does not fit this text: it was changed, or signed by another key; sign this very text again`,
				),
			);
		}
	}
	const said = { index, id: leaf.id, statement: leaf.statement, signers: signers.value };
	const refusal = SAYINGS[leaf.statement.type].decide(context, rows, said);
	return refusal === undefined ? ok(said) : err(refusal);
}

/** Writes into the rows what a decided statement changes. */
export function evolve(context: Context, rows: Rows, said: Said): void {
	SAYINGS[said.statement.type].evolve(context, rows, said);
}
