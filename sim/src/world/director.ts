/**
 * Lets disasters happen and holds each of them to what its table says: that it is survived without an alarm, that it is detected within its time, or that nobody detects it. What harms others comes one at
 * a time; what must be survived comes at any time, except in the middle of such a harm, whose detection is being timed.
 */
import { type EvidenceVerdict, judgeEvidence } from '@matokeo/verifier/evidence/judge.ts';
import type { Alarm } from './alarm.ts';
import { suite } from './cast.ts';
import type { Chance } from './chance.ts';
import type { Begun, Disaster, Happened } from './disaster.ts';
import { LAST, PASSING, SURVIVED } from './disasters.ts';
import type { World } from './world.ts';

export interface Director {
	/** Somebody has seen something. */
	readonly raised: (alarm: Alarm) => void;
	/** Plans disasters up to this time, in milliseconds; the last of them may end the log. */
	readonly direct: (world: World, until: number) => void;
	/** Ends whatever lasts. */
	readonly endAll: () => void;
	readonly isOver: () => boolean;
	readonly happened: readonly Happened[];
	/** What was not as the table says. */
	readonly failures: readonly string[];
}

/** What is going on. */
interface Direction {
	readonly only: readonly string[] | undefined;
	readonly running: Running[];
	readonly happened: Happened[];
	readonly failures: string[];
	world: World | undefined;
	over: boolean;
}

interface Running {
	readonly disaster: Disaster;
	readonly begun: Begun;
	readonly since: number;
	readonly size: number;
	seen: Alarm | undefined;
	ended: boolean;
	/** Until then what it explains may still be seen. */
	until: number;
}

/** What was mended may still be seen by those who look seldom. */
const AFTERMATH_MS = 100_000;
/** The log begins in peace. */
const PEACE_MS = 40_000;
const MEND_AFTER_MS = 1_000;
/** After the log is lost the world goes on for a moment: others see it too. */
const LAST_MOMENTS_MS = 20_000;

/** `only`: of all disasters, these kinds. */
export function director(only?: readonly string[]): Director {
	const all: Direction = { only, running: [], happened: [], failures: [], world: undefined, over: false };
	return {
		raised: (alarm) => raised(all, alarm),
		direct: (world, until) => {
			all.world = world;
			again(all, world, until, PEACE_MS);
		},
		endAll: () => {
			for (const one of all.running) {
				if (one.ended || (one.disaster.expect === 'detected' && one.seen === undefined)) continue;
				if (one.disaster.expect !== 'detected') record(all, one);
				end(all, one);
			}
		},
		isOver: () => all.over,
		happened: all.happened,
		failures: all.failures,
	};
}

function raised(all: Direction, alarm: Alarm): void {
	const { running, failures, world } = all;
	world?.trace(`${alarm.kind}, by ${alarm.by}: ${alarm.what}`);
	const { evidence } = alarm;
	const weak =
		evidence === undefined ? undefined : weakness(judgeEvidence(suite, evidence), evidence.kind !== 'rollback');
	if (weak !== undefined) failures.push(`the evidence of ${alarm.by} for ${alarm.kind} ${weak}`);
	const found = running.find((one) => !one.ended && revealed(one.disaster, alarm));
	if (found !== undefined) {
		if (found.seen !== undefined) return;
		found.seen = alarm;
		record(all, found);
		const lost = found.disaster.expect === 'detected' && found.disaster.after !== 'mended';
		const wait = lost ? LAST_MOMENTS_MS : MEND_AFTER_MS;
		world?.events.after(wait, `${found.disaster.id} is seen`, () => end(all, found));
		return;
	}
	const explained = running.some(
		({ disaster, until }) =>
			nowIn(all) <= until && (disaster.explains.includes(alarm.kind) || revealed(disaster, alarm)),
	);
	if (!explained && !(alarm.kind === 'unwitnessed' && witnessesOut(all) > 1))
		failures.push(`a false alarm: ${alarm.kind}, by ${alarm.by}: ${alarm.what}`);
}

