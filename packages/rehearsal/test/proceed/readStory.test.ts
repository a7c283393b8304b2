/**
 * P83–P86: a story is read whole or refused with every problem at its place. The stories are those of the examples and small ones made of one step, on the package of `examples/kenya-2017`.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadElection } from '@matokeo/core/election/package.ts';
import type { Election } from '@matokeo/core/election/types.ts';
import { err, ok } from '@matokeo/core/std/result.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { readPackageFolder } from '@matokeo/verifier/node/packageFolder.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { readStory } from '../../src/proceed/readStory.ts';
import { plainStory } from '../../src/proceed/story.ts';

const EXAMPLES = new URL('../../../../examples/', import.meta.url);
const STATION = '001001000100101';
const elections = new Map<string, Election>();

beforeAll(async () => {
	for (const name of ['kenya-2017', 'bolivia-2019']) {
		const { files } = await readPackageFolder(fileURLToPath(new URL(`${name}/package/`, EXAMPLES)));
		const loaded = loadElection(nativeSuite(), files);
		if (!loaded.ok) throw new Error(`the package of ${name} has problems`);
		elections.set(name, loaded.value);
	}
});

function electionOf(name: string): Election {
	const election = elections.get(name);
	if (election === undefined) throw new Error(`no example ${name}`);
	return election;
}

function read(story: unknown) {
	const text = typeof story === 'string' ? story : JSON.stringify(story);
	return readStory(electionOf('kenya-2017'), 'story.json', Buffer.from(text), tableNamed);
}

/** Tables that lie beside the stories of these tests. */
const TABLES: Readonly<Record<string, string>> = {
	ours: `station,kenyatta,odinga\n${STATION},1,\n`,
	areas: 'area,odinga\ncounty/001,1\n',
	foreign: 'station,nobody\n1,1\n',
	formula: 'station,odinga\n1,=1+1\n',
};

function tableNamed(name: string) {
	const text = TABLES[name];
	return text === undefined ? err('there is none') : ok(Buffer.from(text));
}

const COUNT = {
	do: 'count',
	by: 'newsroom',
	table: 'ours',
	obtained: 'posted-forms',
	as_of: '2017-08-09T08:00:00Z',
	text: 'counted by our people',
};

const told = (...steps: readonly object[]) => ({ format: 'matokeo-story/v1', steps });

const OBJECTION = { do: 'objection', name: 'o', by: 'agent', party: 'odm', ground: 'forms-differ', station: STATION };
const ORDER = {
	do: 'order',
	name: 'j',
	court: 'supreme-court',
	order: 'annul',
	basis: 'petition',
	citation: 'Petition-1-of-2017',
	decided: '2017-09-01T08:00:00Z',
	text: 'annulled',
};

describe('P83 a story', () => {
	it.each(['kenya-2017', 'bolivia-2019'])('of the example %s is read without a problem', (name) => {
		const bytes = readFileSync(new URL(`${name}/story.json`, EXAMPLES));
		const beside = (table: string) => ok(readFileSync(new URL(`${name}/counts/${table}.csv`, EXAMPLES)));
		const story = readStory(electionOf(name), 'story.json', bytes, beside);
		if (!story.ok) throw new Error(JSON.stringify(story.error, undefined, 1));
		const kinds = new Set(story.value.steps.map(({ step }) => step.kind));
		for (const kind of [
			'originals',
			'objection',
			'answer',
			'incident',
			'pause',
			'resume',
			'error',
			'collation',
			'order',
		])
			expect([...kinds]).toContain(kind);
	});

	it('that nobody tells is the law of the package: from the lowest level up, then the declaration', () => {
		const steps = plainStory(electionOf('kenya-2017')).steps.map(({ step }) =>
			step.kind === 'collation' ? step.level : step.kind,
		);
		expect(steps).toEqual(['constituency', 'nation', 'declaration']);
	});
});

describe('P84 a step', () => {
	it('is about one return, one area, the declaration, or else the contest', () => {
		const on = (more: object) => {
			const { station: _none, ...rest } = OBJECTION;
			const story = read(told({ ...rest, ...more }));
			const [step] = story.ok ? story.value.steps.map((one) => one.step) : [];
			return step?.kind === 'objection' ? step.on : undefined;
		};
		expect(on({ station: STATION })).toEqual({ kind: 'return', station: STATION });
		expect(on({ area: 'ward/0001' })).toEqual({ kind: 'area', area: 'ward/0001' });
		expect(on({ declaration: true })).toEqual({ kind: 'declaration' });
		expect(on({})).toEqual({ kind: 'contest' });
	});

	it('has its moment in seconds, and its contest where the package has only one', () => {
		const story = read(told({ do: 'declaration', at: '2017-08-11T19:20:00Z' }));
		expect(story).toMatchObject({
			ok: true,
			value: { steps: [{ at: 1_502_479_200, step: { kind: 'declaration', contest: 'president', proceed: {} } }] },
		});
	});
});

describe('P86 a count of somebody else', () => {
	it('has its table, with as many rows as that has, and who lodges it', () => {
		const story = read(told(COUNT, { ...COUNT, by: 'agent', party: 'odm', table: 'areas', level: 'county' }));
		const steps = story.ok ? story.value.steps.map(({ step }) => step) : [];
		expect(steps).toMatchObject([
			{ kind: 'count', by: { kind: 'newsroom' }, rows: 1, obtained: 'posted-forms', at: 1_502_265_600 },
			{ kind: 'count', by: { kind: 'agent', party: 'odm' }, level: 'county', rows: 1 },
		]);
		expect(steps.map((step) => step.kind === 'count' && Buffer.from(step.table).toString())).toEqual([
			TABLES['ours'],
			TABLES['areas'],
		]);
	});
});

