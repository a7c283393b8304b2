/**
 * Acceptance tests 6 and 7 on the demo, over HTTP: who may declare, and what becomes of an objection. Whoever runs the server signs with the log's own key, and later shows an older copy of its folder in which the objection
 * was never lodged.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BOLIVIA, matokeo, type Ran } from '../../../lib/matokeo.ts';
import { type Running, serving } from '../../../lib/server.ts';
import { visible } from '../pages.ts';
import { demoFolder, serverCopy } from './folders.ts';
import type { Demo } from './publicRecord.ts';

const LOG = 'bo-2019-rehearsal/log';
const PACKAGE = join(BOLIVIA, 'package');
const VOID = ['--set', 'contest=president', '--set', 'ground=election-void', '--set', 'target.kind=contest'];

export function servedOnTheDemo(demo: () => Demo): void {
	describe('the demo, served again', () => {
		let server: Running;
		let backup: string;
		let kept: string;
		let lodged: Ran;
		const say = (type: string, name: string, ...given: readonly string[]): Promise<Ran> =>
			matokeo(...sending(type, server.url, join(kept, `${name}.note`)), ...given);
		const text = async (path: string): Promise<string> => visible(await (await fetch(`${server.url}/${path}`)).text());

		beforeAll(async () => {
			kept = demoFolder();
			backup = serverCopy(demo().dir);
			server = await serving('serve', serverCopy(demo().dir), '--port', '0', '--log-level', 'silent');
			lodged = await say(...(['objection/lodge', 'objection', '--rehearsal-key', 'party/cc/root'] as const), ...VOID);
		}, 200_000);
		afterAll(() => server.stop());

		it.each([
			['the log’s own key', [LOG], 'S10'],
			['a party', ['party/cc/root'], 'S10'],
			['one member of the authority', ['authority/1'], 'S10'],
			['the quorum, as if no law had annulled it', ['authority/1', 'authority/2'], 'S32'],
		])(
			'6 "only the commission may declare": %s is refused, by a refusal that the log has signed',
			async (who, by, rule) => {
				const body = join(kept, `${by.length}-${by[0]?.replaceAll('/', '-')}.json`);
				writeFileSync(body, JSON.stringify(await declaredAgain(server.url)));
				const name = `declare-${by.join('-').replaceAll('/', '-')}`;
				const ran = await say('result/declare', name, '--body', body, ...by.flatMap((key) => ['--rehearsal-key', key]));
				expect(ran.code, who).toBe(1);
				expect(ran.stderr + ran.stdout).toContain(`Refused by rule ${rule}`);
				expect(readFileSync(join(kept, `${name}.note.refusal`), 'utf8')).toContain(`— ${LOG} `);
			},
		);

		it('6 nowhere do its pages call it declared: it is a rehearsal, and annulled since', async () => {
			const page = await text('en/contest/president/declaration.html');
			expect(page).toMatch(/rehearsal/i);
			expect(page).toMatch(/annulled/i);
		});

		it('7 an objection has a receipt, a page with its history, and its clock', async () => {
			expect(lodged.code, lodged.stdout + lodged.stderr).toBe(0);
			const id = /^Statement ([0-9a-f]{64})$/m.exec(lodged.stderr + lodged.stdout)?.[1] ?? '';
			const page = await text(`en/objection/${id}.html`);
			expect(page).toMatch(/The election is challenged as a whole/);
			expect(page).toMatch(/open/i);
		});

		it('7 an operator who drops it, and goes on from an older copy, signs two histories: the receipt is proof', async () => {
			const other = await serving('serve', backup, '--port', '0', '--log-level', 'silent');
			const { url } = other;
			const receipt = join(kept, 'objection.note.tlog-proof');
			const dropped = await matokeo(
				...sending('objection/lodge', url, join(kept, 'other.note')),
				'--rehearsal-key',
				'party/mas/root',
				...VOID,
			);
			await other.stop();
			expect(dropped.code, dropped.stderr).toBe(0);
			const evidence = join(kept, 'evidence');
			const verify = ['verify', join(backup, 'public'), '--anchor', demo().anchor, '--against', receipt];
			const found = await matokeo(...verify, '--save-evidence', evidence);
			expect(found.code).toBe(1);
			expect(found.stdout).toContain('EVIDENCE: keep this');
			const judged = await matokeo('verify', '--evidence', evidence, '--anchor', demo().anchor);
			expect(judged.stdout).toMatch(/PROVED/);
		}, 200_000);
	});
}

/** The words of a `say` that sends what it says, and keeps the note in a file. */
function sending(type: string, url: string, note: string): readonly string[] {
	return ['say', type, '--package', PACKAGE, '--send', url, '--yes', '--out', note];
}

/** The body of the declaration that the law has annulled, as its second. */
async function declaredAgain(url: string): Promise<unknown> {
	const view: { readonly declared: { readonly act: { readonly id: string } } } = JSON.parse(
		await (await fetch(`${url}/api/v1/contests/president/declaration`)).text(),
	);
	const { id } = view.declared.act;
	const { note }: { readonly note: string } = JSON.parse(await (await fetch(`${url}/api/v1/statements/${id}`)).text());
	const { by: _by, ...body }: Readonly<Record<string, unknown>> = JSON.parse(note.split('\n')[2] ?? '');
	return { ...body, number: 2 };
}
