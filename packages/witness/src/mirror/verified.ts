/**
 * What a mirror has verified, and how it comes to more (M4, M5, M30): the follower on its folder, the checkpoint that was accepted last, events for pages. A step either is accepted, and then its checkpoint is durable
 * before anything is said of it, or changes nothing. It does not know where files come from.
 */
import { join } from 'node:path';
import { COUNT_TABLE_BYTES_MAX } from '@matokeo/core/record/limits.ts';
import type { Context } from '@matokeo/core/rules/context.ts';
import { logRow } from '@matokeo/core/rules/opening.ts';
import type { RowReader } from '@matokeo/core/rules/rows.ts';
import { trustOf } from '@matokeo/core/rules/witnessed.ts';
import { baselineOf } from '@matokeo/core/standings/baseline.ts';
import type { LoggedEvent } from '@matokeo/core/standings/events.ts';
import { bytesEqual } from '@matokeo/core/std/bytes.ts';
import { assert, err, ok, type Result } from '@matokeo/core/std/result.ts';
import type { LogHead, RecordReader } from '@matokeo/portal/record.ts';
import { blobPath } from '@matokeo/portal/site/paths.ts';
import { CHECKPOINT_BYTES_MAX } from '@matokeo/verifier/check/limits.ts';
import type { Misbehaviour } from '@matokeo/verifier/evidence/file.ts';
import type { Advance, Grown } from '@matokeo/verifier/follow/advance.ts';
import { type Follower, openFollower } from '@matokeo/verifier/follow/follower.ts';
import type { ImageNews } from '@matokeo/verifier/follow/images.ts';
import { readWhole } from '@matokeo/verifier/node/files.ts';
import { writeDurably } from './durable.ts';
import { type EventStore, openEvents } from './events.ts';
import type { MirrorFolder } from './folder.ts';
import type { Limits } from './limits.ts';
import { noteReader } from './notes.ts';
import { mirrorRecord } from './record.ts';
import { mirrorWitnessing } from './witnessing.ts';

export interface Verified {
	readonly follower: Follower;
	readonly record: RecordReader;
	/** The checkpoint that lay in the folder when it was opened, not believed yet. */
	readonly found: Uint8Array | undefined;
	/** One at a time. */
	readonly advance: (note: Uint8Array) => Promise<Advance>;
	/** What the source's quorum has seen, as far as it is of the verified log. */
	readonly keepWitnessed: (note: Uint8Array) => void;
	readonly witnessed: () => Uint8Array | undefined;
	/** What lay in the folder as that when it was opened, not believed yet. */
	readonly foundWitnessed: Uint8Array | undefined;
	/** UTC seconds at which the latest checkpoint was accepted; 0 before the first. */
	readonly time: () => number;
	/** Waits until no step is being taken, at most so many milliseconds; false when one still is. */
	readonly still: (msMax: number) => Promise<boolean>;
	readonly close: () => Promise<void>;
}

export interface VerifiedParts {
	readonly folder: MirrorFolder;
	readonly packageFiles: ReadonlyMap<string, Uint8Array>;
	readonly anchor?: string;
	readonly workers?: number;
	readonly limits: Limits;
	/** UTC seconds. */
	readonly clock: () => number;
	readonly onImage: (news: ImageNews) => void;
	/** What each statement did, as it is replayed, with the state after it. */
	readonly onEvent: (event: LoggedEvent, context: Context, rows: RowReader) => void;
	readonly progress?: (done: number, all: number) => void;
}

export async function openVerified(parts: VerifiedParts): Promise<Result<Verified>> {
	const { folder, anchor, workers, progress } = parts;
	const events = openEvents(folder.events);
	let followed: Follower | undefined;
	const opened = await openFollower(folder.public, {
		observe: (event) => {
			events.add(event);
			if (followed !== undefined) parts.onEvent(event, followed.context, followed.rows);
		},
		onImage: parts.onImage,
		...(anchor === undefined ? {} : { anchor }),
		...(workers === undefined ? {} : { workers }),
		...(progress === undefined ? {} : { progress }),
	});
	if (!opened.ok) {
		events.close();
		return err(opened.error);
	}
	followed = opened.value;
	return ok(verifiedBy(parts, opened.value, events));
}

