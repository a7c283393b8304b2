/**
 * The two ways to write a key on a line (L10): `vkey`, public, and Go's `skey`, secret.
 * Two algorithms are known: 1, Ed25519 over the text of a note, and 4, an Ed25519 cosignature. It does not know whom to trust.
 */
import { base64Decode, base64Encode, concat } from '../std/bytes.ts';
import { portablePublicKey } from '../std/portable.ts';
import type { Result } from '../std/result.ts';
import { err, ok } from '../std/result.ts';
import type { Suite } from '../std/suite.ts';
import { isKeyName, keyId } from './note.ts';

/** 1: Ed25519 over a note's text. 4: timestamped Ed25519 cosignature of a checkpoint. */
export type KeyAlgorithm = 1 | 4;

export interface VerifierKey {
	readonly name: string;
	/** Eight lower-case hex digits (L9). */
	readonly keyId: string;
	readonly algorithm: KeyAlgorithm;
	/** 32 bytes. */
	readonly publicKey: Uint8Array;
}

export interface SecretKey extends VerifierKey {
	/** 32 bytes. */
	readonly seed: Uint8Array;
}

const SECRET_PREFIX = 'PRIVATE+KEY+';

/** The key with its id; the caller vouches for name and length. */
export function verifierKey(suite: Suite, name: string, algorithm: KeyAlgorithm, publicKey: Uint8Array): VerifierKey {
	return { name, keyId: keyId(suite, name, algorithm, publicKey), algorithm, publicKey };
}

export function printVerifierKey(key: VerifierKey): string {
	return `${key.name}+${key.keyId}+${base64Encode(concat(Uint8Array.of(key.algorithm), key.publicKey))}`;
}

export function parseVerifierKey(suite: Suite, text: string): Result<VerifierKey> {
	const line = parseKeyLine(text);
	if (!line.ok) return line;
	const { name, id, algorithm, material } = line.value;
	const key = verifierKey(suite, name, algorithm, material);
	return key.keyId === id ? ok(key) : err(wrongId(key, id));
}

/** Go's form, as `note.GenerateKey` writes it; with algorithm 4 the same form serves a witness. */
export function printSecretKey(key: SecretKey): string {
	const material = base64Encode(concat(Uint8Array.of(key.algorithm), key.seed));
	return `${SECRET_PREFIX}${key.name}+${key.keyId}+${material}`;
}

/** The refusal never repeats the secret. */
export function parseSecretKey(suite: Suite, text: string): Result<SecretKey> {
	if (!text.startsWith(SECRET_PREFIX)) return err(`L10: a secret key begins with ${SECRET_PREFIX}`);
	const line = parseKeyLine(text.slice(SECRET_PREFIX.length));
	if (!line.ok) return line;
	const { name, id, algorithm, material } = line.value;
	const key = verifierKey(suite, name, algorithm, portablePublicKey(material));
	return key.keyId === id ? ok({ ...key, seed: material }) : err(wrongId(key, id));
}

interface KeyLine {
	readonly name: string;
	readonly id: string;
	readonly algorithm: KeyAlgorithm;
	readonly material: Uint8Array;
}

/** Split at the first two plus signs: base64 has plus signs of its own, names have none. */
function parseKeyLine(text: string): Result<KeyLine> {
	const first = text.indexOf('+');
	const second = text.indexOf('+', first + 1);
	if (first < 0 || second < 0) return err('L10: a key has three parts: name+id+base64');
	const name = text.slice(0, first);
	const id = text.slice(first + 1, second);
	if (!isKeyName(name)) return err('L9: a key name is not empty and has neither white space nor a plus sign');
	if (!/^[0-9a-f]{8}$/.test(id)) return err('L10: a key id is eight lower-case hex digits');
	const bytes = base64Decode(text.slice(second + 1));
	if (bytes === undefined) return err('L10: the third part of a key is base64 with padding');
	const algorithm = bytes[0];
	if (algorithm !== 1 && algorithm !== 4) return err('L10: only algorithms 1 (Ed25519) and 4 (cosignature) are known');
	if (bytes.length !== 33) return err(`L10: an Ed25519 key has 32 bytes, this has ${bytes.length - 1}`);
	return ok({ name, id, algorithm, material: bytes.subarray(1) });
}

function wrongId(key: VerifierKey, found: string): string {
	return `L10: the key of ${key.name} has id ${key.keyId}, the line says ${found}`;
}
