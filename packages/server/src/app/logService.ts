/**
 * Group commit (`spec/api.md`, A4–A6): while one append is on its way to the disk, everything that arrives waits and becomes the next one. Between appends, at most every `pulseMs`, the
 * log says what has become due: held blobs, openings; and, less often, results. What fails is told to the senders as *later*, kept in mind, and tried again; the service goes on.
 */
import { assert, err } from '@matokeo/core/std/result.ts';
import { Trouble } from '../ports/trouble.ts';
import type { Answer, Later } from './answer.ts';
import { type AppendQueue, appendQueue } from './appendQueue.ts';
import { type DutyBook, dutyBook } from './dutyBook.ts';
import { holdTogether } from './holdTogether.ts';
import type { MarkPlace } from './markDesk.ts';
import type { Delivery, OpenedLog } from './openedLog.ts';
import { rhythmOf } from './rhythm.ts';
import type { DeliveryAnswer, LogService, ServiceEvents } from './service.ts';

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
/** A mark of a country takes some tenths of a second: between two of them it is the turn of notes. */
const MARKS_PER_TURN = 1;
const MARKS_WAITING_MAX = 1_024;
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
	const marks = appendQueue<MarkPlace, Answer>(MARKS_WAITING_MAX);
	const holding = holdTogether(log.hold);
	const listeners: (() => void)[] = [];
	let closing = false;

	const rhythm = rhythmOf(log, duties, listeners, parts.pulseMs);
	/** Everything that waits, a full append at a time. */
	const work = (): void => {
		const appended = serve(notes, (items) => append(log, duties, events, items));
		const delivered = serve(openings, (items) => deliver(log, duties, items));
		const marked = serve(marks, (items) => mark(log, duties, events, items), MARKS_PER_TURN);
		if (appended + delivered + marked > 0) rhythm.grown();
	};
	const waiting = (): number => notes.waiting() + openings.waiting() + marks.waiting();
	const turns = turnsOf(() => {
		work();
		return waiting() > 0;
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
		mark: async (place, sender) => {
			const [answer] = await enter(marks, [place], sender, (why): Answer => ({ kind: 'later', why }));
			assert(answer !== undefined, 'every mark that is asked for has one answer');
			return answer;
		},
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
			return { closing, waiting: waiting(), failing: duties.failing, ...(halted === undefined ? {} : { halted }) };
		},
		close: async () => {
			if (closing) return;
			closing = true;
			await holding.idle();
			turns.stop();
			while (waiting() > 0) work();
			rhythm.finish();
			log.close();
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

function mark(
	log: OpenedLog,
	{ attempt }: DutyBook,
	events: ServiceEvents | undefined,
	items: readonly MarkPlace[],
): readonly Answer[] {
	const start = performance.now();
	const answers = attempt('mark', () => items.map(log.mark)) ?? items.map(() => UNCERTAIN);
	events?.appended(items.length, answers, performance.now() - start);
	return answers;
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
function serve<T, A>(
	queue: AppendQueue<T, A>,
	work: (items: readonly T[]) => readonly A[],
	most: number = NOTES_PER_APPEND_MAX,
): number {
	const taken = queue.take(most);
	if (taken.length === 0) return 0;
	const answers = work(taken.flatMap(({ items }) => items));
	let from = 0;
	for (const { items, settle } of taken) {
		settle(answers.slice(from, from + items.length));
		from += items.length;
	}
	return answers.length;
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
