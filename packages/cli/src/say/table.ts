/**
 * `--document TABLE` of a `count/lodge` (S44): the table is looked into before anything is signed, so that nobody lodges one that the server then does not take or that needs explanation at once. How many rows it has is filled in.
 */
import type { Election } from '@matokeo/core/election/types.ts';
import { type CountTableSize, checkCountTable, explainCountTable, misfitOf } from '@matokeo/core/record/countTable.ts';
import type { JsonObject } from '@matokeo/core/std/canonical.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import type { GivenFile } from './files.ts';

export function withTable(election: Election, body: JsonObject, documents: readonly GivenFile[]): Result<JsonObject> {
	const [table, ...more] = documents;
	if (table === undefined) return ok(body);
	if (more.length > 0) return err('A count/lodge has one table: give one --document.');
	if (body['table'] !== undefined)
		return err('The body names a table already: leave out --document, or "table" in the body.');
	const size = checkCountTable(table.bytes);
	if (!size.ok)
		return err(
			`"${table.file}" is no table that can be lodged: ${explainCountTable(size.error)}. \`matokeo count table\` prints one from a file of yours.`,
		);
	const misfit = misfitIn(election, body, size.value);
	if (misfit !== undefined) return err(`"${table.file}" does not fit what is said of it: ${misfit}.`);
	const { rows } = size.value;
	if (body['rows'] !== undefined && body['rows'] !== rows)
		return err(`"${table.file}" has ${rows} rows: leave "rows" out, it is filled in.`);
	return ok({ ...body, rows, table: table.sha256 });
}

/** Nothing where the contest is not known or not named: what is wrong then is said of the statement. */
function misfitIn({ contests }: Election, { contest, level }: JsonObject, table: CountTableSize): string | undefined {
	const known = typeof contest === 'string' ? contests.get(contest) : undefined;
	if (known === undefined) return undefined;
	const misfit = misfitOf(table, known, typeof level === 'string' ? level : undefined);
	return misfit === undefined ? undefined : explainCountTable(misfit);
}
