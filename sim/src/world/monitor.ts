/**
 * A monitor: somebody on one side of the network who fetches what is published there, replays every leaf by the rules, and compares checkpoints with whoever tells of theirs. It believes nobody. Once it has
 * seen a contradiction it says so and stops, as `matokeo mirror` does.
 */
import { verifyCheckpoint } from '@matokeo/core/log/checkpoint.ts';
import { verifyByPolicy } from '@matokeo/core/log/policy.ts';
import { parseLeaf } from '@matokeo/core/record/leaf.ts';
import { decide, signedBy } from '@matokeo/core/rules/decide.ts';
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
	/** Whether the rules would admit this, after what the monitor has seen. */
	readonly wouldAdmit: (note: Uint8Array) => boolean;
	readonly latest: () => Uint8Array | undefined;
	readonly size: () => number;
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

/** What a monitor knows, and changes as it looks. */
interface Mind {
	readonly parts: MonitorParts;
	readonly taken: Replay;
	readonly line: LeafLine;
	mine: Checked | undefined;
	told: readonly Told[];
	stopped: boolean;
	damagedSince: number | undefined;
	lastWitnessed: { readonly size: number; readonly at: number };
	readonly missingSince: Map<string, number>;
	/** Of a checkpoint that a witness cosigned: its size, and when. */
	cosigned: { readonly size: number; readonly seconds: number };
}

/** Images may lag behind the checkpoint for so long. */
const GRACE_MS = 30_000;
/** What others have seen must be shown here within this. */
const BEHIND_MS = 60_000;
/** The quorum's word may be so old before it is missed. */
const UNWITNESSED_MS = 45_000;

export function monitor(parts: MonitorParts): Monitor {
	const mind: Mind = {
		parts,
		taken: replay(context, baseline),
		line: leafLine(),
		mine: undefined,
		told: [],
		stopped: false,
		damagedSince: undefined,
		lastWitnessed: { size: 0, at: parts.now() },
		missingSince: new Map(),
		cosigned: { size: 0, seconds: 0 },
	};
	return {
		name: parts.name,
		look: (read) => look(mind, read),
		lookAgain: (read) => lookAgain(mind, read),
		hear: (note, from) => hear(mind, note, from),
		wouldAdmit: (note) => {
			const leaf = parseLeaf(suite, note);
			return leaf.ok && decide(context, mind.taken.rows, leaf.value, mind.line.size(), signedBy(context)).ok;
		},
		latest: () => mind.mine?.note,
		size: () => mind.mine?.size ?? 0,
	};
}

function look(mind: Mind, read: ReadFile): void {
	const note = mind.stopped ? undefined : read(folder.checkpoint);
	if (note === undefined) return;
	if (mind.mine !== undefined && bytesEqual(mind.mine.note, note)) {
		if (treeIn(read, mind.mine) === undefined) damaged(mind, `the tiles of size ${mind.mine.size}`);
		settle(mind, read);
		derived(mind, read);
		return void witnessed(mind, read);
	}
	const verified = checkpointIn(note);
	if (verified === undefined) return void damaged(mind, 'the checkpoint is not signed by the log');
	const { size, root } = verified.checkpoint;
	const next = { size, root, note };
	if (mind.mine !== undefined && size < mind.mine.size) {
		const evidence = {
			...accused,
			reporter: mind.parts.name,
			time: seconds(mind),
			kind: 'rollback',
			seen: mind.mine.note,
			served: note,
		} as const;
		return void stop(mind, 'rollback', `size ${size} after ${mind.mine.size}`, { evidence });
	}
	if (mind.mine !== undefined && size === mind.mine.size) {
		compareEqual(mind, next);
		if (bytesEqual(mind.mine.root, root)) mind.mine = next;
	} else if (follow(mind, read, next)) mind.damagedSince = undefined;
	else damaged(mind, `the tiles or entries of size ${size}`);
	settle(mind, read);
	derived(mind, read);
	witnessed(mind, read);
}

