/**
 * An attestation (B40, R8): somebody who took photographs of forms says so, in the words that a law asks for, signed with the key that signed the captures. It is a file in that person's hands and no statement of the log: its first line is none that a
 * statement has, so neither can be taken for the other. Parse and print are inverse. Whether what it says is true is nobody's here to know.
 */
import { type NoteSigner, parseNote, type SignedNote, signNote } from '@matokeo/core/log/note.ts';
import { bytesEqual, utf8Encode } from '@matokeo/core/std/bytes.ts';
import { assert, err, ok, type Result } from '@matokeo/core/std/result.ts';
import { ATTESTATION_BYTES_MAX, ATTESTATION_LINE_CHARACTERS_MAX, ATTESTED_CAPTURES_MAX } from './limits.ts';

export interface Attestation {
	readonly election: string;
	/** Digest of the package. */
	readonly package: string;
	/** The form whose words are used, and its language. */
	readonly form: string;
	readonly language: string;
	/** On what law the words rest, as the form says. */
	readonly basis: string;
	/** Ids of captures, sorted, each once. */
	readonly captures: readonly string[];
	readonly lines: readonly AttestationLine[];
}

/** `says`: words of the form. `answer`: a particular, "label: value", which is the signer's own. */
export interface AttestationLine {
	readonly kind: 'says' | 'answer';
	readonly text: string;
}

const FIRST = 'matokeo-attestation/v1';
const HEAD = ['election', 'package', 'form', 'language', 'basis'] as const;

const PATTERNS: Readonly<Record<(typeof HEAD)[number], RegExp>> = {
	election: /^[a-z0-9._/-]{1,64}$/,
	package: /^[0-9a-f]{64}$/,
	form: /^[a-z0-9._/-]{1,64}$/,
	language: /^[a-z]{2,3}$/,
	basis: /^./u,
};

/** Whether a text may stand in one line of an attestation: no sign that ends, hides or reorders a line. */
export function isAttestationLine(text: string): boolean {
	return (
		text !== '' &&
		text.length <= ATTESTATION_LINE_CHARACTERS_MAX &&
		text.isWellFormed() &&
		text === text.trim() &&
		!/[\p{Cc}\p{Cf}\u2028\u2029]/u.test(text)
	);
}

export function printAttestation({ captures, lines, ...head }: Attestation): string {
	assert([head.basis, ...lines.map(({ text }) => text)].every(isAttestationLine), 'an attestation has lines of text');
	return [
		FIRST,
		...HEAD.map((name) => `${name} ${head[name]}`),
		...captures.map((id) => `capture ${id}`),
		...lines.map(({ kind, text }) => `${kind} ${text}`),
		'',
	].join('\n');
}

export function signAttestation(attestation: Attestation, signer: NoteSigner): Uint8Array {
	return signNote(printAttestation(attestation), [signer]);
}

export interface SignedAttestation {
	readonly attestation: Attestation;
	/** With one signature, which nobody has checked yet. */
	readonly note: SignedNote;
}

/** Accepts what `signAttestation` makes. */
export function parseAttestation(bytes: Uint8Array): Result<SignedAttestation> {
	if (bytes.length > ATTESTATION_BYTES_MAX)
		return err(`B40: an attestation has at most ${ATTESTATION_BYTES_MAX} bytes`);
	const note = parseNote(bytes);
	if (!note.ok) return note;
	if (note.value.signatures.length !== 1) return err('B40: an attestation is signed by one key');
	const [first, ...rest] = note.value.text.split('\n').slice(0, -1);
	if (first !== FIRST) return err(`B40: the first line of an attestation is "${FIRST}"`);
	const attestation = attestationIn(rest);
	const same = attestation !== undefined && bytesEqual(utf8Encode(printAttestation(attestation)), note.value.textBytes);
	return same
		? ok({ attestation, note: note.value })
		: err('B40: its lines are not those of an attestation, in their order');
}

function attestationIn(lines: readonly string[]): Attestation | undefined {
	const head = HEAD.map((name, place) => {
		const line = lines[place] ?? '';
		const value = line.startsWith(`${name} `) ? line.slice(name.length + 1) : '';
		return PATTERNS[name].test(value) ? value : undefined;
	});
	const [election, digest, form, language, basis] = head;
	const rest = lines.slice(HEAD.length).map((line) => /^(capture|says|answer) (.*)$/u.exec(line));
	const captures = rest.flatMap((match) => (match?.[1] === 'capture' ? [match[2] ?? ''] : []));
	const said = rest.flatMap((match): readonly AttestationLine[] => {
		const [, kind, text = ''] = match ?? [];
		return kind === 'says' || kind === 'answer' ? [{ kind, text }] : [];
	});
	const sorted = captures.every((id, place) => /^[0-9a-f]{64}$/.test(id) && (captures[place - 1] ?? '') < id);
	const counted = captures.length > 0 && captures.length <= ATTESTED_CAPTURES_MAX && said.length > 0;
	if (election === undefined || digest === undefined || form === undefined) return undefined;
	if (language === undefined || basis === undefined || !sorted || !counted) return undefined;
	if (![basis, ...said.map(({ text }) => text)].every(isAttestationLine)) return undefined;
	return { election, package: digest, form, language, basis, captures, lines: said };
}
