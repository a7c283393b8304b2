/**
 * JSON as a table: the objects of a list, or the members of an object, are the rows; members inside members become columns whose names are joined by points. Where the
 * rows are is told, as the place with most of them, unless the layout says. The same name twice in one row makes the row unreadable: which of the two counts is not for
 * us to say.
 */
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import { Growing } from './growing.ts';
import { TABLE_LIMITS } from './limits.ts';
import { type Cells, columnNames } from './readCsv.ts';
import {
	atEnd,
	eachItem,
	eachMember,
	type JsonCursor,
	jsonCursor,
	passOver,
	peek,
	readScalar,
	type Span,
	wrong,
} from './scanJson.ts';
import { type JsonLayout, KEY_COLUMN, type TableFault, type UnreadableRow, unescapeJson } from './table.ts';
import { tellRows } from './tellRows.ts';

export function readJson(
	text: string,
	given: JsonLayout,
): Result<{ readonly cells: Cells; readonly layout: JsonLayout }, TableFault> {
	const told: string[] = [];
	let { rows } = given;
	if (rows === undefined) {
		const found = tellRows(text);
		if (!found.ok) return found;
		rows = found.value;
		if (rows !== '') told.push(`the rows stand in ${rows}`);
	}
	const reading = new Reading(text, given.lists);
	const fault = reading.read(rows);
	if (fault !== undefined) return err(fault);
	const named = reading.namings();
	if (given.lists === undefined)
		told.push(...named.map(([path, name]) => `items of ${path} are called by their ${name}`));
	const lists = Object.fromEntries(named);
	const layout: JsonLayout = { format: 'json', rows, lists };
	return ok({ cells: { ...reading.cells(), told }, layout });
}

interface Piece extends Span {
	readonly path: string;
}

/** The rows of one text as they come. */
class Reading {
	private readonly cursor: JsonCursor;
	private readonly columns = new Map<string, number>();
	/** Of each cell: its column and its two offsets. */
	private readonly pieces = new Growing();
	/** Of each row: its line and how many cells there are up to its end. */
	private readonly marks = new Growing();
	private readonly unreadable: UnreadableRow[] = [];
	private unreadableCount = 0;
	private line = 1;
	private nextBreak: number;
	private found = false;
	/** Path of a list → the member that names its items; `undefined`: they are named by their place. */
	private readonly lists: Map<string, string | undefined>;
	/** Whether names of items may be told from the items. */
	private readonly told: boolean;

	constructor(text: string, lists: Readonly<Record<string, string>> | undefined) {
		this.cursor = jsonCursor(text);
		this.lists = new Map(Object.entries(lists ?? {}));
		this.told = lists === undefined;
		this.nextBreak = text.indexOf('\n');
	}

	read(path: string): TableFault | undefined {
		const { cursor } = this;
		const whole = this.descend(path === '' ? [] : path.split('.')) && atEnd(cursor);
		if (!whole) return cursor.fault;
		if (this.found && this.marks.length > 0) return undefined;
		return {
			expected: path === '' ? 'a list or an object with rows' : `rows in ${path}`,
			found: this.found ? 'no rows' : 'no such member',
			advice: 'name the members that lead to the rows in the mapping, joined by points',
		};
	}

	private descend(path: readonly string[]): boolean {
		const { cursor } = this;
		const [name, ...rest] = path;
		const sign = peek(cursor);
		if (name === undefined) return this.rows(sign);
		if (sign !== '{') return passOver(cursor);
		return eachMember(cursor, (key) => (this.textOf(key) === name ? this.descend(rest) : passOver(cursor)));
	}

	private rows(sign: string): boolean {
		this.found = true;
		if (sign === '{') return eachMember(this.cursor, (key) => this.row(key));
		if (sign === '[') return eachItem(this.cursor, () => this.row(undefined));
		return passOver(this.cursor);
	}

	private row(key: Span | undefined): boolean {
		const { cursor } = this;
		peek(cursor);
		const line = this.lineAt(key?.start ?? cursor.at);
		const pieces: Piece[] = key === undefined ? [] : [{ path: KEY_COLUMN, ...key }];
		if (!this.value('', pieces)) return false;
		return pieces.length === 0 || this.keep(line, pieces);
	}

	private keep(line: number, pieces: readonly Piece[]): boolean {
		const twice = repeated(pieces);
		if (twice !== undefined) {
			this.unreadableCount++;
			const why = `it has ${JSON.stringify(twice)} twice`;
			if (this.unreadable.length < TABLE_LIMITS.unreadableMax) this.unreadable.push({ line, why });
			return true;
		}
		for (const { path, start, end } of pieces) {
			let column = this.columns.get(path);
			if (column === undefined) {
				column = this.columns.size;
				this.columns.set(path, column);
			}
			this.pieces.push(column, start, end);
		}
		this.marks.push(line, this.pieces.length);
		const rows = this.marks.length / 2;
		if (this.columns.size > TABLE_LIMITS.columnsMax)
			return wrong(this.cursor, `at most ${TABLE_LIMITS.columnsMax} columns, so not more different names`);
		const over = rows * this.columns.size > TABLE_LIMITS.cellsMax;
		return over ? wrong(this.cursor, `at most ${TABLE_LIMITS.cellsMax} cells`) : true;
	}

