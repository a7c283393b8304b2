/**
 * Words that mean "unfinished", tests that do not run, paths of one person's machine: none of them belongs in a tree that others check. The
 * words are put together here from two halves, so that this file need not be an exception to itself.
 */
import { describe, expect, it } from 'vitest';
import { CODE, linesMatching, PROSE, TEST, type Text, texts } from './lib/tree.ts';

const SHOUTED = ['TO|DO', 'FIX|ME', 'XX|X', 'HA|CK'].map((word) => word.replace('|', ''));
const SPOKEN = ['for |now', 'not |implemented', 'not yet |implemented', 'st|ub', 'st|ubs', 'st|ubbed', 'place|holder'];

const UNFINISHED = new RegExp(`\\b(${SHOUTED.join('|')})\\b`);
const PUT_OFF = new RegExp(`\\b(${SPOKEN.map((word) => word.replace('|', '')).join('|')})\\b`, 'i');
const OWN_MACHINE = /(^|[\s'"`(=:,])(\/(home|root|work|Users|tmp|mnt)\/\w[^\s'"`)]*|[A-Z]:\\{1,2}\w+)/;
const NOT_RUN =
	/\b(it|test|describe|suite|bench)(\.\w+(\([^()]*\))?)*\.(skip|only|todo|fails|fixme)\b|\b(xit|xtest|xdescribe|fit|fdescribe)\(/;
const ALWAYS_SKIPPED = /\.(skipIf|runIf)\(\s*(true|false|!0|!1|0|1)\s*\)/;
const OPTION = /\b(skip|only|todo|fails): true\b/;

function unfinished(text: Text): readonly string[] {
	return [...linesMatching(text, UNFINISHED, 'unfinished'), ...linesMatching(text, PUT_OFF, 'put off')];
}

function ownMachine(text: Text): readonly string[] {
	return linesMatching(text, OWN_MACHINE, 'a path of one machine');
}

function notRun(text: Text): readonly string[] {
	return [NOT_RUN, ALWAYS_SKIPPED, OPTION].flatMap((pattern) =>
		linesMatching(text, pattern, 'a test that does not run'),
	);
}

describe('tidy: words', () => {
	it('nothing in code or prose says that it is unfinished', () => {
		expect([...texts(CODE), ...texts(PROSE)].flatMap(unfinished)).toEqual([]);
	});

	it.each([...SHOUTED, ...SPOKEN.map((word) => word.replace('|', ''))])('sees %j', (word) => {
		expect(unfinished({ path: 'a.ts', text: `// one\n// ${word}: later\n` })).toHaveLength(1);
	});

	it('lets words pass that only look alike', () => {
		const text = '// stubborn, todos los votos, a foreign owner, for nowhere, hackathon\n';
		expect(unfinished({ path: 'a.ts', text })).toEqual([]);
	});

	it('no path of one machine', () => {
		expect([...texts(CODE), ...texts(PROSE), ...texts(/^[^/]+\.json$/)].flatMap(ownMachine)).toEqual([]);
	});

	it.each(["open('/home|/ada/a')", 'see /Users|/ada', '`/tmp|/x`', "'C:|\\\\data'", "'/root|/a'"])(
		'sees the path in %j',
		(text) => {
			expect(ownMachine({ path: 'a.ts', text: text.replace('|', '') })).toHaveLength(1);
		},
	);

	it('lets addresses on the web and paths inside the tree pass', () => {
		expect(
			ownMachine({ path: 'a.ts', text: "get('/checkpoint'); // https://example.org/home/a, spec/log/a\n" }),
		).toEqual([]);
	});

	it('every test runs', () => {
		expect(texts(TEST).flatMap(notRun)).toEqual([]);
	});

	it.each([
		'it.|skip(',
		'describe.|only(',
		'it.each([1]).|skip(',
		'test.|todo(',
		'it.concurrent.|only(',
		'x|it(',
		'it.skipIf(tr|ue)(',
		'{ sk|ip: true }',
	])('sees %j', (text) => {
		expect(notRun({ path: 'a.test.ts', text: `\t${text.replace('|', '')}` })).toHaveLength(1);
	});

	it('lets a test pass that says when it cannot run', () => {
		expect(notRun({ path: 'a.test.ts', text: "it.skipIf(!present)('a (without ../shared/data)', () => {});" })).toEqual(
			[],
		);
	});
});