function lookAgain(mind: Mind, read: ReadFile): void {
	const note = mind.stopped ? undefined : read(folder.checkpoint);
	const verified = note === undefined ? undefined : checkpointIn(note);
	if (verified === undefined) return;
	const { size, root } = verified.checkpoint;
	const entries = entriesIn(read, 0, size);
	if (entries === undefined || !bytesEqual(leafLine().grown(entries), root))
		say(mind, 'damaged', 'the entries do not give the root');
}

function hear(mind: Mind, note: Uint8Array, from: string): void {
	const verified = mind.stopped ? undefined : checkpointIn(note);
	if (verified === undefined) return;
	const { size, root } = verified.checkpoint;
	const times = verified.witnesses.map(({ seconds: time }) => time);
	if (times.length > 0 && size >= mind.cosigned.size)
		mind.cosigned = { size, seconds: Math.max(mind.cosigned.seconds, ...times) };
	const ours = mind.mine !== undefined && size <= mind.mine.size ? mind.line.rootAt(size) : undefined;
	if (ours === undefined) {
		if (!mind.told.some((one) => bytesEqual(one.root, root)))
			mind.told = [...mind.told, { size, root, note, from, since: mind.parts.now() }].slice(-TOLD_MAX);
		return;
	}
	assert(mind.mine !== undefined, 'a root of ours is of a log that we have');
	if (bytesEqual(ours, root)) return;
	if (size === mind.mine.size && mind.parts.build === 'skips-equal-sizes') return;
	if (!contradiction(mind, { size, root, note }, mind.mine, undefined))
		stop(mind, 'fork', `${from} has seen another tree of size ${size}`);
}

function say({ parts }: Mind, kind: Alarm['kind'], what: string, more: Pick<Alarm, 'evidence'> = {}): void {
	parts.raise({ kind, by: parts.name, what, ...more });
}

function stop(mind: Mind, kind: Alarm['kind'], what: string, more: Pick<Alarm, 'evidence'> = {}): void {
	if (!mind.stopped) say(mind, kind, what, more);
	mind.stopped = true;
}

function seconds({ parts }: Mind): number {
	return Math.floor(parts.now() / 1_000);
}

function checkpointIn(note: Uint8Array) {
	const verified = verifyCheckpoint(suite, note, trust);
	return verified.ok ? verified.value : undefined;
}

/** Two checkpoints that exclude each other, with the file that shows it to anybody. */
function contradiction(mind: Mind, one: Checked, two: Checked, read: ReadFile | undefined): boolean {
	const compared = compareCheckpoints(suite, accused, one.note, two.note, (_note, oldSize) =>
		read === undefined ? undefined : prefixIn(read, one.size > two.size ? one : two, oldSize),
	);
	if (!compared.ok || compared.value.kind !== 'evidence') return false;
	const { misbehaviour } = compared.value;
	const evidence = { ...accused, reporter: mind.parts.name, time: seconds(mind), ...misbehaviour };
	stop(mind, misbehaviour.kind, `sizes ${one.size} and ${two.size} exclude each other`, { evidence });
	return true;
}

function take(mind: Mind, entries: readonly Uint8Array[]): void {
	for (const entry of entries) {
		const { index, leafHash, leaf, void: why } = mind.taken.take(entry);
		mind.line.append(leafHash);
		if (why !== undefined) return void stop(mind, 'void', `entry ${index} is void: ${why}`);
		if (leaf === undefined || index < 2) continue;
		// Between two ticks the first of them is the time of what stands there.
		const { time } = logRow(mind.taken.rows);
		if (time > seconds(mind) + CLOCK_TOLERANCE_SECONDS)
			return void stop(mind, 'ahead', `entry ${index} says ${time}, it is ${seconds(mind)}`);
		if (index >= mind.cosigned.size && time < mind.cosigned.seconds - CLOCK_TOLERANCE_SECONDS)
			return void stop(mind, 'backdated', `entry ${index} says ${time}, and was not there at ${mind.cosigned.seconds}`);
	}
}

