/**
 * Published files altered by somebody who signs nothing, through the command itself (V1–V53): each alteration is found by the check that `vectors/alterations/published.json` names, with the station, statement, place or
 * file; none is called verified.
 */
import { createHash } from 'node:crypto';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { matokeo } from '../lib/matokeo.ts';
import { expectations } from './lib/alteration.ts';
import { BYTES, FILES, TOLD } from './lib/bytes.ts';
import { expectFound, expectTold, verify } from './lib/finding.ts';
import { newFolder, put, type Rehearsed, rehearsed, removeFolders } from './lib/rehearsed.ts';

let of: Rehearsed;
beforeAll(async () => {
	of = await rehearsed();
});
afterAll(removeFolders);

describe.each([
	['bytes', BYTES],
	['files', FILES],
])('matokeo verify finds altered %s', (group, alterations) => {
	it.each(expectations('published.json', group))('$name', (expected) => expectFound(of, alterations, expected));
});

describe('matokeo verify, where nothing is wrong', () => {
	it.each(expectations('published.json', 'told'))('tells: $name', (expected) => expectTold(of, TOLD, expected));

	it('the vectors have all alterations that are made here, and no other', () => {
		for (const [list, made] of Object.entries({ bytes: BYTES, files: FILES, told: TOLD }))
			expect(expectations('published.json', list).map(({ name }) => name)).toEqual(Object.keys(made));
	});

	it('V3 says verified with the anchor and consistent without, and is read by people as the same', async () => {
		const folder = join(of.dir, 'public');
		const { report } = await verify(folder);
		expect(report.verdict).toBe('consistent');
		const ran = await matokeo('verify', folder, '--anchor', of.election.digest);
		expect([ran.code, ran.stdout.slice(0, 10)]).toEqual([0, 'VERIFIED: ']);
	});

	it('V3 beside a process that has the database open, an image on its way is told and not looked at; without one it is found', async () => {
		const dir = join(newFolder('live'), 'out');
		cpSync(of.dir, dir, { recursive: true });
		const image = Buffer.from('on its way');
		const digest = createHash('sha256').update(image).digest('hex');
		put(dir, `public/blob/${digest.slice(0, 2)}/${digest}`, image);
		const folder = join(dir, 'public');
		expect((await verify(folder)).report.verdict).toBe('failed');
		const server = new Database(join(dir, 'matokeo.sqlite'));
		server.prepare('SELECT size FROM head').get();
		const beside = await matokeo('verify', folder, '--json');
		server.close();
		expect([beside.code, JSON.parse(beside.stdout).verdict]).toEqual([0, 'consistent']);
		expect(beside.stderr).toContain('1 of them not yet in the log');
	});

	it('V3 answers 2 for an empty folder, and for one without anything of a log: there is nothing to verify', async () => {
		const empty = newFolder('empty');
		expect(await matokeo('verify', empty)).toMatchObject({ code: 2, stdout: '' });
		put(empty, 'read-me.txt', 'x');
		expect(await matokeo('verify', empty)).toMatchObject({ code: 2, stdout: '' });
	});
});
