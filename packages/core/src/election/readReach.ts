/**
 * The first reading of a contest (`spec/package.md`, P47, P72): its id, scope, hierarchy, levels and collation, which polling stations need to know before the
 * rest of the contest can be read.
 */

import { GEOGRAPHIC } from './geography.ts';
import type { JsonNode } from './json.ts';
import { asId, asList, asObject, isIntegerLike, type Node, type Shape, tell } from './jsonShape.ts';
import { LIMITS } from './limits.ts';
import { quote } from './problem.ts';
import type { Areas } from './readAreas.ts';
import { tellTwice } from './readKeys.ts';
import { readCollation } from './readLaw.ts';
import type { Reach } from './readStations.ts';
import type { CollationStep, Level } from './types.ts';

export interface ContestPlan extends Reach {
	readonly node: JsonNode;
	readonly get: (key: string) => Node;
	readonly levels: readonly string[];
	readonly collation: readonly CollationStep[];
}

const REQUIRED = ['id', 'title', 'scope', 'levels', 'form', 'denominators', 'rule'];
const OPTIONAL = ['hierarchy', 'round', 'publish_from', 'collation', 'declaration'];

export function readContestPlans(
	shape: Shape,
	node: Node,
	levels: readonly Level[],
	where: Areas | undefined,
): readonly ContestPlan[] {
	const plans = new Map<string, ContestPlan>();
	for (const item of asList(shape, node, 'contests', LIMITS.contestsMax)) {
		const get = asObject(shape, item, 'a contest', REQUIRED, OPTIONAL);
		const id = asId(shape, get?.('id'), 'the id of a contest');
		if (get === undefined || id === undefined) continue;
		if (isIntegerLike(id))
			tell(shape, get('id') ?? item, 'P25', 'an id that is not digits alone', quote(id), 'put a letter before it');
		if (plans.has(id)) tellTwice(shape, item, 'contest', id);
		const scope = asId(shape, get('scope'), 'the scope') ?? '';
		const hierarchy = asId(shape, get('hierarchy'), 'the hierarchy') ?? GEOGRAPHIC;
		const own = readLevels(shape, get('levels'), levels);
		if (where !== undefined) checkScope(shape, get, where, scope, hierarchy, own);
		plans.set(id, {
			id,
			node: item,
			get,
			scope,
			hierarchy,
			levels: own,
			lowest: own.at(-1) ?? '',
			collation: readCollation(shape, get('collation'), own),
			needsRegister: usesRegister(get('denominators')),
		});
	}
	if (node?.kind === 'list' && node.items.length === 0)
		tell(shape, node, 'P47', 'at least one contest', 'none', 'add a contest');
	return [...plans.values()];
}

function readLevels(shape: Shape, node: Node, levels: readonly Level[]): readonly string[] {
	const order = levels.map((level) => level.id);
	const own: string[] = [];
	for (const item of asList(shape, node, 'the levels of a contest', LIMITS.levelsMax)) {
		const id = asId(shape, item, 'a level');
		if (id === undefined) continue;
		const rank = order.indexOf(id);
		if (rank < 0)
			tell(shape, item, 'P47', `one of the levels ${order.join(', ')}`, quote(id), 'correct the id, or add the level');
		else if (rank <= order.indexOf(own.at(-1) ?? '')) {
			tell(
				shape,
				item,
				'P47',
				`levels from the top down, each once: ${order.join(', ')}`,
				`${id} after ${own.at(-1)}`,
				'put them in that order',
			);
		}
		own.push(id);
	}
	if (node?.kind === 'list' && own.length === 0)
		tell(shape, node, 'P47', 'at least the level of the scope', 'none', 'add the level');
	return own;
}

function checkScope(
	shape: Shape,
	get: ContestPlan['get'],
	where: Areas,
	scope: string,
	hierarchy: string,
	levels: readonly string[],
): void {
	const [scopeNode, levelsNode, hierarchyNode] = [get('scope'), get('levels'), get('hierarchy')];
	const area = where.areas.get(scope);
	if (scopeNode !== undefined && scope !== '' && area === undefined) {
		tell(
			shape,
			scopeNode,
			'P47',
			'the id of an area of areas.csv',
			quote(scope),
			'correct the id, or add the area there',
		);
	}
	const [highest] = levels;
	if (levelsNode !== undefined && area !== undefined && highest !== undefined && highest !== area.level) {
		const expected = `levels that begin with ${area.level}, the level of the scope ${scope}`;
		tell(shape, levelsNode, 'P47', expected, highest, 'begin with that level, or choose another scope');
	}
	if (hierarchyNode !== undefined && !where.hierarchies.includes(hierarchy)) {
		const expected = `one of the hierarchies ${where.hierarchies.join(', ')}`;
		tell(shape, hierarchyNode, 'P47', expected, quote(hierarchy), `add the column parent.${hierarchy} to areas.csv`);
	}
}

function usesRegister(node: Node): boolean {
	if (node?.kind !== 'object') return false;
	return [...node.members.values()].some(({ value }) => value.kind === 'text' && value.value === 'registered');
}
