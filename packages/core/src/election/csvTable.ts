/**
 * A CSV file as a table with named columns (`spec/package.md`, P31–P34): headers, the number of cells, what a cell may hold, and the
 * one spelling of a number. Every problem has line and column.
 *
 * Does not know what the tables mean: see `areas.ts`, `stations.ts`, `candidates.ts`.
 */
import { cellOffset, type Row, readRows } from './csv.ts';
import { ID, ID_IN_WORDS } from './jsonShape.ts';
import { LIMITS } from './limits.ts';
import { type ProblemList, quote } from './problem.ts';
import type { Place, SourceText } from './sourceText.ts';

export interface Columns {
	readonly required: readonly string[];
	readonly optional: readonly string[];
	/** `parent.` in areas: one column for each further hierarchy; '' where there are none. */
	readonly prefix: string;
	/** Whether columns of other names are kept as attributes. */
	readonly others: boolean;
	readonly rowsMax: number;
}

/** One row, read by column name. Readers answer `undefined` for what is wrong, which they tell, and for a column that is not there. */
export interface CsvRecord {
	readonly has: (column: string) => boolean;
	readonly text: (column: string) => string | undefined;
	readonly id: (column: string) => string | undefined;
	/** Like `id`, but '' for an empty cell. */
	readonly idOrNone: (column: string) => string | undefined;
	/** `'none'` for an empty cell. */
	readonly count: (column: string) => number | 'none' | undefined;
	readonly raw: (column: string) => string;
	/** Clean text, '' for an empty cell. */
	readonly textOrNone: (column: string) => string | undefined;
	/** The columns whose header begins so. */
	readonly columns: (prefix: string) => readonly string[];
	readonly tell: (column: string, rule: string, expected: string, came: string, toDo: string) => undefined;
	readonly place: (column: string) => Place;
}

export interface Table {
	readonly headers: readonly string[];
	/** The headers are as they should be. If not, what depends on the table is not judged: it would only repeat the problem. */
	readonly sound: boolean;
}

const NUMBER = /^(0|[1-9][0-9]{0,15})$/;
const HEADER = /^[a-z][a-z0-9._/-]{0,63}$/;

export function readTable(
	source: SourceText,
	columns: Columns,
	problems: ProblemList,
	each: (record: CsvRecord) => void,
): Table {
	let headers: readonly string[] = [];
	let index: Index = new Map();
	let withPrefix: WithPrefix = () => [];
	let rows = -1;
	let sound = false;
	const tellAt = (place: Place, rule: string, expected: string, came: string, toDo: string): undefined =>
		void problems.add({ rule, file: source.file, ...place, expected, came, toDo });
	readRows(source, problems, (row) => {
		rows += 1;
		if (rows === 0) {
			headers = row.cells;
			const before = problems.count();
			index = readHeaders(source, row, columns, tellAt);
			sound = problems.count() === before;
			withPrefix = prefixIndex(index);
			return;
		}
		if (rows > columns.rowsMax) {
			if (rows === columns.rowsMax + 1) {
				tellAt(source.placeAt(row.at), 'P8', `at most ${columns.rowsMax} rows`, 'more', 'divide the election');
			}
			return;
		}
		if (row.cells.length !== headers.length) {
			const came = row.cells.length === 1 && row.cells[0] === '' ? 'an empty line' : `${row.cells.length}`;
			const toDo =
				came === 'an empty line'
					? 'delete the line'
					: 'look for a comma too many or too few; put a name with a comma into quotes';
			tellAt(source.placeAt(row.at), 'P32', `${headers.length} cells, as many as headers`, came, toDo);
			return;
		}
		each(recordOf(source, row, index, withPrefix, tellAt));
	});
	if (rows < 0)
		tellAt(
			{ line: 1, column: 1 },
			'P31',
			'a first line with headers',
			'an empty file',
			`write ${columns.required.join(',')}`,
		);
	return { headers, sound };
}

type Index = ReadonlyMap<string, number>;
type WithPrefix = (prefix: string) => readonly string[];

function prefixIndex(index: Index): WithPrefix {
	const memo = new Map<string, readonly string[]>();
	return (prefix) => {
		const known = memo.get(prefix) ?? [...index.keys()].filter((header) => header.startsWith(prefix));
		memo.set(prefix, known);
		return known;
	};
}

type TellAt = (place: Place, rule: string, expected: string, came: string, toDo: string) => undefined;

