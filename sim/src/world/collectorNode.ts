/** The server's own collector of cosignatures, driven by the world's clock and network: the real one, with nothing between but time and distance. */
import { Trouble } from '@matokeo/server/ports/trouble.ts';
import type { AskWitness, WitnessReply } from '@matokeo/server/witnesses/answers.ts';
import { type Collector, collector } from '@matokeo/server/witnesses/collector.ts';
import { ROSTER, suite, trust } from './cast.ts';
import type { Machine } from './machine.ts';
import type { World } from './world.ts';

export type Collects = Pick<World, 'events' | 'network' | 'witnesses' | 'chance' | 'planted' | 'auditor' | 'raise'>;

export interface CollectorNode {
	/** The log may have grown. */
	readonly grown: () => void;
	readonly stop: () => void;
}

/** `from`: where this server's messages come from. */
export function asking({ network, witnesses, planted }: Collects, ours: () => number): AskWitness {
	const stuck = new Set<string>();
	return ({ name }, body) =>
		new Promise<WitnessReply>((resolve, reject) => {
			if (stuck.has(name)) return reject(new Error('it is believed to be far ahead'));
			const node = witnesses.get(name);
			network.ask(
				'server',
				name,
				body === undefined ? `${name} is asked what it has seen` : `${name} is asked to cosign`,
				() => (body === undefined ? node?.shown() : node?.add(body)),
				(reply) => {
					if (reply === undefined) return reject(new Error('no answer'));
					if (planted.believesClaims && reply.status === 409 && Number(new TextDecoder().decode(reply.body)) > ours())
						stuck.add(name);
					resolve(reply);
				},
			);
		});
}

export function collectorNode(
	world: Collects,
	machine: Machine,
	seconds: () => number,
	at: ReadonlyMap<string, number>,
): CollectorNode | undefined {
	const { events, auditor, raise } = world;
	const log = machine.log();
	if (log === undefined) return undefined;
	const chance = world.chance.stream(`collector ${machine.life()}`);
	const steady = events.now();
	const made: Collector = collector({
		suite,
		trust,
		roster: ROSTER,
		ask: asking(world, () => machine.store.head().size),
		at,
		cosigning: log.cosigning,
		submit: async (note) => {
			machine.work((now) => now.append([note]));
		},
		clock: {
			ms: () => events.now() - steady + 1,
			seconds,
			chance: () => chance.below(1_000) / 1_000,
			later: (ms, work) => {
				let off = false;
				events.after(ms, 'collector', () => {
					// A machine that has gone down since does nothing any more.
					if (!off && machine.log() === log) work();
				});
				return () => {
					off = true;
				};
			},
		},
		events: {
			cosigned: () => undefined,
			heard: () => undefined,
			halted: (why) => raise({ kind: 'halted', by: 'the server', what: why }),
			troubled: (error) => {
				if (!(error instanceof Trouble)) auditor.complain(`the collector: ${String(error)}`);
			},
		},
	});
	return { grown: made.grown, stop: made.stop };
}
