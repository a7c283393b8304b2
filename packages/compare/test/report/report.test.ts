/** K40 to K45: what a report says in each language, what of it is harmless wherever it is shown, and that a signed one can be made again. */
import { compareCounts } from '@matokeo/compare/compare/compareCounts.ts';
import type { Comparison, Finding } from '@matokeo/compare/comparison.ts';
import { effectOf } from '@matokeo/compare/effect/effectOf.ts';
import { printReportText } from '@matokeo/compare/report/printText.ts';
import type { Report } from '@matokeo/compare/report/report.ts';
import { reportCsv } from '@matokeo/compare/report/reportCsv.ts';
import { reportDocument } from '@matokeo/compare/report/reportDocument.ts';
import { reportJson } from '@matokeo/compare/report/reportJson.ts';
import { csvCell, shown } from '@matokeo/compare/report/shown.ts';
import { differencesFrom, parseSignedReport, printSignedReport } from '@matokeo/compare/report/signedReport.ts';
import { REPORT_LANGUAGES, type ReportLanguage, reportWords } from '@matokeo/compare/report/words.ts';
import { REPORT_EN } from '@matokeo/compare/report/wordsEn.ts';
import { REPORT_ES } from '@matokeo/compare/report/wordsEs.ts';
import { REPORT_SW } from '@matokeo/compare/report/wordsSw.ts';
import { lawOfPackage } from '@matokeo/compare/testing/elections.ts';
import { smallCount } from '@matokeo/compare/testing/smallCount.ts';
import { portableSign, portableSuite } from '@matokeo/core/std/portable.ts';
import { testKey } from '@matokeo/core/testing/smallElection.ts';
import { describe, expect, it } from 'vitest';

const suite = portableSuite;
const LENGTHS = { largest: 20, areas: 10 };

const A = smallCount({
	title: 'a.csv',
	fields: ['ada', 'bo', 'total:valid'],
	rows: [
		['01', 10, 20, 30],
		['02', 12, 3, 15],
		['03', 5, 6, 11],
		['=1+1', 1, 1, 2],
	],
	areas: { ward: ['North\u202e', 'South', 'South', '@SUM(A1)'] },
});
const B = smallCount({
	title: 'b.csv',
	fields: ['ada', 'bo', 'total:valid'],
	rows: [
		['01', 10, 20, 30],
		['02', 21, 3, 24],
		['04', 7, 7, 14],
		['=1+1', 2, 1, 3],
	],
	absent: { '03': 'quarantined' },
});

function report(change: Partial<Comparison> = {}): Report {
	const file = (name: string, digest: string) =>
		({
			kind: 'file',
			name,
			digest,
			bytes: 100,
			columns: [{ field: 'code', from: '"Code"' }],
			unused: ['Notes'],
		}) as const;
	const comparison = { ...compareCounts(A, B), ...change };
	return {
		comparison,
		effect: effectOf(A, B),
		sources: { a: file('a.csv', 'a'.repeat(64)), b: file('b.csv', 'b'.repeat(64)) },
		command: 'matokeo compare a.csv b.csv',
	};
}

function textOf(made: Report, language: ReportLanguage = 'en'): string {
	return printReportText(reportDocument(reportWords(language), made, LENGTHS));
}

const FINDINGS: readonly Finding[] = [
	{ code: 'other_codes', matched: 1, rows_a: 4, rows_b: 4, examples_a: ['x'], examples_b: ['y'] },
	{
		code: 'other_codes',
		matched: 1,
		rows_a: 4,
		rows_b: 4,
		examples_a: ['x'],
		examples_b: ['y'],
		remedy: { kind: 'suffix', side: 'a', text: '-1', matched: 4 },
	},
	{ code: 'rows_shifted', order: 'a', by: -1, equal: 3, of: 4, own: 0 },
	{ code: 'fields_exchanged', pairs: [{ a: 'ada', b: 'bo', equal: 4, of: 4, own: 0 }] },
	{ code: 'fields_named_otherwise', pairs: [{ a: 'ada', b: 'bo', equal: 4, of: 4, own: 0 }] },
	{ code: 'unrelated_numbers', equal: 1, of: 9, by_chance: 2 },
	{ code: 'other_scale', side: 'b', power: 1, equal: 9, of: 9 },
	{ code: 'percentages', side: 'a', equal: 9, of: 9 },
	{ code: 'not_below', side: 'a', level: 'ward' },
	{ code: 'levels_apart', level_a: 'ward', level_b: 'county' },
	{ code: 'only_whole', side: 'b' },
	{ code: 'no_common_fields', fields_a: ['x'], fields_b: ['y'] },
	{ code: 'no_rows', side: 'a' },
];

