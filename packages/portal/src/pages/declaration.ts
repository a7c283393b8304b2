/**
 * The declaration of a contest: what is declared and where every number of it comes from, who signed, what stood open, who dissents; what has changed since; what was declared outside the gate; and
 * the gate of the next one. In a rehearsal and a parallel count the page says so in the place of the word.
 */
import { foreign, plainName } from '../html/foreign.ts';
import { type Html, html, type Part } from '../html/html.ts';
import type { DeclarationView } from '../views/collationTypes.ts';
import type { SignersView } from '../views/gateTypes.ts';
import type { PageContext } from './context.ts';
import { declaredParts } from './declaredParts.ts';
import { gateSection } from './gateSection.ts';
import { layout } from './layout.ts';
import { crumbs } from './parts.ts';
import { declaredSentence, ordersBand } from './proceedParts/standing.ts';
import { recordsSection } from './recordsSection.ts';
import { sinceSection } from './sinceSection.ts';

export function declarationPage(context: PageContext, view: DeclarationView): string {
	const { words, election, data } = context;
	const { mode } = election;
	const { contest, declared, standing } = view;
	const named = words.rich('declaration.title', { mode, contest: words.shown(contest.title) });
	return layout(context, {
		title: words.say('declaration.title', { mode, contest: plainName(words.text(contest.title)) }),
		contest,
		here: 'declaration',
		follows: contest.id,
		body: html`${crumbs(context, contest, [], words.say('declaration.heading', { mode }))}
<h1>${named}</h1>
${ordersBand(context, contest, standing)}
<div class="stage"><p class="headline">${declared === undefined && standing.recorded === undefined ? html`<strong class="undeclared">${words.say('declaration.notYet', { mode })}</strong>` : declaredSentence(context, contest, standing, true)}</p></div>
${lawSection(context, view)}
${declared !== undefined && declaredParts(context, view, declared)}
${sinceSection(context, view)}
${recordsSection(context, view)}
${gateSection(context, view)}
<p><a href="${data({ data: 'declaration', contest: contest.id })}">${words.say('said.json')}</a></p>`,
	});
}

function lawSection(context: PageContext, { law, contest }: DeclarationView): Html {
	const { words } = context;
	if (law === undefined) return html`<p>${words.say('declaration.nobody')}</p>`;
	const outlook = words.say(law.openOutcome === 'refused' ? 'declaration.openRefused' : 'declaration.openNamed');
	return html`<section id="law"><h2>${words.say('declaration.whoTitle')}</h2>
<p>${whoDeclares(context, law.by, contest.scope.name)} ${words.say('collation.stage', { stage: law.requires })} ${outlook}</p>
${law.citation !== '' && html`<p class="small">${words.rich('station.citation', { citation: html`<bdi>${law.citation}</bdi>` })}</p>`}</section>`;
}

function whoDeclares({ words }: PageContext, by: SignersView, area: string): Part {
	switch (by.kind) {
		case 'officer':
			return words.rich('declaration.byOfficer', { area: foreign(area) });
		case 'chair':
			return words.rich('declaration.byChair', { key: html`<code>${foreign(by.key)}</code>` });
		default:
			return words.say('declaration.byQuorum', { n: by.least });
	}
}
