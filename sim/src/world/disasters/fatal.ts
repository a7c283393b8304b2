/** What a log cannot survive: its key has signed two histories, or what its own rules refuse. Others detect it and hold the proof; a new log must be started. */
import { signCheckpoint } from '@matokeo/core/log/checkpoint.ts';
import { parseLeaf } from '@matokeo/core/record/leaf.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import { ALARMS, NOTICES } from '../alarm.ts';
import { CROWD, FORBIDDEN, origin, signer, suite } from '../cast.ts';
import type { Chance } from '../chance.ts';
import { contentOf, notesOf } from '../content.ts';
import type { Begun, Detected } from '../disaster.ts';
import { replyOf } from '../machine.ts';
import { folder } from '../treeOf.ts';
import { type Boot, SIDES, type World } from '../world.ts';

type Fatal = Omit<Detected, 'expect' | 'after' | 'explains'>;

/** Once it is lost, anybody may see anything. */
const fatal = (one: Fatal): Detected => ({
	...one,
	explains: [...ALARMS, ...NOTICES],
	expect: 'detected',
	after: 'the log is lost',
});

const UNTIL_SEEN = 3_600_000;
const NOTHING: Begun = { lasts: UNTIL_SEEN, end: () => undefined };
const CONTRADICTION = [
	'fork',
	'rewritten',
	'rollback',
	'witness-proof',
	'receipt-broken',
	'withheld',
	'halted',
] as const;

const isReady = ({ main, auditor, acknowledged }: World): boolean =>
	main.log() !== undefined && auditor.size() > 30 && acknowledged.size > 10;

/** The operator's own start asks nobody. */
function replaced(world: World, notes: readonly Uint8Array[], how: Boot): Begun {
	const { main, auditor } = world;
	main.stop();
	auditor.excuse(main);
	main.store.restore(contentOf(notes, main.store.keptOpenings()));
	main.disk.remove([`${folder.dir}/public/tile`, folder.checkpoint, folder.witnessed, folder.evidence]);
	main.disk.syncFolders([...main.disk.paths()].map((path) => path.slice(0, path.lastIndexOf('/'))));
	world.boot(how);
	return NOTHING;
}

