/** What could be done by whoever lodges a count beside the log (SECURITY.md, Y11–Y13): a false one, one whose table does something to whoever opens it, one in the place of another's. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COUNTS_PER_HOLDER_MAX } from '@matokeo/core/record/limits.ts';
import { capture, say, suite } from '@matokeo/server/testing/world.ts';
import { reportText } from '@matokeo/verifier/report/text.ts';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { answered, image, openedLog, PAPER, removeFolders, returned, verify } from './lib/played.ts';
import { closeServers, send, serve, upload } from './lib/served.ts';

afterEach(closeServers);
afterAll(removeFolders);

const SUN = 'party/sun/root';
const MOON = 'party/moon/root';

function count(table: string | Buffer, by = SUN, seen?: string) {
	return say(
		{
			type: 'count/lodge',
			at: 1_800_000_000,
			contest: 'president',
			obtained: 'undisclosed',
			rows: 1,
			...(seen === undefined ? {} : { seen }),
			table: suite.sha256Hex(Buffer.from(table)),
			text: suite.sha256Hex(Buffer.from('text')),
		},
		by,
	);
}

describe('whoever lodges a count', () => {
	it('Y11 lodges false figures, or as somebody else’s: they stand under the own key with how they were obtained, and nothing is counted from them', async () => {
		const { log, dir } = openedLog();
		await returned(log, capture('001', image('001'), PAPER), '001');
		const before = JSON.stringify(log.rows().get('total', 'president|land'));
		const table = Buffer.from('station,alba\n001,999999999\n');
		const lodged = count(table);
		expect(answered(log, lodged).kind).toBe('receipt');
		await log.hold([table]);
		log.announceHeld();
		expect(JSON.stringify(log.rows().get('total', 'president|land'))).toBe(before);
		log.publishResults();
		log.close();
		const report = await verify(join(dir, 'public'));
		expect(report.contests['president']?.stages.verified.votes['alba']).toBe(50);
		expect(report.verdict).not.toBe('failed');
		const shown = reportText(report);
		expect(shown).toContain(`${lodged.id} by ${SUN}`);
		expect(shown).toContain('obtained: undisclosed');
		expect(shown).toContain('nothing here is counted from them');
		expect(readFileSync(join(dir, 'public', 'results', 'president.json'), 'utf8')).not.toContain('999999999');
	});

	const hostile: readonly (readonly [string, string])[] = [
		['a formula', 'station,alba\n001,"=HYPERLINK(""http://x.example"")"\n'],
		['a formula in place of a code', 'station,alba\n=cmd|1,1\n'],
		['markup', 'station,<script>alert(1)</script>\n001,1\n'],
		['markup behind a table', 'station,alba\n001,1\n<script>alert(1)</script>\n'],
		['hidden direction', 'station,alba\n00\u{202E}1,1\n'],
		['a number that a spreadsheet reads otherwise', 'station,alba\n001,1e9\n'],
		['one code twice', 'station,alba\n001,1\n001,2\n'],
	];
	it('Y12 lodges a table that does something to whoever opens it: only codes and plain numbers in one spelling are taken, saved and never shown by the site', async () => {
		const server = await serve({ limits: { tableBytesMax: 5_000 } });
		let seen: string | undefined;
		for (const [name, text] of hostile) {
			const lodged = count(text, SUN, seen);
			expect((await send(server, lodged)).answers[0]?.kind, name).toBe('receipt');
			seen = lodged.id;
			const refused = await upload(server, Buffer.from(text));
			const { error }: { readonly error: { readonly rule: string; readonly got: string } } = JSON.parse(
				await refused.text(),
			);
			const { rule, got } = error;
			expect([name, refused.status, rule]).toEqual([name, 422, 'A25']);
			expect(got, name).toMatch(/line [0-9]+ of the table: expected/);
		}
		const huge = `station,alba\n${Array.from({ length: 1_000 }, (_, i) => `${i + 1_000},1\n`).join('')}`;
		await send(server, count(huge, SUN, seen));
		expect((await upload(server, Buffer.from(huge))).status).toBe(422);
		const plain = Buffer.from('station,alba\n001,1\n');
		await send(server, count(plain, MOON));
		expect((await upload(server, plain)).status).toBe(201);
		const digest = suite.sha256Hex(plain);
		await expect
			.poll(() => fetch(`${server.url}/blob/${digest.slice(0, 2)}/${digest}`).then(({ ok }) => ok))
			.toBe(true);
		const { headers } = await fetch(`${server.url}/blob/${digest.slice(0, 2)}/${digest}`);
		expect(headers.get('content-disposition')).toBe('attachment');
		expect(headers.get('content-security-policy')).toContain('sandbox');
		expect(headers.get('x-content-type-options')).toBe('nosniff');
	});

	it('Y13 puts a count in the place of another’s, takes the own one back, or lodges without end: each stays, the number of one holder is bounded', () => {
		const { log } = openedLog();
		const theirs = count('theirs', MOON);
		expect(answered(log, theirs).kind).toBe('receipt');
		expect(answered(log, count('ours', SUN, theirs.id))).toMatchObject({ kind: 'refused', rule: 'S32' });
		let last: string | undefined;
		for (let i = 0; i < COUNTS_PER_HOLDER_MAX; i++) {
			const next = count(`ours ${i}`, SUN, last);
			expect(answered(log, next).kind).toBe('receipt');
			last = next.id;
		}
		expect(answered(log, count('one more', SUN, last))).toMatchObject({ kind: 'refused', rule: 'S44' });
		expect(log.rows().get('count', count('ours 0').id)).toMatchObject({ until: expect.any(String) });
		expect(log.rows().get('count', theirs.id)?.until).toBe(undefined);
		log.close();
	});
});
