/** The shape of a file: an opening comment, named exports, no file that only passes on what others export, and `as` only where we parse. */
import { type Node, SyntaxKind } from 'typescript/unstable/ast';
import { isAsExpression, isExportDeclaration } from 'typescript/unstable/ast/is';
import { describe, expect, it } from 'vitest';
import { lineOf, openProgram, type Unit, visit } from './lib/program.ts';
import { at, CODE, PACKAGE_SOURCE, type Text, texts } from './lib/tree.ts';

/** The parsers: the only files of the packages that may tell the compiler what an unknown value is, having just looked. */
const PARSERS = new Set([
	'packages/core/src/std/canonical.ts',
	'packages/core/src/record/leaf.ts',
	'packages/core/src/collation/sheet.ts',
	'packages/server/src/storage/rowText.ts',
	'packages/witness/src/mirror/events.ts',
]);

function badOpening({ path, text }: Text): readonly string[] {
	const body = text.replace(/^#!.*\n/, '');
	return /^(\/\*\*?\s+[^\s*]|\/\*\*\n \* \S|\/\/ \S)/.test(body)
		? []
		: [at(path, 1, 'opens with a comment that says what it is')];
}

function badName({ path }: Text): readonly string[] {
	return /(^|\/)index\.(ts|tsx|mjs)$/.test(path) ? [at(path, 1, 'no index files: name the file after its idea')] : [];
}

function badExport(node: Node): string | undefined {
	if (node.kind === SyntaxKind.ExportAssignment || node.kind === SyntaxKind.DefaultKeyword) {
		if (node.kind === SyntaxKind.DefaultKeyword && !node.parent.getText().startsWith('export default'))
			return undefined;
		return 'no default exports: export it by its name';
	}
	if (!isExportDeclaration(node) || node.moduleSpecifier === undefined) return undefined;
	return 'no passing on of exports: import it from where it is made';
}

function badAssertion(node: Node, { path }: Unit): string | undefined {
	if (!isAsExpression(node) || node.type.getText() === 'const') return undefined;
	return PACKAGE_SOURCE.test(path) && !PARSERS.has(path)
		? '`as` outside a parser: parse the value, or narrow it'
		: undefined;
}

/** A declaration file describes what others export, so its exports are not ours to choose. */
function badNodes(unit: Unit): readonly string[] {
	const problems: string[] = [];
	if (unit.path.endsWith('.d.ts')) return problems;
	visit(unit.file, (node) => {
		const sentence = badExport(node) ?? badAssertion(node, unit);
		if (sentence !== undefined) problems.push(at(unit.path, lineOf(node, unit), sentence));
	});
	return problems;
}

function planted(path: string, text: string): readonly string[] {
	const program = openProgram([{ path, text }]);
	const problems = program.units.filter((unit) => unit.path === path).flatMap(badNodes);
	program.close();
	return problems;
}

describe('tidy: shape', () => {
	it('every file opens with a comment, and none is called index', () => {
		expect(texts(CODE).flatMap((text) => [...badOpening(text), ...badName(text)])).toEqual([]);
	});

	it.each(["import a from 'b';\n", '\n/** Too late. */\n', '/** */\n', '//\n', ''])(
		'sees a file that opens with %j',
		(text) => {
			expect(badOpening({ path: 'a.ts', text })).toHaveLength(1);
		},
	);

	it('sees a file called index, and lets the usual openings pass', () => {
		expect(badName({ path: 'packages/core/src/log/index.ts', text: '' })).toHaveLength(1);
		const openings = [
			'/** A tree. */\n',
			'/**\n * A tree.\n */\n',
			'// A tree.\n',
			'#!/usr/bin/env node\n// A tree.\n',
		];
		expect(openings.flatMap((text) => badOpening({ path: 'a.ts', text }))).toEqual([]);
	});

	it('no default exports, nothing passed on, no `as` outside the parsers', () => {
		const program = openProgram();
		expect(program.units.filter(({ path }) => CODE.test(path)).flatMap(badNodes)).toEqual([]);
		program.close();
	});

	it.each([
		'const a = 1;\nexport default a;\n',
		'export default function a(): void {}\n',
		'export default class A {}\n',
		"export * from './bytes.ts';\n",
		"export { concat } from './bytes.ts';\n",
		"export type { Suite } from './suite.ts';\n",
		'export const a = JSON.parse("1") as number;\n',
		'export const a = 1 as unknown;\n',
	])('sees %j', (text) => {
		expect(planted('packages/core/src/std/result.ts', text)).toHaveLength(1);
	});

	it('lets `as const` pass, a `default` in a switch, and `as` in a parser', () => {
		const text =
			"export const a = ['x'] as const;\nexport function f(b: number): number {\n\tswitch (b) {\n\t\tdefault:\n\t\t\treturn 1;\n\t}\n}\n";
		expect(planted('packages/core/src/std/result.ts', text)).toEqual([]);
		expect(planted('packages/core/src/record/leaf.ts', 'export const a = JSON.parse("1") as number;\n')).toEqual([]);
	});
});
