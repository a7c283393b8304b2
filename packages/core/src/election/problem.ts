/**
 * A problem of an election package, told so that the person who wrote the file can mend it: where it is, what was
 * expected, what came, what to do. Rule ids are those of `spec/package.md`.
 *
 * Does not know which file formats exist.
 */
import { LIMITS } from './limits.ts';

export interface Problem {
	/** `P1`… of `spec/package.md`. */
	readonly rule: string;
	/** Path inside the package; '' for the folder as a whole. */
	readonly file: string;
	/** From 1; 0 when the whole file is meant. */
	readonly line: number;
	/** From 1, in UTF-16 code units as most editors count; 0 when the whole line or file is meant. */
	readonly column: number;
	readonly expected: string;
	readonly came: string;
	readonly toDo: string;
}

/** Gathers problems; past the limit only counts them, so that a wrong file cannot fill the memory. */
export interface ProblemList {
	readonly add: (problem: Problem) => void;
	readonly count: () => number;
	/** In order of file, line and column; the last one says how many were left out, if any were. */
	readonly sorted: () => readonly Problem[];
}

export function problemList(): ProblemList {
	const kept: Problem[] = [];
	let count = 0;
	return {
		add(problem) {
			count += 1;
			if (kept.length < LIMITS.problemsMax) kept.push(problem);
		},
		count: () => count,
		sorted() {
			const sorted = [...kept].sort(compareProblems);
			if (count > kept.length) sorted.push(omitted(count - kept.length));
			return sorted;
		},
	};
}

export function printProblem(problem: Problem): string {
	const place = [problem.file, ...[problem.line, problem.column].filter((n) => n > 0)].filter((part) => part !== '');
	const where = place.length > 0 ? place.join(':') : 'the package';
	return `${where}  [${problem.rule}]\n  expected: ${problem.expected}\n  came:     ${problem.came}\n  to do:    ${problem.toDo}\n`;
}

/** Foreign text between quotes, shortened, with what cannot be seen written as its number. */
export function quote(text: string): string {
	const shown = Array.from(text.slice(0, 61)).slice(0, 60);
	const seen = shown.map((character) => (UNSEEN.test(character) ? `[${codePoint(character)}]` : character)).join('');
	return `“${seen}${text.length > 60 ? '…' : ''}”`;
}

/** `U+202E` for a character. */
export function codePoint(character: string): string {
	const code = character.codePointAt(0) ?? 0;
	return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/u;

function compareProblems(a: Problem, b: Problem): number {
	if (a.file !== b.file) return a.file < b.file ? -1 : 1;
	return a.line - b.line || a.column - b.column;
}

function omitted(more: number): Problem {
	return {
		rule: 'P8',
		file: '',
		line: 0,
		column: 0,
		expected: `at most ${LIMITS.problemsMax} problems to report`,
		came: `${more} more`,
		toDo: 'mend those above and check again',
	};
}
