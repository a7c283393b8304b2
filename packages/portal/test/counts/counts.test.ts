/** Lodged counts as pages (S44, W18): every state that a table can be in, figures that stand beside the log's and nowhere else, and words of strangers that stay text. */
import { utf8Decode, utf8Encode } from '@matokeo/core/std/bytes.ts';
import { portableSuite } from '@matokeo/core/std/portable.ts';
import { describe, expect, it } from 'vitest';
import { countDesk } from '../../src/comparing/desk.ts';
import { compareLodged } from '../../src/comparing/job.ts';
import { dataPath, LANGUAGES, pagePath } from '../../src/site/paths.ts';
import { countView } from '../../src/views/counts.ts';
import { HOSTILE } from '../support/fixtures.ts';
import { lawfulRecord } from '../support/lawfulSite.ts';
import { alteredTable, comparedSite, deskOf, lodge, take } from '../support/lodgedCounts.ts';
import { problemsOf } from '../support/markup.ts';
import { memoryRecord } from '../support/memoryRecord.ts';

const AUTHORITY = ['authority/1', 'authority/2'];

function pageOf(site: ReadonlyMap<string, string>, id: string, language: (typeof LANGUAGES)[number] = 'en'): string {
	return site.get(pagePath(language, { page: 'count', id })) ?? '';
}

