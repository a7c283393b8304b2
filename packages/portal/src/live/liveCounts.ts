/**
 * Pages and tables of lodged counts as a server answers them (W18): whoever asks for one has its comparison made, or waits for the one that is being made, but not for long: then the page shows the former
 * one, or says that it is being made. A comparison stands for a minute however the log moves, so that a night's crowd costs one a minute.
 */
import type { StatementId } from '@matokeo/core/record/said.ts';
import { type CountDesk, countDesk } from '../comparing/desk.ts';
import type { RecordReader } from '../record.ts';
import { parseCountCsvPath, parseDataPath, parsePagePath } from '../site/parsePath.ts';
import { comparedInList } from '../views/counts.ts';
import type { Patience } from './patience.ts';
import { PortalBusy } from './portalPort.ts';

/** Milliseconds. */
const REST_MS = 60_000;
/** A reader of one count waits for a comparison of a hundred thousand stations; of a list, of which each line is one, hardly at all. Milliseconds; a server closes a connection on which nothing comes for 30 s. */
const PATIENCE_MS = 10_000;
const LIST_PATIENCE_MS = 2_000;

export interface LiveCounts {
	readonly desk: CountDesk;
	/** Makes what the page or file at this path shows; answers whether it will be another although the log stands still. Throws `PortalBusy` where a table is not made yet. */
	readonly bring: (path: string) => Promise<boolean>;
	/** The table at this path. */
	readonly csv: (path: string) => Uint8Array | undefined;
}

export function liveCounts(record: RecordReader, nowMs: () => number, patience: Patience): LiveCounts {
	const desk = countDesk(record, { nowMs, restMs: REST_MS });
	return {
		desk,
		bring: async (path) => {
			const asked = askedAt(record, path);
			if (asked === undefined) return false;
			const { ids, ms, csv } = asked;
			await patience(
				ids.map((id) => desk.bring(id).catch(unlessBusy)),
				ms,
			);
			if (csv !== undefined && desk.isDue(csv.id) && desk.known(csv.id) === undefined)
				throw new PortalBusy('the comparison is being made');
			return ids.some(desk.isDue);
		},
		csv: (path) => {
			const table = parseCountCsvPath(path);
			return table === undefined ? undefined : desk.csv(table.id, table.stage);
		},
	};
}

/** No more is begun than can be waited for; pages say what there is. */
function unlessBusy(error: unknown): void {
	if (!(error instanceof PortalBusy)) throw error;
}

interface Asked {
	readonly ids: readonly StatementId[];
	/** How long a reader waits for them. */
	readonly ms: number;
	/** A table has nothing to show before it is made. */
	readonly csv?: { readonly id: StatementId };
}

/** The counts whose comparison the page or file at a path shows. */
function askedAt(record: RecordReader, path: string): Asked | undefined {
	const csv = parseCountCsvPath(path);
	if (csv !== undefined) return { ids: [csv.id], ms: PATIENCE_MS, csv };
	const page = parsePagePath(path)?.address;
	if (page?.page === 'count') return { ids: [page.id], ms: PATIENCE_MS };
	if (page?.page === 'counts') return listed(record, page.contest);
	const data = parseDataPath(path);
	if (data?.data === 'count') return { ids: [data.id], ms: PATIENCE_MS };
	return data?.data === 'counts' ? listed(record, data.contest) : undefined;
}

function listed(record: RecordReader, contest: string): Asked {
	return { ids: comparedInList(record, contest), ms: LIST_PATIENCE_MS };
}
