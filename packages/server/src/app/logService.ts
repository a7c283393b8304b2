/**
 * Group commit (`spec/api.md`, A4–A6): while one append is on its way to the disk, everything that arrives waits and becomes the next one. Between appends, at most every `pulseMs`, the
 * log says what has become due: held blobs, openings; and, less often, results. What fails is told to the senders as *later*, kept in mind, and tried again; the service goes on.
 */
import { err } from '@matokeo/core/std/result.ts';
import { Trouble } from '../ports/trouble.ts';
import { messageOf } from '../storage/disk.ts';
import type { Answer, Later } from './answer.ts';
import { type AppendQueue, appendQueue } from './appendQueue.ts';
import { holdTogether } from './holdTogether.ts';
import type { Delivery, OpenedLog } from './openedLog.ts';
import type { DeliveryAnswer, Duty, LogService, ServiceEvents } from './service.ts';

export interface ServiceParts {
	readonly log: OpenedLog;
	/** At least so long from one pulse to the next. */
	readonly pulseMs?: number;
	/** Notes, and openings, that may wait; what comes then is answered *later* at once. */
	readonly notesWaitingMax: number;
	readonly events?: ServiceEvents;
}

/** One transaction, published in some tens of milliseconds: nobody waits longer for what came with theirs. */
const NOTES_PER_APPEND_MAX = 512;
/** Where the disk is slow, an append takes long enough that everybody has come. */
const APPEND_REST_MS_MAX = 100;
const PULSE_MS = 250;
const DUTIES_OF_PULSE: readonly Duty[] = ['announce', 'open', 'growth'];
const DUTIES_OF_SENDERS: readonly Duty[] = ['append', 'deliver'];
/** What fails is tried again, and written down again, every other second. */
const PULSES_PER_RETRY = 8;
/** Results of one contest of a whole country take some 50 ms to compute: contests take turns, and nobody reads them faster than this. */
const PULSES_PER_RESULTS = 8;
const RESULTS_PER_TURN_MAX = 1;
/** A pulse rests four times as long as it took, so that publishing never has more than a fifth of the processor. */
const REST_PER_WORK = 4;
const FULL = 'too much is waiting; nothing of this was taken in, send it again';
const CLOSING = 'the server is closing; nothing of this was taken in, send it again';

/** After a failure it is not known what became durable: the same text sent again is answered as logged if it did. */
const UNCERTAIN: Later = {
	kind: 'later',
	why: 'the server could not finish this; send the same again, whatever was logged is answered as logged',
};

export function logService(parts: ServiceParts): LogService {
	const { log, events } = parts;
	const duties = dutyBook(events);
	const notes = appendQueue<Uint8Array, Answer>(parts.notesWaitingMax);
	const openings = appendQueue<Delivery, DeliveryAnswer>(parts.notesWaitingMax);
	const holding = holdTogether(log.hold);
	const listeners: (() => void)[] = [];
	let closing = false;

	const rhythm = rhythmOf(log, duties, listeners, parts.pulseMs ?? PULSE_MS);
	/** Everything that waits, a full append at a time. */
	const work = (): void => {
		const appended = serve(notes, (items) => append(log, duties, events, items));
		const delivered = serve(openings, (items) => deliver(log, duties, items));
		if (appended + delivered > 0) rhythm.grown();
	};
	const turns = turnsOf(() => {
		work();
		return notes.waiting() + openings.waiting() > 0;
	});
	/** Waits for its turn, or does not even begin to. */
	const enter = async <T, A>(
		queue: AppendQueue<T, A>,
		items: readonly T[],
		sender: string | undefined,
		postponed: (why: string) => A,
	): Promise<readonly A[]> => {
		const waits = closing ? undefined : queue.enqueue(items, sender);
		if (waits === undefined) return items.map(() => postponed(closing ? CLOSING : FULL));
		turns.due();
		return waits;
	};

	return {
		log,
		submit: (items, sender) => enter(notes, items, sender, (why) => ({ kind: 'later', why })),
		deliver: (items, sender) => enter(openings, items, sender, (why) => err({ rule: 'later', why })),
		hold: async (blob) => {
			const digest = await holding.hold(blob);
			rhythm.grown();
			return digest;
		},
		onGrowth: (listener) => {
			listeners.push(listener);
		},
		condition: () => {
			const halted = log.cosigning.halted();
			const waiting = notes.waiting() + openings.waiting();
			return { closing, waiting, failing: duties.failing, ...(halted === undefined ? {} : { halted }) };
		},
		close: async () => {
			if (closing) return;
			closing = true;
			await holding.idle();
			turns.stop();
			while (notes.waiting() + openings.waiting() > 0) work();
			rhythm.finish();
			log.close();
		},
	};
}

type Attempt = <T>(duty: Duty, work: () => T) => T | undefined;

interface DutyBook {
	/** `undefined` where it failed, which is kept in mind until it goes well. */
	readonly attempt: Attempt;
	readonly failing: Map<Duty, string>;
}

function dutyBook(events: ServiceEvents | undefined): DutyBook {
	const failing = new Map<Duty, string>();
	return {
		failing,
		attempt: (duty, work) => {
			try {
				const result = work();
				failing.delete(duty);
				return result;
			} catch (error) {
				failing.set(duty, messageOf(error));
				events?.failed(duty, error);
				return undefined;
			}
		},
	};
}

