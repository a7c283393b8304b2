/**
 * The one clock of the simulated world and what happens by it: events in the order of their times, those of one time in the order in which they were planned. Nothing else in the world
 * knows what time it is, and no time passes but here.
 */
export interface Events {
	/** Milliseconds since 1970, as the world's own clock shows them. */
	readonly now: () => number;
	/** Plans something; `what` is what a trace says. A part of a millisecond is a whole one: nobody may wait for a time and find that it has not come. */
	readonly after: (ms: number, what: string, act: () => void | Promise<void>) => void;
	/** Plans something again and again, the first time after a part of the period. */
	readonly every: (ms: number, first: number, what: string, act: () => void | Promise<void>) => void;
	/** Lets everything happen up to this time; `each` is called after every event. */
	readonly run: (until: number, each: (what: string) => void) => Promise<void>;
	/** Events that happened. */
	readonly count: () => number;
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

interface Planned {
	readonly at: number;
	readonly order: number;
	readonly what: string;
	readonly act: () => void | Promise<void>;
}

export function events(start: number): Events {
	/** A heap: the next event is the first. */
	const heap: Planned[] = [];
	let now = start;
	let order = 0;
	let count = 0;

	const after = (ms: number, what: string, act: () => void | Promise<void>): void => {
		push(heap, { at: now + Math.max(0, Math.ceil(ms)), order: order++, what, act });
	};
	const every = (ms: number, first: number, what: string, act: () => void | Promise<void>): void => {
		const again = async (): Promise<void> => {
			after(ms, what, again);
			await act();
		};
		after(first, what, again);
	};
	return {
		now: () => now,
		after,
		every,
		run: async (until, each) => {
			for (let next = heap[0]; next !== undefined && next.at <= until; next = heap[0]) {
				pop(heap);
				now = next.at;
				count++;
				await next.act();
				// Whatever waited for this goes on before anything else happens.
				await settled();
				each(next.what);
			}
			now = until;
		},
		count: () => count,
	};
}

function before(a: Planned | undefined, b: Planned | undefined): boolean {
	if (a === undefined || b === undefined) return a !== undefined;
	return a.at === b.at ? a.order < b.order : a.at < b.at;
}

function push(heap: Planned[], one: Planned): void {
	let at = heap.length;
	heap.push(one);
	while (at > 0) {
		const parent = (at - 1) >> 1;
		if (!before(one, heap[parent])) break;
		swap(heap, at, parent);
		at = parent;
	}
}

function pop(heap: Planned[]): void {
	const last = heap.pop();
	if (last === undefined || heap.length === 0) return;
	heap[0] = last;
	for (let at = 0; ; ) {
		const left = 2 * at + 1;
		const least = before(heap[left + 1], heap[left]) ? left + 1 : left;
		if (!before(heap[least], heap[at])) return;
		swap(heap, at, least);
		at = least;
	}
}

function swap(heap: Planned[], a: number, b: number): void {
	const [first, second] = [heap[a], heap[b]];
	if (first === undefined || second === undefined) return;
	heap[a] = second;
	heap[b] = first;
}
