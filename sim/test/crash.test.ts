/**
 * Nothing acknowledged is ever lost (D3, D5, D6, D14): hundreds of SIGKILLs at named points and at random moments, the receipts held outside; and two builds that acknowledge too early, which
 * this test must find.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contextOf } from '@matokeo/core/rules/context.ts';
import { trustOf } from '@matokeo/core/rules/witnessed.ts';
import { CRASH_POINTS } from '@matokeo/server/app/crashPoint.ts';
import { election, suite } from '@matokeo/server/testing/world.ts';
import { afterAll, describe, expect, it } from 'vitest';
import type { Build } from '../src/crash/faulty.ts';
import { holder } from '../src/crash/holder.ts';
import { crashRun } from '../src/crash/run.ts';
import { writeScript } from '../src/crash/script.ts';
import { script } from '../src/crash/stage.ts';

const folders: string[] = [];

afterAll(() => {
	for (const dir of folders) rmSync(dir, { recursive: true, force: true });
});

/** A small generator (mulberry32): the same seed, the same choices. */
function chanceFrom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}

const ROUNDS = 28;

async function run(build: Build, kills: number, seed: number) {
	const dir = mkdtempSync(join(tmpdir(), 'matokeo-crash-'));
	folders.push(dir);
	const played = script(ROUNDS);
	writeScript(dir, played);
	const held = holder(suite, trustOf(contextOf(suite, election)), dir);
	const outcome = await crashRun({
		suite,
		dir,
		cache: join(tmpdir(), 'matokeo-crash-code'),
		build,
		kills,
		first: seed * kills,
		steps: played.steps.length,
		holder: held,
		chance: chanceFrom(seed),
		untilComplaint: build !== 'honest',
	});
	held.look('all');
	return { outcome, held };
}

/** Two logs at a time, each killed so often, one after the other. */
const RUNS = 4;
const KILLS = 80;

describe('crashes', () => {
	it(`D14 ${RUNS * KILLS} SIGKILLs: every receipt stays true, no size has two roots, every start is without hands`, async () => {
		const ran = [];
		for (let seed = 0; seed < RUNS; seed += 2)
			ran.push(...(await Promise.all([run('honest', KILLS, seed), run('honest', KILLS, seed + 1)])));
		expect(ran.flatMap(({ held }) => held.complaints)).toEqual([]);
		expect(ran.map(({ outcome }) => outcome.kills)).toEqual(Array(RUNS).fill(KILLS));
		for (const { held } of ran) expect(held.receipts()).toBeGreaterThan(100);
		const visited = new Set(ran.flatMap(({ outcome }) => [...outcome.diedAt.keys()]));
		expect([...visited].sort()).toEqual(['', ...Object.keys(CRASH_POINTS)].sort());
	}, 300_000);

	it.each([
		['answers-early', /^acknowledged|^receipts are held/],
		['commits-late', /^it does not start by itself|^acknowledged/],
	] as const)(
		'D5 a build that %s is found',
		async (build, complaint) => {
			const { held } = await run(build, 60, 2);
			expect(held.complaints[0]).toMatch(complaint);
		},
		120_000,
	);
});
