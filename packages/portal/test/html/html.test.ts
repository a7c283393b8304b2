/** Whatever stands in a template is text and stays text: between tags, in a double-quoted attribute, and whichever way it is written. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foreign, plainName, wholeName } from '../../src/html/foreign.ts';
import { escaped, Html, html, joined, NOTHING } from '../../src/html/html.ts';
import { HOSTILE } from '../support/fixtures.ts';

/** What a browser would make of escaped text, for the entities that we write. */
function unescaped(text: string): string {
	const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };
	return text.replace(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => entities[name] ?? '');
}

describe('html', () => {
	it.each([
		['<b>', '&lt;b&gt;'],
		['a" onload="x', 'a&quot; onload=&quot;x'],
		["it's", 'it&#39;s'],
		['&amp;', '&amp;amp;'],
		['two\nlines\tand tabs', 'two\nlines\tand tabs'],
		['Ñuflo مدرسة 学校', 'Ñuflo مدرسة 学校'],
	])('writes %j as %j', (text, written) => {
		expect(html`<p title="${text}">${text}</p>`.text).toBe(`<p title="${written}">${written}</p>`);
	});

	it('shows control characters and those that turn the direction of writing', () => {
		const turning = '\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069';
		for (const one of `${turning}\u0000\u0007\u001b\u007f\u0085\ufeff`) expect(escaped(`a${one}b`)).toBe('a\ufffdb');
		expect(escaped('a\u2028b\u2029c')).toBe('a b c');
	});

	it('leaves the joiners that scripts need', () => {
		expect(escaped('\u0915\u094d\u200d\u0937 \u0645\u06cc\u200c\u062e')).toBe(
			'\u0915\u094d\u200d\u0937 \u0645\u06cc\u200c\u062e',
		);
	});

	it('never lets a text end its tag or its attribute, and loses nothing that can be shown', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
				const written = html`${text}`.text;
				expect(written).not.toMatch(/[<>"']/);
				expect(unescaped(written)).toBe(
					text
						.replace(/[[\p{Cc}\p{Bidi_Control}\ufeff\ufff9-\ufffb]--[\t\n]]/gv, '\ufffd')
						.replace(/[\u2028\u2029]/g, ' '),
				);
			}),
		);
	});

	it('takes parts as they are, lists one after the other, and nothing for what is absent', () => {
		const absent = undefined;
		expect(html`<p>${html`<b>${'<'}</b>`}${[1, 'a', [html`<i></i>`]]}${absent}${false}</p>`.text).toBe(
			'<p><b>&lt;</b>1a<i></i></p>',
		);
		expect(joined(['<', html`<br>`, 0]).text).toBe('&lt;<br>0');
		expect(NOTHING.text).toBe('');
	});

	it('is made by nothing else', () => {
		expect(() => new Html('<script>', Symbol('html'))).toThrow(/by nothing else/);
	});
});

describe('foreign names', () => {
	it('stand isolated, as text', () => {
		expect(foreign(HOSTILE.script).text).toBe('<bdi>&lt;script&gt;alert(1)&lt;/script&gt;</bdi>');
		expect(foreign(HOSTILE.override).text).toBe('<bdi>Mesa \ufffd12345\ufffd 1</bdi>');
	});

	it('are cut in lists and titles, and stand in full below the heading of their own page', () => {
		expect(HOSTILE.long.length).toBeGreaterThan(10_000);
		expect(plainName(HOSTILE.long)).toHaveLength(121);
		expect(foreign(HOSTILE.long).text.length).toBeLessThan(150);
		expect(wholeName(HOSTILE.long).text).toContain(`<p class="whole"><bdi>${HOSTILE.long}</bdi></p>`);
		expect(wholeName('Oruro').text).toBe('<h1><bdi>Oruro</bdi></h1>');
	});

	it('are never cut inside a character', () => {
		expect(plainName('😀'.repeat(200)).isWellFormed()).toBe(true);
		expect(plainName(`x${'😀'.repeat(200)}`).isWellFormed()).toBe(true);
	});
});