describe('the words of reports', () => {
	const gaps = (text: string) => [...text.matchAll(/\{[a-z_]+\}/g)].map(([gap]) => gap).sort();

	it.each(Object.entries(REPORT_EN))('%s asks for the same in every language', (id, english) => {
		for (const other of [REPORT_ES, REPORT_SW])
			expect(gaps(Object.entries(other).find(([name]) => name === id)?.[1] ?? '?'), id).toEqual(gaps(english));
	});

	it('never say that anybody did anything, and say that a difference needs explanation', () => {
		const all = [REPORT_EN, REPORT_ES, REPORT_SW].flatMap((words) => Object.values(words)).join('\n');
		expect(all).not.toMatch(/fraud|manipul|suspici|sospech|cheat|rigg|wizi|udanganyifu/i);
		expect([REPORT_EN.neutral, REPORT_ES.neutral, REPORT_SW.neutral].join('\n')).toMatch(
			/needs explanation.*necesita explicación.*inahitaji maelezo/s,
		);
	});

	it('call the rule as a whole so where it could only be spelled in English', () => {
		const law = { ...lawOfPackage('vectors/package/accepted/territorial', 'president'), hidden: false };
		const fields = ['alba', 'benta', 'chidi', 'other:blank', 'other:21f'];
		const count = smallCount({ fields, rows: [['001', 300, 40, 20, 5, 5]] });
		const made = { ...report(compareCounts(count, count)), effect: effectOf(count, count, {}, law) };
		expect(textOf(made, 'en')).toContain('more than 50 %');
		expect(textOf(made, 'es')).toContain('Condición: la regla completa.');
		expect(textOf(made, 'sw')).toContain('kanuni nzima');
	});

	it('write numbers as each language does', () => {
		const written = REPORT_LANGUAGES.map((language) => {
			const words = reportWords(language);
			return [words.number(1_234_567), words.signed(-1_000), words.share(1, 3), words.share(0, 0)];
		});
		expect(written).toEqual([
			['1,234,567', '−1,000', '33.33 %', '–'],
			['1.234.567', '−1.000', '33,33 %', '–'],
			['1,234,567', '−1,000', '33.33 %', '–'],
		]);
	});
});

describe('a report', () => {
	it('K41 says the five numbers, each difference with its lines, and what the other says of a row in one only', () => {
		const text = textOf(report());
		expect(text).toMatch(/In both +3 +60\.00 %/);
		expect(text).toMatch(/Only in A +1 /);
		expect(text).toContain('ada 12 → 21 (+9)');
		expect(text).toContain('line 3 of A, line 3 of B');
		expect(text).toContain('B knows it without figures, as “quarantined”');
		expect(text).toContain('two digits of one figure exchanged');
	});

	it('K41 says before any number what was not compared, and where nothing of it is a vote', () => {
		const many = Array.from({ length: 30 }, (_, n) => `other:x${n}`);
		const other = smallCount({
			title: 'c.csv',
			fields: ['other:null', ...many],
			rows: [['01', 1, ...many.map(() => 1)]],
		});
		const own = smallCount({ title: 'd.csv', fields: ['other:null', 'ada'], rows: [['01', 1, 7]] });
		const text = textOf({ ...report(compareCounts(other, own)), effect: effectOf(other, own) }).replace(/\s+/g, ' ');
		expect(text).toContain('Not compared, since only A has them: x0, x1, x2,');
		expect(text).toContain('x18, x19, ….');
		expect(text).toContain('Not compared, since only B has them: ada.');
		expect(text).toContain('No column of votes of a candidate is in both');
		expect(text.indexOf('only B has them')).toBeLessThan(text.indexOf('In both'));
		expect(text).not.toContain('in the same order');
		expect(textOf(report())).not.toContain('Not compared');
		expect(textOf(report())).not.toContain('No column of votes');
		expect(textOf(report()).replace(/\s+/g, ' ')).toContain('in the same order');
	});

	it('K41 never says that a source has no stations where only its areas were asked for', () => {
		const made = report({
			verdict: { comparable: 'areas', findings: [{ code: 'not_below', side: 'b', level: 'ward' }] },
		});
		const text = textOf(made).replace(/\s+/g, ' ');
		expect(text).toContain('B is given here by areas (');
		expect(text).not.toContain('has no polling stations');
	});

	it.each(REPORT_LANGUAGES)(
		'K41 has a sentence for every finding in %s, and nothing worked out where it is no',
		(language) => {
			for (const comparable of ['no', 'areas', 'totals'] as const) {
				const text = textOf(report({ verdict: { comparable, findings: FINDINGS }, level: { area: 'ward' } }), language);
				expect(text).not.toMatch(/undefined|\{[a-z_]+\}/);
				expect(text.includes(reportWords(language).plain('effect'))).toBe(comparable !== 'no');
			}
		},
	);

	it('K43 says in every row that a side is a rehearsal', () => {
		const { sources, ...rest } = report();
		const log = {
			kind: 'log',
			name: 'log',
			digest: 'c'.repeat(64),
			size: 9,
			stage: 'verified',
			anchored: true,
		} as const;
		const lines = (mode: 'official' | 'rehearsal'): readonly string[] =>
			[...reportCsv({ ...rest, sources: { ...sources, b: { ...log, mode } } })].slice(1);
		for (const line of lines('rehearsal')) expect(line).toMatch(/,rehearsal\n$/);
		for (const line of lines('official')) expect(line).not.toMatch(/rehearsal|official/);
		expect(textOf({ ...rest, sources: { ...sources, b: { ...log, mode: 'rehearsal' } } })).toContain(
			'B is a rehearsal',
		);
	});

	it('K42 begins with the five numbers', () => {
		const names = Object.keys(reportJson(report()));
		expect(names.slice(0, 6)).toEqual(['format', 'matched', 'same', 'differing', 'only_in_a', 'only_in_b']);
	});

	it('K43, K44 is a table in which nothing is a formula', () => {
		const rows = [...reportCsv(report())].join('').trimEnd().split('\n');
		expect(rows).toEqual([
			'kind,key,areas,field,a,b,difference,consistent_with,line_a,line_b,form,mode',
			'differs,02,South,ada,12,21,9,transposed_digits,3,3,,',
			'differs,02,South,valid,15,24,9,transposed_digits,3,3,,',
			"differs,'=1+1,'@SUM(A1),ada,1,2,1,total_as_candidate,5,5,,",
			"differs,'=1+1,'@SUM(A1),valid,2,3,1,total_as_candidate,5,5,,",
			'only_in_a,03,South,,,,,quarantined,4,,,',
			'only_in_b,04,,,,,,,,4,,',
		]);
	});

	it.each([
		['=1', "'=1"],
		['-cmd', "'-cmd"],
		['-12', '-12'],
		['+12', "'+12"],
		['\uff1d1', "'\uff1d1"],
		['\t=1', "'\t=1"],
		['a,"b"', '"a,""b"""'],
		['12', '12'],
	])('K44 writes %j as %j', (cell, written) => {
		expect(csvCell(cell)).toBe(written);
	});

	it('K44 shows names without what could turn or end them, and not endless ones', () => {
		expect(shown('a\u202eb\u0007c\nd')).toBe('a\ufffdb\ufffdc\ufffdd');
		expect([...shown('😀'.repeat(10_000))]).toHaveLength(240);
		expect(textOf(report())).not.toMatch(/\u202e/);
	});
});

