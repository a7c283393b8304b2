/** RS11 in three languages: in English what the core itself says, in every language every number of the facts, and no name that can become an element. */
import type { ConditionReport } from '@matokeo/core/result/evaluate.ts';
import type { Fact, ThresholdFact } from '@matokeo/core/result/facts.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Html } from '../src/html/html.ts';
import type { Names } from '../src/pages/names.ts';
import { sentenceInWords } from '../src/pages/sentence.ts';
import { LANGUAGES, type Language } from '../src/site/paths.ts';
import { wordsOf } from '../src/words/words.ts';
import { caseReports, reported } from './sentenceReports.ts';

const ids: Names = { candidate: (id) => id, area: (id) => id, level: (id) => id };

/** What a reader reads: without elements, entities as the characters they stand for. */
function textOf({ text }: Html): string {
	const entities: Readonly<Record<string, string>> = {
		'&amp;': '&',
		'&lt;': '<',
		'&gt;': '>',
		'&quot;': '"',
		'&#39;': "'",
	};
	return text.replace(/<[^>]*>/g, '').replace(/&(?:amp|lt|gt|quot|#39);/g, (one) => entities[one] ?? one);
}

const inLanguage = (language: Language, report: ConditionReport): string =>
	textOf(sentenceInWords(wordsOf(language), report, ids));

describe('RS11 the sentence of a condition', () => {
	it('RS11 is in English what the core says, on every case of the vectors', () => {
		const reports = caseReports();
		expect(reports.length).toBeGreaterThan(30);
		for (const report of reports) expect(inLanguage('en', report)).toBe(report.sentence);
	});

	it('RS11 is in English what the core says, whatever the rule and the figures', () => {
		const kinds = new Set<string>();
		fc.assert(
			fc.property(reported, ({ report }) => {
				for (const fact of report.facts) kinds.add(fact.kind);
				expect(inLanguage('en', report)).toBe(report.sentence);
			}),
			{ numRuns: 600 },
		);
		expect([...kinds].sort()).toEqual(['area', 'areas', 'electors', 'lead', 'rank', 'share', 'turnout']);
	});

	it.each(LANGUAGES)('RS11 in %s holds every number of the facts', (language) => {
		fc.assert(
			fc.property(reported, ({ report, condition }) => {
				const text = textOf(sentenceInWords(wordsOf(language), report, ids, condition));
				for (const number of numbersOf(language, report)) expect(text).toContain(number);
				expect(text).not.toMatch(/\{|\}|undefined|NaN/);
			}),
			{ numRuns: 400 },
		);
	});

	it.each(LANGUAGES)('RS11 in %s holds no number that the facts do not', (language) => {
		for (const report of caseReports()) {
			const known = new Set(numbersOf(language, report));
			const own = textOf(sentenceInWords(wordsOf(language), { ...report, text: { [language]: 'T' } }, ids));
			for (const number of own.match(/[0-9][0-9.,/]*[0-9]|[0-9]/g) ?? [])
				expect([number, known.has(number)]).toEqual([number, true]);
		}
	});

	it('RS11 shows a hostile name as text, isolated', () => {
		const [report] = caseReports();
		if (report === undefined) throw new Error('there are cases');
		const hostile: ConditionReport = { ...report, text: { sw: '<script>alert(1)</script>\u202eabc' } };
		const { text } = sentenceInWords(wordsOf('sw'), hostile, { ...ids, candidate: (id) => `<b>${id}` });
		expect(text).not.toMatch(/<script|<b>|\u202e/);
		expect(text).toContain('<bdi>&lt;script&gt;');
	});

	it('RS11 names a condition without a text in the reader’s language by what it asks for', () => {
		const [report] = caseReports();
		if (report === undefined) throw new Error('there are cases');
		const { text: _, ...nameless } = report;
		const condition = { kind: 'rank' } as const;
		expect(textOf(sentenceInWords(wordsOf('es'), nameless, ids, condition))).toContain('«el mayor número de votos»');
		expect(sentenceInWords(wordsOf('es'), nameless, ids).text).toContain('<bdi lang="en">');
	});
});

function numbersOf(language: Language, report: ConditionReport): readonly string[] {
	const words = wordsOf(language);
	const { outstanding, distance_switched: distance, stakes, stakes_together: together, about } = report;
	const present = stakes.filter(({ stations }) => stations > 0);
	const amounts = [
		outstanding.stations > 0 || outstanding.ballots !== 0 ? outstanding.stations : undefined,
		outstanding.stations > 0 ? outstanding.ballots : undefined,
		about === undefined ? undefined : distance,
		...present.flatMap(({ stations, ballots }) => [stations, ballots]),
		present.length < 2 || together.enough === undefined ? undefined : together.ballots,
	];
	return [
		...amounts.flatMap((amount) => (typeof amount === 'number' ? words.number(amount) : [])),
		...report.facts.flatMap((fact) => numbersOfFact(language, fact)),
	];
}

function numbersOfFact(language: Language, fact: Fact): readonly string[] {
	const words = wordsOf(language);
	switch (fact.kind) {
		case 'rank':
			return fact.ahead + fact.level === 0 ? [] : [words.number(fact.ahead > 0 ? fact.ahead : fact.level)];
		case 'area':
			return [];
		case 'areas':
		case 'electors': {
			const concerned = fact.areas.filter(({ stakes = [] }) => stakes.some(({ stations }) => stations > 0));
			const few = concerned.filter(({ stakes_together: together }) => together?.enough === false).length;
			const own = concerned.length === 0 ? [] : [concerned.length, few];
			return [fact.reached, fact.whole, fact.needed, ...own].map(words.number);
		}
		default: {
			const amounts = fact.kind === 'lead' ? [Math.abs(fact.part)] : [fact.part, fact.whole];
			const percent = fact.percent === undefined ? [] : [words.decimal(fact.percent.replace('-', ''))];
			return [...amounts.map(words.number), ...percent, thresholdNumber(language, fact.needed)];
		}
	}
}

/** A threshold of at most four decimals of per cent is written out, any other stays a fraction. */
function thresholdNumber(language: Language, { exact, percent }: ThresholdFact): string {
	const [num = '0', den = '1'] = exact.split('/');
	return (BigInt(num) * 1_000_000n) % BigInt(den) === 0n ? wordsOf(language).decimal(String(Number(percent))) : exact;
}
