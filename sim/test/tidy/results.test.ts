/**
 * A `Result` that nobody looks at is a refusal that nobody hears. No lint rule that we found covers our own type, so the compiler is
 * asked for the type of every expression that stands alone as a statement.
 */
import { type Expression, type Node, SyntaxKind } from 'typescript/unstable/ast';
import { isBinaryExpression, isExpressionStatement, isVoidExpression } from 'typescript/unstable/ast/is';
import type { Checker, Type } from 'typescript/unstable/sync';
import { describe, expect, it } from 'vitest';
import { lineOf, openProgram, type Program, type Unit, visit } from './lib/program.ts';
import { at } from './lib/tree.ts';

/** The expression whose value a statement throws away, also behind `void`; an assignment keeps its own. */
function thrownAway(node: Node): Expression | undefined {
	if (!isExpressionStatement(node)) return undefined;
	const { expression } = node;
	if (isVoidExpression(expression)) return expression.expression;
	if (!isBinaryExpression(expression)) return expression;
	const { kind } = expression.operatorToken;
	return kind >= SyntaxKind.FirstAssignment && kind <= SyntaxKind.LastAssignment ? undefined : expression;
}

/** True for `Result`, its two halves, a union with one of them, and a promise of any of these. */
function holdsResult(checker: Checker, type: Type): boolean {
	const written = checker.typeToString(type);
	return (
		/\b(Result|Ok|Err)</.test(written) || (/\bok: (true|false|boolean)\b/.test(written) && written.includes('error'))
	);
}

function ignoredResults({ units, checker }: Program): readonly string[] {
	const found: { readonly unit: Unit; readonly expression: Expression }[] = [];
	for (const unit of units) {
		visit(unit.file, (node) => {
			const expression = thrownAway(node);
			if (expression !== undefined) found.push({ unit, expression });
		});
	}
	const types = checker.getTypeAtLocation(found.map(({ expression }) => expression));
	return found.flatMap(({ unit, expression }, index) => {
		const type = types[index];
		if (type === undefined || !holdsResult(checker, type)) return [];
		return [at(unit.path, lineOf(expression, unit), 'a Result is thrown away: look at `ok`, or hand it on')];
	});
}

const PLANTED = `import { err, ok, type Result } from '../../packages/core/src/std/result.ts';
function parse(text: string): Result<number> {
	return text === '' ? err('empty') : ok(1);
}
export async function all(): Promise<void> {
	parse('a');
	void parse('b');
	await Promise.resolve(parse('c'));
	const kept = parse('d');
	if (kept.ok) console.log(kept.value);
	[1].forEach(() => console.log(1));
	ok(2);
	kept.ok && parse('e');
	let last = parse('f');
	last = parse('g');
}
`;

describe('tidy: results', () => {
	it('no Result is ignored anywhere', () => {
		const program = openProgram();
		expect(ignoredResults(program)).toEqual([]);
		program.close();
	});

	it('sees each of five planted ones, and nothing else', () => {
		const program = openProgram([{ path: 'scripts/lib/counts.ts', text: PLANTED }]);
		const lines = ignoredResults(program).map((problem) => problem.split(' ')[0]);
		expect(lines).toEqual([6, 7, 8, 12, 13].map((line) => `scripts/lib/counts.ts:${line}`));
		program.close();
	});
});
