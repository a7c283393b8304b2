/** A whole report in one language (K41): what was compared first, then whether it can be, then numbers. */
import { areaSections, patternsSection } from './areasPart.ts';
import { foreign, paragraph, type ReportDocument, type Section } from './document.ts';
import { effectSection } from './effectPart.ts';
import { leftOutSection, numbersSection } from './numbersPart.ts';
import { ratesSection } from './ratesPart.ts';
import { type Report, textIn } from './report.ts';
import { sourcesSection } from './sourcesPart.ts';
import { largestSection, onlySection } from './stationsPart.ts';
import { verdictSection } from './verdictPart.ts';
import type { ReportWords } from './words.ts';

export interface ReportLengths {
	/** Differing rows that are shown one by one. */
	readonly largest: number;
	/** Areas of each level. */
	readonly areas: number;
}

export function reportDocument(words: ReportWords, report: Report, lengths: ReportLengths): ReportDocument {
	const { contest, comparison } = report;
	const differing = comparison.differing > 0;
	const oneSided = comparison.only_in_a + comparison.only_in_b > 0;
	const title =
		contest === undefined
			? words.say('title')
			: words.say('titleOf', { contest: foreign(textIn(words, contest.title)) });
	const about = [sourcesSection(words, report), verdictSection(words, report), numbersSection(words, report)];
	const foot = [leftOutSection(words, report), checkSection(words, report)];
	if (comparison.verdict.comparable === 'no') {
		// Enough to find out what is the matter; anything that is worked out from such numbers would be read as a finding.
		const first = differing ? [largestSection(words, report, FIRST)] : [];
		return { title, sections: [...about, ...first, ...foot] };
	}
	const found = [
		effectSection(words, report),
		...(differing ? [patternsSection(words, report), ratesSection(words)] : []),
		...(differing ? [largestSection(words, report, lengths.largest)] : []),
		...(differing || oneSided ? areaSections(words, report, lengths.areas) : []),
		...(oneSided ? [onlySection(words, report)] : []),
	];
	return { title, sections: [...about, ...found, ...foot] };
}

/** Rows of two counts that cannot be compared, to see what is the matter. */
const FIRST = 5;

function checkSection(words: ReportWords, { command }: Report): Section {
	return {
		id: 'check',
		heading: words.say('check'),
		blocks: [paragraph(words.say('checkCommand', { command: foreign(command) }))],
	};
}
