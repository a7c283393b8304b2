/**
 * The sender's own book: every receipt is verified against the log's key when it comes, every refusal must be a note of the log, and at the end the whole published log is read to
 * see that nothing acknowledged is missing and that every checkpoint ever received is a beginning of it (L5, L25, D10–D12). It believes nothing that the server says about itself.
 */

import type { Election } from '@matokeo/core/election/types.ts';
import { verifyCheckpoint } from '@matokeo/core/log/checkpoint.ts';
import { checkInclusion, leafHash } from '@matokeo/core/log/merkle.ts';
import { parseProof } from '@matokeo/core/log/proof.ts';
import { parseRefusal } from '@matokeo/core/record/refusalNote.ts';
import { type Context, contextOf } from '@matokeo/core/rules/context.ts';
import { trustOf } from '@matokeo/core/rules/witnessed.ts';
import { bytesEqual, utf8Encode } from '@matokeo/core/std/bytes.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import type { Spoken } from '../play/speaking.ts';
import type { WireAnswer } from './wire.ts';

/** How what was sent ended. */
export const ENDINGS = {
	receipt: 'acknowledged at once',
	'receipt-on-second-try': 'acknowledged after a lost answer, with the receipt of what was logged',
	'resent-logged': 'sent again after its receipt, and answered with the same entry',
	'second-device': 'captured by a second device too, with the same figures',
	'refused-as-due': 'refused as it must be, with a note signed by the log',
	'clock-off': 'acknowledged although the clock of the sender is a day off',
	offline: 'acknowledged hours later',
	'logged-before': 'in the log already, from an earlier run or from a try that was not heard',
	'upload-whole': 'image sent in one go',
	'upload-resumed': 'image broken off and resumed',
	'upload-again': 'image broken off before it was announced, and sent again',
	'upload-there': 'image that the log held already',
	'opening-kept': 'opening kept in confidence',
	'opening-there': 'opening of a reading that the log had opened already',
} as const;
export type Ending = keyof typeof ENDINGS;

type Acknowledged = Extract<WireAnswer, { kind: 'receipt' | 'logged' }>;

export interface Entry {
	readonly index: number;
	/** 32 bytes. */
	readonly leafHash: Uint8Array;
}

export interface Ledger {
	/** Counts an ending. */
	readonly ended: (ending: Ending, count?: number) => void;
	/** Something ended otherwise than it should. */
	readonly fault: (what: string) => void;
	/** Verifies a receipt for this note; false, with a fault noted, when it does not hold. */
	readonly acknowledged: (spoken: Spoken, answer: Acknowledged) => boolean;
	/** Verifies a signed refusal of this note by one of the two spellings of a rule. */
	readonly refused: (spoken: Spoken, answer: Extract<WireAnswer, { kind: 'refused' }>) => boolean;
	/** An image that the server has taken: the log must say that it is held. */
	readonly handedOver: (digest: string) => void;
	readonly images: ReadonlySet<string>;
	/** Statement id → where it must stand. */
	readonly entries: ReadonlyMap<string, Entry>;
	/** Size → root of every checkpoint that came with a receipt. */
	readonly roots: ReadonlyMap<number, Uint8Array>;
	readonly endings: () => ReadonlyMap<Ending, number>;
	readonly faults: () => { readonly count: number; readonly first: readonly string[] };
}

/** Faults that are kept in words; the rest are counted. */
const FAULTS_KEPT_MAX = 50;
/** Receipts of one batch share a checkpoint: so many verified ones are remembered. */
const CHECKPOINTS_KEPT_MAX = 64;

export function openLedger(suite: Suite, election: Election): Ledger {
	const context = contextOf(suite, election);
	const images = new Set<string>();
	const book = { images, entries: new Map<string, Entry>(), roots: new Map<number, Uint8Array>() };
	const endings = new Map<Ending, number>();
	const first: string[] = [];
	let count = 0;
	const fault = (what: string): false => {
		count++;
		if (first.length < FAULTS_KEPT_MAX) first.push(what);
		return false;
	};
	const checkpointOf = rememberedCheckpoints(context);

	const acknowledged = ({ id, bytes }: Spoken, answer: Acknowledged): boolean => {
		const entry = answer.kind === 'logged' ? utf8Encode(answer.note) : bytes;
		if (answer.id !== id) return fault(`the receipt for ${id} names ${answer.id}`);
		if (!bytesEqual(entry, bytes)) return fault(`another note than the one sent is said to be logged as ${id}`);
		const proof = parseProof(utf8Encode(answer.proof));
		if (!proof.ok) return fault(`the receipt for ${id} is no proof: ${proof.error}`);
		const checkpoint = checkpointOf(proof.value.checkpoint);
		if (typeof checkpoint === 'string') return fault(`the receipt for ${id}: ${checkpoint}`);
		const { size, root } = checkpoint;
		const { index, hashes } = proof.value;
		const hash = leafHash(suite, entry);
		if (index !== answer.index) return fault(`the receipt for ${id} says index ${answer.index}, its proof ${index}`);
		if (!checkInclusion(suite, { index, size, leafHash: hash, root }, hashes))
			return fault(`the receipt for ${id} does not lead to the root of size ${size}`);
		const known = book.entries.get(id);
		if (known !== undefined && known.index !== index)
			return fault(`${id} stands at ${known.index} by one receipt and at ${index} by another`);
		const other = book.roots.get(size);
		if (other !== undefined && !bytesEqual(other, root)) return fault(`two checkpoints of size ${size}: a fork`);
		book.entries.set(id, { index, leafHash: hash });
		book.roots.set(size, root);
		return true;
	};

	return {
		...book,
		ended: (ending, more = 1) => void endings.set(ending, (endings.get(ending) ?? 0) + more),
		fault: (what) => void fault(what),
		acknowledged,
		handedOver: (digest) => void images.add(digest),
		refused: ({ id }, { rule, why, note }) => {
			if (note === undefined) return fault(`${id} was refused (${rule}: ${why}) without a note signed by the log`);
			const wrong = wrongRefusal(context, id, rule, utf8Encode(note));
			return wrong === undefined ? true : fault(`the refusal of ${id}: ${wrong}`);
		},
		endings: () => endings,
		faults: () => ({ count, first }),
	};
}

function rememberedCheckpoints(
	context: Context,
): (note: Uint8Array) => { readonly size: number; readonly root: Uint8Array } | string {
	const trust = trustOf(context);
	const known = new Map<string, { readonly size: number; readonly root: Uint8Array }>();
	return (note) => {
		const key = Buffer.from(note).toString('latin1');
		const found = known.get(key);
		if (found !== undefined) return found;
		const verified = verifyCheckpoint(context.suite, note, trust);
		if (!verified.ok) return verified.error;
		if (known.size >= CHECKPOINTS_KEPT_MAX) known.clear();
		known.set(key, verified.value.checkpoint);
		return verified.value.checkpoint;
	};
}

/** What is wrong with a note that says: this statement was refused by this rule (D12). */
function wrongRefusal(context: Context, id: string, rule: string, bytes: Uint8Array): string | undefined {
	const { suite, election } = context;
	const refusal = parseRefusal(suite, bytes, trustOf(context).logKeys);
	if (!refusal.ok) return refusal.error;
	const said = refusal.value;
	if (said.election !== election.id || said.digest !== election.digest) return 'it is not a refusal of this election';
	return said.statement === id && said.rule === rule ? undefined : `it says ${said.rule} of ${said.statement}`;
}
