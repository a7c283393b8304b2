/** The design keeps what it promises: contrast in both themes, nothing by colour alone, nothing fetched from elsewhere, and few bytes. */
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { siteScript, siteStyle } from '../../src/design/assets.ts';
import { arrivalCurve, bar, stagesBar } from '../../src/design/charts.ts';
import { conditionMark, returnMarks, stateMark } from '../../src/design/marks.ts';
import { wordsOf } from '../../src/words/words.ts';
import { stationLine } from '../support/fixtures.ts';

const words = wordsOf('en');

/** Colours of a theme by name. */
function coloursOf(text: string): ReadonlyMap<string, string> {
	return new Map(
		[...text.matchAll(/--([a-z0-9-]+): (#[0-9a-f]{6});/g)].map(([, name = '', colour = '']) => [name, colour]),
	);
}

const DESIGN = new URL('../../src/design/', import.meta.url);
const TOKENS = readFileSync(new URL('tokens.css', DESIGN), 'utf8');
const [LIGHT_TEXT = '', DARK_TEXT = ''] = TOKENS.split('@media');
const THEMES = { light: coloursOf(LIGHT_TEXT), dark: coloursOf(DARK_TEXT) };

/** WCAG 2.2: relative luminance of #rrggbb. */
function luminance(colour: string): number {
	const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
		const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
		return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
	const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
	return (light + 0.05) / (dark + 0.05);
}

describe.each(['light', 'dark'] as const)('the %s theme', (theme) => {
	const colour = (name: string): string => THEMES[theme].get(name) ?? '';

	it.each(['ink', 'soft', 'link', 'good', 'part', 'look', 'out'])('%s is readable on paper and on wash', (name) => {
		expect(contrast(colour(name), colour('paper'))).toBeGreaterThanOrEqual(4.5);
		expect(contrast(colour(name), colour('wash'))).toBeGreaterThanOrEqual(4.5);
	});

	it('the banner is readable, and shapes stand out from what they lie on', () => {
		expect(contrast(colour('mode-ink'), colour('mode'))).toBeGreaterThanOrEqual(4.5);
		expect(contrast(colour('focus'), colour('paper'))).toBeGreaterThanOrEqual(3);
		expect(contrast(colour('fill'), colour('rest'))).toBeGreaterThanOrEqual(3);
		expect(contrast(colour('fill'), colour('paper'))).toBeGreaterThanOrEqual(3);
	});

	it('names the same colours as the other', () => {
		expect([...THEMES[theme].keys()].sort()).toEqual([...THEMES.light.keys()].sort());
	});
});

it('contrast is that of WCAG', () => {
	expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
	expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
});

describe('assets', () => {
	it('are small', () => {
		expect(gzipSync(siteStyle()).length).toBeLessThan(10_000);
		expect(gzipSync(siteScript()).length).toBeLessThan(5_000);
		expect(siteScript().length).toBeLessThan(15_000);
	});

	it('fetch nothing from elsewhere, and name colours in one place only', () => {
		expect(siteStyle()).not.toMatch(/url\(|@import|https?:/);
		expect(siteScript()).not.toMatch(/https?:|eval\(|innerHTML =|\.style\b/);
		const others = readdirSync(DESIGN).filter(
			(name) => name.endsWith('.css') && !['tokens.css', 'print.css'].includes(name),
		);
		expect(others.length).toBeGreaterThan(4);
		for (const name of others)
			expect(readFileSync(new URL(name, DESIGN), 'utf8')).not.toMatch(/#[0-9a-f]{3,8}\b|rgb|hsl/);
	});

	it('lose comments and space, and no rule', () => {
		const style = siteStyle();
		expect(style).not.toContain('/*');
		expect(style.split('{').length).toBe(style.split('}').length);
		expect(style).toContain('@media (prefers-color-scheme:dark){:root{--paper:#12161a;');
		expect(siteScript()).not.toMatch(/^\s*(\/\/|\*|\/\*)/m);
	});
});

describe('marks', () => {
	const views = [
		'verified',
		'received',
		'no-form-seen',
		'missing',
		'quarantined',
		'disregarded',
		'cancelled',
		'postponed',
		'merged',
	] as const;

	it('say every state by a sign of its own and by a word', () => {
		const marks = views.map((state) => stateMark(words, state).text);
		const signs = marks.map((mark) => /aria-hidden="true">(.)<\/span> \p{Lu}/u.exec(mark)?.[1]);
		expect(signs).not.toContain(undefined);
		expect(new Set(signs).size).toBe(views.length);
		const conditions = (['met', 'cannot', 'open'] as const).map((state) => conditionMark(words, state).text);
		expect(new Set(conditions).size).toBe(3);
	});

	it('say all that is to be said of a return, and nothing more', () => {
		const all = stationLine('1', 'a', 'verified', { differs: 'open', as_written: true, flagged: true });
		expect(returnMarks(words, all.view)).toHaveLength(4);
		expect(returnMarks(words, stationLine('1', 'a', 'missing').view)).toHaveLength(1);
		expect(returnMarks(words, stationLine('1', 'a', 'verified', { differs: 'settled' }).view)).toHaveLength(2);
	});
});

describe('charts', () => {
	it.each([
		[0, 0, '0'],
		[0, 10, '0'],
		[1, 3, '333'],
		[10, 10, '1000'],
		[11, 10, '1000'],
		[-1, 10, '0'],
		[9_007_199_254_740_991, 9_007_199_254_740_991, '1000'],
	])('%d of %d fills %s thousandths', (part, whole, width) => {
		expect(bar(part, whole).text).toContain(`class="fill" width="${width}"`);
	});

	it('draws both stages', () => {
		expect(stagesBar(1, 2, 4).text).toMatch(/class="half" width="500".*class="fill" width="250"/);
	});

	const curve = { id: 'c', title: 'T', description: 'D', step: 10, whole: 8, label: String, time: String };

	it('rises in steps, to what is expected and no further', () => {
		const drawn = arrivalCurve({
			...curve,
			points: [1, 1, 2].map((count, place) => ({ time: 100 + place * 10, count })),
		}).text;
		expect(drawn).toContain('d="M0 1000H0V875H333V750H666V500H1000"');
		expect(drawn).toContain('<title id="c-title">T</title><desc id="c-text">D</desc>');
		expect(drawn).toContain('aria-labelledby="c-title c-text"');
	});

	it('stands in a frame that it fills while little of the whole is in, and the frame says how high it is', () => {
		const drawn = arrivalCurve({ ...curve, whole: 34_555, points: [{ time: 0, count: 4_100 }] }).text;
		expect(drawn).toContain('d="M0 1000H0V317H1000"');
		expect(drawn).toMatch(/>6000<\/text>.*>3000<\/text>.*>4100<\/text>/s);
		expect(arrivalCurve({ ...curve, whole: 34_555, points: [{ time: 0, count: 11_600 }] }).text).toContain(
			'>34555</text>',
		);
	});

	it('draws nothing of nothing, and more than was expected within the frame', () => {
		expect(arrivalCurve({ ...curve, points: [] }).text).toBe('');
		expect(arrivalCurve({ ...curve, points: [{ time: 0, count: 16 }] }).text).toContain('d="M0 1000H0V0H1000"');
	});
});
