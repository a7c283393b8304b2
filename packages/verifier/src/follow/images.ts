/**
 * Which images the log says are held and its package publishes (V31), and which files of proceedings (V34), told while the log is followed: whoever keeps images so knows which to fetch, and which not to show any more. It opens no image.
 */
import { filesNamedBy } from '@matokeo/core/record/filesNamed.ts';
import type { Said } from '@matokeo/core/rules/context.ts';
import type { Run } from '../check/run.ts';

/** `public`: it must be where the log publishes. `withheld`: it was taken from publication by decision. */
export interface ImageNews {
	readonly state: 'public' | 'withheld';
	/** 64 hex digits. */
	readonly sha256: string;
	/** Bytes, as the log's key said when it was held. */
	readonly size: number;
}

/** What a statement that was admitted has just changed. An image may be told of more than once. */
export function imageNews(run: Run, { statement }: Said, tell: (news: ImageNews) => void): void {
	switch (statement.type) {
		case 'form/capture':
			for (const { sha256 } of statement.images) tellOne(run, sha256, tell);
			return;
		case 'blob/held':
			for (const { sha256 } of statement.blobs) tellOne(run, sha256, tell);
			return;
		case 'blob/withhold':
			tellOne(run, statement.sha256, tell);
			return;
		default:
			for (const sha256 of filesNamedBy(statement)) tellOne(run, sha256, tell);
	}
}

/** All that are public as the replay stands, in no promised order. */
export function* publicImages(run: Run): Generator<ImageNews> {
	for (const [sha256] of run.rows.entries('blob')) {
		const news = newsOf(run, sha256);
		if (news?.state === 'public') yield news;
	}
}

function tellOne(run: Run, sha256: string, tell: (news: ImageNews) => void): void {
	const news = newsOf(run, sha256);
	if (news !== undefined) tell(news);
}

function newsOf({ rows, blobs }: Run, sha256: string): ImageNews | undefined {
	const row = rows.peek('blob', sha256);
	if (row?.held === undefined || row.size === undefined || !blobs.isPublic(sha256)) return undefined;
	return { state: row.withheld === undefined ? 'public' : 'withheld', sha256, size: row.size };
}
