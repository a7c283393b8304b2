/**
 * Acceptance test 4 on the demo: "open the servers" is answered with a pack, which an expert checks with Node and nothing else. Whoever runs the server has changed a vote in its database before, and takes a form out of the
 * pack's list afterwards.
 */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { matokeo } from '../../../lib/matokeo.ts';
import { demoFolder, put, serverCopy } from './folders.ts';
import type { Demo } from './publicRecord.ts';

const FORMS = 'forms/manifest.csv';

interface Audit {
	readonly compared: { readonly statements: number; readonly rows: number };
	readonly findings: readonly { readonly where: string; readonly station?: string }[];
}

/** The pack's own verifier, in its folder, with nothing in its environment. */
function verifiedAlone(pack: string, anchor: string): Promise<{ readonly code: number; readonly stdout: string }> {
	return new Promise((resolve) => {
		const options = { cwd: pack, env: {}, maxBuffer: 1 << 24 };
		execFile(process.execPath, ['verify.mjs', '.', '--anchor', anchor], options, (error, stdout) => {
			resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout });
		});
	});
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

		it('4 the pack lists 34,555 forms and who did what; a form taken out of the list is named, by a verifier that needs Node alone', async () => {
			const whole = readFileSync(join(pack, FORMS), 'utf8');
			const forms = whole.trimEnd().split('\n').slice(1);
			expect(new Set(forms.map((line) => line.split(',')[1])).size).toBe(34_555);
			expect(readFileSync(join(pack, 'actions/actions.csv'), 'utf8')).toMatch(/authority\/order/);
			put(pack, FORMS, whole.replace(new RegExp(`^.*,${station},.*\n`, 'm'), ''));
			const { code, stdout } = await verifiedAlone(pack, demo().anchor);
			expect(code).toBe(1);
			expect(stdout).toContain(FORMS);
			// The log inside is whole all the same.
			expect(stdout).toMatch(/rules[^\n]*139,[0-9]{3} statements, nothing wrong/);
		}, 200_000);
	});
}
