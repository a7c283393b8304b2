/** A mapping as the file that people read and mend: one member a line, one field a line. `parseMapping` reads it back to the same mapping. */
import type { Layout } from '../table/table.ts';
import {
	type FieldRule,
	type KeyColumn,
	type KeyRule,
	MAPPING_FORMAT,
	type Mapping,
	type NumberRule,
} from './mapping.ts';

export function printMapping(mapping: Mapping): string {
	const { name, title, table, shape, level, where, key, areas, choice, fields, numbers, status } = mapping;
	const members: readonly (readonly [string, string] | undefined)[] = [
		['format', json(MAPPING_FORMAT)],
		['name', json(name)],
		title === name ? undefined : ['title', json(title)],
		table === undefined ? undefined : ['table', json(layoutOut(table))],
		['shape', json(shape)],
		['level', json(level)],
		where.length === 0 ? undefined : ['where', lines(where)],
		['key', json(keyOut(key))],
		areas.length === 0 ? undefined : ['areas', lines(areas)],
		choice === undefined ? undefined : ['choice', json(choice)],
		['fields', lines(fields.map(fieldOut))],
		isPlain(numbers) ? undefined : ['numbers', json(numbersOut(numbers))],
		status === undefined ? undefined : ['status', json(status)],
	];
	const shown = members.flatMap((member) => (member === undefined ? [] : [`\t${json(member[0])}: ${member[1]}`]));
	return `{\n${shown.join(',\n')}\n}\n`;
}

/** With a space after commas and colons that are no part of a text, so that long lines break where people read. */
function json(value: unknown): string {
	return JSON.stringify(value, undefined, 1).replace(/\n\s*/g, ' ');
}

function lines(items: readonly unknown[]): string {
	return `[\n${items.map((item) => `\t\t${json(item)}`).join(',\n')}\n\t]`;
}

function layoutOut(layout: Layout): object {
	return layout.format === 'csv' && layout.delimiter === '\t' ? { ...layout, delimiter: 'tab' } : layout;
}

function keyOut({ columns, join, prefix }: KeyRule): object {
	const more = { ...(join === '' ? {} : { join }), ...(prefix === '' ? {} : { prefix }) };
	return { columns: columns.map(keyColumnOut), ...more };
}

function keyColumnOut(column: KeyColumn): unknown {
	const bare = column.pattern === undefined && column.pad === undefined;
	return bare && typeof column.column === 'string' ? column.column : column;
}

function fieldOut({ id, name, kind, columns, choices, optional }: FieldRule): object {
	const [only, ...more] = columns;
	const source =
		choices.length > 0 ? { choices } : more.length === 0 && only !== undefined ? { column: only } : { sum: columns };
	return { id, ...(name === id ? {} : { name }), kind, ...source, ...(optional ? { optional } : {}) };
}

function isPlain({ thousands, nothing, illegible, pointZero }: NumberRule): boolean {
	return thousands === undefined && nothing.length === 0 && illegible.length === 0 && !pointZero;
}

function numbersOut({ thousands, nothing, illegible, pointZero }: NumberRule): object {
	return {
		...(thousands === undefined ? {} : { thousands }),
		...(nothing.length === 0 ? {} : { nothing }),
		...(illegible.length === 0 ? {} : { illegible }),
		...(pointZero ? { point_zero: true } : {}),
	};
}
