/** Random conditions for the properties of RS9 and RS10, and the exact class of RS9 as the specification words it. */
import fc from 'fast-check';
import { clausesOf } from '../../src/result/adversary.ts';
import type { Condition, Leaf, Threshold } from '../../src/result/rule.ts';
import type { World } from '../../src/result/tally.ts';

export const LEVEL = 'p';
export const AREA_IDS: readonly string[] = ['A', 'B', 'C'];

const threshold = (zero = false): fc.Arbitrary<Threshold> =>
	fc
		.record({
			op: fc.constantFrom('gt' as const, 'gte' as const),
			value: fc
				.constantFrom([1n, 2n], [1n, 3n], [2n, 3n], [1n, 4n], [2n, 5n], [1n, 10n], [1n, 1n])
				.map(([num, den]) => ({
					num: num ?? 1n,
					den: den ?? 1n,
				})),
		})
		.chain((plain) =>
			zero ? fc.constantFrom(plain, { op: 'gt' as const, value: { num: 0n, den: 1n } }) : fc.constant(plain),
		);

const names = fc.constantFrom('cast', 'valid', 'some', 'registered');

const unitLeaf = (turnout: boolean): fc.Arbitrary<Condition> =>
	fc.oneof(
		{ weight: 3, arbitrary: fc.record({ kind: fc.constant('share' as const), threshold: threshold(), of: names }) },
		{ weight: 3, arbitrary: fc.record({ kind: fc.constant('lead' as const), threshold: threshold(true), of: names }) },
		{ weight: 1, arbitrary: fc.constant({ kind: 'rank' as const }) },
		{
			weight: turnout ? 2 : 0,
			arbitrary: fc.record({
				kind: fc.constant('turnout' as const),
				threshold: threshold(),
				cast: fc.constantFrom('cast', 'cast', 'valid'),
				of: fc.constant('registered'),
			}),
		},
	);

const joined = (leaf: fc.Arbitrary<Condition>): fc.Arbitrary<Condition> =>
	fc.oneof(
		{ weight: 3, arbitrary: leaf },
		{
			weight: 2,
			arbitrary: fc.record({
				kind: fc.constantFrom('all' as const, 'any' as const),
				parts: fc.array(leaf, { minLength: 2, maxLength: 3 }),
			}),
		},
	);

const where = joined(unitLeaf(true));

const territory = (areas: number): fc.Arbitrary<Condition> =>
	fc.oneof(
		fc.record({
			kind: fc.constant('areas' as const),
			level: fc.constant(LEVEL),
			where,
			count: fc.oneof(
				threshold().map((one) => ({ ...one, unit: 'fraction' as const })),
				fc.record({
					op: fc.constantFrom('gt' as const, 'gte' as const),
					unit: fc.constant('areas' as const),
					value: fc.integer({ min: 1, max: areas }),
				}),
			),
			exclude: fc.subarray(AREA_IDS.slice(0, areas), { maxLength: areas - 1 }),
		}),
		fc.record({ kind: fc.constant('area' as const), area: fc.constantFrom(...AREA_IDS.slice(0, areas)), where }),
		fc.record({
			kind: fc.constant('electors' as const),
			level: fc.constant(LEVEL),
			allocate: fc.constant('winner-take-all' as const),
			need: fc.constantFrom(
				{ op: 'gt' as const, value: { num: 1n, den: 2n } },
				{ op: 'gte' as const, value: { num: 2n, den: 3n } },
			),
		}),
	);

export const condition = (areas: number): fc.Arbitrary<Condition> => {
	const leaf = fc.oneof({ weight: 3, arbitrary: unitLeaf(true) }, { weight: 2, arbitrary: territory(areas) });
	const inner = joined(leaf);
	return fc.oneof(
		inner,
		fc.record({
			kind: fc.constantFrom('all' as const, 'any' as const),
			parts: fc.array(inner, { minLength: 2, maxLength: 2 }),
		}),
	);
};

