/** Compares what a history says of its end beyond returns and totals: members of rows, of sheets, of what is published as declared, and whether something was in time. */
import { rereadSheet } from '../../../src/collation/sheet.ts';
import type { TableName } from '../../../src/rules/rows.ts';
import { declaredResult } from '../../../src/standings/declared.ts';
import { clockOf, timelinessOf } from '../../../src/standings/lateness.ts';
import { type Json, type JsonObject, printCanonical } from '../../../src/std/canonical.ts';
import type { Case, Lateness, Played } from './history.ts';
import { resolve } from './references.ts';
import { election } from './world.ts';

export function endRowProblems(played: Played, one: Case): readonly string[] {
	const { rows = {}, sheets = {}, declared = {}, lateness = [] } = one;
	return [
		...Object.entries(rows).flatMap(([key, wanted]) => rowProblems(played, key, wanted as JsonObject)),
		...Object.entries(sheets).flatMap(([name, wanted]) => sheetProblems(played, name, wanted as JsonObject)),
		...Object.entries(declared).flatMap(([contest, wanted]) => declaredProblems(played, contest, wanted)),
		...lateness.flatMap((line) => latenessProblems(played, line)),
	];
}

/** `table key`; ids in the key as `$id:label`. */
function rowProblems({ world, names }: Played, text: string, wanted: JsonObject): readonly string[] {
	const space = text.indexOf(' ');
	const key = resolve(world, names, text.slice(space + 1)) as string;
	const row = world.rows.get(text.slice(0, space) as TableName, key);
	if (row === undefined) return [`there is no row ${text}`];
	return membersProblems(world, names, text, row, wanted);
}

function sheetProblems({ world, names }: Played, name: string, wanted: JsonObject): readonly string[] {
	const sheet = world.rows.get('sheet', names.ids.get(name) ?? '');
	if (sheet === undefined) return [`there is no sheet of ${name}`];
	return membersProblems(world, names, `the sheet of ${name}`, rereadSheet(sheet.text), wanted);
}

function declaredProblems({ world, names }: Played, id: string, wanted: Json): readonly string[] {
	const contest = election.contests.get(id);
	const result = contest === undefined ? undefined : declaredResult(world.rows, contest);
	if (wanted === '-') return result === undefined ? [] : [`${id} is declared`];
	if (result === undefined) return [`${id} is not declared`];
	return membersProblems(world, names, `what is declared of ${id}`, result, wanted as JsonObject);
}

function membersProblems(
	world: Played['world'],
	names: Played['names'],
	where: string,
	found: object,
	wanted: JsonObject,
): readonly string[] {
	const members = new Map(Object.entries(found));
	return Object.entries(wanted).flatMap(([name, value]) => {
		const [is, should] = [members.get(name), value === '-' ? undefined : resolve(world, names, value)];
		const spelled = (one: unknown) => (one === undefined ? 'absent' : printCanonical(one as object));
		return spelled(is) === spelled(should) ? [] : [`${where}: ${name} is ${spelled(is)}, expected ${spelled(should)}`];
	});
}

function latenessProblems({ world, names }: Played, { of, clock: id, from, is }: Lateness): readonly string[] {
	const clock = clockOf(election, id);
	const entry = entryOf(world, resolve(world, names, of) as string);
	const start = from === undefined ? undefined : entryOf(world, resolve(world, names, from) as string);
	if (clock === undefined || entry === undefined) return [`there is no clock ${id} or nothing said as ${of}`];
	const timed = timelinessOf(world.rows, clock, entry, start);
	return timed === undefined ? [`the clock ${id} does not run`] : membersProblems(world, names, of, timed, is);
}

function entryOf({ rows }: Played['world'], id: string) {
	return rows.get('objection', id) ?? rows.get('act', id) ?? rows.get('order', id) ?? rows.get('mark', id);
}
