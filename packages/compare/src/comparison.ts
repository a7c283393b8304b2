/**
 * What comes of laying one count beside another (K1–K9 of spec/comparison.md), as plain data whose member names are those of the JSON. There are no sentences here: reports and pages have the words.
 * Numbers that a source does not give are absent members. It does not know which of the two is right.
 */
import type { LeftOut } from './count.ts';

export type Side = 'a' | 'b';

/** What rows are: polling stations, the areas of a level, or one row for the whole. */
export type RowLevel = 'station' | 'whole' | { readonly area: string };

/** Order of this list is the order in which patterns are told. */
export const PATTERNS = [
	'blank_or_zero',
	'filled_later',
	'neighbouring_row',
	'exchanged_fields',
	'column_slip',
	'total_as_candidate',
	'factor_of_ten',
	'transposed_digits',
	'one_digit',
] as const;

export type Pattern = (typeof PATTERNS)[number];

export interface Comparison {
	readonly a: ComparedSide;
	readonly b: ComparedSide;
	/** The level at which rows were laid beside one another; a side that is lower was added up to it. */
	readonly level: RowLevel;
	readonly added_up?: Side;
	/** To be read before any number. */
	readonly verdict: Verdict;
	/** Keys that both give; `same` and `differing` are of these. */
	readonly matched: number;
	readonly same: number;
	readonly differing: number;
	readonly only_in_a: number;
	readonly only_in_b: number;
	readonly fields: ComparedFields;
	/** Largest effect first: votes, then `absolute`, then key. At most `listed_max`; the numbers above are of all. */
	readonly stations: readonly DifferingStation[];
	/** By key. At most `listed_max` each. */
	readonly only: Readonly<Record<Side, readonly OnlyRow[]>>;
	/** Of the keys that only one side has: those of which the other says something without giving figures, by what it says. */
	readonly only_known: Readonly<Record<Side, Readonly<Record<string, number>>>>;
	readonly listed_max: number;
	/** Every pattern, in the order of `PATTERNS`. */
	readonly patterns: readonly PatternCount[];
	/** Differing stations that show no pattern. */
	readonly without_pattern: number;
	readonly whole: ComparedTotals;
	/** From the top down. */
	readonly levels: readonly ComparedLevel[];
}

export interface ComparedSide {
	readonly title: string;
	/** SHA-256 of the source. */
	readonly digest: string;
	/** Of the source itself, before anything was added up. */
	readonly level: RowLevel;
	readonly rows: number;
	/** Rows that the mapping leaves out. */
	readonly filtered: number;
	/** Rows that were read and left out, by why; the first `listed_max` of them. */
	readonly left_out: Readonly<Record<LeftOut['why'], number>>;
	readonly left_out_rows: readonly LeftOut[];
	/** Keys known without figures, by what the source says of them. */
	readonly absent: Readonly<Record<string, number>>;
	/** Rows that were added up into those compared, which had no area of the level and are in none. */
	readonly unplaced?: number;
}

export interface ComparedFields {
	/** Matched by id, in the order of the base. Every list of totals below is in this order. */
	readonly compared: readonly ComparedField[];
	readonly only_in_a: readonly LoneField[];
	readonly only_in_b: readonly LoneField[];
}

export interface LoneField {
	readonly id: string;
	readonly name: string;
	readonly kind: 'candidate' | 'total' | 'other';
	/** Rows that give a number, and the sum of these. */
	readonly given: number;
	readonly total: number;
}

export interface ComparedField {
	readonly id: string;
	/** As the base calls it; `other_name` where the other side calls it otherwise. */
	readonly name: string;
	readonly other_name?: string;
	readonly kind: 'candidate' | 'total' | 'other';
	/** Matched stations at which this field differs. */
	readonly differing: number;
	/** Rows of each side that give a number. */
	readonly given_a: number;
	readonly given_b: number;
}

/** Sums over rows, one number for each compared field; what is not given counts as nothing. */
export interface ComparedTotals {
	readonly matched: number;
	readonly same: number;
	readonly differing: number;
	readonly only_in_a: number;
	readonly only_in_b: number;
	/** All rows of the side. */
	readonly a: readonly number[];
	readonly b: readonly number[];
	/** Matched rows only. */
	readonly a_matched: readonly number[];
	readonly b_matched: readonly number[];
	/** `b_matched` less `a_matched`. */
	readonly difference: readonly number[];
}

export interface ComparedLevel {
	readonly level: string;
	readonly name: string;
	/** Whose areas these are: the base's where it gives this level. */
	readonly from: Side;
	/** Largest effect first: the sum over candidates of the differences without sign, then the path. */
	readonly areas: readonly ComparedArea[];
	/** Rows for which no area of this level is known. */
	readonly unplaced: number;
	/** Matched rows that the two sources put into areas of different names. */
	readonly placed_differently: number;
}

export interface ComparedArea extends ComparedTotals {
	/** The package's id where one is known. */
	readonly id?: string;
	/** Names from the top level down to this area. */
	readonly path: readonly string[];
}

