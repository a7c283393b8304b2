/**
 * Bugs planted on purpose, kept here and nowhere else, to show that the world finds them: each is one that somebody could write.
 */
import type { Disk } from '@matokeo/server/ports/disk.ts';
import type { MemoryDisk } from '@matokeo/server/storage/memoryDisk.ts';
import { answersEarly, commitsLate } from '../crash/faulty.ts';
import { suite } from './cast.ts';
import type { Build } from './machine.ts';
import type { MonitorBuild } from './monitor.ts';
import { folder } from './treeOf.ts';
import type { WitnessBuild } from './witnessNode.ts';

export interface Planted {
	/** `seconds`: the clock that the server goes by. */
	readonly server: (seconds: () => number) => Build;
	readonly witness: WitnessBuild;
	readonly monitor: MonitorBuild;
	/** Whether the server asks its witnesses before it signs. */
	readonly asksBeforeStart: boolean;
	/** Whether the collector takes any size that a witness claims for true. */
	readonly believesClaims: boolean;
}

export const HONEST: Planted = {
	server: () => ({}),
	witness: 'honest',
	monitor: 'honest',
	asksBeforeStart: true,
	believesClaims: false,
};

export const PLANTED = {
	'server-answers-early': {
		...HONEST,
		server: (seconds: () => number) => ({ log: (log) => answersEarly(suite, log, seconds()) }),
	},
	'server-commits-late': { ...HONEST, server: () => ({ store: commitsLate }) },
	'checkpoint-before-tiles': { ...HONEST, server: () => ({ disk: checkpointFirst }) },
	'links-are-forgotten': { ...HONEST, server: () => ({ disk: forgetsLinks }) },
	'witness-answers-early': { ...HONEST, witness: 'answers-early' },
	'start-asks-nobody': { ...HONEST, asksBeforeStart: false },
	'collector-believes-claims': { ...HONEST, believesClaims: true },
	'monitor-skips-equal-sizes': { ...HONEST, monitor: 'skips-equal-sizes' },
} as const satisfies Readonly<Record<string, Planted>>;

export type PlantedName = keyof typeof PLANTED;

/** Tiles wait for the next write: by then the checkpoint is in place. */
function checkpointFirst(disk: MemoryDisk): MemoryDisk {
	let waiting: (() => void)[] = [];
	const flush = (): void => {
		const now = waiting;
		waiting = [];
		for (const write of now) write();
	};
	return {
		...disk,
		sizeOf: (path) => {
			flush();
			return disk.sizeOf(path);
		},
		remove: (paths) => {
			flush();
			disk.remove(paths);
		},
		write: (files, between) => {
			flush();
			if (files.length > 0 && files.every(({ path }) => path.startsWith(`${folder.dir}/public/tile/`)))
				waiting.push(() => disk.write(files, between));
			else disk.write(files, between);
		},
	};
}

/** Says that a link is there, and makes none. */
function forgetsLinks(disk: MemoryDisk): MemoryDisk {
	const none: Disk['link'] = () => undefined;
	return { ...disk, link: none };
}
