/** The page of a station: what it must say in every state, of every document and every image, and what no name can make of it. */
import { newPlayer, playOne } from '@matokeo/core/testing/rules/player.ts';
import { describe, expect, it } from 'vitest';
import { type Publication, pageContext } from '../../src/pages/context.ts';
import { stationPage } from '../../src/pages/station.ts';
import { LANGUAGES, type Language } from '../../src/site/paths.ts';
import { stationView } from '../../src/views/station.ts';
import type { CaptureView, StationContestView, StationView } from '../../src/views/stationTypes.ts';
import { HOSTILE, PUBLICATION } from '../support/fixtures.ts';
import { AGENT_COPY, CAPTURE, CODE, FORM, idOf, image, SECOND } from '../support/fixturesForms.ts';
import { contestPart, stationOf } from '../support/fixturesStation.ts';
import { problemsOf } from '../support/markup.ts';
import { memoryRecord } from '../support/memoryRecord.ts';

const STATES = [
	'verified',
	'received',
	'no-form-seen',
	'missing',
	'quarantined',
	'disregarded',
	'postponed',
	'cancelled',
	'merged',
] as const;

const WORDS = {
	verified: 'A returning officer accepted one of the independent readings',
	received: 'in the verified total not yet',
	'no-form-seen': 'no image of it is held yet. Its figures are in no total',
	missing: 'No form of this station has come in',
	quarantined: 'holds this return back',
	disregarded: 'does not count',
	postponed: 'The poll was postponed here',
	cancelled: 'The poll was cancelled here',
	merged: 'merged into another',
} as const;

function textOf(view: StationView, language: Language = 'en', publication: Publication = PUBLICATION): string {
	return stationPage(pageContext(publication, language, { page: 'station', station: view.station.id }), view);
}

const withCaptures = (captures: readonly CaptureView[], more: Partial<StationContestView> = {}): string =>
	textOf(stationOf([contestPart('verified', { captures, ...more })]));

const RICH = stationOf([
	contestPart('verified', { captures: [CAPTURE, SECOND, AGENT_COPY] }),
	contestPart('quarantined', { quarantine: { reason: CODE, review: 1_571_691_600 } }),
	contestPart('postponed', { status: 'postponed', status_reason: CODE, poll: 2 }),
]);

describe('the page of a station', () => {
	it.each(STATES)('says what it means to be %s, in words, in every language', (state) => {
		expect(textOf(stationOf([contestPart(state)]))).toContain(WORDS[state]);
		for (const language of LANGUAGES) expect(problemsOf(textOf(stationOf([contestPart(state)]), language))).toEqual([]);
	});

	it.each(LANGUAGES)('is sound with several contests, forms and copies, in %s', (language) => {
		expect(problemsOf(textOf(RICH, language))).toEqual([]);
	});

	it('says so when it has no contests', () => {
		const text = textOf(stationOf([]));
		expect(text).toContain('No contest is held at this station.');
		expect(problemsOf(text)).toEqual([]);
	});

	it.each(Object.entries(HOSTILE))('shows a hostile name as text: %s', (_, name) => {
		const hostile = { text: { en: name }, citation: name, id: 'x' };
		const part = contestPart('quarantined', {
			contest: {
				...FORM,
				title: { en: name },
				fields: FORM.fields.map((field) => ({ ...field, label: { en: name } })),
			},
			path: [
				{ id: 'bo', name },
				{ id: 'area3', name },
			],
			captures: [
				{ ...CAPTURE, serial: name, agents: [{ party: name, mark: 'signed' }], attributes: { [name]: 'yes' } },
			],
			quarantine: { reason: hostile, review: 1 },
			status: 'open',
			status_reason: hostile,
		});
		const text = textOf(stationOf([part], { name, attributes: { [name]: name }, merged_into: '30041' }));
		expect(problemsOf(text)).toEqual([]);
		expect(text).not.toContain('<script>alert');
		expect(text.length).toBeLessThan(400_000);
	});

	it('shows a name of 10,000 characters cut in its heading and once in full', () => {
		const text = textOf(stationOf([contestPart('missing')], { name: HOSTILE.long }));
		expect(text.split(HOSTILE.long)).toHaveLength(2);
	});
});

