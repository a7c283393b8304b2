/**
 * Result rules inside `election.json` (`spec/package.md`, P49): where a problem that `result/` names by JSON path stands in the file, and whether the
 * areas and levels that a rule names exist in the contest.
 */
import { upwards } from './geography.ts';
import type { JsonNode } from './json.ts';
import { type Shape, tell } from './jsonShape.ts';
import { quote } from './problem.ts';
import type { ContestPlan } from './readReach.ts';
import type { Area } from './types.ts';

/** The deepest node on a path such as `$.rounds[0].elect.any[1]` that the file has. */
export function ruleNodeAt(root: JsonNode, path: string): JsonNode {
	let node = root;
	for (const step of path.slice(1).match(/[^.[\]]+/g) ?? []) {
		const next =
			node.kind === 'object'
				? node.members.get(step)?.value
				: node.kind === 'list' && /^[0-9]{1,6}$/.test(step)
					? node.items[Number(step)]
					: undefined;
		if (next === undefined) return node;
		node = next;
	}
	return node;
}

/** Tells of areas, and of levels without areas, that a (parsed) rule names and the contest does not have. */
export function tellRuleAreas(shape: Shape, node: JsonNode, plan: ContestPlan, areas: ReadonlyMap<string, Area>): void {
	if (node.kind === 'list') for (const item of node.items) tellRuleAreas(shape, item, plan, areas);
	if (node.kind !== 'object') return;
	for (const { key, value } of node.members.values()) {
		if (key === 'level' && value.kind === 'text') tellLevel(shape, value, plan, areas);
		if (key === 'area' && value.kind === 'object') tellArea(shape, value.members.get('id')?.value, plan, areas);
		if (key === 'exclude' && value.kind === 'list') for (const item of value.items) tellArea(shape, item, plan, areas);
		tellRuleAreas(shape, value, plan, areas);
	}
}

/** A condition over no areas at all has no answer; a level of the contest may be one at which its scope has none. */
function tellLevel(
	shape: Shape,
	node: JsonNode & { readonly kind: 'text' },
	{ hierarchy, scope, levels }: ContestPlan,
	areas: ReadonlyMap<string, Area>,
): void {
	if (!levels.includes(node.value)) return;
	for (const { id, level } of areas.values())
		if (level === node.value && upwards(areas, hierarchy, id).includes(scope)) return;
	const expected = `a level at which areas lie inside ${scope}`;
	tell(shape, node, 'P49', expected, quote(node.value), 'name another level, or add its areas to areas.csv');
}

function tellArea(shape: Shape, node: JsonNode | undefined, plan: ContestPlan, areas: ReadonlyMap<string, Area>): void {
	if (node?.kind !== 'text') return;
	const level = areas.get(node.value)?.level ?? '';
	const inside = upwards(areas, plan.hierarchy, node.value).includes(plan.scope);
	if (inside && plan.levels.includes(level)) return;
	const expected = `an area inside ${plan.scope}, of one of the contest’s levels ${plan.levels.join(', ')}`;
	tell(shape, node, 'P49', expected, quote(node.value), 'write the id as areas.csv has it');
}
