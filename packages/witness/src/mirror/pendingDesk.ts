/**
 * Taking in what senders could not deliver (M20–M22): each note is asked for its spelling, its election, keys that are in force in the verified state, signatures that hold, and room; then it is kept durably
 * and answered with the mirror's word. Whether the log would admit it is not asked: that depends on what comes before it, and is the log's to say.
 */
import type { NoteSigner } from '@matokeo/core/log/note.ts';
import { type Leaf, parseLeaf } from '@matokeo/core/record/leaf.ts';
import type { Context } from '@matokeo/core/rules/context.ts';
import { signedBy } from '@matokeo/core/rules/decide.ts';
import type { RowReader } from '@matokeo/core/rules/rows.ts';
import { signersOf } from '@matokeo/core/rules/signers.ts';
import type { Limits } from './limits.ts';
import { printPending } from './pendingNote.ts';
import type { PendingRoom } from './pendingRoom.ts';
import type { NewStatement, PendingStore } from './pendingStore.ts';

export type PendingAnswer =
	| { readonly kind: 'pending'; readonly id: string; readonly note: Uint8Array }
	| { readonly kind: 'logged'; readonly id: string; readonly index: number }
	| { readonly kind: 'refused'; readonly rule: string; readonly why: string }
	| { readonly kind: 'full'; readonly why: string };

export interface PendingDesk {
	readonly take: (notes: readonly Uint8Array[], address: string) => readonly PendingAnswer[];
}

export interface DeskParts {
	readonly context: Context;
	/** The verified state and its size. */
	readonly rows: () => RowReader;
	readonly size: () => number;
	readonly store: PendingStore;
	/** Counts everything that `store` says is waiting. */
	readonly room: PendingRoom;
	readonly signer: NoteSigner;
	/** UTC seconds. */
	readonly clock: () => number;
	readonly limits: Limits;
}

export function pendingDesk(parts: DeskParts): PendingDesk {
	return {
		take: (notes, address) => {
			const fresh = new Map<string, NewStatement>();
			const answers = notes.map((note) => answer(parts, note, address, fresh));
			// Durable before any word of it leaves.
			try {
				if (fresh.size > 0) parts.store.keep([...fresh.values()]);
			} catch (error) {
				for (const id of fresh.keys()) parts.room.remove(id);
				throw error;
			}
			return answers;
		},
	};
}

function answer(parts: DeskParts, bytes: Uint8Array, address: string, fresh: Map<string, NewStatement>): PendingAnswer {
	const { context, store, room, signer, limits } = parts;
	const leaf = parseLeaf(context.suite, bytes);
	if (!leaf.ok) return { kind: 'refused', ...leaf.error };
	const { id } = leaf.value;
	const index = parts.rows().indexOf(id);
	if (index !== undefined) return { kind: 'logged', id, index };
	const known = store.statement(id) ?? fresh.get(id);
	if (known !== undefined) return { kind: 'pending', id, note: known.word };
	const refusal = refusalOf(parts, leaf.value);
	if (refusal !== undefined) return { kind: 'refused', ...refusal };
	const names = leaf.value.signatures.map(({ name }) => name);
	const weighed = { id, bytes: bytes.length, address, signers: names.join(' ') };
	const full = room.refuse(weighed);
	if (full !== undefined) return { kind: 'full', why: full };
	room.add(weighed);
	const [time, size] = [parts.clock(), parts.size()];
	const { election } = context;
	const word = printPending({ election: election.id, digest: election.digest, id, time, size }, signer);
	const { statement } = leaf.value;
	const images = statement.type === 'form/capture' ? statement.images : [];
	const named = images.filter((image) => image.size <= limits.imageBytesMax);
	fresh.set(id, { id, note: bytes, type: statement.type, address, received: time, word, names, images: named });
	return { kind: 'pending', id, note: word };
}

function refusalOf(
	{ context, rows, size }: DeskParts,
	leaf: Leaf,
): { readonly rule: string; readonly why: string } | undefined {
	const { election } = context;
	if (leaf.election !== election.id || leaf.digest !== election.digest)
		return {
			rule: 'S5',
			why: `the statement is for ${leaf.election} ${leaf.digest}, this mirror follows ${election.id} ${election.digest}: hand it to whom it concerns`,
		};
	const signers = signersOf(context, rows(), leaf.signatures, size());
	if (!signers.ok) return signers.error;
	const signed = signedBy(context);
	for (const [place, signer] of signers.value.entries()) {
		const signature = leaf.signatures[place];
		if (signature === undefined || !signed(signer, signature, leaf))
			return {
				rule: 'S7',
				why: `the signature of "${signer.name}" does not fit this text: it was changed, or signed by another key; sign this very text again`,
			};
		if (signer.office === 'log')
			return {
				rule: 'M21',
				why: "the log's own key speaks in the log and nowhere else: there is nobody to forward this for",
			};
	}
	return undefined;
}
