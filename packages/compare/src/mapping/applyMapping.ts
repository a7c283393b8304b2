/**
 * A table read through a mapping: a count, with everything that did not go into it told beside it (K31, K32). Nothing is repaired: a number is read as the mapping says or
 * kept as the text it is.
 */
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import type { CountField, LeftOut } from '../count.ts';
import type { Table } from '../table/table.ts';
import type { Applied, MappingFault } from './applied.ts';
import { type Placed, placeColumns } from './columns.ts';
import { gatherLong } from './long.ts';
import type { Mapping } from './mapping.ts';
import { totalsRow } from './totalsRow.ts';
import { type Gathered, gatherWide } from './wide.ts';

/** `title` is what reports call the count: the name of the file, say. */
export function applyMapping(table: Table, mapping: Mapping, title = mapping.title): Result<Applied, MappingFault> {
	const columns = placeColumns(table, mapping);
	if (columns.problems.length > 0) return err(columns.problems);
	const long = mapping.choice === undefined ? undefined : gatherLong(table, mapping, columns);
	const gathered = long?.gathered ?? gatherWide(table, mapping, columns);
	const placed = long?.placed ?? columns;
	if (gathered.problem !== undefined) return err([`${gathered.problem}; look at the columns of the fields`]);
	const fields: CountField[] = placed.fields.map(({ rule: { id, name, kind } }) => ({ id, name, kind }));
	const { kept: all, absent } = sift(gathered, fields);
	const total = totalsRow(gathered, fields, all);
	const kept = total === undefined ? all : all.filter((row) => row !== total);
	if (kept.length === 0 && absent.size === 0) return err([noRows(table, gathered)]);
	return ok({
		count: {
			title,
			level: mapping.level,
			fields,
			keys: kept.map((row) => gathered.keys[row] ?? ''),
			...figuresOf(gathered, kept, fields.length),
			lines: Uint32Array.from(kept, (row) => gathered.lines[row] ?? 0),
			areas: gathered.areas.areas(mapping.areas, kept),
			...(absent.size === 0 ? {} : { absent }),
			leftOut: total === undefined ? gathered.leftOut : withTotal(gathered, total),
			filtered: gathered.filtered,
			source: table.source,
		},
		unused: placed.unused,
		unlisted: long?.unlisted ?? [],
		notes: notesOf(table, placed),
	});
}

/** Rows that stand, and keys of which the source gives no figure: neither a candidate's nor a total, where it has such fields. */
function sift(
	{ keys, values, texts, status, dropped }: Gathered,
	fields: readonly CountField[],
): { readonly kept: readonly number[]; readonly absent: ReadonlyMap<string, string> } {
	const width = fields.length;
	const telling = fields.flatMap(({ kind }, field) => (kind === 'other' ? [] : [field]));
	const asked = telling.length > 0 ? telling : fields.map((_, field) => field);
	const kept: number[] = [];
	const absent = new Map<string, string>();
	for (const [row, key] of keys.entries()) {
		if (dropped.has(row)) continue;
		const given = asked.some((field) => {
			const place = row * width + field;
			return !Number.isNaN(values[place]) || texts.has(place);
		});
		if (given) kept.push(row);
		else absent.set(key, status.get(row) || 'no figures');
	}
	return { kept, absent };
}

function withTotal({ keys, lines, leftOut }: Gathered, row: number): readonly LeftOut[] {
	const total: LeftOut = { line: lines[row] ?? 0, key: keys[row] ?? '', why: 'total' };
	return [...leftOut, total].sort((a, b) => a.line - b.line);
}

function figuresOf(
	{ values, texts }: Gathered,
	kept: readonly number[],
	width: number,
): { readonly values: Float64Array; readonly texts: ReadonlyMap<number, string> } {
	// A million rows of twelve are a hundred megabytes: copied only where a row was taken out.
	if (kept.at(-1) === kept.length - 1) return { values: values.subarray(0, kept.length * width), texts };
	const figures = new Float64Array(kept.length * width);
	const words = new Map<number, string>();
	for (const [at, row] of kept.entries()) {
		figures.set(values.subarray(row * width, (row + 1) * width), at * width);
		if (texts.size === 0) continue;
		for (let field = 0; field < width; field++) {
			const text = texts.get(row * width + field);
			if (text !== undefined) words.set(at * width + field, text);
		}
	}
	return { values: figures, texts: words };
}

function noRows(table: Table, { filtered, leftOut }: Gathered): string {
	const without = leftOut.filter(({ why }) => why === 'no-key').length;
	const twice = leftOut.filter(({ why }) => why === 'twice').length;
	const found = `${table.rows} rows: ${filtered} that the conditions leave out, ${without} without a key, ${twice} whose key comes twice`;
	return `expected rows with a key, found ${found}; look at the conditions and the key of the mapping`;
}

function notesOf(table: Table, { lacking }: Placed): readonly string[] {
	const more = table.unreadableCount - table.unreadable.length;
	return [
		...table.told,
		...(lacking.length > 0 ? [`the table says nothing of ${lacking.map(({ name }) => name).join(', ')}`] : []),
		...(more > 0 ? [`${more} more rows that are no rows of this table are counted and not listed`] : []),
	];
}
