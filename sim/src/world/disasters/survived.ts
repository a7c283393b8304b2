/** What must be survived: crashes, failing storage, bad networks, witnesses that are away, slow or lie, and clocks that go wrong. Nothing acknowledged may be lost by it, and nobody may be alarmed. */
import { CRASH_POINTS, type CrashPoint } from '@matokeo/server/app/crashPoint.ts';
import { CROWD } from '../cast.ts';
import type { Chance } from '../chance.ts';
import type { Begun, Survived } from '../disaster.ts';
import { FAULTS } from '../faultyStorage.ts';
import { FAIR } from '../network.ts';
import type { Manner, WitnessNode } from '../witnessNode.ts';
import { SIDES, type World } from '../world.ts';

const POINTS: readonly CrashPoint[] = (Object.keys(CRASH_POINTS) as CrashPoint[]).sort();
const LIES: readonly Manner[] = ['claims-more', 'claims-less', 'garbage', 'forged'];
const NOTHING: Begun = { end: () => undefined, lasts: 20_000 };

const survived = (
	id: string,
	what: string,
	begin: Survived['begin'],
	explains: Survived['explains'] = [],
): Survived => ({ id, what, expect: 'survived', explains, begin });

const someWitness = ({ witnesses }: World, chance: Chance): WitnessNode => chance.pick([...witnesses.values()]);
const isUp = ({ main }: World): boolean => main.log() !== undefined;

export const SURVIVED: readonly Survived[] = [
	survived('power-cut', 'the server’s power goes; names that were not yet durable may be gone', (world) => {
		if (!isUp(world)) return undefined;
		world.main.kill();
		return NOTHING;
	}),
	survived(
		'killed-at-a-point',
		'the server is killed at a named point of appending, publishing or keeping an image',
		(world, chance) => {
			if (!isUp(world)) return undefined;
			world.main.dieAt(chance.pick(POINTS), chance.between(1, 2));
			return NOTHING;
		},
	),
	...FAULTS.map((fault) =>
		survived(
			`storage-${fault}`,
			{
				failed: 'a write of the database or the disk fails',
				stored: 'a write fails although all of it is stored',
				torn: 'a write of several files fails with the first half stored',
			}[fault],
			({ main }, chance) => {
				main.failAt(chance.between(0, 8), fault);
				return NOTHING;
			},
		),
	),
	survived('restarted', 'the operator stops the server and starts it again', (world) => {
		if (!isUp(world)) return undefined;
		world.main.stop();
		return NOTHING;
	}),
	survived('bad-network', 'messages are lost, come twice, and overtake one another', ({ network }, chance) => {
		network.weather({
			lost: chance.between(10, 50),
			twice: chance.between(0, 40),
			slowest: chance.between(400, 4_500),
		});
		return { end: () => network.weather(FAIR), lasts: chance.between(5_000, 40_000) };
	}),
	survived('side-cut-off', 'one side cannot reach the server', ({ network }, chance) => {
		const side = chance.pick(SIDES);
		network.cut(side, 'server');
		return { end: () => network.mend(side, 'server'), lasts: chance.between(5_000, 40_000) };
	}),
	survived('sides-cut-apart', 'the two sides cannot talk to one another', ({ network }, chance) => {
		network.cut('north', 'south');
		return { end: () => network.mend('north', 'south'), lasts: chance.between(5_000, 60_000) };
	}),
	{
		...survived('witness-cut-off', 'the server cannot reach one witness', (world, chance) => {
			const { name } = someWitness(world, chance);
			world.network.cut('server', name);
			return { end: () => world.network.mend('server', name), lasts: chance.between(5_000, 60_000) };
		}),
		witnessOut: true,
	},
	{
		...survived('witness-killed', 'one witness is killed and comes back', (world, chance) => {
			const witness = someWitness(world, chance);
			if (!witness.up()) return undefined;
			witness.crash();
			return { end: witness.start, lasts: chance.between(1_000, 40_000) };
		}),
		witnessOut: true,
	},
	{
		...survived(
			'witness-lies',
			'one witness claims sizes that it has not seen, answers nonsense, or forges cosignatures',
			(world, chance) => {
				const witness = someWitness(world, chance);
				if (witness.manner() !== 'honest') return undefined;
				witness.behave(chance.pick(LIES));
				return { end: () => witness.behave('honest'), lasts: chance.between(10_000, 60_000) };
			},
		),
		witnessOut: true,
	},
	survived(
		'all-witnesses-lie',
		'every witness lies, each in its own way',
		({ witnesses }, chance) => {
			for (const witness of witnesses.values()) witness.behave(chance.pick(LIES));
			return {
				end: () => {
					for (const witness of witnesses.values()) witness.behave('honest');
				},
				lasts: chance.between(20_000, 60_000),
			};
		},
		['unwitnessed'],
	),
	survived(
		'all-witnesses-away',
		'no witness can be reached; the log goes on, and pages say so',
		({ network, witnesses }, chance) => {
			for (const name of witnesses.keys()) network.cut('server', name);
			return {
				end: () => {
					for (const name of witnesses.keys()) network.mend('server', name);
				},
				lasts: chance.between(20_000, 90_000),
			};
		},
		['unwitnessed'],
	),
	survived(
		'clock-set-back',
		'the server’s clock goes back: nothing is signed until it is right, and no witness is believed whose time is another',
		({ skew }, chance) => {
			if (skew.ms !== 0 || skew.frozenAt !== undefined) return undefined;
			skew.ms = -1_000 * chance.between(20, 4_000);
			return {
				end: () => {
					skew.ms = 0;
				},
				lasts: chance.between(5_000, 30_000),
			};
		},
		['unwitnessed'],
	),
	survived(
		'storm-of-old-statements',
		'somebody sends again what is in the log already, all at once',
		({ main }, chance) => {
			const notes = chance.shuffled(CROWD).slice(0, 25);
			const known = notes.filter((_note, i) => i % 2 === 0);
			const size = main.store.head().size;
			if (size === 0) return undefined;
			const logged = main.store.statements(0, size).map(({ note }) => note);
			main.work((log) => log.append([...chance.shuffled(logged).slice(0, 20), ...known.slice(0, 2)]));
			return { end: () => undefined, lasts: 1_000 };
		},
	),
];
