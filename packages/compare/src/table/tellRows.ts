/**
 * Finds where the rows of a JSON document are: the list or object nearest the top, not deeper than four names, whose children are all objects or lists and begin alike; of several
 * the one with most. Two places that are equally good are told both, and none is taken.
 */
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import { atEnd, eachItem, eachMember, type JsonCursor, jsonCursor, passOver, peek } from './scanJson.ts';
import { type TableFault, unescapeJson } from './table.ts';

const DEPTH = 4;
/** A document with more names than this near its top is one whose rows are there. */
const PLACES_MAX = 100;

interface Holder {
	readonly path: string;
	readonly depth: number;
	readonly list: boolean;
	/** All children, and those that are objects or lists. */
	children: number;
	nested: number;
	/** How many children begin with the same name. */
	readonly beginnings: Map<string, number>;
}

export function tellRows(text: string): Result<string, TableFault> {
	const cursor = jsonCursor(text);
	const holders: Holder[] = [];
	if (!(walk(cursor, [], holders) && atEnd(cursor))) return err(cursor.fault ?? NOTHING);
	const able = holders.filter(isAlike);
	const top = Math.min(...able.map(({ depth }) => depth));
	const near = able.length > 0 ? able.filter(({ depth }) => depth === top) : holders;
	const most = near.reduce((one, { nested }) => Math.max(one, nested), 0);
	const [first, second] = near.filter(({ nested }) => nested === most);
	if (first === undefined || most === 0) return err(NOTHING);
	if (second === undefined) return ok(first.path);
	const [one, other] = [first.path, second.path].map((path) => (path === '' ? 'the document itself' : path));
	return err({
		expected: 'one place with most rows',
		found: `${most} in ${one} and ${most} in ${other}`,
		advice: 'name the one that is meant in the mapping, as "rows" of the table',
	});
}

/** Rows are all objects or all lists, and most of them begin alike. One member alone is no row; one item of a list is. */
function isAlike({ list, children, nested, beginnings }: Holder): boolean {
	const alike = Math.max(0, ...beginnings.values());
	return children === nested && nested >= (list ? 1 : 2) && alike > 0.5 * nested;
}

const NOTHING: TableFault = {
	expected: 'a list of objects, or an object whose members are objects',
	found: 'neither',
	advice: 'name the members that lead to the rows in the mapping, joined by points',
};

const BEGINNING = /\{\s*"((?:[^"\\]|\\.){0,200})"/y;

/** Counts the children of each place. Items of a list have no name that a layout could give, so nothing below them is a place. */
function walk(cursor: JsonCursor, path: readonly string[], holders: Holder[]): boolean {
	const sign = peek(cursor);
	if (sign !== '{' && sign !== '[') return passOver(cursor);
	const holder: Holder = {
		path: path.join('.'),
		depth: path.length,
		list: sign === '[',
		children: 0,
		nested: 0,
		beginnings: new Map(),
	};
	if (holders.length < PLACES_MAX) holders.push(holder);
	const inside = (name: string | undefined): boolean => {
		meet(holder, cursor);
		const goesOn = name !== undefined && !name.includes('.') && path.length < DEPTH && holders.length < PLACES_MAX;
		return goesOn ? walk(cursor, [...path, name], holders) : passOver(cursor);
	};
	if (sign === '[') return eachItem(cursor, () => inside(undefined));
	return eachMember(cursor, ({ start, end }) => inside(unescapeJson(cursor.text.slice(start, end))));
}

function meet(holder: Holder, cursor: JsonCursor): void {
	const child = peek(cursor);
	holder.children++;
	if (child !== '{' && child !== '[') return;
	holder.nested++;
	BEGINNING.lastIndex = cursor.at;
	const beginning = child === '[' ? '[' : (BEGINNING.exec(cursor.text)?.[1] ?? '');
	if (holder.beginnings.size < PLACES_MAX || holder.beginnings.has(beginning))
		holder.beginnings.set(beginning, (holder.beginnings.get(beginning) ?? 0) + 1);
}
