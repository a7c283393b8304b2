/** A sound folder, verified: what is said with an anchor and without, by threads and without, and as text. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Report } from '../src/report/report.ts';
import { reportText } from '../src/report/text.ts';
import { type VerifyOptions, verifyFolder } from '../src/verify.ts';
import { newFolder, publish, removeFolders } from './support/publish.ts';
import { small, smallLog } from './support/smallLog.ts';

const sound = publish(smallLog());
const anchor = small.election.digest;

async function verify(dir: string, options: VerifyOptions = {}): Promise<Report> {
	const report = await verifyFolder(dir, { workers: 0, ...options });
	if (!report.ok) throw new Error(report.error);
	return report.value;
}

afterAll(removeFolders);

describe('verify: a sound folder', () => {
	it('V2 is verified with the anchor, with every check made that it gives cause for, and nothing wrong', async () => {
		const report = await verify(sound.dir, { anchor });
		expect(report.checks.flatMap(({ problems }) => problems)).toEqual([]);
		expect(report.verdict).toBe('verified');
		expect(report.anchored).toBe(true);
		expect(report.log?.size).toBe(300);
		expect(report.checks.filter(({ checked }) => checked === 0).map(({ name }) => name)).toEqual([
			'clock',
			'against',
			'declaration',
		]);
		expect(report.contests['president']?.stages.verified).toEqual({
			stations: 4,
			votes: { alba: 406, benta: 360, chidi: 120 },
			categories: { rejected: 20 },
		});
		expect(report.contests['president']).toMatchObject({ due: 8, missing: 4, discrepant: 1, discrepant_open: 0 });
		expect(report.blobs).toMatchObject({ held: 8, public: 3, sealed: 4, withheld: 1, files: 3 });
		expect(report.cosignatures?.met).toBe(true);
	});

	it('V2 is only consistent without the anchor, and the text says so', async () => {
		const report = await verify(sound.dir);
		expect([report.verdict, report.anchored]).toEqual(['consistent', false]);
		expect(reportText(report).toLowerCase()).toContain('consistent; authority not established');
	});

	it('V10 says the same with two threads as with none', async () => {
		const { milliseconds: _a, ...alone } = await verify(sound.dir, { anchor });
		const { milliseconds: _b, ...together } = await verify(sound.dir, { anchor, workers: 2 });
		expect(together).toEqual(alone);
	});

	it('V50 finds the folder consistent with an older checkpoint and a receipt of its own', async () => {
		const older = publish(smallLog().slice(0, 100));
		const report = await verify(sound.dir, { anchor, against: older.checkpoint });
		expect(report.verdict).toBe('verified');
		expect(report.evidence).toBeUndefined();
	});

	it('V60 the text names mode, stages, what is missing and what is taken on trust', async () => {
		const text = reportText(await verify(sound.dir, { anchor }));
		for (const part of [
			'REHEARSAL',
			'TEST KEYS',
			'verified',
			'reported',
			'4 missing',
			'Taken on trust',
			'two keys are two people',
		])
			expect(text).toContain(part);
	});

	it('V1 reports progress up to the last statement', async () => {
		const steps: (readonly [number, number])[] = [];
		await verify(sound.dir, { progress: (done, all) => steps.push([done, all]) });
		expect(steps).toEqual([
			[256, 300],
			[300, 300],
		]);
	});

	it('V3 could not run: no folder, a file, an empty folder', async () => {
		for (const path of [join(sound.dir, 'nowhere'), join(sound.dir, 'checkpoint'), newFolder()]) {
			const report = await verifyFolder(path, { workers: 0 });
			expect(report.ok ? '' : report.error).toContain(path);
		}
	});

	it('V5 writes nothing', async () => {
		const list = () => execFileSync('find', [sound.dir, '-printf', '%p %s %T@\n']).toString();
		const before = list();
		await verify(sound.dir);
		expect(list()).toBe(before);
	});
});
