/**
 * Reports against the schemas of NIST SP 1500-100 v2.0.3, JSON and XML, as published (needs `shared/data` beside the repository; skipped, saying so, where it is absent): of every history that the vectors tell, of a package with hostile names, and of no log at all. And what the check of meaning says of
 * samples of others.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Election } from '@matokeo/core/election/types.ts';
import { contextOf } from '@matokeo/core/rules/context.ts';
import { baselineOf } from '@matokeo/core/standings/baseline.ts';
import { portableSuite } from '@matokeo/core/std/portable.ts';
import { type HistoryFile, playCase, readVectors } from '@matokeo/core/testing/rules/history.ts';
import { newWorld } from '@matokeo/core/testing/rules/world.ts';
import { checkNist } from '@matokeo/portal/nist/check/checkNist.ts';
import { NIST_LEVELS } from '@matokeo/portal/nist/report/source.ts';
import { sourceOf, written } from '@matokeo/portal/testing/nistSource.ts';
import { describe, expect, it } from 'vitest';
import { HAS_NIST, jsonJudge, NIST, xmlProblems } from './lib/nistSchemas.ts';

const FILES = readdirSync(new URL('../../vectors/histories/', import.meta.url));

describe.skipIf(!HAS_NIST)('schemas of SP 1500-100 v2.0.3 (needs shared/data)', () => {
	it.each(FILES)('E1 reports of %s are valid, with stations and by areas alone', async (file) => {
		const judge = jsonJudge();
		const history = readVectors<HistoryFile>(`histories/${file}`);
		const documents: string[] = [];
		for (const one of history.cases) {
			const source = sourceOf(playCase(history, { ...one, mode: 'official' }).world);
			for (const level of NIST_LEVELS) {
				const { json, xml } = written(source, { level });
				expect(judge(JSON.parse(json)), one.name).toEqual([]);
				documents.push(xml);
			}
		}
		expect(await xmlProblems(documents)).toEqual([]);
	});

	it('E1 a log of nothing at all', async () => {
		const { json, xml } = written(sourceOf(newWorld('official')));
		const report: unknown = JSON.parse(json);
		expect(report).toMatchObject({ Status: 'pre-election', GeneratedDate: '1970-01-01T00:00:00Z' });
		expect([jsonJudge()(report), await xmlProblems([xml])]).toEqual([[], []]);
	});

	it('E5 names that try to be something else than names', async () => {
		const hostile = [
			'</BallotName><x>',
			'&lt;b&gt; ]]> &',
			'" onload="1',
			'a\u0000b\u0007c',
			'\ud800 half',
			'\u202e12345',
			'😀 \u00e9',
			'a\rb\nc\td',
			'￾',
		];
		for (const name of hostile) {
			const { json, xml } = written(hostileSource(name));
			expect(jsonJudge()(JSON.parse(json)), name).toEqual([]);
			expect(await xmlProblems([xml]), name).toEqual([]);
			expect(checkNist(JSON.parse(json)).findings, name).toEqual([]);
		}
	});

	it('the schemas do refuse: a member that is not there, an order that is another', async () => {
		const { json, xml } = written(sourceOf(newWorld('official')));
		expect(jsonJudge()(JSON.parse(json.replace('"SequenceEnd":1,', '')))).not.toEqual([]);
		expect(await xmlProblems([xml.replace('<SequenceStart>1</SequenceStart>', '')])).not.toEqual([]);
	});
});

/** The small election of the tests with one name for everything, put where a parser of packages would refuse some of it. */
function hostileSource(name: string) {
	const world = newWorld('official');
	const source = sourceOf(world);
	const { election } = source;
	const named: Election = {
		...election,
		title: { en: name },
		areas: new Map([...election.areas].map(([id, area]) => [id, { ...area, name }])),
		stations: new Map([...election.stations].map(([id, station]) => [id, { ...station, name }])),
		contests: new Map(
			[...election.contests].map(([id, contest]) => [
				id,
				{ ...contest, title: { en: name }, candidates: contest.candidates.map((one) => ({ ...one, name })) },
			]),
		),
	};
	return { ...source, election: named, context: contextOf(portableSuite, named), baseline: baselineOf(named) };
}

describe.skipIf(!existsSync(join(NIST, 'samples')))('samples of others (needs shared/data)', () => {
	/** Found in what was published: one reference to a person who is not there, an id of two contests, a type that is not said; candidates whom no contest has. */
	it.each([
		['own/station-level.json', []],
		['ttv/examples/jetsons_election_definition.json', ['X3']],
		['ttv/examples/example_2.json', ['X2', 'X3', 'X11']],
		['ttv/test_cases/april_test_case.json', ['X12', 'X12', 'X12']],
		['ttv/examples/cvrr_jetsons_precinct_1.json', ['X1']],
	] as const)('%s: %j', (path, rules) => {
		const { findings } = checkNist(JSON.parse(readFileSync(join(NIST, 'samples', path), 'utf8')));
		expect(findings.map(({ rule }) => rule).sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)))).toEqual(rules);
	});
});
