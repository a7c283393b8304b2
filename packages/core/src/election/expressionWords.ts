/**
 * Cuts an expression into words (`spec/package.md`, P41). Ids may contain digits, dots, slashes and hyphens (`21f`,
 * `pan-bol`), so a word is the longest run of `[a-z0-9._/-]`: `a-b` is one id, and a minus sign stands between spaces.
 */
import { err, ok, type Result } from '../std/result.ts';
import { LIMITS } from './limits.ts';
import { quote } from './problem.ts';

export interface ExpressionProblem {
	/** From 1, inside the expression. */
	readonly column: number;
	readonly expected: string;
	readonly came: string;
	readonly toDo: string;
}

export interface Word {
	readonly kind: 'id' | 'integer' | 'sign' | 'keyword' | 'end';
	readonly text: string;
	/** Of an integer; else 0. */
	readonly value: number;
	readonly column: number;
}

/** Words that no field may be called. */
export const KEYWORDS: ReadonlySet<string> = new Set(['and', 'or', 'not', 'if', 'then', 'else', 'sum', 'candidates']);

const RUN = /[ ]+|[a-z0-9._/-]+|!=|<=|>=|[=<>+*(),]/y;
const INTEGER = /^(0|[1-9][0-9]{0,15})$/;
const DIGITS = /^[0-9]+$/;
const ID = /^(?!constructor$)[a-z0-9][a-z0-9._/-]{0,63}$/;

/** The words and, as the last one, the end. */
export function cutWords(source: string): Result<readonly Word[], ExpressionProblem> {
	if (source.length > LIMITS.expressionLengthMax) {
		return err(
			refusal(1, `at most ${LIMITS.expressionLengthMax} characters`, `${source.length}`, 'write several checks'),
		);
	}
	const words: Word[] = [];
	let at = 0;
	while (at < source.length) {
		RUN.lastIndex = at;
		const run = RUN.exec(source)?.[0];
		if (run === undefined) return err(strange(source, at));
		if (!run.startsWith(' ')) {
			const word = wordOf(run, at + 1);
			if (!word.ok) return word;
			words.push(word.value);
		}
		at += run.length;
	}
	words.push({ kind: 'end', text: '', value: 0, column: source.length + 1 });
	return ok(words);
}

function wordOf(text: string, column: number): Result<Word, ExpressionProblem> {
	if (!/[a-z0-9._/-]/.test(text) || text === '-') return ok({ kind: 'sign', text, value: 0, column });
	if (DIGITS.test(text)) {
		const value = INTEGER.test(text) ? Number(text) : Number.POSITIVE_INFINITY;
		if (value <= LIMITS.constantMax) return ok({ kind: 'integer', text, value, column });
		const toDo = 'write the number with its digits only, without leading zeroes';
		return err(refusal(column, `a whole number from 0 to ${LIMITS.constantMax}`, quote(text), toDo));
	}
	if (KEYWORDS.has(text)) return ok({ kind: 'keyword', text, value: 0, column });
	if (ID.test(text)) return ok({ kind: 'id', text, value: 0, column });
	const toDo = text.startsWith('-')
		? 'put a space on both sides of a minus sign: `a - b` (`a-b` is one id)'
		: 'ids begin with a letter or a digit and have at most 64 characters';
	return err(refusal(column, 'a field id, a whole number or a minus sign between spaces', quote(text), toDo));
}

function strange(source: string, at: number): ExpressionProblem {
	const character = String.fromCodePoint(source.codePointAt(at) ?? 0);
	const toDo = /[A-Z]/.test(character)
		? 'ids and the words sum, candidates, and, or are written in lower case'
		: 'write comparisons as = != < <= > >=, arithmetic as + - *, and white space as spaces';
	return refusal(at + 1, 'ids, whole numbers, operators and parentheses', quote(character), toDo);
}

function refusal(column: number, expected: string, came: string, toDo: string): ExpressionProblem {
	return { column, expected, came, toDo };
}
