/** `matokeo verify` as a person runs it: exit codes, where things are written, the members of the JSON, a kept receipt, and messages that say what to do. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { printRefusal } from '@matokeo/core/record/refusalNote.ts';
import { ORIGIN } from '@matokeo/core/testing/smallElection.ts';
import { newFolder, publish, put, removeFolders } from '@matokeo/verifier/testing/publish.ts';
import { receiptFor } from '@matokeo/verifier/testing/rewritten.ts';
import { capture, keyBehind, presidential, signBy, small, smallLog } from '@matokeo/verifier/testing/smallLog.ts';
import { afterAll, describe, expect, it } from 'vitest';
import { runVerify, type VerifyOptions } from '../src/verbs/verify.ts';

const sound = publish(smallLog());
const anchor = small.election.digest;

async function run(folder: string, options: VerifyOptions = {}) {
	const said = { stdout: '', stderr: '' };
	const out = {
		stdout: (text: string) => {
			said.stdout += text;
		},
		stderr: (text: string) => {
			said.stderr += text;
		},
	};
	return { exit: await runVerify(folder, out, { workers: 1, ...options }), ...said };
}

afterAll(removeFolders);

describe('matokeo verify', () => {
	it('V3 answers 0 when nothing fails, and writes the report to standard output', async () => {
		const { exit, stdout, stderr } = await run(sound.dir, { anchor });
		expect(exit).toBe(0);
		expect(stdout).toMatch(/^VERIFIED: /);
		expect(stderr).toMatch(/300 of 300 \(100 %\)/);
	});

	it('V1 the JSON has the members that programs rely on, and standard error stays empty', async () => {
		const { exit, stdout, stderr } = await run(sound.dir, { json: true });
		const report = JSON.parse(stdout);
		expect([exit, stderr]).toEqual([0, '']);
		expect(report).toMatchObject({
			verdict: 'consistent',
			anchored: false,
			log: { origin: 'small.example/log', size: 300 },
		});
		expect(report.checks[0]).toMatchObject({ name: 'anchor', failed: 0, problems: [] });
		const { president } = report.contests;
		for (const member of ['due', 'missing', 'quarantined', 'discrepant', 'discrepant_open', 'stages', 'outcome'])
			expect(president).toHaveProperty(member);
		for (const stage of ['reported', 'verified'])
			expect(Object.keys(president.stages[stage]).toSorted()).toEqual(['categories', 'stations', 'votes']);
	});

	it('V2 answers 1 for a folder of another package than the anchor says', async () => {
		const { exit, stdout } = await run(sound.dir, { anchor: 'ab'.repeat(32) });
		expect(exit).toBe(1);
		expect(stdout).toContain('Compare the digest with the printed one');
	});

	it('V50 takes a receipt, and finds a statement that was dropped', async () => {
		const file = join(newFolder(), 'mine.tlog-proof');
		writeFileSync(file, receiptFor(sound, 20));
		expect((await run(sound.dir, { against: file })).exit).toBe(0);
		const without = publish(smallLog().filter((_, index) => index !== 290));
		const { exit, stdout } = await run(without.dir, { against: file });
		expect(exit).toBe(1);
		expect(stdout).toContain('EVIDENCE');
	});

	it('V54 takes a refusal with the statement that was refused, and neither without the other', async () => {
		const dir = newFolder();
		const [refusal, statement] = [join(dir, 'refusal.note'), join(dir, 'statement.note')];
		const one = capture('005', presidential(1, 2, 3, 4));
		const said = {
			election: small.election.id,
			digest: small.election.digest,
			rule: 'S27',
			size: 290,
			statement: one.id,
		};
		const log = { name: ORIGIN, keyId: keyBehind(ORIGIN).keyId, sign: (text: Uint8Array) => signBy(ORIGIN, text) };
		writeFileSync(refusal, printRefusal(said, log));
		writeFileSync(statement, one.bytes);
		const judged = await run(sound.dir, { against: refusal, statement });
		expect(judged.exit).toBe(1);
		expect(judged.stdout).toMatch(/EVIDENCE[\s\S]*refused by S27[\s\S]*signed note[\s\S]*matokeo\/v1 refusal/);
		for (const options of [{ against: refusal }, { statement }, { against: join(sound.dir, 'checkpoint'), statement }])
			expect((await run(sound.dir, options)).exit).toBe(2);
	});

	it('V3 answers 2 when it could not run, and says what to do', async () => {
		const empty = newFolder();
		put(empty, 'readme.txt', 'nothing');
		const large = join(empty, 'large');
		writeFileSync(large, Buffer.alloc(3_000_000));
		const cases: readonly (readonly [string, VerifyOptions, RegExp])[] = [
			[join(empty, 'nowhere'), {}, /Check the name/],
			[join(empty, 'readme.txt'), {}, /is a file. Name the folder/],
			[empty, {}, /is not what a log publishes/],
			[sound.dir, { against: join(empty, 'nowhere') }, /cannot be read: there is nothing of that name.*\(ENOENT\)/],
			[sound.dir, { against: large }, /too large/],
			[sound.dir, { anchor: 'AB' }, /64 lower-case hex digits/],
			[sound.dir, { keep: 'somewhere' }, /are for an address/],
			[sound.dir, { images: false }, /are for an address/],
		];
		for (const [folder, options, message] of cases) {
			const { exit, stdout, stderr } = await run(folder, options);
			expect([exit, stdout]).toEqual([2, '']);
			expect(stderr).toMatch(message);
		}
	});
});
