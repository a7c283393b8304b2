/**
 * The checks of a form as a small language (`spec/package.md`, P40–P44): linear integer arithmetic over field ids,
 * comparisons, `and`, `or`. This file has the meaning and the parser; `expressionWords.ts` cuts the text into words,
 * `expressionValue.ts` evaluates.
 *
 * Does not know which fields a form has: `package.ts` checks the ids that `idsOf` lists.
 */
import { err, ok, type Result } from '../std/result.ts';
import { cutWords, type ExpressionProblem, type Word } from './expressionWords.ts';
import { LIMITS } from './limits.ts';

export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** In `Term.id`: all candidates of the contest, together. Not an id, so no field can be meant. */
export const CANDIDATES = 'sum(candidates)';

export interface Term {
	readonly coefficient: number;
	/** A field, a column of the station (`station.registered`) or `CANDIDATES`. Each id at most once in a `Linear`. */
	readonly id: string;
}

/** constant + Σ coefficient × id. */
export interface Linear {
	readonly constant: number;
	readonly terms: readonly Term[];
}

export type Expression =
	| { readonly kind: 'compare'; readonly left: Linear; readonly operator: Operator; readonly right: Linear }
	| { readonly kind: 'all' | 'any'; readonly parts: readonly Expression[] };

/** A whole check: `valid = sum(candidates) and valid + rejected <= station.registered`. */
export function parseExpression(source: string): Result<Expression, ExpressionProblem> {
	return parseWhole(source, parseAny);
}

/** Arithmetic alone, as denominators have it: `sum(candidates) + blank`. */
export function parseLinear(source: string): Result<Linear, ExpressionProblem> {
	return parseWhole(source, parseSum);
}

/** Every id that an expression reads, in order of first appearance; `CANDIDATES` among them. */
export function idsOf(expression: Expression): readonly string[] {
	const ids = new Set<string>();
	collectIds(expression, ids);
	return [...ids];
}

/** Whether a `!=` stands anywhere: it has no wrong side to be tolerant on. */
export function hasUnequal(expression: Expression): boolean {
	return expression.kind === 'compare' ? expression.operator === '!=' : expression.parts.some(hasUnequal);
}

function collectIds(expression: Expression, ids: Set<string>): void {
	if (expression.kind === 'compare') {
		for (const term of [...expression.left.terms, ...expression.right.terms]) ids.add(term.id);
	} else {
		for (const part of expression.parts) collectIds(part, ids);
	}
}

class Stop extends Error {
	readonly problem: ExpressionProblem;
	constructor(problem: ExpressionProblem) {
		super('expression');
		this.problem = problem;
	}
}

interface Reader {
	readonly words: readonly Word[];
	next: number;
	depth: number;
}

function parseWhole<T>(source: string, rule: (reader: Reader) => T): Result<T, ExpressionProblem> {
	const words = cutWords(source);
	if (!words.ok) return words;
	const reader: Reader = { words: words.value, next: 0, depth: 0 };
	try {
		const value = rule(reader);
		const left = peek(reader);
		if (left.kind === 'end') return ok(value);
		return err(unexpected(left, 'the end of the expression, or an operator'));
	} catch (thrown) {
		if (thrown instanceof Stop) return err(thrown.problem);
		throw thrown;
	}
}

function parseAny(reader: Reader): Expression {
	return joined(reader, 'any', 'or', (inner) => joined(inner, 'all', 'and', parseComparison));
}

function joined(reader: Reader, kind: 'all' | 'any', word: string, rule: (reader: Reader) => Expression): Expression {
	const first = rule(reader);
	const parts = [first];
	while (peek(reader).text === word) {
		reader.next += 1;
		parts.push(rule(reader));
	}
	return parts.length === 1 ? first : { kind, parts };
}

/** A comparison, or a whole expression in parentheses; `(a + b) = c` starts with one too. */
function parseComparison(reader: Reader): Expression {
	if (peek(reader).text === '(' && groupsComparisons(reader)) {
		enter(reader);
		const inner = parseAny(reader);
		leave(reader);
		return inner;
	}
	const left = parseSum(reader);
	const word = peek(reader);
	if (!isOperator(word.text)) {
		throw new Stop(unexpected(word, 'a comparison (one of = != < <= > >=) between two sums'));
	}
	reader.next += 1;
	const right = parseSum(reader);
	if (isOperator(peek(reader).text)) {
		throw new Stop(unexpected(peek(reader), 'one comparison at a time: write `a <= b and b <= c`'));
	}
	return { kind: 'compare', left, operator: word.text, right };
}

