/** How often two documents of the same places differed elsewhere (R26): beside every comparison, so that a difference is read for what differences usually are. */
import { BASE_RATES, type BaseRate } from '@matokeo/compare/compare/baseRates.ts';
import { countryName } from '@matokeo/compare/report/ratesPart.ts';
import { reportWords } from '@matokeo/compare/report/words.ts';
import { type Html, html } from '../../html/html.ts';
import type { MessageId } from '../../words/catalogues.ts';
import type { PageContext } from '../context.ts';
import { table } from '../parts.ts';

const COMPARED: Readonly<Record<BaseRate['compared'], MessageId>> = {
	'transmission-and-count': 'counts.rateTransmission',
	'protocol-and-machine': 'counts.rateProtocol',
	'observed-and-resolved': 'counts.rateObserved',
	'before-and-after-overwriting': 'counts.rateOverwriting',
};

export function ratesOf({ words, language }: PageContext): Html {
	const own = reportWords(language);
	const rows = BASE_RATES.map(
		({ country, year, source, compared, differing, matched }) =>
			html`<tr><th scope="row">${countryName(own, country)} ${String(year)}: <bdi>${source}</bdi></th><td>${words.say(COMPARED[compared])}</td><td class="n">${words.say('counts.rateOf', { differing, matched })}</td></tr>`,
	);
	return table({
		kind: 'laid',
		name: words.say('counts.ratesCaption'),
		caption: words.say('counts.ratesCaption'),
		columns: [
			{ label: words.say('counts.rateSource') },
			{ label: words.say('counts.rateWhat') },
			{ label: words.say('counts.rateDiffering'), sort: 'number' },
		],
		rows,
	});
}
