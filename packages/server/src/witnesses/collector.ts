/**
 * Drives the dialogues with all witnesses (D24–D29): asks what `collecting` says is due, hands back what came, writes cosignatures down, and says in the log what the quorum has seen. Each question runs by
 * itself, so that a slow or dead witness delays nobody; appending never waits for any of it. The network and the time are handed in.
 */
import type { CheckpointTrust } from '@matokeo/core/log/checkpoint.ts';
import { printNote } from '@matokeo/core/log/note.ts';
import { printAddCheckpoint } from '@matokeo/core/log/witness.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import type { Witnessing } from '@matokeo/portal/record.ts';
import type { Cosigning } from '../app/cosigning.ts';
import { type AskWitness, failed, type Heard, readAnswer, readShown } from './answers.ts';
import { type Collecting, type Cosigned, collecting, hasQuorum, type Offer, type Question } from './collecting.ts';
import type { Dialogue, Moment } from './dialogue.ts';
import { offerOf } from './offer.ts';
import type { KnownWitness, Roster } from './roster.ts';
import { witnessingOf } from './witnessing.ts';

export interface CollectorClock {
	/** Milliseconds of a steady clock. */
	readonly ms: () => number;
	/** UTC seconds. */
	readonly seconds: () => number;
	/** 0 … 1. */
	readonly chance: () => number;
	/** Does the work once, so many milliseconds later; answers how to call it off. */
	readonly later: (ms: number, work: () => void) => () => void;
}

/** What is worth counting and writing down; nothing here can stop the collecting. */
export interface CollectorEvents {
	/** Milliseconds from question to cosignature. */
	readonly cosigned: (witness: string, ms: number) => void;
	/** An answer that brought nothing, or the witness's standing changed with it. */
	readonly heard: (witness: string, answer: Heard, before: Dialogue, after: Dialogue) => void;
	/** Nothing is signed any more. */
	readonly halted: (why: string) => void;
	/** The disk or the log failed; it is tried again. */
	readonly troubled: (error: unknown) => void;
}

export interface CollectorParts {
	readonly suite: Suite;
	readonly trust: CheckpointTrust;
	readonly roster: Roster;
	readonly ask: AskWitness;
	readonly cosigning: Cosigning;
	/** Appends the log's own statement; resolves when it was answered. */
	readonly submit: (note: Uint8Array) => Promise<unknown>;
	readonly clock: CollectorClock;
	readonly events: CollectorEvents;
	/** At least so long from one `log/witnessed` to the next. */
	readonly sayEveryMs?: number;
	/** What witnesses were found to have cosigned last, by name. */
	readonly at?: ReadonlyMap<string, number>;
}

export interface Collector {
	/** The log may have grown. */
	readonly grown: () => void;
	/** How things stand, in plain data. */
	readonly witnessing: () => Witnessing;
	/** How far the log is ahead of what the quorum has seen. */
	readonly lag: () => { readonly statements: number; readonly seconds: number };
	/** Nothing is asked or written any more; what is under way is let go. */
	readonly stop: () => void;
}

/** Cosignatures that come within this are written together. */
const SETTLE_MS = 50;
/** A fifth of what readers tolerate (V61): the rest is for a log that has gone on while a witness took its time. */
const SKEW_SECONDS_MAX = 60;
/** After a failure of the disk. */
const RETRY_MS = 2_000;
/** A night has so 1,200 of them at the most, and the rules know half a minute later what was seen. */
const SAY_EVERY_MS = 30_000;

export function collector(parts: CollectorParts): Collector {
	const { roster, cosigning, clock, events } = parts;
	const machine = startingFrom(parts);
	const moment = (): Moment => ({ ms: clock.ms(), seconds: clock.seconds(), chance: clock.chance() });
	const stopped = (): boolean => over || cosigning.halted() !== undefined;
	let over = false;
	let size = 0;

	const noticed = (): void => {
		const latest = cosigning.latest();
		if (latest === undefined || latest.size <= size) return;
		size = latest.size;
		machine.published(offerOf(parts, latest), moment());
	};
	const turns = alarm(clock, () => {
		if (stopped()) return;
		noticed();
		const { questions, wakeMs } = machine.due(clock.ms());
		for (const question of questions) pose(question).catch(events.troubled);
		if (wakeMs !== undefined) turns.in(wakeMs - clock.ms());
	});
	const speaking = speaker(parts, stopped);
	const unwritten = new Map<number, Offer>();
	const writing = writer(parts, machine, unwritten, () => speaking.in(0));

	const pose = async (question: Question): Promise<void> => {
		const { name } = question.witness;
		const beganMs = clock.ms();
		const answer = await answerTo(parts, question);
		if (stopped()) return;
		const standing = machine.dialogue(name);
		const { cosigned, look } = machine.heard(question, answer, cosigning.committed(), moment());
		events.heard(name, answer, standing, machine.dialogue(name));
		if (answer.kind === 'cosigned') events.cosigned(name, clock.ms() - beganMs);
		if (cosigned !== undefined) {
			unwritten.set(cosigned.size, cosigned);
			writing.in(SETTLE_MS);
		}
		if (look) machine.looked(name, await latestOf(parts, question.witness));
		turns.in(0);
	};

	turns.in(0);
	// What an earlier run could not write any more.
	writing.in(SETTLE_MS);
	return {
		grown: () => turns.in(0),
		witnessing: () => {
			noticed();
			return witnessingOf(roster, machine, clock.seconds());
		},
		lag: () => {
			const since = machine.behindSince();
			const statements = (cosigning.latest()?.size ?? 0) - (machine.witnessed()?.size ?? 0);
			return { statements, seconds: since === undefined ? 0 : Math.max(0, clock.seconds() - since) };
		},
		stop: () => {
			over = true;
			for (const one of [turns, writing, speaking]) one.stop();
		},
	};
}

