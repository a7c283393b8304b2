/**
 * A mapping: which columns of somebody's table are the key, the fields and the areas, and how the table writes numbers (spec/comparison.md, K23 to K30). It is data,
 * small enough to be read and mended by hand, and the same file serves every table of that layout. It holds no figures.
 */
import type { Layout } from '../table/table.ts';

export const MAPPING_FORMAT = 'matokeo-mapping/v1';

/** One column by its heading, or by any of several headings that it has had; the first one that the table has is meant. */
export type ColumnName = string | readonly string[];

/** Rows that are meant: those whose cell is, or is not, one of these texts. */
export interface WhereRule {
	readonly column: ColumnName;
	readonly is?: readonly string[];
	readonly not?: readonly string[];
}

export interface KeyColumn {
	readonly column: ColumnName;
	/** What the cell looks like, with the code in parentheses: `1_34_A_(###############)_*`. `#` is a digit, `?` any character, `*` any run. */
	readonly pattern?: string;
	/** Width to which the code is filled with zeroes from the left. */
	readonly pad?: number;
}

/** The station's or area's code: one column, or several joined. */
export interface KeyRule {
	readonly columns: readonly KeyColumn[];
	readonly join: string;
	/** What stands before every code in the other source and not in this one: `constituency/`. */
	readonly prefix: string;
}

export interface AreaRule {
	readonly level: string;
	readonly name: string;
	readonly column: ColumnName;
}

export interface FieldRule {
	readonly id: string;
	readonly name: string;
	readonly kind: 'candidate' | 'total' | 'other';
	/** Columns whose numbers are added up; mostly one. */
	readonly columns: readonly ColumnName[];
	/** Long tables: the choices whose votes are added up. A field has columns or choices. */
	readonly choices: readonly string[];
	/** Left out, and said to be, when the table has no such column. */
	readonly optional: boolean;
}

/** Long tables, one row for each station and choice. */
export interface ChoiceRule {
	readonly columns: readonly ColumnName[];
	readonly join: string;
	readonly votes: ColumnName;
	/** What a choice has at a station that has rows but none for it: the source lists only choices with votes, or it says nothing. */
	readonly unlisted: 'zero' | 'nothing';
}

export interface NumberRule {
	/** Between groups of three digits. */
	readonly thousands?: ',' | '.' | ' ' | "'";
	/** Texts that stand for no figure, besides the empty cell. */
	readonly nothing: readonly string[];
	/** Texts that stand for a figure that could not be read. */
	readonly illegible: readonly string[];
	/** Whether `138.0` is 138, as programs write that hold whole numbers with gaps as fractions. */
	readonly pointZero: boolean;
}

export interface Mapping {
	readonly name: string;
	readonly title: string;
	readonly table: Layout | undefined;
	readonly shape: 'wide' | 'long';
	readonly where: readonly WhereRule[];
	readonly level: 'station' | { readonly area: string };
	readonly key: KeyRule;
	readonly areas: readonly AreaRule[];
	/** In the order of the count's fields. */
	readonly fields: readonly FieldRule[];
	/** Of long tables only. */
	readonly choice: ChoiceRule | undefined;
	readonly numbers: NumberRule;
	/** What the source says of a row that has no figures. */
	readonly status: ColumnName | undefined;
}

/** How much a mapping may hold: it is read by people, and comes from strangers too. */
export const MAPPING_LIMITS = {
	/** Characters of the file: 2,000 fields of 500. */
	lengthMax: 1_000_000,
	fieldsMax: 2_000,
	/** Of a sum, of a key, of aliases, of texts in a list. */
	listMax: 2_000,
	keyColumnsMax: 16,
	areasMax: 16,
	whereMax: 32,
	textMax: 1_000,
	patternMax: 200,
	padMax: 32,
} as const;

export function aliasesOf(name: ColumnName): readonly string[] {
	return typeof name === 'string' ? [name] : name;
}

export const PLAIN_NUMBERS: NumberRule = { nothing: [], illegible: [], pointZero: false };
