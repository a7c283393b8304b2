/** The log's clock against the times of its witnesses (V61, V62): in the log, in the file `witnessed`, on a checkpoint that the reader kept, and while a log is followed. */
import { leafHash, rootOf } from '@matokeo/core/log/merkle.ts';
import { utf8Decode } from '@matokeo/core/std/bytes.ts';
import { ORIGIN } from '@matokeo/core/testing/smallElection.ts';
import { afterAll, describe, expect, it } from 'vitest';
import { CLOCK_TOLERANCE_SECONDS } from '../src/check/limits.ts';
import type { Check, Problem } from '../src/check/problem.ts';
import { reportText } from '../src/report/text.ts';
import { type VerifyOptions, verifyFolder } from '../src/verify.ts';
import { following, grow, seedFolder } from './support/following.ts';
import { publish, put, removeFolders } from './support/publish.ts';
import { checkpointNote, type Note, note, START, smallLog, suite, tick } from './support/smallLog.ts';

/** The last tick in it is the only one since the opening. */
const log = smallLog().slice(0, 26);
const LATE = 20_000;
afterAll(removeFolders);

const rootAt = (notes: readonly Note[], size: number): Uint8Array =>
	rootOf(
		suite,
		notes.slice(0, size).map(({ bytes }) => leafHash(suite, bytes)),
	);

/** A checkpoint of the first statements, cosigned so many seconds after the log's first second. */
const cosigned = (notes: readonly Note[], size: number, seconds: number, witnesses = ['witness/sun']): Uint8Array =>
	checkpointNote(size, rootAt(notes, size), witnesses, ORIGIN, START + seconds);

const witnessed = (notes: readonly Note[], size: number, seconds: number, witnesses?: readonly string[]): Note =>
	note(
		'w',
		{
			type: 'log/witnessed',
			checkpoint: utf8Decode(cosigned(notes, size, seconds, [...(witnesses ?? ['witness/sun'])])) ?? '',
		},
		[ORIGIN],
	);

async function clockOf(
	dir: string,
	options: VerifyOptions = {},
	says = /dated its clock back|stand still/,
): Promise<Check> {
	const report = await verifyFolder(dir, { workers: 0, ...options });
	const check = report.ok ? report.value.checks.find(({ name }) => name === 'clock') : undefined;
	if (!report.ok || check === undefined) throw new Error('no report');
	const others = report.value.checks.filter(({ name, failed }) => name !== 'clock' && failed > 0);
	expect(others).toEqual([]);
	expect(report.value.verdict).toBe(check.failed > 0 ? 'failed' : 'consistent');
	if (check.failed > 0) expect(reportText(report.value)).toMatch(says);
	return check;
}

const only = ({ problems }: Check): Problem => {
	const [problem] = problems;
	if (problem === undefined || problems.length !== 1) throw new Error(`${problems.length} problems`);
	return problem;
};

