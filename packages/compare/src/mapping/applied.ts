/** What comes of a mapping on a table: the count, and everything of the table that did not go into it. */
import type { Count } from '../count.ts';

export interface Applied {
	readonly count: Count;
	/** Columns that the mapping does not name. */
	readonly unused: readonly string[];
	/** Long tables: choices that no field has, with the number of their rows and votes. */
	readonly unlisted: readonly { readonly choice: string; readonly rows: number; readonly votes: number }[];
	/** Sentences for the reader: what was told of the layout, what the table lacks. */
	readonly notes: readonly string[];
}

/** Every reason at once. */
export type MappingFault = readonly string[];
