/**
 * The body of a statement as a person gives it: a JSON file, and members set one by one. Numbers are numbers and text is text: `--set path=text`, `--set path:=json`, nothing in
 * between. Whether the body has its shape is for the parser of statements to say.
 */
import { type PlainJson, parseJson, plainJson } from '@matokeo/core/election/json.ts';
import { printProblem, problemList } from '@matokeo/core/election/problem.ts';
import { readSource } from '@matokeo/core/election/sourceText.ts';
import { LEAF_BYTES_MAX } from '@matokeo/core/record/limits.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import type { Json, JsonObject } from '@matokeo/core/std/canonical.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';

/** A body may be spelled with spaces and line ends; four times the largest leaf has room for any. */
export const BODY_BYTES_MAX: number = 4 * LEAF_BYTES_MAX;

/** Deeper than any statement is nested; bounds the recursion of `withMember`. */
const PATH_PARTS_MAX = 8;

/** Strict JSON: no null, no fraction, no name twice. Every problem is told with line and column. */
function parseGivenJson(file: string, bytes: Uint8Array): Result<PlainJson> {
	const problems = problemList();
	const source = readSource(file, bytes, problems);
	const node = source === undefined ? undefined : parseJson(source, problems);
	const value = node === undefined ? undefined : plainJson(node);
	if (problems.count() === 0 && value !== undefined) return ok(value);
	return err(problems.sorted().map(printProblem).join('').trimEnd());
}

export function parseBodyFile(file: string, bytes: Uint8Array): Result<JsonObject> {
	const value = parseGivenJson(file, bytes);
	if (!value.ok) return value;
	return isObject(value.value) ? ok(value.value) : err(`${file}: a body is a JSON object, {"name": value, …}.`);
}

/** The body with `path=text` or `path:=json` carried out. */
export function withSetting(body: JsonObject, setting: string): Result<JsonObject> {
	const equals = setting.indexOf('=');
	const isJson = setting[equals - 1] === ':';
	const path = equals < 0 ? '' : setting.slice(0, isJson ? equals - 1 : equals);
	if (path === '')
		return err(
			`--set "${setting}": expected path=text or path:=json, such as --set station=1001 or --set figures.mas:=117.`,
		);
	const text = setting.slice(equals + 1);
	const value: Result<Json> = isJson ? parseGivenJson(`--set ${path}`, utf8Encode(text)) : ok(text);
	if (!value.ok) return value;
	const parts = splitPath(path);
	if (parts.includes('') || parts.length > PATH_PARTS_MAX)
		return err(
			`--set "${setting}": the path "${path}" has an empty part or more than ${PATH_PARTS_MAX}; a dot inside a name is written "\\.".`,
		);
	const changed = withMember(body, parts, value.value, path);
	if (!changed.ok) return changed;
	return isObject(changed.value) ? ok(changed.value) : err('a body is a JSON object');
}

/** At dots that no backslash makes part of a name. */
function splitPath(path: string): readonly string[] {
	return path.split(/(?<!\\)\./).map((part) => part.replaceAll('\\.', '.'));
}

function withMember(into: Json | undefined, path: readonly string[], value: Json, whole: string): Result<Json> {
	const [name, ...rest] = path;
	if (name === undefined) return ok(value);
	if (isList(into)) return withItem(into, name, rest, value, whole);
	if (into !== undefined && !isObject(into))
		return err(`--set ${whole}: "${name}" would lie in ${JSON.stringify(into)}, which has no members.`);
	const old = into !== undefined && Object.hasOwn(into, name) ? into[name] : undefined;
	const inner = withMember(old, rest, value, whole);
	if (!inner.ok) return inner;
	// `fromEntries` defines members and never sets them: no name is special.
	return ok(Object.fromEntries([...Object.entries(into ?? {}), [name, inner.value]]));
}

function withItem(
	list: readonly Json[],
	name: string,
	rest: readonly string[],
	value: Json,
	whole: string,
): Result<Json> {
	const index = /^(0|[1-9][0-9]{0,3})$/.test(name) ? Number(name) : -1;
	if (index < 0 || index > list.length)
		return err(
			`--set ${whole}: "${name}" is no place in a list of ${list.length}; expected a number from 0 to ${list.length}.`,
		);
	const inner = withMember(list[index], rest, value, whole);
	return inner.ok ? ok([...list.slice(0, index), inner.value, ...list.slice(index + 1)]) : inner;
}

export function isObject(value: Json | undefined): value is JsonObject {
	return typeof value === 'object' && !Array.isArray(value);
}

function isList(value: Json | undefined): value is readonly Json[] {
	return Array.isArray(value);
}
