/**
 * Deciding a batch (`spec/storage.md`, D5, D8, D9): note by note, each on what the notes before it have changed, all in memory. A batch is not atomic; each note has its own
 * answer. Pure but for what it reads through the overlay: committing, publishing and answering come later.
 */
import { appendLeaves, type CompactRange, rangeRoot } from '@matokeo/core/log/compactRange.ts';
import { leafHash } from '@matokeo/core/log/merkle.ts';
import { type Leaf, parseLeaf } from '@matokeo/core/record/leaf.ts';
import type { StatementId } from '@matokeo/core/record/said.ts';
import type { Context, Said } from '@matokeo/core/rules/context.ts';
import { decide, signedBy } from '@matokeo/core/rules/decide.ts';
import { logRow } from '@matokeo/core/rules/opening.ts';
import type { Refusal } from '@matokeo/core/rules/refusal.ts';
import type { Baseline } from '@matokeo/core/standings/baseline.ts';
import { fold } from '@matokeo/core/standings/fold.ts';
import { assert } from '@matokeo/core/std/result.ts';
import type { Batch, EventRecord, Head, LoggedStatement } from '../ports/store.ts';
import { eventRecord } from '../storage/eventText.ts';
import type { Refused } from './answer.ts';
import type { LogVoice } from './logVoice.ts';
import type { Overlay } from './overlay.ts';
import { signedRefusal } from './signedRefusal.ts';

/** An answer before there is anything to prove it with. */
export type Drafted =
	| { readonly kind: 'receipt' | 'logged'; readonly id: StatementId; readonly index: number }
	| Refused;

export interface Draft {
	readonly drafted: readonly Drafted[];
	/** What is new in the log, in order; empty when nothing is. */
	readonly fresh: readonly LoggedStatement[];
	readonly said: readonly Said[];
	readonly batch: Batch;
}

export interface Drafting {
	readonly context: Context;
	readonly baseline: Baseline;
	readonly voice: LogVoice;
	readonly head: Head;
	readonly rows: Overlay;
	/** UTC seconds, not earlier than the last tick. */
	readonly now: number;
}

export function draftBatch(drafting: Drafting, notes: readonly Uint8Array[]): Draft {
	const { context, rows, head, voice, now } = drafting;
	const fresh: LoggedStatement[] = [];
	const said: Said[] = [];
	const events: EventRecord[] = [];
	const signed = signedBy(context);

	const admit = (leaf: Leaf): Refusal | undefined => {
		const index = head.size + fresh.length;
		const decided = decide(context, rows, leaf, index, signed);
		if (!decided.ok) return decided.error;
		fold(context, drafting.baseline, rows, decided.value, (event) => {
			events.push(eventRecord(index, logRow(rows).time, event));
		});
		rows.logged(leaf.id, index);
		fresh.push({ index, id: leaf.id, leafHash: leafHash(context.suite, leaf.bytes), note: leaf.bytes });
		said.push(decided.value);
		return undefined;
	};
	/** D9: the second leaf is a tick, and one stands before what is logged in a later second than the last. */
	const tick = (): void => {
		const next = head.size + fresh.length;
		if (next === 0 || (next > 1 && logRow(rows).time === now)) return;
		const leaf = parseLeaf(context.suite, voice.say({ type: 'clock/tick', time: now }));
		assert(leaf.ok, 'the log spells its own statements');
		// The same text is in the log only if a tick of this second is, and then none is due.
		assert(admit(leaf.value) === undefined, 'a tick that is not earlier than the last is admitted');
	};
	/** A tick alone is not logged; it changes nothing that a refusal could rest on. */
	const decidedAt = (): number =>
		said.every(({ statement }) => statement.type === 'clock/tick') ? head.size : head.size + fresh.length;
	const draftOne = (bytes: Uint8Array): Drafted => {
		const leaf = parseLeaf(context.suite, bytes);
		if (!leaf.ok) return { kind: 'refused', rule: leaf.error.rule, why: leaf.error.why };
		const { id } = leaf.value;
		const logged = rows.indexOf(id);
		if (logged !== undefined) return { kind: 'logged', id, index: logged };
		if (leaf.value.statement.type !== 'clock/tick') tick();
		const refusal = admit(leaf.value);
		if (refusal !== undefined) return signedRefusal(drafting, leaf.value, refusal, decidedAt());
		return { kind: 'receipt', id, index: head.size + fresh.length - 1 };
	};

	const drafted = notes.map(draftOne);
	if (head.size + fresh.length === 1) tick();
	const onlyTick = drafted.every(({ kind }) => kind !== 'receipt');
	if (onlyTick) return { drafted, fresh: [], said: [], batch: batchOf(drafting, [], [], []) };
	return { drafted, fresh, said, batch: batchOf(drafting, fresh, rows.changes(), events) };
}

function batchOf(
	{ context: { suite }, head }: Drafting,
	statements: Batch['statements'],
	rows: Batch['rows'],
	events: Batch['events'],
): Batch {
	const range: CompactRange = appendLeaves(
		suite,
		head.range,
		statements.map((statement) => statement.leafHash),
	);
	const grown = { size: range.size, root: rangeRoot(suite, range), range };
	return { expected: head.size, head: grown, statements, rows, events };
}