describe('a signed report', () => {
	const key = testKey('observer/1');
	const signer = { name: key.name, keyId: key.keyId, sign: (text: Uint8Array) => portableSign(key.seed, text) };
	const settings = { contest: '-', stage: 'verified', level: '-', mapping_a: '-', mapping_b: 'c'.repeat(64) };
	const note = () => printSignedReport(suite, report(), settings, key, signer);
	const parsed = (bytes: Uint8Array) => {
		const signed = parseSignedReport(suite, bytes);
		if (!signed.ok) throw new Error(signed.error);
		return signed.value;
	};

	it('K45 is read as it was written, and found the same when it is made again under other names', () => {
		const signed = parsed(note());
		expect(signed).toMatchObject({
			settings,
			numbers: { matched: 3, same: 1, differing: 2, only_in_a: 1, only_in_b: 1 },
		});
		const again = report();
		const renamed = { ...again.sources, a: { ...again.sources.a, name: 'elsewhere.csv' } };
		expect(differencesFrom(suite, signed, { ...again, sources: renamed })).toEqual([]);
	});

	it('K45 names what is not the same: a source, a number, or something else', () => {
		const signed = parsed(note());
		const made = report();
		const other = { ...made.sources, b: { ...made.sources.b, digest: 'd'.repeat(64) } };
		expect(differencesFrom(suite, signed, { ...made, sources: other })[0]).toMatch(/^B is another source/);
		expect(differencesFrom(suite, signed, report({ differing: 3 }))).toEqual([
			'differing: the report says 2, this comparison 3',
		]);
		expect(differencesFrom(suite, signed, report({ without_pattern: 9 }))[0]).toMatch(/something else/);
	});

	it.each([
		['matched 3', 'matched 4'],
		['matched 3', 'matched 03'],
		['contest -', 'contest President'],
		['matokeo-comparison/v1', 'matokeo-comparison/v2'],
	])('K45 refuses a note in which %j was made %j', (was, became) => {
		const altered = Buffer.from(Buffer.from(note()).toString('utf8').replace(was, became));
		expect(parseSignedReport(suite, altered).ok).toBe(false);
	});
});
