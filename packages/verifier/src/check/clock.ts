/**
 * The log's clock against the times of its witnesses (V61): a witness that cosigned a checkpoint of n statements at time c had not been shown statement n by then. The log's next tick may so not lie
 * long before c: if it does, it was dated back. Which of both clocks was right it does not know; that the log's own key has taken the witness's word into the log is why the log has to answer. What came beside
 * the log it need not answer for: there one witness could claim any time, and only a quorum's counts.
 */
import { type VerifiedCheckpoint, verifyCheckpoint, type WitnessSeen } from '@matokeo/core/log/checkpoint.ts';
import { evaluateQuorum, type Policy } from '@matokeo/core/log/policy.ts';
import { parsePolicy } from '@matokeo/core/log/policyFile.ts';
import type { Context, Said } from '@matokeo/core/rules/context.ts';
import { trustOf } from '@matokeo/core/rules/witnessed.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import { assert } from '@matokeo/core/std/result.ts';
import { utc } from '../report/date.ts';
import { CLOCK_TOLERANCE_SECONDS, TICKS_KEPT_MAX } from './limits.ts';
import type { Findings, Problem } from './problem.ts';

/** A tick that lies too long before the time at which a witness had not been shown it. What a file of evidence is made of. */
export interface BackDated {
	/** Index of the tick. */
	readonly index: number;
	/** What it says, UTC seconds. */
	readonly time: number;
	/** Of a quorum, all of its names. */
	readonly witness: string;
	/** When the witness cosigned, UTC seconds; of a quorum, none before. */
	readonly seconds: number;
	/** The cosigned checkpoint, verbatim; its size is at most the tick's index. */
	readonly checkpoint: Uint8Array;
	/** Index of the `log/witnessed` that it came in, if it came in the log. */
	readonly witnessed?: number;
}

export interface Clock {
	/** A statement that was admitted. */
	readonly said: (said: Said) => void;
	/** A cosigned checkpoint of this log that came some other way than in the log. */
	readonly cosigned: (checkpoint: Uint8Array, verified: VerifiedCheckpoint) => void;
	/** What was found since the last call; the first of them. */
	readonly take: () => readonly BackDated[];
	/** Whether a tick was compared with any witness's time. */
	readonly compared: () => boolean;
}

/** A time that a witness vouches for: of the ticks behind its checkpoint the first is judged by it. */
interface Bound extends Omit<BackDated, 'index' | 'time'> {
	readonly size: number;
}

const BACK_DATED_MAX = 100;
/** A log in which no tick comes any more is not judged by its clock: the newest of its witnesses' times are enough. */
const BOUNDS_WAITING_MAX = 64;

export function clockOf(context: Context, findings: Findings): Clock {
	const ticks = tickBook();
	const parsed = parsePolicy(context.suite, utf8Encode(context.election.witnesses.source));
	assert(parsed.ok, 'the witness policy was checked with the package');
	const policy = parsed.value;
	let backDated: BackDated[] = [];
	let waiting: readonly Bound[] = [];
	const told = new Set<string>();
	let compared = false;

	function judge({ size, ...bound }: Bound, index: number, time: number): void {
		const { seconds } = bound;
		findings.looked('clock');
		compared = true;
		if (time >= seconds - CLOCK_TOLERANCE_SECONDS) return;
		if (backDated.length < BACK_DATED_MAX) backDated.push({ index, time, ...bound });
		// The same checkpoint may come in the log and beside it, and more than one witness say the same.
		const saying = `${index} ${size} ${seconds}`;
		if (told.has(saying)) return;
		if (told.size < BACK_DATED_MAX) told.add(saying);
		if (bound.witnessed === undefined) findings.remark(besideTheLog(bound, size, index, time));
		else findings.found(tooEarly(bound, size, index, time));
	}

	/** The log has this word of a witness, and between the checkpoint and the statement that says so no tick came: then its clock stood still, and what it says of everything since is too early. */
	function judgeStanding(bound: Bound, index: number): void {
		const time = ticks.last();
		if (time === undefined || time >= bound.seconds - CLOCK_TOLERANCE_SECONDS) return;
		findings.looked('clock');
		compared = true;
		findings.found(stoodStill(bound, index, time));
	}

	function bind(bytes: Uint8Array, { checkpoint: { size }, witnesses }: VerifiedCheckpoint, witnessed?: number): void {
		const next = ticks.firstFrom(size);
		const vouching = witnessed === undefined ? vouchedFor(policy, witnesses) : eachOf(witnesses);
		for (const { names, seconds } of vouching) {
			const from = witnessed === undefined ? {} : { witnessed };
			const bound = { size, seconds, witness: names, checkpoint: bytes, ...from };
			if (next === undefined && witnessed !== undefined) judgeStanding(bound, witnessed);
			if (next === undefined) waiting = [...waiting.slice(1 - BOUNDS_WAITING_MAX), bound];
			else judge(bound, next.index, next.time);
		}
		// The log says larger sizes each time (S25); a checkpoint that comes otherwise may be larger than what it says next.
		if (witnessed !== undefined) ticks.forgetBefore(size);
	}

	return {
		said: ({ statement, index }) => {
			if (statement.type === 'log/witnessed') {
				const bytes = utf8Encode(statement.checkpoint);
				const verified = verifyCheckpoint(context.suite, bytes, trustOf(context));
				if (verified.ok) bind(bytes, verified.value, index);
			}
			if (statement.type !== 'clock/tick') return;
			ticks.add(index, statement.time);
			const due = waiting.filter(({ size }) => size <= index);
			waiting = waiting.filter(({ size }) => size > index);
			for (const bound of due) judge(bound, index, statement.time);
		},
		cosigned: (bytes, verified) => bind(bytes, verified),
		take: () => {
			const taken = backDated;
			backDated = [];
			return taken;
		},
		compared: () => compared,
	};
}

