/**
 * A statement on its way through several hands: the note with its three lines and the signatures that are there so far. The three lines are fixed before the first signature, `by` with
 * them, so that each signer signs what the others signed. It does not know who may sign what.
 */
import { verifySignature } from '@matokeo/core/log/ed25519.ts';
import { type NoteSignature, type NoteSigner, parseNote, type SignedNote } from '@matokeo/core/log/note.ts';
import { type Leaf, type LeafSignature, parseLeaf, printLeaf, VERSION } from '@matokeo/core/record/leaf.ts';
import type { StatementType } from '@matokeo/core/record/statement.ts';
import type { Context } from '@matokeo/core/rules/context.ts';
import { hexDecode, utf8Decode, utf8Encode } from '@matokeo/core/std/bytes.ts';
import { type JsonObject, printCanonical } from '@matokeo/core/std/canonical.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';

export interface Draft {
	/** Parsed with blank signatures where none is yet: spelling and shape are known to be right. */
	readonly leaf: Leaf;
	/** In the order of `by`. */
	readonly signatures: readonly LeafSignature[];
}

/** The three lines of a new statement, checked as the log will check them. */
export function newDraft({ suite, election }: Context, type: StatementType, body: JsonObject): Result<Draft> {
	const text = utf8Encode(`${VERSION} ${type}\n${election.id} ${election.digest}\n${printCanonical(body)}\n`);
	const leaf = parseUnsigned(suite, text, namesIn(body));
	return leaf.ok ? ok({ leaf: leaf.value, signatures: [] }) : leaf;
}

/** What somebody passed on: every signature that can be checked here is, and each is by a name in `by`. */
export function readDraft(context: Context, bytes: Uint8Array): Result<Draft> {
	const { suite, election } = context;
	const note = parsePassedOn(bytes);
	if (!note.ok) return note;
	const { textBytes, signatures } = note.value;
	const leaf = parseUnsigned(suite, textBytes, bySoFar(textBytes));
	if (!leaf.ok) return leaf;
	if (leaf.value.election !== election.id || leaf.value.digest !== election.digest)
		return err(
			`it was made for the election "${leaf.value.election} ${leaf.value.digest}", the package is "${election.id} ${election.digest}": name the package that it belongs to`,
		);
	const { by } = leaf.value.statement;
	const seen = new Set<string>();
	for (const one of signatures) {
		if (!by.includes(one.name) || seen.has(one.name))
			return err(`"${one.name}" signed it, who is not among its signers (${by.join(', ')}), or did so twice`);
		seen.add(one.name);
		const known = context.packageKeys.get(one.name);
		const key = known === undefined ? undefined : hexDecode(known.key);
		if (known === undefined || key === undefined) continue;
		if (known.keyId !== one.keyId || !verifySignature(suite, key, textBytes, one.signature))
			return err(`the signature of "${one.name}" is false: do not sign this, and ask where it came from`);
	}
	return ok({ leaf: leaf.value, signatures: inOrder(by, signatures) });
}

/** The draft with this signature too; one that stands there already stays. */
export function signedBy(draft: Draft, { name, keyId, sign }: NoteSigner): Result<Draft> {
	const { by } = draft.leaf.statement;
	if (!by.includes(name))
		return err(
			`"${name}" is not among the signers of this statement (${by.join(', ')}), which are fixed before the first one signs`,
		);
	if (draft.signatures.some((one) => one.name === name)) return err(`"${name}" has signed it already`);
	const signature = { name, keyId, signature: sign(draft.leaf.text) };
	return ok({ ...draft, signatures: inOrder(by, [...draft.signatures, signature]) });
}

export function missingFrom({ leaf, signatures }: Draft): readonly string[] {
	return leaf.statement.by.filter((name) => !signatures.some((one) => one.name === name));
}

/** The note as it stands: whole when nobody is missing. */
export function printDraft({ leaf, signatures }: Draft): Uint8Array {
	return printLeaf(leaf.text, signatures);
}

/** Checks spelling and shape by the one parser of leaves, with blanks in the place of signatures. */
function parseUnsigned(suite: Context['suite'], text: Uint8Array, by: readonly string[]): Result<Leaf> {
	const blanks = by.map((name) => ({ name, keyId: '00000000', signature: new Uint8Array(64) }));
	const leaf = parseLeaf(suite, printLeaf(text, blanks));
	return leaf.ok ? leaf : err(`${leaf.error.why} (${leaf.error.rule})`);
}

function parsePassedOn(bytes: Uint8Array): Result<Pick<SignedNote, 'textBytes' | 'signatures'>> {
	if (UNSIGNED.test(utf8Decode(bytes) ?? '')) return ok({ textBytes: bytes.subarray(0, -1), signatures: [] });
	const note = parseNote(bytes);
	return note.ok ? note : err(`it is no note that was signed in part or whole (${note.error})`);
}

/** Three lines and the empty one after which signatures stand: the note as it is before the first signer. */
const UNSIGNED = /^[^\n]+\n[^\n]+\n[^\n]+\n\n$/;

/** The names in `by` of three lines that are not checked yet; anything that is none is told by the parser of leaves. */
function bySoFar(text: Uint8Array): readonly string[] {
	const line = new TextDecoder().decode(text).split('\n')[2] ?? '';
	try {
		const body: unknown = JSON.parse(line);
		return typeof body === 'object' && body !== null && 'by' in body ? namesOf(body.by) : [];
	} catch {
		return [];
	}
}

function namesIn(body: JsonObject): readonly string[] {
	return namesOf(body['by']);
}

function namesOf(by: unknown): readonly string[] {
	return Array.isArray(by) ? by.filter((name: unknown): name is string => typeof name === 'string') : [];
}

function inOrder(by: readonly string[], signatures: readonly NoteSignature[]): readonly LeafSignature[] {
	return by.flatMap((name) => signatures.filter((one) => one.name === name));
}
