/**
 * Reads one condition of a result rule from JSON (RS2), strictly and to the end: all problems are reported. It knows
 * the names that the contest defines (denominators, levels) when it is told them; it does not know any figures.
 */
import {
	type ConditionReader,
	readCount,
	readDenominator,
	readExclude,
	readLevel,
	readThreshold,
} from './parseThreshold.ts';
import { isObject, type JsonObject } from './problem.ts';
import { compareRationals } from './rational.ts';
import type { Condition, RuleText } from './rule.ts';

/** More than any law needs; keeps every expansion of `any` over `all` small. */
const CONDITIONS_MAX = 64;
const DEPTH_MAX = 8;
const KINDS = ['share', 'lead', 'rank', 'areas', 'area', 'turnout', 'electors', 'all', 'any'] as const;

export function readCondition(
	reader: ConditionReader,
	json: unknown,
	path: string,
	inArea = false,
	depth = 0,
): Condition | undefined {
	const { problems, seen } = reader;
	seen.conditions++;
	if (depth > DEPTH_MAX || seen.conditions > CONDITIONS_MAX) {
		return problems.add(
			path,
			`at most ${CONDITIONS_MAX} conditions, nested at most ${DEPTH_MAX} deep`,
			json,
			'Write the rule with fewer conditions.',
		);
	}
	const object = problems.object(json, path, [...KINDS, 'id', 'text']);
	if (object === undefined) return undefined;
	const kinds = KINDS.filter((kind) => object[kind] !== undefined);
	const kind = kinds[0];
	if (kind === undefined || kinds.length !== 1) {
		return problems.add(
			path,
			`exactly one of ${KINDS.join(', ')}`,
			object,
			'Join several conditions with "all" or "any".',
		);
	}
	const named = readName(reader, object, path, inArea);
	const body = readKind(reader, kind, object[kind], `${path}.${kind}`, inArea, depth);
	return body === undefined ? undefined : { ...body, ...named };
}

function readName(
	reader: ConditionReader,
	object: JsonObject,
	path: string,
	inArea: boolean,
): { id?: string; text?: RuleText } {
	const named: { id?: string; text?: RuleText } = {};
	if (object['id'] !== undefined) {
		const id = reader.problems.code(object['id'], `${path}.id`, 'name of a condition');
		if (inArea)
			reader.problems.add(
				`${path}.id`,
				'no name inside "where"',
				object['id'],
				'Give the name to the condition on areas itself.',
			);
		if (id !== undefined && (reader.seen.ids.has(id) || id === 'elect')) {
			reader.problems.add(`${path}.id`, 'a name used once in the rule, other than "elect"', id, 'Choose another name.');
		}
		if (id !== undefined) {
			reader.seen.ids.add(id);
			named.id = id;
		}
	}
	const text = object['text'];
	if (text === undefined) return named;
	const entries = isObject(text) ? Object.entries(text) : [];
	const good = entries.every(
		([tag, words]) => /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/.test(tag) && typeof words === 'string' && words !== '',
	);
	if (!good || entries.length === 0) {
		reader.problems.add(
			`${path}.text`,
			'an object from language tag to text',
			text,
			'Write for example {"en": "over half"}.',
		);
	} else {
		named.text = Object.fromEntries(entries.map(([tag, words]) => [tag, String(words)]));
	}
	return named;
}