const IN_THE_LOG =
	'The log dated its clock back, or the clock of that witness is wrong and the log took its word all the same. Times between these two are in doubt; ask the witness for what else it has seen.';
/** No fault of the log by itself: anybody can show witnesses a published checkpoint once more, and they cosign it once more as long as nobody shows them a newer one. */
function besideTheLog({ witness, seconds }: Omit<Bound, 'size'>, size: number, index: number, time: number): string {
	return `Beside the log, "${witness}" cosigned ${size} statements at ${utc(seconds)} and had not been shown statement ${index}, a tick that says ${utc(time)}, ${seconds - time} seconds earlier. The log dated its clock back; or the clocks of the witnesses are wrong; or nothing newer reached these witnesses in that time, and somebody showed them this checkpoint once more. By itself it accuses nobody: ask the witnesses since when they have seen more.`;
}

function tooEarly({ witness, seconds }: Omit<Bound, 'size'>, size: number, index: number, time: number): Problem {
	return {
		check: 'clock',
		index,
		expected: `a time from ${utc(Math.max(0, seconds - CLOCK_TOLERANCE_SECONDS))} on, since "${witness}" cosigned ${size} statements at ${utc(seconds)} and had not been shown this one`,
		came: `a tick that says ${utc(time)}, ${seconds - time} seconds earlier`,
		means: IN_THE_LOG,
	};
}

function stoodStill({ witness, seconds, size }: Bound, index: number, time: number): Problem {
	return {
		check: 'clock',
		index,
		expected: `a tick before this statement that says ${utc(Math.max(0, seconds - CLOCK_TOLERANCE_SECONDS))} or later, since "${witness}" cosigned ${size} statements at ${utc(seconds)}, before it was made`,
		came: `${utc(time)} as the last tick, ${seconds - time} seconds earlier`,
		means:
			'The log let its clock stand still, or the clock of that witness is wrong and the log took its word all the same. The times of the statements since that tick are in doubt; ask the witness for what else it has seen.',
	};
}

interface Vouched {
	readonly names: string;
	readonly seconds: number;
}

function eachOf(witnesses: readonly WitnessSeen[]): readonly Vouched[] {
	return witnesses.map(({ witness, seconds }) => ({ names: witness.name, seconds }));
}

/** The latest time before which a quorum has not cosigned. */
function vouchedFor(policy: Policy, witnesses: readonly WitnessSeen[]): readonly Vouched[] {
	if (policy.quorum === 'none') return [];
	for (const { seconds } of witnesses.toSorted((a, b) => b.seconds - a.seconds)) {
		const since = witnesses.filter((one) => one.seconds >= seconds);
		const isAmong = (key: WitnessSeen['witness']): boolean =>
			since.some(({ witness }) => witness.keyId === key.keyId && witness.name === key.name);
		const names = policy.witnesses.filter(({ key }) => isAmong(key)).map(({ name }) => name);
		if (evaluateQuorum(policy, new Set(names)).met) return [{ names: names.join('" and "'), seconds }];
	}
	return [];
}

interface TickBook {
	readonly add: (index: number, time: number) => void;
	/** The first tick at this index or behind it; of ticks that say the same time, the last stands for all. */
	readonly firstFrom: (index: number) => { readonly index: number; readonly time: number } | undefined;
	/** What the last tick says, UTC seconds. */
	readonly last: () => number | undefined;
	readonly forgetBefore: (index: number) => void;
}

/** Ticks never go backwards (S24): so the first one behind an index is the earliest. */
function tickBook(): TickBook {
	let indexes: number[] = [];
	let times: number[] = [];
	const placeFrom = (index: number): number => {
		let [low, high] = [0, indexes.length];
		while (low < high) {
			const middle = (low + high) >>> 1;
			if ((indexes[middle] ?? 0) < index) low = middle + 1;
			else high = middle;
		}
		return low;
	};
	let latest: number | undefined;
	const drop = (count: number): void => {
		indexes = indexes.slice(count);
		times = times.slice(count);
	};
	return {
		last: () => latest,
		add: (index, time) => {
			latest = time;
			if (times.at(-1) === time) {
				indexes[indexes.length - 1] = index;
				return;
			}
			if (indexes.length >= TICKS_KEPT_MAX) drop(TICKS_KEPT_MAX / 2);
			indexes.push(index);
			times.push(time);
		},
		firstFrom: (from) => {
			const place = placeFrom(from);
			const [index, time] = [indexes[place], times[place]];
			return index === undefined || time === undefined ? undefined : { index, time };
		},
		forgetBefore: (index) => drop(placeFrom(index)),
	};
}
