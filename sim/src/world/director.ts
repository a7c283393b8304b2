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
	const running: Running[] = [];
	const happened: Happened[] = [];
	const failures: string[] = [];
	let world: World | undefined;
	let over = false;

	const now = (): number => world?.events.now() ?? 0;
	const harm = (): Running | undefined =>
		running.find(({ disaster, ended }) => disaster.expect !== 'survived' && !ended);

	const end = (one: Running): void => {
		if (one.ended) return;
		one.ended = true;
		one.until = now() + AFTERMATH_MS;
		world?.trace(`${one.disaster.id} ends`);
		one.begun.end();
		if (one.disaster.expect !== 'survived' && one.disaster.after === 'the log is lost') over = true;
	};
	const record = ({ disaster: { id, expect }, since, size, seen }: Running): void => {
		const statements = (world?.auditor.size() ?? 0) - size;
		happened.push(
			seen === undefined
				? { id, expect }
				: { id, expect, afterMs: now() - since, statements: Math.max(0, statements), by: seen.by, seen: seen.kind },
		);
	};
	const begin = (disaster: Disaster, chance: Chance): boolean => {
		if (world === undefined) return false;
		if (disaster.expect !== 'survived') world.main.calm();
		const begun = disaster.begin(world, chance);
		if (begun === undefined) return false;
		const one: Running = {
			disaster,
			begun,
			since: now(),
			size: world.auditor.size(),
			seen: undefined,
			ended: false,
			until: Infinity,
		};
		running.push(one);
		world.trace(`${disaster.id} begins`);
		world.events.after(begun.lasts, `${disaster.id} ends`, () => {
			if (one.ended) return;
			if (disaster.expect !== 'detected') record(one);
			end(one);
		});
		if (disaster.expect === 'detected')
			world.events.after(disaster.within * 1_000, `${disaster.id} must have been seen`, () => {
				if (one.seen !== undefined) return;
				failures.push(`${disaster.id}: nobody has seen it within ${disaster.within} seconds`);
				end(one);
			});
		return true;
	};
	const next = (until: number): void => {
		if (world === undefined || over) return;
		const chance = world.chance.stream(`disaster at ${now()}`);
		const isLast = now() > until;
		const harmful = harm() === undefined && (isLast || chance.percent(55));
		const all: readonly Disaster[] = isLast ? LAST : harmful ? PASSING : SURVIVED;
		const kinds = only === undefined ? all : all.filter(({ id }) => only.includes(id));
		if (!isLast && harm() !== undefined) return void again(until, 3_000);
		// Before the end everything else is over, so that its detection is timed without it.
		if (isLast && running.some(({ ended }) => !ended)) return void again(until, 5_000);
		for (const disaster of chance.shuffled(kinds)) if (begin(disaster, chance)) break;
		again(until, isLast ? 10_000 : chance.between(4_000, harmful ? 40_000 : 15_000));
	};
	const again = (until: number, ms: number): void => world?.events.after(ms, 'the next disaster', () => next(until));

	return {
		raised: (alarm) => {
			world?.trace(`${alarm.kind}, by ${alarm.by}: ${alarm.what}`);
			const weak = alarm.evidence === undefined ? undefined : weakness(judgeEvidence(suite, alarm.evidence));
			if (weak !== undefined) failures.push(`the evidence of ${alarm.by} for ${alarm.kind} ${weak}`);
			const found = running.find(
				({ disaster, ended }) => !ended && disaster.expect === 'detected' && disaster.reveals.includes(alarm.kind),
			);
			if (found !== undefined) {
				if (found.seen !== undefined) return;
				found.seen = alarm;
				record(found);
				const lost = found.disaster.expect === 'detected' && found.disaster.after !== 'mended';
				world?.events.after(lost ? LAST_MOMENTS_MS : MEND_AFTER_MS, `${found.disaster.id} is seen`, () => end(found));
				return;
			}
			const explained = running.some(
				({ disaster, until }) =>
					now() <= until && (disaster.explains.includes(alarm.kind) || revealed(disaster, alarm)),
			);
			if (!explained) failures.push(`a false alarm: ${alarm.kind}, by ${alarm.by}: ${alarm.what}`);
		},
		direct: (told, until) => {
			world = told;
			again(until, PEACE_MS);
		},
		endAll: () => {
			for (const one of running) {
				if (one.ended) continue;
				if (one.disaster.expect === 'detected' && one.seen === undefined) continue;
				if (one.disaster.expect !== 'detected') record(one);
				end(one);
			}
		},
		isOver: () => over,
		happened,
		failures,
	};
}

/** Others may see later what somebody has seen. */
function revealed(disaster: Disaster, { kind }: Alarm): boolean {
	return disaster.expect === 'detected' && disaster.reveals.includes(kind);
}

function weakness({ strength, what }: EvidenceVerdict): string | undefined {
	return strength === 'nothing' ? `convinces nobody: ${what}` : undefined;
}