function readHeaders(source: SourceText, row: Row, columns: Columns, tellAt: TellAt): Map<string, number> {
	const known = [...columns.required, ...columns.optional];
	const index = new Map<string, number>();
	if (row.cells.length > LIMITS.columnsMax) {
		const toDo = 'delete columns; if there are none too many, commas or line ends are wrong';
		tellAt(source.placeAt(0), 'P8', `at most ${LIMITS.columnsMax} columns`, `${row.cells.length}`, toDo);
		return index;
	}
	row.cells.forEach((header, at) => {
		const place = () => source.placeAt(cellOffset(source.text, row, at));
		const hierarchy = columns.prefix !== '' && header.startsWith(columns.prefix);
		const near = known.find((name) => name !== header && nearly(name, header));
		if (index.has(header)) {
			tellAt(place(), 'P31', 'each header once', `${quote(header)} again`, 'rename or delete one of the two columns');
		} else if (hierarchy && !ID.test(header.slice(columns.prefix.length))) {
			tellAt(place(), 'P31', `${columns.prefix} and the id of a hierarchy`, quote(header), 'correct the header');
		} else if (known.includes(header) || hierarchy) {
			index.set(header, at);
		} else if (near !== undefined) {
			if (!row.cells.includes(near)) index.set(near, at);
			tellAt(
				place(),
				'P31',
				`the header ${near}`,
				quote(header),
				'correct its spelling, or give the column another name',
			);
		} else if (!columns.others || !HEADER.test(header)) {
			const further = columns.others ? ', or a further name of a–z 0–9 . _ / -' : '';
			tellAt(
				place(),
				'P31',
				`one of ${known.join(', ')}${further}`,
				quote(header),
				'correct the header or delete the column',
			);
		} else index.set(header, at);
	});
	for (const name of columns.required) {
		if (!index.has(name)) tellAt(source.placeAt(0), 'P31', `a column ${name}`, 'none', `add ${name} to the first line`);
	}
	if (index.size - known.length > LIMITS.attributesMax) {
		tellAt(source.placeAt(0), 'P8', `at most ${LIMITS.attributesMax} further columns`, 'more', 'delete some columns');
	}
	return index;
}

function recordOf(source: SourceText, row: Row, index: Index, withPrefix: WithPrefix, tellAt: TellAt): CsvRecord {
	const raw = (column: string): string => row.cells[index.get(column) ?? -1] ?? '';
	const place = (column: string): Place =>
		source.placeAt(index.has(column) ? cellOffset(source.text, row, index.get(column) ?? 0) : row.at);
	const tell: CsvRecord['tell'] = (column, ...rest) => tellAt(place(column), ...rest);
	const clean = (column: string): string | undefined => {
		if (!index.has(column)) return undefined;
		const text = raw(column);
		const wrong = wrongWith(text);
		return wrong === undefined
			? text
			: tell(column, 'P33', `${column} on one line, without spaces around it`, ...wrong);
	};
	const id = (column: string): string | undefined => {
		const text = clean(column);
		if (text === undefined || ID.test(text)) return text;
		const came = text === '' ? 'an empty cell' : quote(text);
		return tell(
			column,
			'P25',
			`${column}: ${ID_IN_WORDS}`,
			came,
			'write the id; names may have any letters, ids may not',
		);
	};
	return {
		has: (column) => index.has(column),
		text(column) {
			const text = clean(column);
			return text === '' ? tell(column, 'P33', `a ${column}`, 'an empty cell', `write the ${column}`) : text;
		},
		id,
		idOrNone: (column) => (index.has(column) && raw(column) === '' ? '' : id(column)),
		count(column) {
			const text = raw(column);
			if (text === '') return index.has(column) ? 'none' : undefined;
			const value = NUMBER.test(text) ? Number(text) : Number.NaN;
			if (Number.isSafeInteger(value)) return value;
			const [came, toDo] = wrongNumber(text);
			return tell(column, 'P34', `${column}: a whole number in the digits 0–9`, `${quote(text)}: ${came}`, toDo);
		},
		raw,
		textOrNone: clean,
		columns: withPrefix,
		tell,
		place,
	};
}

function wrongWith(text: string): readonly [string, string] | undefined {
	if (text.includes('\n')) return [`${quote(text)}: a line break inside quotes`, 'write it on one line'];
	if (text.includes('\t')) return [`${quote(text)}: a tab`, 'write a space, or split the cell'];
	if (text.length > LIMITS.cellLengthMax) return [`${text.length} characters`, 'look for a missing closing quote'];
	if (text !== text.trim()) return [`${quote(text)}: spaces around it`, 'delete the spaces at its ends'];
	return undefined;
}

/** What came instead of a number, and what to do. */
function wrongNumber(text: string): readonly [string, string] {
	if (text !== text.trim()) return ['spaces around the number', 'delete the spaces'];
	if (text.startsWith('-')) return ['a sign', 'counts are never negative and carry no sign'];
	if (text.startsWith('+')) return ['a sign', 'delete the plus sign'];
	if (/^0[0-9]+$/.test(text)) return ['leading zeroes', 'delete the leading zeroes'];
	if (/^[0-9]+$/.test(text)) return ['more than 9007199254740991', 'check the number'];
	if (/^[0-9.]+[eE][+]?[0-9]+$/.test(text))
		return ['an exponent', 'a spreadsheet rounded it: take the digits from the source'];
	if (/^[0-9]{1,3}([,.'’ {2}][0-9]{3})+$/.test(text))
		return ['a thousands separator', 'write the digits without separators'];
	if (/^[0-9]+[.,][0-9]*$/.test(text)) return ['a fraction', 'counts are whole numbers: check the source'];
	if (/^\p{Nd}+$/u.test(text)) return ['digits of another script', 'write the same number with the digits 0–9'];
	return ['not a number', 'write digits, or leave the cell empty where the number is not known'];
}

/** One slip of spelling apart: letter case, a space, or one letter more, less or other. */
function nearly(name: string, header: string): boolean {
	const other = header.trim().toLowerCase();
	if (other === name) return true;
	if (name.length < 4 || Math.abs(name.length - other.length) > 1) return false;
	let start = 0;
	while (start < name.length && name[start] === other[start]) start += 1;
	let end = 0;
	while (end < Math.min(name.length, other.length) - start && name.at(-1 - end) === other.at(-1 - end)) end += 1;
	return Math.max(name.length, other.length) - start - end <= 1;
}
