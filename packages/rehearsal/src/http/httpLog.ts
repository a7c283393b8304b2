/**
 * The rehearsal's door to a log that is kept by a server behind HTTP, with the lines of election night between them. The ledger says at the end whether everything ended as it should.
 */
import { setTimeout } from 'node:timers/promises';
import type { Election } from '@matokeo/core/election/types.ts';
import { parseLeaf } from '@matokeo/core/record/leaf.ts';
import { utf8Decode } from '@matokeo/core/std/bytes.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import type { RehearsalKey } from '../keys.ts';
import type { Frozen, Place, RehearsalLog } from '../play/port.ts';
import type { Spoken } from '../play/speaking.ts';
import { witnessesAtRest } from './atRest.ts';
import { auditLog } from './audit.ts';
import { type Devices, openDevices, sayMistaken, sayOverLine, sendImage, settle } from './device.ts';
import { type Follower, follower } from './follower.ts';
import type { Ledger } from './ledger.ts';
import { type Lines, PERFECT_LINES } from './lines.ts';
import { markOver } from './marking.ts';
import { inParallel, inTurn } from './parallel.ts';
import type { Ask, Wait } from './persist.ts';
import type { Delivering } from './saying.ts';
import { type SignedIn, sessionsOf } from './signedIn.ts';

export interface HttpLogOptions {
	readonly suite: Suite;
	readonly election: Election;
	/** Absent: perfect ones. */
	readonly lines?: Lines;
	/** Over perfect lines, notes go together, up to 256 in a request; false: each in a request of its own, as from the device that signed it. */
	readonly batched?: boolean;
	/** Requests on their way at once. */
	readonly parallel?: number;
	/** Of this machine, to speak from in turn. */
	readonly addresses?: readonly string[];
	readonly wait?: Wait;
	/** When those who witness are too few: after so many milliseconds the timeout of the package is let pass. Absent: they are waited for. */
	readonly silence?: { readonly afterMs: number; readonly pass: () => void };
}

export interface HttpLog extends RehearsalLog {
	readonly ledger: Ledger;
	/** Reads the whole published log and enters in the ledger what is not as it was acknowledged. */
	readonly audit: () => Promise<void>;
	readonly requests: () => number;
	/** Requests that had to be asked again, and nobody meant to break. */
	readonly askedAgain: () => number;
	readonly close: () => void;
}

const PARALLEL = 24;

export function httpLog(url: string, options: HttpLogOptions): HttpLog {
	const { suite, election, lines = PERFECT_LINES, parallel = PARALLEL, addresses = [] } = options;
	const wait: Wait = options.wait ?? (async (ms) => setTimeout(ms));
	const batched = lines === PERFECT_LINES && options.batched !== false;
	const devices = openDevices(url, { suite, election, lines, sockets: parallel, addresses, wait });
	const { ledger, said, ask, connection } = devices;
	const log = follower({ suite, election, ask, wait });
	const signedIn = sessionsOf(ask);
	const waiting: (Delivering & { readonly capture: string })[] = [];
	const spokenIn = (leaves: readonly Uint8Array[]) => leaves.map((bytes) => spokenOf(suite, bytes));

	return {
		append: async (leaves) => {
			const spoken = spokenIn(leaves);
			if (batched) for (const [i, answer] of (await said.say(spoken)).entries()) settle(ledger, spoken[i], answer);
			else await inTurn(spoken, dependsOn(spoken), parallel, async (one) => void (await sayOverLine(devices, one)));
		},
		mistake: (leaves) => inParallel(spokenIn(leaves), parallel, (one) => sayMistaken(devices, one)),
		...blobsOver(suite, devices, log, signedIn, parallel),
		deliver: (reading, capture, transcription) => {
			waiting.push({ reading, capture, transcription });
		},
		open: async () => {
			const deliveries = waiting.splice(0);
			const refused = new Map<string, string>();
			if (batched) await deliver(devices, deliveries, refused);
			else await inParallel(deliveries, parallel, (one) => deliver(devices, [one], refused));
			const isOpen = await log.openNow();
			for (const [reading, why] of refused) {
				if (isOpen(reading)) ledger.ended('opening-there');
				else ledger.fault(`an opening was refused: ${why}`);
			}
			return log.opened(deliveries.filter(({ reading }) => !refused.has(reading) || isOpen(reading)));
		},
		readingsOf: log.readingsOf,
		publish: async () => undefined,
		...marksOver({ ask, log, signedIn, parallel, wait }, options.silence),
		ledger,
		audit: () => auditLog({ suite, election, ask }, ledger),
		requests: connection.requests,
		askedAgain: () => [...devices.askedAgain.values()].reduce((sum, count) => sum + count, 0),
		close: connection.close,
	};
}

