/** What whoever runs the server could do to those outside, by refusing, by not asking, by falling silent and by what it shows and when (SECURITY.md, O9, O14, O15, O20, O21): what reveals it, and what nothing reveals. */
import { join } from 'node:path';
import { printRefusal } from '@matokeo/core/record/refusalNote.ts';
import { capture, election, START, say, signer } from '@matokeo/server/testing/world.ts';
import { removeFolders as removePublished } from '@matokeo/verifier/testing/publish.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { closeMirrors, host, mirroring, NOW, until } from './lib/mirrors.ts';
import {
	ANCHOR,
	answered,
	bodyOf,
	image,
	NOTHING,
	newFolder,
	notesIn,
	openedLog,
	PAPER,
	type Played,
	played,
	problemsOf,
	removeFolders,
	returned,
	revealsNothing,
	verify,
} from './lib/played.ts';
import { closeServers, postJson, send, serve, witnessing } from './lib/served.ts';

let of: Played;
beforeAll(async () => {
	of = await played();
});
afterEach(async () => {
	await closeMirrors();
	await closeServers();
});
afterAll(() => {
	removeFolders();
	removePublished();
});

describe('witnesses and mirrors', () => {
	const names = ['witness/court', 'witness/news', 'witness/sun'] as const;
	const pages = ['en/index.html', 'en/about.html', 'en/contest/president/index.html'] as const;

	it('O14 stops asking the witnesses: every page says so, the record has no quorum, and no log/witnessed comes any more', async () => {
		const opened = await Promise.all(names.map((name) => witnessing(name)));
		const addresses = new Map(opened.map(({ submission }, i) => [names[i] ?? '', submission]));
		const dir = newFolder();
		// Twenty times as fast: what takes seconds between requests and on pages takes a moment.
		const steadyMs = () => performance.now() * 20;
		const asking = await serve({ dir, witnesses: addresses, steadyMs });
		const page = async (url: string, path: string) => (await fetch(`${url}/${path}`)).text();
		await until(
			() => page(asking.url, pages[0]),
			(text) => text.includes('by 3 of 4'),
		);
		const said = () => notesIn(join(dir, 'public')).filter(({ tag }) => tag === 'log/witnessed').length;
		await until(
			() => asking.service.log.rows().get('log', '')?.witnessed ?? 0,
			(size) => size > 0,
		);
		await until(
			async () => (await verify(join(dir, 'public'))).cosignatures?.met,
			(met) => met === true,
		);
		await closeServers();
		expect(said()).toBe(1);
		let now = START;
		const silent = await serve({ dir, steadyMs, clock: () => now });
		expect((await send(silent, of.forms['001'])).answers[0]?.kind).toBe('receipt');
		const minutes = async (path: string) => {
			now += 61;
			return page(silent.url, path);
		};
		for (const path of pages)
			await until(
				() => minutes(path),
				(text) => text.includes('No witness is asked whether this log only grows.'),
			);
		expect(await page(silent.url, pages[1])).toMatch(/No quorum of witnesses since <time datetime="2030-/);
		await silent.close();
		expect(said()).toBe(1);
		expect((await verify(join(dir, 'public'))).cosignatures?.met).toBe(false);
	});

	it('O15 falls silent: a mirror says since when, goes on serving, and keeps what senders cannot deliver', async () => {
		const source = await host(of.folder);
		const mirror = await mirroring(source);
		await until(
			() => mirror.status().size,
			(size) => size === of.notes.length,
		);
		mirror.heard.now = NOW + 500;
		source.serve(undefined);
		const state = await until(
			() => mirror.status().state,
			({ kind }) => kind === 'away',
		);
		expect(state.kind === 'away' && state.since).toBe(NOW + 500);
		const page = await (await fetch(`${mirror.url}/en/index.html`)).text();
		expect(page).toContain(new Date((NOW + 500) * 1_000).toISOString().slice(0, 19));
		const note = Buffer.from(capture('004', image('004'), PAPER).bytes).toString();
		const kept = await postJson(`${mirror.url}/pending`, { notes: [note] });
		expect(await kept.text()).toContain('"kind":"pending"');
		expect((await fetch(`${mirror.url}/checkpoint`)).status).toBe(200);
	});
});

describe('refusals', () => {
	it('O9 refuses what the rules admit: the sender’s signed refusal and its statement, asked of the rules at that size, prove it; an honest refusal does not', async () => {
		const { log, dir } = openedLog();
		await returned(log, of.forms['001'], '001');
		const honest = say(bodyOf('002'), 'po/001');
		const answer = answered(log, honest);
		const note = answer.kind === 'refused' ? (answer.note ?? new Uint8Array()) : new Uint8Array();
		const admitted = capture('004', image('004'), PAPER);
		const { id: statement } = admitted;
		const { id, digest } = election;
		const wrong = printRefusal({ election: id, digest, rule: 'S10', size: log.size(), statement }, signer);
		answered(log, of.forms['002']);
		log.publishResults();
		log.close();
		const folder = join(dir, 'public');
		const fair = await verify(folder, { anchor: ANCHOR, against: note, statement: honest.bytes });
		expect(revealsNothing(fair)).toEqual(NOTHING);
		expect(fair.remarks.join(' ')).toContain('the rules refuse this statement too: S10');
		const report = await verify(folder, { anchor: ANCHOR, against: wrong, statement: admitted.bytes });
		expect(problemsOf(report)).toEqual([expect.objectContaining({ check: 'against', statement, rule: 'S10' })]);
		expect(report.evidence?.what).toContain('its rules admit');
	});
});

describe('pages, and what comes when', () => {
	it('O20 shows other figures on a page than the record gives: whoever verifies has the true ones, and a mirror’s page of the same root too; to a reader of that page alone nothing shows it', async () => {
		const server = await serve();
		await returned(server.service.log, of.forms['001'], '001');
		server.service.log.publishResults();
		const page = await (await fetch(`${server.url}/en/index.html`)).text();
		const lie = page.replaceAll('>50 ', '>5,000 ');
		expect(lie).not.toBe(page);
		const { root = '' } = (await verify(server.dir)).log ?? {};
		expect(lie).toContain(root);
		expect((await verify(server.dir)).contests['president']?.stages.verified.votes['alba']).toBe(50);
		const mirror = await mirroring(await host(server.dir));
		await until(
			() => mirror.status().root,
			(verified) => verified === root,
		);
		const theirs = await (await fetch(`${mirror.url}/en/index.html`)).text();
		expect([theirs.includes('>50 '), theirs.includes('>5,000 ')]).toEqual([true, false]);
	});

	it('O21 with a stolen official’s key, holds a revocation back until more is said in its name: the registrars have no receipt meanwhile; in the log nothing shows that it came before', async () => {
		const { log, dir } = openedLog();
		const revocation = say({ type: 'key/revoke', key: 'po/001', reason: 'lost' }, 'registrar/1', 'registrar/2');
		expect(log.rows().indexOf(revocation.id)).toBeUndefined();
		expect(answered(log, of.forms['001']).kind).toBe('receipt');
		expect(answered(log, revocation).kind).toBe('receipt');
		log.publishResults();
		log.close();
		expect(revealsNothing(await verify(join(dir, 'public')))).toEqual(NOTHING);
		const { log: prompt } = openedLog();
		expect(answered(prompt, revocation).kind).toBe('receipt');
		expect(answered(prompt, of.forms['001'])).toMatchObject({ kind: 'refused', rule: 'S6' });
		prompt.close();
	});
});
