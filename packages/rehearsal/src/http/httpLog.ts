/**
 * The rehearsal's door to a log that is kept by a server behind HTTP, with the lines of election night between them. The ledger says at the end whether everything ended as it should.
 *
 * What the server does by itself (announcing images, opening readings) is read from the published log, one question for all that is waited for.
 */
import { setTimeout } from 'node:timers/promises';
import type { Election } from '@matokeo/core/election/types.ts';
import { parseLeaf } from '@matokeo/core/record/leaf.ts';
import { utf8Decode } from '@matokeo/core/std/bytes.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import type { RehearsalLog } from '../play/port.ts';
import type { Spoken } from '../play/speaking.ts';
import { auditLog } from './audit.ts';
import { type Connection, connect } from './connection.ts';
import { type Ledger, openLedger } from './ledger.ts';
import { type Lines, PERFECT_LINES, type Weather, weatherOf } from './lines.ts';
import { inParallel, inTurn } from './parallel.ts';
import { persistent, type Wait } from './persist.ts';
import { followUntil, type Leaf, publishedLog } from './publishedLog.ts';
import { type Decided, type Delivering, saying } from './saying.ts';
import { type Uploaded, upload } from './uploading.ts';

export interface HttpLogOptions {
	readonly suite: Suite;
	readonly election: Election;
	/** Absent: perfect ones. */
	readonly lines?: Lines;
	/** Notes go together, up to 256 in a request; false: each in a request of its own, as from the device that signed it. Over imperfect lines always the latter. */
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

interface Door extends Required<Omit<HttpLogOptions, 'lines' | 'addresses'>> {
	readonly connection: Connection;
	readonly weather: Weather;
	readonly ledger: Ledger;
}

export function httpLog(url: string, options: HttpLogOptions): HttpLog {
	const { suite, election, lines = PERFECT_LINES, parallel = PARALLEL, addresses = [] } = options;
	const wait: Wait = options.wait ?? (async (ms) => setTimeout(ms));
	const perfect = lines === PERFECT_LINES;
	const batched = perfect && options.batched !== false;
	const connection = connect(url, Math.max(parallel, addresses.length), addresses);
	let again = 0;
	const ask = persistent(connection, { wait, again: () => void again++ });
	const ledger = openLedger(suite, election);
	const weather = weatherOf(suite, lines);
	const door: Door = { suite, election, batched, parallel, wait, connection, weather, ledger };
	const said = saying(connection, ask, wait);
	const sendAll = async (leaves: readonly Uint8Array[], send: (spoken: Spoken) => Promise<void>): Promise<void> => {
		const spoken = leaves.map((bytes) => spokenOf(suite, bytes));
		if (!batched) return inTurn(spoken, dependsOn(spoken), parallel, send);
		for (const [i, answer] of (await said.say(spoken)).entries()) settle(ledger, spoken[i], answer);
	};
	const follower = following({ suite, election, ask, wait });
	const images = new Map<string, Uint8Array>();
	const waiting: (Delivering & { readonly capture: string })[] = [];

	return {
		append: (leaves) => sendAll(leaves, (spoken) => sayOverLine(door, said, spoken)),
		mistake: async (leaves) => {
			await inParallel(leaves, parallel, async (bytes) => {
				const spoken = spokenOf(suite, bytes);
				const [answer] = await said.say([spoken]);
				if (answer?.kind !== 'refused') ledger.fault(`${spoken.id} must be refused, the answer is "${answer?.kind}"`);
				else if (ledger.refused(spoken, answer)) ledger.ended('refused-as-due');
			});
		},
		hold: async (given) => {
			for (const image of given) images.set(suite.sha256Hex(image), image);
		},
		announce: async () => {
			const fresh = [...images];
			images.clear();
			await inParallel(fresh, parallel, async ([digest, image]) => {
				const how: Uploaded = await upload({ connection, ask, weather }, digest, image);
				ledger.ended(how);
				ledger.handedOver(digest);
			});
			await follower.held(fresh.map(([digest]) => digest));
		},
		deliver: (reading, capture, transcription) => {
			waiting.push({ reading, capture, transcription });
		},
		open: async () => {
			const deliveries = waiting.splice(0);
			await deliverAll(door, said, deliveries);
			return follower.opened(deliveries);
		},
		publish: async () => undefined,
		ledger,
		audit: () => auditLog({ suite, election, ask }, ledger),
		requests: connection.requests,
		askedAgain: () => again,
		close: connection.close,
	};
}

/** One statement from one device: on its way for a while, perhaps unheard, perhaps sent again. */
async function sayOverLine(
	{ weather, wait, ledger }: Door,
	said: ReturnType<typeof saying>,
	spoken: Spoken,
): Promise<void> {
	const fate = weather.sent(spoken.id);
	if (fate.delayMs > 0) await wait(fate.delayMs);
	const unheard = fate.answerLost && (await said.sayUnheard(spoken));
	const [first] = await said.say([spoken], fate.clockOff);
	if (!settle(ledger, spoken, first, unheard)) return;
	if (fate.clockOff !== 0) ledger.ended('clock-off');
	if (!fate.resent) return;
	const [second] = await said.say([spoken]);
	if (second?.kind !== 'logged') ledger.fault(`${spoken.id} was sent again and answered "${second?.kind}"`);
	else if (ledger.acknowledged(spoken, second)) ledger.ended('resent-logged');
}

/** Whether the statement is in the log now, with a receipt that holds; if not, that is a fault. */
function settle(ledger: Ledger, spoken: Spoken | undefined, answer: Decided | undefined, unheard = false): boolean {
	if (spoken === undefined || answer === undefined) return false;
	if (answer.kind === 'refused') {
		ledger.fault(`${spoken.id} was refused (${answer.rule}): ${answer.why}`);
		return false;
	}
	if (!ledger.acknowledged(spoken, answer)) return false;
	if (unheard && answer.kind !== 'logged')
		ledger.fault(`${spoken.id} was answered before, unheard, and now again as new`);
	else if (unheard) ledger.ended('receipt-on-second-try');
	else ledger.ended(answer.kind === 'logged' ? 'logged-before' : 'receipt');
	return true;
}

async function deliverAll(
	{ ledger, batched, parallel }: Door,
	said: ReturnType<typeof saying>,
	deliveries: readonly Delivering[],
): Promise<void> {
	const deliver = async (some: readonly Delivering[]): Promise<void> => {
		const plain = some.map(({ reading, transcription }) => ({ reading, transcription }));
		for (const answer of await said.deliver(plain)) {
			if (answer.kind === 'kept') ledger.ended('opening-kept');
			else ledger.fault(`an opening was refused (${answer.rule}): ${answer.why}`);
		}
	};
	if (batched) await deliver(deliveries);
	else await inParallel(deliveries, parallel, (one) => deliver([one]));
}

/** Which images are held and which readings open, as the published log says. */
function following(
	given: Pick<HttpLogOptions, 'suite' | 'election'> & {
		readonly ask: ReturnType<typeof persistent>;
		readonly wait: Wait;
	},
) {
	const held = new Set<string>();
	const openings = new Map<string, string>();
	const onLeaf = ({ bytes }: Leaf): void => {
		const head = Buffer.from(bytes.buffer, bytes.byteOffset, 40).toString('latin1');
		if (!head.startsWith('matokeo/v1 blob/held\n') && !head.startsWith('matokeo/v1 reading/open\n')) return;
		const leaf = parseLeaf(given.suite, bytes);
		if (!leaf.ok) return;
		const { statement, id } = leaf.value;
		if (statement.type === 'blob/held') for (const { sha256 } of statement.blobs) held.add(sha256);
		if (statement.type !== 'reading/open') return;
		for (const { reading } of statement.openings) openings.set(reading, id);
	};
	const log = publishedLog({ ...given, onLeaf });
	return {
		held: (digests: readonly string[]) =>
			followUntil(log, () => digests.every((digest) => held.has(digest)), 'that every image is held', given.wait),
		opened: async (waited: readonly { readonly reading: string; readonly capture: string }[]) => {
			const ready = () => waited.every(({ reading }) => openings.has(reading));
			await followUntil(log, ready, 'what the readings are', given.wait);
			return new Map(waited.map(({ reading, capture }) => [capture, openings.get(reading) ?? '']));
		},
	};
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
