/**
 * The queue before an append (`spec/api.md`, A4): what many senders have asked for waits here and is taken together. Fair twice over: senders take turns, and so do the requests of one
 * sender, a few items at a time, so that nobody's long list holds up somebody's single form. It does not know what the items are.
 */
import { assert } from '@matokeo/core/std/result.ts';

export interface Taken<T, A> {
	readonly items: readonly T[];
	/** One answer per item; a request is answered when the last of its items is. */
	readonly settle: (answers: readonly A[]) => void;
}

export interface AppendQueue<T, A> {
	/** `undefined` when there is no room for all of them: nothing of it was taken in. */
	readonly enqueue: (items: readonly T[], sender?: string) => Promise<readonly A[]> | undefined;
	/** The next items, at most so many, in pieces that each belong to one request. */
	readonly take: (most: number) => readonly Taken<T, A>[];
	/** Items that wait. */
	readonly waiting: () => number;
}

interface Job<T, A> {
	readonly items: readonly T[];
	readonly answers: A[];
	next: number;
	readonly resolve: (answers: readonly A[]) => void;
}

/** Items that a request may have in one turn: a form's few statements pass at once, a list of 256 takes sixteen turns when others wait. */
const ITEMS_PER_TURN = 16;

export function appendQueue<T, A>(itemsMax: number): AppendQueue<T, A> {
	/** Sender → requests that have items waiting. Both in the order of their next turn. */
	const lanes = new Map<string, Job<T, A>[]>();
	let waiting = 0;
	let nameless = 0;

	/** One turn: the first sender's first request hands over a few items, then both go to the back. */
	const turn = (most: number): Taken<T, A> | undefined => {
		const [first] = lanes;
		if (first === undefined) return undefined;
		const [sender, jobs] = first;
		const job = jobs.shift();
		assert(job !== undefined, 'a sender without requests has no lane');
		const from = job.next;
		job.next = Math.min(job.items.length, from + Math.min(most, ITEMS_PER_TURN));
		if (job.next < job.items.length) jobs.push(job);
		lanes.delete(sender);
		if (jobs.length > 0) lanes.set(sender, jobs);
		const items = job.items.slice(from, job.next);
		waiting -= items.length;
		return { items, settle: (answers) => settle(job, answers) };
	};

	return {
		enqueue: (items, sender = `#${nameless++}`) => {
			if (items.length === 0) return Promise.resolve([]);
			if (waiting + items.length > itemsMax) return undefined;
			waiting += items.length;
			return new Promise((resolve) => {
				const jobs = lanes.get(sender) ?? [];
				jobs.push({ items, answers: [], next: 0, resolve });
				lanes.set(sender, jobs);
			});
		},
		take: (most) => {
			const taken: Taken<T, A>[] = [];
			for (let left = most; left > 0; ) {
				const one = turn(left);
				if (one === undefined) break;
				taken.push(one);
				left -= one.items.length;
			}
			return taken;
		},
		waiting: () => waiting,
	};
}

/** Pieces of one request are taken, and so answered, in order. */
function settle<T, A>(job: Job<T, A>, answers: readonly A[]): void {
	job.answers.push(...answers);
	assert(job.answers.length <= job.next, 'every item has one answer');
	if (job.answers.length === job.items.length) job.resolve(job.answers);
}
