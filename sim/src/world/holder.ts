/**
 * Those who hold receipts on one side: every receipt is checked when it comes, and again and again against what is published later. What a receipt proves and what is published must be one log.
 */
import { verifyCheckpoint } from '@matokeo/core/log/checkpoint.ts';
import { checkInclusion, leafHash, rangeHash } from '@matokeo/core/log/merkle.ts';
import { parseProof } from '@matokeo/core/log/proof.ts';
import { bytesEqual, utf8Encode } from '@matokeo/core/std/bytes.ts';
import type { ReadFile } from '@matokeo/server/ports/disk.ts';
import { compareCheckpoints } from '@matokeo/verifier/evidence/pair.ts';
import type { Raise } from './alarm.ts';
import { accused, suite, trust } from './cast.ts';
import { folder, prefixIn, type TreeHead, treeIn } from './treeOf.ts';

export interface Held extends TreeHead {
	readonly id: string;
	readonly index: number;
	/** The checkpoint that the receipt is under. */
	readonly note: Uint8Array;
}

export interface Holder {
	/** Takes a receipt for this note; false, and an alarm, when it proves nothing. */
	readonly hold: (note: Uint8Array, id: string, proof: string) => boolean;
	/** Compares with what was published when so many receipts were held, or later: the newest of them and some others, or all. */
	readonly look: (read: ReadFile, which: 'some' | 'all', count: number) => void;
	readonly held: () => readonly Held[];
}

/** Receipts that are looked at again each time, beside the new ones. */
const AGAIN = 2;

export function holder(name: string, now: () => number, raise: Raise): Holder {
	const receipts: Held[] = [];
	const ids = new Set<string>();
	let looked = 0;
	let turn = 0;

	const complain = (what: string, one: Held, read: ReadFile): void => {
		const note = read(folder.checkpoint);
		const verified = note === undefined ? undefined : verifyCheckpoint(suite, note, trust);
		if (note === undefined || verified?.ok !== true) return void raise({ kind: 'receipt-broken', by: name, what });
		const head = verified.value.checkpoint;
		const compared = compareCheckpoints(suite, accused, one.note, note, (_larger, oldSize) =>
			prefixIn(read, head, oldSize),
		);
		const found = compared.ok && compared.value.kind === 'evidence' ? compared.value.misbehaviour : undefined;
		const time = Math.floor(now() / 1000);
		raise({
			kind: 'receipt-broken',
			by: name,
			what,
			...(found === undefined ? {} : { evidence: { ...accused, reporter: name, time, ...found } }),
		});
	};

	return {
		hold: (note, id, proof) => {
			if (ids.has(id)) return true;
			const parsed = parseProof(utf8Encode(proof));
			const verified = parsed.ok ? verifyCheckpoint(suite, parsed.value.checkpoint, trust) : parsed;
			if (!parsed.ok || !verified.ok) {
				raise({ kind: 'receipt-broken', by: name, what: 'the receipt is none' });
				return false;
			}
			const { index, hashes, checkpoint } = parsed.value;
			const { size, root } = verified.value.checkpoint;
			if (!checkInclusion(suite, { index, size, root, leafHash: leafHash(suite, note) }, hashes)) {
				raise({ kind: 'receipt-broken', by: name, what: `the receipt does not prove entry ${index}` });
				return false;
			}
			receipts.push({ id, index, size, root, note: checkpoint });
			ids.add(id);
			return true;
		},
		look: (read, which, count) => {
			const note = read(folder.checkpoint);
			const verified = note === undefined ? undefined : verifyCheckpoint(suite, note, trust);
			if (verified?.ok !== true || count === 0) return;
			const head = verified.value.checkpoint;
			const tree = treeIn(read, head);
			if (tree === undefined) return;
			const known = receipts.slice(0, count);
			const again = Array.from({ length: AGAIN }, () => known[turn++ % count] ?? []).flat();
			for (const one of which === 'all' ? known : [...known.slice(looked), ...again]) {
				if (head.size < one.size)
					return complain(`a receipt is under size ${one.size}, published are ${head.size}`, one, read);
				const then = rangeHash(suite, tree, { start: 0, end: one.size });
				if (!then.ok || !bytesEqual(then.value, one.root))
					return complain(`a receipt is under another tree of size ${one.size}`, one, read);
			}
			looked = count;
		},
		held: () => receipts,
	};
}
