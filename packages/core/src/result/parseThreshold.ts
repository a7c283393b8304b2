/**
 * Reads the small parts of a condition from JSON (RS1, RS2): fractions, thresholds, counts of areas, names of denominators and levels.
 * Numbers come as text in one spelling; a JSON number is read only where the law counts areas.
 */
import type { JsonObject, Problems } from './problem.ts';
import { compareRationals, ONE, parseRational, printRational, type Rational, ZERO } from './rational.ts';
import type { AreaCount, Threshold } from './rule.ts';

/** Names that a rule may use; a list left out is not checked. */
export interface RuleNames {
	readonly denominators?: readonly string[];
	readonly levels?: readonly string[];
	/** False where areas have no electors: a rule that counts them is refused. */
	readonly electors?: boolean;
}

export interface ConditionReader {
	readonly problems: Problems;
	readonly names: RuleNames;
	/** Conditions read so far, and names given: a rule has at most `CONDITIONS_MAX`, each name once. */
	readonly seen: { conditions: number; readonly ids: Set<string> };
}

export function readExclude(reader: ConditionReader, json: unknown, path: string): readonly string[] {
	if (!Array.isArray(json)) {
		reader.problems.add(path, 'a list of ids of areas', json, 'Write for example ["NG-FC"].');
		return [];
	}
	const ids: string[] = [];
	json.forEach((value: unknown, index) => {
		const id = reader.problems.code(value, `${path}[${index}]`, 'id of an area');
		if (id !== undefined && ids.includes(id))
			reader.problems.add(`${path}[${index}]`, 'each area once', id, 'Remove the repetition.');
		if (id !== undefined) ids.push(id);
	});
	return ids;
}

export function readLevel(reader: ConditionReader, json: unknown, path: string): string | undefined {
	const level = reader.problems.code(json, path, 'level of areas');
	const { levels } = reader.names;
	if (level === undefined || levels === undefined || levels.includes(level)) return level;
	return reader.problems.add(
		path,
		`one of the contest's levels ${levels.join(', ')}`,
		level,
		'Name a level that the contest is totalled at.',
	);
}

export function readDenominator(reader: ConditionReader, json: unknown, path: string): string | undefined {
	const name = reader.problems.code(json, path, 'name of a denominator');
	const { denominators } = reader.names;
	if (name === undefined || denominators === undefined || denominators.includes(name)) return name;
	return reader.problems.add(
		path,
		`one of the contest's denominators ${denominators.join(', ')}`,
		name,
		'Define it under "denominators" or name another.',
	);
}

function readOp(reader: ConditionReader, object: JsonObject, path: string): 'gt' | 'gte' | undefined {
	const ops = (['gt', 'gte'] as const).filter((op) => object[op] !== undefined);
	if (ops.length === 1) return ops[0];
	return reader.problems.add(
		path,
		'exactly one of gt ("more than") and gte ("not less than")',
		object,
		'Write the one that the law says.',
	);
}

export function readThreshold(
	reader: ConditionReader,
	object: JsonObject,
	path: string,
	least: 'zero' | 'positive',
): Threshold | undefined {
	const op = readOp(reader, object, path);
	if (op === undefined) return undefined;
	const value = readFraction(reader, object[op], `${path}.${op}`);
	if (value === undefined) return undefined;
	const low = compareRationals(value, ZERO);
	if ((low === 0 && least === 'positive') || compareRationals(value, ONE) > 0) {
		return reader.problems.add(
			`${path}.${op}`,
			'a fraction above 0 and at most 1',
			object[op],
			'Write the share that the law names.',
		);
	}
	return { op, value };
}

function readFraction(reader: ConditionReader, json: unknown, path: string): Rational | undefined {
	const value = typeof json === 'string' ? parseRational(json) : undefined;
	if (value === undefined) {
		return reader.problems.add(
			path,
			'a fraction as text, such as "1/2"',
			json,
			'Write numerator and denominator in decimal digits, without sign or space.',
		);
	}
	if (printRational(value) === json) return value;
	return reader.problems.add(path, 'a fraction in lowest terms', json, `Write "${printRational(value)}".`);
}

export function readCount(reader: ConditionReader, json: unknown, path: string): AreaCount | undefined {
	const object = reader.problems.object(json, path, ['gt', 'gte']);
	const op = object && readOp(reader, object, path);
	if (object === undefined || op === undefined) return undefined;
	const value = object[op];
	if (typeof value !== 'number') {
		const threshold = readThreshold(reader, object, path, 'positive');
		return threshold && { ...threshold, unit: 'fraction' };
	}
	if (Number.isSafeInteger(value) && value >= (op === 'gt' ? 0 : 1)) return { op, unit: 'areas', value };
	return reader.problems.add(
		`${path}.${op}`,
		'a whole number of areas, or a fraction as text',
		value,
		'Write for example 24 or "2/3".',
	);
}
