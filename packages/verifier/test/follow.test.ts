/**
 * Following a log in steps (V63–V66): the same rows, totals, root and findings as a verification of the whole folder, whatever the steps; and whatever was served that is not the log's changes nothing.
 */
import { cpSync } from 'node:fs';
import { contestResults } from '@matokeo/core/standings/results.ts';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { type Follower, type FollowOptions, openFollower } from '../src/follow/follower.ts';
import { verifyFolder } from '../src/verify.ts';
import { newFolder, publish, removeFolders } from './support/publish.ts';
import { type Note, small, smallLog } from './support/smallLog.ts';

const log = smallLog();
afterAll(removeFolders);

async function follower(dir: string, options: FollowOptions = {}): Promise<Follower> {
	const opened = await openFollower(dir, { workers: 0, ...options });
	if (!opened.ok) throw new Error(opened.error);
	return opened.value;
}

/** The folder as it stands at a size, over what lies there. */
function grow(dir: string, notes: readonly Note[]): Uint8Array {
	const published = publish(notes);
	cpSync(published.dir, dir, { recursive: true });
	return published.checkpoint;
}

describe('following', () => {
	it('V63 in any steps gives what a verification of the whole gives', async () => {
		await fc.assert(
			fc.asyncProperty(fc.uniqueArray(fc.integer({ min: 1, max: 299 }), { maxLength: 4 }), async (cuts) => {
				const dir = newFolder();
				grow(dir, log.slice(0, 2));
				const one = await follower(dir, { observe: () => undefined });
				for (const size of [...cuts.toSorted((a, b) => a - b), 300]) {
					const step = await one.advance(grow(dir, log.slice(0, size)));
					expect(step).toMatchObject({ kind: 'ok', size, found: [] });
				}
				const whole = await verifyFolder(dir, { workers: 0 });
				if (!whole.ok) throw new Error(whole.error);
				const contest = small.election.contests.get('president');
				if (contest === undefined) throw new Error('no contest');
				expect(contestResults(one.standing(), contest)).toEqual(whole.value.contests['president']);
				await one.close();
			}),
			{ numRuns: 20 },
		);
	}, 60_000);
});
