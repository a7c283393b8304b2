/** Pages and tables of a lodged count (spec/site.md, W18), made when somebody asks and as static files: the same, and made again when figures move, but only at the slow pace; and feeds (W16) with their type. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareAside } from '@matokeo/portal/comparing/aside.ts';
import { livePortal } from '@matokeo/portal/live/livePortal.ts';
import { PortalBusy, type PortalPort } from '@matokeo/portal/live/portalPort.ts';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { OpenedLog } from '../src/app/openedLog.ts';
import { pagePublisher } from '../src/publish/pages.ts';
import { ask, closeServers, send, serve } from './http/lib.ts';
import { lawfulBeginning, lawfulCounted, lawfulFiles, lawfulLog, sayLawful } from './lib/lawful.ts';
import { newFolder, removeFolders, suite } from './lib/world.ts';

afterEach(closeServers);
afterAll(removeFolders);

const TABLE = Buffer.from('station,alba\n001,999\n002,1\nzz-9,1\n');
const TEXT = Buffer.from(`${'b'.repeat(64)}\nCounted from the forms at the doors.\n`);

const LODGED = sayLawful(
	{
		type: 'count/lodge',
		at: 1_800_000_000,
		contest: 'president',
		obtained: 'posted-forms',
		rows: 3,
		table: suite.sha256Hex(TABLE),
		text: suite.sha256Hex(TEXT),
	},
	'party/sun/root',
);
const PAGE = `en/count/${LODGED.id}.html`;
const CSV = `data/count/${LODGED.id}/verified.csv`;

async function lodgeIn(log: OpenedLog): Promise<void> {
	log.append([LODGED.bytes]);
	await log.hold([TABLE, TEXT]);
	log.announceHeld('all');
}

async function bodyOf(portal: PortalPort, path: string): Promise<string> {
	return Buffer.from((await portal.file(path))?.body ?? '').toString();
}

describe('W18 pages of a lodged count', () => {
	it('are the same as files as they are when somebody asks', async () => {
		const { log } = await lawfulCounted(newFolder(), ['001', '002']);
		await lodgeIn(log);
		const dir = newFolder();
		await pagePublisher({ record: log.record, dir, live: true }).publish();
		const portal = livePortal(log.record);
		const list = 'en/contest/president/counts.html';
		for (const path of [PAGE, CSV, list, `data/count/${LODGED.id}.json`, 'en/feed.atom'])
			expect([path, readFileSync(join(dir, path), 'utf8')]).toEqual([path, await bodyOf(portal, path)]);
		expect(await bodyOf(portal, CSV)).toContain('differs,001');
		expect(await bodyOf(portal, list)).toContain('2 of 2 differ; 0 only in the log, 1 only in the count');
		log.close();
	});

	it('static ones are made when it is lodged, and follow the figures with the tables only', async () => {
		const opened = await lawfulCounted(newFolder(), ['001', '002']);
		const { log } = opened;
		const dir = newFolder();
		const { publish } = pagePublisher({ record: log.record, dir, live: true });
		await publish();
		expect(existsSync(join(dir, PAGE))).toBe(false);
		await lodgeIn(log);
		await publish();
		const first = readFileSync(join(dir, PAGE), 'utf8');
		expect(first).toContain('id="totals"');
		await opened.count(['003']);
		await publish();
		expect(readFileSync(join(dir, PAGE), 'utf8')).toBe(first);
		await publish({ tables: true });
		const second = readFileSync(join(dir, PAGE), 'utf8');
		expect(second).toContain('<a href="../station/003.html">');
		expect(first).not.toContain('<a href="../station/003.html">');
		log.close();
	});

	it('a reader waits for a comparison, and not for ever: the page says that it is being made, a table asks to come again', async () => {
		const { log } = await lawfulCounted(newFolder(), ['001', '002']);
		await lodgeIn(log);
		const waits: number[] = [];
		let begun: readonly Promise<void>[] = [];
		const portal = livePortal(log.record, {
			patience: (all, ms) => {
				waits.push(ms);
				begun = all;
				return Promise.resolve();
			},
		});
		const list = 'en/contest/president/counts.html';
		const early = await portal.file(PAGE);
		expect(early).toMatchObject({ passing: true });
		expect(String(early?.body)).toContain('The comparison is being made');
		expect(await portal.file(list)).toMatchObject({ passing: true });
		await expect(portal.file(CSV)).rejects.toThrow(PortalBusy);
		expect(await portal.file(`data/count/${'f'.repeat(64)}/verified.csv`)).toBeUndefined();
		expect(waits).toEqual([10_000, 2_000, 10_000, 10_000]);
		await portal.file(PAGE);
		await Promise.all(begun);
		expect(await bodyOf(portal, PAGE)).toContain('id="totals"');
		expect(await bodyOf(portal, CSV)).toContain('differs,001');
		log.close();
	});

	it('one that cannot be made keeps no other page from being published, is told, and is made later', async () => {
		const { log } = await lawfulCounted(newFolder(), ['001', '002']);
		await lodgeIn(log);
		const dir = newFolder();
		let now = 0;
		let fails = true;
		const compare: typeof compareAside = (job) =>
			fails ? Promise.reject(new Error('the thread ran out of memory')) : compareAside(job);
		const { publish } = pagePublisher({
			record: log.record,
			dir,
			live: true,
			comparing: { nowMs: () => now, compare },
		});
		await expect(publish()).rejects.toThrow(/count [0-9a-f]{64} could not be made: the thread ran out of memory/);
		expect(existsSync(join(dir, 'pages.json'))).toBe(true);
		expect(readFileSync(join(dir, PAGE), 'utf8')).not.toContain('id="totals"');
		fails = false;
		now = 60_001;
		await publish({ tables: true });
		expect(readFileSync(join(dir, PAGE), 'utf8')).toContain('id="totals"');
		log.close();
	});

	it('a comparison stands for a minute on a server whose figures move, and is told to be passing', async () => {
		const opened = await lawfulCounted(newFolder(), ['001', '002']);
		const { log } = opened;
		await lodgeIn(log);
		let now = 0;
		const portal = livePortal(log.record, { nowMs: () => now });
		expect(await portal.file(PAGE)).not.toHaveProperty('passing');
		await opened.count(['003']);
		const standing = await portal.file(PAGE);
		expect(standing).toMatchObject({ passing: true });
		expect(String(standing?.body)).not.toContain('station/003.html');
		now = 60_001;
		const fresh = await portal.file(PAGE);
		expect(fresh).not.toHaveProperty('passing');
		expect(String(fresh?.body)).toContain('station/003.html');
		log.close();
	});
});

describe('W16 W18 over HTTP', () => {
	it('a feed is Atom, a table CSV, a page HTML; none is kept longer than other pages', async () => {
		const server = await serve({ dir: newFolder(), election: lawfulLog, packageFiles: lawfulFiles });
		await send(server, ...lawfulBeginning(), LODGED);
		await lodgeIn(server.service.log);
		for (const [path, type] of [
			['en/feed.atom', 'application/atom+xml; charset=utf-8'],
			['sw/contest/president/feed.atom', 'application/atom+xml; charset=utf-8'],
			[CSV, 'text/csv; charset=utf-8; header=present'],
			[PAGE, 'text/html; charset=utf-8'],
			[`en/statement/${LODGED.id}.html`, 'text/html; charset=utf-8'],
		] as const) {
			const { status, headers } = await ask(server, `/${path}`);
			expect([path, status, headers['content-type'], headers['cache-control']]).toEqual([
				path,
				200,
				type,
				'public, max-age=2',
			]);
		}
		const { status } = await ask(server, `/en/count/${'f'.repeat(64)}.html`);
		expect(status).toBe(404);
	});
});
