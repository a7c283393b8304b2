/**
 * Each planted alteration is found, and named with its station, statement, file or checkpoint (V1–V53). The table is in `support/`; a folder that nobody
 * touched must find nothing, so that none of this is found by a verifier that always fails.
 */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Misbehaviour } from '../src/evidence/file.ts';
import type { Report } from '../src/report/report.ts';
import { reportText } from '../src/report/text.ts';
import { verifyFolder } from '../src/verify.ts';
import { type Alteration, BYTES, FILES, resigned } from './support/alterations.ts';
import { judged } from './support/evidence.ts';
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

	it('V52 names the root that a rewritten log has at the older size, and the hashes from there', async () => {
		const older = publish(smallLog().slice(0, 200));
		const { dir } = resigned((notes) => notes.filter(({ tag }) => !tag.includes('004')));
		const report = await verifyFolder(dir, { workers: 0, against: older.checkpoint });
		if (!report.ok) throw new Error(report.error);
		const { evidence } = report.value;
		const [prefixRoot = ''] = / have the root (\S+)\.$/.exec(evidence?.what ?? '')?.slice(1) ?? [];
		const seen: Misbehaviour = {
			kind: 'rewritten',
			older: Buffer.from(evidence?.notes[0] ?? ''),
			newer: Buffer.from(evidence?.notes[1] ?? ''),
			prefixRoot: Buffer.from(prefixRoot, 'base64'),
			proof: (evidence?.proof ?? []).map((hash) => Buffer.from(hash, 'base64')),
		};
		expect(judged(seen).strength).toBe('proved');
	});

	it.each([
		['with its tiles', false],
		['with no tile that leads to the root', true],
	])('V52 a damaged copy, %s, accuses nobody of two histories', async (_what, isTileDamaged) => {
		const older = publish(smallLog().slice(0, 200));
		const { dir } = copyOfSound();
		for (const path of ['tile/entries/000', ...(isTileDamaged ? ['tile/0/000'] : [])]) {
			const bytes = readFileSync(join(dir, path));
			bytes[40] = (bytes[40] ?? 0) ^ 1;
			writeFileSync(join(dir, path), bytes);
		}
		const report = await verifyFolder(dir, { workers: 0, against: older.checkpoint });
		if (!report.ok) throw new Error(report.error);
		expect(report.value.verdict).toBe('failed');
		expect(report.value.evidence).toBeUndefined();
		const said = report.value.checks.find(({ name }) => name === 'against')?.problems ?? [];
		expect(said.map(({ means }) => /shows nothing/.test(means))).toEqual(isTileDamaged ? [true] : []);
	});

	it('V52 a forged folder is consistent in itself: only the anchor finds it', async () => {
		const forged = REWRITTEN.find(({ anchored }) => anchored === true);
		if (forged === undefined) throw new Error('the forged folder is in the table');
		expect((await reportOn({ ...forged, anchored: false }, 0)).verdict).toBe('consistent');
	});
});
