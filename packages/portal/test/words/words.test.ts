/** The catalogues say the same things in every language, and numbers, shares and times are said exactly. */
import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { html } from '../../src/html/html.ts';
import { LANGUAGES, type Language } from '../../src/site/paths.ts';
import { CATALOGUES } from '../../src/words/catalogues.ts';
import { messagesOf } from '../../src/words/messages.ts';
import { wordsOf } from '../../src/words/words.ts';

type Catalogue = Readonly<Record<string, Readonly<Record<string, string>>>>;

function idsOf(catalogue: Catalogue): readonly string[] {
	return Object.entries(catalogue).flatMap(([group, messages]) => Object.keys(messages).map((id) => `${group}.${id}`));
}

function sourceOf(catalogue: Catalogue, id: string): string {
	const [group = '', name = ''] = id.split('.');
	return catalogue[group]?.[name] ?? '';
}

/** What a message is to be given → whether it says it; what is only asked about (one form or another) another language may do without. */
function placesIn(source: string): ReadonlyMap<string, boolean> {
	const found = new Map<string, boolean>();
	const walk = (tokens: readonly unknown[], counted: string): void => {
		for (const token of tokens) {
			if (token === '#') found.set(counted, true);
			if (!Array.isArray(token)) continue;
			const [name, kind, choices] = token as [string, string?, object?];
			found.set(name, found.get(name) === true || kind === undefined);
			for (const choice of Object.values(choices ?? {})) if (Array.isArray(choice)) walk(choice, name);
		}
	};
	walk(compileMessageOrThrow(source), '');
	return found;
}

/** What a translation says that it is not given, or does not say that it should. */
function unlike(source: string, english: string): readonly string[] {
	const [own, given] = [placesIn(source), placesIn(english)];
	const unsaid = [...given].filter(([name, said]) => said && !own.has(name)).map(([name]) => name);
	return [...[...own.keys()].filter((name) => !given.has(name)), ...unsaid];
}

const WHOLES = Array.from({ length: 200 }, (_, n) => n);
const FORMS = new Map(
	LANGUAGES.map((language) => {
		const rules = new Intl.PluralRules(language);
		return [language, new Set(WHOLES.map((n) => rules.select(n)))] as const;
	}),
);

/** Forms of a plural that a language has for whole numbers and the message does not write. Many Swahili nouns have one form for all numbers. */
function formsMissing(language: Language, source: string): readonly string[] {
	return compileMessageOrThrow(source).flatMap((token) => {
		if (typeof token === 'string' || token[1] !== 'plural') return [];
		const written = Object.keys(token[2] as object).filter((form) => form !== 'offset');
		if (language === 'sw' && written.join() === 'other') return [];
		return [...(FORMS.get(language) ?? [])].filter((form) => !written.includes(form));
	});
}

describe('catalogues', () => {
	const english = idsOf(CATALOGUES.en);

	it('have messages at all', () => {
		expect(english.length).toBeGreaterThan(200);
	});

	it.each(LANGUAGES)(
		'%s has every message once, takes the same values, and has every plural form of its language',
		(language) => {
			expect(idsOf(CATALOGUES[language])).toEqual(english);
			const wrong = english.filter((id) => {
				const source = sourceOf(CATALOGUES[language], id);
				return (
					unlike(source, sourceOf(CATALOGUES.en, id)).length > 0 ||
					formsMissing(language, source).length > 0 ||
					source.trim() !== source ||
					source === '' ||
					/[<>\ue000]/.test(source)
				);
			});
			expect(wrong).toEqual([]);
		},
	);

	it.each(['sw', 'es'] as const)('%s is translated: few messages are the same as in English', (language) => {
		const same = english.filter(
			(id) =>
				/[a-z]{4}/.test(sourceOf(CATALOGUES.en, id).replace(/\{[^}]*\}/g, '')) &&
				sourceOf(CATALOGUES[language], id) === sourceOf(CATALOGUES.en, id),
		);
		expect(same.length).toBeLessThan(12);
	});

	it('are looked at closely: a value too many, one unsaid, a form that the language has', () => {
		expect(unlike('{a} {b}', '{a}')).toEqual(['b']);
		expect(unlike('{a}', '{a} {n, plural, one {# x} other {# y}}')).toEqual(['n']);
		expect(unlike('{a}', '{a} {n, plural, one {holds} other {hold}}')).toEqual([]);
		expect(unlike('{b} {a, plural, other {#}}', '{a} {b}')).toEqual([]);
		expect(formsMissing('es', '{n, plural, other {#}}')).toEqual(['one']);
		expect(formsMissing('en', '{n, plural, one {#} other {#}}')).toEqual([]);
	});

	it('know what each message is to be given', () => {
		expect(messagesOf('en').places('common.stations')).toEqual([{ name: 'n', chooses: true }]);
		expect(messagesOf('sw').places('common.skip')).toEqual([]);
	});
});