describe('figures', () => {
	it('R11 marks what differs in a word and names the fields, counted ones apart', () => {
		const text = withCaptures([CAPTURE]);
		expect(text).toContain('The columns differ in: <bdi>MAS - IPSP</bdi>.');
		expect(text.match(/<small>differs<\/small>/g)).toHaveLength(1);
		expect(text).not.toContain('Among the fields that are not counted');
		expect(withCaptures([CAPTURE, SECOND])).toContain('Among the fields that are not counted');
	});

	it('says that all columns say the same where they do', () => {
		const { accepted } = CAPTURE;
		if (accepted === undefined) throw new Error('the capture has an accepted reading');
		expect(withCaptures([{ ...CAPTURE, figures: accepted.figures }])).toContain('All columns say the same.');
	});

	it('shows what the paper says where it says no number, and no sum of such a column', () => {
		const text = withCaptures([SECOND]);
		for (const word of ['blank', 'illegible', 'struck out']) expect(text).toContain(word);
		expect(text).toContain('<td class="n">–</td>');
	});

	it('keeps committed readings blind', () => {
		const text = withCaptures([SECOND]);
		expect(text).toContain('2 readings are committed, blind until both are in');
		expect(text).not.toContain('Reading 1');
	});

	it('compares an agent’s copy with what counts, and never calls it counted', () => {
		const text = withCaptures([CAPTURE, AGENT_COPY]);
		expect(text).toContain('Shown and compared, never counted.');
		expect(text).toContain('The form that counts');
		expect(text.indexOf('never counted')).toBeGreaterThan(text.indexOf('Verified'));
	});

	it('shows the form that counts first, wherever it stands in the log', () => {
		const text = withCaptures([{ ...SECOND, index: 1 }, CAPTURE]);
		expect(text.indexOf('This form counts')).toBeLessThan(text.indexOf('it does not count'));
	});
});

describe('images', () => {
	const shown = (more: Partial<CaptureView>): string => withCaptures([{ ...CAPTURE, ...more }]);

	it('links and names a published one, with its digest and its size', () => {
		const text = shown({});
		expect(text).toContain(
			`<img src="../../blob/00/${idOf(2)}" alt="Image of the form, facsimile: polling station 30042`,
		);
		expect(text).toContain(`<code class="digest">${idOf(2)}</code>`);
		expect(text).toContain('48 kB');
	});

	it.each([
		['sealed', image(2, { shown: false }), 'Sealed: images of this kind are not published'],
		['not held', image(2, { shown: false, held: false }), 'Not yet held: no form seen, in no total.'],
		[
			'withheld',
			image(2, { shown: false, withheld: CODE }),
			'Withheld by the authority: <bdi>The form is under question',
		],
	] as const)('R2 shows nothing of one that is %s, and says why', (_, one, words) => {
		const text = shown({ images: [one] });
		expect(text).toContain(words);
		expect(text).not.toContain('<img');
		expect(text).toContain(one.sha256);
	});

	it('does not say that no form was seen where another image was', () => {
		expect(shown({ images: [image(2), image(3, { shown: false, held: false })] })).not.toContain(
			'no form seen, in no total',
		);
	});
});

describe('how to check', () => {
	it('links the proof of every entry where the API answers, and no dead link where it does not', () => {
		const view = stationOf([contestPart('verified')]);
		for (const { index } of view.contests[0]?.history ?? []) {
			expect(textOf(view)).toContain(`href="../../api/v1/proofs/${index}"`);
		}
		const copy = textOf(view, 'en', { ...PUBLICATION, live: false });
		expect(copy).not.toContain('api/v1');
		expect(copy).toContain(`matokeo verify FOLDER --anchor ${PUBLICATION.election.digest}`);
	});

	it('names the file of the log that holds an entry, and links it once it is full', () => {
		const view = stationOf([contestPart('verified')]);
		expect(textOf(view)).toContain('<a href="../../tile/entries/110"><code>tile/entries/110</code></a>');
		const early = { ...view, stamp: { ...view.stamp, size: 110 * 256 + 255 } };
		expect(textOf(early)).toContain('<td><code>tile/entries/110</code></td>');
	});

	it('says truthfully where problems go', () => {
		expect(textOf(stationOf([contestPart('verified')]))).toContain(
			'Whoever has standing by the law can lodge an objection',
		);
	});
});

describe('pages of histories drawn at random', () => {
	it.each([11, 12, 13])('R20 are sound and hold every entry of history %i', (seed) => {
		const player = newPlayer(seed);
		const record = memoryRecord();
		for (const note of player.world.rows.notes()) record.take(note);
		for (let step = 0; step < 120; step++) {
			const { answer } = playOne(player);
			if (answer.refusal === undefined) record.take(answer.bytes);
		}
		let entries = 0;
		for (const station of record.election.stations.keys()) {
			const view = stationView(record, station);
			if (view === undefined) throw new Error('stations of the package have pages');
			for (const language of LANGUAGES) {
				const text = textOf(view, language);
				expect(problemsOf(text)).toEqual([]);
				expect(text).not.toMatch(/undefined|NaN|\[object/);
				for (const { history } of view.contests)
					for (const { id } of history) expect(text).toContain(`<code class="digest">${id}</code>`);
			}
			entries += view.contests.reduce((sum, { history }) => sum + history.length, 0);
		}
		expect(entries).toBeGreaterThan(20);
	});
});
