/**
 * The steps of a story, one reader each (`spec/package.md`, P84–P86): what a step must say, and that what it names is in the package or was said by a step before it.
 */
import type { JsonNode } from '@matokeo/core/election/json.ts';
import { asCount, asList, asObject, asText, asWord } from '@matokeo/core/election/jsonShape.ts';
import { unreachable } from '@matokeo/core/std/result.ts';
import { readCount } from './readCounts.ts';
import { readAnswer, readObjection, readOrder } from './readFilings.ts';
import {
	among,
	codeIn,
	contestIn,
	type Get,
	moment,
	named,
	nameFor,
	proceedIn,
	type Reading,
	textIn,
} from './reading.ts';
import type { Step, Told } from './story.ts';

const KINDS = [
	'originals',
	'original',
	'objection',
	'answer',
	'incident',
	'pause',
	'resume',
	'error',
	'collation',
	'declaration',
	'dissent',
	'order',
	'count',
] as const;
type Kind = (typeof KINDS)[number];

/** Keys that a step of this kind has and may have, beside `do`, `at` and `words`. */
const MEMBERS: Readonly<Record<Kind, { readonly required: readonly string[]; readonly optional: readonly string[] }>> =
	{
		originals: { required: ['share'], optional: [] },
		original: { required: ['station'], optional: ['contest', 'seal', 'differs'] },
		objection: {
			required: ['name', 'by', 'ground'],
			optional: ['contest', 'party', 'office', 'received', 'station', 'area', 'declaration', 'text'],
		},
		answer: { required: ['objection', 'outcome', 'reason', 'by'], optional: ['to', 'text'] },
		incident: { required: ['surface', 'attempted', 'seconds', 'checks'], optional: ['text'] },
		pause: { required: ['name', 'surface', 'reason'], optional: [] },
		resume: { required: ['pause', 'reason'], optional: [] },
		error: { required: ['station'], optional: ['contest', 'text'] },
		collation: { required: ['level'], optional: ['contest', 'proceed', 'supersedes'] },
		declaration: { required: [], optional: ['contest', 'proceed', 'supersedes'] },
		dissent: { required: ['by', 'reason'], optional: ['contest', 'text'] },
		order: {
			required: ['name', 'court', 'order', 'basis', 'citation', 'decided', 'text'],
			optional: ['contest', 'of'],
		},
		count: { required: ['by', 'table', 'obtained', 'as_of', 'text'], optional: ['party', 'contest', 'level'] },
	};

const CHECKS = ['replay', 'consistency', 'results', 'images', 'anchor', 'witnesses'] as const;
const SEALS = ['intact', 'broken'] as const;
const PER_THOUSAND = 1_000;
const WEEK = 604_800;

export function readTold(reading: Reading, item: JsonNode): Told | undefined {
	const doing = item.kind === 'object' ? item.members.get('do')?.value : undefined;
	const kind = asWord(reading, doing, 'what a step does ("do")', KINDS);
	if (kind === undefined) {
		if (doing === undefined) asObject(reading, item, 'a step', ['do']);
		return undefined;
	}
	const { required, optional } = MEMBERS[kind];
	const get = asObject(reading, item, `the step "${kind}"`, ['do', ...required], [...optional, 'at', 'words']);
	if (get === undefined) return undefined;
	const at = moment(reading, get('at'), 'when it happens ("at")');
	const words = asText(reading, get('words'), 'the words of a step');
	const step = readStep(reading, kind, get, item);
	if (step === undefined) return undefined;
	return { ...(at === undefined ? {} : { at }), ...(words === undefined ? {} : { words }), step };
}

