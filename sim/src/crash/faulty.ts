/**
 * Two builds that acknowledge too early, kept here and nowhere else, to show that the crash test would find them: one answers before it has done anything, one says "committed" before it
 * has committed.
 */

import { parseLeaf } from '@matokeo/core/record/leaf.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import type { Answer } from '@matokeo/server/app/answer.ts';
import type { OpenedLog } from '@matokeo/server/app/openedLog.ts';
import type { Batch, Head, Store } from '@matokeo/server/ports/store.ts';

export type Build = 'honest' | 'answers-early' | 'commits-late';

/** Answers with the receipts that it expects to be able to give, and appends when it is called next. */
export function answersEarly(suite: Suite, log: OpenedLog, now: number): OpenedLog {
	let waiting: readonly Uint8Array[] = [];
	return {
		...log,
		append: (notes) => {
			log.append(waiting);
			waiting = notes;
			let next = log.size();
			let tickDue = log.rows().get('log', '')?.time !== now;
			return notes.map((note): Answer => {
				const leaf = parseLeaf(suite, note);
				const id = leaf.ok ? leaf.value.id : '';
				const logged = log.rows().indexOf(id);
				if (logged === undefined && tickDue && next > 0) next++;
				if (logged === undefined && next > 0) tickDue = false;
				const index = logged ?? next++;
				return { kind: 'receipt', id, index, size: index + 1, proof: () => '' };
			});
		},
	};
}

/** Keeps each batch in memory until the next one comes, and shows it as if it were committed. */
export function commitsLate(store: Store): Store {
	let waiting: Batch | undefined;
	const head = (): Head => waiting?.head ?? store.head();
	return {
		...store,
		head,
		indexOf: (id) => waiting?.statements.find((one) => one.id === id)?.index ?? store.indexOf(id),
		statements: (from, to) => [
			...store.statements(from, to),
			...(waiting?.statements.filter(({ index }) => index >= from && index < to) ?? []),
		],
		commit: (batch) => {
			if (batch.expected !== head().size) return 'conflict';
			if (waiting !== undefined) store.commit(waiting);
			waiting = batch;
			return 'committed';
		},
	};
}
