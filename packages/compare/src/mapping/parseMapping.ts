/** A mapping file as a mapping, or all that is wrong with it (K23). It says nothing about any table: `applyMapping` finds out whether the columns are there. */
import { parseJson } from '@matokeo/core/election/json.ts';
import { type printProblem, problemList } from '@matokeo/core/election/problem.ts';
import { readSource } from '@matokeo/core/election/sourceText.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import { MAPPING_FORMAT, MAPPING_LIMITS, type Mapping } from './mapping.ts';
import { membersOf, type Node, needed, type Telling, tell, textOf, wordOf } from './nodes.ts';
import { areasOf, choiceOf, columnName, fieldsOf, keyOf, layoutOf, levelOf, numbersOf, whereOf } from './parts.ts';

const MEMBERS = [
	'format',
	'name',
	'title',
	'table',
	'shape',
	'level',
	'where',
	'key',
	'areas',
	'choice',
	'fields',
	'numbers',
	'status',
];

export function parseMapping(text: string): Result<Mapping, readonly string[]> {
	if (text.length > MAPPING_LIMITS.lengthMax)
		return err([`expected at most ${MAPPING_LIMITS.lengthMax} characters, found ${text.length}; is it a mapping?`]);
	const list = problemList();
	const source = readSource('mapping', utf8Encode(text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n')), list);
	const node = source === undefined ? undefined : parseJson(source, list);
	const telling: Telling = {
		source: source ?? { file: '', text: '', placeAt: () => ({ line: 0, column: 0 }) },
		problems: [],
	};
	const mapping = node === undefined ? undefined : mappingOf(telling, node);
	const problems = [...list.sorted().map(plain), ...telling.problems];
	if (problems.length > 0 || mapping === undefined) return err(problems);
	return ok(mapping);
}

/** A problem of the JSON itself, in one line and without the ids of the package's rules. */
function plain(problem: Parameters<typeof printProblem>[0]): string {
	const { line, column, expected, came, toDo } = problem;
	return `line ${line}, column ${column}: expected ${expected}, found ${came}; ${toDo}`;
}

function mappingOf(telling: Telling, node: Node): Mapping | undefined {
	const what = 'the mapping';
	const members = membersOf(telling, node, what, MEMBERS);
	const need = (name: string): Node => needed(telling, node, members, what, name);
	wordOf(telling, need('format'), 'the format', [MAPPING_FORMAT]);
	const name = textOf(telling, need('name'), 'the name');
	const shape = wordOf(telling, need('shape'), 'the shape', ['wide', 'long']);
	const choice = choiceOf(telling, members.get('choice'));
	if (shape === 'long' && choice === undefined) needed(telling, node, members, 'a long table’s mapping', 'choice');
	const wrong = members.get('choice');
	if (shape === 'wide' && wrong !== undefined)
		tell(telling, wrong, 'no choice for a wide table', 'one', 'delete it, or write "shape": "long"');
	const key = keyOf(telling, need('key'));
	const fields = fieldsOf(telling, need('fields'), shape === 'long');
	const numbers = numbersOf(telling, members.get('numbers'));
	const level = members.has('level') ? levelOf(telling, members.get('level')) : 'station';
	const status = members.has('status') ? columnName(telling, members.get('status'), 'the status') : undefined;
	const mapping = {
		table: layoutOf(telling, members.get('table')),
		where: whereOf(telling, members.get('where')),
		areas: areasOf(telling, members.get('areas')),
		choice,
		numbers,
		status,
	};
	if (name === undefined || shape === undefined || level === undefined || key === undefined) return undefined;
	const title = members.has('title') ? textOf(telling, members.get('title'), 'the title') : name;
	return { name, title: title ?? name, shape, level, key, fields, ...mapping };
}
