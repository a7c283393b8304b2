/** Publishing results (D18): contests of which something was said, a few at a time; the others keep their file, which stands at the size that it names. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { capture, enrolment, newFolder, openIn, opening, presidential, removeFolders } from './lib/world.ts';

afterAll(removeFolders);

function sizeOf(dir: string, contest: string): number {
	return JSON.parse(readFileSync(join(dir, 'public/results', `${contest}.json`), 'utf8')).log.size;
}

describe('D18 results', () => {
	it('D18 are written of every contest after a start, then of those that something was said of', () => {
		const dir = newFolder();
		const { log } = openIn(dir);
		log.append([opening().bytes, enrolment().bytes]);
		expect(log.publishResults()).toBe(0);
		const first = log.size();
		expect([sizeOf(dir, 'president'), sizeOf(dir, 'council')]).toEqual([first, first]);
		log.append([capture('001', new TextEncoder().encode('image'), presidential(1, 2, 3, 4)).bytes]);
		expect(log.publishResults()).toBe(0);
		expect([sizeOf(dir, 'president'), sizeOf(dir, 'council')]).toEqual([log.size(), first]);
		log.close();
		const again = openIn(dir).log;
		expect(again.publishResults()).toBe(0);
		expect(sizeOf(dir, 'council')).toBe(again.size());
		again.close();
	});

	it('D18 are written of so many contests as one asks for, and how many are left is said', () => {
		const dir = newFolder();
		const { log } = openIn(dir);
		log.append([opening().bytes, enrolment().bytes]);
		const left = log.publishResults(1);
		expect(left).toBeGreaterThan(0);
		for (let more = left; more > 0; more--) expect(log.publishResults(1)).toBe(more - 1);
		expect([sizeOf(dir, 'president'), sizeOf(dir, 'council')]).toEqual([log.size(), log.size()]);
		log.close();
	});
});
