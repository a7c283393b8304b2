/**
 * A small election's log, written by hand for the verifier's tests: people enrolled, forms captured, held, read and opened, a difference ruled on, a key revoked, one image sealed
 * and one withheld. Every note can be taken out, changed or put elsewhere before the folder is made.
 */
import { signCheckpoint } from '@matokeo/core/log/checkpoint.ts';
import { cosigner } from '@matokeo/core/log/cosignature.ts';
import type { KeyAlgorithm, SecretKey } from '@matokeo/core/log/keys.ts';
import { keyId } from '@matokeo/core/log/note.ts';
import { commitmentOf, type Transcription } from '@matokeo/core/record/commitment.ts';
import { type LeafSignature, printLeaf, printText } from '@matokeo/core/record/leaf.ts';
import type { EnrolledKey, Figures, FormCapture, Opening, Statement } from '@matokeo/core/record/statement.ts';
import { base64Encode, utf8Encode } from '@matokeo/core/std/bytes.ts';
import {
	AUTHORITY,
	ORIGIN,
	REGISTRARS,
	type SmallElection,
	smallElection,
	testKey,
} from '@matokeo/core/testing/smallElection.ts';
import sodium from 'sodium-native';
import { nativeSuite } from '../../src/node/nativeSuite.ts';

export const suite = nativeSuite();
export const small: SmallElection = smallElection();

/** Whose keys stand behind the names, and under which package statements are made. */
interface Hand {
	readonly digest: string;
	readonly prefix: string;
}

let hand: Hand = { digest: small.election.digest, prefix: '' };

/** Everything that is said inside is said by a forger: under the same names, with keys of his own. */
export function byForger<T>(forger: Hand, make: () => T): T {
	const before = hand;
	hand = forger;
	try {
		return make();
	} finally {
		hand = before;
	}
}

/** The key behind a name at this moment. */
export function keyBehind(name: string, algorithm: KeyAlgorithm = 1): SecretKey {
	const { publicKey, seed } = testKey(`${hand.prefix}${name}`, algorithm);
	return { name, keyId: keyId(suite, name, algorithm, publicKey), algorithm, publicKey, seed };
}

type Unsaid = Statement extends infer S ? (S extends Statement ? Omit<S, 'by'> : never) : never;

/** One note of the log; `tag` is how tests speak of it. */
export interface Note {
	readonly tag: string;
	readonly id: string;
	readonly bytes: Uint8Array;
}

/** What a forger does to a statement on its way. */
export interface Tampering {
	readonly election?: string;
	readonly digest?: string;
	/** Name → whose key really signs, under the key id of the name. */
	readonly signedWith?: Readonly<Record<string, string>>;
}

export function signBy(name: string, message: Uint8Array): Uint8Array {
	const publicKey = Buffer.alloc(32);
	const secretKey = Buffer.alloc(64);
	const signature = Buffer.alloc(64);
	sodium.crypto_sign_seed_keypair(publicKey, secretKey, Buffer.from(keyBehind(name).seed));
	sodium.crypto_sign_detached(signature, Buffer.from(message), secretKey);
	return Uint8Array.from(signature);
}

export function note(tag: string, statement: Unsaid, names: readonly string[], tampering: Tampering = {}): Note {
	const by = [...names].sort();
	const { election = small.election.id, digest = hand.digest, signedWith = {} } = tampering;
	const text = printText(election, digest, { ...statement, by });
	const signatures = by.map((name): LeafSignature => {
		return { name, keyId: keyBehind(name).keyId, signature: signBy(signedWith[name] ?? name, text) };
	});
	return { tag, id: suite.sha256Hex(text), bytes: printLeaf(text, signatures) };
}

export function checkpointNote(
	size: number,
	root: Uint8Array,
	witnesses: readonly string[] = [],
	key = ORIGIN,
	seconds = 1_900_000_100,
): Uint8Array {
	const signers = [
		{ name: ORIGIN, keyId: keyBehind(key).keyId, sign: (text: Uint8Array) => signBy(key, text) },
		...witnesses.map((name) => cosigner(keyBehind(name, 4), seconds, (message) => signBy(name, message))),
	];
	return signCheckpoint({ origin: ORIGIN, size, root, extensions: [] }, signers);
}

export const START = 1_900_000_000;
const CLERKS = ['clerk/1', 'clerk/2', 'clerk/3', 'clerk/late'] as const;

