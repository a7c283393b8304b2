/**
 * One device that sends over its line: a statement, perhaps unheard, perhaps sent twice; a mistake that must be refused; an image. What came of it goes into the ledger; true means that
 * it is acknowledged with a receipt that holds.
 */

import type { Election } from '@matokeo/core/election/types.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import type { Spoken } from '../play/speaking.ts';
import { type Connection, connect } from './connection.ts';
import { type Ledger, openLedger } from './ledger.ts';
import { type Lines, type Weather, weatherOf } from './lines.ts';
import { type Ask, persistent, type Wait } from './persist.ts';
import { type Decided, type Saying, saying } from './saying.ts';
import { upload } from './uploading.ts';

/** What all devices of one rehearsal share. */
export interface Devices {
	readonly connection: Connection;
	readonly ask: Ask;
	readonly said: Saying;
	readonly weather: Weather;
	readonly ledger: Ledger;
	readonly wait: Wait;
	/** Why requests had to be asked again that nobody meant to break → how often. */
	readonly askedAgain: ReadonlyMap<string, number>;
}

export interface DevicesOptions {
	readonly suite: Suite;
	readonly election: Election;
	readonly lines: Lines;
	/** Connections at once from each of the addresses. */
	readonly sockets: number;
	/** Of this machine, to speak from in turn; none: as the system likes. */
	readonly addresses: readonly string[];
	readonly wait: Wait;
}

/** Reasons that are told apart; more are counted together. */
const REASONS_MAX = 100;

export function openDevices(
	url: string,
	{ suite, election, lines, sockets, addresses, wait }: DevicesOptions,
): Devices {
	const connection = connect(url, sockets, addresses);
	const askedAgain = new Map<string, number>();
	const again = (why: string): void => {
		const reason = askedAgain.size < REASONS_MAX ? why : 'other';
		askedAgain.set(reason, (askedAgain.get(reason) ?? 0) + 1);
	};
	const ask = persistent(connection, { wait, again });
	const said = saying(connection, ask, wait);
	const weather = weatherOf(suite, lines);
	return { connection, ask, said, weather, ledger: openLedger(suite, election), wait, askedAgain };
}

export interface Told {
	/** Milliseconds that it was on its way before it was sent. */
	readonly delayMs: number;
	/** Whether its first answer was lost. */
	readonly unheard: boolean;
}

/** `heard` is called when the receipt is verified, before anything is sent again. */
export async function sayOverLine(
	{ said, weather, ledger, wait }: Devices,
	spoken: Spoken,
	heard: (told: Told) => void = () => undefined,
): Promise<boolean> {
	const { delayMs, answerLost, clockOff, resent } = weather.sent(spoken.id);
	if (delayMs > 0) await wait(delayMs);
	const unheard = answerLost && (await said.sayUnheard(spoken));
	const [first] = await said.say([spoken], clockOff);
	if (!settle(ledger, spoken, first, unheard)) return false;
	heard({ delayMs, unheard });
	if (clockOff !== 0) ledger.ended('clock-off');
	if (!resent) return true;
	const [second] = await said.say([spoken]);
	if (second?.kind !== 'logged') ledger.fault(`${spoken.id} was sent again and answered "${second?.kind}"`);
	else if (ledger.acknowledged(spoken, second)) ledger.ended('resent-logged');
	return true;
}

/** Enters the answer to a statement that must be logged. `unheard`: it was answered before, and nobody heard. */
export function settle(
	ledger: Ledger,
	spoken: Spoken | undefined,
	answer: Decided | undefined,
	unheard = false,
): boolean {
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

export async function sayMistaken({ said, ledger }: Devices, spoken: Spoken): Promise<void> {
	const [answer] = await said.say([spoken]);
	if (answer?.kind !== 'refused') ledger.fault(`${spoken.id} must be refused, the answer is "${answer?.kind}"`);
	else if (ledger.refused(spoken, answer)) ledger.ended('refused-as-due');
}

/** `headers`: of a session, where the sender needs one. */
export async function sendImage(
	devices: Devices,
	digest: string,
	image: Uint8Array,
	headers: Readonly<Record<string, string>> = {},
): Promise<void> {
	devices.ledger.ended(await upload(devices, digest, image, headers));
	devices.ledger.handedOver(digest);
}
