/** Papers of certificates and declarations beside the log (D31): written once, again when superseded, the same to the byte whoever makes them, and compared by fsck. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Order } from '@matokeo/core/record/filings.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import { WITNESS_TIMEOUT } from '@matokeo/core/testing/lawfulElection.ts';
import { AUTHORITY } from '@matokeo/core/testing/smallElection.ts';
import { livePapers } from '@matokeo/portal/live/livePapers.ts';
import { PortalBusy } from '@matokeo/portal/live/portalPort.ts';
import { siteAssets } from '@matokeo/portal/live/siteAssets.ts';
import { certificateDraft, declarationDraft } from '@matokeo/portal/views/drafts.ts';
import { afterEach, describe, expect, it } from 'vitest';
import { audit } from '../src/audit/fsck.ts';
import { folderOf } from '../src/publish/folder.ts';
import { pagePublisher } from '../src/publish/pages.ts';
import { ask, closeServers, serve } from './http/lib.ts';
import { LAWFUL_STATIONS, lawfulCounted, lawfulFiles, lawfulLog, sayLawful } from './lib/lawful.ts';
import { newFolder, removeFolders, suite } from './lib/world.ts';

afterEach(async () => {
	await closeServers();
	removeFolders();
});

type Counted = Awaited<ReturnType<typeof lawfulCounted>>;

/** Marks, lets the witnesses' time pass, certifies or declares with everything named; its id. */
function act({ log, time }: Counted, area: string, reason?: string): string {
	const answer = log.mark({ contest: 'president', area });
	if (answer.kind !== 'receipt') throw new Error(answer.kind);
	time.now += WITNESS_TIMEOUT;
	log.tickForMarks();
	const mark = answer.id;
	const proceed = { missing: 'deadline', unwitnessed: 'deadline' };
	const draft = certificateDraft(log.record, mark);
	if (draft === undefined) throw new Error('there is a draft');
	const { supersedes, ...body } = draft;
	const again = supersedes === undefined ? {} : { supersedes: { ...supersedes, reason: reason ?? '' } };
	const { missing: _none, ...whole } = proceed;
	const named = draft.counts.missing > 0 ? proceed : whole;
	const said = sayLawful({ type: 'collation/certify', ...body, ...again, proceed: named }, 'ro/north');
	const [done] = log.append([said.bytes]);
	expect(done).toMatchObject({ kind: 'receipt' });
	return said.id;
}

function declare({ log, time }: Counted): string {
	const answer = log.mark({ contest: 'president', area: 'land' });
	if (answer.kind !== 'receipt') throw new Error(answer.kind);
	time.now += WITNESS_TIMEOUT;
	log.tickForMarks();
	const draft = declarationDraft(log.record, answer.id);
	if (draft === undefined) throw new Error('there is a draft');
	const { supersedes: _none, ...body } = draft;
	const proceed = { unwitnessed: 'deadline', uncertified: 'no-effect' };
	const said = sayLawful({ type: 'result/declare', ...body, proceed }, AUTHORITY[0], AUTHORITY[1]);
	expect(log.append([said.bytes])[0]).toMatchObject({ kind: 'receipt' });
	return said.id;
}

function papersIn(dir: string): ReadonlyMap<string, Buffer> {
	const root = join(dir, 'papers');
	const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
	return new Map(
		entries
			.map(({ parentPath, name }) => join(parentPath, name))
			.sort()
			.map((path) => [path.slice(root.length + 1), readFileSync(path)]),
	);
}

