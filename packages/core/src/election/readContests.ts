/**
 * Contests (`spec/package.md`, P42, P47–P49): scope and chain of totals, the form with the candidates put in, named denominators, the rule.
 * Read in two steps: `readReach` what polling stations need to know, then, once stations and candidates are read, the whole.
 */
import { parseResultRule } from '../result/parseRule.ts';
import type { ResultRule } from '../result/rule.ts';
import { CANDIDATES, parseLinear } from './expression.ts';
import { tellExpression } from './expressionPlaces.ts';
import { expandFields, type Names } from './formFields.ts';
import { type JsonNode, plainJson } from './json.ts';
import { asCount, asTable, asText, asTexts, type Node, type Shape, tell } from './jsonShape.ts';
import { LIMITS } from './limits.ts';
import { quote } from './problem.ts';
import { readDeclaration } from './readLaw.ts';
import type { ContestPlan } from './readReach.ts';
import { ruleNodeAt, tellRuleAreas } from './ruleNodes.ts';
import type { Area, Contest, Denominator, Election } from './types.ts';

export interface ContestContext extends Names {
	readonly areas: ReadonlyMap<string, Area>;
	/** `undefined` when stations.csv could not be read. */
	readonly voting: ReadonlyMap<string, number> | undefined;
	/** `undefined` when it could not be read. */
	readonly authority: Election['authority'] | undefined;
}

export function readContest(shape: Shape, plan: ContestPlan, context: ContestContext): Contest | undefined {
	const { id, get, node } = plan;
	const title = asTexts(shape, get('title'), 'the title of a contest') ?? {};
	const round = asCount(shape, get('round'), 'the round', 1, 10) ?? 1;
	const publishFrom = asCount(shape, get('publish_from'), 'publish_from in UTC seconds');
	if (context.voting !== undefined && context.areas.has(plan.scope) && !context.voting.has(id)) {
		tell(
			shape,
			node,
			'P47',
			`polling stations in the scope of contest ${id}`,
			'none',
			'correct the scope, or the areas in stations.csv',
		);
	}
	const expanded = expandFields(shape, plan, context);
	const denominators = readDenominators(shape, get('denominators'), expanded?.categories);
	const rule = readRule(shape, plan, denominators, context);
	const declaration = readDeclaration(shape, get('declaration'), plan, context.authority);
	if (expanded === undefined || rule === undefined) return undefined;
	if (round > rule.rounds.length) {
		tell(
			shape,
			get('round') ?? node,
			'P49',
			`a round from 1 to ${rule.rounds.length}, as the rule has`,
			`${round}`,
			'correct the round or the rule',
		);
	}
	const { hierarchy, scope, levels } = plan;
	const reach = { id, title, scope, hierarchy, levels };
	return { ...reach, ...expanded, denominators, rule, round, publishFrom, collation: plan.collation, declaration };
}

function readDenominators(
	shape: Shape,
	node: Node,
	categories: readonly string[] | undefined,
): Contest['denominators'] {
	const denominators: Record<string, Denominator> = {};
	for (const [name, value] of asTable(shape, node, 'denominators', LIMITS.denominatorsMax)) {
		const source = asText(shape, value, 'a denominator');
		if (source === undefined) continue;
		const denominator = source === 'registered' ? source : readSum(shape, value, source, categories);
		if (denominator !== undefined) denominators[name] = denominator;
	}
	return denominators;
}

function readSum(
	shape: Shape,
	node: JsonNode,
	source: string,
	categories: readonly string[] | undefined,
): Denominator | undefined {
	const parsed = parseLinear(source);
	if (!parsed.ok) {
		tellExpression(shape, node, parsed.error);
		return undefined;
	}
	const { constant, terms } = parsed.value;
	const expected = '“registered”, or sum(candidates) plus counted fields, each once';
	if (constant !== 0 || terms.some((term) => term.coefficient !== 1)) {
		return tell(shape, node, 'P48', expected, quote(source), 'take numbers, factors and repetitions out');
	}
	const ids = terms.map((term) => term.id);
	if (!ids.includes(CANDIDATES)) {
		return tell(
			shape,
			node,
			'P48',
			expected,
			`${quote(source)}, without sum(candidates)`,
			'add sum(candidates): a share would exceed one',
		);
	}
	const others = ids.filter((id) => id !== CANDIDATES);
	const wrong = others.filter((id) => categories?.includes(id) === false);
	if (wrong.length === 0) return { candidates: true, categories: others };
	const came = `${wrong.join(', ')}: not a counted field of the form`;
	return tell(
		shape,
		node,
		'P48',
		`counted fields: ${categories?.join(', ') || 'none'}`,
		came,
		'name counted fields, or mark the field as counted',
	);
}

function readRule(
	shape: Shape,
	plan: ContestPlan,
	denominators: Contest['denominators'],
	context: ContestContext,
): ResultRule | undefined {
	const node = plan.get('rule');
	const plain = node === undefined ? undefined : plainJson(node);
	if (node === undefined || plain === undefined) return undefined;
	const names = { denominators: Object.keys(denominators), levels: plan.levels, electors: false };
	const parsed = parseResultRule(plain, '$', names);
	if (!parsed.ok) {
		for (const problem of parsed.error) {
			tell(shape, ruleNodeAt(node, problem.path), 'P49', problem.expected, problem.came, problem.todo);
		}
		return undefined;
	}
	tellRuleAreas(shape, node, plan, context.areas);
	return parsed.value;
}
