/** What differences usually are (R26): rates of known elections, to stand beside the patterns of this comparison, so that nobody reads a number without a measure. */
import { BASE_RATES, type BaseRate, TALLIES_INCONSISTENT } from '../compare/baseRates.ts';
import { PATTERNS } from '../comparison.ts';
import { type Line, paragraph, type Section } from './document.ts';
import { joinLines, type ReportWords } from './words.ts';
import type { ReportMessage } from './wordsEn.ts';

export function ratesSection(words: ReportWords): Section {
	const { country, above, elections, source } = TALLIES_INCONSISTENT;
	return {
		id: 'rates',
		heading: words.say('rates'),
		blocks: [
			paragraph(words.say('ratesNote')),
			{
				kind: 'table',
				columns: [
					{ label: words.plain('election') },
					{ label: words.plain('compared') },
					{ label: words.plain('differ') },
					{ label: words.plain('pattern') },
				],
				rows: BASE_RATES.map((rate) => rateRow(words, rate)),
			},
			paragraph(
				words.say('ratesMexico', { country: countryName(words, country), above: String(above), elections, source }),
			),
			paragraph(
				[
					...words.say('source'),
					': ',
					BASE_RATES.map((rate) => `${countryName(words, rate.country)} ${rate.year}, ${rate.source}`).join('; '),
					'.',
				],
				'small',
			),
		],
	};
}

/** Patterns of an election that are told: the rest is in the table of base rates itself. */
const PATTERNS_MAX = 3;

function rateRow(words: ReportWords, rate: BaseRate): readonly Line[] {
	const { country, year, compared, matched, differing, patterns, without_pattern, chosen } = rate;
	const most = PATTERNS.flatMap((pattern) => (patterns[pattern] === 0 ? [] : [{ pattern, n: patterns[pattern] }]))
		.sort((one, other) => other.n - one.n)
		.slice(0, PATTERNS_MAX);
	const told = most.map(({ pattern, n }): Line => [`${words.plain(`pattern_${pattern}`)}: ${words.number(n)}`]);
	const none: Line = [`${words.plain('pattern_none')}: ${words.number(without_pattern)}`];
	const message = COMPARED[compared];
	return [
		[`${countryName(words, country)} ${year}`],
		words.say(message),
		chosen
			? words.say('rateChosen')
			: words.say('rateOf', { differing, matched, share: words.share(differing, matched) }),
		joinLines([...told, none], '; '),
	];
}

const COMPARED: Readonly<Record<BaseRate['compared'], ReportMessage>> = {
	'transmission-and-count': 'rate_transmission_and_count',
	'protocol-and-machine': 'rate_protocol_and_machine',
	'observed-and-resolved': 'rate_observed_and_resolved',
	'before-and-after-overwriting': 'rate_before_and_after_overwriting',
};

const COUNTRIES: ReadonlyMap<string, ReportMessage> = new Map([
	['BO', 'country_BO'],
	['BG', 'country_BG'],
	['PE', 'country_PE'],
	['KE', 'country_KE'],
	['MX', 'country_MX'],
]);

/** The country of a base rate, in the words of a language; its code where there is no word for it. */
export function countryName(words: ReportWords, country: string): string {
	const message = COUNTRIES.get(country);
	return message === undefined ? country : words.plain(message);
}
