/** Reports of conditions for the properties of the sentences: small random elections under random rules, and the cases of `vectors/result`. */
import { existsSync, readFileSync } from 'node:fs';
import { type ConditionReport, evaluateResult } from '@matokeo/core/result/evaluate.ts';
import { parseResultRule } from '@matokeo/core/result/parseRule.ts';
import type { Condition, ResultRule } from '@matokeo/core/result/rule.ts';
import type { Stake, Stakes } from '@matokeo/core/result/stakes.ts';
import type { Denominators, ResultCandidate, TallyArea, TallyUnit } from '@matokeo/core/result/tally.ts';
import fc from 'fast-check';

const DENOMINATORS: Denominators = {
	candidates: { candidates: true, categories: [] },
	valid: { candidates: true, categories: [] },
	cast: { candidates: true, categories: ['blank'] },
	other: { candidates: true, categories: ['blank'] },
	registered: 'registered',
};

const threshold = fc
	.tuple(
		fc.constantFrom('gt', 'gte'),
		fc.constantFrom('1/2', '1/3', '2/5', '1/10', '1/4', '2/3', '1/8', '1237/2500', '5001/10000'),
	)
	.map(([op, value]) => ({ [op]: value }));

const of = fc.constantFrom('candidates', 'valid', 'cast', 'other', 'registered');

const unitCondition = fc.oneof(
	fc.record({ share: fc.tuple(threshold, of).map(([at, name]) => ({ ...at, of: name })) }),
	fc.record({ lead: fc.tuple(threshold, of).map(([at, name]) => ({ ...at, of: name })) }),
	fc.constant({ rank: 1 }),
	fc.record({ turnout: threshold }),
);

const territory = fc.oneof(
	fc.record({
		areas: fc.record({
			level: fc.constant('county'),
			where: unitCondition,
			count: fc.oneof(threshold, fc.constantFrom({ gte: 2 }, { gt: 1 })),
		}),
	}),
	fc.record({ area: fc.record({ id: fc.constantFrom('k0', 'k1'), where: unitCondition }) }),
	fc.constantFrom('1/2', '2/3').map((value) => ({
		electors: {
			level: 'county',
			allocate: 'winner-take-all',
			need: value === '1/2' ? { gt: value } : { gte: value },
		},
	})),
);

const leaf = fc.oneof({ weight: 3, arbitrary: unitCondition }, { weight: 2, arbitrary: territory });

const condition = fc.oneof(
	leaf,
	fc.record({ all: fc.array(leaf, { minLength: 2, maxLength: 3 }) }),
	fc.record({ any: fc.array(leaf, { minLength: 2, maxLength: 3 }) }),
);

const named = fc
	.tuple(condition, fc.constantFrom({}, { text: { en: 'half of it' } }, { id: 'half', text: { en: 'half' } }))
	.map(([tree, name]) => ({ ...tree, ...name }));

/** Mostly small, so that ones, ties and zeroes are common, and sometimes of a nation's size. */
const count = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3_000_000 }));

const unit = (candidates: number): fc.Arbitrary<TallyUnit> =>
	fc.record({
		votes: fc.array(count, { minLength: candidates, maxLength: candidates }),
		categories: fc.record({ blank: count }),
		registered: count,
		outstanding: fc.oneof(
			{ weight: 3, arbitrary: fc.constant(0) },
			{ weight: 4, arbitrary: count },
			{ weight: 1, arbitrary: fc.constant('unbounded' as const) },
		),
		outstandingStations: fc.integer({ min: 0, max: 2000 }),
	});

function sumOf(units: readonly TallyUnit[]): TallyUnit {
	const add = (pick: (one: TallyUnit) => number): number => units.reduce((sum, one) => sum + pick(one), 0);
	const endless = units.some(({ outstanding }) => outstanding === 'unbounded');
	return {
		votes: (units[0]?.votes ?? []).map((_, place) => add(({ votes }) => votes[place] ?? 0)),
		categories: { blank: add(({ categories }) => categories['blank'] ?? 0) },
		registered: add(({ registered }) => registered),
		outstanding: endless ? 'unbounded' : add(({ outstanding }) => (outstanding === 'unbounded' ? 0 : outstanding)),
		outstandingStations: add(({ outstandingStations }) => outstandingStations),
	};
}

