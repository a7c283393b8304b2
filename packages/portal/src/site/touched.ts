/**
 * Which topics some entries of the log have touched follows from their events, so that publishing costs what has changed and not what there is (spec/site.md, W6). What was filed touches its own
 * page, those that it names, and the lists; what witnesses have seen touches only what waited for them.
 */
import { chainOf } from '@matokeo/core/election/geography.ts';
import type { Contest } from '@matokeo/core/election/types.ts';
import { stationOf } from '@matokeo/core/rules/stations.ts';
import { isChange, type LoggedEvent } from '@matokeo/core/standings/events.ts';
import type { RecordReader } from '../record.ts';
import { CHANGES_PER_PAGE, changePages } from '../views/changes.ts';
import { leafAt } from '../views/leaves.ts';
import { allTopics, headTopics, statementTopic, type Topic } from './topics.ts';
import { filedTopics, witnessedTopics } from './touchedFilings.ts';

/** What may say something else than before because of these events; all of it when they are about the election as a whole. */
export function touchedTopics(reader: RecordReader, events: readonly LoggedEvent[]): Iterable<Topic> {
	if (events.some((event) => concernsAll(reader, event))) return allTopics(reader);
	const touched = new Map<string, Topic>();
	const add = (topics: Iterable<Topic>): void => {
		for (const topic of topics) touched.set(JSON.stringify(topic), topic);
	};
	for (const event of events) {
		if (event.type === 'log/witnessed') add(witnessedTopics(reader, event));
		else add(topicsOf(reader, event));
	}
	add(changeTopics(reader, events));
	return touched.values();
}

function* topicsOf(reader: RecordReader, event: LoggedEvent): Generator<Topic> {
	yield* filedTopics(reader, event);
	const contest = reader.election.contests.get(event.contest);
	if (contest === undefined) {
		if (isChange(event)) for (const one of reader.election.contests.keys()) yield* changedIn(one);
		return;
	}
	if (event.station !== '') yield { topic: 'station', station: event.station };
	const moved = event.after !== undefined || event.type === 'station/status';
	if (!moved && !isChange(event)) return;
	yield* changedIn(contest.id);
	yield { topic: 'data' };
	if (!moved) return;
	yield* placesOf(reader, contest, event);
	yield* frozenBeside(reader, contest, event.station);
}

/** A change stands on the contest's first page, which counts them, and beside its declaration. */
function* changedIn(contest: string): Generator<Topic> {
	yield { topic: 'home' };
	yield* headTopics(contest);
	yield { topic: 'declaration', contest };
}

/** Amendments and withheld images can touch anything; a revoked key stands on every page of changes; a pause stands at the top of every page. */
function concernsAll(reader: RecordReader, { type, contest, index }: LoggedEvent): boolean {
	if (type === 'election/amend' || type === 'election/open') return true;
	if (contest !== '' || type === 'log/witnessed' || type === 'authority/order') return false;
	if (type !== 'notice/file') return true;
	const statement = leafAt(reader, index)?.statement;
	return statement?.type !== 'notice/file' || statement.notice.kind === 'pause' || statement.notice.kind === 'resume';
}

function placesOf(reader: RecordReader, contest: Contest, { station: id }: LoggedEvent): readonly Topic[] {
	const station = stationOf(reader.context, reader.rows, id);
	if (station === undefined) return [];
	const chain = chainOf(reader.election, contest, station);
	const areas = chain.map((area): Topic => ({ topic: 'area', contest: contest.id, area }));
	const [, below] = chain;
	return below === undefined ? areas : [...areas, { topic: 'missing', contest: contest.id, area: below }];
}

/** What was frozen stands beside what stands now: the collations of areas that have a mark, and the declaration or its gate. */
function* frozenBeside(reader: RecordReader, contest: Contest, id: string): Generator<Topic> {
	const station = stationOf(reader.context, reader.rows, id);
	if (station === undefined) return;
	for (const area of new Set([...chainOf(reader.election, contest, station), contest.scope]))
		yield { topic: 'collation', contest: contest.id, area };
	yield { topic: 'collations', contest: contest.id };
	if (contest.declaration !== undefined) yield { topic: 'declaration', contest: contest.id };
}

/** The pages on which the changes of these events stand: the last ones, as many as they need. */
function changeTopics(reader: RecordReader, events: readonly LoggedEvent[]): readonly Topic[] {
	const fresh = new Map<string, number>();
	for (const event of events) {
		if (!isChange(event)) continue;
		const contests = event.contest === '' ? [...reader.election.contests.keys()] : [event.contest];
		for (const contest of contests) fresh.set(contest, (fresh.get(contest) ?? 0) + 1);
	}
	const cited = events.filter(isChange).flatMap((event) => [...statementTopic(reader, event)]);
	const pages = [...fresh].flatMap(([contest, count]) => {
		const total = reader.changeCount(contest);
		const pages = changePages(total);
		const first = Math.max(0, Math.floor((total - count) / CHANGES_PER_PAGE) - 1);
		const lists = Array.from({ length: pages - first }, (_, at): Topic => {
			return { topic: 'changes', contest, number: first + at };
		});
		return [...lists, { topic: 'feed', contest } as const];
	});
	return cited.length === 0 ? pages : [...pages, ...cited, { topic: 'feed', contest: '' }];
}
