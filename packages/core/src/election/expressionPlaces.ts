/**
 * Tells problems of an expression at its place in `election.json` (`spec/package.md`, P41–P42): the column inside the text is added to
 * the text's own, unless escapes make that a guess.
 */
import { CANDIDATES, type Expression, idsOf } from './expression.ts';
import type { ExpressionProblem } from './expressionWords.ts';
import type { JsonNode } from './json.ts';
import { type Shape, tell, tellAt } from './jsonShape.ts';
import { quote } from './problem.ts';

/** Places an expression's problem inside the JSON text that holds it. */
export function tellExpression(shape: Shape, node: JsonNode, problem: ExpressionProblem): void {
	const plain = node.kind === 'text' && !node.escaped;
	const at = plain ? node.at + problem.column : node.at;
	const expected = plain ? problem.expected : `${problem.expected} (at character ${problem.column} of the expression)`;
	tellAt(shape, at, 'P41', expected, problem.came, problem.toDo);
}

/** Ids that an expression reads and nobody knows, told at the expression. */
export function tellUnknownIds(
	shape: Shape,
	node: JsonNode,
	expression: Expression,
	known: ReadonlySet<string>,
	whose: string,
): void {
	for (const id of idsOf(expression)) {
		if (id === CANDIDATES || known.has(id)) continue;
		const parts = id.split('-');
		const minus = parts.length > 1 && parts.every((part) => known.has(part) || /^[0-9]+$/.test(part));
		const toDo = minus
			? `put spaces around the minus sign: ${parts.join(' - ')}`
			: 'correct the id, or add the field to the form';
		tell(
			shape,
			node,
			'P42',
			`fields of ${whose}, station.registered, station.supplementary, station.ballots`,
			`${quote(id)}`,
			toDo,
		);
	}
}
