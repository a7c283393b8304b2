/**
 * The server's books in a pack (Y9): each file byte for byte, so that its digest in the log still fits; a list of those digests beside what lies here; and what can be counted from the lines: operations as a table, refusals by rule. The secrets of pseudonyms stay
 * where they are.
 */

import { byCodeUnits, type JsonObject, parseCanonical } from '@matokeo/core/std/canonical.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { booksIn } from '@matokeo/verifier/books/bookFolder.ts';
import {
	BOOKS,
	type BookReader,
	bookPath,
	checkBooks,
	linesIn,
	type SaidPeriod,
	splitLines,
} from '@matokeo/verifier/books/checkBooks.ts';
import { saidPeriods } from '@matokeo/verifier/books/saidPeriods.ts';
import { type Cell, MOMENT, members, moment, table } from './cells.ts';
import type { PackFile } from './packFile.ts';
import type { ScrutinyRecord } from './record.ts';

/** `dir`: the server's own folder. */
export function bookFiles(suite: Suite, dir: string, record: ScrutinyRecord): readonly PackFile[] {
	const reader = booksIn(dir);
	const said = saidPeriods(record.rows);
	const { findings, notHere, uncovered } = checkBooks(suite, said, reader);
	const all = [...new Set([...said.map(({ from }) => from), ...reader.periods()])].sort((a, b) => a - b);
	return [
		...copies(reader, all),
		{ path: 'books/digests.csv', content: table(DIGEST_COLUMNS, digestLines(suite, reader, said, all)) },
		{ path: 'books/check.txt', content: checkText(all.length, findings, notHere, uncovered) },
		{ path: 'actions/operations.csv', content: table(OPERATION_COLUMNS, operationLines(reader, all)) },
		{ path: 'actions/refusals-by-rule.csv', content: table(RULE_COLUMNS, ruleLines(reader, all)) },
	];
}

function* copies(reader: BookReader, all: readonly number[]): Generator<PackFile> {
	for (const from of all)
		for (const book of BOOKS) {
			const bytes = reader.read(from, book);
			const left = reader.left(from, book);
			const path = bookPath(from, book);
			// Read once and kept: a book that is still written to would be another one when its turn comes.
			if (bytes !== undefined) yield { path, content: () => bytes };
			else if (left !== undefined) yield { path: `${path}.sha256`, content: `${left}  ${book}.jsonl\n` };
		}
}

const DIGEST_COLUMNS = [
	'period',
	...MOMENT('from'),
	...MOMENT('until'),
	'book',
	'lines',
	'bytes',
	'sha256',
	'digest_index',
	'here',
];
const OPERATION_COLUMNS = ['period', 'line', ...MOMENT('time'), 'kind', 'facts'];
const RULE_COLUMNS = ['period', 'rule', 'refusals'];

function* digestLines(
	suite: Suite,
	reader: BookReader,
	said: readonly SaidPeriod[],
	all: readonly number[],
): Generator<readonly Cell[]> {
	for (const from of all) {
		const period = said.find((one) => one.from === from);
		for (const book of BOOKS) {
			const file = period?.files.find((one) => one.book === book);
			const bytes = reader.read(from, book);
			const head = [bookPath(from, book).split('/')[1], ...moment(from), ...moment(period?.until), book];
			const own = bytes === undefined ? undefined : suite.sha256Hex(bytes);
			if (file !== undefined) {
				const here =
					own === undefined ? 'not here' : own === file.sha256 ? 'here, as the log says' : 'here, and another';
				yield [...head, file.lines, file.size, file.sha256, period?.index, here];
			} else if (bytes !== undefined && own !== undefined)
				yield [...head, linesIn(bytes), bytes.length, own, undefined, 'here, no digest said yet'];
		}
	}
}

function checkText(
	periods: number,
	findings: readonly { readonly where: string; readonly problem: string }[],
	notHere: readonly string[],
	uncovered: number,
): string {
	if (periods === 0)
		return 'There are no books: no server that keeps them has run on this folder, or the whole folder "books" was removed.\n';
	const lines = [
		...findings.map(({ where, problem }) => `${where}: ${problem}`),
		...notHere.map((where) => `${where}: not here; its digest was left in its place and is the one in the log`),
		`${uncovered} lines were written after the last digest: of these the log says nothing yet.`,
		findings.length === 0
			? 'No difference between the books and the digests in the log.'
			: `${findings.length} differences.`,
	];
	return `${lines.join('\n')}\n`;
}

function* operationLines(reader: BookReader, all: readonly number[]): Generator<readonly Cell[]> {
	for (const { from, line, facts } of linesOf(reader, all, 'operations')) {
		const { kind, time, prev: _prev, ...rest } = facts;
		const told = members(Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, wordOf(value)])));
		yield [bookPath(from, 'operations').split('/')[1], line, ...moment(numberOf(time)), wordOf(kind), told];
	}
}

function* ruleLines(reader: BookReader, all: readonly number[]): Generator<readonly Cell[]> {
	for (const from of all) {
		const counts = new Map<string, number>();
		for (const { facts } of linesOf(reader, [from], 'requests')) {
			const { rules } = facts;
			if (typeof rules !== 'object' || Array.isArray(rules)) continue;
			for (const [rule, times] of Object.entries(rules))
				counts.set(rule, (counts.get(rule) ?? 0) + (numberOf(times) ?? 0));
		}
		for (const [rule, times] of [...counts].sort(([a], [b]) => byCodeUnits(a, b)))
			yield [bookPath(from, 'requests').split('/')[1], rule, times];
	}
}

interface BookLine {
	readonly from: number;
	/** From 1. */
	readonly line: number;
	readonly facts: JsonObject;
}

/** Lines that are none are passed over here; the check of the books names them. */
function* linesOf(reader: BookReader, all: readonly number[], book: (typeof BOOKS)[number]): Generator<BookLine> {
	for (const from of all)
		for (const [at, text] of splitLines(reader.read(from, book) ?? new Uint8Array(0)).entries()) {
			const parsed = parseCanonical(text);
			if (parsed.ok && isObject(parsed.value)) yield { from, line: at + 1, facts: parsed.value };
		}
}

function isObject(value: JsonObject[string]): value is JsonObject {
	return typeof value === 'object' && !Array.isArray(value);
}

function wordOf(value: JsonObject[string] | undefined): string {
	if (value === undefined) return '';
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function numberOf(value: JsonObject[string] | undefined): number | undefined {
	return typeof value === 'number' ? value : undefined;
}

/** Facts of every start, in order: what ran here, by its own word. */
export function startsIn(dir: string): readonly JsonObject[] {
	const reader = booksIn(dir);
	const lines = [...linesOf(reader, reader.periods(), 'operations')];
	return lines.flatMap(({ facts }) => (facts['kind'] === 'start' ? [facts] : []));
}
