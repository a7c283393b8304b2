/**
 * Who and what there is in the simulated world: the small election with everybody's keys, and everything that its officials will ever say, signed once for all seeds. Seeds differ in who says what
 * when, how often, and to whom; not in what there is to be said. All keys are test keys.
 */
import type { VerifierKey } from '@matokeo/core/log/keys.ts';
import type { Transcription } from '@matokeo/core/record/commitment.ts';
import { contextOf } from '@matokeo/core/rules/context.ts';
import { trustOf } from '@matokeo/core/rules/witnessed.ts';
import { baselineOf } from '@matokeo/core/standings/baseline.ts';
import { assert } from '@matokeo/core/std/result.ts';
import {
	capture,
	election,
	enrolment,
	imageOf,
	keyOf,
	opening,
	packageFiles,
	suite as plain,
	presidential,
	reading,
	STATIONS,
	say,
	signer,
} from '@matokeo/server/testing/world.ts';
import { type Roster, rosterOf } from '@matokeo/server/witnesses/roster.ts';
import { remembering } from './remembering.ts';
import { signingWith } from './signing.ts';

export { election, packageFiles, signer };
/** Public keys have 32 bytes and signatures 64, so that what is remembered is one of three. */
export const suite = remembering(plain);

export const context = contextOf(suite, election);
export const baseline = baselineOf(election);
export const trust = trustOf(context);
export const { origin } = trust;
export const accused = { origin, keys: trust.logKeys };

/** The world begins then: UTC seconds. */
export const START_SECONDS = 1_900_000_000;

/** Something that somebody wants in the log. */
export interface Letter {
	/** Who sends it: a station, a clerk, or an office. */
	readonly sender: string;
	readonly id: string;
	readonly note: Uint8Array;
	/** Ids of statements that must be in the log before it can be. */
	readonly needs: readonly string[];
	readonly image?: Uint8Array;
	/** Handed in once the statement is acknowledged. */
	readonly transcription?: Transcription;
}

export interface WitnessCast {
	readonly key: VerifierKey;
	readonly sign: (message: Uint8Array) => Uint8Array;
	readonly url: string;
}

const CLERKS = ['clerk/1', 'clerk/2', 'clerk/3'] as const;
/** What the opening and the enrolment must precede. */
export const OPENING = letterOf('authority', opening(), []);
export const ENROLMENT = letterOf('registrar', enrolment(), [OPENING.id]);
/** Captures, and the readings of them, station by station. */
export const FORMS: readonly (readonly Letter[])[] = [
	...STATIONS.map((station, i) => form(station, 'president', i)),
	...STATIONS.slice(0, 5).map((station, i) => form(station, 'council', i)),
];
/** Many small statements, for seeds whose log fills a tile before the evening begins. */
export const CROWD: readonly Uint8Array[] = Array.from({ length: 200 }, (_, n) => late(n));
/** A statement that the rules refuse: an officer of one station speaks for another. */
export const FORBIDDEN = say(
	{
		type: 'form/capture',
		contest: 'president',
		images: [{ kind: 'original', sha256: suite.sha256Hex(imageOf('forged')), size: 9 }],
		kind: 'original',
		poll: 1,
		route: 'own-kit',
		station: '002',
	},
	'po/001',
);
/** What a thief of an officer's key says in that officer's name. */
export const STOLEN = capture('003', imageOf('stolen'), presidential(9, 9, 9, 9), { kind: 'carbon-copy' });

const addresses = new Map<string, string>();
for (const { name } of witnessKeys()) addresses.set(name, `http://${name.replace('/', '-')}.example`);
const roster = rosterOf(suite, election, addresses);
assert(roster.ok, 'the addresses of the world are addresses');
export const ROSTER: Roster = roster.value;

export const WITNESSES: ReadonlyMap<string, WitnessCast> = new Map(
	ROSTER.witnesses.map(({ name, key, url = '' }) => [name, { key, url, sign: signingWith(keyOf(name)) }]),
);
/** Any of these sets of witnesses is enough for the policy of the package. */
export const QUORUM = ['witness/court', 'witness/news'] as const;

function witnessKeys(): readonly VerifierKey[] {
	return trust.witnessKeys;
}

function letterOf(
	sender: string,
	{ id, bytes }: { readonly id: string; readonly bytes: Uint8Array },
	needs: readonly string[],
): Letter {
	return { sender, id, note: bytes, needs };
}

function form(station: string, contest: 'president' | 'council', i: number): readonly Letter[] {
	const image = imageOf(`${contest} ${station}`);
	const figures =
		contest === 'president' ? presidential(100 + i, 80, 30, 5) : { dora: 90 + i, emil: 70, blank: 3, null: 2 };
	const captured = capture(station, image, figures, { contest });
	const clerks = [CLERKS[i % 3], CLERKS[(i + 1) % 3]].flatMap((name) => name ?? []);
	return [
		{ ...letterOf(`po/${station}`, captured, [ENROLMENT.id]), image },
		...clerks.map((clerk) => {
			const { transcription, ...spoken } = reading(captured.id, clerk, figures);
			return { ...letterOf(clerk, spoken, [captured.id]), transcription };
		}),
	];
}

/** A copy of a form, whose image nobody holds: quick to take and in no total. */
function late(n: number): Uint8Array {
	const station = STATIONS[n % STATIONS.length] ?? '';
	return capture(station, imageOf(`crowd ${n}`), undefined, { kind: 'carbon-copy' }).bytes;
}
