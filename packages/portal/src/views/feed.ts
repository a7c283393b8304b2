/**
 * The newest changes as a feed tells them (W16): the entries of the page of changes, newest first, each with the contest in whose list it stands and the page of that list, which is its for ever.
 */
import type { Contest } from '@matokeo/core/election/types.ts';
import type { LoggedEvent } from '@matokeo/core/standings/events.ts';
import type { RecordReader } from '../record.ts';
import { CHANGES_PER_PAGE, changeEntry } from './changes.ts';
import { contestHead, stampOf } from './heads.ts';
import type { ChangeEntry, ContestHead, Stamp } from './types.ts';

/** Entries of a feed: whoever asks less often than a hundred changes come reads the pages of changes. */
export const FEED_ENTRIES = 100;

export interface FeedEntry extends ChangeEntry {
	/** Whose list of changes holds it; of what concerns the election as a whole, the first contest. */
	readonly contest: ContestHead;
	/** The page of that list on which it stands, from 0. */
	readonly page: number;
}

export interface FeedView {
	readonly stamp: Stamp;
	/** Absent: of the election, all contests together. */
	readonly contest?: ContestHead;
	/** Newest first. */
	readonly entries: readonly FeedEntry[];
}

export function feedView(reader: RecordReader, contest?: Contest): FeedView {
	const stamp = stampOf(reader);
	if (contest !== undefined) {
		const head = contestHead(reader, contest);
		const entries = newestOf(reader, contest).flatMap((at) => entryAt(reader, contest, head, at));
		return { stamp, contest: head, entries: entries.toReversed() };
	}
	return { stamp, entries: newestOfAll(reader) };
}

interface Placed {
	readonly event: LoggedEvent;
	/** Its place in the contest's list of changes. */
	readonly place: number;
}

/** Oldest first. */
function newestOf(reader: RecordReader, { id }: Contest): readonly Placed[] {
	const first = Math.max(0, reader.changeCount(id) - FEED_ENTRIES);
	return reader.changes(id, first, FEED_ENTRIES).map((event, at) => ({ event, place: first + at }));
}

/** Each contest that has one of them is asked once: whatever is among the newest of all is among its own newest. */
function newestOfAll(reader: RecordReader): readonly FeedEntry[] {
	const [leading] = reader.election.contests.values();
	const lists = new Map<string, { readonly head: ContestHead; readonly places: ReadonlyMap<string, number> }>();
	return reader.latestChanges(FEED_ENTRIES).flatMap((event) => {
		const contest = reader.election.contests.get(event.contest) ?? leading;
		if (contest === undefined) return [];
		const known = lists.get(contest.id);
		const list = known ?? {
			head: contestHead(reader, contest),
			places: new Map(newestOf(reader, contest).map((at) => [keyOf(at.event), at.place])),
		};
		if (known === undefined) lists.set(contest.id, list);
		const place = list.places.get(keyOf(event));
		return place === undefined ? [] : entryAt(reader, contest, list.head, { event, place });
	});
}

function keyOf({ index, contest, station }: LoggedEvent): string {
	return `${index} ${contest} ${station}`;
}

function entryAt(
	reader: RecordReader,
	contest: Contest,
	head: ContestHead,
	{ event, place }: Placed,
): readonly FeedEntry[] {
	const entry = changeEntry(reader, contest, event);
	return entry === undefined ? [] : [{ ...entry, contest: head, page: Math.floor(place / CHANGES_PER_PAGE) }];
}
