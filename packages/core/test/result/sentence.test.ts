/** RS11: the facts and English sentences of a condition, on Bolivia 2019 and on made-up states of a count. */
import { describe, expect, it } from 'vitest';
import { describeCondition, grouped } from '../../src/result/describe.ts';
import { type ConditionReport, evaluateResult } from '../../src/result/evaluate.ts';
import { parseResultRule } from '../../src/result/parseRule.ts';
import type { Stakes } from '../../src/result/stakes.ts';
import type { Denominators, ResultInput, TallyUnit } from '../../src/result/tally.ts';

const denominators: Denominators = {
	candidates: { candidates: true, categories: [] },
	cast: { candidates: true, categories: ['blank'] },
	registered: 'registered',
};
const none = { stations: 0, ballots: 0 };
const noStakes: Stakes = { missing: none, quarantined: none, discrepant: none, disputed: none };

const fortyTen = {
	rounds: [
		{
			elect: {
				any: [
					{ id: 'over-half', text: { en: 'over 50 %' }, share: { gt: '1/2', of: 'candidates' } },
					{
						id: 'forty-and-ten',
						text: { en: '40 % and a lead of 10 points' },
						all: [{ share: { gte: '2/5', of: 'candidates' } }, { lead: { gte: '1/10', of: 'candidates' } }],
					},
				],
			},
			else: { advance: { top: 2 } },
		},
	],
};

function conditionsOf(rule: unknown, input: ResultInput, stakes: Stakes): ReadonlyMap<string, ConditionReport> {
	const parsed = parseResultRule(rule);
	if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
	const { conditions } = evaluateResult({ rule: parsed.value, round: 1, denominators }, input, stakes);
	return new Map(conditions.map((condition) => [condition.id, condition]));
}

function unit(votes: readonly number[], outstanding: number | 'unbounded', outstandingStations: number): TallyUnit {
	return { votes, categories: { blank: 0 }, registered: 10_000_000, outstanding, outstandingStations };
}

function contest(ids: readonly string[], total: TallyUnit): ResultInput {
	return { candidates: ids.map((id) => ({ id, eligible: true })), total, areas: new Map() };
}

