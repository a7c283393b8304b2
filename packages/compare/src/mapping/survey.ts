/**
 * A first look at the columns of a table: which hold numbers, which could be codes, which repeat. It looks at a few thousand rows spread over the table, so that what it says
 * is a ground for a proposal and never a fact.
 */
import { cellAt, type Table } from '../table/table.ts';

export interface ColumnSurvey {
	readonly column: number;
	readonly name: string;
	/** Cells of the sample that are not empty. */
	readonly filled: number;
	/** Of these, those that are counts: digits, perhaps in groups. */
	readonly counts: number;
	/** Of these, those that are numbers of another kind: signs, fractions, percentages. */
	readonly others: number;
	readonly distinct: number;
	/** No cell of the sample twice. */
	readonly different: boolean;
	/** Short, and without the spaces of a name. */
	readonly codeLike: boolean;
	/** One more from row to row: a running number and no code of a place. */
	readonly running: boolean;
	readonly grouped: ',' | '.' | ' ' | "'" | undefined;
	readonly pointZero: boolean;
	/** Counts written with leading zeroes: mostly a code. */
	readonly zeroes: number;
	/** Cells that hold what programs and offices write for no figure: a dash, `NA`, `NULL` … */
	readonly dashes: readonly string[];
}

const SAMPLE = 4_000;
const COUNT = /^[0-9]+(\.0+)?$/;
const GROUPED = /^[0-9]{1,3}([,. '\u00a0\u2009\u202f])[0-9]{3}(?:\1[0-9]{3})*$/;
const OTHER = /^[-+]?[0-9]+([.,][0-9]+)?%?$/;
const NOTHING = /^([-–—]+|NA|N\/A|NaN|NULL|null|None|nan)$/;
const CODE = /^[^\s]{1,40}$/;

export function sampleRows(table: Table, most = SAMPLE): readonly number[] {
	const step = Math.max(1, Math.floor(table.rows / most));
	return Array.from({ length: Math.min(table.rows, most) }, (_, place) => place * step);
}

export function survey(table: Table): readonly ColumnSurvey[] {
	const rows = sampleRows(table);
	return table.columns.map((name, column) =>
		surveyColumn(
			name,
			column,
			rows.map((row) => cellAt(table, row, column).trim()),
			table,
		),
	);
}

function surveyColumn(name: string, column: number, cells: readonly string[], table: Table): ColumnSurvey {
	const filled = cells.filter((cell) => cell !== '');
	const plain = filled.filter((cell) => COUNT.test(cell));
	const grouped = filled.filter((cell) => GROUPED.test(cell));
	const separator = grouped.length > 0 && plain.length + grouped.length > 0.5 * filled.length ? grouped[0] : undefined;
	const counts = plain.length + (separator === undefined ? 0 : grouped.length);
	const distinct = new Set(filled).size;
	return {
		column,
		name,
		filled: filled.length,
		counts,
		others: filled.filter((cell) => OTHER.test(cell) && !COUNT.test(cell) && !isGrouped(cell, separator)).length,
		distinct,
		different: filled.length > 1 && distinct === filled.length,
		codeLike: filled.length > 0 && filled.every((cell) => CODE.test(cell)),
		running: isRunning(table, column),
		grouped: separatorOf(separator),
		pointZero: plain.some((cell) => cell.includes('.')),
		zeroes: plain.filter((cell) => /^0[0-9]/.test(cell)).length,
		dashes: filled.filter((cell) => NOTHING.test(cell)),
	};
}

function isGrouped(cell: string, separator: string | undefined): boolean {
	return separator !== undefined && GROUPED.test(cell);
}

function separatorOf(cell: string | undefined): ColumnSurvey['grouped'] {
	const sign = cell === undefined ? undefined : GROUPED.exec(cell)?.[1];
	if (sign === undefined) return undefined;
	return sign === ',' || sign === '.' || sign === "'" ? sign : ' ';
}

const RUN = 200;
/** In a few rows, votes may rise by one as well. */
const RUN_LEAST = 20;

function isRunning(table: Table, column: number): boolean {
	const rows = Math.min(table.rows, RUN);
	const first = cellAt(table, 0, column).trim();
	if (rows < RUN_LEAST || !/^[01]$/.test(first)) return false;
	for (let row = 1; row < rows; row++) if (cellAt(table, row, column).trim() !== `${Number(first) + row}`) return false;
	return true;
}

/** Whether a column holds counts: nearly all of its cells, the rest being dashes or words for what could not be read. */
export function holdsCounts({ filled, counts, others, dashes, zeroes }: ColumnSurvey): boolean {
	if (filled === 0 || counts === 0 || zeroes > 0.05 * filled) return false;
	return others <= 0.02 * filled && counts + dashes.length >= 0.8 * filled;
}