describe('D31 papers beside the log', () => {
	it('D31 each act has its papers in every language; a superseded one says so; others are left alone; at once they are the same bytes', async () => {
		const opened = await lawfulCounted(newFolder(), LAWFUL_STATIONS.slice(0, 4));
		const { log, dir } = opened;
		const site = join(dir, 'public');
		const pages = pagePublisher({ record: log.record, dir: site, live: true });
		await pages.publish();
		const first = act(opened, 'north');
		expect((await pages.publish()).papers).toBe(1);
		const before = papersIn(site);
		expect([...before.keys()]).toEqual(
			['en', 'es', 'sw'].flatMap((language) => [`${language}/${first}.html`, `${language}/${first}.pdf`]),
		);
		expect(before.get(`en/${first}.html`)?.toString()).toContain('004');
		await opened.count(LAWFUL_STATIONS.slice(4));
		expect((await pages.publish()).papers).toBe(0);
		const second = act(opened, 'north', 'late-return');
		const declared = declare(opened);
		expect((await pages.publish()).papers).toBe(3);
		const after = papersIn(site);
		expect(after.get(`en/${first}.html`)?.toString()).toContain(second);
		expect(after.size).toBe(6 + 6 + 12);
		expect(after.get(`sw/${declared}-certificate.pdf`)?.subarray(0, 5).toString()).toBe('%PDF-');
		const atOnce = newFolder();
		await pagePublisher({ record: log.record, dir: atOnce, live: true }).publish();
		expect(papersIn(atOnce)).toEqual(after);
		log.close();
	});

	it('D31 the papers of a declaration that an order annuls, or whose winner it replaces, say so, and no longer once that is undone', async () => {
		const opened = await lawfulCounted(newFolder());
		const { log, dir, store } = opened;
		const pages = pagePublisher({ record: log.record, dir: join(dir, 'public'), live: true });
		const certificate = act(opened, 'north');
		const declared = declare(opened);
		await pages.publish();
		const asDeclared = papersIn(join(dir, 'public'));
		const ordered = async (order: Order): Promise<string> => {
			const document = suite.sha256Hex(utf8Encode(JSON.stringify(order)));
			const words = { basis: 'petition', citation: 'Petition-1/2026', court: 'supreme-court', decided: 1, document };
			const said = sayLawful({ type: 'authority/order', ...words, order }, 'court/supreme');
			expect(log.append([said.bytes])[0]).toMatchObject({ kind: 'receipt' });
			const before = papersIn(join(dir, 'public'));
			// As long as nobody has published, the papers are those of the size at which they stand.
			expect((await audit(suite, folderOf(dir), store)).findings).toEqual([]);
			await pages.publish();
			expect((await audit(suite, folderOf(dir), store)).findings).toEqual([]);
			expect(papersIn(join(dir, 'public')).get(`en/${certificate}.pdf`)).toEqual(before.get(`en/${certificate}.pdf`));
			return said.id;
		};
		const annulment = await ordered({ kind: 'annul', contest: 'president' });
		const annulled = papersIn(join(dir, 'public'));
		for (const language of ['en', 'es', 'sw'])
			for (const name of [`${language}/${declared}.html`, `${language}/${declared}-certificate.html`])
				expect(annulled.get(name)?.toString()).toContain(annulment);
		expect(annulled.get(`en/${declared}.pdf`)).not.toEqual(asDeclared.get(`en/${declared}.pdf`));
		await ordered({ kind: 'reinstate', order: annulment });
		expect(papersIn(join(dir, 'public'))).toEqual(asDeclared);
		const replacement = await ordered({ kind: 'replace-winner', candidate: 'benta', contest: 'president' });
		expect(papersIn(join(dir, 'public')).get(`en/${declared}.html`)?.toString()).toContain(replacement);
		log.close();
	});

	it('D31 fsck compares every paper: one changed, one missing and one too many are each named', async () => {
		const opened = await lawfulCounted(newFolder());
		const { log, dir, store } = opened;
		const certificate = act(opened, 'north');
		await pagePublisher({ record: log.record, dir: join(dir, 'public'), live: true }).publish();
		const check = async () => (await audit(suite, folderOf(dir), store)).findings;
		expect(await check()).toEqual([]);
		const paper = (name: string) => join(dir, 'public', 'papers', name);
		const html = readFileSync(paper(`en/${certificate}.html`), 'utf8');
		writeFileSync(paper(`en/${certificate}.html`), html.replace('250', '251'));
		rmSync(paper(`es/${certificate}.pdf`));
		writeFileSync(paper(`sw/${'0'.repeat(64)}.html`), html);
		expect((await check()).map(({ where, problem }) => [where.slice(13, 17), problem])).toEqual([
			['/en/', 'the paper is not what the log gives'],
			['/es/', 'the paper is missing'],
			['/sw/', 'a paper that the log does not give'],
		]);
		log.close();
	});

	it('A26 they are served as what they are, the same bytes as beside the log, whether they lie there or not, and no other file by that way', async () => {
		const opened = await lawfulCounted(newFolder());
		const { log, dir } = opened;
		const id = act(opened, 'north');
		const atSite = newFolder();
		await pagePublisher({ record: log.record, dir: atSite, live: true }).publish();
		log.close();
		const server = await serve({ dir, election: lawfulLog, packageFiles: lawfulFiles, clock: () => opened.time.now });
		const [html, pdf] = [await ask(server, `/papers/en/${id}.html`), await ask(server, `/papers/en/${id}.pdf`)];
		expect([html.status, html.headers['content-type'], pdf.status, pdf.headers['content-type']]).toEqual([
			200,
			'text/html; charset=utf-8',
			200,
			'application/pdf',
		]);
		const published = papersIn(atSite);
		expect([html.body, pdf.body]).toEqual([published.get(`en/${id}.html`), published.get(`en/${id}.pdf`)]);
		for (const path of [
			`/papers/fr/${id}.html`,
			`/papers/en/${id}.csv`,
			'/papers/en/checkpoint',
			`/papers/en/${id}-1x.pdf`,
			`/papers/en/${id}-2.pdf`,
			`/papers/en/${'0'.repeat(64)}.html`,
		])
			expect([path, (await ask(server, path)).status]).toEqual([path, 404]);
	});
});

