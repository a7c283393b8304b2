/** K13–K16: what two counts mean for the result, under a rule with a share, areas, one area and a turnout, and without any rule. */
import { compareCounts } from '@matokeo/compare/compare/compareCounts.ts';
import type { Count } from '@matokeo/compare/count.ts';
import type { Effect } from '@matokeo/compare/effect/effect.ts';
import { effectOf } from '@matokeo/compare/effect/effectOf.ts';
import type { EffectLaw } from '@matokeo/compare/effect/law.ts';
import { wholeRuleOf } from '@matokeo/compare/effect/whole.ts';
import { lawOfPackage } from '@matokeo/compare/testing/elections.ts';
import { type SmallRow, smallCount } from '@matokeo/compare/testing/smallCount.ts';
import { describe, expect, it } from 'vitest';

const LAW = { ...lawOfPackage('vectors/package/accepted/territorial', 'president'), hidden: false };

/** Alba, Benta, Chidi, blank, 21f by station: half of the register votes, Alba has more than half and a quarter everywhere but in the South. */
const BASE: readonly SmallRow[] = [
	['001', 300, 40, 20, 5, 5],
	['002', 300, 40, 20, 5, 5],
	['003', 200, 40, 20, 5, 5],
	['004', 200, 40, 20, 5, 5],
	['005', 100, 40, 20, 5, 5],
	['006', 140, 300, 20, 5, 5],
	['007', 60, 200, 20, 5, 5],
	['008', 10, 30, 2, 0, 0],
];

const FIELDS = ['alba', 'benta', 'chidi', 'other:blank', 'other:21f'];

function count(rows: readonly SmallRow[], fields: readonly string[] = FIELDS): Count {
	return smallCount({ fields, rows });
}

/** The base with some rows in the place of those of the same key. */
function changed(...rows: readonly SmallRow[]): Count {
	return count(BASE.map((row) => rows.find(([key]) => key === row[0]) ?? row));
}

function held(effect: Effect, basis: string): readonly string[] {
	const version = effect.versions.find((one) => one.basis === basis);
	return (version?.conditions ?? []).map(({ id, holds }) => `${id} ${holds}`);
}

function outcomes(effect: Effect): readonly (string | undefined)[] {
	return effect.versions.map(({ outcome }) => outcome?.kind);
}

