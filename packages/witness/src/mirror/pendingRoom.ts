/**
 * How much waits here, in all, by address and by key (M22), counted in memory so that asking costs nothing: begun from what is kept, then told of everything that comes and of everything that the log has.
 */
import type { Limits } from './limits.ts';
import type { Weighed } from './pendingStore.ts';

export interface PendingRoom {
	/** Why there is none for another one like this, or nothing. */
	readonly refuse: (one: Weighed) => string | undefined;
	readonly add: (one: Weighed) => void;
	/** The log has it: it waits no more. */
	readonly remove: (id: string) => void;
	readonly ids: () => Iterable<string>;
	readonly count: () => number;
}

export function pendingRoom(waiting: Iterable<Weighed>, limits: Limits): PendingRoom {
	const all = new Map<string, Weighed>();
	const byAddress = new Map<string, number>();
	const byKey = new Map<string, number>();
	let bytes = 0;

	const shift = (one: Weighed, by: 1 | -1): void => {
		bytes += by * one.bytes;
		bump(byAddress, one.address, by);
		for (const name of namesOf(one)) bump(byKey, name, by);
	};
	const add = (one: Weighed): void => {
		if (all.has(one.id)) return;
		all.set(one.id, one);
		shift(one, 1);
	};
	for (const one of waiting) add(one);
	return {
		refuse: (one) => {
			if (all.size >= limits.pendingMax || bytes + one.bytes > limits.pendingBytesMax)
				return 'this mirror keeps as many statements as it can: hand it to another mirror, and tell whoever runs this one';
			if ((byAddress.get(one.address) ?? 0) >= limits.pendingPerAddressMax)
				return `${limits.pendingPerAddressMax} statements of this address wait here already: hand it to another mirror`;
			const crowded = namesOf(one).find((name) => (byKey.get(name) ?? 0) >= limits.pendingPerKeyMax);
			return crowded === undefined
				? undefined
				: `${limits.pendingPerKeyMax} statements signed by "${crowded}" wait here already: hand it to another mirror`;
		},
		add,
		remove: (id) => {
			const one = all.get(id);
			if (one === undefined) return;
			all.delete(id);
			shift(one, -1);
		},
		ids: () => all.keys(),
		count: () => all.size,
	};
}

function namesOf({ signers }: Weighed): readonly string[] {
	return signers.split(' ');
}

function bump(counts: Map<string, number>, name: string, by: number): void {
	const now = (counts.get(name) ?? 0) + by;
	if (now > 0) counts.set(name, now);
	else counts.delete(name);
}
