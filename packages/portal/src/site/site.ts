/**
 * The site of one record (spec/site.md): files by topic for whoever publishes them, one file by its path for whoever serves them. The same functions make both, so a static copy says what the
 * server says.
 */
import type { Contest } from '@matokeo/core/election/types.ts';
import { unreachable } from '@matokeo/core/std/result.ts';
import { aboutPage } from '../pages/about.ts';
import { areaPage } from '../pages/area.ts';
import { changesPage } from '../pages/changes.ts';
import { contestPage } from '../pages/contest.ts';
import { type Assets, type MirrorNotice, type PageContext, type Publication, pageContext } from '../pages/context.ts';
import { dataPage } from '../pages/data.ts';
import { findPage } from '../pages/find.ts';
import { homePage } from '../pages/home.ts';
import { missingPage } from '../pages/missing.ts';
import { stationPage } from '../pages/station.ts';
import type { RecordReader } from '../record.ts';
import { aboutView, downloadsView } from '../views/about.ts';
import { changesView } from '../views/changes.ts';
import { areaView, contestView, homeView, pulseView } from '../views/contest.ts';
import type { Comparisons } from '../views/counts.ts';
import { stampOf } from '../views/heads.ts';
import { missingView } from '../views/missing.ts';
import { electionNow } from '../views/notices.ts';
import type { FilingKind } from '../views/proceedTypes.ts';
import { stationView } from '../views/station.ts';
import { type Made, made } from './made.ts';
import { makeFiling, makeProceeding } from './makeProceedings.ts';
import { makeCount, makeCounts, makeFeed, makeStatement } from './makeTold.ts';
import { parseDataPath, parsePagePath } from './parsePath.ts';
import { dataPath, LANGUAGES, type Language, pagePath, relativePath } from './paths.ts';
import { LATEST, topicOf, topicOfData } from './topicOf.ts';
import type { Topic } from './topics.ts';

export interface SiteFile {
	/** From the site's root. */
	readonly path: string;
	readonly body: string;
}

export interface SiteOptions {
	/** Whether the API answers beside the pages. */
	readonly live: boolean;
	readonly assets: Assets;
	/** Asked for with every page: what a mirror says of itself changes while the record stands still. */
	readonly mirror?: () => MirrorNotice;
	/** Whether pages are made anew when witnesses have seen more (W11). Files stand still: they say where to look. */
	readonly moving?: boolean;
	/** What the comparison of each lodged count gave, as far as it was made (W18). */
	readonly comparisons?: Comparisons;
}

const NOT_MADE: Comparisons = () => undefined;

export interface Site {
	/** All files of a topic; none when the record knows no such thing. */
	readonly files: (topic: Topic) => readonly SiteFile[];
	/** The little files that followers ask for, of every contest, and what witnesses have seen. */
	readonly pulses: () => readonly SiteFile[];
	/** The page or data file at a path, as the record stands. */
	readonly at: (path: string) => SiteFile | undefined;
	/** What somebody typed as a station's number: the way from the page `find` to the station's, or that page again with the news that there is none. */
	readonly find: (language: Language, number: string) => { readonly page: string } | SiteFile;
}

/** Numbers are told in capitals, with spaces around them, and with the slash that file names have not. */
function stationPath(language: Language, number: string): string {
	return pagePath(language, { page: 'station', station: number.trim().toLowerCase() });
}

export function siteOf(
	reader: RecordReader,
	{ live, assets, mirror, moving, comparisons = NOT_MADE }: SiteOptions,
): Site {
	const publication = (): Publication => ({
		election: electionNow(reader),
		stamp: stampOf(reader),
		live,
		assets,
		...(mirror === undefined ? {} : { mirror: mirror() }),
		...(reader.witnessing === undefined ? {} : { witnessing: moving === true ? reader.witnessing() : 'elsewhere' }),
	});
	const files = (topic: Topic): readonly SiteFile[] => {
		const made = make(reader, topic, comparisons);
		if (made === undefined) return [];
		const shared = publication();
		const { data } = made;
		const pages = made.pages.flatMap(({ address, write }) =>
			LANGUAGES.map((language) => ({
				path: pagePath(language, address),
				body: write(pageContext(shared, language, address)),
			})),
		);
		return data === undefined ? pages : [...pages, { path: dataPath(data.address), body: printData(data.view) }];
	};
	const at = (path: string): SiteFile | undefined => {
		const page = parsePagePath(path);
		if (page === undefined) return dataAt(reader, path, comparisons);
		const made = make(reader, topicOf(page.address), comparisons);
		const written = made?.pages.find(({ address }) => pagePath(page.language, address) === path);
		if (written === undefined) return undefined;
		return { path, body: written.write(pageContext(publication(), page.language, written.address)) };
	};
	return {
		files,
		at,
		pulses: () => [
			...[...reader.election.contests.values()].map((contest) => pulseFile(reader, contest)),
			...witnessesFile(reader),
		],
		find: (language, number) => {
			const context = pageContext(publication(), language, { page: 'find' });
			const path = stationPath(language, number);
			if (at(path) !== undefined) return { page: relativePath(context.path, path) };
			return { path: context.path, body: findPage(context, number) };
		},
	};
}

