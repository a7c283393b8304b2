/**
 * The line of every page that says what witnesses have seen of the log (W11): quiet while their quorum sees it grow, loud when none does. On pages that stand still it says where to look, and the script, where
 * there is one, looks there.
 */
import { foreign } from '../html/foreign.ts';
import { type Html, html } from '../html/html.ts';
import type { Witnessing } from '../record.ts';
import type { PageContext } from './context.ts';

/** More names make no line. */
const NAMES_MAX = 5;

export function seenLine(context: PageContext): Html | undefined {
	const { witnessing, words, link } = context;
	const about = `${link({ page: 'about' })}#witnesses`;
	const more = html` <a href="${about}">${words.say('common.seenMore')}</a>`;
	if (witnessing === undefined) return undefined;
	if (witnessing === 'elsewhere') return elsewhere(context, more);
	const { quorum, witnesses } = witnessing;
	switch (quorum.state) {
		case 'none':
			return line(html`${words.say('common.seenNone')}${more}`, false);
		case 'met':
			return line(html`${met(context, witnessing)}${more}`, false);
		case 'away': {
			const isAsked = witnesses.some(({ state }) => state !== 'unasked');
			if (!isAsked) return line(html`${words.say('common.seenUnasked')}${more}`, false);
			const said =
				quorum.since === 0
					? words.say('common.seenNever')
					: words.rich('common.seenAway', { time: words.timeTag(quorum.since) });
			return line(html`<strong>${said}</strong>${more}`, true);
		}
	}
}

function line(text: Html, isLoud: boolean): Html {
	return html`<p class="witnessed${isLoud && ' loud'}">${text}</p>`;
}

function met({ words }: PageContext, { size, by, witnesses }: Witnessing): Html {
	const runners = witnesses.filter(({ name }) => by.includes(name)).map(({ run_by }) => run_by);
	const names = [...new Set(runners)];
	const shown = names.slice(0, NAMES_MAX).map((name) => foreign(name));
	const values = {
		n: size,
		count: by.length,
		all: witnesses.length,
		names: words.items(names.length > NAMES_MAX ? [...shown, '…'] : shown),
	};
	return words.rich('common.seenMet', values);
}

/** `#` and `##` stand for what the script finds in the data file. */
function elsewhere({ words, data }: PageContext, more: Html): Html {
	const file = data({ data: 'witnesses' });
	return html`<p class="witnessed" data-witnesses="${file}" data-met="${words.say('common.seenMetShort', { n: '#' })}" data-away="${words.say('common.seenAway', { time: '#' })}" data-never="${words.say('common.seenNever')}"><span>${words.say('common.seenElsewhere')}</span>${more}</p>`;
}
