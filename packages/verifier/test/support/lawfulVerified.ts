/** The lawful log published as a server would, and verified with the anchor. */
import type { Problem } from '../../src/check/problem.ts';
import type { ContestProceedings } from '../../src/proceedings/shown.ts';
import type { Report } from '../../src/report/report.ts';
import { type VerifyOptions, verifyFolder } from '../../src/verify.ts';
import { type LawfulLog, THREE } from './lawfulLog.ts';
import { publish } from './publish.ts';

export async function verified({ of, notes, files }: LawfulLog, options: VerifyOptions = {}): Promise<Report> {
	const { dir } = publish(notes, { election: of, files, witnesses: THREE });
	const report = await verifyFolder(dir, { workers: 0, anchor: of.election.digest, ...options });
	if (!report.ok) throw new Error(report.error);
	return report.value;
}

export const problemsOf = (report: Report): readonly Problem[] => report.checks.flatMap(({ problems }) => problems);
export const presidentOf = (report: Report): ContestProceedings | undefined => report.proceedings?.['president'];