function enrolled(name: string, role: EnrolledKey['role'], scope: EnrolledKey['scope']): EnrolledKey {
	const holder = `holder-of-${name.replaceAll('/', '-')}`;
	return { holder, key: base64Encode(keyBehind(name).publicKey), name, role, scope };
}

function enrolment(): Note {
	const keys = [
		...[...small.election.stations.keys()].map((station) =>
			enrolled(`po/${station}`, 'presiding-officer', { station }),
		),
		...CLERKS.map((name) => enrolled(name, 'clerk', {})),
		...['ro/1', 'ro/2'].map((name) => enrolled(name, 'returning-officer', {})),
	];
	return note('enrol', { type: 'key/enrol', keys }, [REGISTRARS[0], REGISTRARS[1]]);
}

export function tick(seconds: number): Note {
	return note(`tick ${seconds}`, { type: 'clock/tick', time: START + seconds }, [ORIGIN]);
}

export function imageOf(station: string, kind = 'original'): Uint8Array {
	return utf8Encode(`${kind} image of the form of ${station}`);
}

export function presidential(alba: number, benta: number, chidi: number, rejected: number): Figures {
	const valid = alba + benta + chidi;
	return { alba, benta, chidi, valid, rejected, cast: valid + rejected };
}

export function capture(station: string, figures: Figures, more: Partial<FormCapture> = {}): Note {
	const images = ['original', 'sealed'].map((kind) => {
		const bytes = imageOf(station, kind);
		return { kind, sha256: suite.sha256Hex(bytes), size: bytes.length };
	});
	const base = {
		type: 'form/capture',
		contest: 'president',
		images,
		kind: 'original',
		poll: 1,
		route: 'own-kit',
	} as const;
	return note(`capture ${station}`, { ...base, station, figures, ...more }, [`po/${station}`]);
}

export function held(station: string): Note {
	const blobs = ['original', 'sealed'].map((kind) => {
		const bytes = imageOf(station, kind);
		return { sha256: suite.sha256Hex(bytes), size: bytes.length };
	});
	return note(`held ${station}`, { type: 'blob/held', blobs }, [ORIGIN]);
}

export interface Read extends Note {
	readonly opening: Opening;
}

export function reading(of: Note, clerk: string, figures: Figures, tampering: Tampering = {}): Read {
	const salt = suite.sha256Hex(utf8Encode(`${of.id} ${clerk}`));
	const transcription: Transcription = { attributes: {}, figures, legibility: 'good', salt };
	const commitment = commitmentOf(suite, of.id, clerk, transcription);
	const said = note(
		`reading ${of.tag} ${clerk}`,
		{ type: 'form/reading', capture: of.id, commitment },
		[clerk],
		tampering,
	);
	return { ...said, opening: { ...transcription, reading: said.id } };
}

export function opened(of: Note, ...reads: readonly Opening[]): Note {
	return note(`open ${of.tag}`, { type: 'reading/open', capture: of.id, openings: reads }, [ORIGIN]);
}

export function acceptance(station: string, read: string, seen: string, by: readonly string[] = ['ro/1']): Note {
	const decision = { kind: 'accept-reading', reading: read } as const;
	return note(`ruling ${station}`, { type: 'form/ruling', contest: 'president', decision, poll: 1, seen, station }, by);
}

/** The log's notes in order; a full tile and a partial one. */
export function smallLog(): readonly Note[] {
	const notes = [
		note('open', { type: 'election/open', origin: ORIGIN }, [AUTHORITY[0], AUTHORITY[1]]),
		tick(1),
		enrolment(),
	];
	for (const [i, station] of ['001', '002', '003', '004'].entries()) {
		const paper = presidential(100 + i, 90, 30, 5);
		const form = capture(station, station === '003' ? presidential(200, 90, 30, 5) : paper);
		const first = reading(form, 'clerk/1', paper);
		const second = reading(form, 'clerk/2', paper);
		notes.push(form, held(station), first, second, opened(form, first.opening, second.opening));
		if (station === '003') notes.push(acceptance(station, first.id, notes.at(-1)?.id ?? ''));
	}
	notes.push(note('revoke', { type: 'key/revoke', key: 'clerk/late', reason: 'lost' }, [REGISTRARS[0], REGISTRARS[1]]));
	const sealed = suite.sha256Hex(imageOf('002'));
	notes.push(
		note('withhold', { type: 'blob/withhold', reason: 'privacy', sha256: sealed }, [AUTHORITY[0], AUTHORITY[2]]),
	);
	for (let seconds = 2; notes.length < 300; seconds++) notes.push(tick(seconds));
	return notes;
}
