/**
 * Reads a whole result rule from JSON (RS2). All problems are reported, each
 * with its path. What a law may not say in this language (negation, a second rank that elects, lots for the second place of
 * a runoff) is refused here, so that evaluation never meets it.
 */

import { err, ok, type Result } from '../std/result.ts';
import { readCondition } from './parseCondition.ts';
import type { ConditionReader, RuleNames } from './parseThreshold.ts';

import { type JsonObject, type Problem, Problems } from './problem.ts';
import type { Condition, Otherwise, ResultRule, Round, TieRule } from './rule.ts';

const ROUNDS_MAX = 4;
const PLACES_MAX = 8;
const TIES: readonly TieRule[] = ['lots', 'older', 'rerun'];

export function parseResultRule(
	json: unknown,
	path = '$',
	names: RuleNames = {},
): Result<ResultRule, readonly Problem[]> {
	const problems = new Problems();
	const reader: ConditionReader = { problems, names, seen: { conditions: 0, ids: new Set() } };
	const object = problems.object(json, path, ['rounds', 'note']);
	if (object === undefined) return err(problems.list);
	const { note, rounds: list } = object;
	if (note !== undefined && typeof note !== 'string')
		problems.add(`${path}.note`, 'a text', note, 'Write the note as a text or remove it.');
	if (!Array.isArray(list) || list.length < 1 || list.length > ROUNDS_MAX) {
		problems.add(
			`${path}.rounds`,
			`a list of 1 to ${ROUNDS_MAX} rounds`,
			list,
			'Write one entry for each round, the first round first.',
		);
		return err(problems.list);
	}
	const rounds: Round[] = [];
	list.forEach((entry: unknown, index) => {
		const round = readRound(reader, entry, `${path}.rounds[${index}]`);
		if (round !== undefined) rounds.push(round);
	});
	if (problems.list.length > 0) return err(problems.list);
	return ok({ rounds, ...(typeof note === 'string' ? { note } : {}) });
}

function readRound(reader: ConditionReader, json: unknown, path: string): Round | undefined {
	const { problems } = reader;
	const object = problems.object(json, path, ['elect', 'else', 'tie']);
	if (object === undefined) return undefined;
	const elect = readCondition(reader, object['elect'], `${path}.elect`);
	const tie = TIES.find((word) => word === object['tie']);
	if (object['tie'] !== undefined && tie === undefined) {
		problems.add(
			`${path}.tie`,
			'one of lots, older, rerun',
			object['tie'],
			'Name how the law settles equal votes, or leave it out.',
		);
	}
	const otherwise =
		object['else'] === undefined ? undefined : readOtherwise(reader, object['else'], `${path}.else`, elect);
	if (elect === undefined) return undefined;
	return { elect, ...(otherwise ? { otherwise } : {}), ...(tie ? { tie } : {}) };
}

function readOtherwise(
	reader: ConditionReader,
	json: unknown,
	path: string,
	elect: Condition | undefined,
): Otherwise | undefined {
	const { problems } = reader;
	const object = problems.object(json, path, ['advance', 'refer', 'special', 'rerun']);
	if (object === undefined) return undefined;
	const kinds = Object.keys(object);
	if (kinds.length !== 1)
		return problems.add(
			path,
			'exactly one of advance, refer, special, rerun',
			object,
			'Keep the one that the law says.',
		);
	if (object['advance'] !== undefined) return readAdvance(reader, object['advance'], `${path}.advance`, elect);
	if (object['refer'] !== undefined) {
		const to = problems.code(object['refer'], `${path}.refer`, 'body that decides');
		return to === undefined ? undefined : { kind: 'refer', to };
	}
	if (object['special'] !== undefined) {
		const code = problems.code(object['special'], `${path}.special`, 'code of the procedure');
		return code === undefined ? undefined : { kind: 'special', code };
	}
	if (object['rerun'] === true) return { kind: 'rerun' };
	return problems.add(path, '{"rerun": true}', json, 'Write true or remove the key.');
}

function readAdvance(
	reader: ConditionReader,
	json: unknown,
	path: string,
	elect: Condition | undefined,
): Otherwise | undefined {
	const { problems } = reader;
	const object = problems.object(json, path, ['top', 'tiesIncluded', 'leader', 'plus', 'level']);
	if (object === undefined) return undefined;
	if (object['leader'] !== undefined || object['plus'] !== undefined) return readMostAreas(reader, object, path, elect);
	if (object['level'] !== undefined)
		problems.add(`${path}.level`, 'nothing: "top" looks at the whole contest', object['level'], 'Remove it.');
	if (object['tiesIncluded'] !== undefined && object['tiesIncluded'] !== true) {
		problems.add(
			`${path}.tiesIncluded`,
			'true, or nothing',
			object['tiesIncluded'],
			'Equal votes for the last place always widen a runoff here (RS7).',
		);
	}
	const top = object['top'];
	if (typeof top === 'number' && Number.isSafeInteger(top) && top >= 2 && top <= PLACES_MAX)
		return { kind: 'top', places: top };
	return problems.add(
		`${path}.top`,
		`a whole number from 2 to ${PLACES_MAX}`,
		top,
		'Write how many candidates advance.',
	);
}

function readMostAreas(
	reader: ConditionReader,
	object: JsonObject,
	path: string,
	elect: Condition | undefined,
): Otherwise | undefined {
	const { problems, names } = reader;
	if (object['leader'] !== true)
		problems.add(`${path}.leader`, 'true', object['leader'], 'The leader advances: write true.');
	if (object['plus'] !== 'most-states')
		problems.add(`${path}.plus`, '"most-states"', object['plus'], 'Only this second place is part of the language.');
	if (object['top'] !== undefined || object['tiesIncluded'] !== undefined) {
		problems.add(path, 'either "top" or "leader" with "plus"', object, 'Keep the one that the law says.');
	}
	const named = object['level'];
	if (named !== undefined) {
		const level = problems.code(named, `${path}.level`, 'level of areas');
		if (level === undefined) return undefined;
		if (names.levels === undefined || names.levels.includes(level)) return { kind: 'most-areas', level };
		return problems.add(
			`${path}.level`,
			`one of the contest's levels ${names.levels.join(', ')}`,
			level,
			'Name a level of the contest.',
		);
	}
	const levels = elect === undefined ? new Set<string>() : levelsOf(elect);
	const [level] = levels;
	if (level !== undefined && levels.size === 1) return { kind: 'most-areas', level };
	return problems.add(
		`${path}.level`,
		'the level whose areas are counted',
		named,
		'Name it: the condition does not have exactly one.',
	);
}

function levelsOf(condition: Condition): ReadonlySet<string> {
	if (condition.kind === 'all' || condition.kind === 'any')
		return new Set(condition.parts.flatMap((part) => [...levelsOf(part)]));
	return new Set(condition.kind === 'areas' || condition.kind === 'electors' ? [condition.level] : []);
}
