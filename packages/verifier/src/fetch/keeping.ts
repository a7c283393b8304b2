/**
 * Writes fetched files where they lie in a log (V69): whole under another name first, so that what has its own name is whole, and a fetch that was broken off goes on where it was. Names are made by the caller, never by the
 * source. It does not wait for the disk: a file lost with the power is found by whoever verifies, and fetched again.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface Keeping {
	readonly folder: string;
	/** Bytes of a file; `undefined` when there is none. */
	readonly sizeOf: (path: string) => number | undefined;
	readonly read: (path: string) => Uint8Array | undefined;
	readonly put: (path: string, bytes: Uint8Array) => void;
	/** Removes what was under way. */
	readonly end: () => void;
}

const UNDER_WAY = '.fetching';

export function keepingIn(folder: string): Keeping {
	const under = join(folder, UNDER_WAY);
	const made = new Set<string>();
	let count = 0;
	const make = (path: string): void => {
		if (made.has(path)) return;
		mkdirSync(path, { recursive: true });
		made.add(path);
	};
	return {
		folder,
		sizeOf: (path) => {
			const stat = statSync(join(folder, path), { throwIfNoEntry: false });
			return stat?.isFile() === true ? stat.size : undefined;
		},
		read: (path) => {
			const stat = statSync(join(folder, path), { throwIfNoEntry: false });
			return stat?.isFile() === true ? readFileSync(join(folder, path)) : undefined;
		},
		put: (path, bytes) => {
			make(under);
			make(join(folder, dirname(path)));
			const first = join(under, String(count++));
			writeFileSync(first, bytes);
			renameSync(first, join(folder, path));
		},
		end: () => {
			made.delete(under);
			rmSync(under, { recursive: true, force: true });
		},
	};
}
