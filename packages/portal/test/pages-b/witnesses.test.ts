/** W11: every page says what witnesses have seen of the log; the page about the election has all of it. */
import { describe, expect, it } from 'vitest';
import type { RecordReader, Witnessing, WitnessStanding } from '../../src/record.ts';
import { LANGUAGES } from '../../src/site/paths.ts';
import { siteOf } from '../../src/site/site.ts';
import { allTopics } from '../../src/site/topics.ts';
import { memoryRecord } from '../support/memoryRecord.ts';

const assets = { css: 'assets/a.css', js: 'assets/a.js', icon: 'assets/a.svg' };

function standing(name: string, more: Partial<WitnessStanding> = {}): WitnessStanding {
	return { name: `witness/${name}`, run_by: name, size: 28_975, time: 1_900_000_000, state: 'well', ...more };
}

const MET: Witnessing = {
	quorum: { state: 'met' },
	size: 28_975,
	time: 1_900_000_000,
	by: ['witness/court', 'witness/sun'],
	witnesses: [
		standing('court'),
		standing('moon', { state: 'silent', since: 1_899_999_000, size: 12 }),
		standing('sun'),
	],
};
const AWAY: Witnessing = { ...MET, quorum: { state: 'away', since: 1_900_000_040 } };

function site(witnessing: Witnessing | undefined, moving = true) {
	const record: RecordReader = memoryRecord();
	const reader = witnessing === undefined ? record : { ...record, witnessing: () => witnessing };
	return { reader, ...siteOf(reader, { live: true, assets, moving }) };
}

function page(witnessing: Witnessing | undefined, path: string, moving = true): string {
	const made = site(witnessing, moving).at(path);
	if (made === undefined) throw new Error(`there is no ${path}`);
	return made.body;
}

describe('W11 what witnesses have seen', () => {
	it('stands on every page in every language, while the quorum is there and while it is away', () => {
		for (const [witnessing, sign] of [
			[MET, '28'],
			[AWAY, '2030-03-17T17:47:20Z'],
		] as const) {
			const { reader, files } = site(witnessing);
			const pages = [...allTopics(reader)]
				.flatMap((topic) => files(topic))
				.filter(({ path }) => path.endsWith('.html'));
			expect(pages.length).toBeGreaterThan(30);
			for (const { body } of pages) expect(/<p class="witnessed[^>]*>.*<\/p>/.exec(body)?.[0]).toContain(sign);
		}
	});

	it('names who has seen it, by whom each witness is run', () => {
		const line = page(MET, 'en/index.html');
		expect(line).toContain('Witnessed to statement 28,975 by 2 of 3: <bdi>court</bdi> and <bdi>sun</bdi>.');
		expect(line).toContain('<a href="about.html#witnesses">');
		expect(line).not.toContain('class="witnessed loud"');
	});

	it('is loud when no quorum has, and says since when or that none ever has', () => {
		expect(page(AWAY, 'en/index.html')).toMatch(/<p class="witnessed loud"><strong>No quorum of witnesses since <time/);
		const never = page({ ...AWAY, quorum: { state: 'away', since: 0 } }, 'en/index.html');
		expect(never).toContain('<strong>No quorum of witnesses has seen this log yet.</strong>');
		const unasked = page({ ...AWAY, witnesses: [standing('court', { state: 'unasked' })] }, 'en/index.html');
		expect(unasked).toContain('No witness is asked');
	});

	it('is not in files, which would change every other second: they say where to look', () => {
		const still = page(MET, 'en/contest/president/index.html', false);
		expect(still).toContain('data-witnesses="../../../data/witnesses.json"');
		expect(still).toBe(page(AWAY, 'en/contest/president/index.html', false));
		expect(page(MET, 'en/about.html', false)).not.toBe(page(AWAY, 'en/about.html', false));
	});

	it('is absent where nobody knows of witnesses, and the package’s own table stands', () => {
		expect(page(undefined, 'en/index.html')).not.toContain('class="witnessed');
		expect(page(undefined, 'en/about.html')).toContain('witness/court');
		expect(site(undefined).at('data/witnesses.json')).toBeUndefined();
	});

	it('is told in full on the page about the election: what each has signed, and what is known against it', () => {
		const all: Witnessing = {
			...AWAY,
			witnesses: [
				standing('court'),
				standing('moon', { state: 'unbelievable', since: 1_899_999_000, claims: 31_000, size: 0 }),
				standing('news', { state: 'objects', since: 1_899_999_000 }),
				standing('sun', { state: 'silent', since: 1_899_999_000 }),
				standing('x', { state: 'unasked', size: 0 }),
				standing('y', { state: 'unknown' }),
			],
		};
		for (const language of LANGUAGES) {
			const rows = page(all, `${language}/about.html`).split('id="witnesses"')[1]?.split('</section>')[0] ?? '';
			expect(rows.match(/<tr><th scope="row">/g)).toHaveLength(6);
			expect(rows).toMatch(/31[.,]000/);
		}
		expect(page(all, 'en/about.html')).toContain('no witness can stop an election by being silent');
	});

	it('is a data file of its own', () => {
		const body: unknown = JSON.parse(site(MET).at('data/witnesses.json')?.body ?? '');
		expect(body).toEqual({ stamp: expect.anything(), ...MET });
	});
});
