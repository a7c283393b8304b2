/**
 * A mirror's word that it keeps a statement (M20): `matokeo/v1 pending`, three lines signed by the mirror's own key. It says when this mirror had it and how far the mirror had verified the
 * log then; it is no receipt, and the log may refuse what it names. Print and parse are inverse.
 */
import type { VerifierKey } from '@matokeo/core/log/keys.ts';
import { type NoteSigner, parseNote, signNote, verifyNote } from '@matokeo/core/log/note.ts';
import { VERSION } from '@matokeo/core/record/leaf.ts';
import { parseCanonical, printCanonical } from '@matokeo/core/std/canonical.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';

export interface PendingWord {
	readonly election: string;
	/** Digest of the election package. */
	readonly digest: string;
	/** Id of the statement. */
	readonly id: string;
	/** UTC seconds of the mirror's clock. */
	readonly time: number;
	/** Statements of the log that the mirror had verified then. */
	readonly size: number;
}

const FIRST = `${VERSION} pending`;
const SECOND = /^([a-z0-9._/-]{1,64}) ([0-9a-f]{64})$/;
const DIGEST = /^[0-9a-f]{64}$/;

export function printPending({ election, digest, id, time, size }: PendingWord, signer: NoteSigner): Uint8Array {
	return signNote(`${FIRST}\n${election} ${digest}\n${printCanonical({ id, size, time })}\n`, [signer]);
}

/** Refused when the mirror's key did not sign it. */
export function parsePending(suite: Suite, bytes: Uint8Array, key: VerifierKey): Result<PendingWord> {
	const note = parseNote(bytes);
	if (!note.ok) return note;
	const signed = verifyNote(suite, note.value, [key]);
	if (!signed.ok) return signed;
	const [first, second = '', third = '', ...rest] = note.value.text.split('\n');
	const header = SECOND.exec(second);
	if (first !== FIRST || header === null || rest.join() !== '')
		return err(`M20: expected "${FIRST}", the election with its digest, and one line of JSON`);
	const json = parseCanonical(third);
	if (!json.ok) return err(`M20: ${json.error}`);
	const { value } = json;
	const members = typeof value === 'object' && 'id' in value ? value : {};
	const { id, time, size } = members;
	if (typeof id !== 'string' || !DIGEST.test(id) || typeof time !== 'number' || typeof size !== 'number')
		return err('M20: expected the members id, size and time');
	if (Object.keys(members).length !== 3) return err('M20: there are members beside id, size and time');
	return ok({ election: header[1] ?? '', digest: header[2] ?? '', id, time, size });
}
