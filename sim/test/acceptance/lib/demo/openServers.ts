/**
 * Acceptance test 4 on the demo: "open the servers" is answered with a pack, which an expert checks with Node and nothing else. Whoever runs the server has changed a vote in its database before, and takes a form out of the
 * pack's list afterwards.
 */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { matokeo } from '../../../lib/matokeo.ts';
import { demoFolder, put, serverCopy } from './folders.ts';
import type { Demo } from './publicRecord.ts';

const run = promisify(execFile);

interface Audit {
	readonly compared: { readonly statements: number; readonly rows: number };
	readonly findings: readonly { readonly where: string; readonly station?: string }[];
}

export function openServersOnTheDemo(demo: () => Demo): void {
	describe('the demo, when a court says "open the servers" to an operator who changed a vote', () => {
		let pack: string;
		let station: string;
		beforeAll(async () => {
			const cheating = serverCopy(demo().dir);
			station = /station ([0-9]+)/.exec((await matokeo('tamper', cheating)).stdout)?.[1] ?? 'none was named';
			pack = join(demoFolder(), 'pack');
			const made = await matokeo('scrutiny', cheating, '--out', pack);
			expect(made.code, made.stderr).toBe(0);
		}, 400_000);

		it('4 the audit in the pack names the row by its station, and nothing else of 340,000 differs from the log', () => {
			const audit: Audit = JSON.parse(readFileSync(join(pack, 'audit/fsck.json'), 'utf8'));
			expect(audit.findings).toEqual([
				expect.objectContaining({ where: `table return, row "president|${station}|1"`, station }),
			]);
			expect(audit.compared.rows).toBeGreaterThan(340_000);
		});

		it('4 the pack lists 34,555 forms and who did what, and its own verifier needs Node alone', async () => {
			const forms = readFileSync(join(pack, 'forms/manifest.csv'), 'utf8').trimEnd().split('\n');
			expect(new Set(forms.slice(1).map((line) => line.split(',')[1])).size).toBe(34_555);
			expect(readFileSync(join(pack, 'actions/actions.csv'), 'utf8')).toMatch(/authority\/order/);
			const given = ['verify.mjs', '.', '--anchor', demo().anchor];
			const { stdout } = await run(process.execPath, given, { cwd: pack, env: {}, maxBuffer: 1 << 24 });
			expect(stdout).toMatch(/VERIFIED/);
		}, 200_000);

		it('4 a form that is taken out of the list is found: the file, by its digest', async () => {
			const file = join(pack, 'forms/manifest.csv');
			const whole = readFileSync(file, 'utf8');
			put(pack, 'forms/manifest.csv', whole.replace(new RegExp(`^.*,${station},.*\n`, 'm'), ''));
			const checked = await matokeo('verify', '--pack', pack, '--anchor', demo().anchor);
			expect(checked.code).toBe(1);
			expect(checked.stdout).toContain('forms/manifest.csv');
		}, 200_000);
	});
}
