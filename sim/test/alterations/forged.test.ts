/**
 * Folders altered by whoever holds the log's key and signs everything again, and folders that somebody made on their own, through the command itself: void statements are named with station, statement and rule; a
 * history that was rewritten is found by what a reader kept, a forged election by the anchor (S5–S32, V50–V53 and `vectors/alterations/published.json`).
 */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectations } from './lib/alteration.ts';
import { expectFound, verify } from './lib/finding.ts';
import { REWRITTEN, VOID } from './lib/forged.ts';
import { resign } from './lib/forging.ts';
import { copyOf, type Rehearsed, rehearsed, removeFolders } from './lib/rehearsed.ts';

let of: Rehearsed;
beforeAll(async () => {
	of = await rehearsed();
});
afterAll(removeFolders);

describe.each([
	['void', VOID],
	['rewritten', REWRITTEN],
])('matokeo verify finds what was signed again: %s', (group, alterations) => {
	it.each(expectations('published.json', group))('$name', (expected) => expectFound(of, alterations, expected));

	it('the vectors have all alterations that are made here, and no other', () => {
		expect(expectations('published.json', group).map(({ name }) => name)).toEqual(Object.keys(alterations));
	});
});

describe('a folder signed again as it was', () => {
	it('is verified: what forgeries are found by is what was forged', async () => {
		const folder = join(copyOf(of), 'public');
		resign(
			of,
			folder,
			of.entries.map(({ bytes }) => bytes),
		);
		const { report } = await verify(folder, '--anchor', of.election.digest);
		expect(report.verdict).toBe('verified');
	});
});
