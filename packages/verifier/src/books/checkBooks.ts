/**
 * A server's books against what its log says of them (`spec/scrutiny.md`, Y6): every file that an `access/digest` names is there with these bytes, and the list of operations is one chain from its first
 * line to its last. It reads no disk: whoever calls hands in the files. What was written after the last digest is chained and no more; it says how many lines that are.
 */
import type { AccessBook, AccessFile } from '@matokeo/core/record/access.ts';
import type { StatementId } from '@matokeo/core/record/said.ts';
import { utf8Decode } from '@matokeo/core/std/bytes.ts';
import { parseCanonical } from '@matokeo/core/std/canonical.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { printPeriod } from './period.ts';

export const BOOKS: readonly AccessBook[] = ['operations', 'requests'];

/** What one `access/digest` of the log says. */
export interface SaidPeriod {
	readonly id: StatementId;
	readonly index: number;
	readonly from: number;
	readonly until: number;
	readonly files: readonly AccessFile[];
}

export interface BookReader {
	/** Beginnings of the periods that there are folders of, in order. */
	readonly periods: () => readonly number[];
	readonly read: (from: number, book: AccessBook) => Uint8Array | undefined;
	/** The digest that was left in the place of a book when it was moved elsewhere. */
	readonly left: (from: number, book: AccessBook) => string | undefined;
}

export interface BookFinding {
	readonly where: string;
	readonly problem: string;
}

export interface BooksChecked {
	readonly findings: readonly BookFinding[];
	/** Files that were read and compared with a digest. */
	readonly compared: number;
	/** Books that were moved elsewhere and whose digest was left: they can be compared where they are. */
	readonly notHere: readonly string[];
	/** Lines that no digest covers yet. */
	readonly uncovered: number;
}

export function bookPath(from: number, book: AccessBook): string {
	return `books/${printPeriod(from)}/${book}.jsonl`;
}

export function checkBooks(suite: Suite, said: readonly SaidPeriod[], reader: BookReader): BooksChecked {
	const findings: BookFinding[] = [];
	const notHere: string[] = [];
	let compared = 0;
	let uncovered = 0;
	const covered = new Set(said.map(({ from }) => from));
	for (const period of said) {
		for (const book of BOOKS) {
			const where = bookPath(period.from, book);
			const file = period.files.find((one) => one.book === book);
			const bytes = reader.read(period.from, book);
			if (bytes !== undefined) compared++;
			if (bytes === undefined && file !== undefined && reader.left(period.from, book) === file.sha256)
				notHere.push(where);
			else for (const problem of differences(suite, period, file, bytes)) findings.push({ where, problem });
		}
	}
	for (const from of reader.periods())
		if (!covered.has(from))
			for (const book of BOOKS) uncovered += linesIn(reader.read(from, book) ?? new Uint8Array(0));
	findings.push(...brokenChain(suite, said, reader));
	return { findings, compared, notHere, uncovered };
}

function differences(
	suite: Suite,
	{ index, from, until }: SaidPeriod,
	file: AccessFile | undefined,
	bytes: Uint8Array | undefined,
): readonly string[] {
	const when = `of ${moment(from)} to ${moment(until)} (statement ${index})`;
	if (file === undefined)
		return bytes === undefined || bytes.length === 0
			? []
			: [`the digest ${when} names no such book, here are ${bytes.length} bytes: they were written afterwards`];
	if (bytes === undefined)
		return file.size === 0
			? []
			: [`it is missing: the digest ${when} names ${file.lines} lines in ${file.size} bytes, SHA-256 ${file.sha256}`];
	if (suite.sha256Hex(bytes) === file.sha256)
		return linesIn(bytes) === file.lines && bytes.length === file.size
			? []
			: [
					`the digest ${when} fits its bytes, and says ${file.lines} lines in ${file.size} bytes where there are ${linesIn(bytes)} in ${bytes.length}`,
				];
	return [
		`it was changed after the digest ${when} was said: that names ${file.lines} lines in ${file.size} bytes, SHA-256 ${file.sha256}; here are ${linesIn(bytes)} lines in ${bytes.length} bytes, SHA-256 ${suite.sha256Hex(bytes)}`,
	];
}

/** Each line of operations names the SHA-256 of the one before it, across periods; behind a book that is not here the chain begins anew. */
function brokenChain(suite: Suite, said: readonly SaidPeriod[], reader: BookReader): readonly BookFinding[] {
	const findings: BookFinding[] = [];
	const all = [...new Set([...said.map(({ from }) => from), ...reader.periods()])].sort((a, b) => a - b);
	let last: string | undefined;
	let whole = true;
	for (const from of all) {
		const where = bookPath(from, 'operations');
		const bytes = reader.read(from, 'operations');
		const lines = bytes === undefined ? [] : splitLines(bytes);
		const named = said.find((one) => one.from === from)?.files.find(({ book }) => book === 'operations');
		if (bytes === undefined && (named?.lines ?? 0) > 0) whole = false;
		for (const [at, line] of lines.entries()) {
			const prev = prevOf(line);
			if (prev === undefined)
				findings.push({ where, problem: `line ${at + 1} is not a line of this book in its one spelling` });
			else if (whole && prev !== (last ?? ''))
				findings.push({
					where,
					problem: `line ${at + 1} follows a line with the SHA-256 ${prev === '' ? '(none)' : prev}, before it stands ${last === undefined ? 'nothing' : `one with ${last}`}: lines were taken out, put in or changed`,
				});
			whole = true;
			last = suite.sha256Hex(new TextEncoder().encode(line));
		}
	}
	return findings;
}

/** '' for a first line; `undefined` for what is no such line. */
function prevOf(line: string): string | undefined {
	const parsed = parseCanonical(line);
	if (!parsed.ok || typeof parsed.value !== 'object' || !('kind' in parsed.value)) return undefined;
	if (!('prev' in parsed.value)) return '';
	return typeof parsed.value['prev'] === 'string' ? parsed.value['prev'] : undefined;
}

export function splitLines(bytes: Uint8Array): readonly string[] {
	const text = utf8Decode(bytes) ?? new TextDecoder().decode(bytes);
	const lines = text.split('\n');
	return text.endsWith('\n') ? lines.slice(0, -1) : lines.filter((line) => line !== '');
}

/** Newlines, so that two who count come to the same. */
export function linesIn(bytes: Uint8Array): number {
	let lines = 0;
	for (const byte of bytes) if (byte === 10) lines++;
	return lines;
}

function moment(seconds: number): string {
	return `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;
}
