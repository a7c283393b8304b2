/** Feeds of changes (W16) as a program reads them, by a real XML parser: what Atom asks for, ids that are unique and the same everywhere, links that lead somewhere, hostile names as text, and the same bytes while nothing changes. */
import { isChange } from '@matokeo/core/standings/events.ts';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { pageContext } from '../src/pages/context.ts';
import { feedPage } from '../src/pages/feed.ts';
import { parsePagePath } from '../src/site/parsePath.ts';
import { LANGUAGES, pagePath } from '../src/site/paths.ts';
import { siteOf } from '../src/site/site.ts';
import { changesView } from '../src/views/changes.ts';
import { FEED_ENTRIES, feedView } from '../src/views/feed.ts';
import { leafAt } from '../src/views/leaves.ts';
import { ELECTION, HOSTILE, PUBLICATION } from './support/fixtures.ts';
import { lawfulRecord, wholeSite } from './support/lawfulSite.ts';
import { lodge } from './support/lodgedCounts.ts';

interface Node {
	readonly name: string;
	readonly attributes: Readonly<Record<string, string>>;
	readonly children: Node[];
	text: string;
}

/** Throws where it is not well-formed. */
function parseXml(text: string): Node {
	const root: Node = { name: '', attributes: {}, children: [], text: '' };
	const open = [root];
	const parser = new SaxesParser({ xmlns: true });
	parser.on('error', (error) => {
		throw error;
	});
	parser.on('opentag', ({ local, uri, attributes }) => {
		if (uri !== 'http://www.w3.org/2005/Atom') throw new Error(`${local} of another namespace`);
		const own = Object.fromEntries(Object.entries(attributes).map(([name, { value }]) => [name, value]));
		const node: Node = { name: local, attributes: own, children: [], text: '' };
		open.at(-1)?.children.push(node);
		open.push(node);
	});
	parser.on('text', (said) => {
		const node = open.at(-1);
		if (node !== undefined) node.text += said;
	});
	parser.on('closetag', () => {
		open.pop();
	});
	parser.write(text).close();
	const [feed] = root.children;
	if (feed === undefined) throw new Error('it is empty');
	return feed;
}

const named = ({ children }: Node, name: string) => children.filter((one) => one.name === name);
const textOf = (node: Node, name: string) => named(node, name)[0]?.text ?? '';
const DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/** RFC 4287, 4.1.1 and 4.1.2: what a feed and an entry must and must not have. */
function problemsOf(feed: Node): readonly string[] {
	const problems: string[] = [];
	const once = (node: Node, name: string) => {
		if (named(node, name).length !== 1 || textOf(node, name).trim() === '') problems.push(`${node.name}: ${name}`);
	};
	for (const node of [feed, ...named(feed, 'entry')]) {
		for (const name of ['id', 'title', 'updated']) once(node, name);
		if (!DATE.test(textOf(node, 'updated'))) problems.push(`${node.name}: updated ${textOf(node, 'updated')}`);
		if (named(node, 'author').length === 0) problems.push(`${node.name}: author`);
		for (const author of named(node, 'author')) once(author, 'name');
		const links = named(node, 'link').map(({ attributes: { rel, type, hreflang } }) => `${rel} ${type} ${hreflang}`);
		if (new Set(links).size !== links.length) problems.push(`${node.name}: two links alike`);
		if (!/^ni:\/\/\/sha-256;[\w-]{43}(\?[\w=&./~-]+)?$/.test(textOf(node, 'id'))) problems.push(textOf(node, 'id'));
	}
	const ids = named(feed, 'entry').map((entry) => textOf(entry, 'id'));
	if (new Set(ids).size !== ids.length) problems.push('two entries of one id');
	return problems;
}

const RECORD = lawfulRecord(4, 260);
const SITE = wholeSite(RECORD);
const FEEDS = [...SITE].filter(([path]) => path.endsWith('.atom'));

