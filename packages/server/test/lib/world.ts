/**
 * A small election with everybody's keys at hand, spoken for test by test: enrolments, captures, readings, rulings. All keys are test keys; signing is by `node:crypto`.
 */
import { createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Election } from '@matokeo/core/election/types.ts';
import type { SecretKey } from '@matokeo/core/log/keys.ts';
import type { NoteSigner } from '@matokeo/core/log/note.ts';
import { commitmentOf, type Transcription } from '@matokeo/core/record/commitment.ts';
import { printLeaf, printText } from '@matokeo/core/record/leaf.ts';
import type { EnrolledKey, Figures, FormCapture, Statement } from '@matokeo/core/record/statement.ts';
import { base64Encode, utf8Encode } from '@matokeo/core/std/bytes.ts';
import { AUTHORITY, ORIGIN, REGISTRARS, smallElection, testKey } from '@matokeo/core/testing/smallElection.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import type { LogParts, OpenedLog } from '../../src/app/openedLog.ts';
import { openLog } from '../../src/app/openLog.ts';
import type { Store } from '../../src/ports/store.ts';
import { openSqliteStore } from '../../src/storage/sqliteStore.ts';

export const suite = nativeSuite();
const small = smallElection();
export const election: Election = small.election;
export const packageFiles = small.files;

export type Unsaid = Statement extends infer S ? (S extends Statement ? Omit<S, 'by'> : never) : never;

export interface Spoken {
	readonly id: string;
	readonly bytes: Uint8Array;
}

const objects = new Map<string, KeyObject>();

function signWith({ name, seed, publicKey }: SecretKey, message: Uint8Array): Uint8Array {
	const known = objects.get(name);
	const url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
	const jwk = { kty: 'OKP', crv: 'Ed25519', d: url(seed), x: url(publicKey) };
	const key = known ?? createPrivateKey({ key: jwk, format: 'jwk' });
	objects.set(name, key);
	return sign(null, message, key);
}

export function keyOf(name: string): SecretKey {
	return small.keys.get(name) ?? testKey(name);
}

export function say(statement: Unsaid, ...names: readonly string[]): Spoken {
	return sayIn(election, statement, ...names);
}

/** The same in another election of the same keys. */
export function sayIn({ id, digest }: Election, statement: Unsaid, ...names: readonly string[]): Spoken {
	const by = [...names].sort();
	const text = printText(id, digest, { ...statement, by });
	const signatures = by.map((name) => ({ name, keyId: keyOf(name).keyId, signature: signWith(keyOf(name), text) }));
	return { id: suite.sha256Hex(text), bytes: printLeaf(text, signatures) };
}

export const signer: NoteSigner = {
	name: ORIGIN,
	keyId: keyOf(ORIGIN).keyId,
	sign: (message) => signWith(keyOf(ORIGIN), message),
};

export function opening(): Spoken {
	return say({ type: 'election/open', origin: ORIGIN }, AUTHORITY[0], AUTHORITY[1]);
}

function enrolled(name: string, role: EnrolledKey['role'], scope: EnrolledKey['scope']): EnrolledKey {
	return {
		holder: `holder-of-${name.replaceAll('/', '-')}`,
		key: base64Encode(keyOf(name).publicKey),
		name,
		role,
		scope,
	};
}

export const STATIONS = [...election.stations.keys()];
const CLERKS = ['clerk/1', 'clerk/2', 'clerk/3'] as const;
const RETURNING = ['ro/1', 'ro/2'] as const;

/** Everybody who acts in these tests, in one statement. */
export function enrolment(): Spoken {
	const keys = [
		...STATIONS.map((station) => enrolled(`po/${station}`, 'presiding-officer', { station })),
		...CLERKS.map((name) => enrolled(name, 'clerk', {})),
		...RETURNING.map((name) => enrolled(name, 'returning-officer', {})),
	];
	return say({ type: 'key/enrol', keys }, REGISTRARS[0], REGISTRARS[1]);
}

/** Figures that pass every check of the president's form. */
export function presidential(alba: number, benta: number, chidi: number, rejected: number): Figures {
	const valid = alba + benta + chidi;
	return { alba, benta, chidi, valid, rejected, cast: valid + rejected };
}

export function imageOf(text: string): Uint8Array {
	return utf8Encode(`image of ${text}`);
}

export function capture(
	station: string,
	image: Uint8Array,
	figures: Figures | undefined,
	more: Partial<FormCapture> = {},
): Spoken {
	return say(
		{
			type: 'form/capture',
			contest: 'president',
			images: [{ kind: 'original', sha256: suite.sha256Hex(image), size: image.length }],
			kind: 'original',
			poll: 1,
			route: 'own-kit',
			station,
			...(figures === undefined ? {} : { figures }),
			...more,
		},
		`po/${station}`,
	);
}

export interface Read extends Spoken {
	readonly transcription: Transcription;
}

export function reading(captureId: string, clerk: string, figures: Figures): Read {
	const salt = suite.sha256Hex(utf8Encode(`${captureId} ${clerk}`));
	const transcription: Transcription = { attributes: {}, figures, legibility: 'good', salt };
	const commitment = commitmentOf(suite, captureId, clerk, transcription);
	return { ...say({ type: 'form/reading', capture: captureId, commitment }, clerk), transcription };
}

export interface Opened {
	readonly log: OpenedLog;
	readonly store: Store;
	readonly dir: string;
}

export const START = 1_900_000_000;

/** A log in a folder of its own; the clock stands still unless a test hands in another. */
export function openIn(dir: string, parts: Partial<LogParts> = {}): Opened {
	const store = parts.store ?? openSqliteStore(join(dir, 'matokeo.sqlite'));
	const log = openLog({ dir, suite, election, packageFiles, signer, clock: () => START, ...parts, store });
	return { log, store, dir };
}

const folders: string[] = [];

export function newFolder(): string {
	const dir = mkdtempSync(join(tmpdir(), 'matokeo-'));
	folders.push(dir);
	return dir;
}

export function removeFolders(): void {
	for (const dir of folders.splice(0)) rmSync(dir, { recursive: true, force: true });
}
