/** The certificates of an area, newest first, each with its signers, what it went on in spite of, and its papers; and what one changed after the other, with the authority and the reason. */
import { foreign } from '../html/foreign.ts';
import { type Html, html, type Part } from '../html/html.ts';
import { paperPath } from '../site/paths.ts';
import type { CollationView, SupersededView } from '../views/collationTypes.ts';
import type { ActView } from '../views/proceedTypes.ts';
import type { PageContext } from './context.ts';
import { classWord, votesCompared } from './proceedParts/compare.ts';
import { factRows, signersLine, whenLine } from './proceedParts/lines.ts';
import { codeWords } from './stationParts/codeWords.ts';

export function certificatesSection(context: PageContext, view: CollationView): Part {
	const { words } = context;
	const { certificates, superseded } = view;
	if (certificates.length === 0) return undefined;
	return html`<section id="certificates"><h2>${words.say('collation.certificatesTitle')}</h2>
${certificates.map((act) => certificate(context, act))}
${superseded.map((pair) => changed(context, view, pair))}</section>`;
}

function certificate(context: PageContext, act: ActView): Html {
	const { words } = context;
	const { number = 0, until } = act;
	const state = words.say(until === undefined ? 'collation.current' : 'collation.ended');
	return html`<article class="act" id="c${act.index}"><h3>${words.say('collation.certificateLine', { n: number })} <small>${state}</small></h3>
${factRows([
	{ label: words.say('said.by'), value: signersLine(words, act) },
	{ label: words.say('said.when'), value: whenLine(words, act) },
	act.supersedes !== undefined && { label: words.say('changes.why'), value: codeWords(words, act.supersedes.reason) },
	act.proceed.length > 0 && { label: words.say('collation.proceedTitle'), value: proceedLines(context, act) },
	{ label: words.say('declaration.papers'), value: paperLinks(context, act.id) },
	{ label: words.say('said.statement'), value: html`<code class="digest">${act.id}</code>` },
])}</article>`;
}

/** Each class that stood open, with the rule that permits to go on. */
function proceedLines({ words }: PageContext, { proceed, unwitnessed }: ActView): Html {
	const lines = proceed.map(({ open, code }) => {
		const label = open === 'unwitnessed' ? words.say('declaration.openUnwitnessed') : classWord(words, open);
		return html`<li>${words.rich('collation.proceed', { open: label, code: codeWords(words, code) })}</li>`;
	});
	const silent =
		unwitnessed.length > 0 &&
		html`<p>${words.rich('collation.unwitnessed', { names: words.items(unwitnessed.map((name) => foreign(name))) })}</p>`;
	return html`<ul class="plain-list">${lines}</ul>${silent}`;
}

export function paperLinks({ words, file, language }: PageContext, id: string): Html {
	return html`<a href="${file(paperPath(language, id, 'html'))}">${words.say('said.paperPrint')}</a> · <a href="${file(paperPath(language, id, 'pdf'))}">${words.say('said.paperPdf')}</a>`;
}

function changed(
	context: PageContext,
	{ contest }: CollationView,
	{ before, after, counted, totals }: SupersededView,
): Html {
	const { words } = context;
	const values = { n: after.number ?? 0, before: before.number ?? 0 };
	const same = counted[0] === counted[1] && totals[0].every((votes, place) => votes === totals[1][place]);
	const authority = html`<p>${signersLine(words, after)}${after.supersedes !== undefined && html` – ${codeWords(words, after.supersedes.reason)}`}</p>`;
	return html`<article class="act"><h3>${words.say('collation.supersedesTitle', values)}</h3>${authority}${
		same
			? html`<p>${words.say('collation.supersedesSame')}</p>`
			: votesCompared(context, contest, {
					name: words.say('collation.supersedesCaption', values),
					columns: [words.say('collation.before'), words.say('collation.after')],
					first: totals[0],
					second: totals[1],
					onlyDifferent: true,
					before: [{ label: words.say('collation.returnsCounted'), values: counted }],
				})
	}</article>`;
}
