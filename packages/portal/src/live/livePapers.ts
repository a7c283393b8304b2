/**
 * Papers of certificates and declarations as a server makes them when they are asked for (D31, A26): one at a time, PDFs beside everything else, each kept until what it says changes. Where static pages are
 * kept they lie there as files, and nobody asks here.
 */

import type { Assets } from '../pages/context.ts';
import { pdfAside } from '../papers/pdfAside.ts';
import { paperAt, paperState } from '../papers/published.ts';
import type { RecordReader } from '../record.ts';
import { parsePaperPath } from '../site/parsePath.ts';
import { PortalBusy, type SiteFile } from './portalPort.ts';

/** Papers kept: some megabytes each at the most. */
const KEPT_MAX = 24;
/** Papers that wait to be made: at a second each a reader waits no longer than half a minute, and nobody can pile up more. */
const WAITING_MAX = 30;
const TYPES = { html: 'text/html; charset=utf-8', pdf: 'application/pdf' } as const;

interface Kept {
	readonly state: string;
	readonly file: Promise<SiteFile | undefined>;
}

/** By the path in the site. */
export function livePapers(
	record: RecordReader,
	assets: Pick<Assets, 'css' | 'icon'>,
): (path: string) => Promise<SiteFile | undefined> {
	const papers = new Map<string, Kept>();
	let last: Promise<unknown> = Promise.resolve();
	let waiting = 0;

	return async (path) => {
		const named = parsePaperPath(path);
		if (named === undefined) return undefined;
		const { size } = record.head();
		const state = paperState(record, named.id, size);
		if (state === undefined) return undefined;
		const kept = papers.get(path);
		if (kept?.state === state) return kept.file;
		if (waiting >= WAITING_MAX) throw new PortalBusy(`${waiting} papers are being made`);
		const make = async (): Promise<SiteFile | undefined> => {
			const made = await paperAt(record, path, size, assets, pdfAside);
			return made === undefined ? undefined : { body: made.body, type: TYPES[named.type] };
		};
		const file = last.then(make);
		waiting++;
		last = file.catch(() => undefined).finally(() => waiting--);
		papers.delete(path);
		papers.set(path, { state, file });
		for (const oldest of papers.keys()) {
			if (papers.size <= KEPT_MAX) break;
			papers.delete(oldest);
		}
		// Whoever waited has the exception; the next one tries again.
		file.catch(() => papers.delete(path));
		return file;
	};
}
