/**
 * Signed notes (L9, L11–L14, C2SP signed-note): text, an empty line, signature lines. Every leaf of the log is one, so parsing works on the
 * bytes and copies nothing but the signatures. What is signed is exactly the text's bytes, never a re-print of them.
 * It does not know what the text says or whose keys to trust: `verifyNote` is told.
 */
import { base64Decode, base64Encode, concat, hexDecode, hexEncode, utf8Decode, utf8Encode } from '../std/bytes.ts';
import type { Result } from '../std/result.ts';
import { assert, err, ok } from '../std/result.ts';
import type { Suite } from '../std/suite.ts';
import { verifyCosignature } from './cosignature.ts';
import { verifySignature } from './ed25519.ts';
import type { KeyAlgorithm, VerifierKey } from './keys.ts';
import { NOTE_BYTES_MAX, NOTE_SIGNATURES_MAX } from './limits.ts';

export interface NoteSignature {
	readonly name: string;
	/** Eight lower-case hex digits. */
	readonly keyId: string;
	/** What follows the key id: 64 bytes for algorithm 1, 72 for algorithm 4, at least one for any other. */
	readonly signature: Uint8Array;
}

export interface SignedNote {
	/** With its last newline and without the empty line. */
	readonly text: string;
	/** The same in UTF-8: what signatures are over. A view of the bytes that were parsed. */
	readonly textBytes: Uint8Array;
	readonly signatures: readonly NoteSignature[];
}

/** Somebody who signs: the function answers with the bytes after the key id. */
export interface NoteSigner {
	readonly name: string;
	readonly keyId: string;
	readonly sign: (textBytes: Uint8Array) => Uint8Array;
}

/** A signature that verified, and the key under which it did. */
export interface VerifiedSignature {
	readonly key: VerifierKey;
	readonly signature: Uint8Array;
}