export const FATAL: readonly Detected[] = [
	fatal({
		id: 'machine-restored-and-signing',
		what: 'the operator puts back a snapshot of the whole machine and signs on without asking any witness',
		by: 'monitors, witnesses, whoever holds a receipt',
		reveals: CONTRADICTION,
		within: 120,
		begin: (world, chance) => {
			const old = world.backups.at(0);
			if (!isReady(world) || old === undefined || old.store.head.size >= world.auditor.size()) return undefined;
			world.main.stop();
			world.auditor.excuse(world.main);
			world.main.restore(old);
			world.boot(chance.pick(['unchecked', 'rogue']));
			return NOTHING;
		},
	}),
	fatal({
		id: 'machine-restored-witnesses-away',
		what: 'a snapshot of the whole machine is put back while no witness can be reached',
		by: 'monitors, whoever holds a receipt; witnesses once they are back',
		reveals: CONTRADICTION,
		within: 120,
		begin: (world) => {
			const old = world.backups.at(0);
			if (!isReady(world) || old === undefined || old.store.head.size >= world.auditor.size()) return undefined;
			for (const name of world.witnesses.keys()) world.network.cut('server', name);
			world.main.stop();
			world.auditor.excuse(world.main);
			world.main.restore(old);
			world.boot('checked');
			return NOTHING;
		},
	}),
	fatal({
		id: 'statement-removed',
		what: 'the operator removes an old statement and publishes the rest anew',
		by: 'monitors, witnesses, whoever holds a receipt',
		reveals: CONTRADICTION,
		within: 120,
		begin: (world, chance) => {
			if (!isReady(world)) return undefined;
			const notes = notesOf(world.main);
			const gone = chance.between(Math.floor(notes.length / 2), notes.length - 1);
			return replaced(
				world,
				notes.filter((_note, i) => i !== gone),
				chance.pick(['unchecked', 'rogue']),
			);
		},
	}),
	fatal({
		id: 'statement-replaced',
		what: 'the operator replaces the last statement by another: the same size, another root',
		by: 'monitors, witnesses, whoever holds a receipt',
		reveals: CONTRADICTION,
		within: 120,
		begin: (world, chance) => {
			const notes = notesOf(world.main);
			const spare = CROWD.at(-1);
			if (!isReady(world) || spare === undefined || !world.isWitnessedAbove(notes.length - 1)) return undefined;
			return replaced(world, [...notes.slice(0, -1), spare], chance.pick(['unchecked', 'rogue']));
		},
	}),
	fatal({
		id: 'void-statement-logged',
		what: 'the operator logs a statement that the rules refuse',
		by: 'any monitor, which decides every leaf itself',
		reveals: ['void'],
		within: 60,
		begin: (world) => {
			if (!isReady(world)) return undefined;
			const { main, auditor } = world;
			main.stop();
			auditor.excuse(main);
			main.store.restore(contentOf([...notesOf(main), FORBIDDEN.bytes], main.store.keptOpenings()));
			world.boot('checked');
			return NOTHING;
		},
	}),
	fatal({
		id: 'clock-ahead',
		what: 'the log’s clock is set ten minutes ahead',
		by: 'anybody with a clock',
		reveals: ['ahead'],
		within: 90,
		begin: (world) => {
			if (!isReady(world) || world.skew.ms !== 0 || world.skew.frozenAt !== undefined) return undefined;
			world.auditor.excuse(world.main);
			world.skew.ms = 600_000;
			return NOTHING;
		},
	}),
	fatal({
		id: 'ticks-back-dated',
		what: 'the log’s clock is held back by more than the tolerance, so that late statements look early',
		by: 'any monitor that knows when witnesses cosigned without them',
		reveals: ['backdated'],
		within: 480,
		begin: (world) => {
			if (!isReady(world) || world.skew.ms !== 0 || world.skew.frozenAt !== undefined) return undefined;
			world.skew.frozenAt = world.events.now();
			return NOTHING;
		},
	}),
	...[true, false].map((witnessed) =>
		fatal({
			id: witnessed ? 'two-histories' : 'two-histories-unwitnessed',
			what: `the operator signs another history for one side${witnessed ? ', and asks witnesses to cosign it' : ', and shows it to no witness'}`,
			by: 'the two sides when they compare; witnesses; the side that sees no cosignatures',
			reveals: [...CONTRADICTION, 'unwitnessed'],
			within: 150,
			begin: (world, chance) => {
				if (!isReady(world)) return undefined;
				split(world, chance, witnessed);
				return NOTHING;
			},
		}),
	),
	fatal({
		id: 'two-histories-no-gossip',
		what: 'the operator signs another history for one side, which the other side’s word does not reach',
		by: 'that side’s monitor: it sees no cosignatures, or what witnesses show it excludes what it is served',
		reveals: [...CONTRADICTION, 'unwitnessed'],
		within: 150,
		begin: (world, chance) => {
			if (!isReady(world)) return undefined;
			world.gossip.on = false;
			split(world, chance, chance.percent(50));
			return NOTHING;
		},
	}),
	fatal({
		id: 'one-witness-colludes',
		what: 'the operator signs another history for one side, and one witness cosigns both',
		by: 'the two sides when they compare; the side that sees no quorum',
		reveals: [...CONTRADICTION, 'unwitnessed'],
		within: 150,
		begin: (world, chance) => {
			if (!isReady(world)) return undefined;
			chance.pick([...world.witnesses.values()]).behave('colludes');
			split(world, chance, true);
			return NOTHING;
		},
	}),
	fatal({
		id: 'receipt-then-dropped',
		what: 'the operator signs a receipt under a history that nobody else is shown, and drops the statement',
		by: 'whoever holds the receipt',
		reveals: ['receipt-broken'],
		within: 90,
		begin: (world, chance) => {
			const note = chance.pick(CROWD.slice(-20));
			const leaf = parseLeaf(suite, note);
			if (!isReady(world) || !leaf.ok || world.main.store.indexOf(leaf.value.id) !== undefined) return undefined;
			const second = world.second(world.main.copy(), false);
			const reply = second.work((log) => log.append([note]).map(replyOf))?.[0];
			second.stop();
			if (reply?.kind !== 'receipt') return undefined;
			world.holders.get(chance.pick(SIDES))?.hold(note, leaf.value.id, reply.proof);
			return NOTHING;
		},
	}),
	fatal({
		id: 'log-key-stolen',
		what: 'a thief of the log’s key signs a checkpoint of another log and shows it to one monitor',
		by: 'that monitor, and everybody to whom it passes the proof on',
		reveals: ['fork', 'rewritten'],
		within: 120,
		begin: (world, chance) => {
			const monitor = world.monitors.get(chance.pick(SIDES));
			if (!isReady(world) || monitor === undefined) return undefined;
			const size = monitor.size() + (chance.percent(40) ? 0 : chance.between(-5, 2));
			const root = suite.sha256(utf8Encode(`thief ${size}`));
			const note = signCheckpoint({ origin, size, root, extensions: [] }, [signer]);
			world.events.after(100, 'a thief', () => monitor.hear(note, 'a thief'));
			return NOTHING;
		},
	}),
];

/** From now on one side has a machine of its own, which begins as a copy. */
export function split(world: World, chance: Chance, witnessed: boolean): void {
	const side = chance.pick(SIDES);
	const machine = world.second(world.main.copy(), witnessed);
	world.fronts.set(side, { machine });
	world.auditor.excuse(world.main);
}
