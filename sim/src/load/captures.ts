/**
 * Stations that send their forms at a steady rate, each on its own line: capture, image, and what goes wrong on the way. The schedule is kept whatever the answers take (an open loop), and
 * time to receipt counts from the moment when the capture was due, so that a server that falls behind cannot hide it.
 */
import { setTimeout } from 'node:timers/promises';
import type { Contest, Election, Station } from '@matokeo/core/election/types.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { auditLog } from '@matokeo/rehearsal/http/audit.ts';
import {
	type Devices,
	openDevices,
	sayMistaken,
	sayOverLine,
	sendImage,
	type Told,
} from '@matokeo/rehearsal/http/device.ts';
import { follower } from '@matokeo/rehearsal/http/follower.ts';
import type { Ledger } from '@matokeo/rehearsal/http/ledger.ts';
import type { Lines } from '@matokeo/rehearsal/http/lines.ts';
import { rehearsalKey } from '@matokeo/rehearsal/keys.ts';
import { type Chance, chanceOf } from '@matokeo/rehearsal/play/chance.ts';
import { type People, type Person, peopleOf } from '@matokeo/rehearsal/play/people.ts';
import { type Say, type Spoken, speaker } from '@matokeo/rehearsal/play/speaking.ts';
import { neighbours } from '@matokeo/rehearsal/play/variations.ts';
import { figuresOf, namedFigures } from './figures.ts';
import { noiseImage } from './image.ts';

export interface CaptureLoad {
	readonly suite: Suite;
	readonly election: Election;
	readonly url: string;
	readonly addresses: readonly string[];
	readonly lines: Lines;
	readonly clerks: number;
	/** In the order in which they send. */
	readonly stations: readonly string[];
	/** Milliseconds between one station and the next. */
	readonly everyMs: number;
}

export interface CapturesDone {
	/** Milliseconds from when a capture was due to its verified receipt, of captures whose answer was heard at once. */
	readonly toReceipt: readonly number[];
	/** The same of those whose first answer was lost. */
	readonly toReceiptUnheard: readonly number[];
	/** How late captures went out, milliseconds: the sender's own fault. */
	readonly behind: readonly number[];
	readonly requests: number;
	readonly askedAgain: ReadonlyMap<string, number>;
	/** Receipts for captures that came while captures were still due, and how long that was. */
	readonly inTime: number;
	readonly dueMs: number;
	readonly ledger: Ledger;
}

interface Night extends CaptureLoad {
	readonly contest: Contest;
	readonly devices: Devices;
	readonly people: People;
	readonly say: Say;
	readonly chance: Chance;
	readonly neighbour: ReturnType<typeof neighbours>;
	/** When the last capture is due, by the process's own clock. */
	readonly end: number;
	readonly inTime: { count: number };
	readonly times: { readonly toReceipt: number[]; readonly toReceiptUnheard: number[]; readonly behind: number[] };
}

/** Connections of one place: a gateway with a few stations behind it. */
const SOCKETS_PER_PLACE = 8;

export async function sendCaptures(load: CaptureLoad): Promise<CapturesDone> {
	const { suite, election, url, stations, everyMs } = load;
	const [contest] = election.contests.values();
	if (contest === undefined) throw new Error('the election has no contest');
	const wait = async (ms: number) => setTimeout(ms);
	const devices = openDevices(url, { ...load, sockets: SOCKETS_PER_PLACE, wait });
	const began = performance.now();
	const dueMs = stations.length * everyMs;
	const night: Night = {
		...load,
		end: began + dueMs,
		inTime: { count: 0 },
		contest,
		devices,
		// Each presiding officer speaks once or twice: their keys are made anew, not kept.
		people: peopleOf(election, load.clerks, (name) => rehearsalKey(suite, election.id, name)),
		say: speaker(suite, election),
		chance: chanceOf(suite, 'load'),
		neighbour: neighbours(election),
		times: { toReceipt: [], toReceiptUnheard: [], behind: [] },
	};
	await Promise.all(stations.map((id, number) => fromStation(night, id, began + number * everyMs)));
	const { connection, ask, ledger, askedAgain } = devices;
	await follower({ suite, election, ask, wait }).held([...ledger.images]);
	await auditLog({ suite, election, ask }, ledger);
	connection.close();
	return { ...night.times, requests: connection.requests(), askedAgain, inTime: night.inTime.count, dueMs, ledger };
}

async function fromStation(night: Night, id: string, due: number): Promise<void> {
	const { election, contest, devices, people, times } = night;
	const { weather, ledger } = devices;
	const station = election.stations.get(id);
	if (station === undefined) throw new Error(`the package has no station ${id}`);
	const { offlineSeconds, wrongStation, secondDevice } = weather.form(contest.id, id);
	const late = due + weather.realMs(offlineSeconds);
	await setTimeout(Math.max(0, late - performance.now()));
	times.behind.push(performance.now() - late);
	try {
		const image = noiseImage(id);
		const officer = people.presiding(id);
		const other = wrongStation ? election.stations.get(night.neighbour(contest, id) ?? '') : undefined;
		if (other !== undefined) await sayMistaken(devices, captureOf(night, other, officer, image));
		await sendForm(night, station, officer, image, other === undefined ? late : performance.now());
		if (offlineSeconds > 0) ledger.ended('offline');
		if (!secondDevice) return;
		await sendForm(night, station, people.receiving(people.officeOf(station)), image, undefined);
		ledger.ended('second-device');
	} catch (error) {
		ledger.fault(`station ${id}: ${error instanceof Error ? error.message : String(error)}`);
	}
}

/** `due`: from when the time to its receipt counts, if it does. */
async function sendForm(
	night: Night,
	station: Station,
	officer: Person,
	image: Uint8Array,
	due: number | undefined,
): Promise<void> {
	const { devices, times, suite } = night;
	const heard = ({ delayMs, unheard }: Told): void => {
		if (due === undefined) return;
		if (performance.now() < night.end) night.inTime.count++;
		const took = performance.now() - due - delayMs;
		(unheard ? times.toReceiptUnheard : times.toReceipt).push(took);
	};
	if (await sayOverLine(devices, captureOf(night, station, officer, image), heard))
		await sendImage(devices, suite.sha256Hex(image), image);
}

function captureOf(
	{ suite, say, contest, chance }: Night,
	station: Station,
	{ key, role }: Person,
	image: Uint8Array,
): Spoken {
	return say(
		{
			type: 'form/capture',
			contest: contest.id,
			figures: namedFigures(contest, figuresOf(chance, contest, station)),
			images: [{ kind: 'facsimile', sha256: suite.sha256Hex(image), size: image.length }],
			kind: 'original',
			poll: 1,
			route: role === 'receiving-officer' ? 'other-kit' : 'own-kit',
			station: station.id,
		},
		key,
	);
}