describe('A26 papers that are asked for at once', () => {
	it('A26 thirty wait to be made, more are told to come again, and then they are made', async () => {
		const opened = await lawfulCounted(newFolder());
		const id = act(opened, 'north');
		const paper = livePapers(opened.log.record, siteAssets().paths);
		const paths = Array.from({ length: 40 }, (_, part) => `papers/en/${id}-${part + 2}.html`);
		const answers = await Promise.allSettled(paths.map(paper));
		const busy = answers.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
		expect(busy).toHaveLength(10);
		expect(busy.every((reason) => reason instanceof PortalBusy)).toBe(true);
		expect((await paper(`papers/en/${id}.html`))?.type).toBe('text/html; charset=utf-8');
		opened.log.close();
	});
});

describe('docs/nginx.conf', () => {
	it('A13 gives every page, paper and asset the type that the server gives it', async () => {
		const opened = await lawfulCounted(newFolder());
		const { log, dir } = opened;
		act(opened, 'north');
		const site = join(dir, 'public');
		await pagePublisher({ record: log.record, dir: site, live: true }).publish();
		log.close();
		const endings = readdirSync(site, { recursive: true, encoding: 'utf8' })
			.filter((path) => !/^(?:tile|blob|package)\//.test(path))
			.flatMap((path) => /\.([a-z]+)$/.exec(path)?.[1] ?? []);
		const conf = readFileSync(new URL('../../../docs/nginx.conf', import.meta.url), 'utf8');
		const types = /location \/ \{\s*types \{([^}]*)\}/.exec(conf)?.[1] ?? '';
		const known = [...types.matchAll(/^\s*(\S+)\s+([a-z]+);/gm)].map(([, type = '', ending = '']) => [ending, type]);
		// Keys are plain text, as everything without an ending.
		const wanted = [...new Set(endings)].filter((ending) => ending !== 'vkey');
		expect(known.map(([ending]) => ending)).toEqual(expect.arrayContaining(wanted));
		expect(Object.fromEntries(known)).toMatchObject({
			pdf: 'application/pdf',
			svg: 'image/svg+xml',
			html: 'text/html',
		});
	});
});
