/** RS5–RS11 on cases as data: our own (`vectors/result/cases.json`), and the 33 single-winner cases of the shared collection. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { evaluateResult } from '../../src/result/evaluate.ts';
import { parseResultRule } from '../../src/result/parseRule.ts';
import type { ResultRule } from '../../src/result/rule.ts';
import type { Stakes } from '../../src/result/stakes.ts';
import {
	type Denominators,
	type ResultCandidate,
	type ResultInput,
	type TallyArea,
	type TallyUnit,
	worldOf,
} from '../../src/result/tally.ts';
import { isExact } from './smallRules.ts';

const root = new URL('../../../../', import.meta.url);
const readJson = (path: string): unknown => JSON.parse(readFileSync(new URL(path, root), 'utf8'));
const none = { stations: 0, ballots: 0 };
const noStakes: Stakes = { missing: none, quarantined: none, discrepant: none, disputed: none };

function mustParse(json: unknown): ResultRule {
	const parsed = parseResultRule(json);
	if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
	return parsed.value;
}

interface OwnCase {
	readonly name: string;
	readonly rule: string;
	readonly round: number;
	readonly candidates: readonly ResultCandidate[];
	readonly total: TallyUnit;
	readonly areas: Readonly<Record<string, readonly TallyArea[]>>;
	readonly expected: {
		readonly decided: unknown;
		readonly states?: Readonly<Record<string, string>>;
		readonly distance?: Readonly<Record<string, { switched: number | 'none'; exact: boolean }>>;
		readonly percent?: Readonly<Record<string, string>>;
	};
}

const own = readJson('vectors/result/cases.json') as {
	rules: Record<string, unknown>;
	denominators: Denominators;
	cases: readonly OwnCase[];
};
const { denominators } = own;

describe('RS5–RS10 own cases', () => {
	it.each(own.cases.map((one) => [one.name, one] as const))('RS5 %s', (_name, one) => {
		const input: ResultInput = {
			candidates: one.candidates,
			total: one.total,
			areas: new Map(Object.entries(one.areas)),
		};
		const contest = { rule: mustParse(own.rules[one.rule]), round: one.round, denominators };
		const report = evaluateResult(contest, input, noStakes);
		expect(report.decided).toEqual(one.expected.decided);
		const conditions = new Map(report.conditions.map((condition) => [condition.id, condition]));
		for (const [id, state] of Object.entries(one.expected.states ?? {}))
			expect([id, conditions.get(id)?.state]).toEqual([id, state]);
		for (const [id, distance] of Object.entries(one.expected.distance ?? {})) {
			expect([id, conditions.get(id)?.distance_switched, conditions.get(id)?.distance_exact]).toEqual([
				id,
				distance.switched,
				distance.exact,
			]);
		}
		const facts = report.conditions.flatMap((condition) => condition.facts);
		for (const [kind, percent] of Object.entries(one.expected.percent ?? {})) {
			expect(
				facts.filter((fact) => fact.kind === kind).map((fact) => ('percent' in fact ? fact.percent : '')),
			).toContain(percent);
		}
		expect(JSON.parse(JSON.stringify(report))).toEqual(report);
	});
});

interface SharedUnit {
	readonly votes: Readonly<Record<string, number>>;
	readonly rejected?: number;
	readonly blank?: number;
	readonly registered?: number;
	readonly electors?: number;
}

interface SharedCase {
	readonly rule: string;
	readonly name: string;
	readonly input: { readonly total: SharedUnit; readonly areas?: Readonly<Record<string, SharedUnit>> };
	readonly expected: {
		readonly elected?: string;
		readonly runoff?: readonly string[] | 'special';
		readonly tie?: true;
		readonly refer?: string;
	};
}

const SHARED = '../shared/data/vectors/rules';
const present = existsSync(new URL(`${SHARED}/single-winner-cases.json`, root));
const sharedRules = present ? (readJson(`${SHARED}/single-winner-rules.json`) as Record<string, unknown>) : {};
const sharedCases = present ? (readJson(`${SHARED}/single-winner-cases.json`) as readonly SharedCase[]) : [];

function sharedInput({ input }: SharedCase): ResultInput {
	const ids = Object.keys(input.total.votes);
	const unitOf = (unit: SharedUnit): TallyUnit => ({
		votes: ids.map((id) => unit.votes[id] ?? 0),
		categories: { blank: unit.blank ?? 0, rejected: unit.rejected ?? 0 },
		registered: unit.registered ?? 0,
		outstanding: 0,
		outstandingStations: 0,
	});
	const areas = Object.entries(input.areas ?? {}).map(([id, unit]) => ({
		id,
		unit: unitOf(unit),
		electors: unit.electors ?? 0,
	}));
	const levels = ['county', 'state', 'province'].map((level) => [level, areas] as const);
	return { candidates: ids.map((id) => ({ id, eligible: true })), total: unitOf(input.total), areas: new Map(levels) };
}

const sharedDenominators: Denominators = {
	cast: { candidates: true, categories: ['blank', 'rejected'] },
	valid: { candidates: true, categories: ['blank'] },
	candidates: { candidates: true, categories: [] },
	registered: 'registered',
};

describe('RS6–RS8 the shared single-winner cases', () => {
	it.skipIf(!present)('RS6 all 33 cases (skipped where the shared data is absent)', () => {
		expect(sharedCases.length).toBe(33);
		for (const one of sharedCases) {
			const rule = mustParse(sharedRules[one.rule]);
			const { decided } = evaluateResult(
				{ rule, round: 1, denominators: sharedDenominators },
				sharedInput(one),
				noStakes,
			);
			if (decided === 'open') throw new Error(`${one.name}: open`);
			const { elected, runoff, tie, refer } = one.expected;
			if (elected !== undefined)
				expect([one.name, decided]).toEqual([one.name, { kind: 'elected', candidate: elected }]);
			else if (refer !== undefined) expect([one.name, decided]).toEqual([one.name, { kind: 'refer', to: refer }]);
			else if (tie) expect([one.name, decided.kind]).toEqual([one.name, 'tie']);
			else if (runoff === 'special')
				expect([one.name, decided.kind, rule.rounds[0]?.otherwise?.kind]).toEqual([one.name, 'runoff', 'most-areas']);
			else expect([one.name, decided]).toEqual([one.name, { kind: 'runoff', candidates: runoff }]);
		}
	});

	it.skipIf(!present)(
		'RS9 all 12 shared rules are in the exact class (skipped where the shared data is absent)',
		() => {
			const one = sharedCases[0];
			if (one === undefined) throw new Error('the collection has cases');
			const world = worldOf(sharedInput(one), sharedDenominators);
			for (const rule of Object.values(sharedRules)) {
				for (const { elect } of mustParse(rule).rounds) expect(isExact(elect, world)).toBe(true);
			}
		},
	);

	it.skipIf(!present)('RS2 all 12 shared rules are read (skipped where the shared data is absent)', () => {
		for (const rule of Object.values(sharedRules)) expect(parseResultRule(rule).ok).toBe(true);
		expect(Object.keys(sharedRules).length).toBe(12);
	});
});
