/** What looking at a bundle finds (B30): named checks, each with how much it looked at and what it found wrong, and the first problems of each in words for a reader who is no engineer. */
import { PROBLEMS_PER_CHECK_MAX } from '../check/limits.ts';

export const BUNDLE_CHECKS = [
	'files',
	'package',
	'checkpoint',
	'statements',
	'signatures',
	'rules',
	'blobs',
	'subject',
	'attestations',
] as const;

export type BundleCheckName = (typeof BUNDLE_CHECKS)[number];

export interface BundleProblem {
	readonly check: BundleCheckName;
	/** Path in the bundle. */
	readonly file?: string;
	/** Index in the log. */
	readonly index?: number;
	/** Rule of `spec/` that says so, where there is one. */
	readonly rule?: string;
	readonly expected: string;
	readonly came: string;
	readonly means: string;
}

export interface BundleCheck {
	readonly name: BundleCheckName;
	readonly checked: number;
	readonly failed: number;
	readonly problems: readonly BundleProblem[];
}

export interface BundleFindings {
	readonly looked: (name: BundleCheckName, count?: number) => void;
	readonly found: (problem: BundleProblem) => void;
	/** Something to know that is no fault. Said once. */
	readonly remark: (text: string) => void;
	readonly failed: () => number;
	readonly checks: () => readonly BundleCheck[];
	readonly remarks: () => readonly string[];
}

export function bundleFindings(): BundleFindings {
	const checked = new Map<BundleCheckName, number>();
	const failed = new Map<BundleCheckName, number>();
	const problems = new Map<BundleCheckName, BundleProblem[]>();
	const remarks: string[] = [];
	return {
		looked: (name, count = 1) => void checked.set(name, (checked.get(name) ?? 0) + count),
		found: (problem) => {
			const { check } = problem;
			const list = problems.get(check) ?? [];
			problems.set(check, list);
			failed.set(check, (failed.get(check) ?? 0) + 1);
			if (list.length < PROBLEMS_PER_CHECK_MAX) list.push(problem);
		},
		remark: (text) => void (remarks.includes(text) || remarks.push(text)),
		failed: () => BUNDLE_CHECKS.reduce((sum, name) => sum + (failed.get(name) ?? 0), 0),
		checks: () =>
			BUNDLE_CHECKS.map((name) => ({
				name,
				checked: checked.get(name) ?? 0,
				failed: failed.get(name) ?? 0,
				problems: problems.get(name) ?? [],
			})),
		remarks: () => remarks,
	};
}
