/** What `matokeo verify` says of an altered folder, asked of the command as a person runs it, and compared with what the vectors expect. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '@matokeo/verifier/check/problem.ts';
import type { Report } from '@matokeo/verifier/report/report.ts';
import { reportText } from '@matokeo/verifier/report/text.ts';
import { expect } from 'vitest';
import { matokeo } from '../../lib/matokeo.ts';
import type { Alterations, Expected, Name, Subject } from './alteration.ts';
import { copyOf, newFolder, type Rehearsed } from './rehearsed.ts';

export interface Verified {
	readonly code: number;
	readonly report: Report;
}

export async function verify(folder: string, ...more: readonly string[]): Promise<Verified> {
	const ran = await matokeo('verify', folder, '--json', ...more);
	expect(ran.stderr).toBe('');
	const report: Report = JSON.parse(ran.stdout);
	return { code: ran.code, report };
}

/** Alters a copy, verifies it, and expects the problem, named, in the JSON and in the text for people. */
export async function expectFound(of: Rehearsed, alterations: Alterations, expected: Expected): Promise<void> {
	const { folder, subject } = await altered(of, alterations, expected.name);
	if (expected.alone !== undefined) expect((await verify(folder)).report.verdict).toBe(expected.alone);
	const { code, report } = await verify(folder, ...brought(of, expected, subject));
	expect([code, report.verdict]).toEqual([1, 'failed']);
	const problems = report.checks.flatMap((check) => check.problems);
	expect(problems.filter((problem) => isThis(problem, expected, subject))).not.toEqual([]);
	const text = reportText(report);
	for (const name of expected.names) expect(text).toContain(named(subject, name).replace(/^package\//, ''));
}

/** Alters a copy in a way that is no fault, and expects to be told. */
export async function expectTold(of: Rehearsed, alterations: Alterations, expected: Expected): Promise<void> {
	const { folder, subject } = await altered(of, alterations, expected.name);
	const { code, report } = await verify(folder);
	expect([code, report.verdict]).toEqual([0, 'consistent']);
	for (const name of expected.names) expect(report.remarks.join('\n')).toContain(named(subject, name));
}

async function altered(of: Rehearsed, alterations: Alterations, name: string) {
	const dir = copyOf(of);
	const folder = join(dir, 'public');
	const subject = await alterations[name]?.({ of, dir, folder });
	if (subject === undefined) throw new Error('the vectors have a case that nobody makes');
	return { folder, subject };
}

/** The option for what the reader brings. */
function brought(of: Rehearsed, { brings }: Expected, { kept }: Subject): readonly string[] {
	if (brings === 'anchor') return ['--anchor', of.election.digest];
	if (kept === undefined) return [];
	const file = join(newFolder('kept'), 'kept');
	writeFileSync(file, kept);
	return ['--against', file];
}

function isThis(problem: Problem, { check, rule, names }: Expected, subject: Subject): boolean {
	if (problem.check !== check || (rule !== undefined && problem.rule !== rule)) return false;
	return names.every((name) => (name === 'file' ? saysFile(problem, subject) : problem[name] === subject[name]));
}

/** The path; or, of a file of the package, whose digest the manifest has in one of its lines, the name. */
function saysFile({ file, came }: Problem, subject: Subject): boolean {
	const path = named(subject, 'file');
	if (file === path) return true;
	const inPackage = /^package\/(.*)$/.exec(path)?.[1];
	return inPackage !== undefined && (file?.startsWith(`${path}:`) === true || came.includes(`: ${inPackage} `));
}

function named(subject: Subject, name: Name): string {
	const value = subject[name];
	if (value === undefined) throw new Error(`the alteration does not say which ${name}`);
	return String(value);
}
