/**
 * Text becomes a number only after a strict pattern has said what it may look like: `Number(' 1e3')`, `parseInt('12x')` and `BigInt('0x1')` all
 * answer, and a vote must never come from such an answer. The compiler is asked for the type of what is converted.
 */
import { type Node, SyntaxKind } from 'typescript/unstable/ast';
import { isCallExpression, isPrefixUnaryExpression } from 'typescript/unstable/ast/is';
import { describe, expect, it } from 'vitest';
import { functionsAround, lineOf, openProgram, type Program, type Unit, visit } from './lib/program.ts';
import { at, PACKAGE_SOURCE } from './lib/tree.ts';

const CONVERTERS = /^(Number|BigInt|(Number\.)?(parseInt|parseFloat))$/;
const FLOATS = /parseFloat$/;

/**
 * A pattern that holds from the first to the last character, or from where the reader stands, or that captures so many digits and no
 * more.
 */
const STRICT =
	/\/[^/\n]*\(\[0-9(?:a-f|a-fA-F)?\]\{[0-9,]+\}\)[^/\n]*\/|\/\^(?:[^/\n\\]|\\.)+\$\/[a-z]*|\/(?:[^/\n\\]|\\.)+\/[a-z]*y[a-z]*/;

/** One character has one meaning; it needs no pattern. */
const ONE_CHARACTER = /\.charAt\([^()]*\)$/;

/** What a node converts from text to a number, if it does. */
function converted(node: Node): Node | undefined {
	if (isPrefixUnaryExpression(node) && node.operator === SyntaxKind.PlusToken) return node.operand;
	return isCallExpression(node) && CONVERTERS.test(node.expression.getText()) ? node.arguments[0] : undefined;
}

/** Names at the top of a file that stand for a strict pattern. */
function patternNames({ text }: Unit): readonly string[] {
	const named = new RegExp(`^(?:export )?const (\\w+)(?:: RegExp)? =\\s*(?:${STRICT.source});`, 'gm');
	return [...text.matchAll(named)].map((match) => match[1] ?? '');
}

function isGuarded(node: Node, unit: Unit): boolean {
	const around = functionsAround(node).map((one) => one.getText());
	const names = patternNames(unit);
	return around.some((body) => STRICT.test(body) || names.some((name) => new RegExp(`\\b${name}\\b`).test(body)));
}

function isText(written: string): boolean {
	return /\b(string|any|unknown)\b|["'`]/.test(written);
}

function looseNumbers({ units, checker }: Program, paths: RegExp): readonly string[] {
	const problems: string[] = [];
	for (const unit of units.filter(({ path }) => paths.test(path))) {
		visit(unit.file, (node) => {
			const operand = converted(node);
			if (operand === undefined) return;
			const say = (sentence: string): unknown => problems.push(at(unit.path, lineOf(node, unit), sentence));
			const call = isCallExpression(node) ? node.expression.getText() : '+';
			if (FLOATS.test(call)) say(`${call}: a float never comes from text`);
			const type = checker.getTypeAtLocation(operand);
			if (type === undefined || !isText(checker.typeToString(type))) return;
			if (ONE_CHARACTER.test(operand.getText()) || isGuarded(node, unit)) return;
			say(`${call} of a text that no strict pattern in the same function has seen`);
		});
	}
	return problems;
}

const PLANTED = `const DIGITS = /^[0-9]{1,15}$/;
const LOOSE = /[0-9]/;
export const a = (text: string): number => Number(text);
export const b = (text: string): number => Number.parseInt(text, 10);
export const c = (text: string): bigint => BigInt(text);
export const d = (text: string): number => +text;
export const e = (text: string): number => (LOOSE.test(text) ? Number(text) : 0);
export const f = (value: unknown): number => Number(value);
export const g = (value: number): number => Number.parseFloat(\`\${value}\`);
export const h = (text: string): number => (DIGITS.test(text) ? Number(text) : 0);
export const i = (text: string): bigint => (/^[0-9]+$/.test(text) ? BigInt(text) : 0n);
export const j = (count: number): bigint => BigInt(count);
export const l = (text: string): number => Number(/line ([0-9]{1,6}):/.exec(text)?.[1]);
export const k = (text: string): number => Number.parseInt(text.charAt(0), 36);
`;

describe('tidy: numbers', () => {
	it('no package makes a number of a text without a strict pattern', () => {
		const program = openProgram();
		expect(looseNumbers(program, PACKAGE_SOURCE)).toEqual([]);
		program.close();
	});

	it('sees each of the planted ones, and lets the guarded ones pass', () => {
		const path = 'scripts/lib/counts.ts';
		const program = openProgram([{ path, text: PLANTED }]);
		const lines = looseNumbers(program, /counts\.ts$/).map((problem) => problem.split(' ')[0]);
		expect(lines).toEqual([3, 4, 5, 6, 7, 8, 9, 9].map((line) => `${path}:${line}`));
		program.close();
	});
});
