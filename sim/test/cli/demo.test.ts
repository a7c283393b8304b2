/**
 * The demo as a newcomer starts it, with fewer forms: it stands where it opens, goes on live over its own routes, and ends in order; what is left behind verifies and is locked by nobody. It reads
 * examples/bolivia-2019.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runDemo } from '@matokeo/cli/verbs/demo.ts';
import type { Witnessing } from '@matokeo/portal/record.ts';
import { afterAll, describe, expect, it } from 'vitest';
import { newFolder, removeFolders } from '../alterations/lib/rehearsed.ts';
import { matokeo } from '../lib/matokeo.ts';
import { serving } from '../lib/server.ts';

afterAll(removeFolders);

/** Never waits; before so many live waves somebody looks, and then asks it to stop. */
function stoppedBefore(wave: number, look: () => Promise<void>) {
	const gate = Promise.withResolvers<void>();
	let waves = 0;
	return {
		asked: gate.promise,
		isAsked: () => waves >= wave,
		orAsked: async () => {
			if (++waves < wave) return;
			await look();
			gate.resolve();
		},
		release: () => undefined,
	};
}

describe('npm run demo', { timeout: 180_000 }, () => {
	it('opens at its form, lets more come in over HTTP, and leaves a folder that verifies when it is stopped', async () => {
		const dir = join(newFolder('demo'), 'out');
		let text = '';
		let pulse: unknown;
		let seen: Witnessing | undefined;
		const hear = (more: string): void => {
			text += more;
		};
		const stopping = stoppedBefore(3, async () => {
			const url = /look at it +(\S+)\//.exec(text)?.[1] ?? '';
			pulse = await (await fetch(`${url}/data/contest/president/pulse.json`)).json();
			seen = JSON.parse(await (await fetch(`${url}/api/v1/witnesses`)).text());
		});
		const options = { serve: true, out: dir, port: 0, speed: 10, opensAt: 30, stopping };
		const code = await runDemo({ stdout: hear, stderr: hear }, options);
		expect([code, pulse]).toEqual([0, expect.objectContaining({ due: 34_555, reported: 70 })]);
		expect([seen?.quorum.state, seen?.by]).toEqual([
			'met',
			['witness/cc', 'witness/court', 'witness/newsroom', 'witness/observers'],
		]);
		expect(text).toMatch(/a mirror +http:\/\/127\.0\.0\.1:[0-9]+\/mirror\.html/);
		expect(text).toContain('30 forms are in. The other 34,525 come in now');
		expect(existsSync(join(dir, 'matokeo.sqlite-wal'))).toBe(false);
		const verified = await matokeo('verify', join(dir, 'public'));
		expect(verified.stdout).toMatch(/^CONSISTENT/);
		expect((await matokeo('fsck', dir)).stdout).toContain('No difference');
	});

	it('--until N stays at N and serves; the signal of a terminal ends it', async () => {
		const dir = join(newFolder('demo'), 'out');
		const server = await serving('demo', '--until', '20', '--alone', '--port', '0', '--out', dir);
		const page = await fetch(`${server.url}/data/contest/president/pulse.json`);
		expect(await page.json()).toMatchObject({ due: 34_555, reported: 20 });
		const { code, stdout } = await server.stop('SIGINT');
		expect([code, stdout.includes('Nothing more comes in.')]).toEqual([0, true]);
	});

	it('--until N --no-serve verifies what was played and ends', async () => {
		const dir = join(newFolder('demo'), 'out');
		const ran = await matokeo('demo', '--until', '20', '--no-serve', '--out', dir);
		expect([ran.code, ran.stdout.includes('VERIFIED')]).toEqual([0, true]);
		for (const part of ['package', 'public', 'matokeo.sqlite']) expect(existsSync(join(dir, part))).toBe(true);
		expect((await matokeo('demo', '--no-serve', '--out', dir)).stderr).toContain('is not empty');
		expect((await matokeo('demo', '--speed', '0')).code).toBe(2);
	});
});
