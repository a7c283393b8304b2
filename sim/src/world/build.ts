/** Puts a world together from a seed: every actor with its own stream of chance, the server's machine with its supervisor, and what everybody does again and again. */
import { askAtStart } from '@matokeo/server/witnesses/start.ts';
import type { Raise } from './alarm.ts';
import { type Auditor, auditor } from './auditor.ts';
import { ROSTER, START_SECONDS, suite, trust, WITNESSES } from './cast.ts';
import { type Chance, chanceOf } from './chance.ts';
import { asking, type CollectorNode, collectorNode } from './collectorNode.ts';
import { type Events, events } from './events.ts';
import { holder } from './holder.ts';
import { type Machine, type MachineContent, machine } from './machine.ts';
import { type Monitor, monitor } from './monitor.ts';
import { network } from './network.ts';
import type { Planted } from './planted.ts';
import { witnessNode } from './witnessNode.ts';
import { type Boot, type Front, SIDES, type Side, type World } from './world.ts';

export interface Built extends World {
	/** Everybody on duty: looks after machines that are down, and hands the collectors what is new. */
	readonly supervise: () => void;
	/** Takes a backup. */
	readonly backUp: () => void;
}

/** Of the four witnesses: so many that a lost message or two changes nothing. */
const MOST = 3;
/** Backups that the operator keeps. */
const BACKUPS_MAX = 4;

export function buildWorld(seed: string, planted: Planted, raise: Raise, trace: (what: string) => void): Built {
	const chance = chanceOf(seed);
	const clock = events(START_SECONDS * 1_000);
	const net = network(chance.stream('network'), clock);
	const skew: World['skew'] = { ms: 0, frozenAt: undefined };
	const seconds = (): number => Math.floor(((skew.frozenAt ?? clock.now()) + skew.ms) / 1_000);
	const main = machine(chance.stream('machine'), seconds, planted.server(seconds));
	const audit = auditor(main);
	const witnesses = witnessesOf(chance, clock, planted, raise, audit);
	const monitors = new Map<Side, Monitor>(
		SIDES.map((side) => [
			side,
			monitor({ name: `the monitor in the ${side}`, now: clock.now, raise, build: planted.monitor }),
		]),
	);
	const backups: MachineContent[] = [];
	const running: Running = {
		collectors: new Map(),
		starting: false,
		how: 'checked',
		downSince: undefined,
		refused: false,
	};
	const world: World = {
		seed,
		chance,
		events: clock,
		network: net,
		main,
		skew,
		fronts: new Map<Side, Front>(SIDES.map((side) => [side, { machine: main }])),
		witnesses,
		monitors,
		holders: new Map(SIDES.map((side) => [side, holder(`a sender in the ${side}`, clock.now, raise)])),
		auditor: audit,
		raise,
		planted,
		acknowledged: new Set(),
		gossip: { on: true, witnesses: true },
		holdersLook: { on: true },
		duties: { announces: true },
		thefts: { used: false, watched: false },
		backups,
		boot: (how) => {
			running.refused = false;
			start(world, running, how);
		},
		second: (content, witnessed) => secondMachine(world, running, content, witnessed, seconds),
		isWitnessedAbove: (size) =>
			net.isFair() &&
			[...witnesses.values()].filter(
				(one) => one.up() && one.manner() === 'honest' && !net.isCut('server', one.name) && one.cosigned() > size,
			).length >= MOST,
		trace,
	};
	audit.watch(main, 'the log');
	start(world, running, 'checked');
	return {
		...world,
		supervise: () => supervise(world, running),
		backUp: () => {
			if (main.log() !== undefined) backups.push(main.copy());
			if (backups.length > BACKUPS_MAX) backups.shift();
		},
	};
}

function witnessesOf(chance: Chance, clock: Events, { witness: build }: Planted, raise: Raise, audit: Auditor) {
	return new Map(
		[...WITNESSES.keys()].map((name) => {
			const drift = chance.stream(`clock of ${name}`).between(-2, 2);
			const seconds = (): number => Math.floor(clock.now() / 1_000) + drift;
			const told = { signed: audit.cosigned, remembers: audit.remembers };
			return [name, witnessNode({ name, clock: seconds, raise, build, ...told })] as const;
		}),
	);
}

interface Running {
	readonly collectors: Map<Machine, CollectorNode>;
	starting: boolean;
	how: Boot;
	downSince: number | undefined;
	/** It has said why it does not start; only the operator starts it again. */
	refused: boolean;
}

/** How long a supervisor waits before it starts again what is down. */
const RESTART_MS = 2_000;

function supervise(world: World, running: Running): void {
	for (const [machine, collector] of running.collectors) if (machine.log() !== undefined) collector.grown();
	if (world.main.log() !== undefined) {
		running.downSince = undefined;
		return;
	}
	running.downSince ??= world.events.now();
	if (running.starting || running.refused || world.events.now() - running.downSince < RESTART_MS) return;
	start(world, running, running.how);
}

function start(world: World, running: Running, how: Boot): void {
	const { main, planted, events: clock } = world;
	running.starting = true;
	running.how = how;
	const begun = clock.now();
	const go = (seen: readonly Uint8Array[], at: ReadonlyMap<string, number>): void => {
		running.starting = false;
		if (main.log() !== undefined) return;
		running.collectors.get(main)?.stop();
		const done = main.start(seen);
		world.trace(`the server starts: ${typeof done === 'string' ? done : done.refused}`);
		if (typeof done !== 'string') {
			// Storage that failed on the way is no reason to give up; what it says of its own folder is.
			if (done.refused.includes('planned')) return;
			running.refused = true;
			world.raise({ kind: 'refuses-to-start', by: 'the server', what: done.refused });
		} else if (done === 'up' && how !== 'rogue') {
			collect(world, running, main, at);
		}
	};
	if (how !== 'checked' || !planted.asksBeforeStart)
		return void clock.after(0, 'the server starts', () => go([], new Map()));
	const ask = asking(world, () => 0);
	askAtStart(suite, trust, ROSTER, ask).then(
		({ seen, at }) => {
			world.trace(`witnesses were asked for ${clock.now() - begun} ms, ${seen.length} answered`);
			go(seen, at);
		},
		(error: unknown) => world.auditor.complain(`asking witnesses failed: ${String(error)}`),
	);
}

function collect(world: World, running: Running, machine: Machine, at: ReadonlyMap<string, number>): void {
	const { skew, events: clock } = world;
	// Who holds back the log's clock does not hold back the machine's.
	const seconds = (): number => Math.floor((clock.now() + skew.ms) / 1_000);
	const made = collectorNode(world, machine, seconds, at);
	if (made !== undefined) running.collectors.set(machine, made);
}

function secondMachine(
	world: World,
	running: Running,
	content: MachineContent,
	witnessed: boolean,
	seconds: () => number,
): Machine {
	const made = machine(world.chance.stream('second machine'), seconds);
	made.restore(content);
	made.start([]);
	world.auditor.watch(made, 'the other log');
	world.auditor.excuse(made);
	if (witnessed) collect(world, running, made, new Map());
	return made;
}
