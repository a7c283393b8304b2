/**
 * What becomes of returns after the forms are in: a further document about one is captured and read as a form is, its figures take the place of the first or change nothing, a quarantine
 * ends. A returning officer rules so, or a court orders it (S42). What is decided about which return is in the tables that a rehearsal is played from; every figure comes from a document, none from who
 * decides.
 */
import type { Order } from '@matokeo/core/record/filings.ts';
import type { StatementId } from '@matokeo/core/record/said.ts';
import type { Decision } from '@matokeo/core/record/statement.ts';
import type { RehearsalKey } from '../keys.ts';
import { rulingsOn } from './ruling.ts';
import type { Spoken } from './speaking.ts';
import { type Arriving, returnName, type Stage } from './stage.ts';
import { captureAndRead, type Lying, type WaveTally } from './wave.ts';

export interface Resolving {
	readonly contest: string;
	readonly station: string;
	/** With the number of its sheet. Absent: the form that is there already is decided upon. */
	readonly document?: Arriving;
	/** Whether the document's figures take the place of those of the form. */
	readonly replaces: boolean;
	/** Whether the return is in quarantine and leaves it. */
	readonly release: boolean;
	/** The court that orders it, in the document; absent: a returning officer rules. */
	readonly ordered?: Ordered;
}

export interface Ordered {
	/** Its id in the package, and its key. */
	readonly court: string;
	readonly key: RehearsalKey;
	/** A code of the package. */
	readonly basis: string;
	/** The number of the case or of the law. */
	readonly citation: string;
	/** UTC seconds. */
	readonly decided: number;
}

/** A document once it is read, with the digest of its image. */
interface Known extends Lying {
	readonly image: string;
}

/** `images` are those of the documents, in their order. Where returning officers rule, the stage must have kept the last statement on each return. */
export async function playResolutions(
	stage: Stage,
	resolving: readonly Resolving[],
	images: readonly Uint8Array[],
): Promise<WaveTally> {
	const documents = resolving.flatMap(({ document }) => (document === undefined ? [] : [document]));
	const { lying, tally } = await captureAndRead(stage, documents, images);
	const known = new Map(
		lying.map((one, i): [string, Known] => [
			returnName(one.form.paper),
			{ ...one, image: stage.suite.sha256Hex(images[i] ?? new Uint8Array()) },
		]),
	);
	const decided = resolving.map((one) => {
		const document = known.get(returnName(one));
		const said = one.ordered === undefined ? ruled(stage, one, document) : ordersOn(stage, one, one.ordered, document);
		const last = said.at(-1)?.id ?? document?.last;
		if (last !== undefined) stage.last?.set(returnName(one), last);
		return { ordered: one.ordered !== undefined, said };
	});
	await stage.log.append(decided.flatMap(({ said }) => said).map(({ bytes }) => bytes));
	const count = (ordered: boolean) =>
		decided.reduce((sum, one) => sum + (one.ordered === ordered ? one.said.length : 0), 0);
	return { ...tally, rulings: count(false), orders: count(true) };
}

function ruled(stage: Stage, one: Resolving, document: Known | undefined): readonly Spoken[] {
	const last: StatementId | undefined = document?.last ?? stage.last?.get(returnName(one));
	if (last === undefined)
		throw new Error(`nothing is known of ${one.contest} at ${one.station}: play its form on a stage that remembers`);
	const decisions: Decision[] = [];
	if (one.replaces) {
		const reading = document?.reads.find(({ right }) => right)?.spoken.id;
		if (reading === undefined)
			throw new Error(`no clerk has read a document about ${one.station}: figures come from a document`);
		decisions.push({ kind: 'accept-reading', reading });
	}
	if (one.release) decisions.push({ kind: 'release' });
	return rulingsOn(stage, one, last, decisions);
}

function ordersOn({ room }: Stage, one: Resolving, by: Ordered, document: Known | undefined): readonly Spoken[] {
	if (document === undefined) throw new Error(`an order about ${one.station} needs its document`);
	const { contest, station, replaces, release } = one;
	const { court, key, basis, citation, decided } = by;
	const orders: Order[] = [];
	if (replaces) orders.push({ kind: 'substitute', capture: document.capture, contest, station });
	if (release) orders.push({ kind: 'admit', contest, station });
	return orders.map((order) =>
		room.say({ type: 'authority/order', basis, citation, court, decided, document: document.image, order }, key),
	);
}
