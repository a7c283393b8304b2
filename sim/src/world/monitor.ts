/**
 * A monitor: somebody on one side of the network who fetches what is published there, replays every leaf by the rules, and compares checkpoints with whoever tells of theirs. It believes nobody. Once it has
 * seen a contradiction it says so and stops, as `matokeo mirror` does.
 */
import { verifyCheckpoint } from '@matokeo/core/log/checkpoint.ts';
import { verifyByPolicy } from '@matokeo/core/log/policy.ts';
import { logRow } from '@matokeo/core/rules/opening.ts';
import { bytesEqual } from '@matokeo/core/std/bytes.ts';
import { assert } from '@matokeo/core/std/result.ts';
import { type Replay, replay } from '@matokeo/server/audit/replay.ts';
import type { ReadFile } from '@matokeo/server/ports/disk.ts';
import { CLOCK_TOLERANCE_SECONDS } from '@matokeo/verifier/check/limits.ts';
import { compareCheckpoints } from '@matokeo/verifier/evidence/pair.ts';
import type { Alarm, Raise } from './alarm.ts';
import { accused, baseline, context, ROSTER, suite, trust } from './cast.ts';
import { imagesIn, resultsIn } from './derived.ts';
import { entriesIn } from './entries.ts';
import { type LeafLine, leafLine } from './leafLine.ts';
import { folder, prefixIn, type TreeHead, treeIn } from './treeOf.ts';

export interface Monitor {
	readonly name: string;
	/** Looks at what is served now. */
	readonly look: (read: ReadFile) => void;
	/** Fetches all of it once more, as somebody who comes new does. */
	readonly lookAgain: (read: ReadFile) => void;
	/** Somebody tells of a checkpoint; a witness's own line on it says when. */
	readonly hear: (note: Uint8Array, from: string) => void;
	readonly latest: () => Uint8Array | undefined;
	readonly size: () => number;
	readonly stopped: () => boolean;
	/** The monitor's own copy of the log, for whoever wants to compare. */
	readonly rootAt: (size: number) => Uint8Array | undefined;
}

/** Bugs to be found: one does not compare roots of equal sizes. */
export type MonitorBuild = 'honest' | 'skips-equal-sizes';

export interface MonitorParts {
	readonly name: string;
	/** Milliseconds. */
	readonly now: () => number;
	readonly raise: Raise;
	readonly build: MonitorBuild;
}

const POLICY = ROSTER.policy;
/** Checkpoints that others told of and that are not reached yet. */
const TOLD_MAX = 64;

interface Told extends TreeHead {
	readonly note: Uint8Array;
	readonly from: string;
	readonly since: number;
}

interface Checked extends TreeHead {
	readonly note: Uint8Array;
}

/** Images and results may lag behind the checkpoint for so long. */
export const GRACE_MS = 30_000;
/** What others have seen must be shown here within this. */
export const BEHIND_MS = 60_000;
/** The quorum's word may be so old before it is missed. */
export const UNWITNESSED_MS = 45_000;

