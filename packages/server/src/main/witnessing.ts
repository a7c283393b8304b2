/**
 * The witnesses of a server put together (`spec/storage.md`, D23–D29): asked before the log is opened, collected from while it is served, and told of on pages, in health, in metrics and in the log of the
 * process.
 */

import { setTimeout as pause } from 'node:timers/promises';
import type { Election } from '@matokeo/core/election/types.ts';
import type { CheckpointTrust } from '@matokeo/core/log/checkpoint.ts';
import { originHash } from '@matokeo/core/log/witness.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import type { Witnessing } from '@matokeo/portal/record.ts';
import type { FastifyBaseLogger } from 'fastify';
import type { LogService } from '../app/service.ts';
import { logFailure } from '../http/logging.ts';
import type { Metrics } from '../http/metrics.ts';
import { Trouble } from '../ports/trouble.ts';
import type { AskWitness } from '../witnesses/answers.ts';
import { type Collector, type CollectorEvents, collector } from '../witnesses/collector.ts';
import { httpWitness } from '../witnesses/httpWitness.ts';
import { type Roster, rosterOf } from '../witnesses/roster.ts';
import { type AtStart, askAtStart } from '../witnesses/start.ts';

export interface WitnessingParts {
	readonly suite: Suite;
	readonly election: Election;
	readonly trust: CheckpointTrust;
	/** Addresses by the policy's names, instead of the policy's own. */
	readonly witnesses?: ReadonlyMap<string, string>;
	/** Instead of HTTP. */
	readonly ask?: AskWitness;
	/** UTC seconds. */
	readonly clock: () => number;
	/** Milliseconds of any steady clock. */
	readonly steadyMs: () => number;
	/** At least so long from one `log/witnessed` to the next. */
	readonly sayWitnessedMs?: number;
	readonly logger: FastifyBaseLogger;
	readonly metrics: Metrics;
}

export interface MetWitnesses {
	readonly roster: Roster;
	readonly atStart: AtStart;
	readonly collect: (service: LogService) => Collecting;
}

export interface Collecting extends Pick<Collector, 'grown' | 'lag'> {
	readonly stop: () => void;
	/** The same object until something has changed, which is looked for every other second. */
	readonly witnessing: () => Witnessing;
	/** Another number with each change. */
	readonly version: () => number;
	/** Called after each change, at most every other second. */
	readonly onChange: (listener: () => void) => void;
	/** What is not well, in words, for whoever is on duty. */
	readonly degraded: () => readonly string[];
}

/** Longer than a healthy witness needs, short enough for a restart in the middle of the night. */
const START_MS_MAX = 3_000;
/** Before those who gave no answer are asked once more: a network that comes up with the machine. */
const AGAIN_MS = 1_000;
/** Pages may be kept so long anyway. */
const SHOWN_MS = 2_000;

/** Throws `Trouble` for an address that is none, or of nobody. */
export async function meetWitnesses(parts: WitnessingParts): Promise<MetWitnesses> {
	const { suite, election, trust } = parts;
	const roster = rosterOf(suite, election, parts.witnesses);
	if (!roster.ok) throw new Trouble(roster.error);
	const folder = originHash(suite, trust.origin);
	const askNow = parts.ask ?? httpWitness(folder, START_MS_MAX);
	const atStart = await askAtStart(suite, trust, roster.value, askNow, () => pause(AGAIN_MS));
	const { answered, silent, enough } = atStart;
	if (!enough && answered.length + silent.size > 0)
		parts.logger.warn({ answered, silent: [...silent.keys()] }, 'too few witnesses answered at the start');
	const ask = parts.ask ?? httpWitness(folder);
	return { roster: roster.value, atStart, collect: (service) => collect(parts, roster.value, atStart, ask, service) };
}

function collect(
	parts: WitnessingParts,
	roster: Roster,
	{ at }: AtStart,
	ask: AskWitness,
	service: LogService,
): Collecting {
	const { suite, trust, clock, steadyMs, sayWitnessedMs } = parts;
	const { cosigning } = service.log;
	const running = collector({
		suite,
		trust,
		roster,
		ask,
		cosigning,
		submit: async (note) => service.submit([note]),
		clock: { ms: steadyMs, seconds: clock, chance: Math.random, later },
		events: eventsOf(parts),
		at,
		...(sayWitnessedMs === undefined ? {} : { sayEveryMs: sayWitnessedMs }),
	});
	let shown = running.witnessing();
	let lookedMs = steadyMs();
	let version = 0;
	const witnessing = (): Witnessing => {
		if (steadyMs() - lookedMs < SHOWN_MS) return shown;
		lookedMs = steadyMs();
		const now = running.witnessing();
		if (JSON.stringify(now) === JSON.stringify(shown)) return shown;
		version++;
		shown = now;
		return shown;
	};
	const listeners: (() => void)[] = [];
	let told = version;
	const looking = setInterval(() => {
		witnessing();
		if (told === version) return;
		told = version;
		for (const listener of listeners) listener();
	}, SHOWN_MS).unref();
	return {
		grown: running.grown,
		lag: running.lag,
		stop: () => {
			clearInterval(looking);
			running.stop();
		},
		witnessing,
		version: () => {
			witnessing();
			return version;
		},
		onChange: (listener) => {
			listeners.push(listener);
		},
		degraded: () => degradedIn(running.witnessing(), cosigning.halted()),
	};
}

function later(ms: number, work: () => void): () => void {
	// The process lives for its senders and readers, not for this.
	const timer = setTimeout(work, ms).unref();
	return () => clearTimeout(timer);
}

function degradedIn({ quorum, witnesses }: Witnessing, halted: string | undefined): readonly string[] {
	const said = halted === undefined ? [] : [halted];
	const asked = witnesses.filter(({ state }) => state !== 'unasked');
	if (quorum.state === 'away' && asked.length > 0)
		said.push('no quorum of witnesses has seen the latest of the log; statements are taken all the same');
	for (const { name, state } of asked) {
		if (state === 'silent') said.push(`the witness "${name}" gives no valid answer`);
		if (state === 'unbelievable') said.push(`the witness "${name}" claims to have seen more than there is`);
		if (state === 'objects') said.push(`the witness "${name}" says that the log contradicts itself`);
	}
	return said;
}

function eventsOf({ logger, metrics }: WitnessingParts): CollectorEvents {
	return {
		cosigned: metrics.cosigned,
		heard: (witness, answer, before, after) => {
			if (answer.kind !== 'cosigned' && after.failures > before.failures) metrics.witnessFailed(witness);
			const { state } = after.standing;
			if (before.standing.state === state) return;
			const why = answer.kind === 'failed' ? { why: answer.why } : {};
			const claims = answer.kind === 'conflict' ? { claims: answer.size } : {};
			if (state === 'well') logger.info({ witness, state }, 'witness');
			else logger.warn({ witness, state, ...why, ...claims }, 'witness');
		},
		halted: (why) => logger.error({ why }, 'nothing is signed any more'),
		troubled: (error) => {
			metrics.failed('witness');
			logFailure(logger, 'witness', error);
		},
	};
}
