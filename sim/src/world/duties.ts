/** What everybody does again and again: the server its own work, monitors and holders of receipts their looking, both sides their talking. */
import { parseLeaf } from '@matokeo/core/record/leaf.ts';
import type { Built } from './build.ts';
import { STOLEN, suite } from './cast.ts';
import { compareRows } from './compareRows.ts';
import { entriesIn } from './entries.ts';
import { SIDES, type Side, served, type World } from './world.ts';

const OWN_MS = 2_500;
const RESULTS_MS = 8_000;
const SUPERVISE_MS = 700;
const LOOK_MS = 8_000;
const GOSSIP_MS = 15_000;
const AGAIN_MS = 60_000;
const BACKUP_MS = 45_000;

export function duties(world: Built): void {
	const { events, chance, main } = world;
	const plan = (ms: number, what: string, act: () => void): void =>
		events.every(ms, chance.stream(what).below(ms) + 1, what, act);
	plan(SUPERVISE_MS, 'supervisor', world.supervise);
	plan(OWN_MS, 'announcing', () => {
		for (const machine of machines(world)) {
			if (world.duties.announces) machine.work((log) => log.announceHeld());
			machine.work((log) => log.openReadings());
		}
	});
	plan(RESULTS_MS, 'results', () => {
		for (const machine of machines(world)) machine.work((log) => log.publishResults());
	});
	plan(BACKUP_MS, 'backup', world.backUp);
	plan(AGAIN_MS, 'fsck', () => {
		if (main.log() === undefined) return;
		const wrong = compareRows(main, world.fronts.get('north')?.machine.disk.read ?? main.disk.read);
		if (wrong !== undefined) world.raise({ kind: 'rows-differ', by: 'fsck', what: wrong });
	});
	for (const side of SIDES) perSide(world, side, plan);
	plan(LIVELY_MS, 'liveness', liveness(world));
}

function machines({ main, fronts }: World) {
	return new Set([main, ...[...fronts.values()].map(({ machine }) => machine)]);
}

function perSide(world: World, side: Side, plan: (ms: number, what: string, act: () => void) => void): void {
	const monitor = world.monitors.get(side);
	const holder = world.holders.get(side);
	if (monitor === undefined || holder === undefined) return;
	plan(LOOK_MS, `monitor ${side}`, () =>
		world.network.ask(
			side,
			'server',
			`the monitor in the ${side} looks`,
			() => served(world, side),
			(read) => {
				if (read !== undefined) monitor.look(read);
			},
		),
	);
	plan(LOOK_MS * 2, `holder ${side}`, () => {
		if (!world.holdersLook.on) return;
		const count = holder.held().length;
		world.network.ask(
			side,
			'server',
			`holders in the ${side} look`,
			() => served(world, side),
			(read) => {
				if (read !== undefined) holder.look(read, 'some', count);
			},
		);
	});
	plan(AGAIN_MS, `newcomer ${side}`, () =>
		world.network.ask(
			side,
			'server',
			`a newcomer in the ${side} looks`,
			() => served(world, side),
			(read) => {
				if (read !== undefined) monitor.lookAgain(read);
			},
		),
	);
	plan(GOSSIP_MS, `gossip ${side}`, () => gossip(world, side));
	plan(LOOK_MS * 3, `own key ${side}`, () => {
		if (!world.thefts.watched || side !== 'north') return;
		world.network.ask(
			side,
			'server',
			'an officer looks for the own key',
			() => served(world, side),
			(read) => {
				const stolen = (read === undefined ? [] : (entriesIn(read, 0, monitor.size()) ?? [])).some((entry) => {
					const leaf = parseLeaf(suite, entry);
					return leaf.ok && leaf.value.id === STOLEN.id;
				});
				if (!stolen) return;
				world.thefts.watched = false;
				world.raise({ kind: 'not-my-statement', by: 'po/003', what: 'a statement that this officer did not make' });
			},
		);
	});
}

/** A witness that has been well for so long, with a server that is, must not stay behind. */
const WELL_MS = 150_000;
const LIVELY_MS = 30_000;

/** Complains of an honest witness that is not asked any more. */
function liveness(world: World): () => void {
	const { events, main, network, witnesses, skew, auditor } = world;
	/** Since when each has been well, and what was published then. */
	const well = new Map<string, { readonly since: number; readonly size: number }>();
	return () => {
		for (const [name, witness] of witnesses) {
			const isWell =
				witness.up() &&
				witness.manner() === 'honest' &&
				!network.isCut('server', name) &&
				skew.ms === 0 &&
				main.log() !== undefined;
			const before = well.get(name);
			if (!isWell) well.delete(name);
			else if (before === undefined) well.set(name, { since: events.now(), size: main.store.head().size });
			else if (events.now() - before.since > WELL_MS) {
				if (witness.cosigned() < before.size && !auditor.isExcused(main))
					auditor.complain(
						`${name} has been well for a while and has cosigned ${witness.cosigned()}, ${before.size} were published`,
					);
				well.delete(name);
			}
		}
	};
}

/** Tells the other side's monitor, and hears what witnesses show. */
function gossip(world: World, side: Side): void {
	const mine = world.monitors.get(side);
	const other = side === 'north' ? 'south' : 'north';
	const note = mine?.latest();
	if (world.gossip.on && note !== undefined)
		world.network.ask(
			side,
			other,
			'gossip',
			() => {
				world.monitors.get(other)?.hear(note, `the monitor in the ${side}`);
				return true;
			},
			() => undefined,
		);
	if (!world.gossip.witnesses) return;
	for (const witness of world.witnesses.values())
		world.network.ask(side, witness.name, `${witness.name} is read`, witness.shown, (reply) => {
			if (reply?.status === 200) mine?.hear(reply.body, witness.name);
		});
}
