/**
 * Finds where the rows of a JSON document are: the list or object, not deeper than four names, that holds most objects or lists. Two places with equally many
 * are told both, and none is taken.
 */
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import { atEnd, eachItem, eachMember, type JsonCursor, jsonCursor, passOver, peek } from './scanJson.ts';
import { type TableFault, unescapeJson } from './table.ts';

const DEPTH = 4;
/** A document with more names than this near its top is one whose rows are there. */
const PLACES_MAX = 100;

interface Holder {
	readonly path: string;
	children: number;
}

export function tellRows(text: string): Result<string, TableFault> {
	const cursor = jsonCursor(text);
	const holders: Holder[] = [];
	if (!(walk(cursor, [], holders) && atEnd(cursor))) return err(cursor.fault ?? NOTHING);
	const most = holders.reduce((one, { children }) => Math.max(one, children), 0);
	const best = holders.filter(({ children }) => children === most);
	const [first, second] = best;
	if (first === undefined || most === 0) return err(NOTHING);
	if (second === undefined) return ok(first.path);
	const [one, other] = [first.path, second.path].map((path) => (path === '' ? 'the document itself' : path));
	return err({
		expected: 'one place with most rows',
		found: `${most} in ${one} and ${most} in ${other}`,
		advice: 'name the one that is meant in the mapping, as "rows" of the table',
	});
}

const NOTHING: TableFault = {
	expected: 'a list of objects, or an object whose members are objects',
	found: 'neither',
	advice: 'name the members that lead to the rows in the mapping, joined by points',
};

/** Counts the children of each place that are objects or lists. Items of a list have no name that a layout could give, so nothing below them is a place. */
function walk(cursor: JsonCursor, path: readonly string[], holders: Holder[]): boolean {
	const sign = peek(cursor);
	if (sign !== '{' && sign !== '[') return passOver(cursor);
	const holder: Holder = { path: path.join('.'), children: 0 };
	if (holders.length < PLACES_MAX) holders.push(holder);
	const inside = (name: string | undefined): boolean => {
		const child = peek(cursor);
		if (child === '{' || child === '[') holder.children++;
		const goesOn = name !== undefined && !name.includes('.') && path.length < DEPTH && holders.length < PLACES_MAX;
		return goesOn ? walk(cursor, [...path, name], holders) : passOver(cursor);
	};
	if (sign === '[') return eachItem(cursor, () => inside(undefined));
	return eachMember(cursor, ({ start, end }) => inside(unescapeJson(cursor.text.slice(start, end))));
}
