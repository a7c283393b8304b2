/**
 * A witness that is killed (N3): before it has persisted, nothing happened; after it has, the log asks again. Whichever it was, the next start cosigns no second tree. The process is a real one and the
 * signal SIGKILL.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import type { CrashPoint } from '../../src/witness/desk.ts';
import { growth, honest, newFolder, other } from './lib.ts';
import { serve } from './serving.ts';

const children: ChildProcess[] = [];
afterEach(() => {
	for (const child of children.splice(0)) child.kill('SIGKILL');
});

async function start(dir: string, point: CrashPoint, nth: number) {
	const script = fileURLToPath(new URL('killed.ts', import.meta.url));
	const child = spawn(process.execPath, [script, dir, point, String(nth)], { stdio: ['ignore', 'pipe', 'inherit'] });
	children.push(child);
	const ended = once(child, 'exit');
	const [line]: unknown[] = await once(child.stdout, 'data');
	const add = (body: Uint8Array) =>
		fetch(`${String(line).trim()}/add-checkpoint`, { method: 'POST', body: Buffer.from(body) }).then(
			({ status }) => status,
			() => 'no answer' as const,
		);
	return { add, ended };
}

describe('killed', () => {
	it.each([
		['before-persist', 1, 0],
		['after-persist', 1, 7],
		['before-persist', 2, 7],
		['after-persist', 2, 9],
	] as const)('N3 %s, at cosignature %i: the next start knows size %i and no second tree', async (point, nth, size) => {
		const dir = newFolder();
		const { add, ended } = await start(dir, point, nth);
		if (nth === 2) expect(await add(growth(honest, 0, 7))).toBe(200);
		expect(await add(nth === 1 ? growth(honest, 0, 7) : growth(honest, 7, 9))).toBe('no answer');
		expect(await ended).toEqual([null, 'SIGKILL']);

		const again = await serve({ dir });
		expect((await again.add(growth(honest, 60, 64))).text).toBe(`${size}\n`);
		if (size > 0) {
			expect((await again.add(growth(other, size, size))).code).toBe(422);
			expect((await again.add(growth(other, size, 12))).code).toBe(422);
			expect((await again.add(growth(honest, 0, 3))).code).toBe(409);
		}
		expect((await again.add(growth(honest, size, 12))).code).toBe(200);
	});
});
