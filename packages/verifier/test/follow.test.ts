/**
 * Following a log in steps (V63, V64): the same totals, root and findings as a verification of the whole folder, whatever the steps; and whatever was served that is not the log's changes nothing, and can be put right.
 */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { checkInclusion, leafHash } from '@matokeo/core/log/merkle.ts';
import { parseProof } from '@matokeo/core/log/proof.ts';
import { parseLeaf } from '@matokeo/core/record/leaf.ts';
import type { LoggedEvent } from '@matokeo/core/standings/events.ts';
import { areaResults, contestResults } from '@matokeo/core/standings/results.ts';
import { bytesEqual } from '@matokeo/core/std/bytes.ts';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { Problem } from '../src/check/problem.ts';
import type { ImageNews } from '../src/follow/images.ts';
import { verifyFolder } from '../src/verify.ts';
import { find } from './support/alterations.ts';
import { following, grow, seedFolder, steps } from './support/following.ts';
import { publish, put, removeFolders } from './support/publish.ts';
import { checkpointNote, type Note, START, small, smallLog, suite } from './support/smallLog.ts';

const log = smallLog();
const contest = [...small.election.contests.values()][0];
afterAll(removeFolders);

/** A log with void leaves in it: one that the rules refuse, one that is no statement, and one with a signature of somebody else. */
function withVoids(): readonly Note[] {
	const twice = find(log, 'capture 001');
	const forged = Buffer.from(find(log, 'capture 004').bytes).toString().replace('"alba":103', '"alba":104');
	const odd = [twice, { ...twice, bytes: Buffer.from('hello') }, { ...twice, bytes: Buffer.from(forged) }];
	return [...log.slice(0, 270), ...odd, ...log.slice(270)];
}

const byPlace = (problems: readonly Problem[]): readonly Problem[] =>
	problems.toSorted((a, b) => (a.index ?? 0) - (b.index ?? 0) || (a.check < b.check ? -1 : 1));

