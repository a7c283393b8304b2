/**
 * Leaves of the log, parsed, the last few hundred kept: many histories share one `blob/held`, and pages of one batch are made together.
 */
import { type Leaf, parseLeaf } from '@matokeo/core/record/leaf.ts';
import type { RecordReader } from '../record.ts';

/** A leaf is at most 64 KiB, so the memory of these is bounded. */
const LEAVES_KEPT_MAX = 512;

const kept = new WeakMap<RecordReader, Map<number, Leaf>>();

/** The leaf at an index; a log that does not hold it, or holds something else there, is damaged, and `fsck` says how. */
export function leafAt(reader: RecordReader, index: number): Leaf | undefined {
	const leaves = kept.get(reader) ?? new Map<number, Leaf>();
	kept.set(reader, leaves);
	const known = leaves.get(index);
	if (known !== undefined) return known;
	const note = reader.note(index);
	const leaf = note === undefined ? undefined : parseLeaf(reader.context.suite, note);
	if (leaf?.ok !== true) return undefined;
	leaves.set(index, leaf.value);
	const [oldest] = leaves.keys();
	if (leaves.size > LEAVES_KEPT_MAX && oldest !== undefined) leaves.delete(oldest);
	return leaf.value;
}
