/**
 * Finding a station by its number. The form asks the server, which answers with the station's page; a static host answers nothing, so there the page says how the address is made, and the script,
 * where it runs, shows the form and makes the address itself. Browsing by area works everywhere.
 */
import { foreign } from '../html/foreign.ts';
import { html } from '../html/html.ts';
import type { PageContext } from './context.ts';
import { layout } from './layout.ts';

/** Longest number that a station can have (ids of the package). */
const ID_LENGTH_MAX = 64;

/** `missed`: what was asked for, where there is no such station. */
export function findPage(context: PageContext, missed?: string): string {
	const { words, link, live, election } = context;
	const title = words.say('find.title');
	const files = html` hidden data-find="${context.file(`${context.language}/station/`)}" data-none="${words.say('find.none')}"`;
	const form = html`<form class="find" action="${link({ page: 'find' })}" method="get" role="search"${!live && files}>
<p>${words.say('find.text')}</p>
<label for="station">${words.say('find.label')}</label>
<input id="station" name="station" type="text" inputmode="text" autocomplete="off" autocapitalize="none" spellcheck="false" required maxlength="${ID_LENGTH_MAX}"${missed !== undefined && html` value="${[...missed].slice(0, ID_LENGTH_MAX).join('')}" aria-invalid="true" aria-describedby="missed"`}>
<button type="submit">${words.say('find.button')}</button>
</form>`;
	const address = html`<code>${words.say('find.address')}</code>`;
	const contests = election.contests.map(
		({ id, text }) => html`<li><a href="${link({ page: 'contest', contest: id })}#areas">${words.shown(text)}</a></li>`,
	);
	return layout(context, {
		title,
		here: 'find',
		body: html`<h1>${title}</h1>
${missed !== undefined && html`<p class="missed" id="missed" role="alert">${words.rich('find.missed', { number: foreign(missed) })}</p>`}
${!live && html`<p>${words.rich('find.static', { address })}</p>`}
${form}
<section><h2>${words.say('find.browseTitle')}</h2>
${contests.length === 0 ? html`<p>${words.say('find.noContests')}</p>` : html`<p>${words.say('find.browse')}</p><ul>${contests}</ul>`}
</section>`,
	});
}
