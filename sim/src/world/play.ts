/** One seed of the simulated world from beginning to end: an evening of a small election, with everything that can go wrong. The same seed plays the same evening, to the last message. */
import type { Alarm } from './alarm.ts';
import { type Built, buildWorld } from './build.ts';
import { START_SECONDS } from './cast.ts';
import { director } from './director.ts';
import type { Happened } from './disaster.ts';
import { duties } from './duties.ts';
import { officials } from './officials.ts';
import { HONEST, type Planted } from './planted.ts';
import { SIDES, served } from './world.ts';

export interface Played {
	readonly seed: string;
	readonly happened: readonly Happened[];
	/** Empty when everything was as it must be. */
	readonly failures: readonly string[];
	/** Events that happened. */
	readonly events: number;
	/** Entries of the log at the end. */
	readonly size: number;
	/** Receipts that are held at the end. */
	readonly receipts: number;
	/** A line for everything that was said and done, if it was asked for. */
	readonly trace: readonly string[];
}

export interface Playing {
	readonly planted?: Planted;
	readonly trace?: boolean;
	/** Disasters of these kinds and no others. */
	readonly only?: readonly string[];
}

/** Disasters come until then; the last of them begins afterwards. Milliseconds. */
const EVENING_MS = 900_000;
/** The end of all of it, whatever happens. */
const NIGHT_MS = EVENING_MS + 900_000;
/** Peace at the end, in which everything that is left must come right. */
const SETTLING_MS = 120_000;
const STEP_MS = 10_000;

export async function play(seed: string, { planted = HONEST, trace = false, only }: Playing = {}): Promise<Played> {
	const lines: string[] = [];
	const direction = director(only);
	let world: Built | undefined;
	const note = (what: string): void => {
		if (trace) lines.push(`${(((world?.events.now() ?? 0) - START_SECONDS * 1_000) / 1_000).toFixed(3)} ${what}`);
	};
	const raised = (alarm: Alarm): void => direction.raised(alarm);
	world = buildWorld(seed, planted, raised, note);
	const { events, auditor } = world;
	const start = events.now();
	const step = (what: string): void => {
		if (trace && !QUIET.test(what)) note(what);
		auditor.look();
	};
	officials(world, EVENING_MS, NIGHT_MS);
	duties(world);
	direction.direct(world, start + EVENING_MS);
	const ended = (): boolean => direction.isOver() || direction.failures.length > 0 || auditor.complaints.length > 0;
	for (let at = start + STEP_MS; at < start + NIGHT_MS && !ended(); at += STEP_MS) await events.run(at, step);
	const lost = direction.isOver();
	direction.endAll();
	if (!lost && direction.failures.length === 0) {
		await events.run(events.now() + SETTLING_MS, step);
		settled(world);
	}
	if (!lost) auditor.lookAtAll();
	const failures = [...auditor.complaints, ...direction.failures];
	const receipts = SIDES.reduce((sum, side) => sum + (world.holders.get(side)?.held().length ?? 0), 0);
	const { happened } = direction;
	return { seed, happened, failures, events: events.count(), size: auditor.size(), receipts, trace: lines };
}

const QUIET =
	/^(supervisor|collector|announcing|results|backup|.*given up|own key|fsck|.*answered|.* is read|gossip|holder|newcomer|monitor)/;

/** After peace: everybody is up, everything that was sent is acknowledged, witnesses are where the log is, and every receipt is still true. */
function settled(world: Built): void {
	const { auditor, main, witnesses } = world;
	if (main.log() === undefined)
		return void auditor.complain('the server is down at the end and nothing keeps it from starting');
	const size = main.log()?.size() ?? 0;
	for (const witness of witnesses.values())
		if (witness.cosigned() < size - SETTLED_ENTRIES)
			auditor.complain(`${witness.name} is left behind at ${witness.cosigned()} of ${size}`);
	for (const side of SIDES) {
		const read = served(world, side);
		const holder = world.holders.get(side);
		if (read !== undefined) holder?.look(read, 'all', holder.held().length);
		const monitor = world.monitors.get(side);
		if (monitor !== undefined && monitor.size() < size - SETTLED_ENTRIES)
			auditor.complain(`${monitor.name} is left behind at ${monitor.size()} of ${size}`);
	}
}

/** The last few may be on their way. */
const SETTLED_ENTRIES = 12;