/** Images need no session: a capture has named them. A text is handed over by who names it. */
function blobsOver(
	suite: Suite,
	devices: Devices,
	log: Follower,
	signedIn: SignedIn,
	parallel: number,
): Pick<RehearsalLog, 'hold' | 'announce'> {
	const waiting = new Map<string, { readonly blob: Uint8Array; readonly by: RehearsalKey | undefined }>();
	return {
		hold: async (blobs, by) => {
			for (const blob of blobs) waiting.set(suite.sha256Hex(blob), { blob, by });
		},
		announce: async () => {
			const fresh = [...waiting];
			waiting.clear();
			await inParallel(fresh, parallel, async ([digest, { blob, by }]) =>
				sendImage(devices, digest, blob, by === undefined ? {} : await signedIn(by)),
			);
			await log.held(fresh.map(([digest]) => digest));
		},
	};
}

interface Asking {
	readonly ask: Ask;
	readonly log: Follower;
	readonly signedIn: SignedIn;
	readonly parallel: number;
	readonly wait: Wait;
}

function marksOver(
	{ ask, log, signedIn, parallel, wait }: Asking,
	silence: HttpLogOptions['silence'],
): Pick<RehearsalLog, 'mark' | 'witnessed' | 'showWitnesses' | 'size'> {
	return {
		mark: async (places) => {
			const frozen = new Map<string, Frozen>();
			await inParallel(places, parallel, async (place) => {
				frozen.set(placeName(place), await markOver(ask, signedIn, place));
			});
			return places.flatMap((place) => frozen.get(placeName(place)) ?? []);
		},
		witnessed: async (index) => {
			const missing = await log.witnessed(index, silence?.afterMs);
			if (missing.length > 0) silence?.pass();
			return missing;
		},
		showWitnesses: () => witnessesAtRest(ask, wait),
		size: log.sizeNow,
	};
}

function placeName({ contest, area }: Place): string {
	return `${contest}|${area}`;
}

/** A refused opening is none that must not be: its first answer may have been lost, and the log has opened it since. */
async function deliver(
	{ said, ledger }: Devices,
	deliveries: readonly Delivering[],
	refused: Map<string, string>,
): Promise<void> {
	const plain = deliveries.map(({ reading, transcription }) => ({ reading, transcription }));
	for (const [i, answer] of (await said.deliver(plain)).entries()) {
		if (answer.kind === 'kept') ledger.ended('opening-kept');
		else refused.set(plain[i]?.reading ?? '', `${answer.rule}: ${answer.why}`);
	}
}

function spokenOf(suite: Suite, bytes: Uint8Array): Spoken {
	const leaf = parseLeaf(suite, bytes);
	if (!leaf.ok) throw new Error(`the rehearsal does not spell its own statements: ${leaf.error.why}`);
	return { id: leaf.value.id, bytes };
}

/** A ruling names the statement that it has seen: where that is in the same list, it must be in the log first. */
function dependsOn(spoken: readonly Spoken[]): (one: Spoken) => readonly Spoken[] {
	const known = new Map(spoken.map((one) => [one.id, one]));
	return ({ id, bytes }) =>
		[...(utf8Decode(bytes) ?? '').matchAll(/[0-9a-f]{64}/g)].flatMap(([other]) => {
			const before = other === id ? undefined : known.get(other);
			return before === undefined ? [] : [before];
		});
}
