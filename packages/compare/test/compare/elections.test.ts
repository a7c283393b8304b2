/** The engine on real elections, against numbers known from their public records. The tables lie outside this repository; where they are absent these tests pass over them, saying so. */
import { BASE_RATES } from '@matokeo/compare/compare/baseRates.ts';
import { compareCounts } from '@matokeo/compare/compare/compareCounts.ts';
import type { Comparison } from '@matokeo/compare/comparison.ts';
import type { Count } from '@matokeo/compare/count.ts';
import { effectOf } from '@matokeo/compare/effect/effectOf.ts';
import {
	BOLIVIA_FOLDER,
	BULGARIA_FOLDER,
	bolivia,
	bulgaria,
	hasData,
	KENYA_2013_FOLDER,
	kenya2013,
	lawOfExample,
	PERU_FOLDER,
	peru,
} from '@matokeo/compare/testing/elections.ts';
import { describe, expect, it } from 'vitest';

/** A long table that leaves out who has no votes. */
function absentAsZero(count: Count): Count {
	return { ...count, values: count.values.map((value) => (Number.isNaN(value) ? 0 : value)) };
}

function rateOf({ matched, differing, patterns, without_pattern }: Comparison): object {
	return {
		matched,
		differing,
		patterns: Object.fromEntries(patterns.map(({ pattern, stations }) => [pattern, stations])),
		without_pattern,
	};
}

function expectRate(id: string, comparison: Comparison): void {
	expect(BASE_RATES.find((rate) => rate.id === id)).toMatchObject(rateOf(comparison));
}

describe.skipIf(!hasData(BOLIVIA_FOLDER))('Bolivia 2019, transmission and official count (needs shared/data)', () => {
	it('706 of 32,806 tables differ and 1,749 are missing; the last snapshot elects as the count does', () => {
		const [last, official] = [bolivia('last'), bolivia('official')];
		const comparison = compareCounts(last, official);
		expect(comparison).toMatchObject({ matched: 32_806, differing: 706, only_in_a: 0, only_in_b: 1_749 });
		expect(comparison.verdict).toEqual({ comparable: 'stations', findings: [] });
		expectRate('bolivia-2019', comparison);
		const effect = effectOf(last, official, {}, lawOfExample('bolivia-2019', 'president'));
		expect(effect).toMatchObject({ same_outcome: true, same_ranking: true });
		expect(effect.versions.map(({ basis, rows, lead }) => [basis, rows, lead?.votes, lead?.points])).toEqual([
			['a', 32_806, 592_899, '10.1499'],
			['b', 34_555, 648_439, '10.5649'],
			['differing', 34_555, 646_944, '10.5477'],
			['completed', 34_555, 646_944, '10.5477'],
		]);
		expect(effect.stakes.find(({ condition }) => condition === 'forty-and-ten')).toMatchObject({
			distance_switched: 17_336,
			enough: true,
			parts: [
				{ of: 'differing', stations: 706, enough: false },
				{ of: 'only_in_b', stations: 1_749, enough: true },
			],
		});
	});

	it('549 of 28,975 tables differ and 5,580 are missing; the snapshot at the pause says runoff', () => {
		const [paused, official] = [bolivia('paused'), bolivia('official')];
		expect(compareCounts(paused, official)).toMatchObject({
			matched: 28_975,
			differing: 549,
			only_in_a: 0,
			only_in_b: 5_580,
		});
		const effect = effectOf(paused, official, {}, lawOfExample('bolivia-2019', 'president'));
		expect(effect.same_outcome).toBe(false);
		expect(effect.versions.map(({ basis, outcome }) => [basis, outcome?.kind])).toEqual([
			['a', 'runoff'],
			['b', 'elected'],
			['differing', 'elected'],
			['completed', 'elected'],
		]);
		expect(effect.versions[0]?.lead).toMatchObject({ first: 'mas', second: 'cc', points: '7.8720' });
	});

	it('the province of every table is known from either source, and provinces add up', () => {
		const { levels, whole } = compareCounts(bolivia('last'), bolivia('official'));
		expect(levels.map(({ areas }) => areas.length)).toEqual([34, 86, 221, 455]);
		for (const { areas, unplaced } of levels) {
			expect(unplaced).toBe(0);
			expect(areas.reduce((sum, { only_in_b }) => sum + only_in_b, 0)).toBe(whole.only_in_b);
		}
	});
});

describe.skipIf(!hasData(BULGARIA_FOLDER))('Bulgaria 2021, protocols and machines (needs shared/data)', () => {
	it('6 of 9,580 sections differ; without a word on what a missing line means, 3,801 more say zero beside nothing', () => {
		const [protocol, machine] = [bulgaria('protocol'), bulgaria('machine')];
		const comparison = compareCounts(absentAsZero(protocol), absentAsZero(machine));
		expect(comparison).toMatchObject({ matched: 9_580, differing: 6, only_in_a: 94, only_in_b: 0 });
		expectRate('bulgaria-2021', comparison);
		const { differing, patterns } = compareCounts(protocol, machine);
		expect(differing - (patterns.find(({ pattern }) => pattern === 'blank_or_zero')?.stations ?? 0)).toBe(6);
	});
});

describe.skipIf(!hasData(PERU_FOLDER))('Peru 2021, actas as observed and as resolved (needs shared/data)', () => {
	it('2,899 of 86,488 actas differ in any figure, 2,069 in a candidate’s', () => {
		const comparison = compareCounts(peru('observed'), peru('resolved'));
		expect(comparison).toMatchObject({ matched: 86_488, differing: 2_899 });
		const candidates = ['peru-libre', 'fuerza-popular'];
		const inCandidates = comparison.stations.filter(({ fields }) =>
			fields.some(({ field }) => candidates.includes(field)),
		);
		expect(inCandidates).toHaveLength(2_069);
		expectRate('peru-2021', comparison);
	});
});

describe.skipIf(!hasData(KENYA_2013_FOLDER))('Kenya 2013, overwritten totals (needs shared/data)', () => {
	it('of 500 forms known to be overwritten 476 can be read before and after', () => {
		expectRate('kenya-2013', compareCounts(kenya2013('orig'), kenya2013('fin')));
	});
});
