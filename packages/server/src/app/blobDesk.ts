/**
 * Announcing held blobs (S26; `spec/storage.md`, D15): public images are linked first, then the log's key says in the log what is held, so that whatever the log announces can be
 * fetched the moment it is announced.
 */
import { parseLeaf } from '@matokeo/core/record/leaf.ts';
import type { Image } from '@matokeo/core/record/statement.ts';
import type { Context } from '@matokeo/core/rules/context.ts';
import type { RowReader } from '@matokeo/core/rules/rows.ts';
import type { Store } from '../ports/store.ts';
import { LATELY, type PublicBlobs } from '../publish/publicBlobs.ts';
import type { Answer } from './answer.ts';
import type { Appender } from './append.ts';
import type { Announcement, HeldBlobs } from './heldBlobs.ts';
import type { LogVoice } from './logVoice.ts';

export interface BlobDeskParts {
	readonly context: Context;
	readonly store: Store;
	readonly blobs: HeldBlobs;
	readonly images: PublicBlobs;
	readonly voice: LogVoice;
	readonly log: Appender;
}

export function blobDesk({ context, store, blobs, images, voice, log }: BlobDeskParts) {
	/** Indexes of the captures that were waiting for these blobs. */
	const awaiting = (rows: RowReader, group: readonly Announcement[]): readonly number[] => {
		const waiting = group.flatMap(({ sha256 }) => rows.get('blob', sha256)?.waiting ?? []);
		const captures = new Set(waiting.map(({ capture }) => capture));
		return [...captures].flatMap((id) => store.indexOf(id) ?? []);
	};
	const link = (captures: readonly number[], durable: 'now' | 'soon'): void => {
		if (captures.length > 0)
			images.link(
				captures.flatMap((index) => imagesAt(context, store, index)),
				durable,
			);
	};

	return (which: 'named' | 'all' = 'named'): readonly Answer[] => {
		const answers: Answer[] = [];
		const rows = log.rows();
		for (const group of blobs.unannounced(which, (digest) => rows.get('blob', digest))) {
			const captures = awaiting(log.rows(), group);
			const old = store.head().size - LATELY;
			link(
				captures.filter((index) => index >= old),
				'soon',
			);
			link(
				captures.filter((index) => index < old),
				'now',
			);
			const filed = group.filter(({ sha256 }) => log.rows().get('blob', sha256)?.filed === true);
			if (filed.length > 0) images.linkFiles(filed.map(({ sha256 }) => sha256));
			const answer = log.append([voice.say({ type: 'blob/held', blobs: group })]);
			if (answer.every(({ kind }) => kind === 'receipt' || kind === 'logged')) blobs.announced(group);
			answers.push(...answer);
		}
		return answers;
	};
}

function imagesAt({ suite }: Context, store: Store, index: number): readonly Image[] {
	const [logged] = store.statements(index, index + 1);
	const leaf = logged === undefined ? undefined : parseLeaf(suite, logged.note);
	return leaf?.ok === true && leaf.value.statement.type === 'form/capture' ? leaf.value.statement.images : [];
}