/** Whether the parenthesis that opens here closes around a comparison rather than around a sum. */
function groupsComparisons(reader: Reader): boolean {
	let depth = 0;
	for (let at = reader.next; at < reader.words.length; at++) {
		const text = reader.words[at]?.text ?? '';
		if (text === '(') depth += 1;
		if (text === ')') depth -= 1;
		if (depth === 0) return false;
		if (isOperator(text)) return true;
	}
	return false;
}

function parseSum(reader: Reader): Linear {
	let sum = parseProduct(reader);
	for (;;) {
		const word = peek(reader);
		if (word.kind !== 'sign' || (word.text !== '+' && word.text !== '-')) return sum;
		reader.next += 1;
		sum = add(sum, parseProduct(reader), word.text === '+' ? 1 : -1, word);
	}
}

function parseProduct(reader: Reader): Linear {
	let product = parseAtom(reader);
	while (peek(reader).text === '*') {
		const sign = peek(reader);
		reader.next += 1;
		const factor = parseAtom(reader);
		if (product.terms.length > 0 && factor.terms.length > 0) {
			throw new Stop({
				column: sign.column,
				expected: 'a whole number on one side of *',
				came: 'fields on both sides',
				toDo: 'checks are linear: multiply a field by a number only',
			});
		}
		const [numbers, fields] = product.terms.length > 0 ? [factor, product] : [product, factor];
		product = add({ constant: 0, terms: [] }, fields, numbers.constant, sign);
	}
	return product;
}

function parseAtom(reader: Reader): Linear {
	const word = peek(reader);
	reader.next += 1;
	if (word.kind === 'integer') return { constant: word.value, terms: [] };
	if (word.text === '(') {
		reader.next -= 1;
		enter(reader);
		const inner = parseSum(reader);
		leave(reader);
		return inner;
	}
	if (word.text === 'sum') return parseSumOf(reader);
	if (word.kind === 'id') return { constant: 0, terms: [{ coefficient: 1, id: word.text }] };
	throw new Stop(unexpected(word, 'a field id, a whole number, sum(…) or a parenthesis'));
}

/** After `sum`: `(candidates)` or a list of ids. */
function parseSumOf(reader: Reader): Linear {
	enter(reader);
	let sum: Linear = { constant: 0, terms: [] };
	for (;;) {
		const word = peek(reader);
		if (word.kind !== 'id' && word.text !== 'candidates') throw new Stop(unexpected(word, 'candidates, or field ids'));
		reader.next += 1;
		const id = word.text === 'candidates' ? CANDIDATES : word.text;
		sum = add(sum, { constant: 0, terms: [{ coefficient: 1, id }] }, 1, word);
		if (peek(reader).text !== ',') break;
		reader.next += 1;
	}
	leave(reader);
	return sum;
}

function enter(reader: Reader): void {
	const word = peek(reader);
	if (word.text !== '(') throw new Stop(unexpected(word, 'an opening parenthesis'));
	reader.next += 1;
	reader.depth += 1;
	if (reader.depth > LIMITS.expressionDepthMax) {
		throw new Stop({
			column: word.column,
			expected: `at most ${LIMITS.expressionDepthMax} parentheses inside each other`,
			came: 'more',
			toDo: 'write the check as several checks',
		});
	}
}

function leave(reader: Reader): void {
	const word = peek(reader);
	if (word.text !== ')') throw new Stop(unexpected(word, 'a closing parenthesis'));
	reader.next += 1;
	reader.depth -= 1;
}

function add(left: Linear, right: Linear, factor: number, word: Word): Linear {
	const terms = new Map(left.terms.map((term) => [term.id, term.coefficient]));
	for (const term of right.terms) terms.set(term.id, (terms.get(term.id) ?? 0) + factor * term.coefficient);
	const constant = left.constant + factor * right.constant;
	if ([constant, ...terms.values()].some((value) => Math.abs(value) > LIMITS.constantMax)) {
		throw new Stop({
			column: word.column,
			expected: `numbers up to ${LIMITS.constantMax}`,
			came: 'a larger product or sum',
			toDo: 'use smaller numbers',
		});
	}
	return { constant, terms: [...terms].map(([id, coefficient]) => ({ coefficient, id })) };
}

function peek(reader: Reader): Word {
	return reader.words[reader.next] ?? END;
}

const END: Word = { kind: 'end', text: '', value: 0, column: 1 };

function isOperator(text: string): text is Operator {
	return ['=', '!=', '<', '<=', '>', '>='].includes(text);
}

function unexpected(word: Word, expected: string): ExpressionProblem {
	const came = word.kind === 'end' ? 'the end of the expression' : `“${word.text}”`;
	return { column: word.column, expected, came, toDo: 'mend the expression; spec/package.md P40 has its grammar' };
}