describe('W16 feeds', () => {
	it('there is one of the election and one of each contest, in every language', () => {
		const contests = [...RECORD.election.contests.keys()];
		expect(FEEDS.map(([path]) => path).sort()).toEqual(
			LANGUAGES.flatMap((language) => [
				pagePath(language, { page: 'feed' }),
				...contests.map((contest) => pagePath(language, { page: 'feed', contest })),
			]).sort(),
		);
	});

	it.each(FEEDS.map(([path]) => path))('%s is Atom, and full of entries', (path) => {
		const feed = parseXml(SITE.get(path) ?? '');
		expect(problemsOf(feed)).toEqual([]);
		expect(feed.attributes['xml:lang']).toBe(path.slice(0, 2));
		expect(named(feed, 'entry').length).toBeGreaterThan(20);
	});

	it('is looked at closely', () => {
		const [, text = ''] = FEEDS[0] ?? [];
		for (const [from, to] of [
			[/<updated>[^<]*<\/updated>/, ''],
			[/<entry>\n<id>[^<]*/, '<entry>\n<id>ni:x'],
			[/(?:<author><name>[^<]*<\/name><\/author>\n)+<category/, '<category'],
			[/html" hreflang="sw"/, 'html" hreflang="en"'],
		] as const)
			expect(problemsOf(parseXml(text.replace(from, to)))).not.toEqual([]);
		expect(() => parseXml(text.replace('&amp;', '&'))).toThrow('disallowed character in entity name');
		expect(() => parseXml(text.replace('<title>', '<title>\u0001'))).toThrow('disallowed character');
	});

	it('leads to pages and anchors that there are, from where it lies', () => {
		const ids = (path: string) => new Set([...(SITE.get(path) ?? '').matchAll(/ id="([^"]*)"/g)].map(([, id]) => id));
		const dead = FEEDS.flatMap(([path, text]) => {
			const feed = parseXml(text);
			return [feed, ...named(feed, 'entry')].flatMap((node) =>
				named(node, 'link').flatMap(({ attributes: { href = '' } }) => {
					const [to = '', anchor] = new URL(href, `site:///${path}`).href.slice(8).split('#');
					return SITE.has(to) && (anchor === undefined || ids(to).has(anchor)) ? [] : [`${path} → ${href}`];
				}),
			);
		});
		expect(dead).toEqual([]);
	});

	it('has the newest changes, newest first, and of each contest those of its own and of the election', () => {
		const all = RECORD.events(0, RECORD.head().size).filter(isChange);
		const view = feedView(RECORD);
		expect(view.entries.map(({ index }) => index)).toEqual(
			all
				.toReversed()
				.slice(0, FEED_ENTRIES)
				.map(({ index }) => index),
		);
		for (const contest of RECORD.election.contests.values()) {
			const own = all.filter((event) => event.contest === contest.id || event.contest === '');
			expect(feedView(RECORD, contest).entries.map(({ index, station }) => [index, station?.id ?? ''])).toEqual(
				own
					.toReversed()
					.slice(0, FEED_ENTRIES)
					.map(({ index, station }) => [index, station]),
			);
		}
	});

	it('calls an entry the same in every language and in both feeds', () => {
		const idsAt = (path: string) =>
			new Map(
				named(parseXml(SITE.get(path) ?? ''), 'entry').map((entry) => [textOf(entry, 'id'), textOf(entry, 'updated')]),
			);
		const all = idsAt('en/feed.atom');
		expect(idsAt('sw/feed.atom')).toEqual(all);
		const contest = idsAt('en/contest/president/feed.atom');
		const shared = [...all].filter(([id]) => contest.has(id));
		expect(shared.length).toBeGreaterThan(10);
		for (const [id, time] of shared) expect(contest.get(id)).toBe(time);
	});

	it('says in every title that it is a rehearsal', () => {
		const feed = parseXml(SITE.get('en/feed.atom') ?? '');
		for (const node of [feed, ...named(feed, 'entry')]) expect(textOf(node, 'title')).toMatch(/^Rehearsal: /);
	});

	it('tells of a lodged count, and that it was lodged', () => {
		const record = lawfulRecord(4, 60);
		lodge(record, { table: new TextEncoder().encode('station,alba\n001,1\n'), held: false });
		const site = siteOf(record, { live: true, assets: PUBLICATION.assets });
		const feed = parseXml(site.at('en/contest/president/feed.atom')?.body ?? '');
		expect(textOf(named(feed, 'entry')[0] ?? feed, 'title')).toContain('Lodged a comparison count of 3 rows');
	});

	it('is the same bytes while nothing changes', () => {
		const record = lawfulRecord(4, 60);
		const before = wholeSite(record).get('en/feed.atom');
		const { head } = record;
		const later = { ...record, head: () => ({ ...head(), size: head().size + 40, time: head().time + 900 }) };
		expect(siteOf(later, { live: true, assets: PUBLICATION.assets }).at('en/feed.atom')?.body).toBe(before);
	});

	it('has hostile names as text', () => {
		const view = feedView(RECORD);
		const name = `\uffff\ud800]]> ${Object.values(HOSTILE).slice(0, 3).join(' ')}`;
		const entries = view.entries
			.filter((entry) => entry.whole_contest !== true)
			.map((entry) => ({ ...entry, station: { id: '001', name } }));
		const hostile = { ...ELECTION, title: { en: name }, mode: 'official' } as const;
		const context = pageContext({ ...PUBLICATION, election: hostile }, 'en', { page: 'feed' });
		const feed = parseXml(feedPage(context, { ...view, entries }));
		expect(problemsOf({ ...feed, children: feed.children.slice(0, 12) })).toEqual([]);
		expect(textOf(named(feed, 'entry')[0] ?? feed, 'title')).toContain('<script>');
		for (const entry of named(feed, 'entry')) expect(textOf(entry, 'content')).not.toContain('<script');
	});

	it('calls what one statement did to several returns by several ids', () => {
		const view = feedView(RECORD);
		const [first] = view.entries;
		if (first === undefined) throw new Error('there are changes');
		const entries = ['001', '002'].map((id) => ({ ...first, station: { id, name: '' } }));
		const context = pageContext(PUBLICATION, 'en', { page: 'feed' });
		expect(problemsOf(parseXml(feedPage(context, { ...view, entries })))).toEqual([]);
	});

	it('leads each entry to the page of changes on which it stands for ever', () => {
		const listOf = (contest: string) => {
			const own = RECORD.changes(contest, 0, RECORD.changeCount(contest));
			return [...Array.from({ length: 150 }, () => own[0] ?? []).flat(), ...own];
		};
		const record = {
			...RECORD,
			changeCount: (contest: string) => listOf(contest).length,
			changes: (contest: string, from: number, count: number) => listOf(contest).slice(from, from + count),
		};
		const site = siteOf(record, { live: true, assets: PUBLICATION.assets });
		for (const contest of record.election.contests.values()) {
			const { entries } = feedView(record, contest);
			const feed = parseXml(site.at(pagePath('en', { page: 'feed', contest: contest.id }))?.body ?? '');
			const pages = new Set(entries.map(({ page }) => page));
			expect([...pages].some((page) => page > 0)).toBe(true);
			for (const [place, { index, page, station }] of entries.entries()) {
				const listed = changesView(record, contest, page)?.entries ?? [];
				expect(listed.map((one) => `${one.index} ${one.station?.id}`)).toContain(`${index} ${station?.id}`);
				const [link] = named(named(feed, 'entry')[place] ?? feed, 'link');
				expect(link?.attributes['href']).toMatch(`changes/${page}.html#e${index}`);
			}
		}
	});

	it('is named on the pages that it tells of', () => {
		for (const [path, text] of SITE) {
			const address = parsePagePath(path)?.address;
			if (!path.endsWith('.html') || address === undefined) continue;
			expect(text).toMatch(/<link rel="alternate" type="application\/atom\+xml"[^>]* href="[^"]*feed\.atom">/);
			if (address.page === 'contest') expect(text).toContain('href="feed.atom"');
		}
	});
});

describe('W17 statements', () => {
	it('every change has a page that says what it says, when and by whom, and has the note as it lies in the log', () => {
		const events = RECORD.events(0, RECORD.head().size).filter(isChange);
		for (const { index } of events) {
			const note = new TextDecoder().decode(RECORD.note(index));
			const page = [...SITE].find(
				([path, text]) => path.startsWith('en/statement/') && text.includes(`entry ${index})`),
			);
			const shown = /<section id="note">.*?<code>(.*?)<\/code>/s.exec(page?.[1] ?? '')?.[1] ?? '';
			expect(shown.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&')).toBe(note);
		}
		expect(events.length).toBeGreaterThan(50);
	});

	it('a server answers for every statement, also for those that changed nothing, and for no other id', () => {
		const site = siteOf(RECORD, { live: true, assets: PUBLICATION.assets });
		const silent = [];
		for (let index = 0; index < RECORD.head().size; index++) {
			const id = leafAt(RECORD, index)?.id;
			const page = id === undefined ? undefined : site.at(pagePath('en', { page: 'statement', id }));
			const isVoid = id === undefined || RECORD.rows.indexOf(id) !== index;
			if (!isVoid && page?.body.includes(`entry ${index})`) !== true) silent.push(index);
		}
		expect(silent).toEqual([]);
		expect(site.at(pagePath('en', { page: 'statement', id: 'f'.repeat(64) }))).toBeUndefined();
	});
});
