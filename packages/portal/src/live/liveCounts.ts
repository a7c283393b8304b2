/**
 * Pages and tables of lodged counts as a server answers them (W18): whoever asks for one has its comparison made, or waits for the one that is being made. A comparison stands for a minute however the log
 * moves, so that a night's crowd costs one a minute.
 */
import type { StatementId } from '@matokeo/core/record/said.ts';
import { type CountDesk, countDesk } from '../comparing/desk.ts';
import type { RecordReader } from '../record.ts';
import { parseCountCsvPath, parseDataPath, parsePagePath } from '../site/parsePath.ts';
import { comparedInList } from '../views/counts.ts';

/** Milliseconds. */
const REST_MS = 60_000;

export interface LiveCounts {
	readonly desk: CountDesk;
	/** Makes what the page or file at this path shows; answers whether it will be another although the log stands still. Throws `PortalBusy`. */
	readonly bring: (path: string) => Promise<boolean>;
	/** The table at this path. */
	readonly csv: (path: string) => string | undefined;
}

export function liveCounts(record: RecordReader, nowMs: () => number): LiveCounts {
	const desk = countDesk(record, { nowMs, restMs: REST_MS });
	return {
		desk,
		bring: async (path) => {
			const ids = idsAt(record, path);
			for (const id of ids) await desk.bring(id);
			return ids.some(desk.isDue);
		},
		csv: (path) => {
			const table = parseCountCsvPath(path);
			return table === undefined ? undefined : desk.csv(table.id, table.stage);
		},
	};
}

/** The counts whose comparison the page or file at a path shows. */
function idsAt(record: RecordReader, path: string): readonly StatementId[] {
	const table = parseCountCsvPath(path);
	if (table !== undefined) return [table.id];
	const page = parsePagePath(path)?.address;
	if (page?.page === 'count') return [page.id];
	if (page?.page === 'counts') return comparedInList(record, page.contest);
	const data = parseDataPath(path);
	if (data?.data === 'count') return [data.id];
	return data?.data === 'counts' ? comparedInList(record, data.contest) : [];
}
