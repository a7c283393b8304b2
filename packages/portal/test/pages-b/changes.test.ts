/** Histories and the page of what changed: every statement in words, before beside after, and the way through the pages. */
import { describe, expect, it } from 'vitest';
import { html } from '../../src/html/html.ts';
import { changesPage } from '../../src/pages/changes.ts';
import { pageContext } from '../../src/pages/context.ts';
import { changeWords } from '../../src/pages/stationParts/changeWords.ts';
import { statementWords } from '../../src/pages/stationParts/statementWords.ts';
import { LANGUAGES, type Language } from '../../src/site/paths.ts';
import type { ChangesView, HistoryEntry } from '../../src/views/types.ts';
import { wordsOf } from '../../src/words/words.ts';
import { HOSTILE, PUBLICATION } from '../support/fixtures.ts';
import { FORM } from '../support/fixturesForms.ts';
import { CHANGES_VIEW, EVERY_STATEMENT, HISTORY } from '../support/fixturesHistory.ts';
import { problemsOf } from '../support/markup.ts';

function textOf(view: Partial<ChangesView>, language: Language = 'en'): string {
	const whole = { ...CHANGES_VIEW, ...view };
	const number = whole.page === whole.pages - 1 ? {} : { number: whole.page };
	return changesPage(pageContext(PUBLICATION, language, { page: 'changes', contest: 'president', ...number }), whole);
}

const sentence = (language: Language, { statement }: HistoryEntry): string =>
	html`${statementWords(wordsOf(language), statement, { contest: FORM, mode: 'rehearsal' })}`.text.replace(
		/<[^>]*>/g,
		'',
	);

/** Codes that must never stand where a word belongs. */
const CODES =
	/own-kit|other-kit|hand-carry|agent-copy|carbon-copy|not-opened|return-lost|re-poll|accept-reading|as-written|station-added|not-notified|disregard\b.*ground/;

describe('statements in words', () => {
	it('cover every type of statement, every amendment and every ruling', () => {
		const kinds = new Set(EVERY_STATEMENT.map(({ statement }) => statement.type));
		expect(kinds.size).toBe(23);
		const decisions = EVERY_STATEMENT.flatMap(({ statement }) =>
			statement.type === 'form/ruling' ? [statement.decision.kind] : [],
		);
		expect(new Set(decisions).size).toBe(7);
		const amendments = EVERY_STATEMENT.flatMap(({ statement }) =>
			statement.type === 'election/amend' ? [statement.change.kind] : [],
		);
		expect(new Set(amendments).size).toBe(6);
		const orders = EVERY_STATEMENT.flatMap(({ statement }) =>
			statement.type === 'authority/order' ? [statement.order.kind] : [],
		);
		expect(new Set(orders).size).toBe(10);
		const notices = EVERY_STATEMENT.flatMap(({ statement }) =>
			statement.type === 'notice/file' ? [statement.notice.kind] : [],
		);
		expect(new Set(notices).size).toBe(6);
	});

	it.each(LANGUAGES)('are sentences of their own in %s, with words for codes', (language) => {
		for (const entry of EVERY_STATEMENT) {
			const text = sentence(language, entry);
			expect([entry.statement.type, text.length > 10, CODES.test(text)]).toEqual([entry.statement.type, true, false]);
			if (language !== 'en') expect(text).not.toBe(sentence('en', entry));
		}
	});

	it('names some of many keys, and how many more there are', () => {
		const enrolled = EVERY_STATEMENT.find(
			({ statement }) => statement.type === 'key/enrol' && statement.keys.length > 5,
		);
		if (enrolled === undefined) throw new Error('there is such an entry');
		expect(sentence('en', enrolled)).toMatch(/^7 keys enrolled: clerk\/1,.* and 2 more\.$/);
	});

	it('calls a candidate by name and an unknown one by id', () => {
		const entry = EVERY_STATEMENT.find(({ statement }) => statement.type === 'election/amend');
		if (entry?.statement.type !== 'election/amend' || entry.statement.change.kind !== 'candidate')
			throw new Error('first');
		expect(sentence('en', entry)).toBe('Amendment: candidate MTS withdrawn; votes for the candidate do not count.');
		const { change } = entry.statement;
		const unknown = { ...entry, statement: { ...entry.statement, change: { ...change, candidate: 'nobody' } } };
		expect(sentence('en', unknown)).toContain('candidate nobody');
	});
});

