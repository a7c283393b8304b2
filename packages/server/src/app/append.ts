/**
 * Appending (`spec/storage.md`, D5–D12): take the head, decide in memory, commit in one transaction, publish tiles, then the checkpoint, then answer. Read it from top to bottom with
 * `crashPoint.ts` beside it: each call of `faults` is a place where the process may die.
 */

import { filesNamedBy } from '@matokeo/core/record/filesNamed.ts';
import type { Digest } from '@matokeo/core/record/said.ts';
import type { Context, Said } from '@matokeo/core/rules/context.ts';
import { logRow } from '@matokeo/core/rules/opening.ts';
import type { RowReader } from '@matokeo/core/rules/rows.ts';
import type { Baseline } from '@matokeo/core/standings/baseline.ts';
import { bytesEqual } from '@matokeo/core/std/bytes.ts';
import { assert } from '@matokeo/core/std/result.ts';
import type { Head, Store } from '../ports/store.ts';
import type { Proofs } from '../publish/proofs.ts';
import type { Publisher } from '../publish/publisher.ts';
import type { Answer } from './answer.ts';
import type { Halt } from './cosigning.ts';
import type { Faults } from './crashPoint.ts';
import { type Draft, type Drafted, draftBatch } from './draft.ts';
import type { LogVoice } from './logVoice.ts';
import { type Overlay, overlay } from './overlay.ts';
import type { RowCache } from './rowCache.ts';

export interface AppenderParts {
	readonly context: Context;
	readonly baseline: Baseline;
	readonly store: Store;
	readonly cache: RowCache;
	readonly voice: LogVoice;
	readonly publishing: Publisher;
	readonly proving: Proofs;
	readonly clock: () => number;
	readonly faults: Faults;
	/** Once it says why, nothing is decided or signed any more. */
	readonly halt: Readonly<Halt>;
	/** An image that a new capture names, or a file that a filing does. */
	readonly noticed: (digest: Digest) => void;
}

export interface Appender {
	readonly append: (notes: readonly Uint8Array[]) => readonly Answer[];
	/** The rows as they stand now; ask again after anything may have been appended. */
	readonly rows: () => RowReader;
}

/** Notes decided and committed together: bounds the memory of one transaction. Longer lists are appended in several. */
const NOTES_PER_COMMIT_MAX = 1_024;
/** How often a batch is decided again because another process was faster. */
const CONFLICTS_MAX = 20;

const CLOCK_BACK = 'the clock of the log is behind its own last tick: nothing is signed until it is right; send again';
const OVERTAKEN = 'other processes were faster every time; nothing of this was logged; send again';

export function appender(parts: AppenderParts): Appender {
	const { store, cache, publishing, faults } = parts;
	/** The head that the cached rows belong to. */
	let ours: Head | undefined;

	const takeHead = (): Head => {
		const head = store.head();
		if (ours === undefined || ours.size !== head.size || !bytesEqual(ours.root, head.root)) cache.clear();
		ours = head;
		return head;
	};
	const draft = (notes: readonly Uint8Array[]): { readonly draft: Draft; readonly rows: Overlay } | undefined =>
		store.snapshot(() => {
			const head = takeHead();
			const rows = overlay({ cache, indexOf: store.indexOf, rootAt: parts.proving.rootAt });
			const now = parts.clock();
			assert(Number.isSafeInteger(now) && now > 0, 'the clock gives UTC seconds');
			if (now < logRow(rows).time) return undefined;
			const { context, baseline, voice } = parts;
			return { draft: draftBatch({ context, baseline, voice, head, rows, now }, notes), rows };
		});

	/** D11: what was logged before is answered too only when it is published; a crash may have left that undone. */
	const commitAndPublish = ({ batch, fresh, said }: Draft, rows: Overlay): boolean => {
		if (fresh.length === 0) {
			if (batch.head.size > (publishing.latest()?.size ?? 0)) publishing.publish({ statements: [] });
			return true;
		}
		faults('before-commit');
		if (store.commit(batch) === 'conflict') return false;
		faults('after-commit');
		rows.settle();
		ours = batch.head;
		publishing.publish({ statements: fresh, said });
		noticeImages(parts, said);
		return true;
	};

	const appendSome = (notes: readonly Uint8Array[]): readonly Answer[] => {
		const { why } = parts.halt;
		if (why !== undefined) return notes.map(() => ({ kind: 'later', why }));
		for (let attempt = 0; attempt < CONFLICTS_MAX; attempt++) {
			const made = draft(notes);
			if (made === undefined) return notes.map(() => ({ kind: 'later', why: CLOCK_BACK }));
			if (commitAndPublish(made.draft, made.rows)) return made.draft.drafted.map((one) => answerOf(parts, one));
		}
		return notes.map(() => ({ kind: 'later', why: OVERTAKEN }));
	};

	const append = (notes: readonly Uint8Array[]): readonly Answer[] => {
		const answers: Answer[] = [];
		try {
			for (let at = 0; at < notes.length; at += NOTES_PER_COMMIT_MAX)
				answers.push(...appendSome(notes.slice(at, at + NOTES_PER_COMMIT_MAX)));
			return answers;
		} catch (error) {
			// Whatever failed, what is remembered may no longer be what the database holds.
			ours = undefined;
			throw error;
		}
	};
	const reader: RowReader = { get: cache.get, indexOf: store.indexOf, rootAt: parts.proving.rootAt };
	const rows = (): RowReader => {
		takeHead();
		return reader;
	};
	return { append, rows };
}

function noticeImages({ noticed }: AppenderParts, said: readonly Said[]): void {
	for (const { statement } of said) {
		if (statement.type === 'form/capture') for (const { sha256 } of statement.images) noticed(sha256);
		for (const sha256 of filesNamedBy(statement)) noticed(sha256);
	}
}

function answerOf({ store, publishing, proving }: AppenderParts, drafted: Drafted): Answer {
	if (drafted.kind === 'refused') return drafted;
	const { id, index } = drafted;
	const size = publishing.latest()?.size ?? 0;
	assert(index < size, 'an entry is answered for when it is published');
	const proof = () => proving.prove(index);
	if (drafted.kind === 'receipt') return { kind: 'receipt', id, index, size, proof };
	const [logged] = store.statements(index, index + 1);
	assert(logged?.id === id, 'the index of statements names the statement');
	return { kind: 'logged', id, index, size, note: logged.note, proof };
}