describe('V61 a back-dated tick', () => {
	it('after the witnessed checkpoint and before it is said in the log', async () => {
		const notes = [...log, tick(LATE - 1_000)];
		const check = await clockOf(publish([...notes, witnessed(notes, 26, LATE)]).dir);
		const problem = only(check);
		expect(problem.index).toBe(26);
		expect(problem.came).toContain('1000 seconds earlier');
		expect(problem.expected).toContain('witness/sun');
	});

	it('is not one within the tolerance, nor when the first tick behind the checkpoint is later', async () => {
		const notes = [...log, tick(LATE - CLOCK_TOLERANCE_SECONDS), tick(LATE)];
		const check = await clockOf(publish([...notes, witnessed(notes, 26, LATE), tick(LATE + 1)]).dir);
		expect([check.checked, check.failed]).toEqual([1, 0]);
	});

	it('is the first behind the checkpoint, not one that the witness had seen', async () => {
		const notes = [...log, tick(100), tick(LATE)];
		const seen = await clockOf(publish([...notes, witnessed(notes, 27, LATE)]).dir);
		expect([seen.checked, seen.failed]).toEqual([1, 0]);
		const unseen = await clockOf(publish([...notes, witnessed(notes, 26, LATE)]).dir);
		expect(only(unseen).index).toBe(26);
	});

	it('is told by each witness that says so, and by no other', async () => {
		const root = rootAt(log, 26);
		const one = Buffer.from(checkpointNote(26, root, ['witness/sun'], ORIGIN, START + LATE)).toString();
		const two = Buffer.from(checkpointNote(26, root, ['witness/moon'], ORIGIN, START + 60)).toString();
		const both = `${one}${two.trimEnd().split('\n').at(-1) ?? ''}\n`;
		const said = note('w', { type: 'log/witnessed', checkpoint: both }, [ORIGIN]);
		const check = await clockOf(publish([...log, tick(90), said]).dir);
		expect([check.checked, only(check).expected.includes('witness/sun')]).toEqual([2, true]);
	});

	it('is told, and laid to nobody, by what the reader kept or the quorum has seen: anybody can have an old checkpoint cosigned once more', async () => {
		const notes = [...log, tick(LATE - 1_000), tick(LATE)];
		const kept = cosigned(notes, 26, LATE, ['witness/court', 'witness/news']);
		const { dir } = publish(notes);
		const without = await clockOf(dir);
		expect([without.checked, without.failed, without.skipped]).toEqual([0, 0, expect.any(String)]);
		const told = async (options: VerifyOptions = {}) => {
			const report = await verifyFolder(dir, { workers: 0, ...options });
			if (!report.ok) throw new Error(report.error);
			const clock = report.value.checks.find(({ name }) => name === 'clock');
			return [
				report.value.verdict,
				clock?.checked,
				report.value.remarks.filter((one) => one.startsWith('Beside the log')),
			];
		};
		const said = [expect.stringMatching(/statement 26, a tick .+ 1000 seconds earlier.+accuses nobody/)];
		expect(await told({ against: kept })).toEqual(['consistent', 1, said]);
		put(dir, 'witnessed', kept);
		expect(await told()).toEqual(['consistent', 1, said]);
	});

	it('is not made by one witness, or by fewer than a quorum, on a checkpoint that the log has not taken in', async () => {
		const notes = [...log, tick(LATE - 1_000), tick(LATE)];
		const root = rootAt(notes, 26);
		const alone = cosigned(notes, 26, LATE, ['witness/sun']);
		const honest = checkpointNote(26, root, ['witness/court', 'witness/news'], ORIGIN, START + 60);
		const lines = Buffer.from(alone).toString().trimEnd().split('\n').at(-1) ?? '';
		const among = Buffer.from(`${Buffer.from(honest).toString()}${lines}\n`);
		for (const kept of [alone, cosigned(notes, 26, LATE, ['witness/sun', 'witness/moon']), among]) {
			const { dir } = publish(notes);
			expect((await clockOf(dir, { against: kept })).failed).toBe(0);
			put(dir, 'witnessed', kept);
			expect((await clockOf(dir)).failed).toBe(0);
		}
	});

	it('is found while the log is followed, with what evidence takes', async () => {
		const dir = seedFolder(log);
		const one = await following(dir);
		const { root } = grow(dir, log);
		await one.advance(checkpointNote(26, root, ['witness/court', 'witness/news'], ORIGIN, START + LATE));
		const next = [...log, tick(90)];
		const step = await one.advance(grow(dir, next).checkpoint);
		expect(step).toMatchObject({ kind: 'ok', found: [] });
		expect(step).toMatchObject({
			backDated: [{ index: 26, time: START + 90, seconds: START + LATE, witness: 'witness/court" and "witness/news' }],
		});
		const said = [...next, witnessed(next, 26, LATE)];
		expect(await one.advance(grow(dir, said).checkpoint)).toMatchObject({
			found: [],
			backDated: [{ index: 26, witnessed: 27 }],
		});
		expect(await one.advance(grow(dir, [...said, tick(LATE)]).checkpoint)).toMatchObject({ backDated: [] });
	});
});