describe('RS11 sentences', () => {
	it('RS11 says what is certain when nothing is outstanding', () => {
		const final = contest(['mas', 'cc', 'others'], unit([2889359, 2240920, 1007392], 0, 0));
		const conditions = conditionsOf(fortyTen, final, noStakes);
		expect(conditions.get('over-half')?.sentence).toBe(
			'"over 50 %" cannot be met: mas (the most votes of those who can be elected) has 47.0758 % of candidates\' votes (2,889,359 of 6,137,671; more than 50 % needed). Nothing is outstanding. On the totals as they stand, 179,477 ballots switched from others to mas would make it hold.',
		);
		expect(conditions.get('forty-and-ten')?.sentence).toBe(
			'"40 % and a lead of 10 points" is met: mas has 47.0758 % of candidates\' votes (2,889,359 of 6,137,671; at least 40 % needed) and leads cc by 10.5649 points (648,439 votes; a lead of at least 10 points needed). Nothing is outstanding. On the totals as they stand, 17,336 ballots switched from mas to others would make it fail.',
		);
	});

	it('RS11 says why a condition is open, and what is at stake', () => {
		const open = contest(['mas', 'cc', 'others'], unit([2_300_000, 1_900_000, 830_000], 1_203_456, 5580));
		const stakes: Stakes = {
			missing: { stations: 5580, ballots: 1_203_456 },
			quarantined: none,
			discrepant: { stations: 549, ballots: 9_000 },
			disputed: { stations: 1, ballots: 'unbounded' },
		};
		const report = conditionsOf(fortyTen, open, stakes).get('forty-and-ten');
		expect(report?.state).toBe('open');
		expect(report?.sentence).toBe(
			'"40 % and a lead of 10 points" is open: mas has 45.7256 % of candidates\' votes (2,300,000 of 5,030,000; at least 40 % needed) and leads cc by 7.9523 points (400,000 votes; a lead of at least 10 points needed). 5,580 stations with up to 1,203,456 ballots are outstanding: if all of them were for mas it would be met, if all of them were for cc it would not. On the totals as they stand, 51,500 ballots switched from others to mas would make it hold. 5,580 missing returns hold up to 1,203,456 ballots: by themselves enough to matter to this condition. 549 discrepant returns hold up to 9,000 ballots and need explanation: by themselves too few to change this condition. 1 disputed return holds an unknown number of ballots.',
		);
	});

	it('RS11 computes whether minor variances matter', () => {
		const stakes: Stakes = {
			...noStakes,
			discrepant: { stations: 3, ballots: 700 },
			quarantined: { stations: 1, ballots: 300 },
		};
		const final = contest(['a', 'b'], unit([60_000, 40_000], 0, 0));
		const report = conditionsOf(fortyTen, final, stakes).get('forty-and-ten');
		expect(report?.distance_switched).toBe(5001);
		expect(report?.stakes_together).toEqual({ ballots: 1000, enough: false });
		expect(report?.sentence).toContain(
			'Together these returns hold at most 1,000 ballots: too few to change this condition, whatever is found in them.',
		);
	});

	it('RS11 says that nothing is certain without a ceiling, and that nobody can be elected', () => {
		const endless = conditionsOf(fortyTen, contest(['a', 'b'], unit([90, 10], 'unbounded', 2)), noStakes).get(
			'over-half',
		);
		expect(endless?.sentence).toContain('is open, though the verified totals meet it');
		expect(endless?.sentence).toContain(
			'2 stations are outstanding, and for some no ceiling is known: nothing is certain without one.',
		);
		const nobody: ResultInput = {
			candidates: [{ id: 'a', eligible: false }],
			total: unit([5], 0, 0),
			areas: new Map(),
		};
		expect(conditionsOf(fortyTen, nobody, noStakes).get('over-half')?.sentence).toBe(
			'"over 50 %" cannot be met: no candidate can be elected. Nothing is outstanding.',
		);
	});

	it('RS11 counts areas, each with its own distance, nearest first', () => {
		const rule = {
			rounds: [
				{
					elect: {
						id: 'counties',
						areas: { level: 'county', where: { share: { gte: '1/4', of: 'cast' } }, count: { gte: 2 } },
					},
				},
			],
		};
		const areas = new Map([
			[
				'county',
				[30, 25, 10].map((own, index) => ({
					id: `k${index}`,
					unit: unit([own, 100 - own], index === 2 ? 20 : 0, index === 2 ? 1 : 0),
				})),
			],
		]);
		const input: ResultInput = { ...contest(['a', 'b'], unit([65, 235], 20, 1)), areas };
		const parsed = conditionsOf(rule, input, noStakes).get('counties');
		expect(parsed?.candidates).toEqual({ a: 'met', b: 'met' });
		const report = conditionsOf(
			rule,
			{
				...input,
				candidates: [
					{ id: 'a', eligible: true },
					{ id: 'b', eligible: false },
				],
			},
			noStakes,
		).get('counties');
		expect(report?.facts).toEqual([
			{
				kind: 'areas',
				name: 'county',
				reached: 2,
				needed: 2,
				whole: 3,
				holds: true,
				areas: [
					{ area: 'k1', holds: true, state: 'met', distance_switched: 1 },
					{ area: 'k0', holds: true, state: 'met', distance_switched: 6 },
					{ area: 'k2', holds: false, state: 'open', distance_switched: 15 },
				],
			},
		]);
		expect(report?.distance_switched).toBe(1);
		expect(report?.name).toBe('at least 25 % of votes cast in at least 2 areas of level county');
		expect(report?.sentence).toContain('a has what is needed in 2 of 3 areas of level county (2 needed)');
	});

	it('RS10 sets what is at stake in an area beside the area’s own distance, and says in how many it is enough', () => {
		const where = { share: { gte: '1/4', of: 'cast' } };
		const rule = (condition: object) => ({
			rounds: [{ elect: { id: 'counties', areas: { level: 'county', where: condition, count: { gte: 2 } } } }],
		});
		const atStake: readonly Stakes[] = [
			{ ...noStakes, discrepant: { stations: 1, ballots: 5 } },
			{ ...noStakes, discrepant: { stations: 1, ballots: 4 }, disputed: { stations: 1, ballots: 4 } },
			{ ...noStakes, missing: { stations: 2, ballots: 'unbounded' } },
			noStakes,
		];
		const list = atStake.map((stakes, index) => ({ id: `k${index}`, unit: unit([30, 70], 0, 0), stakes }));
		const input: ResultInput = { ...contest(['a', 'b'], unit([120, 280], 0, 0)), areas: new Map([['county', list]]) };
		const onlyA = { ...input, candidates: input.candidates.map((one) => ({ ...one, eligible: one.id === 'a' })) };
		const report = conditionsOf(rule(where), onlyA, noStakes).get('counties');
		const [fact] = report?.facts ?? [];
		if (fact?.kind !== 'areas') throw new Error('the condition counts areas');
		expect(
			fact.areas.map(({ distance_switched: switched, stakes_together: together }) => [switched, together]),
		).toEqual([
			[6, { ballots: 5, enough: false }],
			[6, { ballots: 8, enough: true }],
			[6, { ballots: 'unbounded' }],
			[6, { ballots: 0, enough: false }],
		]);
		expect(fact.areas[1]?.stakes?.map(({ kind, enough }) => [kind, enough])).toEqual([
			['missing', false],
			['quarantined', false],
			['discrepant', false],
			['disputed', false],
		]);
		expect(report?.sentence).toContain(
			'3 areas of level county have returns in question: in 1 they hold too few ballots to turn the area over, in 1 enough, and in 1 that cannot be said.',
		);
		const turnout = { all: [where, { turnout: { gte: '1/10', of: 'registered', cast: 'cast' } }] };
		const cautious = conditionsOf(rule(turnout), onlyA, noStakes).get('counties')?.facts[0];
		if (cautious?.kind !== 'areas') throw new Error('the condition counts areas');
		expect(cautious.areas.map(({ stakes_together: together }) => together?.enough)).toEqual([
			undefined,
			undefined,
			undefined,
			undefined,
		]);
	});

	it('RS11 groups thousands and describes every kind of condition', () => {
		expect([0, 999, 1000, 1234567].map(grouped)).toEqual(['0', '999', '1,000', '1,234,567']);
		const rule = parseResultRule({
			rounds: [
				{
					elect: {
						all: [
							{ any: [{ rank: 1 }, { turnout: { gt: '1/3' } }] },
							{ area: { id: 'x', where: { lead: { gte: '1/10', of: 'valid' } } } },
							{ electors: { level: 'state', allocate: 'winner-take-all', need: { gt: '1/2' } } },
						],
					},
				},
			],
		});
		const elect = rule.ok ? rule.value.rounds[0]?.elect : undefined;
		expect(elect && describeCondition(elect)).toBe(
			'(the most votes or a turnout of more than 1/3 of registered voters) and a lead of at least 10 points of valid votes in x and more than 50 % of the electors',
		);
	});
});