function append(
	log: OpenedLog,
	{ attempt, failing }: DutyBook,
	events: ServiceEvents | undefined,
	items: readonly Uint8Array[],
): readonly Answer[] {
	const start = performance.now();
	const answers = attempt('append', () => halving(items, log.append, events)) ?? items.map(() => UNCERTAIN);
	const [first] = answers;
	const none = first?.kind === 'later' && answers.every(({ kind }) => kind === 'later');
	if (none && !failing.has('append')) failing.set('append', first.why);
	events?.appended(items.length, answers, performance.now() - start);
	return answers;
}

function deliver(log: OpenedLog, { attempt }: DutyBook, items: readonly Delivery[]): readonly DeliveryAnswer[] {
	const later = { rule: 'later', why: UNCERTAIN.why } as const;
	return attempt('deliver', () => log.deliverOpenings(items)) ?? items.map(() => err(later));
}

interface Turns {
	readonly due: () => void;
	readonly stop: () => void;
}

/**
 * An append keeps everybody else in this process waiting, so that after one there is as much time again for requests, uploads and answers. Meanwhile more comes in, and the next append takes
 * all of it: under load this makes fewer and larger appends, and without load it delays nobody. `work` says whether there is more.
 */
function turnsOf(work: () => boolean): Turns {
	let timer: NodeJS.Timeout | undefined;
	let next: NodeJS.Immediate | undefined;
	let restUntil = 0;

	const turn = (): void => {
		timer = undefined;
		next = undefined;
		const start = performance.now();
		const more = work();
		const end = performance.now();
		restUntil = end + Math.min(end - start, APPEND_REST_MS_MAX);
		if (more) due();
	};
	const due = (): void => {
		if (timer !== undefined || next !== undefined) return;
		const rest = restUntil - performance.now();
		if (rest > 0) timer = setTimeout(turn, rest);
		else next = setImmediate(turn);
	};
	return {
		due,
		stop: () => {
			clearTimeout(timer);
			clearImmediate(next);
		},
	};
}

/** One append's worth of what waits. */
function serve<T, A>(queue: AppendQueue<T, A>, work: (items: readonly T[]) => readonly A[]): number {
	const taken = queue.take(NOTES_PER_APPEND_MAX);
	if (taken.length === 0) return 0;
	const answers = work(taken.flatMap(({ items }) => items));
	let from = 0;
	for (const { items, settle } of taken) {
		settle(answers.slice(from, from + items.length));
		from += items.length;
	}
	return answers.length;
}

interface Rhythm {
	/** Something was appended, held or handed in. */
	readonly grown: () => void;
	/** Does at once, and for the last time, what is due. */
	readonly finish: () => void;
}

function rhythmOf(
	log: OpenedLog,
	{ attempt, failing }: DutyBook,
	listeners: readonly (() => void)[],
	pulseMs: number,
): Rhythm {
	const beat = (): void => {
		attempt('announce', () => log.announceHeld('named'));
		attempt('open', () => log.openReadings());
		attempt('growth', () => {
			for (const listener of listeners) listener();
		});
	};
	const results = (most?: number): number => attempt('results', () => log.publishResults(most)) ?? 0;
	const pulse = pacemaker(pulseMs, () => {
		beat();
		if (DUTIES_OF_PULSE.some((duty) => failing.has(duty))) pulse.due(PULSES_PER_RETRY);
	});
	const publishing = pacemaker(pulseMs * PULSES_PER_RESULTS, () => {
		const left = results(RESULTS_PER_TURN_MAX);
		if (failing.has('results')) publishing.due();
		else if (left > 0) publishing.due(1 / PULSES_PER_RESULTS);
		// Results were written and synced: the disk is well. Otherwise a server that nobody sends to would stay ill for ever.
		if (!failing.has('results')) for (const duty of DUTIES_OF_SENDERS) failing.delete(duty);
	});
	return {
		grown: () => {
			pulse.due();
			publishing.due();
		},
		finish: () => {
			pulse.stop();
			publishing.stop();
			beat();
			results();
		},
	};
}

/**
 * A bug that one note sets off must not be everybody's: what was thrown at a list is looked for in its halves, and only the note that sets it off goes without an answer. Trouble is the
 * disk's, and halves would meet it too.
 */
function halving(items: readonly Uint8Array[], append: Append, events: ServiceEvents | undefined): readonly Answer[] {
	try {
		return append(items);
	} catch (error) {
		if (error instanceof Trouble) throw error;
		events?.failed('append', error);
		if (items.length === 1) return [UNCERTAIN];
		const middle = Math.ceil(items.length / 2);
		const halves = [items.slice(0, middle), items.slice(middle)];
		return halves.flatMap((half) => halving(half, append, events));
	}
}

type Append = OpenedLog['append'];

interface Pacemaker {
	/** In so many of its least intervals, unless it is due already. */
	readonly due: (intervals?: number) => void;
	readonly stop: () => void;
}

function pacemaker(leastMs: number, work: () => void): Pacemaker {
	let timer: NodeJS.Timeout | undefined;
	let restUntil = 0;
	const run = (): void => {
		timer = undefined;
		const start = performance.now();
		work();
		const end = performance.now();
		restUntil = end + (end - start) * REST_PER_WORK;
	};
	return {
		due: (intervals = 1) => {
			timer ??= setTimeout(run, Math.max(leastMs * intervals, restUntil - performance.now()));
		},
		stop: () => clearTimeout(timer),
	};
}