describe('words', () => {
	const [en, sw, es] = [wordsOf('en'), wordsOf('sw'), wordsOf('es')];

	it('group thousands, four digits too, in messages as in tables', () => {
		expect([0, 999, 1000, 34_555, 9_007_199_254_740_991].map(en.number)).toEqual([
			'0',
			'999',
			'1,000',
			'34,555',
			'9,007,199,254,740,991',
		]);
		expect(es.number(1234)).toBe('1.234');
		expect(es.say('common.stations', { n: 1234 })).toBe('1.234 mesas');
		expect(en.say('contest.headComplete', { verified: 1234, n: 1234 })).toBe('All stations verified: 1,234 of 1,234.');
	});

	it('choose the form that the number asks for', () => {
		expect([0, 1, 2].map((n) => en.say('common.stations', { n }))).toEqual(['0 stations', '1 station', '2 stations']);
		expect([1, 2].map((n) => sw.say('common.stations', { n }))).toEqual(['kituo 1', 'vituo 2']);
		expect([1, 2].map((n) => es.say('common.stations', { n }))).toEqual(['1 mesa', '2 mesas']);
	});

	it('refuse what is no whole number, and a message that lacks a value', () => {
		for (const wrong of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])
			expect(() => en.number(wrong)).toThrow(/whole numbers/);
		expect(() => en.say('common.stations')).toThrow(/common\.stations is given a value for \{n\}/);
	});

	it('divide exactly, and round half away from zero', () => {
		expect(en.percent(1, 8, 1)).toBe('12.5%');
		expect(en.percent(1, 8, 0)).toBe('13%');
		expect(en.percent(2_889_359, 6_137_671)).toBe('47.08%');
		expect(es.percent(1, 3)).toBe('33,33\u00a0%');
		expect(en.percent(0, 0)).toBe('–');
		expect(en.percent(9_007_199_254_740_990, 9_007_199_254_740_991, 4)).toBe('100.0000%');
	});

	it('never say more than the whole of what is less than it by half a hundredth', () => {
		fc.assert(
			fc.property(fc.nat({ max: 10 ** 9 }), fc.integer({ min: 1, max: 10 ** 9 }), (part, whole) => {
				const said = BigInt(en.percent(part, whole).replace(/[.%]/g, ''));
				const error = said * BigInt(whole) - BigInt(part) * 10_000n;
				expect(2n * (error < 0n ? -error : error) <= BigInt(whole)).toBe(true);
			}),
		);
	});

	it('say times in UTC and mark them up', () => {
		expect(en.time(1_571_607_600)).toBe('20 Oct 2019, 21:40 UTC');
		expect(sw.time(1_571_607_600)).toBe('20 Okt 2019, 21:40 UTC');
		expect(es.timeTag(1_571_607_600).text).toBe('<time datetime="2019-10-20T21:40:00Z">20 oct 2019, 21:40 UTC</time>');
		expect(en.timeTag(0).text).toBe('before the log’s first clock reading');
	});

	it('list what there is', () => {
		expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map((items) => en.list(items))).toEqual([
			'',
			'a',
			'a and b',
			'a, b and c',
		]);
		expect(sw.items(['<', html`<b>b</b>`]).text).toBe('&lt; na <b>b</b>');
	});

	it('take a text in the reader’s language, else in English, else in the first there is, and say in which', () => {
		expect(es.text({ en: 'a', es: 'b' })).toBe('b');
		expect(es.shown({ en: 'a', qu: 'c' }).text).toBe('<bdi lang="en">a</bdi>');
		expect(es.shown({ qu: '<c>' }).text).toBe('<bdi lang="qu">&lt;c&gt;</bdi>');
		expect([es.text({}), es.shown({}).text]).toEqual(['', '']);
	});

	it('keep foreign text inside a message foreign', () => {
		expect(en.rich('contest.conditionFor', { candidate: '<i>\ue0000\ue000' }).text).toBe(
			'about &lt;i&gt;\ue0000\ue000',
		);
		expect(en.rich('contest.outRefer', { to: html`<b>x</b>` }).text).toContain('<b>x</b>');
	});
});