/** Conditions whose adversaries compete for the same ballots: a turnout against a share, a rival here against a rival there. */
export const joint = (areas: number): fc.Arbitrary<Condition> => {
	const near = fc.constantFrom<Condition>(
		...(['gt', 'gte'] as const).flatMap((op): Condition[] => [
			{ kind: 'lead', of: 'cast', threshold: { op, value: { num: 1n, den: 10n } } },
			{ kind: 'lead', of: 'valid', threshold: { op: 'gt', value: { num: 0n, den: 1n } } },
			{ kind: 'share', of: 'valid', threshold: { op, value: { num: 1n, den: 2n } } },
			{ kind: 'share', of: 'cast', threshold: { op, value: { num: 2n, den: 5n } } },
		]),
		{ kind: 'rank' },
	);
	const turnout = fc.constantFrom<Condition>(
		...(['gt', 'gte'] as const).map(
			(op): Condition => ({
				kind: 'turnout',
				cast: 'cast',
				of: 'registered',
				threshold: { op, value: { num: 1n, den: 2n } },
			}),
		),
	);
	const ids = AREA_IDS.slice(0, areas);
	const local = fc.oneof(
		fc.record({ kind: fc.constant('area' as const), area: fc.constantFrom(...ids), where: near }),
		fc.record({
			kind: fc.constant('areas' as const),
			level: fc.constant(LEVEL),
			where: near,
			count: fc.record({
				op: fc.constant('gte' as const),
				unit: fc.constant('areas' as const),
				value: fc.integer({ min: 1, max: areas }),
			}),
			exclude: fc.constant([]),
		}),
	);
	const pair = (a: fc.Arbitrary<Condition>, b: fc.Arbitrary<Condition>): fc.Arbitrary<Condition> =>
		fc.tuple(a, b).map((parts) => ({ kind: 'any' as const, parts }));
	const ahead = fc.constantFrom<Condition>(
		{ kind: 'rank' },
		{ kind: 'lead', of: 'valid', threshold: { op: 'gt', value: { num: 0n, den: 1n } } },
	);
	const aheadIn = fc.record({ kind: fc.constant('area' as const), area: fc.constantFrom(...ids), where: ahead });
	return fc.oneof(
		pair(ahead, aheadIn),
		pair(near, local),
		pair(turnout, near),
		pair(turnout, local),
		fc.tuple(turnout, near, local).map((parts) => ({ kind: 'any' as const, parts })),
	);
};

function needsRival(one: Condition): boolean {
	if (one.kind === 'all' || one.kind === 'any') return one.parts.some(needsRival);
	if (one.kind === 'areas' || one.kind === 'area') return needsRival(one.where);
	return one.kind === 'lead' || one.kind === 'rank' || one.kind === 'electors';
}

function hasTurnout(one: Condition): boolean {
	if (one.kind === 'all' || one.kind === 'any') return one.parts.some(hasTurnout);
	if (one.kind === 'areas' || one.kind === 'area') return hasTurnout(one.where);
	return one.kind === 'turnout';
}

const isTerritory = (leaf: Leaf): boolean => leaf.kind === 'areas' || leaf.kind === 'area' || leaf.kind === 'electors';

/** The exact class of RS9, as the specification words it. */
export function isExact(rule: Condition, world: World): boolean {
	const categories = Object.keys(world.total.categories).length;
	const covers = (one: Condition): boolean => {
		if (one.kind === 'all' || one.kind === 'any') return one.parts.every(covers);
		if (one.kind === 'areas' || one.kind === 'area') return covers(one.where);
		return one.kind !== 'turnout' || one.cast === 'cast' || categories === 0;
	};
	return (clausesOf(rule) ?? []).every((clause) => {
		const areas = clause.filter(isTerritory);
		const unit = clause.filter((leaf) => !isTerritory(leaf));
		if (!clause.every(covers)) return false;
		if (areas.some(hasTurnout) && clause.length > 1) return false;
		const rivals = areas.filter(needsRival).length;
		if (unit.some(hasTurnout)) return areas.length <= 1 && !(unit.some(needsRival) && rivals > 0);
		return !unit.some(needsRival) || rivals <= 1;
	});
}