function verifiedBy(parts: VerifiedParts, follower: Follower, events: EventStore): Verified {
	const { folder, clock } = parts;
	const { context } = follower;
	const nothing = context.suite.sha256(new Uint8Array(0));
	let head: LogHead = { size: 0, root: nothing, time: 0, checkpoint: new Uint8Array(0) };
	let time = 0;
	let witnessed: Uint8Array | undefined;
	const turn = oneAtATime();

	const step = async (note: Uint8Array): Promise<Advance> => {
		const came = await follower.advance(note);
		if (came.kind !== 'ok') return came;
		events.settle();
		writeDurably(join(folder.public, 'checkpoint'), note);
		head = { size: came.size, root: came.root, time: logRow(follower.rows).time, checkpoint: note };
		time = clock();
		return came;
	};
	const record = mirrorRecord({
		context,
		baseline: baselineOf(context.election),
		packageFiles: parts.packageFiles,
		rows: () => follower.rows,
		events,
		notes: noteReader(folder.public, parts.limits.bundlesKept),
		head: () => head,
		file: (sha256) => {
			const read = readWhole(join(folder.public, blobPath(sha256)), COUNT_TABLE_BYTES_MAX);
			return read.ok ? read.value : undefined;
		},
	});
	const lying = (name: string): Uint8Array | undefined => {
		const read = readWhole(join(folder.public, name), CHECKPOINT_BYTES_MAX);
		return read.ok ? read.value : undefined;
	};
	const witnessing = mirrorWitnessing(
		context,
		() => head,
		() => witnessed,
	);
	return {
		follower,
		record: { ...record, witnessing },
		witnessed: () => witnessed,
		foundWitnessed: lying('witnessed'),
		keepWitnessed: (note) => {
			if (witnessed !== undefined && bytesEqual(note, witnessed)) return;
			writeDurably(join(folder.public, 'witnessed'), note);
			witnessed = note;
		},
		found: lying('checkpoint'),
		advance: (note) => turn.take(() => step(note)),
		time: () => time,
		still: turn.still,
		close: async () => {
			await turn.still(Number.POSITIVE_INFINITY);
			await follower.close();
			events.close();
		},
	};
}

interface Turn {
	readonly take: <T>(work: () => Promise<T>) => Promise<T>;
	readonly still: Verified['still'];
}

function oneAtATime(): Turn {
	let busy: Promise<unknown> | undefined;
	return {
		take: (work) => {
			assert(busy === undefined, 'one step is taken at a time');
			const taking = work().finally(() => {
				busy = undefined;
			});
			busy = taking.catch(() => undefined);
			return taking;
		},
		still: async (msMax) => {
			if (busy === undefined) return true;
			const done = busy.then(() => true as const);
			if (msMax === Number.POSITIVE_INFINITY) return done;
			const late = Promise.withResolvers<false>();
			const timer = setTimeout(() => late.resolve(false), msMax);
			const came = await Promise.race([done, late.promise]);
			clearTimeout(timer);
			return came;
		},
	};
}

/** What the log did, out of a step that was accepted or refused (M30). */
export function misbehaviourOf({ follower }: Pick<Verified, 'follower'>, came: Advance): readonly Misbehaviour[] {
	if (came.kind === 'ok') return [...voidsOf(follower, came), ...backDatedOf(follower, came)];
	return came.kind === 'fork' ? [came.misbehaviour] : [];
}

function voidsOf(follower: Follower, { voids }: Grown): readonly Misbehaviour[] {
	return voids.flatMap(({ index, rule, why }): readonly Misbehaviour[] => {
		const entry = follower.logged(index);
		return entry === undefined ? [] : [{ kind: 'void', entry, rule, why }];
	});
}

function backDatedOf(follower: Follower, { backDated }: Grown): readonly Misbehaviour[] {
	const { witnessKeys } = trustOf(follower.context);
	return backDated.flatMap(({ index, witness, witnessed: at }): readonly Misbehaviour[] => {
		const tick = follower.logged(index);
		const witnessed = at === undefined ? undefined : follower.logged(at);
		const witnesses = witnessKeys.filter(({ name }) => name === witness);
		if (tick === undefined || witnessed === undefined || witnesses.length === 0) return [];
		return [{ kind: 'backdated', tick, witnessed, witnesses }];
	});
}
