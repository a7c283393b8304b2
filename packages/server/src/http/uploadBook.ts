/**
 * The book of uploads (`spec/api.md`, A8): which are unfinished, how many and how large they are in all and by address, when they expire; and which have ended, so that a sender who
 * did not hear the last answer still learns it. What the files hold is the store's to know.
 */
import type { Limits } from './limits.ts';

export interface Unfinished {
	readonly id: string;
	readonly sha256: string;
	/** Bytes, as announced. */
	readonly size: number;
	/** Address group; empty for those found at a start. */
	readonly group: string;
	/** UTC seconds. */
	readonly created: number;
}

export interface UploadBook {
	/** Whether one more of this size fits; else which limit it does not. */
	readonly room: (group: string, size: number) => 'fits' | 'address' | 'all';
	readonly add: (upload: Unfinished) => void;
	readonly get: (id: string) => Unfinished | undefined;
	/** It is held: from now on it is only remembered as finished. */
	readonly finish: (id: string) => void;
	readonly finishedSize: (id: string) => number | undefined;
	readonly remove: (id: string) => void;
	readonly expired: (now: number) => readonly Unfinished[];
	readonly count: () => number;
}

/** Ends that are remembered: minutes of the busiest hour, which is how long a sender asks after an answer. */
const FINISHED_MAX = 20_000;

export function uploadBook(limits: Limits): UploadBook {
	const unfinished = new Map<string, Unfinished>();
	const perGroup = new Map<string, number>();
	const finished = new Map<string, number>();
	let bytes = 0;

	const remove = (id: string): void => {
		const upload = unfinished.get(id);
		if (upload === undefined || !unfinished.delete(id)) return;
		bytes -= upload.size;
		const left = (perGroup.get(upload.group) ?? 1) - 1;
		if (left > 0) perGroup.set(upload.group, left);
		else perGroup.delete(upload.group);
	};
	return {
		room: (group, size) => {
			if ((perGroup.get(group) ?? 0) >= limits.unfinishedPerAddressMax) return 'address';
			const full = unfinished.size >= limits.unfinishedMax || bytes + size > limits.unfinishedBytesMax;
			return full ? 'all' : 'fits';
		},
		add: (upload) => {
			unfinished.set(upload.id, upload);
			bytes += upload.size;
			perGroup.set(upload.group, (perGroup.get(upload.group) ?? 0) + 1);
		},
		get: (id) => unfinished.get(id),
		finish: (id) => {
			finished.set(id, unfinished.get(id)?.size ?? 0);
			remove(id);
			if (finished.size > FINISHED_MAX) finished.delete(finished.keys().next().value ?? '');
		},
		finishedSize: (id) => finished.get(id),
		remove,
		expired: (now) => [...unfinished.values()].filter(({ created }) => created + limits.unfinishedSeconds < now),
		count: () => unfinished.size,
	};
}
