/** A rehearsed election followed while it is published (V63): at every size that a folder ever had, what the follower knows is what a verification of that folder says, totals moved statement by statement included. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { areaResults, contestResults } from '@matokeo/core/standings/results.ts';
import { openFollower } from '@matokeo/verifier/follow/follower.ts';
import { totalsOf } from '@matokeo/verifier/replay/totals.ts';
import { verifyFolder } from '@matokeo/verifier/verify.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resign } from './alterations/lib/forging.ts';
import { copyOf, type Rehearsed, rehearsed, removeFolders } from './alterations/lib/rehearsed.ts';

let of: Rehearsed;
beforeAll(async () => {
	of = await rehearsed(130);
});
afterAll(removeFolders);

describe('following a rehearsed election', () => {
	it.each([0, 1])(
		'V63 with %i threads beside, in steps of all kinds',
		async (workers) => {
			const folder = join(copyOf(of), 'public');
			const notes = of.entries.map(({ bytes }) => bytes);
			const all = notes.length;
			expect(all).toBeGreaterThan(520);
			const opened = await openFollower(folder, { workers, anchor: of.election.digest, observe: () => undefined });
			if (!opened.ok) throw new Error(opened.error);
			const follower = opened.value;
			for (const size of [1, 2, 3, 40, 41, 255, 256, 257, 400, 512, 515, all]) {
				resign(of, folder, notes.slice(0, size));
				for (const { id } of of.election.contests.values()) {
					const file = readFileSync(join(folder, `results/${id}.json`));
					expect(follower.compareResults(id, file)).toMatchObject({ kind: 'waits' });
				}
				const step = await follower.advance(readFileSync(join(folder, 'checkpoint')));
				expect(step).toMatchObject({ kind: 'ok', size, found: [], voids: [], backDated: [] });
				const standing = follower.standing();
				const afresh = {
					...standing,
					baseline: totalsOf(follower.context, follower.rows),
					rows: withoutTotals(follower.rows),
				};
				for (const contest of of.election.contests.values())
					expect(areaResults(standing, contest)).toEqual(areaResults(afresh, contest));
			}
			const report = await verifyFolder(folder, { workers, images: 'none' });
			if (!report.ok) throw new Error(report.error);
			for (const contest of of.election.contests.values())
				expect(contestResults(follower.standing(), contest)).toEqual(report.value.contests[contest.id]);
			await follower.close();
		},
		120_000,
	);
});

type Rows = Parameters<typeof totalsOf>[1];

/** Rows as a verification has them, which keeps no totals. */
function withoutTotals(rows: Rows): Rows {
	const get: Rows['get'] = (table, key) => (table === 'total' ? undefined : rows.get(table, key));
	return { ...rows, get };
}
