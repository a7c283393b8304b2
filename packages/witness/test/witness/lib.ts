/** What the tests of a witness share: keys, small trees with two pasts, a log that signs whatever it is told, and requests. All keys are TEST KEYS: their seeds are one byte, 32 times. */
import { createPrivateKey, sign } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signCheckpoint } from '@matokeo/core/log/checkpoint.ts';
import { type KeyAlgorithm, type VerifierKey, verifierKey } from '@matokeo/core/log/keys.ts';
import { leafHash, proveConsistency, rootOf } from '@matokeo/core/log/merkle.ts';
import type { NoteSigner } from '@matokeo/core/log/note.ts';
import { printAddCheckpoint } from '@matokeo/core/log/witness.ts';
import { utf8Decode, utf8Encode } from '@matokeo/core/std/bytes.ts';
import { portablePublicKey } from '@matokeo/core/std/portable.ts';
import { ok, type Result } from '@matokeo/core/std/result.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { afterAll } from 'vitest';
import { type DeskParts, type WitnessAnswer, type WitnessDesk, witnessDesk } from '../../src/witness/desk.ts';
import { memoryState } from '../../src/witness/memoryState.ts';
import type { Incident, WitnessState } from '../../src/witness/state.ts';

export const suite = nativeSuite();
export const ORIGIN = 'log.example/election';
export const START = 1_800_000_000;

export interface TestKey extends NoteSigner {
	readonly key: VerifierKey;
}

export function testKey(name: string, fill: number, algorithm: KeyAlgorithm = 1): TestKey {
	const seed = new Uint8Array(32).fill(fill);
	const publicKey = portablePublicKey(seed);
	const key = verifierKey(suite, name, algorithm, publicKey);
	const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
	const jwk = { kty: 'OKP', crv: 'Ed25519', d: text(seed), x: text(publicKey) };
	const secret = createPrivateKey({ key: jwk, format: 'jwk' });
	return { name, keyId: key.keyId, key, sign: (message) => sign(null, message, secret) };
}

export const log = testKey(ORIGIN, 1);
export const spare = testKey(ORIGIN, 2);
export const stranger = testKey(ORIGIN, 3);
export const witness = testKey('witness.example/court', 4, 4);

/** A past: the hashes of its entries. Two pasts share what they share. */
export type Past = readonly Uint8Array[];

export function past(size: number, name = 'honest', shared: Past = []): Past {
	return Array.from(
		{ length: size },
		(_, place) => shared[place] ?? leafHash(suite, utf8Encode(`${name} entry ${place}`)),
	);
}

export const honest = past(64);
/** Another past from entry 5 on. */
export const other = past(64, 'other', honest.slice(0, 5));

export function rootAt(leaves: Past, size: number): Uint8Array {
	return rootOf(suite, leaves.slice(0, size));
}

export function proof(leaves: Past, from: number, to: number): readonly Uint8Array[] {
	if (from === 0) return [];
	return unwrap(
		proveConsistency(
			suite,
			({ level, index }) => ok(rootOf(suite, leaves.slice(index * 2 ** level, (index + 1) * 2 ** level))),
			from,
			to,
		),
	);
}

export function checkpoint(leaves: Past, size: number, signers: readonly NoteSigner[] = [log]): Uint8Array {
	return signCheckpoint(
		{ origin: signers[0]?.name ?? ORIGIN, size, root: rootAt(leaves, size), extensions: [] },
		signers,
	);
}

/** What a log sends that grew from one size to another, on one past. */
export function growth(leaves: Past, from: number, to: number, signers?: readonly NoteSigner[]): Uint8Array {
	return printAddCheckpoint({
		oldSize: from,
		proof: proof(leaves, from, to),
		checkpoint: checkpoint(leaves, to, signers),
	});
}

export interface Bench extends WitnessDesk {
	readonly state: WitnessState;
	readonly told: Incident[];
	/** UTC seconds: what the clock of the witness shows. */
	readonly now: { seconds: number };
}

/** A desk on a memory state, with a clock that stands still until it is moved. */
export function bench(parts: Partial<DeskParts> = {}): Bench {
	const state = parts.state ?? memoryState();
	const now = { seconds: START };
	const told: Incident[] = [];
	const desk = witnessDesk({
		suite,
		logs: new Map([[ORIGIN, [log.key, spare.key]]]),
		signer: witness,
		clock: () => now.seconds,
		reporter: (incident) => told.push(incident),
		...parts,
		state,
	});
	return { ...desk, state, told, now };
}

export function textOf({ body }: Pick<WitnessAnswer, 'body'>): string {
	return utf8Decode(body) ?? 'no text';
}

const folders: string[] = [];

export function newFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), 'matokeo-witness-'));
	folders.push(folder);
	return folder;
}

afterAll(() => {
	for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

export function unwrap<T, E>(result: Result<T, E>): T {
	if (!result.ok) throw new Error(JSON.stringify(result.error));
	return result.value;
}
