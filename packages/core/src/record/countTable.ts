/**
 * The table of a comparison count (`spec/statements.md`, S44) in its one spelling: codes and numbers as CSV and nothing else, so that the same count has the same digest whoever writes it, and no
 * cell is a name, a formula or markup. It is read as bytes, without a string for a cell. Whether its codes are known in the election is found by comparing.
 */
import { ID, ID_IN_WORDS } from '../election/jsonShape.ts';
import { quote } from '../election/problem.ts';
import type { Contest } from '../election/types.ts';
import { utf8Decode, utf8Encode } from '../std/bytes.ts';
import { assert, err, ok, type Result } from '../std/result.ts';
import { COUNT_CELLS_MAX, COUNT_ROWS_MAX, COUNT_TABLE_BYTES_MAX, FIELDS_PER_FORM_MAX, VOTES_MAX } from './limits.ts';

export interface CountTableSize {
	/** What its codes are of, the first word of its first line. */
	readonly level: 'station' | 'area';
	/** Ids of the columns of numbers. */
	readonly fields: readonly string[];
	readonly rows: number;
}

export interface CountTable extends CountTableSize {
	/** A code for each row, in ascending order of their bytes. */
	readonly keys: readonly string[];
	/** `values[row * fields.length + field]`; `NaN` for an empty cell. */
	readonly values: Float64Array;
}

export interface CountTableFault {
	/** Line of the table, 1 for the first. */
	readonly line: number;
	readonly expected: string;
	readonly came: string;
}

interface Sink {
	readonly row: (key: string) => void;
	readonly cell: (value: number) => void;
}

const LF = 10;
const COMMA = 44;
const ZERO = 48;
const NINE = 57;
const KEY_BYTES_MAX = 64;
const DIGITS_MAX = String(VOTES_MAX).length;
/** Of a foreign line, as much as a message shows. */
const SHOWN_BYTES = 240;
const HEAD_BYTES_MAX = (FIELDS_PER_FORM_MAX + 1) * (KEY_BYTES_MAX + 1);

/** Whether bytes are such a table, without keeping any of it. */
export function checkCountTable(bytes: Uint8Array): Result<CountTableSize, CountTableFault> {
	return walk(bytes, undefined);
}

export function parseCountTable(bytes: Uint8Array): Result<CountTable, CountTableFault> {
	const size = walk(bytes, undefined);
	if (!size.ok) return size;
	const keys: string[] = [];
	const values = new Float64Array(size.value.rows * size.value.fields.length);
	let place = 0;
	const again = walk(bytes, {
		row: (key) => keys.push(key),
		cell: (value) => {
			values[place++] = value;
		},
	});
	assert(again.ok && place === values.length, 'the same bytes are the same table');
	return ok({ ...size.value, keys, values });
}

/** The rows may come in any order. What does not fit the spelling is refused in words, with the code and the field. */
export function printCountTable(table: Omit<CountTable, 'rows'>): Result<Uint8Array> {
	const { level, fields, keys, values } = table;
	const rows = [...keys.keys()].sort((a, b) => ((keys[a] ?? '') < (keys[b] ?? '') ? -1 : 1));
	const lines = [[level, ...fields].join(',')];
	for (const row of rows) {
		const cells = [keys[row] ?? ''];
		for (const [field, id] of fields.entries()) {
			const value = values[row * fields.length + field] ?? Number.NaN;
			if (!Number.isNaN(value) && !(Number.isInteger(value) && value >= 0 && value <= VOTES_MAX))
				return err(`${quote(cells[0] ?? '')}, ${id}: expected a whole number from 0 to ${VOTES_MAX}, got ${value}`);
			cells.push(Number.isNaN(value) ? '' : String(value));
		}
		lines.push(cells.join(','));
	}
	const bytes = utf8Encode(`${lines.join('\n')}\n`);
	const checked = walk(bytes, undefined);
	return checked.ok ? ok(bytes) : err(explainCountTable(checked.error));
}

/** What of a table does not fit the contest and the level that its statement names: its first word, or a field that is not on the form or not in the form's order. */
export function misfitOf(
	{ level: word, fields }: Pick<CountTable, 'level' | 'fields'>,
	contest: Pick<Contest, 'id' | 'fields'>,
	level: string | undefined,
): CountTableFault | undefined {
	const wanted = level === undefined ? 'station' : 'area';
	if (word !== wanted) return { line: 1, expected: `${wanted} as its first word, as the statement says`, came: word };
	const places = new Map(contest.fields.map(({ id }, place) => [id, place]));
	let before = -1;
	for (const id of fields) {
		const place = places.get(id);
		if (place === undefined) return { line: 1, expected: `fields of the form of contest ${contest.id}`, came: id };
		if (place < before) return { line: 1, expected: "its fields in the form's order", came: `${id} too late` };
		before = place;
	}
	return undefined;
}

export function explainCountTable({ line, expected, came }: CountTableFault): string {
	return `line ${line} of the table: expected ${expected}, got ${came}`;
}

function walk(bytes: Uint8Array, sink: Sink | undefined): Result<CountTableSize, CountTableFault> {
	if (bytes.length > COUNT_TABLE_BYTES_MAX)
		return fault(1, `a table of at most ${COUNT_TABLE_BYTES_MAX} bytes`, `${bytes.length} bytes`);
	const head = readHead(bytes);
	if (!head.ok) return head;
	const { level, fields, end } = head.value;
	let rows = 0;
	let before = end;
	for (let at = end; at < bytes.length; ) {
		const line = rows + 2;
		if (rows === COUNT_ROWS_MAX || (rows + 1) * fields.length > COUNT_CELLS_MAX)
			return fault(line, `at most ${COUNT_ROWS_MAX} rows and ${COUNT_CELLS_MAX} numbers`, 'more');
		const keyEnd = endOfKey(bytes, at);
		if (keyEnd < 0) return wrongKey(bytes, at, line);
		if (rows > 0 && compareKeys(bytes, before, at) >= 0) return wrongOrder(bytes, before, at, line);
		sink?.row(String.fromCharCode(...bytes.subarray(at, keyEnd)));
		const next = readCells(bytes, keyEnd, fields, line, sink);
		if (!next.ok) return next;
		before = at;
		at = next.value;
		rows++;
	}
	return rows > 0 ? ok({ level, fields, rows }) : fault(2, 'at least one row', 'the end of the file');
}