/** What a checkpoint of another size, seen before, says of ours. */
function settle(mind: Mind, read: ReadFile): void {
	if (mind.mine === undefined || mind.stopped) return;
	const { size: reached } = mind.mine;
	for (const { size, note, root, from } of mind.told.filter((one) => one.size <= reached)) {
		const ours = mind.line.rootAt(size);
		if (ours !== undefined && !bytesEqual(ours, root) && !contradiction(mind, { size, root, note }, mind.mine, read))
			stop(mind, 'fork', `${from} has seen another tree of size ${size}`);
	}
	mind.told = mind.told.filter((one) => one.size > reached);
	const oldest = mind.told.find(({ since }) => mind.parts.now() - since > BEHIND_MS);
	if (oldest === undefined) return;
	say(mind, 'withheld', `${oldest.from} has seen size ${oldest.size}, here are ${reached}`);
	mind.told = mind.told.map((one) => ({ ...one, since: mind.parts.now() }));
}

/** False: what lies there is not what is signed. */
function follow(mind: Mind, read: ReadFile, next: Checked): boolean {
	const from = mind.mine?.size ?? 0;
	const entries = entriesIn(read, from, next.size);
	const ahead = entries === undefined ? undefined : mind.line.grown(entries);
	if (entries !== undefined && ahead !== undefined && bytesEqual(ahead, next.root)) {
		take(mind, entries);
		mind.mine = next;
		return true;
	}
	if (mind.mine !== undefined && contradiction(mind, mind.mine, next, read)) return true;
	return false;
}

function compareEqual(mind: Mind, next: Checked): void {
	if (mind.mine === undefined || mind.parts.build === 'skips-equal-sizes') return;
	if (!bytesEqual(mind.mine.root, next.root)) contradiction(mind, mind.mine, next, undefined);
}

function damaged(mind: Mind, what: string): void {
	mind.damagedSince ??= mind.parts.now();
	if (mind.parts.now() - mind.damagedSince < GRACE_MS) return;
	say(mind, 'damaged', what);
	mind.damagedSince = mind.parts.now();
}

function derived(mind: Mind, read: ReadFile): void {
	if (mind.mine === undefined || mind.stopped) return;
	const wrong = [
		...imagesIn(read, mind.taken).map((what) => ({ kind: 'image-missing', what }) as const),
		...resultsIn(read, mind.taken, mind.mine).map((what) => ({ kind: 'results-differ', what }) as const),
	];
	for (const key of mind.missingSince.keys())
		if (!wrong.some(({ what }) => what === key)) mind.missingSince.delete(key);
	for (const { kind, what } of wrong) {
		const since = mind.missingSince.get(what) ?? mind.parts.now();
		mind.missingSince.set(what, since);
		// Images may be on their way; results at this very size are right or wrong.
		if (kind === 'image-missing' && mind.parts.now() - since < GRACE_MS) continue;
		say(mind, kind, what);
		mind.missingSince.set(what, mind.parts.now());
	}
}

/** What the quorum has seen must not stay behind what is published. */
function witnessed(mind: Mind, read: ReadFile): void {
	const note = read(folder.witnessed);
	const seen = note === undefined ? undefined : verifyByPolicy(suite, note, POLICY);
	const size = seen?.ok === true && seen.value.quorum.met ? seen.value.checkpoint.checkpoint.size : 0;
	if (mind.mine === undefined || size >= mind.mine.size || size > mind.lastWitnessed.size) {
		mind.lastWitnessed = { size: Math.max(size, mind.lastWitnessed.size), at: mind.parts.now() };
		return;
	}
	if (mind.parts.now() - mind.lastWitnessed.at < UNWITNESSED_MS) return;
	say(mind, 'unwitnessed', `the quorum has seen ${size} of ${mind.mine.size}`);
	mind.lastWitnessed = { ...mind.lastWitnessed, at: mind.parts.now() };
}
