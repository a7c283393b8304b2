/**
 * What the site consists of: topics, each a view with its page in every language and its data file. Which topics there are follows from the package and what amendments added; which of them
 * some entries of the log have touched follows from their events, so that publishing costs what has changed and not what there is (spec/site.md, W6).
 */
import { chainOf } from '@matokeo/core/election/geography.ts';
import type { Contest } from '@matokeo/core/election/types.ts';
import { stationOf } from '@matokeo/core/rules/stations.ts';
import { isChange, type LoggedEvent } from '@matokeo/core/standings/events.ts';
import { areasOf } from '@matokeo/core/standings/resultInput.ts';
import type { RecordReader } from '../record.ts';
import { CHANGES_PER_PAGE, changePages } from '../views/changes.ts';
import { missingAreas } from '../views/missing.ts';

export type Topic =
	| { readonly topic: 'home' }
	| { readonly topic: 'about' }
	| { readonly topic: 'data' }
	| { readonly topic: 'find' }
	| { readonly topic: 'contest'; readonly contest: string }
	| { readonly topic: 'area'; readonly contest: string; readonly area: string }
	| { readonly topic: 'missing'; readonly contest: string; readonly area?: string }
	| { readonly topic: 'changes'; readonly contest: string; readonly number: number }
	| { readonly topic: 'station'; readonly station: string };

/** Every topic as the record stands. */
export function* allTopics(reader: RecordReader): Generator<Topic> {
	const { election } = reader;
	for (const topic of ['home', 'about', 'data', 'find'] as const) yield { topic };
	for (const contest of election.contests.values()) {
		yield* headTopics(contest.id);
		for (const { id } of areasOf(election, contest)) yield { topic: 'area', contest: contest.id, area: id };
		for (const area of missingAreas(reader, contest)) yield { topic: 'missing', contest: contest.id, area };
		const pages = changePages(reader.changeCount(contest.id));
		for (let number = 0; number < pages; number++) yield { topic: 'changes', contest: contest.id, number };
	}
	for (const station of new Set([...election.stations.keys(), ...reader.amendedStations()]))
		yield { topic: 'station', station };
}

function* headTopics(contest: string): Generator<Topic> {
	yield { topic: 'contest', contest };
	yield { topic: 'missing', contest };
}

/** What may say something else than before because of these events; all of it when they are about the election as a whole. */
export function touchedTopics(reader: RecordReader, events: readonly LoggedEvent[]): Iterable<Topic> {
	if (events.some(concernsAll)) return allTopics(reader);
	const touched = new Map<string, Topic>();
	const add = (topic: Topic): void => {
		touched.set(JSON.stringify(topic), topic);
	};
	for (const event of events) {
		const contest = reader.election.contests.get(event.contest);
		if (contest === undefined) continue;
		add({ topic: 'station', station: event.station });
		if (event.after === undefined && event.type !== 'station/status' && !isChange(event)) continue;
		add({ topic: 'home' });
		for (const topic of headTopics(contest.id)) add(topic);
		add({ topic: 'data' });
		if (event.after === undefined && event.type !== 'station/status') continue;
		for (const topic of placesOf(reader, contest, event)) add(topic);
	}
	for (const topic of changeTopics(reader, events)) add(topic);
	return touched.values();
}

/** Amendments and withheld images can touch anything; a revoked key stands on every page of changes. */
function concernsAll({ type, station }: LoggedEvent): boolean {
	return type === 'election/amend' || type === 'election/open' || station === '';
}

function placesOf(reader: RecordReader, contest: Contest, { station: id }: LoggedEvent): readonly Topic[] {
	const station = stationOf(reader.context, reader.rows, id);
	if (station === undefined) return [];
	const chain = chainOf(reader.election, contest, station);
	const areas = chain.map((area): Topic => ({ topic: 'area', contest: contest.id, area }));
	const [, below] = chain;
	return below === undefined ? areas : [...areas, { topic: 'missing', contest: contest.id, area: below }];
}

/** The pages on which the changes of these events stand: the last ones, as many as they need. */
function changeTopics(reader: RecordReader, events: readonly LoggedEvent[]): readonly Topic[] {
	const fresh = new Map<string, number>();
	for (const event of events) if (isChange(event)) fresh.set(event.contest, (fresh.get(event.contest) ?? 0) + 1);
	return [...fresh].flatMap(([contest, count]) => {
		const total = reader.changeCount(contest);
		const pages = changePages(total);
		const first = Math.max(0, Math.floor((total - count) / CHANGES_PER_PAGE) - 1);
		return Array.from({ length: pages - first }, (_, at): Topic => ({ topic: 'changes', contest, number: first + at }));
	});
}