describe('following', () => {
	it('V63 in any steps gives the totals, the root and the findings of a verification of the whole', async () => {
		const notes = withVoids();
		const whole = publish(notes);
		const report = await verifyFolder(whole.dir, { workers: 0 });
		if (!report.ok || contest === undefined) throw new Error('no report');
		const all = await following(whole.dir);
		await all.advance(whole.checkpoint);
		const cuts = fc.uniqueArray(fc.integer({ min: 0, max: notes.length - 1 }), { maxLength: 5 });
		await fc.assert(
			fc.asyncProperty(cuts, fc.boolean(), async (sizes, observed) => {
				const dir = seedFolder(notes);
				const one = await following(dir, observed ? { observe: () => undefined } : {});
				const found = await steps(dir, one, notes, [...sizes.toSorted((a, b) => a - b), notes.length]);
				expect(contestResults(one.standing(), contest)).toEqual(report.value.contests[contest.id]);
				expect(areaResults(one.standing(), contest)).toEqual(areaResults(all.standing(), contest));
				for (const table of ['log', 'key', 'unit', 'return', 'capture', 'blob'] as const)
					expect(new Map<string, unknown>(one.rows.entries(table))).toEqual(
						new Map<string, unknown>(all.rows.entries(table)),
					);
				expect(one.tree.rootAt(notes.length)).toEqual(Buffer.from(whole.root));
				const expected = report.value.checks.flatMap(({ problems }) => problems);
				expect(expected).toHaveLength(3);
				expect(byPlace(found)).toEqual(byPlace(expected));
				await one.close();
			}),
			{ numRuns: 12 },
		);
	}, 120_000);

	it('V63 tells events in order, once each, and which images are public', async () => {
		const dir = seedFolder(log);
		const [events, images]: [LoggedEvent[], ImageNews[]] = [[], []];
		const one = await following(dir, { observe: (event) => events.push(event), onImage: (news) => images.push(news) });
		await steps(dir, one, log, [5, 8, 30, 31, 300]);
		const again: LoggedEvent[] = [];
		const whole = await following(dir, { observe: (event) => again.push(event) });
		await whole.advance(readFileSync(join(dir, 'checkpoint')));
		expect(events.length).toBeGreaterThan(10);
		expect(events).toEqual(again);
		for (const { index, type, time } of events) {
			const leaf = parseLeaf(suite, log[index]?.bytes ?? new Uint8Array(0));
			expect([leaf.ok && leaf.value.statement.type, time >= START || index === 0]).toEqual([type, true]);
		}
		const shown = [...one.publicImages()].map(({ sha256 }) => sha256).toSorted();
		const withheld = new Set(images.filter(({ state }) => state === 'withheld').map(({ sha256 }) => sha256));
		const told = new Set(images.filter(({ state }) => state === 'public').map(({ sha256 }) => sha256));
		expect([shown.length, withheld.size]).toEqual([3, 1]);
		expect([...told].filter((sha256) => !withheld.has(sha256)).toSorted()).toEqual(shown);
	});

	it('V63 a checkpoint with more cosignatures is the same log, and a size of nothing too', async () => {
		const dir = seedFolder(log);
		const one = await following(dir);
		const empty = checkpointNote(0, suite.sha256(new Uint8Array(0)));
		expect(await one.advance(empty)).toMatchObject({ kind: 'ok', size: 0 });
		const { root } = grow(dir, log.slice(0, 40));
		expect(await one.advance(checkpointNote(40, root))).toMatchObject({ kind: 'ok', size: 40 });
		const cosigned = checkpointNote(40, root, ['witness/sun', 'witness/moon']);
		expect(await one.advance(cosigned)).toMatchObject({ kind: 'ok', size: 40, found: [] });
		expect(one.checkpoint()).toBe(cosigned);
	});

	it('V64 a void leaf is handed out with its rule and a proof that the log signed for it', async () => {
		const notes = withVoids();
		const dir = seedFolder(notes);
		const one = await following(dir);
		await steps(dir, one, notes, [269]);
		const step = await one.advance(grow(dir, notes.slice(0, 290)).checkpoint);
		if (step.kind !== 'ok') throw new Error(step.why);
		expect(step.voids.map(({ index, rule }) => [index, rule])).toEqual([
			[270, 'S8'],
			[271, 'S1'],
			[272, 'S7'],
		]);
		for (const { index, bytes } of step.voids) {
			const logged = one.logged(index);
			const proof = parseProof(logged?.proof ?? new Uint8Array(0));
			if (logged === undefined || !proof.ok) throw new Error('no proof');
			expect(bytesEqual(bytes, notes[index]?.bytes ?? new Uint8Array(0))).toBe(true);
			expect(bytesEqual(bytes, logged.leaf)).toBe(true);
			const claim = { index, size: 290, leafHash: leafHash(suite, bytes), root: step.root };
			expect(checkInclusion(suite, claim, proof.value.hashes)).toBe(true);
		}
	});

	it('V40 compares results exactly where they stand, on the way', async () => {
		const opened = log.findIndex(({ tag }) => tag === 'open capture 002');
		for (const size of [opened, opened + 1]) {
			const dir = seedFolder(log);
			const one = await following(dir);
			const results = readFileSync(join(publish(log.slice(0, size)).dir, 'results/president.json'));
			expect(one.compareResults('president', results)).toEqual({ kind: 'waits', size });
			expect(await one.advance(grow(dir, log.slice(0, 60)).checkpoint)).toMatchObject({ kind: 'ok', found: [] });
			expect(one.compareResults('president', results)).toEqual({ kind: 'passed', size });
		}
	});

	it('V40 compares results now, later, or not any more', async () => {
		const dir = seedFolder(log);
		const one = await following(dir);
		const { dir: at40 } = publish(log.slice(0, 40));
		const results = readFileSync(join(at40, 'results/president.json'));
		const wrong = Buffer.from(results.toString().replace('"alba":406', '"alba":407'));
		expect(one.compareResults('president', wrong)).toEqual({ kind: 'waits', size: 40 });
		const step = await one.advance(grow(dir, log.slice(0, 60)).checkpoint);
		expect(step).toMatchObject({ kind: 'ok', found: [{ check: 'results', contest: 'president' }] });
		expect(one.compareResults('president', results)).toEqual({ kind: 'passed', size: 40 });
		const now = readFileSync(join(dir, 'results/president.json'));
		expect(one.compareResults('president', now)).toEqual({ kind: 'compared', found: [] });
		const figure = Buffer.from(now.toString().replace('"alba":406', '"alba":1'));
		expect(one.compareResults('president', figure)).toMatchObject({ kind: 'compared', found: [{ check: 'results' }] });
		expect(one.compareResults('nobody', now)).toMatchObject({ kind: 'unreadable' });
		expect(one.compareResults('president', Buffer.from('{}'))).toMatchObject({ kind: 'unreadable' });
	});
});

/** What spoils a folder of 300 statements, and what the answer names. */
const SPOILED: readonly (readonly [string, (dir: string) => void, string, string])[] = [
	['a bundle damaged', (dir) => flip(dir, 'tile/entries/000', 9_000), 'wrong-root', 'tile/entries/000'],
	[
		'the bundle at the edge damaged',
		(dir) => flip(dir, 'tile/entries/001.p/44', 300),
		'wrong-root',
		'tile/entries/001.p/44',
	],
	[
		'a bundle cut off',
		(dir) => put(dir, 'tile/entries/000', readFileSync(join(dir, 'tile/entries/000')).subarray(0, 900)),
		'missing-files',
		'tile/entries/000',
	],
	['a bundle missing', (dir) => rmSync(join(dir, 'tile/entries/001.p/44')), 'missing-files', 'tile/entries/001.p/44'],
	['a tile changed', (dir) => flip(dir, 'tile/0/000', 70), 'missing-files', 'tile/0/000'],
	['a tile missing', (dir) => rmSync(join(dir, 'tile/0/001.p/44')), 'missing-files', 'tile/0/001.p/44'],
	['a tile above changed', (dir) => flip(dir, 'tile/1/000.p/1', 3), 'missing-files', 'tile/1/000.p/1'],
];