export function monitor({ name, now, raise, build }: MonitorParts): Monitor {
	const taken: Replay = replay(context, baseline);
	const line: LeafLine = leafLine();
	let mine: Checked | undefined;
	let told: readonly Told[] = [];
	let stopped = false;
	let damagedSince: number | undefined;
	let lastWitnessed = { size: 0, at: now() };
	const missingSince = new Map<string, number>();
	/** Of a checkpoint that a witness cosigned: its size, and when. */
	let cosigned = { size: 0, seconds: 0 };

	const say = (kind: Alarm['kind'], what: string, more: Pick<Alarm, 'evidence'> = {}): void =>
		raise({ kind, by: name, what, ...more });
	const stop = (kind: Alarm['kind'], what: string, more: Pick<Alarm, 'evidence'> = {}): void => {
		if (!stopped) say(kind, what, more);
		stopped = true;
	};
	const seconds = (): number => Math.floor(now() / 1000);

	/** Two checkpoints that exclude each other, with the file that shows it to anybody. */
	const contradiction = (one: Checked, two: Checked, read: ReadFile | undefined): boolean => {
		const compared = compareCheckpoints(suite, accused, one.note, two.note, (_note, oldSize) =>
			read === undefined ? undefined : prefixIn(read, one.size > two.size ? one : two, oldSize),
		);
		if (!compared.ok || compared.value.kind !== 'evidence') return false;
		const { misbehaviour } = compared.value;
		const evidence = { ...accused, reporter: name, time: seconds(), ...misbehaviour };
		stop(misbehaviour.kind, `sizes ${one.size} and ${two.size} exclude each other`, { evidence });
		return true;
	};
	const take = (entries: readonly Uint8Array[]): void => {
		for (const entry of entries) {
			const { index, leafHash, leaf, void: why } = taken.take(entry);
			line.append(leafHash);
			if (why !== undefined) return void stop('void', `entry ${index} is void: ${why}`);
			if (leaf === undefined || index < 2) continue;
			// Between two ticks the first of them is the time of what stands there.
			const { time } = logRow(taken.rows);
			if (time > seconds() + CLOCK_TOLERANCE_SECONDS)
				return void stop('ahead', `entry ${index} says ${time}, it is ${seconds()}`);
			if (index >= cosigned.size && time < cosigned.seconds - CLOCK_TOLERANCE_SECONDS)
				return void stop('backdated', `entry ${index} says ${time}, and was not there at ${cosigned.seconds}`);
		}
	};
	/** What a checkpoint of another size, seen before, says of ours. */
	const settle = (read: ReadFile): void => {
		if (mine === undefined || stopped) return;
		const { size: reached } = mine;
		for (const { size, note, root, from } of told.filter((one) => one.size <= reached)) {
			const ours = line.rootAt(size);
			if (ours !== undefined && !bytesEqual(ours, root) && !contradiction({ size, root, note }, mine, read))
				stop('fork', `${from} has seen another tree of size ${size}`);
		}
		told = told.filter((one) => one.size > reached);
		const oldest = told.find(({ since }) => now() - since > BEHIND_MS);
		if (oldest === undefined) return;
		say('withheld', `${oldest.from} has seen size ${oldest.size}, here are ${reached}`);
		told = told.map((one) => ({ ...one, since: now() }));
	};
	/** False: what lies there is not what is signed. */
	const follow = (read: ReadFile, next: Checked): boolean => {
		const from = mine?.size ?? 0;
		const entries = entriesIn(read, from, next.size);
		const ahead = entries === undefined ? undefined : line.grown(entries);
		if (entries !== undefined && ahead !== undefined && bytesEqual(ahead, next.root)) {
			take(entries);
			mine = next;
			return true;
		}
		if (mine !== undefined && contradiction(mine, next, read)) return true;
		return false;
	};
	const compareEqual = (next: Checked): void => {
		if (mine === undefined || build === 'skips-equal-sizes') return;
		if (!bytesEqual(mine.root, next.root)) contradiction(mine, next, undefined);
	};
	const damaged = (what: string): void => {
		damagedSince ??= now();
		if (now() - damagedSince < GRACE_MS) return;
		say('damaged', what);
		damagedSince = now();
	};
	const derived = (read: ReadFile): void => {
		if (mine === undefined || stopped) return;
		const wrong = [
			...imagesIn(read, taken).map((what) => ({ kind: 'image-missing', what }) as const),
			...resultsIn(read, taken, mine).map((what) => ({ kind: 'results-differ', what }) as const),
		];
		for (const key of missingSince.keys()) if (!wrong.some(({ what }) => what === key)) missingSince.delete(key);
		for (const { kind, what } of wrong) {
			const since = missingSince.get(what) ?? now();
			missingSince.set(what, since);
			if (now() - since < GRACE_MS) continue;
			say(kind, what);
			missingSince.set(what, now());
		}
	};
	/** What the quorum has seen must not stay behind what is published. */
	const witnessed = (read: ReadFile): void => {
		const note = read(folder.witnessed);
		const seen = note === undefined ? undefined : verifyByPolicy(suite, note, POLICY);
		const size = seen?.ok === true && seen.value.quorum.met ? seen.value.checkpoint.checkpoint.size : 0;
		if (mine === undefined || size >= mine.size || size > lastWitnessed.size) {
			lastWitnessed = { size: Math.max(size, lastWitnessed.size), at: now() };
			return;
		}
		if (now() - lastWitnessed.at < UNWITNESSED_MS) return;
		say('unwitnessed', `the quorum has seen ${size} of ${mine.size}`);
		lastWitnessed = { ...lastWitnessed, at: now() };
	};
	const checkpointIn = (note: Uint8Array) => {
		const verified = verifyCheckpoint(suite, note, trust);
		return verified.ok ? verified.value : undefined;
	};

	return {
		name,
		look: (read) => {
			const note = stopped ? undefined : read(folder.checkpoint);
			if (note === undefined) return;
			if (mine !== undefined && bytesEqual(mine.note, note)) {
				if (treeIn(read, mine) === undefined) damaged(`the tiles of size ${mine.size}`);
				settle(read);
				derived(read);
				return witnessed(read);
			}
			const verified = checkpointIn(note);
			if (verified === undefined) return damaged('the checkpoint is not signed by the log');
			const { size, root } = verified.checkpoint;
			const next = { size, root, note };
			if (mine !== undefined && size < mine.size) {
				const evidence = {
					...accused,
					reporter: name,
					time: seconds(),
					kind: 'rollback',
					seen: mine.note,
					served: note,
				} as const;
				return stop('rollback', `size ${size} after ${mine.size}`, { evidence });
			}
			if (mine !== undefined && size === mine.size) {
				compareEqual(next);
				if (bytesEqual(mine.root, root)) mine = next;
			} else if (follow(read, next)) damagedSince = undefined;
			else damaged(`the tiles or entries of size ${size}`);
			settle(read);
			derived(read);
			witnessed(read);
		},
		lookAgain: (read) => {
			if (mine === undefined || stopped || read(folder.checkpoint) !== mine.note) return;
			const entries = entriesIn(read, 0, mine.size);
			const again = leafLine();
			if (entries === undefined || !bytesEqual(again.grown(entries), mine.root))
				say('damaged', 'the entries do not give the root');
		},
		hear: (note, from) => {
			const verified = stopped ? undefined : checkpointIn(note);
			if (verified === undefined) return;
			const { size, root } = verified.checkpoint;
			const times = verified.witnesses.map(({ seconds: time }) => time);
			if (times.length > 0 && size >= cosigned.size) cosigned = { size, seconds: Math.max(cosigned.seconds, ...times) };
			const ours = mine !== undefined && size <= mine.size ? line.rootAt(size) : undefined;
			if (ours === undefined) {
				if (!told.some((one) => bytesEqual(one.root, root)))
					told = [...told, { size, root, note, from, since: now() }].slice(-TOLD_MAX);
				return;
			}
			assert(mine !== undefined, 'a root of ours is of a log that we have');
			if (bytesEqual(ours, root)) return;
			if (size === mine.size && build === 'skips-equal-sizes') return;
			if (!contradiction({ size, root, note }, mine, undefined))
				stop('fork', `${from} has seen another tree of size ${size}`);
		},
		latest: () => mine?.note,
		size: () => mine?.size ?? 0,
		stopped: () => stopped,
		rootAt: line.rootAt,
	};
}
