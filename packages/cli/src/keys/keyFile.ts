/**
 * A key file: one secret key in the C2SP spelling (L10), encrypted with age under a passphrase or to somebody's age recipient, in armour, so that it can be printed and put into a safe.
 * It is readable by its owner only and never written over. It does not ask for passphrases (`passphrase.ts`).
 */
import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, writeFileSync } from 'node:fs';
import {
	type KeyAlgorithm,
	parseSecretKey,
	printSecretKey,
	type SecretKey,
	verifierKey,
} from '@matokeo/core/log/keys.ts';
import { utf8Decode } from '@matokeo/core/std/bytes.ts';
import { portablePublicKey } from '@matokeo/core/std/portable.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { armor, Decrypter, Encrypter } from 'age-encryption';
import { inWords, readGiven } from '../given.ts';

/** What opens or closes a key file: exactly one of the two. */
export type Lock =
	| { readonly kind: 'passphrase'; readonly passphrase: string }
	/** When writing an age recipient (`age1…`), when reading an age identity (`AGE-SECRET-KEY-1…`). */
	| { readonly kind: 'age'; readonly key: string };

/** A key line of 250 bytes in the armour of age, for many recipients. */
const KEY_FILE_BYTES_MAX = 65_536;
/** 2¹⁸ rounds of scrypt, 256 MB and about a second: what age itself takes. */
const WORK_FACTOR = 18;

/** From the system's randomness. Algorithm 1 signs statements and checkpoints as their author, 4 cosigns as a witness. */
export function makeKey(suite: Suite, name: string, algorithm: KeyAlgorithm): SecretKey {
	const seed = Uint8Array.from(randomBytes(32));
	return { ...verifierKey(suite, name, algorithm, portablePublicKey(seed)), seed };
}

export async function sealKey(key: SecretKey, lock: Lock, workFactor = WORK_FACTOR): Promise<Result<string>> {
	const encrypter = new Encrypter();
	if (lock.kind === 'passphrase') {
		encrypter.setPassphrase(lock.passphrase);
		encrypter.setScryptWorkFactor(workFactor);
	} else {
		try {
			encrypter.addRecipient(lock.key);
		} catch {
			return err(
				'The recipient is none of age: expected a public key that begins with "age1", as `age-keygen` prints it.',
			);
		}
	}
	const sealed = await encrypter.encrypt(`${printSecretKey(key)}\n`);
	return ok(armor.encode(sealed));
}

/** Writes where nothing lies yet, for the owner's eyes only, and is done when the disk has it. */
export function writeKeyFile(path: string, text: string): Result<undefined> {
	try {
		const file = openSync(path, 'wx', 0o600);
		try {
			// The whole of it: a single write may stop short on a full disk.
			writeFileSync(file, text);
			fsyncSync(file);
		} finally {
			closeSync(file);
		}
		return ok(undefined);
	} catch (error) {
		const there = error instanceof Error && 'code' in error && error.code === 'EEXIST';
		if (there) return err(`"${path}" is there already, and a key is never written over: name another file with --out.`);
		return err(`"${path}" cannot be written: ${inWords(error)}.`);
	}
}

/** What a key file needs to be opened, found without opening it. */
export type Sealed =
	| { readonly needs: 'passphrase'; readonly bytes: Uint8Array }
	| { readonly needs: 'identity'; readonly bytes: Uint8Array };

export function readKeyFile(path: string): Result<Sealed> {
	const read = readGiven(path, KEY_FILE_BYTES_MAX);
	if (!read.ok) return read;
	const text = utf8Decode(read.value);
	if (text?.startsWith('PRIVATE+KEY+') === true)
		return err(
			`"${path}" holds a secret key that is not encrypted, and is not used: whoever can read the file can sign. Make a new key with \`matokeo key new\`, and revoke this one if it was enrolled.`,
		);
	const bytes = ageBytes(read.value, text);
	if (bytes === undefined)
		return err(`"${path}" is no key file: expected a file that \`matokeo key new\` wrote, encrypted with age.`);
	const header = new TextDecoder('latin1').decode(bytes.subarray(0, 512));
	return ok({ needs: header.includes('\n-> scrypt ') ? 'passphrase' : 'identity', bytes });
}

/** What a key is wanted for: a key of the wrong kind is refused before it signs anything. */
export type KeyUse = 'statements' | 'cosignatures' | 'either';

export async function openKey(
	suite: Suite,
	path: string,
	sealed: Sealed,
	lock: Lock,
	use: KeyUse,
): Promise<Result<SecretKey>> {
	const decrypter = new Decrypter();
	let text: string;
	try {
		if (lock.kind === 'passphrase') decrypter.addPassphrase(lock.passphrase);
		else decrypter.addIdentity(lock.key);
		text = await decrypter.decrypt(sealed.bytes, 'text');
	} catch {
		return err(
			lock.kind === 'passphrase'
				? `"${path}" does not open with this passphrase, or it is damaged: type it again; mind capitals and the keyboard's language.`
				: `"${path}" does not open with this identity, or it is damaged: name the identity file of the recipient that it was made for.`,
		);
	}
	const key = parseSecretKey(suite, text.replace(/\n$/, ''));
	if (!key.ok) return err(`"${path}" opens, but holds no secret key of this system (${key.error}).`);
	const wrong = wrongUse(key.value.algorithm, use);
	return wrong === undefined ? key : err(`"${path}" holds ${wrong}`);
}

function wrongUse(algorithm: KeyAlgorithm, use: KeyUse): string | undefined {
	if (use === 'statements' && algorithm !== 1)
		return "a witness's key, which signs checkpoints and no statements: name another file.";
	if (use === 'cosignatures' && algorithm !== 4)
		return "a key that signs statements. A witness's key signs nothing else: make one with `matokeo key new NAME --witness --out FILE`.";
	return undefined;
}

const AGE = 'age-encryption.org/v1\n';

/** The file as age writes it, out of its armour; `undefined` if it is none. */
function ageBytes(bytes: Uint8Array, text: string | undefined): Uint8Array | undefined {
	if (new TextDecoder('latin1').decode(bytes.subarray(0, AGE.length)) === AGE) return bytes;
	if (text?.trimStart().startsWith('-----BEGIN AGE ENCRYPTED FILE-----') !== true) return undefined;
	try {
		return armor.decode(text);
	} catch {
		return undefined;
	}
}
