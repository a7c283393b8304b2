/**
 * The dialogue with one witness (D24, D25) as pure data: where it is believed to stand, whether a request is under way, how it has failed, and from that what to do next. Time and chance come as arguments. It
 * knows nothing of networks, of other witnesses or of what lies in the log.
 */
import { assert, unreachable } from '@matokeo/core/std/result.ts';
import type { Heard } from './answers.ts';

export interface Dialogue {
	/** The size that it has cosigned last, as far as is known; 0 also where nothing is known: its 409 says more. */
	readonly at: number;
	/** The size of the latest checkpoint that it has cosigned for us; 0 before. */
	readonly cosigned: number;
	/** When, in UTC seconds by the witness's clock; 0 before. */
	readonly time: number;
	/** The request that is under way, for a cosignature or for its latest checkpoint: there is never a second. */
	readonly asking: { readonly old: number; readonly size: number } | 'latest' | undefined;
	/** Answers in a row that brought nothing. */
	readonly failures: number;
	/** Answers 409 in a row that could be believed. */
	readonly conflicts: number;
	/** It is not asked before, in milliseconds of a steady clock. */
	readonly restUntilMs: number;
	/** When it answered rightly last, in milliseconds of a steady clock; 0 before. */
	readonly wellMs: number;
	readonly standing: Standing;
}

/** How it stands with a witness; `since` is UTC seconds, `why` and `claims` as last heard. */
export type Standing =
	/** Nothing is known against it. */
	| { readonly state: 'well' }
	/** Nobody has given an address: it cannot be asked. */
	| { readonly state: 'unasked' }
	/** It gives no answer, or none that is one. */
	| { readonly state: 'silent'; readonly since: number; readonly why: string }
	/** It claims to have seen more than this log has, and shows no signed checkpoint of it. */
	| { readonly state: 'unbelievable'; readonly since: number; readonly claims: number }
	/** It says that the log contradicts itself, and shows nothing that does. */
	| { readonly state: 'objects'; readonly since: number };

export interface Moment {
	/** Of a steady clock. */
	readonly ms: number;
	/** UTC. */
	readonly seconds: number;
	/** 0 … 1: spreads those who wait for the same thing. */
	readonly chance: number;
}

export const NEW_DIALOGUE: Dialogue = {
	asking: undefined,
	at: 0,
	cosigned: 0,
	time: 0,
	failures: 0,
	conflicts: 0,
	restUntilMs: 0,
	wellMs: 0,
	standing: { state: 'well' },
};

/** From one request to the next: a log that grows a hundred times a second is cosigned three times. */
export const PAUSE_MS = 300;
/** The first wait after a failure; each further one is twice as long. */
const BACKOFF_MS = 1_000;
/** A witness that comes back after a night is asked again within this. */
const BACKOFF_MS_MAX = 60_000;
/** Corrections of the size that are believed in a row; a fourth is a witness that cannot make up its mind. */
const CONFLICTS_MAX = 3;
/** A witness that has nothing new to cosign is asked again for the old, so that its silence is noticed. */
const HEARTBEAT_MS = 60_000;

export type Next =
	| { readonly do: 'ask'; readonly old: number }
	/** Nothing before this time, of the steady clock. */
	| { readonly do: 'rest'; readonly untilMs: number }
	/** Nothing until something else is offered or heard. */
	| { readonly do: 'nothing' };

/** What to do for a checkpoint of this size. */
export function nextFor(
	{ asking, at, cosigned, restUntilMs, wellMs, standing }: Dialogue,
	size: number,
	nowMs: number,
): Next {
	if (asking !== undefined || standing.state === 'unasked' || size === 0 || at > size) return { do: 'nothing' };
	const due = cosigned < size ? restUntilMs : Math.max(restUntilMs, wellMs + HEARTBEAT_MS);
	return nowMs < due ? { do: 'rest', untilMs: due } : { do: 'ask', old: at };
}

export function asked(dialogue: Dialogue, old: number, size: number): Dialogue {
	assert(dialogue.asking === undefined && old <= size, 'a witness is asked one thing at a time');
	return { ...dialogue, asking: { old, size } };
}

/** Whether it is expected to answer soon: whoever has failed is not waited for. */
export function isHopeful({ failures, standing }: Dialogue): boolean {
	return failures === 0 && standing.state !== 'unasked';
}

/** `ours`: the size that the database has now. Where the witness may hold proof of what it says, its latest checkpoint is to be asked for at once: `asking` is then `latest`. */
export function heard(before: Dialogue, answer: Heard, ours: number, now: Moment): Dialogue {
	const { asking } = before;
	const rest = { ...before, asking: undefined };
	assert(asking !== undefined && asking !== 'latest', 'an answer comes to a question');
	switch (answer.kind) {
		case 'cosigned': {
			const latest = asking.size >= rest.cosigned ? { cosigned: asking.size, time: answer.seconds } : {};
			const well = { failures: 0, conflicts: 0, restUntilMs: now.ms + PAUSE_MS, wellMs: now.ms };
			return { ...rest, ...latest, ...well, at: asking.size, standing: { state: 'well' } };
		}
		case 'conflict': {
			const { size } = answer;
			const claims = { state: 'unbelievable', since: sinceOf(rest, 'unbelievable', now), claims: size } as const;
			if (size > ours) return looking(backingOff({ ...rest, at: 0 }, claims, now));
			if (size === asking.old)
				return looking(silent(rest, 'it answered 409 with the very size that it was asked from', now));
			const conflicts = rest.conflicts + 1;
			const next = { ...rest, at: size, conflicts };
			const isAhead = size > asking.old;
			if (conflicts > CONFLICTS_MAX && !isAhead)
				return silent({ ...next, conflicts: 0 }, 'it says another size each time', now);
			// Anybody may show a witness what is published. Whoever does so again and again must neither be always a pause ahead of the log nor make the witness look broken.
			return { ...next, restUntilMs: now.ms + (isAhead && conflicts <= CONFLICTS_MAX ? 0 : PAUSE_MS) };
		}
		case 'inconsistent': {
			const objects = { state: 'objects', since: sinceOf(rest, 'objects', now) } as const;
			// What it was asked from may have been wrong: the next 409 puts that right.
			return looking(backingOff({ ...rest, at: 0 }, objects, now));
		}
		case 'failed':
			return silent(rest, answer.why, now);
		default:
			return unreachable(answer);
	}
}

/** Its latest checkpoint was looked at: of a size that the log has, with the log's root; or there was none that could be believed. */
export function looked(dialogue: Dialogue, size: number | undefined): Dialogue {
	return { ...dialogue, asking: undefined, at: size ?? dialogue.at };
}

function looking(dialogue: Dialogue): Dialogue {
	return { ...dialogue, asking: 'latest' };
}

function silent(dialogue: Dialogue, why: string, now: Moment): Dialogue {
	return backingOff(dialogue, { state: 'silent', since: sinceOf(dialogue, 'silent', now), why }, now);
}

function sinceOf({ standing }: Dialogue, state: Standing['state'], { seconds }: Moment): number {
	return standing.state === state && 'since' in standing ? standing.since : seconds;
}

function backingOff(dialogue: Dialogue, standing: Standing, { ms, chance }: Moment): Dialogue {
	const failures = dialogue.failures + 1;
	const wait = Math.min(BACKOFF_MS_MAX, BACKOFF_MS * 2 ** Math.min(failures - 1, 16));
	return { ...dialogue, failures, standing, restUntilMs: ms + wait * (0.5 + chance / 2) };
}