/** Witnesses that are out, or were a moment ago. */
function witnessesOut(all: Direction): number {
	const isOut = ({ disaster, until }: Running): boolean =>
		disaster.expect === 'survived' && disaster.witnessOut === true && nowIn(all) <= until;
	return all.running.filter(isOut).length;
}

function next(all: Direction, world: World, until: number): void {
	if (all.over) return;
	const { only, running } = all;
	const chance = world.chance.stream(`disaster at ${nowIn(all)}`);
	const isLast = nowIn(all) > until;
	const isHarmed = running.some(({ disaster, ended }) => disaster.expect !== 'survived' && !ended);
	if (!isLast && isHarmed) return void again(all, world, until, 3_000);
	// Before the end everything else is over, so that its detection is timed without it.
	if (isLast && running.some(({ ended }) => !ended)) return void again(all, world, until, 5_000);
	const harmful = isLast || chance.percent(55);
	const kinds: readonly Disaster[] = isLast ? LAST : harmful ? PASSING : SURVIVED;
	const wanted = only === undefined ? kinds : kinds.filter(({ id }) => only.includes(id));
	for (const disaster of chance.shuffled(wanted)) if (begin(all, world, disaster, chance)) break;
	again(all, world, until, isLast ? 10_000 : chance.between(4_000, harmful ? 40_000 : 15_000));
}

function again(all: Direction, world: World, until: number, ms: number): void {
	world.events.after(ms, 'the next disaster', () => next(all, world, until));
}

function begin(all: Direction, world: World, disaster: Disaster, chance: Chance): boolean {
	if (disaster.expect !== 'survived') world.main.calm();
	const size = world.auditor.size();
	const begun = disaster.begin(world, chance);
	if (begun === undefined) return false;
	const one: Running = { disaster, begun, since: nowIn(all), size, seen: undefined, ended: false, until: Infinity };
	all.running.push(one);
	world.trace(`${disaster.id} begins`);
	world.events.after(begun.lasts, `${disaster.id} ends`, () => {
		if (one.ended) return;
		if (disaster.expect !== 'detected') record(all, one);
		end(all, one);
	});
	if (disaster.expect === 'detected')
		world.events.after(disaster.within * 1_000, `${disaster.id} must have been seen`, () => {
			if (one.seen !== undefined) return;
			all.failures.push(`${disaster.id}: nobody has seen it within ${disaster.within} seconds`);
			end(all, one);
		});
	return true;
}

function end(all: Direction, one: Running): void {
	if (one.ended) return;
	one.ended = true;
	one.until = nowIn(all) + AFTERMATH_MS;
	all.world?.trace(`${one.disaster.id} ends`);
	one.begun.end();
	if (one.disaster.expect !== 'survived' && one.disaster.after === 'the log is lost') all.over = true;
}

function record(all: Direction, { disaster: { id, expect }, since, size, seen }: Running): void {
	const statements = Math.max(0, (all.world?.auditor.size() ?? 0) - size);
	all.happened.push(
		seen === undefined
			? { id, expect }
			: { id, expect, afterMs: nowIn(all) - since, statements, by: seen.by, seen: seen.kind },
	);
}

function nowIn({ world }: Direction): number {
	return world?.events.now() ?? 0;
}

/** Others may see later what somebody has seen. */
function revealed(disaster: Disaster, { kind }: Alarm): boolean {
	return disaster.expect === 'detected' && disaster.reveals.includes(kind);
}

/** A fork and a rewritten history are proved; that an old checkpoint was served after a newer one is its reporter’s word. */
function weakness({ strength, what }: EvidenceVerdict, isProof: boolean): string | undefined {
	return strength === 'nothing' || (strength === 'signed' && isProof) ? `convinces nobody: ${what}` : undefined;
}