/** What is wrong → the story, the rule that is told, and what is named. */
const REFUSED: readonly (readonly [string, unknown, string, string])[] = [
	['no JSON', '{', 'P20', 'a key'],
	['another format', { format: 'matokeo-story/v2', steps: [] }, 'P24', 'matokeo-story/v1'],
	['a step that does nothing', told({ at: '2017-08-11T19:20:00Z' }), 'P24', 'do'],
	['a step of an unknown kind', told({ do: 'miracle' }), 'P24', 'originals, original'],
	['a member that the kind has not', told({ do: 'originals', share: 1, votes: 3 }), 'P24', 'share'],
	['a share above the whole', told({ do: 'originals', share: 1001 }), 'P24', '1000'],
	['a day without an hour', told({ do: 'declaration', at: '2017-08-11' }), 'P84', '2017-08-11T19:20:00Z'],
	['a day that there is not', told({ do: 'declaration', at: '2017-02-30T00:00:00Z' }), 'P84', 'UTC'],
	['two targets', told({ ...OBJECTION, area: 'ward/0001' }), 'P84', 'one of station, area'],
	['an agent of nobody', told({ ...OBJECTION, party: undefined }), 'P84', 'party'],
	['a registry for nobody', told({ ...OBJECTION, by: 'registry', party: undefined }), 'P84', 'office'],
	['an unknown station', told({ ...OBJECTION, station: '1' }), 'P85', 'a polling station'],
	['an unknown party', told({ ...OBJECTION, party: 'nobody' }), 'P85', 'odm'],
	['an unknown ground', told({ ...OBJECTION, ground: 'because' }), 'P85', 'forms-differ'],
	['a name given twice', told(OBJECTION, OBJECTION), 'P85', 'once'],
	[
		'an answer to what nobody lodged',
		told({ do: 'answer', objection: 'o', outcome: 'upheld', reason: 'founded', by: 'authority' }),
		'P85',
		'the objection',
	],
	[
		'an answer by somebody unknown',
		told(OBJECTION, { do: 'answer', objection: 'o', outcome: 'upheld', reason: 'founded', by: 'me' }),
		'P85',
		'supreme-court',
	],
	['the end of no pause', told({ do: 'resume', pause: 'p', reason: 'maintenance' }), 'P85', 'the pause'],
	['a level at which nobody certifies', told({ do: 'collation', level: 'ward' }), 'P85', 'nation, constituency'],
	['a rule that the package has not', told({ do: 'declaration', proceed: { missing: 'x' } }), 'P85', 'seven-days'],
	['an open class that there is not', told({ do: 'declaration', proceed: { lost: 'x' } }), 'P24', 'unwitnessed'],
	[
		'a dissent of somebody else',
		told({ do: 'dissent', by: 'registrar/1', reason: 'not-verified' }),
		'P85',
		'authority/1',
	],
	['a court that there is not', told({ ...ORDER, court: 'high-court' }), 'P85', 'supreme-court'],
	['a citation with spaces', told({ ...ORDER, citation: 'Petition 1' }), 'P84', 'case or law'],
	['the lifting of nothing', told({ ...ORDER, order: 'lift' }), 'P84', 'of'],
	['the lifting of an order that nobody gave', told({ ...ORDER, order: 'lift', of: 'k' }), 'P85', 'the order'],
	['a count without its table', told({ ...COUNT, table: 'theirs' }), 'P86', 'counts/theirs.csv beside the story'],
	['a count from elsewhere on the disk', told({ ...COUNT, table: '../ours' }), 'P86', 'the name of a table'],
	['a table with a formula', told({ ...COUNT, table: 'formula' }), 'P86', 'in the spelling of S44'],
	['a table of other fields', told({ ...COUNT, table: 'foreign' }), 'P86', 'of this contest and level'],
	['a table of areas where stations are said', told({ ...COUNT, table: 'areas' }), 'P86', 'of this contest and level'],
	['a level at which nothing is totalled', told({ ...COUNT, level: 'village' }), 'P85', 'the level of a count'],
	['a source that is not listed', told({ ...COUNT, obtained: 'rumour' }), 'P24', 'handed-over'],
	['a count by an official', told({ ...COUNT, by: 'authority' }), 'P24', 'newsroom'],
	['an order without words', told({ ...ORDER, text: undefined }), 'P24', 'text'],
];

describe('P85 a story is refused', () => {
	it.each(REFUSED)('for %s', (_what, story, rule, named) => {
		const result = read(story);
		if (result.ok) throw new Error('it was read');
		const problem = result.error.find((one) => one.rule === rule);
		expect(problem, JSON.stringify(result.error)).toBeDefined();
		expect(problem?.expected).toContain(named);
		expect(problem?.file).toBe('story.json');
	});

	it('with all its problems at once', () => {
		const result = read(told({ do: 'collation', level: 'ward' }, { ...ORDER, court: 'x', citation: 'a b' }));
		expect(result.ok ? [] : result.error.map(({ rule }) => rule)).toEqual(['P85', 'P85', 'P84']);
	});
});
