/**
 * Announcing held blobs (S26; `spec/storage.md`, D15): public images are linked first, then the log's key says in the log what is held, so that whatever the log announces can be
 * fetched the moment it is announced.
 */
import { parseLeaf } from '@matokeo/core/record/leaf.ts';
import type { Image, StatementId } from '@matokeo/core/record/statement.ts';
import type { Context } from '@matokeo/core/rules/context.ts';
import type { RowReader } from '@matokeo/core/rules/rows.ts';
import type { Store } from '../ports/store.ts';
import type { PublicBlobs } from '../publish/publicBlobs.ts';
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
	/** The images of the captures that were waiting for these blobs. */
	const awaited = (rows: RowReader, group: readonly Announcement[]): readonly Image[] => {
		const captures = new Set(
			group.flatMap(({ sha256 }) => (rows.get('blob', sha256)?.waiting ?? []).map((one) => one.capture)),
		);
		return [...captures].flatMap((id) => imagesOf(context, store, id));
	};

	return (which: 'named' | 'all' = 'named'): readonly Answer[] => {
		const answers: Answer[] = [];
		const rows = log.rows();
		for (const group of blobs.unannounced(which, (digest) => rows.get('blob', digest))) {
			images.link(awaited(log.rows(), group));
			const answer = log.append([voice.say({ type: 'blob/held', blobs: group })]);
			if (answer.every(({ kind }) => kind === 'receipt' || kind === 'logged')) blobs.announced(group);
			answers.push(...answer);
		}
		return answers;
	};
}

function imagesOf({ suite }: Context, store: Store, capture: StatementId): readonly Image[] {
	const index = store.indexOf(capture);
	const [logged] = index === undefined ? [] : store.statements(index, index + 1);
	const leaf = logged === undefined ? undefined : parseLeaf(suite, logged.note);
	return leaf?.ok === true && leaf.value.statement.type === 'form/capture' ? leaf.value.statement.images : [];
}
