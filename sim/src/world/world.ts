/**
 * The simulated world as everybody in it finds it: one clock, one network, machines, witnesses, monitors, holders of receipts, and what the operator shows to which side. It is put together in `play.ts`; what
 * goes wrong in it is in `disasters.ts`; who checks it from outside, knowing everything, is the auditor.
 */
import type { ReadFile } from '@matokeo/server/ports/disk.ts';
import type { Raise } from './alarm.ts';
import type { Auditor } from './auditor.ts';
import type { Letter } from './cast.ts';
import type { Chance } from './chance.ts';
import type { Events } from './events.ts';
import type { Holder } from './holder.ts';
import type { Machine, MachineContent } from './machine.ts';
import type { Monitor } from './monitor.ts';
import type { Network } from './network.ts';
import type { Planted } from './planted.ts';
import type { WitnessNode } from './witnessNode.ts';

/** Everybody but the server and the witnesses lives on one of these: behind two networks, in two countries, two audiences. */
export const SIDES = ['north', 'south'] as const;
export type Side = (typeof SIDES)[number];

/** What the operator lets a side see, and who takes its statements. */
export interface Front {
	readonly machine: Machine;
	/** Changes what is served. */
	readonly altered?: (read: ReadFile) => ReadFile;
	/** Throws away what is sent in, and says nothing. */
	readonly swallows?: (letter: Letter) => boolean;
	/** Signs a refusal of what the rules admit. */
	readonly refuses?: (letter: Letter) => boolean;
}

export interface World {
	readonly seed: string;
	readonly chance: Chance;
	readonly events: Events;
	readonly network: Network;
	/** The machine that the honest operator runs. */
	readonly main: Machine;
	/** Milliseconds by which the operator's machines show another time than it is. */
	readonly skew: { ms: number; frozenAt: number | undefined };
	readonly fronts: Map<Side, Front>;
	readonly witnesses: ReadonlyMap<string, WitnessNode>;
	readonly monitors: ReadonlyMap<Side, Monitor>;
	readonly holders: ReadonlyMap<Side, Holder>;
	readonly auditor: Auditor;
	readonly raise: Raise;
	readonly planted: Planted;
	/** Statements that were acknowledged, by id. */
	readonly acknowledged: Set<string>;
	/** Whether the two sides tell one another, and whether they hear what witnesses show. */
	readonly gossip: { on: boolean; witnesses: boolean };
	/** Whether those who hold receipts compare them. */
	readonly holdersLook: { on: boolean };
	/** What the server does by itself. */
	readonly duties: { announces: boolean };
	readonly thefts: { used: boolean; watched: boolean };
	/** Copies of the main machine, the oldest first. */
	readonly backups: readonly MachineContent[];
	/** Starts the main machine: as it should be; without asking witnesses first; or without having anything to do with them. */
	readonly boot: (how: Boot) => void;
	/** Another machine of the operator, as it stands in `content`, already up; it has its own collector, or asks no witness. */
	readonly second: (content: MachineContent, witnessed: boolean) => Machine;
	/** Whether the network is fair and most witnesses, honest and within reach, have cosigned more than so many: then an old copy of the log must be found out. */
	readonly isWitnessedAbove: (size: number) => boolean;
	readonly trace: (what: string) => void;
}

export type Boot = 'checked' | 'unchecked' | 'rogue';

/** What a side can fetch now, all of it as it was at one moment; `undefined` while nobody serves. */
export function served({ fronts }: Pick<World, 'fronts'>, side: Side): ReadFile | undefined {
	const front = fronts.get(side);
	if (front?.machine.log() === undefined) return undefined;
	const files = front.machine.disk.copy();
	const read: ReadFile = (path) => files.get(path);
	return front.altered?.(read) ?? read;
}
