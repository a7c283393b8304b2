/**
 * Everybody who sends statements: officials, clerks, offices. They send until they hold a receipt; they send twice, too early, late and out of order; what they hold afterwards is proof that nobody can take from
 * them.
 */

import { parseNote, verifyNote } from '@matokeo/core/log/note.ts';
import { parseLeaf } from '@matokeo/core/record/leaf.ts';
import { logVoice } from '@matokeo/server/app/logVoice.ts';
import type { Letter } from './cast.ts';
import { CROWD, ENROLMENT, election, FORMS, OPENING, signer, suite, trust } from './cast.ts';
import { type Reply, replyOf } from './machine.ts';
import { PATIENCE_MS } from './network.ts';
import type { Side, World } from './world.ts';
import { SIDES } from './world.ts';

/** After so long without a receipt a sender says so to whoever listens. */
const UNACKNOWLEDGED_MS = 150_000;
/** Somebody sends something small every so often, on one side or the other. */
const CROWD_EVERY_MS = 9_500;
/** Kept for what others do with them. */
const SPARE = 20;

interface Sending {
	readonly letter: Letter;
	readonly side: Side;
	readonly since: number;
	imageKept: boolean;
	attempts: number;
	complained: boolean;
}

/** Plans everything that is to be said between now and the end. */
export function officials(world: World, eveningMs: number, nightMs: number): void {
	const chance = world.chance.stream('officials');
	const send = (letter: Letter, afterMs: number): void => {
		const side = chance.pick(SIDES);
		world.events.after(afterMs, `${letter.sender} begins`, () =>
			attempt(world, {
				letter,
				side,
				since: world.events.now(),
				imageKept: letter.image === undefined,
				attempts: 0,
				complained: false,
			}),
		);
	};
	send(OPENING, 0);
	send(ENROLMENT, 1_000);
	for (const [capture, ...readings] of FORMS) {
		const at = chance.between(5_000, eveningMs * 0.8);
		if (capture !== undefined) send(capture, at);
		for (const reading of readings) send(reading, at + chance.between(-2_000, 60_000));
	}
	const crowd = CROWD.slice(0, -SPARE).map(crowdLetter);
	for (let n = 0, at = 15_000; at < nightMs; n++, at += chance.between(1_000, 2 * CROWD_EVERY_MS)) {
		const letter = crowd[n];
		if (letter !== undefined) send(letter, at);
	}
}

let crowdKnown: readonly Letter[] | undefined;

function crowdLetter(note: Uint8Array, n: number): Letter {
	const known = crowdKnown?.[n];
	if (known !== undefined) return known;
	const leaf = parseLeaf(suite, note);
	if (!leaf.ok) throw new Error('what the crowd says is a leaf');
	const letter = { sender: `crowd ${n}`, id: leaf.value.id, note, needs: [ENROLMENT.id] };
	crowdKnown = [...(crowdKnown ?? []), letter];
	return letter;
}

function attempt(world: World, sending: Sending): void {
	const { chance, acknowledged, events } = world;
	const { letter, side } = sending;
	const again = (ms: number): void => events.after(ms, `${letter.sender} again`, () => attempt(world, sending));
	if (!sending.complained && events.now() - sending.since > UNACKNOWLEDGED_MS) {
		sending.complained = true;
		world.raise({ kind: 'unacknowledged', by: letter.sender, what: 'no receipt for a statement' });
	}
	const early = letter.needs.some((id) => !acknowledged.has(id));
	// Some send before what they speak of is there; most wait until they have seen it.
	if (early && !chance.percent(10)) {
		if (letter.needs.length > 0 && sending.attempts === 0) return void again(chance.between(2_000, 4_000));
	}
	if (!sending.imageKept && chance.percent(70)) return void upload(world, sending, again);
	sending.attempts++;
	world.network.ask(
		side,
		'server',
		`${letter.sender} sends`,
		() => submitted(world, sending),
		(reply) => {
			if (reply === undefined) return again(chance.between(500, PATIENCE_MS));
			answered(world, sending, reply, again);
		},
	);
}