describe('V61 a clock that stands still', () => {
	it('is found by the first log/witnessed that it lets in, though the next tick is right', async () => {
		const notes = [...log, witnessed(log, 26, LATE)];
		const problem = only(await clockOf(publish([...notes, tick(LATE + 5)]).dir, {}, /stand still/));
		expect([problem.index, problem.came]).toEqual([26, expect.stringContaining(`${LATE - 1} seconds earlier`)]);
		expect(problem.expected).toContain('witness/sun');
	});

	it('is none within the tolerance, and none where a tick came before the log said it', async () => {
		const quick = await clockOf(publish([...log, witnessed(log, 26, CLOCK_TOLERANCE_SECONDS + 1), tick(900)]).dir);
		expect(quick.failed).toBe(0);
		const ticked = [...log, tick(LATE)];
		expect((await clockOf(publish([...ticked, witnessed(ticked, 26, LATE), tick(LATE + 5)]).dir)).failed).toBe(0);
	});

	it('is found beside a tick that is too early, which is evidence', async () => {
		const notes = [...log, witnessed(log, 26, LATE), tick(LATE - 301), tick(LATE + 5)];
		const { problems } = await clockOf(publish(notes).dir);
		expect(problems.map(({ index }) => index)).toEqual([26, 27]);
	});

	it('is found while the log is followed', async () => {
		const dir = seedFolder(log);
		const one = await following(dir);
		await one.advance(grow(dir, log).checkpoint);
		const step = await one.advance(grow(dir, [...log, witnessed(log, 26, LATE)]).checkpoint);
		expect(step).toMatchObject({ kind: 'ok', found: [{ check: 'clock', index: 26 }], backDated: [] });
	});
});

describe('V62 a tick that is ahead', () => {
	it('is not shown to be wrong by a witness', async () => {
		const notes = [...log, tick(LATE * 100)];
		const check = await clockOf(publish([...notes, witnessed(notes, 27, LATE), tick(LATE * 100 + 1)]).dir);
		expect([check.checked, check.failed]).toEqual([1, 0]);
	});
});

describe('V8 the file of what the quorum has seen', () => {
	const cases: readonly (readonly [string, () => Uint8Array, RegExp])[] = [
		['of another history', () => checkpointNote(20, suite.sha256(Buffer.from('x')), ['witness/sun']), /two histories/],
		['beyond the checkpoint', () => checkpointNote(30, suite.sha256(Buffer.from('x')), ['witness/sun']), /cut off/],
		['of another log', () => checkpointNote(20, rootAt(log, 20), ['witness/sun'], 'po/001'), /shows nothing/],
	];
	it.each(cases)('%s is wrong', async (_, make, means) => {
		const { dir } = publish(log);
		put(dir, 'witnessed', make());
		const report = await verifyFolder(dir, { workers: 0 });
		if (!report.ok) throw new Error(report.error);
		const problems = report.value.checks.flatMap((check) => check.problems);
		expect(problems).toEqual([
			expect.objectContaining({ check: 'cosignatures', file: 'witnessed', means: expect.stringMatching(means) }),
		]);
	});

	it('of this log is right, and is said', async () => {
		const { dir } = publish(log, { witnesses: [] });
		put(dir, 'witnessed', cosigned(log, 20, 100, ['witness/sun', 'witness/moon', 'witness/news', 'witness/court']));
		const report = await verifyFolder(dir, { workers: 0 });
		if (!report.ok) throw new Error(report.error);
		expect(report.value.verdict).toBe('consistent');
		expect(report.value.remarks.join()).toContain('has seen the first 20 of these 26');
	});
});
