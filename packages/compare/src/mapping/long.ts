/**
 * A table with one row for each station and choice. A choice that comes twice for a station with other votes gives no figure; fields that every row of a station repeats
 * (the register, say) must be the same on all of them.
 */
import type { LeftOut } from '../count.ts';
import type { Table } from '../table/table.ts';
import type { Applied } from './applied.ts';
import type { Placed } from './columns.ts';
import type { Mapping } from './mapping.ts';
import { numberReader, type Reading } from './readNumber.ts';
import { AreaColumns, textAt, walkRows } from './rows.ts';
import { type Gathered, TEXTS_MAX } from './wide.ts';

/** Choices that no field has are told one by one up to here. */
const UNLISTED_MAX = 1_000;

export function gatherLong(
	table: Table,
	mapping: Mapping,
	placed: Placed,
): { readonly gathered: Gathered; readonly unlisted: Applied['unlisted']; readonly placed: Placed } {
	const stations = new Stations(table, mapping, placed);
	const { filtered, leftOut } = walkRows(table, mapping, placed, (row, key, line) => stations.add(row, key, line));
	const lacking = placed.fields.filter((_, field) => !stations.has(field));
	const there = { ...placed, fields: placed.fields.filter((_, field) => stations.has(field)) };
	return {
		gathered: stations.gathered(filtered, leftOut),
		unlisted: stations.unlisted(),
		placed: { ...there, lacking: [...placed.lacking, ...lacking.map(({ rule }) => rule)] },
	};
}

interface Unlisted {
	rows: number;
	votes: number;
}

/** What the rows of each station say, one reading for each slot: a choice of some field, or a field that rows repeat. */
class Stations {
	private readonly keys: string[] = [];
	private readonly lines: number[] = [];
	private readonly seen = new Map<string, number>();
	private readonly twice: LeftOut[] = [];
	private readonly status = new Map<number, string>();
	/** Slots for which some row came. */
	private readonly came = new Set<number>();
	private readonly strangers = new Map<string, Unlisted>();
	private readonly areas: AreaColumns;
	/** Choice → slot. */
	private readonly slots = new Map<string, number>();
	/** Slot of each field that rows repeat. */
	private readonly repeated: { readonly slot: number; readonly columns: readonly number[] }[] = [];
	private readonly slotsOf: (readonly number[])[] = [];
	private readonly width: number;
	/** Station by station, slot by slot. `null`: no row yet; `undefined`: a row that gives nothing. */
	private readonly readings: (Reading | null)[] = [];
	private readonly read: (row: number, column: number) => Reading;
	private readonly table: Table;
	private readonly mapping: Mapping;
	private readonly placed: Placed;

	constructor(table: Table, mapping: Mapping, placed: Placed) {
		this.table = table;
		this.mapping = mapping;
		this.placed = placed;
		this.areas = new AreaColumns(table, placed.areas);
		this.read = numberReader(table, mapping.numbers);
		let slot = 0;
		for (const { rule, columns } of placed.fields) {
			const own = rule.choices.map((choice) => {
				this.slots.set(choice, slot);
				return slot++;
			});
			if (rule.choices.length === 0) {
				this.repeated.push({ slot, columns });
				own.push(slot++);
			}
			this.slotsOf.push(own);
		}
		this.width = slot;
	}

	add(row: number, key: string, line: number): void {
		let station = this.seen.get(key);
		if (station === undefined) {
			station = this.keys.push(key) - 1;
			this.seen.set(key, station);
			this.lines.push(line);
			this.areas.add(row);
			if (this.placed.status >= 0) this.status.set(station, textAt(this.table, row, this.placed.status));
			for (let slot = 0; slot < this.width; slot++) this.readings.push(null);
		}
		for (const { slot, columns } of this.repeated) this.repeat(station, slot, this.sum(row, columns));
		this.choose(row, station, key, line);
	}

	private sum(row: number, columns: readonly number[]): Reading {
		let sum: number | undefined;
		for (const column of columns) {
			const one = this.read(row, column);
			if (typeof one === 'string') return one;
			if (one !== undefined) sum = (sum ?? 0) + one;
		}
		return sum;
	}

	private repeat(station: number, slot: number, value: Reading): void {
		const place = station * this.width + slot;
		const before = this.readings[place];
		if (before === null || before === undefined) this.readings[place] = value;
		else if (value !== undefined && value !== before) this.readings[place] = `${before} and ${value}`.slice(0, 100);
	}

	private choose(row: number, station: number, key: string, line: number): void {
		const { choice } = this.placed;
		if (choice === undefined) return;
		const cells = choice.columns.map((column) => textAt(this.table, row, column));
		const name = cells.join(this.mapping.choice?.join ?? '');
		const value = this.read(row, choice.votes);
		const slot = this.slots.get(name);
		if (slot === undefined) {
			this.stranger(name, value);
			return;
		}
		this.came.add(slot);
		const place = station * this.width + slot;
		const before = this.readings[place];
		if (before === null) {
			this.readings[place] = value;
			return;
		}
		const same = before === value;
		this.twice.push({ line, key, why: 'twice', same });
		if (!same) this.readings[place] = `${before ?? 'nothing'} and ${value ?? 'nothing'}`.slice(0, 100);
	}

	/** An optional field of choices that no row has is none of this table’s. */
	has(field: number): boolean {
		const rule = this.placed.fields[field]?.rule;
		if (rule === undefined || !rule.optional || rule.choices.length === 0) return true;
		return (this.slotsOf[field] ?? []).some((slot) => this.came.has(slot));
	}

	private stranger(name: string, value: Reading): void {
		let known = this.strangers.get(name);
		if (known === undefined) {
			if (this.strangers.size >= UNLISTED_MAX) return;
			known = { rows: 0, votes: 0 };
			this.strangers.set(name, known);
		}
		known.rows++;
		if (typeof value === 'number') known.votes += value;
	}

	unlisted(): Applied['unlisted'] {
		return [...this.strangers].map(([choice, { rows, votes }]) => ({ choice, rows, votes }));
	}

	gathered(filtered: number, leftOut: readonly LeftOut[]): Gathered {
		const fields = this.slotsOf.flatMap((_, field) => (this.has(field) ? [field] : []));
		const values = new Float64Array(this.keys.length * fields.length).fill(Number.NaN);
		const texts = new Map<number, string>();
		for (let station = 0; station < this.keys.length; station++)
			for (const [at, field] of fields.entries()) {
				const value = this.fieldOf(station, field);
				const place = station * fields.length + at;
				if (typeof value === 'number') values[place] = value;
				else if (value !== undefined && texts.size <= TEXTS_MAX) texts.set(place, value);
			}
		const problem =
			texts.size > TEXTS_MAX ? { problem: `more than ${TEXTS_MAX} figures are words and not numbers` } : {};
		return {
			keys: this.keys,
			lines: this.lines,
			values,
			texts,
			status: this.status,
			dropped: new Set(),
			areas: this.areas,
			filtered,
			leftOut: [...leftOut, ...this.twice].sort((a, b) => a.line - b.line),
			...problem,
		};
	}

	private fieldOf(station: number, field: number): Reading {
		const zero = this.mapping.choice?.unlisted === 'zero' && (this.placed.fields[field]?.rule.choices.length ?? 0) > 0;
		let sum: number | undefined;
		for (const slot of this.slotsOf[field] ?? []) {
			const read = this.readings[station * this.width + slot];
			const value = read === null ? (zero ? 0 : undefined) : read;
			if (typeof value === 'string') return value;
			if (value !== undefined) sum = (sum ?? 0) + value;
		}
		return sum;
	}
}
