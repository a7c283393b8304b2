/** How much of a stranger's file is read. Each bound is there so that a hostile or broken file ends in a sentence and not in a machine without memory. */

export const TABLE_LIMITS = {
	/** A file is held as one text, and no engine's text is longer than about 2²⁹ characters. */
	bytesMax: 500_000_000,
	/** The widest published table that we know has about 1,100 columns (every candidate of a Dutch constituency). */
	columnsMax: 2_000,
	/** Two offsets of four bytes are kept for each cell: half a gigabyte at most. */
	cellsMax: 64_000_000,
	/** A cell that is longer is a quotation mark that nobody closed. */
	cellLengthMax: 65_536,
	/** Rows that are no rows of the table are told one by one up to here, then only counted. */
	unreadableMax: 10_000,
	/** Rows from which the layout is told. */
	sampleRows: 200,
	/** Characters from which the layout is told. */
	sampleLength: 262_144,
	/** Nesting of JSON. */
	depthMax: 32,
} as const;