describe('what a statement changed', () => {
	const effect = ({ before, after }: HistoryEntry): string => {
		if (before === undefined || after === undefined) throw new Error('it changed something');
		return changeWords(wordsOf('en'), FORM, before, after)
			.text.replace(/<[^>]*>/g, ' ')
			.replace(/\s+/g, ' ');
	};
	const nth = (place: number): HistoryEntry => {
		const entry = HISTORY[place];
		if (entry === undefined) throw new Error(`the history has an entry ${place}`);
		return entry;
	};

	it('R11 shows verified figures beside the reported ones they are not, with the difference', () => {
		expect(effect(nth(5))).toContain('Verified figures that are not those reported');
		expect(effect(nth(5))).toContain('MAS - IPSP 81 91 +10');
	});

	it('R20 shows every figure that became another, before and after, and none that did not', () => {
		const changed = EVERY_STATEMENT.find(({ after, before }) => before?.verified !== undefined && after?.flagged);
		if (changed === undefined) throw new Error('there is such an entry');
		expect(effect(changed)).toContain(
			'Reported figures that changed Field Before After Difference MAS - IPSP 81 91 +10',
		);
		expect(effect(changed)).toContain(
			'Verified figures that changed Field Before After Difference MAS - IPSP 91 81 −10',
		);
		expect(effect(changed)).not.toContain('UCS');
	});

	it('says that figures are no longer known, and how many ballots were when they first are', () => {
		expect(effect(nth(1))).toContain('Reported figures known: 182 ballots');
		const gone = EVERY_STATEMENT.find(({ after }) => after?.state === 'disregarded');
		if (gone === undefined) throw new Error('there is such an entry');
		expect(effect(gone)).toContain('No reported figures any more');
		expect(effect(gone)).toContain('No longer counts as written');
	});

	it('says that a form came in where the state hides it', () => {
		const hidden = EVERY_STATEMENT.filter(
			({ before, after }) => before?.state === 'quarantined' && after?.state === 'quarantined',
		);
		expect(hidden.map(effect).join()).toContain('A form counts from here on');
	});
});

describe('the page of what changed', () => {
	it.each(LANGUAGES)('is sound in %s, with every statement there is', (language) => {
		expect(problemsOf(textOf({}, language))).toEqual([]);
		expect(problemsOf(textOf({ entries: EVERY_STATEMENT, pages: 1, page: 0 }, language))).toEqual([]);
	});

	it('is sound where one statement changed several stations', () => {
		const [one] = CHANGES_VIEW.entries.filter(({ station }) => station !== undefined);
		if (one === undefined) throw new Error('there is such an entry');
		const entries = ['1', '2'].map((id) => ({ ...one, station: { id, name: HOSTILE.script } }));
		expect(problemsOf(textOf({ entries }))).toEqual([]);
	});

	it('says that nothing changed when nothing did', () => {
		const text = textOf({ entries: [], total: 0, page: 0, pages: 1 });
		expect(text).toContain('Nothing has changed so far');
		expect(text).not.toContain('rel="next"');
	});

	it('leads to older and newer, and to the last page by the address without a number', () => {
		const middle = textOf({ page: 1, pages: 3 });
		expect(middle).toContain('href="0.html" rel="prev"');
		expect(middle).toContain('href="../changes.html" rel="next"');
		const last = textOf({ page: 2, pages: 3 });
		expect(last).toContain('href="changes/1.html" rel="prev"');
		expect(last).not.toContain('rel="next"');
		expect(textOf({ page: 0, pages: 3 })).not.toContain('rel="prev"');
	});

	it('R20 says who, why with its source, and links the station', () => {
		const text = textOf({});
		expect(text).toContain('returning officer <code><bdi>ro/oruro/1</bdi></code>');
		expect(text).toContain('Source: <bdi>assumption: a list for the rehearsal</bdi>');
		expect(text).toContain('href="../../../station/30042.html"');
		expect(text).toContain('The election as a whole');
	});
});
