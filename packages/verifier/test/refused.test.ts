/** A refusal that the log signed, asked of the rules again (V54): wrong refusals are found and proved, right ones are not blamed, whatever else is brought is said. */
import { printRefusal, type SignedRefusal } from '@matokeo/core/record/refusalNote.ts';
import { ORIGIN } from '@matokeo/core/testing/smallElection.ts';
import { afterAll, describe, expect, it } from 'vitest';
import type { Report } from '../src/report/report.ts';
import { verifyFolder } from '../src/verify.ts';
import { publish, removeFolders } from './support/publish.ts';
import { capture, keyBehind, type Note, presidential, signBy, small, smallLog } from './support/smallLog.ts';

const log = smallLog();
const { dir } = publish(log);
const one = capture('005', presidential(1, 2, 3, 4));
const logged = log.find(({ tag }) => tag === 'capture 002') ?? one;
afterAll(removeFolders);

function refusal(more: Partial<SignedRefusal> = {}, key = ORIGIN): Uint8Array {
	const { id: election, digest } = small.election;
	const said = { election, digest, rule: 'S27', size: 290, statement: one.id, ...more };
	return printRefusal(said, { name: ORIGIN, keyId: keyBehind(key).keyId, sign: (text) => signBy(key, text) });
}

async function asked(
	against: Uint8Array,
	statement: Uint8Array | undefined = one.bytes,
	folder = dir,
): Promise<Report> {
	const more = statement === undefined ? {} : { statement };
	const report = await verifyFolder(folder, { workers: 0, against, ...more });
	if (!report.ok) throw new Error(report.error);
	return report.value;
}

const problems = ({ checks }: Report) => checks.flatMap((check) => check.problems);

describe('V54 a refusal', () => {
	it.each([290, 300])('of what the rules admit after %i statements is wrong, and both notes prove it', async (size) => {
		const report = await asked(refusal({ size }));
		expect(problems(report)).toEqual([
			expect.objectContaining({ check: 'against', index: size, statement: one.id, rule: 'S27' }),
		]);
		const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();
		expect(report.evidence?.notes).toEqual([text(refusal({ size })), text(one.bytes)]);
	});

	it.each([
		['before its signer was enrolled', refusal({ size: 2 }), one, /S6, not S27/],
		['before the log was opened', refusal({ size: 0, rule: 'S9' }), one, /S9, /],
		['of what was logged by then', refusal({ statement: logged.id }), logged, /S8, not S27/],
	])('%s is right, and is no fault', async (_name, note, statement: Note, remark) => {
		const report = await asked(note, statement.bytes);
		expect([report.verdict, problems(report)]).toEqual(['consistent', []]);
		expect(report.remarks.join(' ')).toMatch(remark);
	});

	it('of what was logged afterwards is said to be in the log all the same', async () => {
		const report = await asked(refusal({ size: 4, statement: logged.id }), logged.bytes);
		expect(report.remarks.join(' ')).toContain('in the log all the same');
		expect(problems(report)).toHaveLength(1);
	});

	const other = { election: 'elsewhere-2026' };
	const cases: readonly (readonly [string, () => Promise<Report>, RegExp])[] = [
		['that another key signed', () => asked(refusal({}, 'po/001')), /shows nothing about this log/],
		['of another election', () => asked(refusal(other)), /another election/],
		['at a size that the folder has not', () => asked(refusal({ size: 301 })), /older than your refusal/],
		['without the statement', () => asked(refusal(), new Uint8Array(0)), /statement itself/],
		['with another statement', () => asked(refusal(), logged.bytes), /statement itself/],
		['with bytes behind it', () => asked(Buffer.concat([refusal(), Buffer.from('x')])), /shows nothing/],
	];
	it.each(cases)('%s is no proof, and why is said', async (_name, ask, means) => {
		const report = await ask();
		expect(problems(report)).toEqual([
			expect.objectContaining({ check: 'against', means: expect.stringMatching(means) }),
		]);
		expect(report.evidence).toBeUndefined();
	});
});