export interface DifferingStation {
	readonly key: string;
	readonly line_a?: number;
	readonly line_b?: number;
	/** Names from the top down, as the base gives them, else as the other does. */
	readonly areas: readonly string[];
	/** In the order of `fields.compared`. */
	readonly fields: readonly FieldDifference[];
	/** In the order of `PATTERNS`; empty: none of them. */
	readonly patterns: readonly Pattern[];
	/** For `neighbouring_row`: whose row equals which row of the other side. */
	readonly neighbour?: { readonly row_of: Side; readonly equals: string; readonly by: 'source' | 'code' };
	/** Sums of the differences without sign, over candidates and over all compared fields; a number given in one only counts whole. */
	readonly votes: number;
	readonly absolute: number;
}

export interface FieldDifference {
	readonly field: string;
	/** Absent: not given. */
	readonly a?: number;
	readonly b?: number;
	/** What stood there in place of a number. */
	readonly text_a?: string;
	readonly text_b?: string;
	/** B less A; absent where one is not given. */
	readonly difference?: number;
}

export interface OnlyRow {
	readonly key: string;
	readonly line?: number;
	readonly areas: readonly string[];
	/** Sum of the side's candidates. */
	readonly votes: number;
	/** What the other side says of this key, of which it gives no figures; absent: it does not know it. */
	readonly other?: string;
}

export interface PatternCount {
	readonly pattern: Pattern;
	readonly stations: number;
	/** How many unrelated pairs out of how many show the same (K8). */
	readonly chance: { readonly shown: number; readonly pairs: number };
}

/** `stations` and `areas`: rows can be compared; `totals`: only the sums; `no`: not before what the findings name is settled. */
export interface Verdict {
	readonly comparable: 'stations' | 'areas' | 'totals' | 'no';
	readonly findings: readonly Finding[];
}

export type Finding =
	| {
			/** Few keys match. */
			readonly code: 'other_codes';
			readonly matched: number;
			readonly rows_a: number;
			readonly rows_b: number;
			/** Keys that the other side does not have: the first three by code. */
			readonly examples_a: readonly string[];
			readonly examples_b: readonly string[];
			/** What would make more keys match, done to the keys of one side or of both. */
			readonly remedy?: CodeRemedy;
	  }
	/** The numbers of A's row at a key are those of B's row at the key `by` places further on, in order of the codes or of one source. */
	| {
			readonly code: 'rows_shifted';
			readonly order: 'code' | Side;
			readonly by: number;
			readonly equal: number;
			readonly of: number;
			readonly own: number;
	  }
	/** Field `a` of A equals field `b` of B, which bears another name. */
	| { readonly code: 'fields_exchanged'; readonly pairs: readonly FieldPair[] }
	/** The same of fields that have no counterpart by id. */
	| { readonly code: 'fields_named_otherwise'; readonly pairs: readonly FieldPair[] }
	/** Keys match and numbers agree no better than those of unrelated rows. */
	| { readonly code: 'unrelated_numbers'; readonly equal: number; readonly of: number; readonly by_chance: number }
	/** A number of `side` is 10^`power` times that of the other. */
	| {
			readonly code: 'other_scale';
			readonly side: Side;
			readonly power: number;
			readonly equal: number;
			readonly of: number;
	  }
	/** The votes of a row of `side` add up to a hundred, and those of the other side do not. */
	| { readonly code: 'percentages'; readonly side: Side; readonly equal: number; readonly of: number }
	/** `side` has no stations, only areas of this level. */
	| { readonly code: 'not_below'; readonly side: Side; readonly level: string }
	/** Both are counts of areas, of different levels, and neither lies in the other as far as is known. */
	| { readonly code: 'levels_apart'; readonly level_a: string; readonly level_b: string }
	/** `side` is one row for the whole. */
	| { readonly code: 'only_whole'; readonly side: Side }
	| { readonly code: 'no_common_fields'; readonly fields_a: readonly string[]; readonly fields_b: readonly string[] }
	| { readonly code: 'no_rows'; readonly side: Side };

export interface FieldPair {
	readonly a: string;
	readonly b: string;
	/** Matched rows in which the two are equal, out of those in which one is not zero; `own`: equal under A's own name. */
	readonly equal: number;
	readonly of: number;
	readonly own: number;
}

export type CodeRemedy =
	/** Leading zeroes do not count. */
	| { readonly kind: 'leading_zeroes'; readonly matched: number }
	/** Upper and lower case, and signs that are neither letter nor digit, do not count. */
	| { readonly kind: 'signs'; readonly matched: number }
	/** This text at the beginning, or at the end, of `side`'s codes goes. */
	| { readonly kind: 'prefix' | 'suffix'; readonly side: Side; readonly text: string; readonly matched: number };

export interface CompareOptions {
	/** Whose names, order of fields and areas are used where both have them: the record, if one of them is one. `b` unless given. */
	readonly base?: Side;
	readonly listedMax?: number;
}
