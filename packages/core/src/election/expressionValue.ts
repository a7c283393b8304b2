/**
 * Evaluates an expression over the figures of one return (`spec/package.md`, P43): three-valued, because a figure
 * may be blank, illegible or struck out. A check passes only on `pass`; every input is listed (R27).
 *
 * Does not know what a failed check leads to.
 */
import { assert, unreachable } from '../std/result.ts';
import { CANDIDATES, type Expression, idsOf, type Linear, type Operator } from './expression.ts';

export interface Figures {
	/** The contest's candidates, in the order of the form. */
	readonly candidates: readonly string[];
	/** A field's or station column's number; `undefined` when it has none (blank and not zero, illegible, struck, absent). */
	readonly value: (id: string) => number | undefined;
}

export type Verdict = 'pass' | 'fail' | 'unknown';

export interface Evaluation {
	readonly verdict: Verdict;
	/** Every figure that the expression reads, candidates one by one. */
	readonly inputs: readonly { readonly id: string; readonly value: number | undefined }[];
	/** Both sides of each comparison, in order; '' where a side has no value. */
	readonly sides: readonly { readonly left: string; readonly operator: Operator; readonly right: string }[];
}

export function evaluate(expression: Expression, figures: Figures, tolerance: number): Evaluation {
	const sides: Evaluation['sides'][number][] = [];
	const verdict = judge(expression, figures, tolerance, (left, operator, right) => {
		sides.push({ left: left?.toString() ?? '', operator, right: right?.toString() ?? '' });
	});
	const ids = idsOf(expression).flatMap((id) => (id === CANDIDATES ? figures.candidates : [id]));
	const inputs = [...new Set(ids)].map((id) => ({ id, value: figures.value(id) }));
	return { verdict, inputs, sides };
}

/** The verdict alone, for the many returns whose checks nobody looks at. */
export function verdictOf(expression: Expression, figures: Figures, tolerance: number): Verdict {
	return judge(expression, figures, tolerance, () => undefined);
}

type Seen = (left: Amount | undefined, operator: Operator, right: Amount | undefined) => void;
type Amount = number | bigint;

function judge(expression: Expression, figures: Figures, tolerance: number, seen: Seen): Verdict {
	if (expression.kind === 'compare') {
		const left = amountOf(expression.left, figures);
		const right = amountOf(expression.right, figures);
		seen(left, expression.operator, right);
		if (left === undefined || right === undefined) return 'unknown';
		return holds(left, expression.operator, right, tolerance) ? 'pass' : 'fail';
	}
	const verdicts = expression.parts.map((part) => judge(part, figures, tolerance, seen));
	const decisive: Verdict = expression.kind === 'all' ? 'fail' : 'pass';
	if (verdicts.includes(decisive)) return decisive;
	if (verdicts.includes('unknown')) return 'unknown';
	return expression.kind === 'all' ? 'pass' : 'fail';
}

/** Exact: a number while every partial sum is a safe integer, else a bigint. */
function amountOf(linear: Linear, figures: Figures): Amount | undefined {
	let sum = linear.constant;
	let magnitude = Math.abs(linear.constant);
	for (const term of linear.terms) {
		for (const id of term.id === CANDIDATES ? figures.candidates : [term.id]) {
			const value = figures.value(id);
			if (value === undefined) return undefined;
			assert(Number.isSafeInteger(value), 'figures are safe integers');
			sum += term.coefficient * value;
			magnitude += Math.abs(term.coefficient * value);
		}
	}
	return magnitude <= Number.MAX_SAFE_INTEGER ? sum : bigAmountOf(linear, figures);
}

function bigAmountOf(linear: Linear, figures: Figures): bigint {
	let sum = BigInt(linear.constant);
	for (const term of linear.terms) {
		for (const id of term.id === CANDIDATES ? figures.candidates : [term.id]) {
			sum += BigInt(term.coefficient) * BigInt(figures.value(id) ?? 0);
		}
	}
	return sum;
}

/** `tolerance` ballots are forgiven on the wrong side; `!=` has no wrong side and takes none. */
function holds(left: Amount, operator: Operator, right: Amount, tolerance: number): boolean {
	const excess = BigInt(left) - BigInt(right);
	const slack = BigInt(tolerance);
	switch (operator) {
		case '=':
			return excess <= slack && -excess <= slack;
		case '!=':
			return excess !== 0n;
		case '<':
			return excess < slack;
		case '<=':
			return excess <= slack;
		case '>':
			return -excess < slack;
		case '>=':
			return -excess <= slack;
		default:
			return unreachable(operator);
	}
}
