/** The closed lists of reasons: who rules, withholds or amends names one of these and nothing else, each with the source that the package gives. */
import { foreign } from '../../html/foreign.ts';
import { type Html, html } from '../../html/html.ts';
import type { AboutView } from '../../views/aboutTypes.ts';
import type { CodeView } from '../../views/types.ts';
import type { MessageId } from '../../words/catalogues.ts';
import type { PageContext } from '../context.ts';

const LISTS: Readonly<Record<string, MessageId>> = {
	quarantine: 'about.codesQuarantine',
	disregard: 'about.codesDisregard',
	status: 'about.codesStatus',
	replaces: 'about.codesReplaces',
	withhold: 'about.codesWithhold',
	revoke: 'about.codesRevoke',
	amend: 'about.codesAmend',
	proceed: 'about.codesProceed',
	supersede: 'about.codesSupersede',
	answer: 'about.codesAnswer',
	dissent: 'about.codesDissent',
	order: 'about.codesOrder',
	notice: 'about.codesNotice',
	surface: 'about.codesSurface',
	attempt: 'about.codesAttempt',
};

export function codesSection(context: PageContext, { codes }: AboutView): Html {
	const { words } = context;
	const lists = Object.entries(LISTS).map(
		([kind, title]) => html`<h3>${words.say(title)}</h3>${list(context, codes[kind] ?? [])}`,
	);
	return html`<section id="codes"><h2>${words.say('about.codesTitle')}</h2>
<p>${words.say('about.codesText')}</p>
${lists}</section>
`;
}

function list({ words }: PageContext, codes: readonly CodeView[]): Html {
	if (codes.length === 0) return html`<p>${words.say('about.codesNone')}</p>`;
	const items = codes.map(
		({ id, text, citation }) =>
			html`<li>${words.shown(text)} <small><code>${foreign(id)}</code>${citation !== '' && html` · ${words.say('about.citation')}: <bdi>${citation}</bdi>`}</small></li>`,
	);
	return html`<ul>${items}</ul>`;
}
