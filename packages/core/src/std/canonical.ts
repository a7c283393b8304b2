/**
 * Canonical JSON (RFC 8785) narrowed to what statements need (rule S3): integers 0…2⁵³−1, no null, well-formed
 * strings, objects whose names sort by UTF-16 code units and never look like array indexes (JavaScript would reorder those).
 *
 * Within those bounds ECMAScript's own `JSON.stringify` of an object with sorted names *is* RFC 8785, so parsing is: read,
 * walk once, print again, compare. Whatever is not spelled exactly so is refused, never normalised.
 */
import { err, ok, type Result } from './result.ts';

export type Json = string | number | boolean | readonly Json[] | JsonObject;
export interface JsonObject {
	readonly [name: string]: Json;
}

/** Deeper nesting than any statement has; bounds the recursion of `walk`. */
const JSON_DEPTH_MAX = 12;

const INDEX_LIKE = /^(0|[1-9][0-9]*)$/;

/** The canonical text of a value whose names may stand in any order. */
export function printCanonical(value: object): string {
	return JSON.stringify(isSorted(value as Json) ? value : sorted(value as Json));
}

/** Accepts exactly what `printCanonical` prints; the error says what is wrong in words. */
export function parseCanonical(text: string): Result<Json> {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		return err('the third line is not JSON');
	}
	// Text is well-formed Unicode, so that only an escape can spell half of a surrogate pair.
	const problem = walk(value, 0, text.includes('\\'));
	if (problem !== undefined) return err(problem);
	if (JSON.stringify(value) !== text) return err('the JSON is not in its canonical spelling (RFC 8785)');
	return ok(value as Json);
}

export function byCodeUnits(a: string, b: string): number {
	if (a < b) return -1;
	return a > b ? 1 : 0;
}

/** Whether all names stand in order already, as they do in whatever came out of a statement. */
function isSorted(value: Json): boolean {
	if (typeof value !== 'object') return true;
	if (isArray(value)) return value.every(isSorted);
	let last: string | undefined;
	for (const name in value) {
		const member = value[name];
		if ((last !== undefined && name <= last) || !Object.hasOwn(value, name)) return false;
		if (member !== undefined && !isSorted(member)) return false;
		last = name;
	}
	return true;
}

function sorted(value: Json): Json {
	if (typeof value !== 'object') return value;
	if (isArray(value)) return value.map(sorted);
	const result: Record<string, Json> = {};
	for (const name of Object.keys(value).sort(byCodeUnits)) {
		const member = value[name];
		if (member !== undefined) Object.defineProperty(result, name, property(sorted(member)));
	}
	return result;
}

function property(value: Json): PropertyDescriptor {
	return { value, enumerable: true, configurable: true, writable: true };
}

function isArray(value: Json): value is readonly Json[] {
	return Array.isArray(value);
}

/** `escaped`: whether the text has escapes, which may spell what no text can hold. */
function walk(value: unknown, depth: number, escaped: boolean): string | undefined {
	switch (typeof value) {
		case 'string':
			return !escaped || value.isWellFormed() ? undefined : 'a string holds a lone surrogate';
		case 'number':
			if (Number.isSafeInteger(value) && value >= 0 && !Object.is(value, -0)) return undefined;
			return `${value} is not an integer from 0 to 9007199254740991`;
		case 'boolean':
			return undefined;
		default:
			return value === null ? 'null is not a value here' : walkInto(value as object, depth + 1, escaped);
	}
}

function walkInto(value: object, depth: number, escaped: boolean): string | undefined {
	if (depth > JSON_DEPTH_MAX) return `the JSON is nested deeper than ${JSON_DEPTH_MAX}`;
	if (Array.isArray(value)) {
		for (const member of value) {
			const problem = walk(member, depth, escaped);
			if (problem !== undefined) return problem;
		}
		return undefined;
	}
	let last = '';
	let first = true;
	for (const name in value) {
		if (!first && name <= last) return `the names "${last}" and "${name}" do not stand in order`;
		if (escaped && !name.isWellFormed()) return 'a name holds a lone surrogate';
		if (isIndexLike(name)) return `the name "${name}" looks like an array index`;
		first = false;
		last = name;
		const problem = walk((value as Record<string, unknown>)[name], depth, escaped);
		if (problem !== undefined) return problem;
	}
	return undefined;
}

/** Few names begin with a digit: those are looked at closely. */
function isIndexLike(name: string): boolean {
	const first = name.charCodeAt(0);
	return first >= 48 && first <= 57 && INDEX_LIKE.test(name);
}