describe('W18 a count that is held', () => {
	const record = lawfulRecord(4, 260);
	const table = alteredTable(record);
	const words = `${HOSTILE.script}\n${HOSTILE.override}\nsecond line`;
	const first = lodge(record, { table: table.bytes, rows: table.rows, words });
	const id = lodge(record, { table: table.bytes, rows: table.rows, words });
	const made = comparedSite(record);

	it('is compared with both stages, station by station, with the way to each form', async () => {
		const desk = deskOf(record);
		await desk.bring(id);
		const { compared } = countView(record, id, desk.known) ?? {};
		if (compared?.state !== 'compared') throw new Error(`it is ${compared?.state}`);
		const { verified, reported } = compared.stages;
		expect(verified.comparison).toMatchObject({ differing: 1, only_in_a: 1, only_in_b: 1, level: 'station' });
		expect(verified.comparison.stations).toMatchObject([{ key: table.changed[0], fields: [{ difference: 7 }] }]);
		expect(verified.comparison.only.a).toMatchObject([{ key: table.dropped[0] }]);
		expect(verified.comparison.only.b).toMatchObject([{ key: 'zz-1' }]);
		expect(reported.comparison.matched).toBeGreaterThan(0);
		expect(verified.effect.versions.map(({ basis }) => basis)).toEqual(['a', 'b', 'differing', 'completed']);
		const page = pageOf(await made, id);
		expect(page).toContain(`<a href="../station/${table.changed[0]}.html">`);
		expect(page).not.toContain('station/zz-1.html');
	});

	it('has a sound page in every language, and says nothing that is no word', async () => {
		const site = await made;
		for (const language of LANGUAGES) {
			const page = pageOf(site, id, language);
			expect(problemsOf(page)).toEqual([]);
			expect(/\bundefined\b|\bNaN\b|\[object|\{[a-z]+\}/.exec(page)?.[0]).toBeUndefined();
			const list = site.get(pagePath(language, { page: 'counts', contest: 'president' })) ?? '';
			expect(problemsOf(list)).toEqual([]);
			expect(list).toContain(`${id}.html`);
		}
	});

	it('names conditions in the reader’s language, and says what a count that lacks places does not say', async () => {
		const site = await made;
		const effect = (language: (typeof LANGUAGES)[number]): string =>
			/<section id="effect">.*?<\/section>/s.exec(pageOf(site, id, language))?.[0] ?? '';
		expect(effect('en')).toContain('lacks 1 place that the log has');
		expect(effect('en')).toContain('more than 50 % of valid votes');
		for (const language of ['es', 'sw'] as const) expect(effect(language)).not.toContain('more than');
	});

	it('tells the country of each base rate, and lower areas where they are asked for', async () => {
		const page = pageOf(await made, id, 'es');
		for (const country of ['Bolivia 2019', 'Bulgaria 2021', 'Perú 2021', 'Kenia 2013']) expect(page).toContain(country);
		expect(page.match(/<section id="level-[a-z-]+"><h2>/g)).toHaveLength(1);
		expect(page).toMatch(/<section id="level-[a-z-]+"><details><summary>/);
	});

	it('shows its lodger’s words as text, without the salt', async () => {
		const page = pageOf(await made, id);
		expect(page).toContain('&lt;script&gt;');
		expect(page).toContain('second line');
		expect(page).not.toContain('5a'.repeat(32));
	});

	it('says whose place it took, and the former one what took its place', async () => {
		const site = await made;
		expect(pageOf(site, id)).toContain(`href="${first}.html"`);
		expect(pageOf(site, first)).toContain(`href="${id}.html"`);
	});

	it('has no figure of its own on any page but its own', async () => {
		const other = lawfulRecord(4, 260);
		const bare = lodge(other, { table: utf8Encode('station,alba\n001,424242\n'), rows: 1 });
		const site = await comparedSite(other);
		const holding = [...site].filter(([, text]) => /424,?242/.test(text)).map(([path]) => path);
		expect(holding.sort()).toEqual(
			[
				dataPath({ data: 'count', id: bare }),
				...LANGUAGES.map((one) => pagePath(one, { page: 'count', id: bare })),
			].sort(),
		);
	});

	it('W8 tells everything that differs as a table of codes and numbers', async () => {
		const desk = deskOf(record);
		await desk.bring(id);
		const lines =
			utf8Decode(desk.csv(id, 'verified') ?? new Uint8Array())
				?.trimEnd()
				.split('\n') ?? [];
		expect(lines[0]).toMatch(/^kind,key,/);
		expect(lines.slice(1).map((line) => line.split(',').slice(0, 2).join(' '))).toEqual([
			`differs ${table.changed[0]}`,
			`only_in_a ${table.dropped[0]}`,
			'only_in_b zz-1',
		]);
	});
});

describe('W18 a count whose table is not to be had says so in place of numbers', () => {
	it('not held', async () => {
		const record = lawfulRecord(4, 60);
		const id = lodge(record, { table: alteredTable(record).bytes, held: false });
		expect(pageOf(await comparedSite(record), id)).toContain('Its table is not held here');
	});

	it('held by the log, and not where the page is made; and when it comes, compared', async () => {
		const record = lawfulRecord(4, 260);
		const { bytes } = alteredTable(record);
		const id = lodge(record, { table: bytes });
		let here: Uint8Array | undefined;
		const desk = deskOf({ ...record, file: () => here });
		await desk.bring(id);
		expect(desk.known(id)).toEqual({ state: 'not-held' });
		here = utf8Encode('station,alba\n001,1\n');
		await desk.bring(id);
		expect(desk.known(id)).toEqual({ state: 'not-held' });
		here = bytes;
		await desk.bring(id);
		expect(desk.known(id)?.state).toBe('compared');
	});

	it('withheld', async () => {
		const record = lawfulRecord(4, 60);
		const { bytes } = alteredTable(record);
		const id = lodge(record, { table: bytes });
		const desk = deskOf(record);
		await desk.bring(id);
		expect(desk.csv(id, 'verified')).toBeDefined();
		take(record, { type: 'blob/withhold', by: AUTHORITY, reason: 'privacy', sha256: portableSuite.sha256Hex(bytes) });
		expect(desk.known(id)).toEqual({ state: 'withheld' });
		expect(desk.csv(id, 'verified')).toBeUndefined();
		expect(pageOf(await comparedSite(record), id)).toContain('Its table was withheld');
	});

	it.each([
		['another spelling', 'station,alba\r\n001,1\r\n', 'on line 1'],
		['a field that the form has not', 'station,zzz\n001,1\n', 'on line 1'],
		['areas where stations were said', 'area,alba\nnorth,1\n', 'on line 1'],
		['markup for a number', 'station,alba\n001,<b>1</b>\n', 'on line 2'],
	])('%s: no figure of it is used', async (_, text, where) => {
		const record = lawfulRecord(4, 60);
		const id = lodge(record, { table: utf8Encode(text), rows: 1 });
		const page = pageOf(await comparedSite(record), id);
		expect(page).toContain(where);
		expect(page).not.toContain('id="totals"');
		expect(problemsOf(page)).toEqual([]);
	});

	it('of areas: compared with the areas of the log, each with its page', async () => {
		const record = lawfulRecord(4, 260);
		const id = lodge(record, { table: utf8Encode('area,alba\nnorth,1\nzz,2\n'), rows: 2, level: 'region' });
		const desk = deskOf(record);
		await desk.bring(id);
		const compared = desk.known(id);
		if (compared?.state !== 'compared') throw new Error(`it is ${compared?.state}`);
		expect(compared.stages.verified.comparison.a.level).toEqual({ area: 'region' });
		const page = pageOf(await comparedSite(record), id);
		expect(page).toContain('area by area');
		expect(page).toContain('<a href="../contest/president/area/north.html">');
	});
});

describe('W18 the desk', () => {
	it('makes a comparison once while the figures stand, and again when they have moved', async () => {
		const record = memoryRecord();
		for (const note of notesOf(4, 260)) record.take(note);
		const id = lodge(record, { table: alteredTable(record).bytes });
		let made = 0;
		let now = 0;
		const desk = countDesk(record, {
			nowMs: () => now,
			restMs: 60_000,
			compare: (job) => {
				made++;
				return Promise.resolve(compareLodged(job));
			},
		});
		await Promise.all([desk.bring(id), desk.bring(id), desk.bring(id)]);
		await desk.bring(id);
		expect([made, desk.made(), desk.isDue(id)]).toEqual([1, 1, false]);
		lodge(record, { table: utf8Encode('station,alba\n001,1\n'), contest: 'president' });
		expect(desk.isDue(id)).toBe(true);
		await desk.bring(id);
		expect(made).toBe(1);
		now = 60_001;
		await desk.bring(id);
		expect([made, desk.isDue(id)]).toEqual([2, false]);
	});

	it('lets nobody pile up comparisons, and tries again a minute after one has failed, whoever asks meanwhile', async () => {
		const record = lawfulRecord(4, 60);
		const { bytes } = alteredTable(record);
		const ids = Array.from({ length: 12 }, () => lodge(record, { table: bytes }));
		let fails = true;
		let now = 0;
		let tried = 0;
		const desk = countDesk(record, {
			nowMs: () => now,
			compare: (job) => {
				tried++;
				return fails ? Promise.reject(new Error('no thread')) : Promise.resolve(compareLodged(job));
			},
		});
		const asked = await Promise.allSettled(ids.map((id) => desk.bring(id)));
		const why = asked.map((one) => (one.status === 'rejected' ? String(one.reason) : ''));
		expect(why.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 'Error: no thread'));
		expect(why.slice(10)).toEqual(Array.from({ length: 2 }, () => 'PortalBusy: 10 comparisons are being made'));
		await desk.bring(ids[0] ?? '');
		expect([tried, desk.known(ids[0] ?? ''), desk.isDue(ids[0] ?? '')]).toEqual([10, undefined, true]);
		fails = false;
		now = 60_001;
		await desk.bring(ids[0] ?? '');
		expect(desk.known(ids[0] ?? '')?.state).toBe('compared');
	});

	it('a thread of its own comes to the same', async () => {
		const record = lawfulRecord(4, 260);
		const id = lodge(record, { table: alteredTable(record).bytes });
		const [here, aside] = [deskOf(record), countDesk(record)];
		await here.bring(id);
		await aside.bring(id);
		expect(aside.known(id)).toEqual(here.known(id));
		expect(aside.csv(id, 'reported')).toEqual(here.csv(id, 'reported'));
	});
});

function notesOf(seed: number, steps: number): readonly Uint8Array[] {
	const record = lawfulRecord(seed, steps);
	return Array.from({ length: record.head().size }, (_, index) => record.note(index) ?? new Uint8Array());
}
