/** The parts of a mapping file, each read by itself: layout, conditions, key, areas, fields, choices, numbers. */
import type { Encoding, Layout } from '../table/table.ts';
import type {
	AreaRule,
	ChoiceRule,
	ColumnName,
	FieldRule,
	KeyColumn,
	KeyRule,
	Mapping,
	NumberRule,
	WhereRule,
} from './mapping.ts';
import { MAPPING_LIMITS, PLAIN_NUMBERS } from './mapping.ts';
import {
	booleanOf,
	countOf,
	listOf,
	type Members,
	membersOf,
	type Node,
	needed,
	type Telling,
	tell,
	textOf,
	textsOf,
	wordOf,
} from './nodes.ts';
import { parsePattern } from './pattern.ts';

const ENCODINGS: readonly Encoding[] = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'];
const HEADER_MAX = 10_000;

/** A heading, or a list of headings any of which may be there. */
export function columnName(telling: Telling, node: Node, what: string): ColumnName | undefined {
	if (node?.kind !== 'list') return textOf(telling, node, `the column of ${what}`);
	const names = textsOf(telling, node, `the headings of ${what}`);
	if (names.length > 0) return names;
	return tell(telling, node, `at least one heading for ${what}`, 'none', 'name one');
}

/** A list of headings is one column, not several. */
function one(name: ColumnName | undefined): readonly ColumnName[] {
	return name === undefined ? [] : [name];
}

export function layoutOf(telling: Telling, node: Node): Layout | undefined {
	if (node === undefined) return undefined;
	const what = 'table';
	const all = ['format', 'encoding', 'delimiter', 'header', 'quotes', 'rows', 'lists'];
	const first = membersOf(telling, node, what, all);
	const format = wordOf(telling, needed(telling, node, first, what, 'format'), 'the format of the table', [
		'csv',
		'json',
	]);
	const encoding = wordOf(telling, first.get('encoding'), 'the encoding', ENCODINGS);
	const own = encoding === undefined ? {} : { encoding };
	const foreign = format === 'json' ? ['delimiter', 'header', 'quotes'] : ['rows', 'lists'];
	for (const name of foreign) {
		const member = first.get(name);
		if (format !== undefined && member !== undefined)
			tell(telling, member, `no ${name} for a table of the format ${format}`, 'one', 'delete it');
	}
	if (format === 'json') return { format, ...own, ...jsonOf(telling, first) };
	return format === undefined ? undefined : { format, ...own, ...csvOf(telling, first) };
}

function csvOf(telling: Telling, members: Members): object {
	const word = wordOf(telling, members.get('delimiter'), 'the delimiter', [',', ';', '|', 'tab']);
	const delimiter = word === 'tab' ? '\t' : word;
	const header = countOf(telling, members.get('header'), 'the line of the headings', HEADER_MAX);
	const quotes = booleanOf(telling, members.get('quotes'), 'quotes');
	return {
		...(delimiter === undefined ? {} : { delimiter }),
		...(header === undefined ? {} : { header }),
		...(quotes === undefined ? {} : { quotes }),
	};
}

function jsonOf(telling: Telling, members: Members): object {
	const rows = textOf(telling, members.get('rows'), 'the place of the rows', true);
	const node = members.get('lists');
	const lists: [string, string][] = [];
	if (node !== undefined && node.kind === 'object') {
		for (const { key, value } of node.members.values()) {
			const naming = textOf(telling, value, 'the member that names the items of a list');
			if (naming !== undefined) lists.push([key, naming]);
		}
	} else membersOf(telling, node, 'lists', []);
	return {
		...(rows === undefined ? {} : { rows }),
		...(lists.length === 0 ? {} : { lists: Object.fromEntries(lists) }),
	};
}

export function whereOf(telling: Telling, node: Node): readonly WhereRule[] {
	return listOf(telling, node, 'where', MAPPING_LIMITS.whereMax).flatMap((item) => {
		const what = 'a condition';
		const members = membersOf(telling, item, what, ['column', 'is', 'not']);
		const column = columnName(telling, needed(telling, item, members, what, 'column'), what);
		const is = members.has('is') ? textsOf(telling, members.get('is'), 'is', true) : undefined;
		const not = members.has('not') ? textsOf(telling, members.get('not'), 'not', true) : undefined;
		if (is === undefined && not === undefined && item.kind === 'object')
			tell(telling, item, 'is or not in a condition', 'neither', 'say which texts of the column are meant');
		if (column === undefined) return [];
		return [{ column, ...(is === undefined ? {} : { is }), ...(not === undefined ? {} : { not }) }];
	});
}

export function levelOf(telling: Telling, node: Node): Mapping['level'] | undefined {
	if (node?.kind !== 'object') return wordOf(telling, node, 'the level', ['station'] as const);
	const members = membersOf(telling, node, 'level', ['area']);
	const area = textOf(telling, needed(telling, node, members, 'level', 'area'), 'the level of areas');
	return area === undefined ? undefined : { area };
}

export function keyOf(telling: Telling, node: Node): KeyRule | undefined {
	const members = membersOf(telling, node, 'key', ['columns', 'join', 'prefix']);
	const list = needed(telling, node, members, 'key', 'columns');
	const columns = listOf(telling, list, 'the columns of the key', MAPPING_LIMITS.keyColumnsMax).flatMap(
		(item) => keyColumn(telling, item) ?? [],
	);
	const join = textOf(telling, members.get('join'), 'the text between the parts of a key', true) ?? '';
	const prefix = textOf(telling, members.get('prefix'), 'the text before a key', true) ?? '';
	if (columns.length > 0) return { columns, join, prefix };
	if (list?.kind === 'list' && list.items.length === 0)
		tell(telling, list, 'at least one column of the key', 'none', 'name the column that holds the code');
	return undefined;
}

