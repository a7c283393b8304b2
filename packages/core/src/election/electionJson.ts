/**
 * `election.json` and the three tables, in the order in which they need each other (`spec/package.md`, P24, P36): levels, then areas, then what
 * contests cover, then polling stations, candidates, forms, contests. Goes on after a problem as far as that makes sense.
 */
import type { Suite } from '../std/suite.ts';
import { tellUnknownIds } from './expressionPlaces.ts';
import { STATION_IDS } from './formFields.ts';
import { parseJson } from './json.ts';
import { asId, asList, asObject, asTexts, asWord, type Node, type Shape, tell } from './jsonShape.ts';
import { LIMITS } from './limits.ts';
import type { Files } from './manifest.ts';
import type { ProblemList } from './problem.ts';
import { type Areas, readAreas } from './readAreas.ts';
import { readCandidates } from './readCandidates.ts';
import { type GroundExpression, readCodes } from './readCodes.ts';
import { readContest } from './readContests.ts';
import { type FormPlan, readForms } from './readForms.ts';
import { keyRing, readAuthority, readLog, readParties, readRegistrars, tellTwice } from './readKeys.ts';
import { readPolling } from './readPolling.ts';
import { readProceedings } from './readProceedings.ts';
import { type ContestPlan, readContestPlans } from './readReach.ts';
import { readStations } from './readStations.ts';
import { readWitnesses } from './readWitnesses.ts';
import { readSource, type SourceText } from './sourceText.ts';
import type { Contest, Election, Level } from './types.ts';

const ELECTION = 'election.json';
const AREAS = 'areas.csv';
const STATIONS = 'stations.csv';
const CANDIDATES_FILE = 'candidates.csv';

const REQUIRED = [
	'format',
	'rules',
	'id',
	'mode',
	'title',
	'log',
	'authority',
	'registrars',
	'parties',
	'levels',
	'contests',
	'forms',
	'codes',
	'public_images',
	'witnesses',
];

export function readElectionJson(
	suite: Suite,
	files: Files,
	problems: ProblemList,
): Omit<Election, 'digest'> | undefined {
	const [json, areasFile, stationsFile, candidatesFile] = [ELECTION, AREAS, STATIONS, CANDIDATES_FILE].map((path) => {
		return openFile(files, path, problems);
	});
	const root = json === undefined ? undefined : parseJson(json, problems);
	if (json === undefined || root === undefined) return undefined;
	const shape: Shape = { source: json, problems };
	const get = asObject(shape, root, ELECTION, REQUIRED, ['notice', 'polling', 'proceedings']);
	if (get === undefined) return undefined;
	asWord(shape, get('format'), 'the format', ['matokeo-election/v1']);
	asWord(shape, get('rules'), 'the version of the rules', ['matokeo/v1']);
	const id = asId(shape, get('id'), 'the id of the election');
	const mode = asWord(shape, get('mode'), 'the mode', ['official', 'parallel', 'rehearsal']);
	const title = asTexts(shape, get('title'), 'the title');
	const notice = asTexts(shape, get('notice'), 'the notice') ?? {};
	const polling = readPolling(shape, get('polling'));
	const ring = keyRing(suite);
	const log = readLog(shape, get('log'), ring);
	const authority = readAuthority(shape, get('authority'), ring);
	const registrars = readRegistrars(shape, get('registrars'), ring);
	const parties = readParties(shape, get('parties'), ring);
	const proceedings = readProceedings(shape, get('proceedings'), ring);
	const witnesses = readWitnesses(shape, get('witnesses'), { files, ring, log, parties, mode });
	const levels = readLevels(shape, get('levels'));
	const { codes, grounds } = readCodes(shape, get('codes'));
	const publicImages = readImageKinds(shape, get('public_images'));
	const tables = { areasFile, stationsFile, candidatesFile };
	const known = { authority, parties: new Set(parties.map((party) => party.id)), grounds };
	const world = readWorld(shape, get, tables, levels, known);
	if (id === undefined || mode === undefined || title === undefined) return undefined;
	if (log === undefined || authority === undefined || witnesses === undefined || world === undefined) return undefined;
	return {
		id,
		mode,
		title,
		notice,
		...(polling === undefined ? {} : { polling }),
		log,
		authority,
		registrars,
		parties,
		levels,
		codes,
		proceedings,
		publicImages,
		witnesses,
		...world,
	};
}

interface Tables {
	readonly areasFile: SourceText | undefined;
	readonly stationsFile: SourceText | undefined;
	readonly candidatesFile: SourceText | undefined;
}