describe('what two counts mean for the result', () => {
	it('K15 the rule as a whole is the first of several conditions, unless the package gives it a text', () => {
		const { versions } = effectOf(count(BASE), count(BASE), {}, LAW);
		expect(wholeRuleOf(versions)).toBe('elect');
		const conditions = versions[0]?.conditions ?? [];
		const told = (few: typeof conditions) => versions.map((one) => ({ ...one, conditions: few }));
		expect(wholeRuleOf(told(conditions.slice(0, 1)))).toBeUndefined();
		expect(wholeRuleOf(told(conditions.map((one) => ({ ...one, text: { en: 'all' } }))))).toBeUndefined();
		expect(wholeRuleOf([])).toBeUndefined();
	});

	it('K14 the same counts: four versions that agree, nothing at stake', () => {
		const effect = effectOf(count(BASE), count(BASE), {}, LAW);
		expect(effect).toMatchObject({ base: 'b', same_outcome: true, same_ranking: true });
		expect(effect.versions.map(({ basis, rows, sum }) => [basis, rows, sum])).toEqual(
			['a', 'b', 'differing', 'completed'].map((basis) => [basis, 8, 2182]),
		);
		expect(outcomes(effect)).toEqual(Array(4).fill('elected'));
		const stake = { at_stake: 0, parts: [] };
		expect(effect.stakes).toEqual([
			{ ...stake, condition: 'elect', distance_switched: expect.any(Number) },
			{ ...stake, condition: 'majority', distance_switched: 184, enough: false },
		]);
		expect(effect.without_rule).toBeUndefined();
	});

	it('K15 a count that takes the quarter of an area from the first: the condition on areas fails, and only that', () => {
		const effect = effectOf(changed(['006', 20, 420, 20, 5, 5]), count(BASE), {}, LAW);
		expect(held(effect, 'b')).toEqual(['elect true', 'majority true']);
		expect(held(effect, 'a')).toEqual(['elect false', 'majority true']);
		expect(outcomes(effect)).toEqual(['runoff', 'elected', 'runoff', 'runoff']);
		expect(effect.same_outcome).toBe(false);
		const areas = effect.versions[0]?.conditions?.[0]?.facts.find(({ kind }) => kind === 'areas');
		expect(areas).toMatchObject({ reached: 1, needed: 2, whole: 2, holds: false });
	});

	it('K14 stations that only the other has count in the completed version and in no other', () => {
		const effect = effectOf(count(BASE), count(BASE.slice(0, 5)), {}, LAW);
		expect(effect.versions.map(({ basis, rows }) => [basis, rows])).toEqual([
			['a', 8],
			['b', 5],
			['differing', 5],
			['completed', 8],
		]);
		expect(effect.versions.map(({ ranking }) => ranking[1]?.votes)).toEqual([730, 200, 200, 730]);
	});

	it('K14 with the base on the other side it is the other that is put in its place', () => {
		const other = changed(['001', 100, 240, 20, 5, 5]);
		const effect = effectOf(other, count(BASE), { base: 'a' }, LAW);
		expect(effect.base).toBe('a');
		expect(effect.versions[2]?.ranking).toEqual(effect.versions[1]?.ranking);
		expect(effect.versions[0]?.ranking).not.toEqual(effect.versions[1]?.ranking);
	});

	it('K14 a number that the other does not give stays', () => {
		const effect = effectOf(changed(['001', null, 50, 20, 5, 5]), count(BASE), {}, LAW);
		expect(effect.versions[2]?.ranking.map(({ candidate, votes }) => `${candidate} ${votes}`)).toEqual([
			'alba 1310',
			'benta 740',
			'chidi 142',
		]);
	});

	it('K14 shares are exact, points have four decimals', () => {
		const { versions } = effectOf(count(BASE), count(BASE));
		expect(versions[0]?.ranking[0]).toEqual({
			candidate: 'alba',
			name: 'alba',
			votes: 1310,
			exact: '655/1091',
			percent: '60.0367',
		});
		expect(versions[0]?.lead).toEqual({
			first: 'alba',
			second: 'benta',
			votes: 580,
			exact: '290/1091',
			points: '26.5811',
		});
	});

	it('K16 stakes: the larger of gained and lost, station by station, and the ballots of stations that one side has', () => {
		const a = [
			...BASE.slice(0, 7).map((row): SmallRow => (row[0] === '001' ? ['001', 290, 45, 20, 5, 5] : row)),
			['009', 1, 2, 3, 4, 5],
		] as const;
		const { stakes } = effectOf(count(a), count(BASE), {}, LAW);
		expect(stakes.find(({ condition }) => condition === 'majority')).toEqual({
			condition: 'majority',
			distance_switched: 184,
			at_stake: 10 + 15 + 42,
			enough: false,
			parts: [
				{ of: 'differing', stations: 1, at_stake: 10, enough: false },
				{ of: 'only_in_a', stations: 1, at_stake: 15, enough: false },
				{ of: 'only_in_b', stations: 1, at_stake: 42, enough: false },
			],
		});
	});

	it('K16 what is enough to turn a condition over is said to be so; of a turnout nothing is said', () => {
		const { stakes } = effectOf(changed(['001', 0, 340, 20, 5, 5]), count(BASE), {}, LAW);
		expect(stakes.map(({ condition, enough }) => [condition, enough])).toEqual([
			['elect', undefined],
			['majority', true],
		]);
	});

	it('K13 without a package: votes, shares and lead, and why there is no more', () => {
		const effect = effectOf(count(BASE), changed(['001', 0, 640, 20, 5, 5]));
		expect(effect).toMatchObject({ without_rule: 'no-package', stakes: [], same_ranking: false });
		expect(outcomes(effect)).toEqual(Array(4).fill(undefined));
		expect('same_outcome' in effect).toBe(false);
	});

	it('K13 outcomes that the package hides stay hidden', () => {
		const hidden = lawOfPackage('vectors/package/accepted/territorial', 'president');
		expect(hidden.hidden).toBe(true);
		expect(effectOf(count(BASE), count(BASE), {}, hidden)).toMatchObject({ without_rule: 'hidden', stakes: [] });
	});

	it('K13 fields that the rule reads and one count does not have are named; the other is judged', () => {
		const bare = count(
			BASE.map(([key, ...numbers]): SmallRow => [key, ...numbers.slice(0, 3)]),
			FIELDS.slice(0, 3),
		);
		const effect = effectOf(bare, count(BASE), {}, LAW);
		expect(effect).toMatchObject({ without_rule: 'fields-missing', missing_fields: ['blank', '21f'] });
		expect(outcomes(effect)).toEqual([undefined, 'elected', 'elected', 'elected']);
	});

	it('K13 a count without areas cannot be judged by areas', () => {
		const whole = smallCount({ level: { area: 'nation' }, fields: FIELDS, rows: [['all', 1310, 730, 142, 35, 35]] });
		const effect = effectOf(whole, count(BASE), {}, LAW);
		expect(effect).toMatchObject({ without_rule: 'areas-missing', missing_levels: ['region'] });
		expect(effect.versions.map(({ ranking }) => ranking[0]?.votes)).toEqual([1310, 1310, 1310, 1310]);
	});

	it('K13 votes for a candidate whose votes are void are in no total', () => {
		const law: EffectLaw = { ...LAW, voided: new Set(['benta']) };
		const { versions } = effectOf(count(BASE), count(BASE), {}, law);
		expect(versions[0]?.ranking.map(({ candidate }) => candidate)).toEqual(['alba', 'chidi']);
		expect(versions[0]?.conditions?.[1]?.facts[0]).toMatchObject({ part: 1310, whole: 1522 });
	});

	it('K14 versions are of the rows that were compared', () => {
		const [a, b] = [changed(['001', 1, 2, 3, 4, 5]), count(BASE.slice(1))];
		const { matched, only_in_a } = compareCounts(a, b);
		const { versions } = effectOf(a, b, {}, LAW);
		expect(versions.map(({ rows }) => rows)).toEqual([8, 7, matched, matched + only_in_a]);
	});
});
