/**
 * The server's machine: memory that a power cut spares and memory that it does not, and on it the real log (`openLog`) on the memory twins of disk and database. It is started, killed at a named point or at any
 * moment, and its storage fails when a disaster says so. It knows no network.
 */
import type { Answer } from '@matokeo/server/app/answer.ts';
import type { CrashPoint } from '@matokeo/server/app/crashPoint.ts';
import type { OpenedLog } from '@matokeo/server/app/openedLog.ts';
import { openLog } from '@matokeo/server/app/openLog.ts';
import type { Store } from '@matokeo/server/ports/store.ts';
import { Trouble } from '@matokeo/server/ports/trouble.ts';
import { type DiskContent, type MemoryDisk, memoryDisk } from '@matokeo/server/storage/memoryDisk.ts';
import { type MemoryStore, memoryStore, type StoreContent } from '@matokeo/server/storage/memoryStore.ts';
import { election, packageFiles, signer, suite } from './cast.ts';
import type { Chance } from './chance.ts';
import { type Fault, faultyDisk, faultyStore } from './faultyStorage.ts';

/** Everything that a machine holds: what a backup, or a snapshot of the whole machine, is. */
export interface MachineContent {
	readonly disk: DiskContent;
	readonly store: StoreContent;
}

export interface Machine {
	readonly disk: MemoryDisk;
	readonly store: MemoryStore;
	/** The log while the machine is up. */
	readonly log: () => OpenedLog | undefined;
	/** Opens the log, which must continue every checkpoint that was `seen`; says why it could not. A kill on the way leaves it down. */
	readonly start: (seen: readonly Uint8Array[]) => 'up' | 'killed' | { readonly refused: string };
	/** The power goes. What was not durable may have survived or not. */
	readonly kill: () => void;
	/** Stops in order, as an operator does. */
	readonly stop: () => void;
	/** Does work with the log: `undefined` when the machine is down, or dies of it, or its storage fails. */
	readonly work: <T>(act: (log: OpenedLog) => T) => T | undefined;
	readonly workLater: <T>(act: (log: OpenedLog) => Promise<T>) => Promise<T | undefined>;
	/** Dies at the point, when it is passed for the given time. */
	readonly dieAt: (point: CrashPoint, times: number) => void;
	/** The operation that comes after so many others fails so. */
	readonly failAt: (operations: number, fault: Fault) => void;
	/** Nothing planned with it happens any more. */
	readonly calm: () => void;
	readonly copy: () => MachineContent;
	readonly restore: (content: MachineContent) => void;
	/** Started so often; whoever remembers another number has been overtaken. */
	readonly life: () => number;
}

/** Builds of the server that are wrong on purpose, to be found. */
export interface Build {
	readonly store?: (store: Store) => Store;
	readonly disk?: (disk: MemoryDisk) => MemoryDisk;
	readonly log?: (log: OpenedLog) => OpenedLog;
}

export const DIR = '/log';

export function machine(chance: Chance, clock: () => number, build: Build = {}): Machine {
	const disk = memoryDisk();
	const store = memoryStore();
	let log: OpenedLog | undefined;
	let life = 0;
	const fate = fateOf();

	const kill = (): void => {
		log = undefined;
		fate.revive();
		disk.crash(() => chance.percent(50));
	};
	/** Whether it was killed, or its storage has failed: everything else is a fault of the program. */
	const endured = (error: unknown): void => {
		if (fate.isDying()) return void kill();
		if (!(error instanceof Trouble)) throw error;
	};
	const start = (seen: readonly Uint8Array[]): ReturnType<Machine['start']> => {
		life++;
		try {
			log = opened(disk, store, clock, seen, fate, build);
			return 'up';
		} catch (error) {
			if (fate.isDying()) {
				kill();
				return 'killed';
			}
			if (error instanceof Trouble) return { refused: error.message };
			throw error;
		}
	};

	return {
		disk,
		store,
		log: () => log,
		start,
		kill,
		stop: () => {
			log = undefined;
		},
		work: (act) => {
			if (log === undefined) return undefined;
			try {
				return act(log);
			} catch (error) {
				endured(error);
				return undefined;
			}
		},
		workLater: async (act) => {
			if (log === undefined) return undefined;
			try {
				return await act(log);
			} catch (error) {
				endured(error);
				return undefined;
			}
		},
		dieAt: fate.dieAt,
		failAt: fate.failAt,
		calm: fate.calm,
		copy: () => ({ disk: disk.copy(), store: store.copy() }),
		restore: (content) => {
			disk.restore(content.disk);
			store.restore(content.store);
		},
		life: () => life,
	};
}

/** The real log on the twins, through whatever is planned for them. */
function opened(
	disk: MemoryDisk,
	store: MemoryStore,
	clock: () => number,
	seen: readonly Uint8Array[],
	{ faults, plan }: ReturnType<typeof fateOf>,
	build: Build,
): OpenedLog {
	const log = openLog({
		dir: DIR,
		suite,
		election,
		packageFiles,
		signer,
		clock,
		faults,
		seen,
		disk: faultyDisk(build.disk?.(disk) ?? disk, plan),
		store: faultyStore(build.store?.(store) ?? store, plan),
	});
	return build.log?.(log) ?? log;
}

/** What is planned for a machine: to die at a point, and that its storage fails. */
function fateOf() {
	let dying = false;
	let death: { readonly point: CrashPoint; left: number } | undefined;
	let failure: { readonly fault: Fault; left: number } | undefined;
	return {
		isDying: () => dying,
		revive: () => {
			dying = false;
		},
		faults: (point: CrashPoint): void => {
			if (dying) throw new Error('dead');
			if (death?.point !== point || --death.left > 0) return;
			death = undefined;
			dying = true;
			throw new Error('dead');
		},
		plan: (): Fault | undefined => {
			if (failure === undefined || failure.left-- > 0) return undefined;
			const { fault } = failure;
			failure = undefined;
			return fault;
		},
		dieAt: (point: CrashPoint, times: number): void => {
			death = { point, left: times };
		},
		failAt: (operations: number, fault: Fault): void => {
			failure = { fault, left: operations };
		},
		calm: (): void => {
			death = undefined;
			failure = undefined;
		},
	};
}

/** An answer as it travels: the receipt is made where the tiles are. */
export interface Reply {
	readonly kind: Answer['kind'];
	readonly id: string;
	readonly index: number;
	readonly size: number;
	/** A C2SP proof file. */
	readonly proof: string;
	readonly why: string;
	/** A refusal that the log's key has signed. */
	readonly refusal?: Uint8Array;
}

const NOWHERE = { id: '', index: 0, size: 0, proof: '' };

export function replyOf(answer: Answer): Reply {
	switch (answer.kind) {
		case 'receipt':
		case 'logged': {
			const { kind, id, index, size } = answer;
			return { kind, id, index, size, proof: answer.proof(), why: '' };
		}
		case 'refused': {
			const { kind, why, note } = answer;
			return { kind, ...NOWHERE, why, ...(note === undefined ? {} : { refusal: note }) };
		}
		case 'later':
			return { kind: answer.kind, ...NOWHERE, why: answer.why };
	}
}
