/** One statement by its id (W17): the address that reports, bundles and feeds cite. It says what the statement says and leads to the pages of what it is about; nothing here is more than the log has. */
import { html } from '../html/html.ts';
import type { StatementView } from '../views/statement.ts';
import type { PageContext } from './context.ts';
import { layout } from './layout.ts';
import { wayDown } from './parts.ts';
import { effectsSection } from './proceedParts/effects.ts';
import { factRows, referenceLine, signersLine, wayTo, whenLine } from './proceedParts/lines.ts';
import { codeWords } from './stationParts/codeWords.ts';
import { shortDigest } from './stationParts/digest.ts';
import { statementWords } from './stationParts/statementWords.ts';

export function statementPage(context: PageContext, view: StatementView): string {
	const { words, data, election } = context;
	const { said, entry, contest, head, reference } = view;
	const short = said.id.slice(0, SHOWN);
	const known = { ...entry.named, contest: head ?? { candidates: [], fields: [] }, mode: election.mode };
	const shown = wayTo(context, reference) !== undefined;
	return layout(context, {
		title: words.say('feed.statementTitle', { id: `${short}…` }),
		...(contest === undefined ? {} : { contest }),
		body: html`${contest !== undefined && wayDown(context, contest, [], shortDigest(said.id))}
<h1>${words.rich('feed.statementTitle', { id: shortDigest(said.id) })}</h1>
<div class="stage"><p class="headline"><strong>${statementWords(words, entry.statement, known)}</strong></p></div>
${factRows([
	{ label: words.say('said.by'), value: signersLine(words, said) },
	{ label: words.say('said.when'), value: whenLine(words, said) },
	entry.code !== undefined && { label: words.say('changes.why'), value: codeWords(words, entry.code) },
	shown && { label: words.say('feed.shownAt'), value: referenceLine(context, reference) },
	{ label: words.say('said.statement'), value: html`<code class="digest">${said.id}</code>` },
])}
${effectsSection(context, head, view.effects)}
<section id="note"><h2>${words.say('feed.noteTitle')}</h2><p>${words.say('feed.noteText')}</p>
<div class="scroll" role="region" aria-label="${words.say('feed.noteTitle')}" tabindex="0"><pre class="command"><code>${view.note}</code></pre></div></section>
<p><a href="${data({ data: 'statement', id: said.id })}">${words.say('said.json')}</a></p>`,
	});
}

/** Characters of the id in the document's title. */
const SHOWN = 12;
