/** Finds the columns that a mapping names in a table, by their headings and by nothing else; a column that is not there is a problem, told with what is there. */
import { columnOf, type Table } from '../table/table.ts';
import { aliasesOf, type ColumnName, type FieldRule, type Mapping } from './mapping.ts';
import { type Pattern, parsePattern } from './pattern.ts';

export interface PlacedKey {
	readonly column: number;
	readonly pattern: Pattern | undefined;
	readonly pad: number;
}

export interface PlacedField {
	readonly rule: FieldRule;
	readonly columns: readonly number[];
}

/** A mapping with places instead of headings. */
export interface Placed {
	readonly key: readonly PlacedKey[];
	readonly where: readonly {
		readonly column: number;
		readonly is: ReadonlySet<string> | undefined;
		readonly not: ReadonlySet<string> | undefined;
	}[];
	readonly areas: readonly number[];
	readonly fields: readonly PlacedField[];
	readonly choice: { readonly columns: readonly number[]; readonly votes: number } | undefined;
	readonly status: number;
	/** Optional fields whose column the table lacks. */
	readonly lacking: readonly FieldRule[];
	readonly unused: readonly string[];
	readonly problems: readonly string[];
}

export function placeColumns(table: Table, mapping: Mapping): Placed {
	const problems: string[] = [];
	const used = new Set<number>();
	const find = (name: ColumnName, what: string, needed = true): number => {
		const column = aliasesOf(name).reduce((found, one) => (found >= 0 ? found : columnOf(table, one)), -1);
		if (column >= 0) used.add(column);
		else if (needed) problems.push(`${what}: expected the column ${inWords(name)}, found ${shortList(table.columns)}`);
		return column;
	};
	const key = mapping.key.columns.map(({ column, pattern, pad }) => ({
		column: find(column, 'the key'),
		pattern: pattern === undefined ? undefined : parsePattern(pattern),
		pad: pad ?? 0,
	}));
	const where = mapping.where.map(({ column, is, not }) => ({
		column: find(column, 'a condition on rows'),
		is: is === undefined ? undefined : new Set(is),
		not: not === undefined ? undefined : new Set(not),
	}));
	const areas = mapping.areas.map(({ column, name }) => find(column, `the area ${name}`));
	const { fields, lacking } = placeFields(mapping, find);
	const choice =
		mapping.choice === undefined
			? undefined
			: {
					columns: mapping.choice.columns.map((column) => find(column, 'the choice')),
					votes: find(mapping.choice.votes, 'the votes of a choice'),
				};
	const status = mapping.status === undefined ? -1 : find(mapping.status, 'the status', false);
	const unused = table.columns.filter((_, place) => !used.has(place));
	return { key, where, areas, fields, choice, status, lacking, unused, problems };
}

function placeFields(
	mapping: Mapping,
	find: (name: ColumnName, what: string, needed?: boolean) => number,
): { readonly fields: readonly PlacedField[]; readonly lacking: readonly FieldRule[] } {
	const fields: PlacedField[] = [];
	const lacking: FieldRule[] = [];
	for (const rule of mapping.fields) {
		const columns = rule.columns.map((column) => find(column, `the field ${rule.name}`, !rule.optional));
		const there = columns.filter((column) => column >= 0);
		if (rule.optional && rule.columns.length > 0 && there.length === 0) lacking.push(rule);
		else fields.push({ rule, columns: rule.optional ? there : columns });
	}
	return { fields, lacking };
}

function inWords(name: ColumnName): string {
	return aliasesOf(name)
		.map((one) => JSON.stringify(one))
		.join(' or ');
}

const SHOWN = 40;

function shortList(names: readonly string[]): string {
	const shown = names.slice(0, SHOWN).map((name) => JSON.stringify(name));
	const more = names.length - shown.length;
	return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}
