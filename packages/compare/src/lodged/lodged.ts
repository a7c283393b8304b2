/**
 * A lodged table (S44) as a count of a contest, and a count as such a table. Spelling and fit are the core's (`record/countTable.ts`); here its fields get their names. Whether its
 * codes are stations or areas of the election is found by comparing, since a code that nobody knows is a finding and no fault.
 */
import { type CountTableFault, misfitOf, parseCountTable, printCountTable } from '@matokeo/core/record/countTable.ts';
import type { Digest } from '@matokeo/core/record/said.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import type { Count } from '../count.ts';
import { type CountedContest, formFields } from '../formFields.ts';

/** What the statement says of its table. */
export interface Lodged {
	readonly title: string;
	readonly digest: Digest;
	/** Of its rows; absent: polling stations. */
	readonly level?: string;
}

export function parseLodged(
	bytes: Uint8Array,
	contest: CountedContest,
	{ title, digest, level }: Lodged,
): Result<Count, CountTableFault> {
	const table = parseCountTable(bytes);
	if (!table.ok) return table;
	const misfit = misfitOf(table.value, contest, level);
	if (misfit !== undefined) return err(misfit);
	const { fields: ids, keys, values } = table.value;
	const named = new Set(ids);
	return ok({
		title,
		level: level === undefined ? 'station' : { area: level },
		fields: formFields(contest).filter(({ id }) => named.has(id)),
		keys,
		values,
		texts: new Map(),
		areas: [],
		leftOut: [],
		filtered: 0,
		source: { digest, size: bytes.length },
	});
}

/** The fields of the form that the count has, in the form's order; its other columns, its names and its words are left out, since the table has no place for them. */
export function printLodged(count: Count, contest: CountedContest): Result<Uint8Array> {
	const places = new Map(count.fields.map(({ id }, place) => [id, place]));
	const fields = contest.fields.filter(({ id }) => places.has(id)).map(({ id }) => id);
	if (fields.length === 0)
		return err(
			`none of the columns ${count.fields.map(({ id }) => id).join(', ')} is a field of the form of contest ${contest.id}, which has ${contest.fields.map(({ id }) => id).join(', ')}`,
		);
	const from = fields.map((id) => places.get(id) ?? -1);
	const values = new Float64Array(count.keys.length * fields.length);
	for (let row = 0; row < count.keys.length; row++)
		for (let field = 0; field < from.length; field++)
			values[row * from.length + field] = count.values[row * count.fields.length + (from[field] ?? -1)] ?? Number.NaN;
	return printCountTable({ level: count.level === 'station' ? 'station' : 'area', fields, keys: count.keys, values });
}
