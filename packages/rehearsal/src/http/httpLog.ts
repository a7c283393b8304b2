/**
 * The rehearsal's door to a log that is kept by a server behind HTTP, with the lines of election night between them. The ledger says at the end whether everything ended as it should.
 */
import { setTimeout } from 'node:timers/promises';
import type { Election } from '@matokeo/core/election/types.ts';
import { parseLeaf } from '@matokeo/core/record/leaf.ts';
import { utf8Decode } from '@matokeo/core/std/bytes.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import type { RehearsalLog } from '../play/port.ts';
import type { Spoken } from '../play/speaking.ts';
import { auditLog } from './audit.ts';
import { type Devices, openDevices, sayMistaken, sayOverLine, sendImage, settle } from './device.ts';
import { follower } from './follower.ts';
import type { Ledger } from './ledger.ts';
import { type Lines, PERFECT_LINES } from './lines.ts';
import { inParallel, inTurn } from './parallel.ts';
import type { Wait } from './persist.ts';
import type { Delivering } from './saying.ts';

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
	const images = new Map<string, Uint8Array>();
	const waiting: (Delivering & { readonly capture: string })[] = [];
	const spokenIn = (leaves: readonly Uint8Array[]) => leaves.map((bytes) => spokenOf(suite, bytes));

	return {
		append: async (leaves) => {
			const spoken = spokenIn(leaves);
			if (batched) for (const [i, answer] of (await said.say(spoken)).entries()) settle(ledger, spoken[i], answer);
			else await inTurn(spoken, dependsOn(spoken), parallel, async (one) => void (await sayOverLine(devices, one)));
		},
		mistake: (leaves) => inParallel(spokenIn(leaves), parallel, (one) => sayMistaken(devices, one)),
		hold: async (given) => {
			for (const image of given) images.set(suite.sha256Hex(image), image);
		},
		announce: async () => {
			const fresh = [...images];
			images.clear();
			await inParallel(fresh, parallel, ([digest, image]) => sendImage(devices, digest, image));
			await log.held(fresh.map(([digest]) => digest));
		},
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
		publish: async () => undefined,
		ledger,
		audit: () => auditLog({ suite, election, ask }, ledger),
		requests: connection.requests,
		askedAgain: () => [...devices.askedAgain.values()].reduce((sum, count) => sum + count, 0),
		close: connection.close,
	};
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
