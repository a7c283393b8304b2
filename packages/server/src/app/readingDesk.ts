/**
 * The desk that clerks hand their openings to (`spec/storage.md`, D17): keeps them in confidence, and opens a capture's readings all at once.
 */

import { parseLeaf } from '@matokeo/core/record/leaf.ts';
import type { StatementId } from '@matokeo/core/record/said.ts';
import type { Context } from '@matokeo/core/rules/context.ts';
import type { Refusal } from '@matokeo/core/rules/refusal.ts';
import { assert, ok, type Result } from '@matokeo/core/std/result.ts';
import type { KeptOpening, Store } from '../ports/store.ts';
import type { Appender } from './append.ts';
import type { Faults } from './crashPoint.ts';
import type { LogVoice } from './logVoice.ts';
import type { Delivery, Opened } from './openedLog.ts';
import { checkDelivery, openable } from './openings.ts';

export interface ReadingDeskParts {
	readonly context: Context;
	readonly store: Store;
	readonly voice: LogVoice;
	readonly log: Appender;
	readonly faults: Faults;
}

export interface ReadingDesk {
	readonly deliver: (deliveries: readonly Delivery[]) => readonly Result<StatementId, Refusal>[];
	readonly open: () => readonly Opened[];
}

export function readingDesk({ context, store, voice, log, faults }: ReadingDeskParts): ReadingDesk {
	// A crash between opening readings and forgetting what clerks had handed in leaves openings that are public already.
	const { spent: leftOver } = openable(log.rows(), store.keptOpenings());
	if (leftOver.length > 0) store.dropOpenings(leftOver);
	/**
	 * Captures that may have become ready: a delivery is what makes one ready, whichever process took the others. The rest of what is kept is not looked at, however much that
	 * is.
	 */
	const touched = new Set(store.keptOpenings().map(({ capture }) => capture));

	return {
		deliver: (deliveries) => {
			const rows = log.rows();
			const kept: KeptOpening[] = [];
			const answers = deliveries.map((delivery): Result<StatementId, Refusal> => {
				const checked = checkDelivery(context, store, rows, delivery);
				if (!checked.ok) return checked;
				const { isOpen, ...opening } = checked.value;
				// Whoever lost the first answer and sends again is told the same.
				if (!isOpen) kept.push(opening);
				return ok(opening.reading);
			});
			if (kept.length > 0) store.keepOpenings(kept);
			for (const { capture } of kept) touched.add(capture);
			faults('opening-kept');
			return answers;
		},
		open: () => {
			if (touched.size === 0) return [];
			const concerned = [...touched].flatMap((capture) => store.keptOpenings(capture));
			const { ready, spent } = openable(log.rows(), concerned);
			const leaves = ready.map(({ capture, openings }) => {
				const bytes = voice.say({ type: 'reading/open', capture, openings });
				const leaf = parseLeaf(context.suite, bytes);
				assert(leaf.ok, 'the log spells its own statements');
				return { capture, id: leaf.value.id, bytes, readings: openings.map(({ reading }) => reading) };
			});
			const answers = log.append(leaves.map(({ bytes }) => bytes));
			const done: StatementId[] = [...spent];
			const opened = leaves.flatMap(({ capture, id, readings }, i): readonly Opened[] => {
				const answer = answers[i];
				if (answer === undefined) return [];
				if (answer.kind === 'receipt' || answer.kind === 'logged') done.push(...readings);
				return [{ capture, id, answer }];
			});
			if (done.length > 0) store.dropOpenings(done);
			touched.clear();
			for (const { capture, answer } of opened) if (answer.kind === 'later') touched.add(capture);
			return opened;
		},
	};
}