function readStep(reading: Reading, kind: Kind, get: Get, item: JsonNode): Step | undefined {
	switch (kind) {
		case 'originals': {
			const share = asCount(
				reading,
				get('share'),
				'of a thousand returns, how many originals are seen',
				0,
				PER_THOUSAND,
			);
			return share === undefined ? undefined : { kind, share };
		}
		case 'original': {
			const place = placeOf(reading, get);
			const seal = asWord(reading, get('seal'), 'seal', SEALS) ?? 'intact';
			return place === undefined
				? undefined
				: { kind, ...place, seal, differs: differsIn(reading, get, place.contest) };
		}
		case 'objection':
			return readObjection(reading, get, item);
		case 'answer':
			return readAnswer(reading, get);
		case 'order':
			return readOrder(reading, get, item);
		case 'count':
			return readCount(reading, get, item);
		case 'collation':
		case 'declaration':
		case 'dissent':
			return readAct(reading, kind, get);
		case 'incident':
		case 'pause':
		case 'resume':
		case 'error':
			return readNotice(reading, kind, get);
		default:
			return unreachable(kind);
	}
}

function readAct(reading: Reading, kind: 'collation' | 'declaration' | 'dissent', get: Get): Step | undefined {
	const { codes, authority } = reading.election;
	const contest = contestIn(reading, get);
	if (kind === 'dissent') {
		const names = authority.keys.map(({ name }) => name);
		const by = among(reading, get('by'), 'a key of the authority', (id) => names.includes(id), names);
		const reason = codeIn(reading, get('reason'), 'the reason of a dissent', codes.dissent);
		if (contest === undefined || by === undefined || reason === undefined) return undefined;
		return { kind, contest, by, reason, ...textIn(reading, get) };
	}
	const supersedes =
		get('supersedes') === undefined ? undefined : codeIn(reading, get('supersedes'), 'supersedes', codes.supersede);
	if (contest === undefined) return undefined;
	const common = {
		contest,
		proceed: proceedIn(reading, get('proceed')),
		...(supersedes === undefined ? {} : { supersedes }),
	};
	if (kind === 'declaration') return { kind, ...common };
	const levels = reading.election.contests.get(contest)?.collation.map(({ level }) => level) ?? [];
	const level = among(reading, get('level'), `a level of collation of ${contest}`, (id) => levels.includes(id), levels);
	return level === undefined ? undefined : { kind, level, ...common };
}

function readNotice(reading: Reading, kind: 'incident' | 'pause' | 'resume' | 'error', get: Get): Step | undefined {
	const { codes } = reading.election;
	if (kind === 'error') {
		const place = placeOf(reading, get);
		return place === undefined ? undefined : { kind, ...place, ...textIn(reading, get) };
	}
	if (kind === 'resume') {
		const pause = named(reading, get('pause'), 'pause');
		const reason = codeIn(reading, get('reason'), 'the reason of a notice', codes.notice);
		return pause === undefined || reason === undefined ? undefined : { kind, pause, reason };
	}
	const surface = codeIn(reading, get('surface'), 'a part of the system', codes.surface);
	if (kind === 'pause') {
		const name = nameFor(reading, get('name'), 'pause');
		const reason = codeIn(reading, get('reason'), 'the reason of a notice', codes.notice);
		if (name === undefined || surface === undefined || reason === undefined) return undefined;
		return { kind, name, surface, reason };
	}
	const attempted = codeIn(reading, get('attempted'), 'an attempt', codes.attempt);
	const seconds = asCount(reading, get('seconds'), 'how many seconds the incident lasted', 0, WEEK);
	const checks = asList(reading, get('checks'), 'the checks of an incident', CHECKS.length).flatMap(
		(one) => asWord(reading, one, 'a check', CHECKS) ?? [],
	);
	if (surface === undefined || attempted === undefined || seconds === undefined) return undefined;
	return { kind, surface, attempted, seconds, checks, ...textIn(reading, get) };
}

function placeOf(reading: Reading, get: Get): { readonly contest: string; readonly station: string } | undefined {
	const contest = contestIn(reading, get);
	const station = among(reading, get('station'), 'a polling station', (id) => reading.election.stations.has(id));
	return contest === undefined || station === undefined ? undefined : { contest, station };
}

function differsIn(reading: Reading, get: Get, contest: string): readonly string[] {
	const fields = reading.election.contests.get(contest)?.fields.map(({ id }) => id) ?? [];
	return asList(reading, get('differs'), 'the fields that differ', fields.length).flatMap(
		(one) => among(reading, one, 'a field of the form', (id) => fields.includes(id), fields) ?? [],
	);
}
