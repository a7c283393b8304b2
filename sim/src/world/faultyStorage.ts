/**
 * Storage that fails as real storage does (Sunlight's table): an operation fails and nothing is stored, or fails although all of it is stored, or, of several files, some. Wraps any disk and any
 * store, in memory or real; which operation fails is for the caller to say.
 */
import type { Disk } from '@matokeo/server/ports/disk.ts';
import type { Store } from '@matokeo/server/ports/store.ts';
import { Trouble } from '@matokeo/server/ports/trouble.ts';

export const FAULTS = ['failed', 'stored', 'torn'] as const;
/** Fails and leaves nothing, fails although it is stored, fails with the first half stored. */
export type Fault = (typeof FAULTS)[number];

/** Asked before every operation that writes. */
export type Plan = (operation: string) => Fault | undefined;

export function faultyStore<S extends Store>(store: S, plan: Plan): S {
	const failing = <T>(operation: string, work: () => T): T => {
		const fault = plan(operation);
		if (fault === undefined) return work();
		// A transaction is stored whole or not at all: there is no half of one.
		if (fault === 'stored') work();
		throw planned(operation);
	};
	return {
		...store,
		commit: (batch) => failing('commit', () => store.commit(batch)),
		keepOpenings: (openings) => failing('keep openings', () => store.keepOpenings(openings)),
		dropOpenings: (readings) => failing('drop openings', () => store.dropOpenings(readings)),
	};
}

export function faultyDisk<D extends Disk>(disk: D, plan: Plan): D {
	const failing = <T>(operation: string, whole: () => T, half: () => void): T => {
		const fault = plan(operation);
		if (fault === undefined) return whole();
		if (fault === 'stored') whole();
		if (fault === 'torn') half();
		throw planned(operation);
	};
	const firstOf = <T>(list: readonly T[]): readonly T[] => list.slice(0, Math.ceil(list.length / 2));
	const nothing = (): void => undefined;
	return {
		...disk,
		write: (files, between) =>
			// Nothing to write is nothing that could fail.
			files.length === 0
				? undefined
				: failing(
						'write',
						() => disk.write(files, between),
						() => disk.write(firstOf(files)),
					),
		replace: (file, written) => failing('replace', () => disk.replace(file, written), nothing),
		link: (from, to) => failing('link', () => disk.link(from, to), nothing),
		remove: (paths) =>
			paths.length === 0
				? undefined
				: failing(
						'remove',
						() => disk.remove(paths),
						() => disk.remove(firstOf(paths)),
					),
		syncFolders: (paths) => failing('sync folders', () => disk.syncFolders(paths), nothing),
		keep: async (files, calls) => {
			const fault = plan('keep');
			if (fault !== 'failed') await disk.keep(fault === 'torn' ? firstOf(files) : files, calls);
			if (fault !== undefined) throw planned('keep');
		},
		syncFoldersLater: async (paths) => {
			const fault = plan('sync folders later');
			if (fault !== 'failed' && fault !== 'torn') await disk.syncFoldersLater(paths);
			if (fault !== undefined) throw planned('sync folders later');
		},
	};
}

function planned(operation: string): Trouble {
	return new Trouble(`cannot ${operation}: planned`);
}