interface Head {
	readonly level: 'station' | 'area';
	readonly fields: readonly string[];
	readonly end: number;
}

function readHead(bytes: Uint8Array): Result<Head, CountTableFault> {
	const end = bytes.indexOf(LF);
	if (end < 0 || end > HEAD_BYTES_MAX)
		return fault(1, 'a first line, station or area and the ids of fields', shown(bytes, 0));
	const [level = '', ...fields] = (utf8Decode(bytes.subarray(0, end)) ?? '').split(',');
	if (level !== 'station' && level !== 'area')
		return fault(1, 'a first line that begins with station or area and a comma', shown(bytes, 0));
	if (fields.length === 0 || fields.length > FIELDS_PER_FORM_MAX)
		return fault(1, `the ids of 1 to ${FIELDS_PER_FORM_MAX} fields after ${level}`, `${fields.length}`);
	const seen = new Set<string>();
	for (const id of fields) {
		if (!ID.test(id)) return fault(1, `the id of a field: ${ID_IN_WORDS}`, quote(id));
		if (seen.has(id)) return fault(1, 'each field once', `${quote(id)} again`);
		seen.add(id);
	}
	return ok({ level, fields, end: end + 1 });
}

/** The offset of the comma after a code that begins at `at`; -1 when what stands there is no code. */
function endOfKey(bytes: Uint8Array, at: number): number {
	let end = at;
	while (isKeyByte(bytes[end] ?? LF)) end++;
	const first = bytes[at] ?? LF;
	const sound = end > at && end - at <= KEY_BYTES_MAX && isAlphanumeric(first) && bytes[end] === COMMA;
	return sound ? end : -1;
}

function isAlphanumeric(byte: number): boolean {
	return (byte >= 97 && byte <= 122) || (byte >= ZERO && byte <= NINE);
}

/** `a`–`z`, `0`–`9` and the four signs of an id: `-`, `.`, `/` (45 to 47) and `_` (95). */
function isKeyByte(byte: number): boolean {
	return isAlphanumeric(byte) || (byte >= 45 && byte <= 47) || byte === 95;
}

/** Two codes in place, each of which ends at its comma, which is below every byte of a code. */
function compareKeys(bytes: Uint8Array, a: number, b: number): number {
	for (let i = 0; ; i++) {
		const left = bytes[a + i] ?? COMMA;
		const right = bytes[b + i] ?? COMMA;
		if (left !== right) return left - right;
		if (left === COMMA) return 0;
	}
}

/** The cells after a code, to the end of the line; the answer is where the next line begins. */
function readCells(
	bytes: Uint8Array,
	keyEnd: number,
	fields: readonly string[],
	line: number,
	sink: Sink | undefined,
): Result<number, CountTableFault> {
	let at = keyEnd;
	for (let field = 0; field < fields.length; field++) {
		if (bytes[at] !== COMMA) return fault(line, `${fields.length} cells after the code`, `${field}`);
		const start = ++at;
		let value = 0;
		for (let byte = bytes[at] ?? LF; byte >= ZERO && byte <= NINE; byte = bytes[++at] ?? LF)
			value = value * 10 + byte - ZERO;
		const digits = at - start;
		const end = bytes[at] ?? LF;
		if (digits > DIGITS_MAX || (digits > 1 && bytes[start] === ZERO) || (end !== COMMA && end !== LF))
			return fault(
				line,
				`in the column ${fields[field]} a whole number from 0 to ${VOTES_MAX} in plain digits, or nothing`,
				shown(bytes, start, COMMA),
			);
		sink?.cell(digits === 0 ? Number.NaN : value);
	}
	if (at >= bytes.length) return fault(line, 'a line feed after the last row', 'the end of the file');
	return bytes[at] === LF ? ok(at + 1) : fault(line, `${fields.length} cells after the code`, 'more');
}

function wrongKey(bytes: Uint8Array, at: number, line: number): Result<never, CountTableFault> {
	const came = bytes[at] === LF ? 'an empty line' : shown(bytes, at, COMMA);
	return fault(line, `a code and a comma; a code is ${ID_IN_WORDS}`, came);
}

function wrongOrder(bytes: Uint8Array, before: number, at: number, line: number): Result<never, CountTableFault> {
	const came = `${shown(bytes, at, COMMA)} after ${shown(bytes, before, COMMA)}`;
	return fault(line, 'each code once, in ascending order of their bytes', came);
}

/** What stands from `at` to the line's end or to a byte before it, as text between quotes. */
function shown(bytes: Uint8Array, at: number, until: number = LF): string {
	let end = at;
	while (end < bytes.length && end - at < SHOWN_BYTES && bytes[end] !== LF && bytes[end] !== until) end++;
	if (end === at) return 'nothing';
	// A character that the cut has broken is left out of what is shown.
	for (let cut = end; cut > Math.max(at, end - 4); cut--) {
		const text = utf8Decode(bytes.subarray(at, cut));
		if (text !== undefined) return quote(text);
	}
	return 'bytes that are not UTF-8';
}

function fault(line: number, expected: string, came: string): Result<never, CountTableFault> {
	return err({ line, expected, came });
}
