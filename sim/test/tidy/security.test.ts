/** `SECURITY.md` against its tests: every row of its tables has one test that performs it, and every such test has its row. A claim about an attack that nobody makes is a hope. */
import { describe, expect, it } from 'vitest';
import { at, read, type Text, texts } from './lib/tree.ts';

const PAGE = 'SECURITY.md';
const TESTS = /^sim\/test\/security\/[^/]+\.test\.ts$/;

interface Stated {
	readonly id: string;
	readonly path: string;
	readonly line: number;
}

function found(files: readonly Text[], pattern: RegExp): readonly Stated[] {
	return files.flatMap(({ path, text }) =>
		[...text.matchAll(pattern)].map((match) => {
			const line = text.slice(0, match.index + match[0].length).split('\n').length;
			return { id: match[1] ?? '', path, line };
		}),
	);
}

const rowsOf = (page: Text) => found([page], /^\| ([A-Z][0-9]{1,2}) \|/gm);
const testsOf = (files: readonly Text[]) => found(files, /\bit\(\s*['"`]([A-Z][0-9]{1,2}) /g);

function unpaired(page: Text, files: readonly Text[]): readonly string[] {
	const [rows, tests] = [rowsOf(page), testsOf(files)];
	const twice = (list: readonly Stated[], what: string) =>
		list
			.filter(({ id }, index) => list.findIndex((other) => other.id === id) < index)
			.map(({ id, path, line }) => at(path, line, `${what} ${id} stands here a second time`));
	const without = (list: readonly Stated[], others: readonly Stated[], what: string) =>
		list
			.filter(({ id }) => !others.some((other) => other.id === id))
			.map(({ id, path, line }) => at(path, line, `${id} has no ${what}`));
	return [
		...twice(rows, 'row'),
		...twice(tests, 'the test of'),
		...without(rows, tests, 'test in sim/test/security'),
		...without(tests, rows, `row in ${PAGE}`),
	];
}

/** Rows whose cells are not five: a bar in a sentence would move what is claimed into another column. */
function misshapen({ path, text }: Text): readonly string[] {
	return text.split('\n').flatMap((line, index) => {
		if (!line.startsWith('| ')) return [];
		const cells = line.split('|').length - 2;
		return cells === 5 ? [] : [at(path, index + 1, `a row of ${cells} cells`)];
	});
}

describe('tidy: SECURITY.md', () => {
	it('every row has one test, and every test its row', () => {
		const page = { path: PAGE, text: read(PAGE) };
		expect(rowsOf(page).length).toBeGreaterThan(50);
		expect([...unpaired(page, texts(TESTS)), ...misshapen(page)]).toEqual([]);
	});

	it('sees a row without a test, a test without a row, either twice, and a row of other cells', () => {
		const page = { path: PAGE, text: '| O1 | a | b | c | d |\n| O2 | a | b | c | d |\n| O2 | a |\n' };
		const tests = { path: 'a.test.ts', text: "it('O1 a', () => {});\nit(\n\t'O1 b',\n);\nit('O3 c', () => {});\n" };
		expect(unpaired(page, [tests]).map((problem) => problem.slice(0, 24))).toEqual([
			'SECURITY.md:3 row O2 sta',
			'a.test.ts:3 the test of ',
			'SECURITY.md:2 O2 has no ',
			'SECURITY.md:3 O2 has no ',
			'a.test.ts:5 O3 has no ro',
		]);
		expect(misshapen(page)).toEqual(['SECURITY.md:3 a row of 2 cells']);
	});
});
