/** What a run of the tests came to, from vitest's own report: how many passed, how many failed, and what no test could tell. */

export interface Counts {
	readonly passed: number;
	readonly failed: number;
}

/** The part of vitest's JSON report that is read here. */
export interface Report {
	readonly numPassedTests: number;
	readonly numFailedTests: number;
	readonly testResults: readonly {
		readonly status: string;
		readonly assertionResults: readonly { readonly status: string }[];
	}[];
}

/**
 * A file that failed without a failed test of its own (it could not be loaded) counts as one. What is left is silent: a run that
 * ended badly, wrote no report, or ran nothing. It counts as one failure.
 */
export function countRun(report: Report | undefined, exitCode: number): Counts {
	const passed = report?.numPassedTests ?? 0;
	const broken = (report?.testResults ?? []).filter(
		(file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
	);
	const failed = (report?.numFailedTests ?? 0) + broken.length;
	const silent = failed === 0 && (exitCode !== 0 || passed === 0);
	return { passed, failed: silent ? 1 : failed };
}
