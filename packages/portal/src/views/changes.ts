/** What changed, oldest first, in pages: a full page never changes again, so that it can be kept anywhere for ever. */
import type { Contest } from '@matokeo/core/election/types.ts';
import { stationOf } from '@matokeo/core/rules/stations.ts';
import type { LoggedEvent } from '@matokeo/core/standings/events.ts';
import type { RecordReader } from '../record.ts';
import { contestHead, stampOf } from './heads.ts';
import { historyEntry } from './history.ts';
import { lowestArea } from './places.ts';
import type { ChangeEntry, ChangesView } from './types.ts';

export const CHANGES_PER_PAGE = 100;

/** The last page without a number; `undefined` when there is no such page. */
export function changesView(reader: RecordReader, contest: Contest, number?: number): ChangesView | undefined {
	const total = reader.changeCount(contest.id);
	const pages = changePages(total);
	const page = number ?? pages - 1;
	if (page < 0 || page >= pages) return undefined;
	const events = reader.changes(contest.id, page * CHANGES_PER_PAGE, CHANGES_PER_PAGE);
	return {
		stamp: stampOf(reader),
		contest: contestHead(reader, contest),
		page,
		pages,
		total,
		entries: events.flatMap((event) => changeEntry(reader, contest, event) ?? []),
	};
}

/** The place of the first change of a contest at this index of the log or later: changes are in the order of the log. */
export function firstChangeFrom(reader: RecordReader, contest: string, index: number): number {
	let [low, high] = [0, reader.changeCount(contest)];
	while (low < high) {
		const middle = Math.floor((low + high) / 2);
		if ((reader.changes(contest, middle, 1)[0]?.index ?? index) >= index) high = middle;
		else low = middle + 1;
	}
	return low;
}

/** There is always a first page, which says that nothing has changed. */
export function changePages(total: number): number {
	return Math.max(1, Math.ceil(total / CHANGES_PER_PAGE));
}

export function changeEntry(reader: RecordReader, contest: Contest, event: LoggedEvent): ChangeEntry | undefined {
	const entry = historyEntry(reader, event);
	if (entry === undefined) return undefined;
	if (event.station === '') return event.contest === contest.id ? { ...entry, whole_contest: true } : entry;
	const station = stationOf(reader.context, reader.rows, event.station);
	if (station === undefined) return entry;
	const { id, name } = station;
	return { ...entry, station: { id, name }, area: lowestArea(reader, contest, station) };
}
