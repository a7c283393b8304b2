/**
 * The core is a function of its arguments: no clock, no randomness, no locale, no disk, no network. `tsconfig.json` of the core already
 * hides Node and the DOM; this finds what the language itself brings, and what a declaration could bring back.
 */
import { type Node, type PropertyAccessExpression, SyntaxKind } from 'typescript/unstable/ast';
import { isIdentifier, isPropertyAccessExpression, isStringLiteral } from 'typescript/unstable/ast/is';
import { describe, expect, it } from 'vitest';
import { lineOf, openProgram, type Unit, visit } from './lib/program.ts';
import { at } from './lib/tree.ts';

/** Names that reach the world outside, or that give another answer on another machine. */
const WORLD = new Set(
	(
		'Date performance setTimeout setInterval setImmediate queueMicrotask process Buffer fetch crypto Intl console require global ' +
		'globalThis window self document navigator location localStorage indexedDB WebSocket XMLHttpRequest Worker Temporal ' +
		'WeakRef FinalizationRegistry eval Function SharedArrayBuffer Atomics'
	).split(' '),
);

/** Members of `Math` that are exact everywhere; the others are approximate, each engine in its own way, or random. */
const EXACT_MATH = new Set('abs ceil clz32 floor fround imul max min round sign trunc'.split(' '));

/**
 * Methods whose answer depends on a language, or on the edition of Unicode that an engine carries. NFC is let pass: Unicode promises
 * that it never changes for a character that has been assigned.
 */
const LOCAL = /^(localeCompare|toLocale[A-Z]\w*|normalize)$/;
const STABLE = /\.normalize\('NFC'\)$/;

/** Kinds of node that give a name to something of the file's own. */
const DECLARATIONS = new Set([
	SyntaxKind.Parameter,
	SyntaxKind.VariableDeclaration,
	SyntaxKind.BindingElement,
	SyntaxKind.PropertyAssignment,
	SyntaxKind.PropertySignature,
	SyntaxKind.PropertyDeclaration,
	SyntaxKind.MethodSignature,
	SyntaxKind.MethodDeclaration,
]);

function declares(node: Node): boolean {
	const { parent } = node;
	return DECLARATIONS.has(parent.kind) && 'name' in parent && parent.name === node;
}

/** A declaration of something that is made elsewhere: the way to bring the world back. */
function isAmbient(node: Node): boolean {
	const statement = node.parent.parent?.parent;
	return statement !== undefined && /^declare\b/.test(statement.getText());
}

function memberImpurity(node: PropertyAccessExpression): string | undefined {
	const member = node.name.text;
	if (isIdentifier(node.expression) && node.expression.text === 'Math' && !EXACT_MATH.has(member))
		return `Math.${member}`;
	return LOCAL.test(member) && !STABLE.test(node.parent.getText()) ? member : undefined;
}

function impurity(node: Node, own: ReadonlySet<string>): string | undefined {
	if (isPropertyAccessExpression(node)) return memberImpurity(node);
	if (isStringLiteral(node) && node.text.startsWith('node:')) return node.text;
	if (!isIdentifier(node) || !WORLD.has(node.text)) return undefined;
	if (isPropertyAccessExpression(node.parent) && node.parent.name === node) return undefined;
	if (declares(node)) return isAmbient(node) ? node.text : undefined;
	return own.has(node.text) ? undefined : node.text;
}

/** Names of the world that a file gives to something of its own, such as a parameter called `fetch`. */
function ownNames(unit: Unit): ReadonlySet<string> {
	const names = new Set<string>();
	visit(unit.file, (node) => {
		const bound = isIdentifier(node) && WORLD.has(node.text) && declares(node) && !isAmbient(node);
		const member = [SyntaxKind.PropertyAssignment, SyntaxKind.PropertySignature].includes(node.parent?.kind);
		if (bound && !member) names.add(node.text);
	});
	return names;
}

function impurities(unit: Unit): readonly string[] {
	const problems: string[] = [];
	const own = ownNames(unit);
	visit(unit.file, (node) => {
		const name = impurity(node, own);
		if (name !== undefined)
			problems.push(at(unit.path, lineOf(node, unit), `the core may not use ${name}: take it as an argument`));
	});
	return problems;
}

const PATH = 'packages/core/src/std/result.ts';

function planted(text: string): readonly string[] {
	const program = openProgram([{ path: PATH, text }]);
	const problems = program.units.filter(({ path }) => path === PATH).flatMap(impurities);
	program.close();
	return problems;
}

describe('tidy: the core is pure', () => {
	it('no clock, randomness, locale, disk or network', () => {
		const program = openProgram();
		expect(program.units.filter(({ path }) => path.startsWith('packages/core/src/')).flatMap(impurities)).toEqual([]);
		program.close();
	});

	it('sees each of the planted ones', () => {
		const lines = [
			'export const a = Date.now();',
			'export const b = new Date(0);',
			'export const c = Math.random();',
			'export const d = Math.log2(8);',
			'export const e = performance.now();',
			'setTimeout(() => {}, 1);',
			'export const f = process.env;',
			"export const g = Buffer.from('');",
			"export const h = 'a'.localeCompare('b');",
			'export const i = (1.5).toLocaleString();',
			'export const j = new Intl.Collator();',
			"import { readFileSync } from 'node:fs';",
			"export const k = await fetch('x');",
			'export const l = crypto.randomUUID();',
			'declare const process: unknown;',
			"export const m = 'a'.normalize();",
			'export const n = globalThis;',
		];
		expect(planted(lines.join('\n')).map((problem) => problem.split(' ')[0])).toEqual(
			lines.map((_, index) => `${PATH}:${index + 1}`),
		);
	});

	it('lets words pass that only look alike', () => {
		const lines = [
			'export const a = { process: 1, Date: 2 };',
			'export const b = a.process + a.Date + Math.max(1, 2);',
			'export const c = (fetch: (n: number) => number): number => fetch(1);',
			"export const d = 'a'.normalize('NFC');",
		];
		expect(planted(lines.join('\n'))).toEqual([]);
	});
});
