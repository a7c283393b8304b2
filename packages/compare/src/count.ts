/**
 * One count of a contest as columns of numbers: what a table, a file of another format or a log gives, before it is laid beside another. Whose it is and whether it is
 * right is not known here.
 */
import type { Digest } from '@matokeo/core/record/said.ts';

/** A column of a count. Candidates come first, in the order of the form where one is known. */
export interface CountField {
	/** The field's id in the election package where one is known, else made from the column's name. */
	readonly id: string;
	/** As people call it: the candidate's name, the column's heading. */
	readonly name: string;
	/** `candidate`: votes of one; `total`: a sum that the source states; `other`: blank, null, registered … */
	readonly kind: 'candidate' | 'total' | 'other';
}

/** A row that was read and left out, with the line of the source on which it begins (1 for the first). */
export interface LeftOut {
	readonly line: number;
	readonly key: string;
	/** `twice`: the key stands on an earlier line, which is kept when `same`; else neither is. `no-key`: no code. `unreadable`: not a row of this table. `total`: the sum of all others. */
	readonly why: 'twice' | 'no-key' | 'unreadable' | 'total';
	readonly same?: boolean;
}

export interface Count {
	/** What reports call it: the name of the file, or of the log with its stage. */
	readonly title: string;
	/** What its rows are: polling stations, or areas of the level with this id. */
	readonly level: 'station' | { readonly area: string };
	readonly fields: readonly CountField[];
	/** One key for each row: the station's or area's code, as it is compared. No key twice. In the order of the source. */
	readonly keys: readonly string[];
	/** Row by row, field by field: `values[row * fields.length + field]`. `NaN` where the source gives no number. */
	readonly values: Float64Array;
	/** What stood in a cell that is no number and not empty, by the same place: `illegible`, a word of the source. */
	readonly texts: ReadonlyMap<number, string>;
	/** Line of the source on which each row begins; absent for a log. */
	readonly lines?: Uint32Array;
	/** Names of the areas that a row lies in, from the top down, as the source or the log gives them: one list of row values for each level. */
	readonly areas: readonly CountAreas[];
	/** Keys that the source knows and gives no figures of, each with what it says of them: a word of the source, or a state of the log (`missing`, `quarantined` …). They are no rows. */
	readonly absent?: ReadonlyMap<string, string>;
	readonly leftOut: readonly LeftOut[];
	/** Rows that the mapping leaves out (another contest, lines of totals). */
	readonly filtered: number;
	/** SHA-256 of the source's bytes; of a log the root hash at its size, or SHA-256 of its checkpoint, as whoever reads it says. */
	readonly source: { readonly digest: Digest; readonly size?: number };
}

export interface CountAreas {
	/** Id of the level in the package where one is known, else made from the column's name. */
	readonly level: string;
	readonly name: string;
	/** Distinct values, and for each row the place of its value in them; -1: none given. */
	readonly values: readonly string[];
	readonly of: Int32Array;
	/** The package's id of each value; absent where the source names no areas of a package. With ids, two values may be the same name. */
	readonly ids?: readonly string[];
}