interface Known {
	readonly authority: Election['authority'] | undefined;
	/** Ids. */
	readonly parties: ReadonlySet<string>;
	readonly grounds: readonly GroundExpression[];
}

function readWorld(
	shape: Shape,
	get: (key: string) => Node,
	tables: Tables,
	levels: readonly Level[],
	{ authority, parties, grounds }: Known,
): Pick<Election, 'areas' | 'stations' | 'contests'> | undefined {
	const { problems } = shape;
	const where = tables.areasFile === undefined ? undefined : readAreas(tables.areasFile, levels, problems);
	const plans = readContestPlans(shape, get('contests'), levels, where);
	const placed =
		tables.stationsFile === undefined || where === undefined
			? undefined
			: readStations(tables.stationsFile, where, plans, problems);
	const ids = new Set(plans.map((plan) => plan.id));
	const candidates =
		tables.candidatesFile === undefined ? undefined : readCandidates(tables.candidatesFile, ids, parties, problems);
	const forms = readForms(shape, get('forms'), placed?.ceilingColumns);
	tellUnused(shape, forms, plans);
	const areas = where?.areas ?? NO_AREAS;
	const contests = new Map<string, Contest>();
	for (const plan of plans) {
		const voting = placed?.voting;
		const names = { forms, candidates, candidatesFile: CANDIDATES_FILE };
		const contest = readContest(shape, plan, { ...names, areas, voting, authority });
		if (contest !== undefined) contests.set(contest.id, contest);
	}
	tellGrounds(shape, grounds, forms, contests);
	return placed === undefined ? undefined : { areas, stations: placed.stations, contests };
}

const NO_AREAS: Areas['areas'] = new Map();

function openFile(files: Files, path: string, problems: ProblemList): SourceText | undefined {
	const bytes = files.get(path);
	const max = path === ELECTION ? LIMITS.jsonBytesMax : LIMITS.fileBytesMax;
	if (bytes !== undefined) return bytes.length > max ? undefined : readSource(path, bytes, problems);
	problems.add({
		rule: 'P7',
		file: path,
		line: 0,
		column: 0,
		expected: `a file ${path}`,
		came: 'no such file',
		toDo: 'add the file',
	});
	return undefined;
}

function readLevels(shape: Shape, node: Node): readonly Level[] {
	const levels = new Map<string, Level>();
	for (const item of asList(shape, node, 'levels', LIMITS.levelsMax)) {
		const get = asObject(shape, item, 'a level', ['id', 'name']);
		const id = asId(shape, get?.('id'), 'the id of a level');
		const name = asTexts(shape, get?.('name'), 'the name of a level') ?? {};
		if (id === undefined) continue;
		if (levels.has(id)) tellTwice(shape, item, 'level', id);
		levels.set(id, { id, name });
	}
	if (node?.kind === 'list' && levels.size === 0)
		tell(shape, node, 'P60', 'at least one level', 'none', 'add the highest level first');
	return [...levels.values()];
}

function readImageKinds(shape: Shape, node: Node): readonly string[] {
	const kinds = new Set<string>();
	for (const item of asList(shape, node, 'public_images', LIMITS.codesMax)) {
		const kind = asId(shape, item, 'a kind of image');
		if (kind === undefined) continue;
		if (kinds.has(kind)) tellTwice(shape, item, 'kind of image', kind);
		kinds.add(kind);
	}
	return [...kinds];
}

function tellUnused(shape: Shape, forms: ReadonlyMap<string, FormPlan>, plans: readonly ContestPlan[]): void {
	const used = new Set(plans.map((plan) => plan.get('form')).map((node) => (node?.kind === 'text' ? node.value : '')));
	for (const [id, form] of forms) {
		if (!used.has(id))
			tell(
				shape,
				form.node,
				'P47',
				'forms that a contest uses',
				`form ${id}, which none uses`,
				'delete it, or name it in a contest',
			);
	}
}

/** A ground may read fields that only some forms have; on other returns it is not met. */
function tellGrounds(
	shape: Shape,
	grounds: readonly GroundExpression[],
	forms: ReadonlyMap<string, FormPlan>,
	contests: ReadonlyMap<string, Contest>,
): void {
	const known = new Set(STATION_IDS);
	for (const form of forms.values()) for (const row of form.rows) if (row.kind === 'field') known.add(row.field.id);
	for (const contest of contests.values()) for (const field of contest.fields) known.add(field.id);
	for (const { node, expression } of grounds) tellUnknownIds(shape, node, expression, known, 'some form');
}