const NEWLINE = 10;
const LINE_START = '\u2014 ';
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\0-\t\v-\x1f]/;
/** Control characters, Unicode's White_Space, and the plus that separates the parts of a vkey. */
const NOT_IN_A_NAME = /[+\0- \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

/** L9. */
export function isKeyName(name: string): boolean {
	return name !== '' && !NOT_IN_A_NAME.test(name) && name.isWellFormed();
}

/** L9: the first four bytes of SHA-256(name, newline, algorithm, public key), as eight lower-case hex digits. */
export function keyId(suite: Suite, name: string, algorithm: KeyAlgorithm, publicKey: Uint8Array): string {
	return hexEncode(suite.sha256(concat(utf8Encode(`${name}\n`), Uint8Array.of(algorithm), publicKey)).subarray(0, 4));
}

/** L11, L12. */
export function parseNote(bytes: Uint8Array): Result<SignedNote> {
	if (bytes.length > NOTE_BYTES_MAX)
		return err(`L29: a note has at most ${NOTE_BYTES_MAX} bytes, this has ${bytes.length}`);
	const end = lastEmptyLine(bytes);
	if (end < 0) return err('L11: no empty line between text and signatures');
	const textBytes = bytes.subarray(0, end);
	const text = utf8Decode(textBytes);
	const lines = utf8Decode(bytes.subarray(end + 1));
	if (text === undefined || lines === undefined) return err('L11: the note is not UTF-8');
	if (CONTROL.test(text)) return err('L11: the text has a control character other than newline');
	const signatures = parseSignatureLines(lines);
	return signatures.ok ? ok({ text, textBytes, signatures: signatures.value }) : signatures;
}

/** L12: one or more lines, as a note ends with them and as a witness answers with them. */
export function parseSignatureLines(lines: string): Result<readonly NoteSignature[]> {
	const signatures: NoteSignature[] = [];
	let at = 0;
	while (at < lines.length) {
		const end = lines.indexOf('\n', at);
		if (end < 0) return err('L12: the last signature line does not end in a newline');
		if (signatures.length === NOTE_SIGNATURES_MAX) return err(`L29: more than ${NOTE_SIGNATURES_MAX} signatures`);
		const signature = parseSignatureLine(lines.slice(at, end));
		if (signature === undefined) return err(`L12: signature line ${signatures.length + 1} is not "\u2014 name base64"`);
		signatures.push(signature);
		at = end + 1;
	}
	return signatures.length > 0 ? ok(signatures) : err('L12: no signature');
}

/** L11: ends in a newline, has no other control character and no half of a surrogate pair. */
function isNoteText(text: string): boolean {
	return text.endsWith('\n') && text.isWellFormed() && !CONTROL.test(text);
}

export function printSignatureLine(signature: NoteSignature): string {
	const id = hexDecode(signature.keyId);
	assert(isKeyName(signature.name) && id?.length === 4, 'a signature line has a name and a key id');
	assert(signature.signature.length > 0, 'a signature line has a signature');
	return `${LINE_START}${signature.name} ${base64Encode(concat(id, signature.signature))}\n`;
}

/** L14: the inverse of `parseNote`. */
export function printNote(text: string, signatures: readonly NoteSignature[]): Uint8Array {
	assert(isNoteText(text), 'the text of a note ends in a newline and has no other control character');
	assert(signatures.length > 0 && signatures.length <= NOTE_SIGNATURES_MAX, 'a note has 1 to 100 signatures');
	return utf8Encode(`${text}\n${signatures.map(printSignatureLine).join('')}`);
}

/** L14. */
export function signNote(text: string, signers: readonly NoteSigner[]): Uint8Array {
	const textBytes = utf8Encode(text);
	const signatures = signers.map(({ name, keyId, sign }) => ({ name, keyId, signature: sign(textBytes) }));
	return printNote(text, signatures);
}

/**
 * L13: the signatures by known keys, each key once, in the order of the lines. One known key that fails refuses the whole note,
 * and so does a note that no known key signed. Lines by unknown keys are passed over.
 */
export function verifyNote(
	suite: Suite,
	note: SignedNote,
	keys: readonly VerifierKey[],
): Result<readonly VerifiedSignature[]> {
	const verified: VerifiedSignature[] = [];
	for (const { name, keyId: id, signature } of note.signatures) {
		const known = keys.filter((key) => key.keyId === id && key.name === name);
		const key = known[0];
		if (key === undefined || verified.some((one) => one.key === key)) continue;
		if (known.length > 1) return err(`L13: two keys are configured as ${name}+${id}`);
		if (!verifyByKey(suite, key, note.textBytes, signature)) {
			return err(`L13: the signature of ${name}+${id} is not valid`);
		}
		verified.push({ key, signature });
	}
	return verified.length > 0 ? ok(verified) : err('L13: no known key signed this note');
}

function verifyByKey(suite: Suite, key: VerifierKey, textBytes: Uint8Array, signature: Uint8Array): boolean {
	return key.algorithm === 1
		? verifySignature(suite, key.publicKey, textBytes, signature)
		: verifyCosignature(suite, key.publicKey, textBytes, signature);
}

/** The place of the second of the last two newlines in a row, −1 if there are none. */
function lastEmptyLine(bytes: Uint8Array): number {
	let at = bytes.lastIndexOf(NEWLINE);
	while (at > 0) {
		const before = bytes.lastIndexOf(NEWLINE, at - 1);
		if (before === at - 1) return at;
		at = before;
	}
	return -1;
}

function parseSignatureLine(line: string): NoteSignature | undefined {
	const space = line.indexOf(' ', LINE_START.length);
	if (!line.startsWith(LINE_START) || space < 0) return undefined;
	const name = line.slice(LINE_START.length, space);
	const blob = base64Decode(line.slice(space + 1));
	if (!isKeyName(name) || blob === undefined || blob.length < 5) return undefined;
	return { name, keyId: hexEncode(blob.subarray(0, 4)), signature: blob.subarray(4) };
}