const stake: fc.Arbitrary<Stake> = fc.oneof(
	fc.constant({ stations: 0, ballots: 0 }),
	fc.record({
		stations: fc.integer({ min: 1, max: 3000 }),
		ballots: fc.oneof({ weight: 5, arbitrary: count }, { weight: 1, arbitrary: fc.constant('unbounded' as const) }),
	}),
	fc.constant({ stations: 1, ballots: 1 }),
);
const stakes: fc.Arbitrary<Stakes> = fc.record({
	missing: stake,
	quarantined: stake,
	discrepant: stake,
	disputed: stake,
});

export interface Reported {
	readonly report: ConditionReport;
	readonly condition: Condition;
}

/** One report, of a rule with one condition. */
export const reported: fc.Arbitrary<Reported> = fc
	.tuple(named, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 2, max: 3 }))
	.chain(([elect, candidates, areas]) =>
		fc
			.tuple(
				fc.array(unit(candidates), { minLength: areas, maxLength: areas }),
				fc.array(fc.boolean(), { minLength: candidates, maxLength: candidates }),
				stakes,
			)
			.chain((drawn) =>
				fc.array(stakes, { minLength: areas, maxLength: areas }).map((atEach) => [...drawn, atEach] as const),
			)
			.map(([units, eligible, atStake, atEach]) => {
				const rule = mustParse({ rounds: [{ elect, else: { rerun: true } }] });
				const list = units.map((one, place): TallyArea => {
					const own = atEach[place];
					return { id: `k${place}`, unit: one, electors: place + 1, ...(own === undefined ? {} : { stakes: own }) };
				});
				const input = {
					candidates: eligible.map((able, place) => ({ id: `c${place}`, eligible: able })),
					total: sumOf(units),
					areas: new Map([['county', list]]),
				};
				const { conditions } = evaluateResult({ rule, round: 1, denominators: DENOMINATORS }, input, atStake);
				const [report] = conditions;
				const tree = rule.rounds[0]?.elect;
				if (report === undefined || tree === undefined) throw new Error('a rule has a condition');
				return { report, condition: tree };
			}),
	);

function mustParse(json: unknown): ResultRule {
	const parsed = parseResultRule(json);
	if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
	return parsed.value;
}

interface Case {
	readonly name: string;
	readonly rule: string;
	readonly round: number;
	readonly candidates: readonly ResultCandidate[];
	readonly total: TallyUnit;
	readonly areas: Readonly<Record<string, readonly TallyArea[]>>;
}

const root = new URL('../../../', import.meta.url);
const readJson = (path: string): unknown => JSON.parse(readFileSync(new URL(path, root), 'utf8'));

/** All reports of the cases in `vectors/result`. */
export function caseReports(): readonly ConditionReport[] {
	const file = readJson('vectors/result/cases.json') as {
		rules: Record<string, unknown>;
		denominators: Denominators;
		cases: readonly Case[];
	};
	const none = { stations: 0, ballots: 0 };
	const noStakes = { missing: none, quarantined: none, discrepant: none, disputed: none };
	return file.cases.flatMap(({ rule, round, candidates, total, areas }) => {
		const contest = { rule: mustParse(file.rules[rule]), round, denominators: file.denominators };
		return evaluateResult(contest, { candidates, total, areas: new Map(Object.entries(areas)) }, noStakes).conditions;
	});
}

const SHARED = '../shared/data/vectors/rules/single-winner-rules.json';
export const sharedRulesPresent = existsSync(new URL(SHARED, root));

/** The rules of the shared collection, where it is present. */
export function sharedRules(): readonly ResultRule[] {
	if (!sharedRulesPresent) return [];
	return Object.values(readJson(SHARED) as Record<string, unknown>).map(mustParse);
}
