/**
 * Each planted alteration is found, and named with its station, statement, file or checkpoint (V1–V53). The table is in `support/`; a folder that nobody
 * touched must find nothing, so that none of this is found by a verifier that always fails.
 */
import { cpSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import type { Report } from '../src/report/report.ts';
import { reportText } from '../src/report/text.ts';
import { verifyFolder } from '../src/verify.ts';
import { type Alteration, BYTES, FILES } from './support/alterations.ts';
import { CONSISTENT, VOID } from './support/forgeries.ts';
import { newFolder, type Published, publish, removeFolders } from './support/publish.ts';
import { REWRITTEN } from './support/rewritten.ts';
import { small, smallLog } from './support/smallLog.ts';

const sound = publish(smallLog());
const anchor = small.election.digest;

function copyOfSound(): Published {
	const dir = newFolder();
	cpSync(sound.dir, dir, { recursive: true });
	return { ...sound, dir };
}

async function reportOn({ make, anchored }: Alteration, workers: number): Promise<Report> {
	const { dir, against } = make(copyOfSound());
	const options = { workers, ...(anchored === true ? { anchor } : {}), ...(against === undefined ? {} : { against }) };
	const report = await verifyFolder(dir, options);
	if (!report.ok) throw new Error(report.error);
	return report.value;
}

afterAll(removeFolders);

describe.each([
	['bytes', BYTES],
	['files', FILES],
	['void statements', VOID],
	['bytes that fit together', CONSISTENT],
	['rewritten logs', REWRITTEN],
])('verify finds altered %s', (_what, table) => {
	it.each(table)('$name', async (alteration) => {
		const report = await reportOn(alteration, 0);
		const problems = report.checks.flatMap((check) => check.problems);
		expect(report.verdict).toBe('failed');
		expect(problems).toContainEqual(expect.objectContaining(alteration.finds));
		const wrong = report.checks.filter(({ failed }) => failed > 0).map(({ name }) => name);
		expect(wrong.filter((name) => alteration.clears?.includes(name) === true)).toEqual([]);
		const text = reportText(report);
		for (const named of [alteration.finds.station, alteration.finds.file, alteration.finds.statement])
			expect(text).toContain(named ?? '');
	});
});

describe('verify: what is found is found by threads too', () => {
	it.each([...BYTES.slice(0, 3), ...VOID.slice(0, 3)])('$name', async (alteration) => {
		const { milliseconds: _a, ...alone } = await reportOn(alteration, 0);
		const { milliseconds: _b, ...together } = await reportOn(alteration, 2);
		expect(together).toEqual(alone);
	});
});

describe('verify: evidence', () => {
	it('V52 prints both checkpoints of a fork, whole', async () => {
		const fork = REWRITTEN.find(({ name }) => name === 'a fork at the same size');
		if (fork === undefined) throw new Error('the fork is in the table');
		const report = await reportOn(fork, 0);
		expect(report.evidence?.notes).toHaveLength(2);
		expect(report.evidence?.notes[0]).toBe(Buffer.from(sound.checkpoint).toString());
		expect(reportText(report)).toContain(report.evidence?.notes[1]?.split('\n')[2] ?? 'missing');
	});

	it('V52 a forged folder is consistent in itself: only the anchor finds it', async () => {
		const forged = REWRITTEN.find(({ anchored }) => anchored === true);
		if (forged === undefined) throw new Error('the forged folder is in the table');
		expect((await reportOn({ ...forged, anchored: false }, 0)).verdict).toBe('consistent');
	});
});