function flip(dir: string, path: string, at: number): void {
	const bytes = readFileSync(join(dir, path));
	bytes[at] = (bytes[at] ?? 0) ^ 1;
	put(dir, path, bytes);
}

describe('following: files that are not the log’s', () => {
	it.each(SPOILED)(
		'V64 %s: nothing is changed, the file is named, and with the right one it goes on',
		async (_, spoil, kind, file) => {
			for (const from of [0, 200, 270]) {
				const dir = seedFolder(log);
				const one = await following(dir);
				if (from > 0) await steps(dir, one, log, [from]);
				const { checkpoint } = grow(dir, log);
				spoil(dir);
				const before = one.size();
				const step = await one.advance(checkpoint);
				// A full tile that was verified before is not looked at again.
				if (from === 270 && file.endsWith('/000')) {
					expect(step.kind).toBe('ok');
					continue;
				}
				// Where the statement that was altered had been verified before, the root holds and the file does not.
				const known = kind === 'wrong-root' && from > (file.endsWith('000') ? 0 : 256);
				expect(step).toMatchObject({ kind: known ? 'missing-files' : kind, files: expect.arrayContaining([file]) });
				expect(one.size()).toBe(before);
				grow(dir, log);
				expect(await one.advance(checkpoint)).toMatchObject({ kind: 'ok', size: 300, found: [] });
			}
		},
	);

	it('V64 names the bundle that is wrong and no other where the tiles tell, and else all that came', async () => {
		const dir = seedFolder(log);
		const { checkpoint } = grow(dir, log);
		flip(dir, 'tile/entries/000', 9_000);
		const one = await following(dir);
		expect(await one.advance(checkpoint)).toMatchObject({ files: ['tile/entries/000', 'tile/0/000'] });
		flip(dir, 'tile/1/000.p/1', 3);
		const all = ['tile/1/000.p/1', 'tile/entries/000', 'tile/0/000', 'tile/entries/001.p/44', 'tile/0/001.p/44'];
		expect(await one.advance(checkpoint)).toMatchObject({ kind: 'wrong-root', files: all });
	});

	it('V64 a file that changes between its check and its replay is trouble, and ends the following', async () => {
		const dir = seedFolder(log);
		const { checkpoint } = grow(dir, log);
		let spoiled = false;
		const one = await following(dir, {
			observe: () => {
				if (!spoiled) flip(dir, 'tile/entries/001.p/44', 300);
				spoiled = true;
			},
		});
		await expect(one.advance(checkpoint)).rejects.toThrow('files stay as they are');
		grow(dir, log);
		await expect(one.advance(checkpoint)).rejects.toThrow('open it anew');
		expect(await (await following(dir)).advance(checkpoint)).toMatchObject({ kind: 'ok', found: [] });
	});

	it('V64 a size that was signed for and is not there costs no work', async () => {
		const dir = seedFolder(log);
		const one = await following(dir);
		await steps(dir, one, log, [40]);
		const huge = checkpointNote(2 ** 52, suite.sha256(Buffer.from('x')));
		expect(await one.advance(huge)).toMatchObject({ kind: 'missing-files' });
		await steps(dir, one, log, [300]);
	});

	it('a checkpoint of another log, of nobody, or altered is none', async () => {
		const dir = seedFolder(log);
		const one = await following(dir);
		const { checkpoint, root } = grow(dir, log);
		const altered = Buffer.from(checkpoint).toString().replace('\n300\n', '\n299\n');
		for (const note of [checkpointNote(300, root, [], 'po/001'), Buffer.from(altered), Buffer.from('hello')])
			expect(await one.advance(note)).toMatchObject({ kind: 'not-a-checkpoint' });
		expect(one.size()).toBe(0);
	});

	it('a folder without a sound package, or with another one, is not followed', async () => {
		const dir = seedFolder(log);
		expect((await following(dir, { anchor: small.election.digest })).size()).toBe(0);
		await expect(following(dir, { anchor: 'ab'.repeat(32) })).rejects.toThrow('digest');
		flip(dir, 'package/stations.csv', 60);
		await expect(following(dir)).rejects.toThrow('cannot be followed');
	});
});
