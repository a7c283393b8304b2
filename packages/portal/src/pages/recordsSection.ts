/** What was declared outside the gate, each with the conditions that it did not meet and the document as it was issued; and declarations that later ones superseded. */
import { type Html, html, type Part } from '../html/html.ts';
import type { DeclarationView } from '../views/collationTypes.ts';
import type { ActView } from '../views/proceedTypes.ts';
import { paperLinks } from './collationSigned.ts';
import type { PageContext } from './context.ts';
import { conditionWord } from './gateSection.ts';
import { table } from './parts.ts';
import { countedFields } from './proceedParts/compare.ts';
import { factRows, fileLine, signersLine, whenLine } from './proceedParts/lines.ts';
import { outcomeWords } from './ruleSection.ts';
import { plainOutcome } from './sinceSection.ts';
import { codeWords } from './stationParts/codeWords.ts';

export function recordsSection(context: PageContext, view: DeclarationView): Part {
	const { words } = context;
	const { records, superseded } = view;
	return [
		records.length > 0 &&
			html`<section id="records"><h2>${words.say('declaration.recordTitle')}</h2><p>${words.say('declaration.recordText')}</p>${records.map((act) => record(context, view, act))}</section>`,
		superseded.length > 0 &&
			html`<section id="superseded"><h2>${words.say('declaration.supersededTitle')}</h2>${superseded.map((act) => former(context, act))}</section>`,
	];
}

function record(context: PageContext, view: DeclarationView, act: ActView): Html {
	const { words } = context;
	const { made = 0, unmet = [], document, claimed } = act;
	const heading = words.rich('declaration.recordMade', { time: words.timeTag(made), who: signersLine(words, act) });
	const conditions =
		unmet.length === 0
			? words.say('declaration.recordAllMet')
			: html`<ul class="plain-list">${unmet.map((id) => html`<li>${conditionWord(context, id)}</li>`)}</ul>`;
	const outcome = claimed?.outcome;
	const claims =
		outcome !== undefined &&
		words.rich('declaration.recordClaims', { outcome: outcomeWords(context, view.contest, plainOutcome(outcome)) });
	return html`<article class="act" id="r${act.index}"><h3>${heading}</h3>
${claims !== false && html`<p>${claims}</p>`}
${factRows([
	{ label: words.say('declaration.recordUnmet'), value: conditions },
	{ label: words.say('said.when'), value: whenLine(words, act) },
	document !== undefined && { label: words.say('said.document'), value: fileLine(context, document) },
	{ label: words.say('said.statement'), value: html`<code class="digest">${act.id}</code>` },
])}${claimed?.totals !== undefined && claimedTable(context, view, claimed.totals)}</article>`;
}

function claimedTable(
	context: PageContext,
	{ contest, declared, since }: DeclarationView,
	totals: Readonly<Record<string, number>>,
): Html {
	const { words } = context;
	const stands = since?.now.totals ?? declared?.mark.totals;
	const rows = countedFields(contest).map(({ id, label }, place) => {
		const claimed = totals[id];
		const now = stands?.[place];
		return html`<tr><th scope="row">${words.shown(label)}</th><td class="n">${claimed === undefined ? '–' : words.number(claimed)}</td>${stands !== undefined && html`<td class="n">${words.number(now ?? 0)}</td>`}</tr>`;
	});
	return table({
		name: words.say('declaration.recordTitle'),
		columns: [
			{ label: words.say('said.field') },
			{ label: words.say('said.document'), sort: 'number' },
			...(stands === undefined ? [] : [{ label: words.say('collation.now'), sort: 'number' } as const]),
		],
		rows,
	});
}

function former(context: PageContext, act: ActView): Html {
	const { words } = context;
	const heading = words.rich('declaration.supersededLine', { n: act.number ?? 0, time: words.timeTag(act.time) });
	return html`<article class="act"><h3>${heading}</h3>${factRows([
		{ label: words.say('declaration.signers'), value: signersLine(words, act) },
		act.supersedes !== undefined && { label: words.say('changes.why'), value: codeWords(words, act.supersedes.reason) },
		{ label: words.say('declaration.papers'), value: paperLinks(context, act.id) },
		{ label: words.say('said.statement'), value: html`<code class="digest">${act.id}</code>` },
	])}</article>`;
}