/** With what the folder says that the quorum has seen, and what witnesses have shown. */
function startingFrom(parts: CollectorParts): Collecting {
	const { roster, cosigning } = parts;
	const there = cosigning.witnessed();
	const known = there === undefined ? undefined : offerOf(parts, there);
	const machine = collecting(roster, hasQuorum(roster.policy, known) ? known : undefined);
	for (const [name, size] of parts.at ?? []) if (size <= cosigning.committed()) machine.looked(name, size);
	return machine;
}

async function answerTo({ suite, ask, cosigning, clock, events }: CollectorParts, question: Question): Promise<Heard> {
	const { witness, old, offer } = question;
	const { text, signatures } = offer.note;
	let body: Uint8Array;
	try {
		const proof = cosigning.prove(old, offer.size);
		body = printAddCheckpoint({ oldSize: old, proof, checkpoint: printNote(text, signatures) });
	} catch (error) {
		events.troubled(error);
		return failed('the log could not make the proof for it');
	}
	try {
		return timely(readAnswer(suite, witness, offer.note.textBytes, await ask(witness, body)), clock.seconds());
	} catch (error) {
		return failed(error instanceof Error ? error.message : 'it cannot be reached');
	}
}

/** D24: a time that is not now is not taken into the log, where readers would find the log's own clock late by it. */
function timely(answer: Heard, now: number): Heard {
	if (answer.kind !== 'cosigned' || Math.abs(answer.seconds - now) <= SKEW_SECONDS_MAX) return answer;
	const off = answer.seconds - now;
	return failed(
		`it cosigned with a time ${Math.abs(off)} seconds ${off > 0 ? 'after' : 'before'} the clock of this log`,
	);
}

/** The size of the witness's latest checkpoint of this log, if the log continues it; if it does not, nothing is signed any more. */
async function latestOf(
	{ suite, trust, ask, cosigning, events }: CollectorParts,
	witness: KnownWitness,
): Promise<number | undefined> {
	const reply = await ask(witness).catch(() => undefined);
	// It gave no answer: its claim stays a claim.
	const shown = reply === undefined ? undefined : readShown(suite, trust, reply);
	if (shown?.kind !== 'checkpoint') return undefined;
	try {
		const verdict = cosigning.shown(shown, witness.name);
		if (verdict.kind === 'contradicted') events.halted(verdict.why);
		return verdict.kind === 'continued' && shown.size <= cosigning.committed() ? shown.size : undefined;
	} catch (error) {
		events.troubled(error);
		return undefined;
	}
}

function writer(
	{ clock, cosigning, events }: CollectorParts,
	machine: Collecting,
	unwritten: Map<number, Offer>,
	written: () => void,
): Alarm {
	const writing = alarm(clock, () => {
		try {
			write(cosigning, unwritten, machine.witnessed());
			unwritten.clear();
			written();
		} catch (error) {
			events.troubled(error);
			writing.in(RETRY_MS);
		}
	});
	return writing;
}

function write(cosigning: Cosigning, offers: ReadonlyMap<number, Offer>, seen: Offer | undefined): void {
	for (const { size, cosigned } of offers.values()) cosigning.cosign(size, linesOf(cosigned));
	const there = cosigning.witnessed();
	if (seen === undefined || (there?.size === seen.size && !offers.has(seen.size))) return;
	const { size, root, note, cosigned } = seen;
	cosigning.publishWitnessed({ size, root, note: printNote(note.text, [...note.signatures, ...linesOf(cosigned)]) });
}

function linesOf(cosigned: ReadonlyMap<string, Cosigned>) {
	return [...cosigned.values()].map(({ signature }) => signature);
}

/** Says in the log what the quorum has seen, when there is anything to say, and not too often. */
function speaker(
	{ cosigning, clock, events, submit, sayEveryMs = SAY_EVERY_MS }: CollectorParts,
	stopped: () => boolean,
): Alarm {
	let saidMs = -Infinity;
	const speaking = alarm(clock, () => {
		if (stopped()) return;
		try {
			if (!cosigning.hasToSay()) return;
			const restMs = saidMs + sayEveryMs - clock.ms();
			if (restMs > 0) {
				speaking.in(restMs);
				return;
			}
			saidMs = clock.ms();
			submit(cosigning.saying()).catch(events.troubled);
		} catch (error) {
			events.troubled(error);
			speaking.in(RETRY_MS);
		}
	});
	return speaking;
}

interface Alarm {
	/** In so many milliseconds, unless it rings before. */
	readonly in: (ms: number) => void;
	readonly stop: () => void;
}

function alarm(clock: CollectorClock, ring: () => void): Alarm {
	let atMs = Infinity;
	let cancel = (): void => undefined;
	const run = (): void => {
		atMs = Infinity;
		ring();
	};
	return {
		in: (ms) => {
			const wanted = clock.ms() + Math.max(0, ms);
			if (wanted >= atMs) return;
			cancel();
			atMs = wanted;
			cancel = clock.later(Math.max(0, ms), run);
		},
		stop: () => cancel(),
	};
}
