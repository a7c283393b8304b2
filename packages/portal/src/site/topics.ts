/**
 * What the site consists of: topics, each a view with its page in every language and its data file. Which topics there are follows from the package, from what amendments added and from what
 * was filed (spec/site.md, W6).
 */
import type { Contest } from '@matokeo/core/election/types.ts';
import type { StatementId } from '@matokeo/core/record/said.ts';
import type { LoggedEvent } from '@matokeo/core/standings/events.ts';
import { areasOf } from '@matokeo/core/standings/resultInput.ts';
import type { RecordReader } from '../record.ts';
import { CHANGES_PER_PAGE, changePages } from '../views/changes.ts';
import { countIds } from '../views/counts.ts';
import { filingIds, filingPages } from '../views/filings.ts';
import { leafAt } from '../views/leaves.ts';
import { missingAreas } from '../views/missing.ts';
import type { FilingKind } from '../views/proceedTypes.ts';

export type Topic =
	| { readonly topic: 'home' }
	| { readonly topic: 'about' }
	| { readonly topic: 'data' }
	| { readonly topic: 'find' }
	| { readonly topic: 'contest'; readonly contest: string }
	| { readonly topic: 'area'; readonly contest: string; readonly area: string }
	| { readonly topic: 'missing'; readonly contest: string; readonly area?: string }
	| { readonly topic: 'changes'; readonly contest: string; readonly number: number }
	| { readonly topic: 'station'; readonly station: string }
	| { readonly topic: 'collations' | 'declaration' | 'proceedings'; readonly contest: string }
	| { readonly topic: 'counts'; readonly contest: string }
	| { readonly topic: 'collation'; readonly contest: string; readonly area: string }
	/** '' as contest: of the election as a whole. */
	| { readonly topic: FilingKind; readonly contest: string; readonly number: number }
	| { readonly topic: 'objection' | 'order' | 'notice'; readonly id: StatementId }
	| { readonly topic: 'count' | 'statement'; readonly id: StatementId }
	/** '' as contest: of the election as a whole. */
	| { readonly topic: 'feed'; readonly contest: string };

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
		yield { topic: 'feed', contest: contest.id };
		yield* statementTopics(reader, contest.id);
		yield* proceedingTopics(reader, contest);
	}
	yield { topic: 'feed', contest: '' };
	for (const kind of ['notices', 'orders'] as const) yield* filingTopics(reader, '', kind);
	for (const station of new Set([...election.stations.keys(), ...reader.amendedStations()]))
		yield { topic: 'station', station };
}

export function* headTopics(contest: string): Generator<Topic> {
	yield { topic: 'contest', contest };
	yield { topic: 'missing', contest };
}

/** Of the changes of a contest: what feeds, lists and reports cite. Of every other statement a server makes the page when it is asked for. */
function* statementTopics(reader: RecordReader, contest: string): Generator<Topic> {
	const total = reader.changeCount(contest);
	for (let from = 0; from < total; from += CHANGES_PER_PAGE)
		for (const event of reader.changes(contest, from, CHANGES_PER_PAGE)) yield* statementTopic(reader, event);
}

export function* statementTopic(reader: RecordReader, { index }: LoggedEvent): Generator<Topic> {
	const id = leafAt(reader, index)?.id;
	if (id !== undefined) yield { topic: 'statement', id };
}

const KINDS = ['objections', 'orders', 'notices'] as const;

function* proceedingTopics(reader: RecordReader, contest: Contest): Generator<Topic> {
	const { id, collation, declaration, scope } = contest;
	yield { topic: 'proceedings', contest: id };
	if (collation.length > 0) yield { topic: 'collations', contest: id };
	for (const area of collatedAreas(reader, contest)) yield { topic: 'collation', contest: id, area };
	if (declaration !== undefined && !collation.some(({ level }) => level === reader.election.areas.get(scope)?.level))
		yield { topic: 'collation', contest: id, area: scope };
	yield { topic: 'declaration', contest: id };
	for (const count of countIds(reader, id)) yield { topic: 'count', id: count };
	yield { topic: 'counts', contest: id };
	for (const kind of KINDS) yield* filingTopics(reader, id, kind);
}

function collatedAreas({ election }: RecordReader, contest: Contest): readonly string[] {
	const levels = new Set(contest.collation.map(({ level }) => level));
	return areasOf(election, contest).flatMap(({ id, level }) => (levels.has(level) ? [id] : []));
}

const ONE = { objections: 'objection', orders: 'order', notices: 'notice' } as const;

function* filingTopics(reader: RecordReader, contest: string, kind: FilingKind): Generator<Topic> {
	const ids = filingIds(reader, contest, kind);
	for (const id of ids) yield { topic: ONE[kind], id };
	const pages = filingPages(ids.length);
	for (let number = 0; number < pages; number++) yield { topic: kind, contest, number };
}
