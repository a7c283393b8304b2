/**
 * Rows as text (`spec/storage.md`, D2): canonical JSON, so that equal rows are equal bytes. This is the parser of what we ourselves have written into a
 * database; that it is what the log says is the business of `fsck`, which compares every byte.
 */
import type { Transcription } from '@matokeo/core/record/commitment.ts';
import type { StatementId } from '@matokeo/core/record/said.ts';
import type { StatementType } from '@matokeo/core/record/statement.ts';
import type { TableName, Tables } from '@matokeo/core/rules/rows.ts';
import type { LoggedEvent } from '@matokeo/core/standings/events.ts';
import { printCanonical } from '@matokeo/core/std/canonical.ts';
import type { EventRecord } from '../ports/store.ts';
import { Trouble } from '../ports/trouble.ts';

export function printRow(row: Tables[TableName]): string {
	return printCanonical(row);
}

export function parseRow<T extends TableName>(table: T, key: string, json: string): Tables[T] {
	return parse(json, `row ${key} of table ${table}`) as Tables[T];
}

/** A clerk's opening as it was kept; that it fits its commitment was checked when it came in, and is checked again when it is opened. */
export function parseTranscription(reading: StatementId, json: string): Transcription {
	return parse(json, `opening of ${reading}`) as Transcription;
}

/** An event as it was kept; the inverse of `eventRecord`. */
export function parseEvent({ index, contest, station, poll, type, time, json }: EventRecord): LoggedEvent {
	const views = parse(json, `event of entry ${index}`) as Pick<LoggedEvent, 'before' | 'after'>;
	return { index, time, contest, station, poll, type: type as StatementType, ...views };
}

function parse(json: string, what: string): unknown {
	try {
		return JSON.parse(json);
	} catch {
		throw new Trouble(`the ${what} is not JSON: the database was changed by something else; run \`matokeo fsck\``);
	}
}

/** One member per table, so that a table that is added to the rules is missed by the compiler nowhere. */
const ORDER: Readonly<Record<TableName, number>> = {
	log: 0,
	key: 1,
	keyUse: 2,
	unit: 3,
	return: 4,
	capture: 5,
	blob: 6,
	station: 7,
	candidate: 8,
	total: 9,
	original: 10,
	witness: 11,
	witnessing: 12,
	contest: 13,
	collation: 14,
	mark: 15,
	sheet: 16,
	act: 17,
	objection: 18,
	notice: 19,
	order: 20,
	clock: 21,
	amended: 22,
	count: 23,
	lodger: 24,
	access: 25,
};

function isTable(name: string): name is TableName {
	return Object.hasOwn(ORDER, name);
}

export const TABLES: readonly TableName[] = Object.keys(ORDER).filter(isTable);

export type RowMaps<Absent = never> = { readonly [T in TableName]: Map<string, Tables[T] | Absent> };

/** An empty map per table; with `Absent`, one that can also say that there is no such row. */
export function rowMaps<Absent = never>(): RowMaps<Absent> {
	return {
		log: new Map(),
		key: new Map(),
		keyUse: new Map(),
		unit: new Map(),
		return: new Map(),
		capture: new Map(),
		blob: new Map(),
		station: new Map(),
		candidate: new Map(),
		total: new Map(),
		original: new Map(),
		witness: new Map(),
		witnessing: new Map(),
		contest: new Map(),
		collation: new Map(),
		mark: new Map(),
		sheet: new Map(),
		act: new Map(),
		objection: new Map(),
		notice: new Map(),
		order: new Map(),
		clock: new Map(),
		amended: new Map(),
		count: new Map(),
		lodger: new Map(),
		access: new Map(),
	};
}