function readKind(
	reader: ConditionReader,
	kind: (typeof KINDS)[number],
	json: unknown,
	path: string,
	inArea: boolean,
	depth: number,
): Condition | undefined {
	if (inArea && (kind === 'areas' || kind === 'area' || kind === 'electors')) {
		return reader.problems.add(
			path,
			'a condition on the figures of one area',
			kind,
			'Conditions on areas do not stand inside one another.',
		);
	}
	if (kind === 'all' || kind === 'any') return readParts(reader, kind, json, path, inArea, depth);
	if (kind === 'areas' || kind === 'area' || kind === 'electors') return readTerritory(reader, kind, json, path, depth);
	if (kind === 'rank') {
		if (json === 1) return { kind };
		return reader.problems.add(path, '1', json, 'Only the first rank elects; a runoff names its places in "advance".');
	}
	const known = kind === 'turnout' ? ['gt', 'gte', 'of', 'cast'] : ['gt', 'gte', 'of'];
	const object = reader.problems.object(json, path, known);
	if (object === undefined) return undefined;
	const least = kind === 'lead' && object['gt'] !== undefined ? 'zero' : 'positive';
	const threshold = readThreshold(reader, object, path, least);
	if (kind === 'turnout') {
		const cast = readDenominator(reader, object['cast'] ?? 'cast', `${path}.cast`);
		const of = readDenominator(reader, object['of'] ?? 'registered', `${path}.of`);
		return threshold && cast && of ? { kind, threshold, cast, of } : undefined;
	}
	const of = readDenominator(reader, object['of'], `${path}.of`);
	return threshold && of ? { kind, threshold, of } : undefined;
}

function readParts(
	reader: ConditionReader,
	kind: 'all' | 'any',
	json: unknown,
	path: string,
	inArea: boolean,
	depth: number,
): Condition | undefined {
	if (!Array.isArray(json) || json.length === 0) {
		return reader.problems.add(
			path,
			'a list of at least one condition',
			json,
			`Write the conditions of "${kind}" as a list.`,
		);
	}
	const parts: Condition[] = [];
	json.forEach((part: unknown, index) => {
		const read = readCondition(reader, part, `${path}[${index}]`, inArea, depth + 1);
		if (read !== undefined) parts.push(read);
	});
	return parts.length === json.length ? { kind, parts } : undefined;
}

function readTerritory(
	reader: ConditionReader,
	kind: 'areas' | 'area' | 'electors',
	json: unknown,
	path: string,
	depth: number,
): Condition | undefined {
	const { problems } = reader;
	const known = {
		areas: ['level', 'where', 'count', 'exclude', 'universe'],
		area: ['id', 'where'],
		electors: ['level', 'allocate', 'need'],
	};
	const object = problems.object(json, path, known[kind]);
	if (object === undefined) return undefined;
	if (kind === 'electors') return readElectors(reader, object, path);
	const where = readCondition(reader, object['where'], `${path}.where`, true, depth + 1);
	if (kind === 'area') {
		const area = problems.code(object['id'], `${path}.id`, 'id of an area');
		return area && where ? { kind, area, where } : undefined;
	}
	const level = readLevel(reader, object['level'], `${path}.level`);
	const count = readCount(reader, object['count'], `${path}.count`);
	const exclude = readExclude(reader, object['exclude'] ?? [], `${path}.exclude`);
	const universe = object['universe'];
	if (universe !== undefined && (typeof universe !== 'string' || universe === '')) {
		problems.add(
			`${path}.universe`,
			'a text that names which areas are counted',
			universe,
			'It is shown, never computed with: leave areas out with "exclude".',
		);
	}
	if (!level || !where || !count) return undefined;
	return { kind, level, where, count, exclude, ...(typeof universe === 'string' ? { universe } : {}) };
}

function readElectors(reader: ConditionReader, object: JsonObject, path: string): Condition | undefined {
	const { problems } = reader;
	if (reader.names.electors === false) {
		return problems.add(path, 'areas that have electors', object, 'This package does not give its areas electors.');
	}
	const level = readLevel(reader, object['level'], `${path}.level`);
	if (object['allocate'] !== 'winner-take-all') {
		problems.add(
			`${path}.allocate`,
			'"winner-take-all"',
			object['allocate'],
			'Other allocations are not part of this language.',
		);
	}
	const needObject = problems.object(object['need'], `${path}.need`, ['gt', 'gte']);
	const need = needObject && readThreshold(reader, needObject, `${path}.need`, 'positive');
	if (!need || !level) return undefined;
	const half = compareRationals(need.value, { num: 1n, den: 2n });
	if (half < 0 || (half === 0 && need.op === 'gte')) {
		return problems.add(
			`${path}.need`,
			'more than half of the electors, or more',
			object['need'],
			'A smaller number could elect two.',
		);
	}
	return { kind: 'electors', level, allocate: 'winner-take-all', need };
}
