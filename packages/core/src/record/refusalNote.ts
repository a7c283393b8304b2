/**
 * A signed refusal (`spec/storage.md`, D12): the log's word that it refused a statement, by which rule, and how many statements lay before it then. Print and parse are inverse. Its type is none of the
 * statements', so that it can never be taken for one. Whether the refusal was right is for the rules.
 */
import type { VerifierKey } from '../log/keys.ts';
import { type NoteSigner, parseNote, signNote, verifyNote } from '../log/note.ts';
import { utf8Encode } from '../std/bytes.ts';
import { parseCanonical, printCanonical } from '../std/canonical.ts';
import { err, ok, type Result } from '../std/result.ts';
import type { Suite } from '../std/suite.ts';
import { VERSION } from './leaf.ts';
import type { Digest, StatementId } from './said.ts';

export interface SignedRefusal {
	readonly election: string;
	/** Of the election package. */
	readonly digest: Digest;
	readonly rule: string;
	/** Statements of the log that lay before it when it was decided. */
	readonly size: number;
	readonly statement: StatementId;
}

const TYPE = `${VERSION} refusal`;
const FIRST_LINE = utf8Encode(`${TYPE}\n`);
const HEADER = /^([a-z0-9._/-]{1,64}) ([0-9a-f]{64})$/;
const DIGEST = /^[0-9a-f]{64}$/;
const RULE = /^[A-Z][0-9]{1,2}$/;

export function printRefusal(
	{ election, digest, rule, size, statement }: SignedRefusal,
	signer: NoteSigner,
): Uint8Array {
	const body = printCanonical({ rule, size, statement });
	return signNote(`${TYPE}\n${election} ${digest}\n${body}\n`, [signer]);
}

/** Whether the bytes begin as a refusal does: what else they are is for `parseRefusal`. */
export function isRefusal(bytes: Uint8Array): boolean {
	return FIRST_LINE.every((byte, at) => bytes[at] === byte);
}

/** Refused when none of these keys has signed it. */
export function parseRefusal(suite: Suite, bytes: Uint8Array, logKeys: readonly VerifierKey[]): Result<SignedRefusal> {
	const note = parseNote(bytes);
	if (!note.ok) return note;
	const signed = verifyNote(suite, note.value, logKeys);
	if (!signed.ok) return signed;
	const [first, second = '', third = '', ...rest] = note.value.text.split('\n');
	const header = HEADER.exec(second);
	if (first !== TYPE || header === null || rest.join('\n') !== '')
		return err(`D12: expected "${TYPE}", the election with its digest, and one line of JSON`);
	const json = parseCanonical(third);
	if (!json.ok) return err(`D12: ${json.error}`);
	const members = typeof json.value === 'object' && 'rule' in json.value ? json.value : {};
	const { rule, size, statement } = members;
	const known = Object.keys(members).length === 3 && typeof rule === 'string' && RULE.test(rule);
	if (!known || typeof size !== 'number' || size < 0 || typeof statement !== 'string' || !DIGEST.test(statement))
		return err('D12: expected the members rule, size and statement');
	return ok({ election: header[1] ?? '', digest: header[2] ?? '', rule, size, statement });
}
