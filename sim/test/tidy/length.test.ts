/** The ratchet: no file over 300 lines, no function over 70. There is no list of exceptions, and none is to be added. */
import { describe, expect, it } from 'vitest';
import { isFunction, lineOf, linesIn, openProgram, type Unit, visit } from './lib/program.ts';
import { at, CODE, SOURCE, type Text, texts } from './lib/tree.ts';

const FILE_LINES_MAX = 300;
const FUNCTION_LINES_MAX = 70;

function longFile({ path, text }: Text): readonly string[] {
	const lines = text.replace(/\n$/, '').split('\n').length;
	return lines <= FILE_LINES_MAX ? [] : [at(path, lines, `${lines} lines: a file has at most ${FILE_LINES_MAX}`)];
}

function longFunctions(unit: Unit): readonly string[] {
	const problems: string[] = [];
	visit(unit.file, (node) => {
		const lines = isFunction(node) ? linesIn(node, unit) : 0;
		if (lines <= FUNCTION_LINES_MAX) return;
		problems.push(at(unit.path, lineOf(node, unit), `${lines} lines: a function has at most ${FUNCTION_LINES_MAX}`));
	});
	return problems;
}

/** A function whose body makes it exactly so many lines long. */
const functionOf = (lines: number): string => `function long() {\n${'\tlong();\n'.repeat(lines - 2)}}\n`;

describe('tidy: length', () => {
	it('no file is longer than 300 lines', () => {
		expect(texts(CODE).flatMap(longFile)).toEqual([]);
	});

	it('sees a file of 301 lines, and lets 300 pass', () => {
		expect(longFile({ path: 'a.ts', text: '\n'.repeat(301) })).toHaveLength(1);
		expect(longFile({ path: 'a.ts', text: '\n'.repeat(300) })).toEqual([]);
	});

	it('no function of the source is longer than 70 lines', () => {
		const program = openProgram();
		expect(program.units.filter(({ path }) => SOURCE.test(path)).flatMap(longFunctions)).toEqual([]);
		program.close();
	});

	it('sees a function of 71 lines, also as an arrow and as a method, and lets 70 pass', () => {
		const arrow = `const a = () => {\n${'\tlong();\n'.repeat(69)}};\n`;
		const method = `class C {\n\tm() {\n${'\t\tlong();\n'.repeat(69)}\t}\n}\n`;
		const path = 'scripts/lib/counts.ts';
		const text = functionOf(71) + functionOf(70) + arrow + method;
		const program = openProgram([{ path, text }]);
		const lines = program.units.filter((unit) => unit.path === path).flatMap(longFunctions);
		expect(lines.map((problem) => problem.split(' ')[0])).toEqual([1, 142, 214].map((line) => `${path}:${line}`));
		program.close();
	});
});