function keyColumn(telling: Telling, node: Node): KeyColumn | undefined {
	const what = 'a column of the key';
	if (node?.kind === 'text') return { column: node.value };
	const members = membersOf(telling, node, what, ['column', 'pattern', 'pad']);
	const column = columnName(telling, needed(telling, node, members, what, 'column'), what);
	const text = members.get('pattern');
	const pattern = textOf(telling, text, 'the pattern');
	if (pattern !== undefined && text !== undefined && !isPattern(pattern)) {
		const signs = 'one pair of parentheses around the code, # for a digit, ? for any character, * for any run';
		tell(telling, text, signs, JSON.stringify(pattern), 'write it as spec/comparison.md shows');
	}
	const pad = countOf(telling, members.get('pad'), 'the width', MAPPING_LIMITS.padMax);
	if (column === undefined) return undefined;
	return { column, ...(pattern === undefined ? {} : { pattern }), ...(pad === undefined ? {} : { pad }) };
}

function isPattern(text: string): boolean {
	return text.length <= MAPPING_LIMITS.patternMax && parsePattern(text) !== undefined;
}

export function areasOf(telling: Telling, node: Node): readonly AreaRule[] {
	return listOf(telling, node, 'areas', MAPPING_LIMITS.areasMax).flatMap((item) => {
		const what = 'an area';
		const members = membersOf(telling, item, what, ['level', 'name', 'column']);
		const level = textOf(telling, needed(telling, item, members, what, 'level'), 'the level of an area');
		const column = columnName(telling, needed(telling, item, members, what, 'column'), what);
		const name = members.has('name') ? textOf(telling, members.get('name'), 'the name of a level') : level;
		return level === undefined || column === undefined ? [] : [{ level, name: name ?? level, column }];
	});
}

export function choiceOf(telling: Telling, node: Node): ChoiceRule | undefined {
	if (node === undefined) return undefined;
	const members = membersOf(telling, node, 'choice', ['columns', 'join', 'votes', 'unlisted']);
	const list = needed(telling, node, members, 'choice', 'columns');
	const columns = listOf(telling, list, 'the columns of the choice', MAPPING_LIMITS.keyColumnsMax).flatMap((item) =>
		one(columnName(telling, item, 'the choice')),
	);
	const votes = columnName(telling, needed(telling, node, members, 'choice', 'votes'), 'the votes');
	const join = textOf(telling, members.get('join'), 'the text between the parts of a choice', true) ?? '';
	const unlisted = wordOf(telling, members.get('unlisted'), 'unlisted', ['zero', 'nothing']) ?? 'nothing';
	return votes === undefined || columns.length === 0 ? undefined : { columns, join, votes, unlisted };
}

export function fieldsOf(telling: Telling, node: Node, long: boolean): readonly FieldRule[] {
	const items = listOf(telling, node, 'fields', MAPPING_LIMITS.fieldsMax);
	if (node?.kind === 'list' && items.length === 0) tell(telling, node, 'at least one field', 'none', 'name one');
	const seen = new Set<string>();
	return items.flatMap((item) => {
		const field = fieldOf(telling, item, long);
		if (field === undefined) return [];
		if (seen.has(field.id)) tell(telling, item, 'each id once', `${field.id} again`, 'name it otherwise');
		seen.add(field.id);
		return [field];
	});
}

function fieldOf(telling: Telling, node: Node, long: boolean): FieldRule | undefined {
	const what = 'a field';
	const members = membersOf(telling, node, what, ['id', 'name', 'kind', 'column', 'sum', 'choices', 'optional']);
	const id = textOf(telling, needed(telling, node, members, what, 'id'), 'the id of a field');
	const kind = wordOf(telling, needed(telling, node, members, what, 'kind'), 'the kind of a field', KINDS);
	const name = members.has('name') ? textOf(telling, members.get('name'), 'the name of a field') : id;
	const single = columnName(telling, members.get('column'), 'a field');
	const sum = listOf(telling, members.get('sum'), 'a sum', MAPPING_LIMITS.listMax).flatMap((item) =>
		one(columnName(telling, item, 'a sum')),
	);
	const choices = members.has('choices') ? textsOf(telling, members.get('choices'), 'choices', true) : [];
	const optional = booleanOf(telling, members.get('optional'), 'optional') ?? false;
	const sources = ['column', 'sum', 'choices'].filter((source) => members.has(source));
	if (sources.length !== 1 && node?.kind === 'object') {
		const found = sources.length === 0 ? 'none of them' : sources.join(' and ');
		tell(telling, node, 'column, sum or choices in a field, one of them', found, 'say where its numbers stand');
	}
	const given = members.get('choices');
	if (given !== undefined && !long)
		tell(telling, given, 'no choices in a wide table', 'some', 'write "column", or "shape": "long"');
	if (id === undefined || kind === undefined) return undefined;
	return { id, name: name ?? id, kind, columns: single === undefined ? sum : [single], choices, optional };
}

const KINDS = ['candidate', 'total', 'other'] as const;

export function numbersOf(telling: Telling, node: Node): NumberRule {
	if (node === undefined) return PLAIN_NUMBERS;
	const members = membersOf(telling, node, 'numbers', ['thousands', 'nothing', 'illegible', 'point_zero']);
	const thousands = wordOf(telling, members.get('thousands'), 'the sign between thousands', [',', '.', ' ', "'"]);
	return {
		...(thousands === undefined ? {} : { thousands }),
		nothing: textsOf(telling, members.get('nothing'), 'nothing', true),
		illegible: textsOf(telling, members.get('illegible'), 'illegible'),
		pointZero: booleanOf(telling, members.get('point_zero'), 'point_zero') ?? false,
	};
}
