/**
 * What a verification finds: named checks, each with how much it looked at and what it found wrong (V1–V3 of `spec/verification.md`). A problem says where it
 * is as exactly as can be known, what was expected, what came, and what that means for a reader who is no engineer.
 */
import { PROBLEMS_PER_CHECK_MAX } from './limits.ts';

export const CHECKS = [
	'anchor',
	'checkpoint',
	'cosignatures',
	'tiles',
	'spelling',
	'signatures',
	'rules',
	'clock',
	'blobs',
	'results',
	'against',
	'declaration',
] as const;

export type CheckName = (typeof CHECKS)[number];

export interface Problem {
	readonly check: CheckName;
	readonly station?: string;
	readonly contest?: string;
	/** Of a mark or a certificate. */
	readonly area?: string;
	/** Statement id, 64 hex digits. */
	readonly statement?: string;
	/** Index of the leaf. */
	readonly index?: number;
	/** Path inside the folder. */
	readonly file?: string;
	/** Rule of `spec/` that says so, where there is one. */
	readonly rule?: string;
	readonly expected: string;
	readonly came: string;
	readonly means: string;
}

export interface Check {
	readonly name: CheckName;
	/** How many things were looked at: files, notes, signatures, figures. */
	readonly checked: number;
	readonly failed: number;
	/** The first of them in the order found; `failed` counts all. */
	readonly problems: readonly Problem[];
	/** Why the check was not made; absent when it was. */
	readonly skipped?: string;
}

export interface Findings {
	readonly looked: (name: CheckName, count?: number) => void;
	readonly found: (problem: Problem) => void;
	/** The check could not be made, for this reason. */
	readonly skip: (name: CheckName, why: string) => void;
	/** Something to know that is no fault. */
	readonly remark: (text: string) => void;
	readonly failed: (name?: CheckName) => number;
	readonly checks: () => readonly Check[];
	readonly remarks: () => readonly string[];
}

export function findings(): Findings {
	const checked = new Map<CheckName, number>();
	const failed = new Map<CheckName, number>();
	const problems = new Map<CheckName, Problem[]>();
	const skipped = new Map<CheckName, string>();
	const remarks: string[] = [];
	const failedIn = (name: CheckName): number => failed.get(name) ?? 0;
	return {
		looked: (name, count = 1) => void checked.set(name, (checked.get(name) ?? 0) + count),
		found: (problem) => {
			const list = problems.get(problem.check) ?? [];
			problems.set(problem.check, list);
			failed.set(problem.check, failedIn(problem.check) + 1);
			if (list.length < PROBLEMS_PER_CHECK_MAX) list.push(problem);
		},
		skip: (name, why) => void skipped.set(name, why),
		remark: (text) => void (remarks.includes(text) || remarks.push(text)),
		failed: (name) => (name === undefined ? CHECKS.reduce((sum, one) => sum + failedIn(one), 0) : failedIn(name)),
		checks: () =>
			CHECKS.map((name) => {
				const why = skipped.get(name);
				return {
					name,
					checked: checked.get(name) ?? 0,
					failed: failedIn(name),
					problems: problems.get(name) ?? [],
					...(why === undefined ? {} : { skipped: why }),
				};
			}),
		remarks: () => remarks,
	};
}