function submitted(world: World, { letter, side }: Sending): Reply | undefined {
	const front = world.fronts.get(side);
	if (front === undefined || front.swallows?.(letter) === true) return undefined;
	if (front.refuses?.(letter) === true) return refused(front.machine.store.head().size, letter);
	return front.machine.work((log) => {
		const [answer] = log.append([letter.note]);
		return answer === undefined ? undefined : replyOf(answer);
	});
}

/** A refusal as an operator signs it who does not go by the rules. */
function refused(size: number, { id }: Letter): Reply {
	const why = 'this form cannot be taken';
	const refusal = logVoice(election, signer).refusal(id, { rule: 'S26', why }, size);
	return { kind: 'refused', id: '', index: 0, size: 0, proof: '', why, refusal };
}

/** Whoever is refused what the rules admit holds the refusal, and can show it to anybody. */
function isUnjust({ monitors, acknowledged }: World, { letter, side }: Sending, { refusal }: Reply): boolean {
	const signed = refusal === undefined ? undefined : parseNote(refusal);
	if (signed?.ok !== true || !verifyNote(suite, signed.value, trust.logKeys).ok) return false;
	return letter.needs.every((id) => acknowledged.has(id)) && monitors.get(side)?.wouldAdmit(letter.note) === true;
}

function answered(world: World, sending: Sending, reply: Reply, again: (ms: number) => void): void {
	const { chance, events, acknowledged, auditor } = world;
	const { letter, side } = sending;
	switch (reply.kind) {
		case 'receipt':
		case 'logged': {
			const held = world.holders.get(side)?.hold(letter.note, letter.id, reply.proof);
			if (held !== true) return;
			auditor.acknowledged(letter.id, reply.index);
			acknowledged.add(letter.id);
			if (!sending.imageKept) upload(world, sending, () => undefined);
			if (letter.transcription !== undefined) handIn(world, sending);
			// Some are not sure that it arrived, and send it once more.
			if (chance.percent(12))
				events.after(chance.between(1_000, 90_000), `${letter.sender} resends`, () => resend(world, sending));
			return;
		}
		case 'refused':
			if (isUnjust(world, sending, reply))
				world.raise({
					kind: 'unjust-refusal',
					by: letter.sender,
					what: `the log's key refused what the rules admit: ${reply.why}`,
				});
			return void again(chance.between(2_000, 8_000));
		case 'later':
			return void again(chance.between(1_000, 5_000));
	}
}

/** The same text again: the log must say that it has it, at the same place. */
function resend(world: World, sending: Sending): void {
	const { letter, side } = sending;
	world.network.ask(
		side,
		'server',
		`${letter.sender} resends`,
		() => submitted(world, sending),
		(reply) => {
			if (reply?.kind === 'receipt' || reply?.kind === 'logged') world.auditor.acknowledged(letter.id, reply.index);
		},
	);
}

function upload(world: World, sending: Sending, then: (ms: number) => void): void {
	const { letter, side } = sending;
	const { image } = letter;
	if (image === undefined) return;
	world.network.ask(
		side,
		'server',
		`${letter.sender} uploads`,
		() => world.fronts.get(side)?.machine.workLater((log) => log.hold([image])),
		(digests) => {
			if (digests === undefined) {
				const wait = world.chance.between(500, PATIENCE_MS);
				return world.events.after(wait, `${letter.sender} uploads again`, () => upload(world, sending, then));
			}
			world.auditor.kept(suite.sha256Hex(image));
			sending.imageKept = true;
			then(100);
		},
	);
}

function handIn(world: World, sending: Sending): void {
	const { letter, side } = sending;
	const { transcription } = letter;
	if (transcription === undefined) return;
	world.network.ask(
		side,
		'server',
		`${letter.sender} hands in`,
		() => world.fronts.get(side)?.machine.work((log) => log.deliverOpenings([{ reading: letter.id, transcription }])),
		(taken) => {
			if (taken === undefined)
				world.events.after(world.chance.between(1_000, PATIENCE_MS), `${letter.sender} hands in again`, () =>
					handIn(world, sending),
				);
		},
	);
}