	private value(path: string, pieces: Piece[]): boolean {
		const { cursor } = this;
		const sign = peek(cursor);
		if (sign === '{') return eachMember(cursor, (key) => this.value(join(path, this.textOf(key)), pieces));
		if (sign === '[') return this.list(path, pieces);
		const span = readScalar(cursor);
		if (span === undefined) return false;
		pieces.push({ path: path === '' ? 'value' : path, ...span });
		return pieces.length <= TABLE_LIMITS.columnsMax || wrong(cursor, `at most ${TABLE_LIMITS.columnsMax} columns`);
	}

	/** Items are named by one of their members, `parties.J. Banda.votes` and not `parties.3.votes`, where the layout says by which or their names are plain to see. */
	private list(path: string, pieces: Piece[]): boolean {
		const items: Piece[][] = [];
		const read = eachItem(this.cursor, () => {
			const inner: Piece[] = [];
			items.push(inner);
			return items.length <= TABLE_LIMITS.columnsMax && this.value('', inner);
		});
		if (!read) return wrong(this.cursor, `at most ${TABLE_LIMITS.columnsMax} items`);
		const naming = this.namingOf(path, items);
		for (const [place, inner] of items.entries()) {
			const name = inner.find((piece) => piece.path === naming);
			const prefix = join(path, name === undefined ? `${place + 1}` : this.textOf(name).replace(/\s+/g, ' ').trim());
			for (const piece of inner) {
				if (piece === name) continue;
				const bare = piece.path === 'value' && inner.length === 1;
				pieces.push({ ...piece, path: bare ? prefix : join(prefix, piece.path) });
			}
		}
		return pieces.length <= TABLE_LIMITS.columnsMax || wrong(this.cursor, `at most ${TABLE_LIMITS.columnsMax} columns`);
	}

	/** As the layout says; else, from the first row that has the list, the first member that is another text with letters in every item. */
	private namingOf(path: string, items: readonly (readonly Piece[])[]): string | undefined {
		if (this.lists.has(path)) return this.lists.get(path);
		const [first = []] = items;
		const naming =
			this.told && items.length > 1 ? first.find(({ path: name }) => this.names(name, items))?.path : undefined;
		this.lists.set(path, naming);
		return naming;
	}

	private names(name: string, items: readonly (readonly Piece[])[]): boolean {
		const texts = new Set<string>();
		for (const inner of items) {
			const piece = inner.find(({ path }) => path === name);
			if (piece === undefined || this.cursor.text.charAt(piece.start - 1) !== '"') return false;
			const text = this.textOf(piece).trim();
			if (/\p{L}/u.test(text)) texts.add(text);
		}
		return texts.size === items.length;
	}

	namings(): readonly (readonly [string, string])[] {
		return [...this.lists].flatMap(([path, name]) => (name === undefined ? [] : [[path, name] as const]));
	}

	private textOf({ start, end }: Span): string {
		const text = this.cursor.text.slice(start, end);
		return text.includes('\\') ? unescapeJson(text) : text;
	}

	private lineAt(place: number): number {
		while (this.nextBreak >= 0 && this.nextBreak < place) {
			this.line++;
			this.nextBreak = this.cursor.text.indexOf('\n', this.nextBreak + 1);
		}
		return this.line;
	}

	cells(): Omit<Cells, 'told'> {
		const columns = columnNames([...this.columns.keys()]);
		const rows = this.marks.length / 2;
		const starts = new Uint32Array(rows * columns.length);
		const ends = new Uint32Array(rows * columns.length);
		const lines = new Uint32Array(rows);
		let piece = 0;
		for (let row = 0; row < rows; row++) {
			lines[row] = this.marks.at(2 * row);
			for (const last = this.marks.at(2 * row + 1); piece < last; piece += 3) {
				const place = row * columns.length + this.pieces.at(piece);
				starts[place] = this.pieces.at(piece + 1);
				ends[place] = this.pieces.at(piece + 2);
			}
		}
		const { unreadable, unreadableCount } = this;
		return { columns, rows, starts, ends, lines, unreadable, unreadableCount };
	}
}

function join(path: string, name: string): string {
	return path === '' ? name : `${path}.${name}`;
}

function repeated(pieces: readonly Piece[]): string | undefined {
	const seen = new Set<string>();
	for (const { path } of pieces) {
		if (seen.has(path)) return path;
		seen.add(path);
	}
	return undefined;
}