function pulseFile(reader: RecordReader, contest: Contest): SiteFile {
	const path = dataPath({ data: 'pulse', contest: contest.id });
	return { path, body: printData(pulseView(reader, contest)) };
}

function witnessesFile(reader: RecordReader): readonly SiteFile[] {
	if (reader.witnessing === undefined) return [];
	const view = { stamp: stampOf(reader), ...reader.witnessing() };
	return [{ path: dataPath({ data: 'witnesses' }), body: printData(view) }];
}

function dataAt(reader: RecordReader, path: string, comparisons: Comparisons): SiteFile | undefined {
	const address = parseDataPath(path);
	if (address === undefined) return undefined;
	if (address.data === 'pulse') {
		const contest = reader.election.contests.get(address.contest);
		return contest === undefined ? undefined : pulseFile(reader, contest);
	}
	if (address.data === 'witnesses') return witnessesFile(reader)[0];
	const made = make(reader, topicOfData(address), comparisons);
	return made?.data === undefined ? undefined : { path, body: printData(made.data.view) };
}

/** JSON for people and programs; what is signed or compared byte for byte is in `results/` and the log. A rule's rationals are exact and may outgrow a JSON number: they stand as text. */
function printData(view: object): string {
	const exact = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);
	return `${JSON.stringify(view, exact)}\n`;
}

function make(reader: RecordReader, topic: Topic, comparisons: Comparisons): Made | undefined {
	switch (topic.topic) {
		case 'home': {
			const view = homeView(reader);
			return made({ data: 'home' }, view, { page: 'home' }, (context) => homePage(context, view));
		}
		case 'about': {
			const view = aboutView(reader);
			return made({ data: 'about' }, view, { page: 'about' }, (context) =>
				aboutPage(context, view, reader.witnessing?.()),
			);
		}
		case 'data': {
			const view = downloadsView(reader);
			return { pages: [{ address: { page: 'data' }, write: (context) => dataPage(context, view) }] };
		}
		case 'find':
			return { pages: [{ address: { page: 'find' }, write: (context) => findPage(context) }] };
		case 'objections':
		case 'orders':
		case 'notices':
		case 'objection':
		case 'order':
		case 'notice':
			return makeFiling(reader, topic);
		case 'statement':
			return makeStatement(reader, topic.id);
		case 'count':
			return makeCount(reader, topic.id, comparisons);
		case 'feed':
			return makeFeed(reader, topic.contest);
		case 'station': {
			const view = stationView(reader, topic.station);
			if (view === undefined) return undefined;
			const { station } = topic;
			return made({ data: 'station', station }, view, { page: 'station', station }, (context) =>
				stationPage(context, view),
			);
		}
		default: {
			const contest = reader.election.contests.get(topic.contest);
			return contest === undefined ? undefined : makeOfContest(reader, contest, topic, comparisons);
		}
	}
}

type ContestTopic = Exclude<
	Topic,
	{
		readonly topic:
			| 'home'
			| 'about'
			| 'data'
			| 'find'
			| 'station'
			| 'feed'
			| FilingKind
			| 'objection'
			| 'order'
			| 'notice'
			| 'count'
			| 'statement';
	}
>;

function makeOfContest(
	reader: RecordReader,
	contest: Contest,
	topic: ContestTopic,
	comparisons: Comparisons,
): Made | undefined {
	const { id } = contest;
	switch (topic.topic) {
		case 'contest': {
			const view = contestView(reader, contest);
			return made({ data: 'contest', contest: id }, view, { page: 'contest', contest: id }, (context) =>
				contestPage(context, view),
			);
		}
		case 'area': {
			const view = areaView(reader, contest, topic.area);
			if (view === undefined) return undefined;
			const { area } = topic;
			return made({ data: 'area', contest: id, area }, view, { page: 'area', contest: id, area }, (context) =>
				areaPage(context, view),
			);
		}
		case 'missing': {
			const view = missingView(reader, contest, topic.area);
			if (view === undefined) return undefined;
			const at = { contest: id, ...(topic.area === undefined ? {} : { area: topic.area }) };
			return made({ data: 'missing', ...at }, view, { page: 'missing', ...at }, (context) =>
				missingPage(context, view),
			);
		}
		case 'changes': {
			const view = changesView(reader, contest, topic.number === LATEST ? undefined : topic.number);
			if (view === undefined) return undefined;
			const { page: number, pages } = view;
			const write = (context: PageContext) => changesPage(context, view);
			const numbered = { address: { page: 'changes', contest: id, number }, write } as const;
			const latest = { address: { page: 'changes', contest: id }, write } as const;
			return {
				data: { address: { data: 'changes', contest: id, number }, view },
				pages: number === pages - 1 ? [numbered, latest] : [numbered],
			};
		}
		case 'collations':
		case 'collation':
		case 'declaration':
		case 'proceedings':
			return makeProceeding(reader, contest, topic);
		case 'counts':
			return makeCounts(reader, contest, comparisons);
		default:
			return unreachable(topic);
	}
}
