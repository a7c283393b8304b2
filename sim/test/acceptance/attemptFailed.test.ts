/**
 * "The attempt failed" (acceptance test 2): a notice says when, where and what, and names checks that anybody can repeat. Where nothing was touched they come out; where a row, a published file or a statement was touched
 * all the same, whoever repeats them is told that the record does not bear the notice out, and which record it is. All of it over HTTP.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import * as speech from '@matokeo/verifier/testing/lawfulSpeech.ts';
import { removeFolders } from '@matokeo/verifier/testing/publish.ts';
import { suite } from '@matokeo/verifier/testing/smallLog.ts';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { matokeo } from '../lib/matokeo.ts';
import { copyOf, forged, hiding, host, rewrite, verifyAt } from './lib/cheat.ts';
import { type Count, closeAll, kept, type Said, START } from './lib/count.ts';
import { visible } from './lib/pages.ts';
import { declared } from './lib/story.ts';
import { picture } from './lib/wire.ts';

let count: Count & { readonly declaration: Said };
let notice: Said;
let objection: Said;

beforeAll(async () => {
	count = await declared('official', ['005']);
	objection = await count.say(
		{
			type: 'objection/lodge',
			contest: 'president',
			ground: 'wrong-figures',
			target: { kind: 'return', poll: 1, station: '004' },
		},
		speech.PARTY_MOON,
	);
	const to = count.service.log.size();
	const checks = (['replay', 'consistency', 'results', 'images'] as const).map((check) => ({ check, from: 0, to }));
	notice = await count.say(
		{
			type: 'notice/file',
			notice: {
				kind: 'incident',
				attempted: 'sign-in',
				checks,
				from: START - 3_600,
				outcome: 'failed',
				surface: 'server',
				touched: [],
				until: START,
			},
		},
		'registrar/1',
	);
	await count.witnessed();
});
afterAll(async () => {
	await closeAll();
	removeFolders();
});

const BORNE_OUT = 'The checks that it names were made again here, and bear it out as far as they go.';
const NOT_BORNE_OUT = 'This record does not bear that out';

describe('"the attempt failed"', () => {
	it('2 without a check that shows it, the notice is refused', async () => {
		const empty: speech.Unsaid = {
			type: 'notice/file',
			notice: {
				kind: 'incident',
				attempted: 'sign-in',
				checks: [],
				from: START,
				outcome: 'failed',
				surface: 'server',
				touched: [],
			},
		};
		expect(await count.send(count.speak(empty, 'registrar/1'))).toMatchObject({ kind: 'refused', rule: 'S41' });
	});

	it('2 an honest notice says when, where and what, and each check that it names comes out', async () => {
		const ran = await count.verify(...count.anchor);
		expect(ran.code, ran.stdout).toBe(0);
		expect(ran.stdout).toContain(`incident ${notice.id} of registrar/1`);
		expect(ran.stdout).toMatch(/"sign-in" on "server" from .* to .*: it says failed/);
		for (const check of ['replay', 'consistency', 'results', 'images'])
			expect(ran.stdout).toMatch(new RegExp(`${check} of 0 to [0-9]+: nothing wrong here`));
		expect(ran.stdout).toContain(BORNE_OUT);
	});

	it('2 its page names the checks, what they cover, and the command that repeats each', async () => {
		const page = visible(await count.text(`en/notice/${notice.id}.html`));
		expect(page).toContain('matokeo verify');
		expect(page).toMatch(/failed/i);
	});

	it('2 the operator touched a published figure: the record does not bear it out, and the file is named', async () => {
		const folder = copyOf(count);
		rewrite(folder, 'results/president.json', '"alba":1260', '"alba":1360');
		const { code, stdout } = await verifyAt(await host(folder), count);
		expect(code).toBe(1);
		expect(stdout).toContain(NOT_BORNE_OUT);
		expect(stdout).toMatch(/results of 0 to [0-9]+: WRONG here: results\/president\.json/);
		expect(stdout).not.toContain(BORNE_OUT);
	});

	it('2 the operator exchanged an image, or took one away: the same, by its digest', async () => {
		const digest = suite.sha256Hex(picture('004'));
		const folder = copyOf(count);
		rmSync(join(folder, `blob/${digest.slice(0, 2)}/${digest}`));
		const { code, stdout } = await verifyAt(await host(folder), count);
		expect(code).toBe(1);
		expect(stdout).toMatch(new RegExp(`images of 0 to [0-9]+: WRONG here: blob/${digest.slice(0, 2)}/${digest}`));
		expect(stdout).toContain(NOT_BORNE_OUT);
	});

	it('2 the operator changed a row of the database: its own people find the row, and nothing that is published follows it', async () => {
		const db = new Database(join(count.dir, 'matokeo.sqlite'));
		const sql = `UPDATE "return" SET json = replace(json, '[140,90,10,240,2,242]', '[90,140,10,240,2,242]') WHERE key = 'president|004|1'`;
		expect(db.prepare(sql).run().changes).toBe(1);
		const found = await matokeo('fsck', count.dir);
		db.prepare(
			sql.replace(
				"'[140,90,10,240,2,242]', '[90,140,10,240,2,242]'",
				"'[90,140,10,240,2,242]', '[140,90,10,240,2,242]'",
			),
		).run();
		db.close();
		expect([found.code, found.stdout]).toEqual([
			1,
			expect.stringMatching(/table return, row "president\|004\|1", station 004/),
		]);
		expect((await count.verify(...count.anchor)).code).toBe(0);
	});

	it('2 the operator hid a statement: to whoever holds its receipt the record is another one', async () => {
		const url = await host(forged(count, hiding(count, objection.id)));
		// The folder by itself is as sound as any: what is not in it leaves no trace in it.
		const alone = await verifyAt(url, count);
		expect([alone.code, alone.stdout.includes(BORNE_OUT)]).toEqual([0, true]);
		const { code, stdout } = await verifyAt(url, count, '--against', kept(objection.proof));
		expect(code).toBe(1);
		expect(stdout).toMatch(/consistency of 0 to [0-9]+: WRONG here/);
		expect(stdout).toContain(NOT_BORNE_OUT);
		expect(stdout).toContain('EVIDENCE: keep this');
	});

	it('2 what the notice says was touched is said: then it did not fail, and the rules refuse to call it so', async () => {
		const touched: speech.Unsaid = {
			type: 'notice/file',
			notice: {
				kind: 'incident',
				attempted: 'sign-in',
				checks: [{ check: 'replay', from: 0, to: 10 }],
				from: START,
				outcome: 'failed',
				surface: 'server',
				touched: [objection.id],
			},
		};
		expect(await count.send(count.speak(touched, 'registrar/1'))).toMatchObject({ kind: 'refused', rule: 'S41' });
	});
});
