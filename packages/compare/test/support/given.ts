/** Small tables and mappings for tests, and the real tables outside this repository where they are there. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Count } from '@matokeo/compare/count.ts';
import type { Applied } from '@matokeo/compare/mapping/applied.ts';
import { applyMapping } from '@matokeo/compare/mapping/applyMapping.ts';
import type { Mapping } from '@matokeo/compare/mapping/mapping.ts';
import { parseMapping } from '@matokeo/compare/mapping/parseMapping.ts';
import { readTable } from '@matokeo/compare/table/readTable.ts';
import { cellAt, faultSentence, type Layout, type Table } from '@matokeo/compare/table/table.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';

export function table(text: string | Uint8Array, layout?: Layout): Table {
	const read = readTable(typeof text === 'string' ? utf8Encode(text) : text, layout);
	if (!read.ok) throw new Error(faultSentence(read.error));
	return read.value;
}

/** The sentence of the fault, for a file that is no table. */
export function fault(text: string | Uint8Array, layout?: Layout): string {
	const read = readTable(typeof text === 'string' ? utf8Encode(text) : text, layout);
	return read.ok ? 'it was read' : faultSentence(read.error);
}

export function rowsOf(read: Table): readonly (readonly string[])[] {
	return Array.from({ length: read.rows }, (_, row) => read.columns.map((_, column) => cellAt(read, row, column)));
}

/** A mapping of which only what matters is given, as the file has it. */
export function mapping(members: object): Mapping {
	const whole = { format: 'matokeo-mapping/v1', name: 'trial', shape: 'wide', ...members };
	const parsed = parseMapping(JSON.stringify(whole));
	if (!parsed.ok) throw new Error(parsed.error.join('\n'));
	return parsed.value;
}

export function applied(read: Table, by: Mapping): Applied {
	const done = applyMapping(read, by);
	if (!done.ok) throw new Error(done.error.join('\n'));
	return done.value;
}

/** Key → field → figure: a number, `null` for none, or the text that stands there. */
export function figures({ keys, fields, values, texts }: Count): Readonly<Record<string, object>> {
	const figure = (place: number): number | string | null => {
		const value = values[place] ?? Number.NaN;
		return Number.isNaN(value) ? (texts.get(place) ?? null) : value;
	};
	const row = (at: number): object =>
		Object.fromEntries(fields.map(({ id }, field) => [id, figure(at * fields.length + field)]));
	return Object.fromEntries(keys.map((key, at) => [key, row(at)]));
}

/** Sum of each field over all rows. */
export function sums({ keys, fields, values }: Count): Readonly<Record<string, number>> {
	const width = fields.length;
	const sum = (field: number): number => keys.reduce((all, _, row) => all + (values[row * width + field] || 0), 0);
	return Object.fromEntries(fields.map(({ id }, field) => [id, sum(field)]));
}

const DATA = join(import.meta.dirname, '..', '..', '..', '..', '..', 'shared', 'data');

export function realPath(...path: readonly string[]): string {
	return join(DATA, ...path);
}

/** For the end of a title: says that something is passed over, and why. */
export function ifAbsent(path: string): string {
	return existsSync(path) ? '' : ` (passed over: ${path} is not here)`;
}

/** The bytes of a file, unpacked where it is a gzip file or a zip with one file. */
export function realBytes(path: string): Uint8Array {
	if (path.endsWith('.zip')) return execFileSync('unzip', ['-p', path], { maxBuffer: 2 ** 30 });
	const bytes = readFileSync(path);
	return path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}

/** Documents as one, each under its name. */
export function joinDocuments(documents: readonly (readonly [string, string])[]): string {
	return `{${documents.map(([name, text]) => `${JSON.stringify(name)}:${text}`).join(',')}}`;
}
