/** What is declared: the generated text with every number leading to its source, the signatures and the mark, the conditions that were met, what stood open and by which rule it went on. */
import type { Block, Part as TextPart } from '@matokeo/core/collation/declarationParts.ts';
import { foreign } from '../html/foreign.ts';
import { type Html, html, joined, type Part } from '../html/html.ts';
import { CERTIFICATE } from '../site/paths.ts';
import type { DeclarationView, DeclaredView, OpenAtMark } from '../views/collationTypes.ts';
import { paperLinks } from './collationSigned.ts';
import type { PageContext } from './context.ts';
import { conditionList } from './gateSection.ts';
import { classWord } from './proceedParts/compare.ts';
import { factRows, fileLine, signersLine, timelyLines, whenLine } from './proceedParts/lines.ts';
import { objectionsTable } from './proceedParts/lists.ts';
import { codeWords } from './stationParts/codeWords.ts';
import { shortDigest } from './stationParts/digest.ts';

export function declaredParts(context: PageContext, view: DeclarationView, declared: DeclaredView): Html {
	const { words, election } = context;
	const { mode } = election;
	return html`<section id="text"><h2>${words.say('declaration.textTitle', { mode })}</h2>
<p class="note">${words.say('declaration.textLead')}</p>
${textOf(context, view, declared)}</section>
${signedSection(context, view, declared)}
<section id="conditions"><h2>${words.say('declaration.gateMetTitle')}</h2><p>${words.say('declaration.gateMetText')}</p>
<details><summary>${words.say('declaration.gateCaption')}</summary>${conditionList(context)}</details></section>
<section id="open"><h2>${words.say('declaration.openAtTitle')}</h2>${declared.open.length === 0 ? html`<p>${words.say('declaration.openAtNone')}</p>` : declared.open.map((one) => openClass(context, one))}</section>
${dissents(context, view)}`;
}

function textOf(context: PageContext, { contest }: DeclarationView, { texts }: DeclaredView): Html {
	const { words, language } = context;
	const text = texts[language];
	if (text === undefined) return html``;
	const blocks = text.blocks.map((block) => blockHtml(context, contest.id, contest.scope.id, block));
	const digest = words.rich('declaration.textDigest', { digest: html`<code class="digest">${text.sha256}</code>` });
	return html`<div class="declared-text">${blocks}</div><p class="small">${digest}</p>`;
}

function blockHtml(context: PageContext, contest: string, area: string, block: Block): Html {
	const said = (parts: readonly TextPart[]): Html =>
		joined(parts.map((part) => partHtml(context, contest, area, part)));
	switch (block.kind) {
		case 'heading':
			return html`<h3>${said(block.parts)}</h3>
`;
		case 'paragraph':
			return html`<p>${said(block.parts)}</p>
`;
		default: {
			const heads = block.head.map(
				(parts, place) => html`<th scope="col"${isNumeric(block, place) && html` class="n"`}>${said(parts)}</th>`,
			);
			const rows = block.rows.map(
				([first = [], ...rest]) =>
					html`<tr><th scope="row">${said(first)}</th>${rest.map((cell) => html`<td${cell.some(({ kind }) => kind === 'number') && html` class="n"`}>${said(cell)}</td>`)}</tr>
`,
			);
			return html`<div class="scroll" role="region" aria-label="${context.words.say('declaration.textTitle', { mode: context.election.mode })}" tabindex="0"><table class="plain"><thead><tr>${heads}</tr></thead><tbody>${rows}</tbody></table></div>
`;
		}
	}
}

function isNumeric({ rows }: Extract<Block, { readonly kind: 'table' }>, place: number): boolean {
	return rows.some((row) => row[place]?.some(({ kind }) => kind === 'number') === true);
}

/** A number leads to what it is taken from, and says its name there. */
function partHtml(context: PageContext, contest: string, area: string, part: TextPart): Part {
	switch (part.kind) {
		case 'words':
			return part.text;
		case 'verbatim':
			return html`<bdi>${part.text}</bdi>`;
		default:
			return html`<a class="source" href="${sourceOf(context, contest, area, part.of)}" title="${part.of}">${part.text}</a>`;
	}
}

/** The sheet for totals and counts, the law for shares and rounds, the mark for when it was. */
function sourceOf({ link }: PageContext, contest: string, area: string, of: string): string {
	const [kind = ''] = of.split('.');
	const sheet = link({ page: 'collation', contest, area });
	switch (kind) {
		case 'counts':
			return `${sheet}#counts`;
		case 'mark':
			return `${sheet}#mark`;
		case 'contest':
			return `${link({ page: 'contest', contest })}#rule`;
		default:
			return `${sheet}#totals`;
	}
}

function signedSection(context: PageContext, view: DeclarationView, { act, mark }: DeclaredView): Html {
	const { words, link } = context;
	const { contest } = view;
	const { met, silent } = mark.witnesses;
	const sheet = link({ page: 'collation', contest: contest.id, area: contest.scope.id });
	const names = silent.length === 0 ? words.say('common.none') : words.items(silent.map((name) => foreign(name)));
	return html`<section id="signed"><h2>${words.say('declaration.signedTitle')}</h2>
${factRows([
	{ label: words.say('declaration.signers'), value: signersLine(words, act) },
	{ label: words.say('said.when'), value: whenLine(words, act) },
	{
		label: words.say('declaration.frozen'),
		value: words.rich('declaration.frozenAt', { index: String(mark.index), time: words.timeTag(mark.time) }),
	},
	{
		label: words.say('declaration.sheet'),
		value: html`<a href="${sheet}">${words.say('declaration.sheetText')}</a> ${shortDigest(mark.list)}`,
	},
	{
		label: words.say('declaration.witnesses'),
		value: met ? words.say('collation.witnessedMet') : words.rich('collation.witnessedNot', { names }),
	},
	act.supersedes !== undefined && { label: words.say('changes.why'), value: codeWords(words, act.supersedes.reason) },
	act.clocks !== undefined &&
		act.clocks.length > 0 && {
			label: words.say('said.inTimeTitle'),
			value: timelyLines(words, act, act.clocks, (clock) => clockName(context, view, clock)),
		},
	{ label: words.say('declaration.papers'), value: paperLinks(context, act.id) },
	view.law !== undefined && {
		label: words.shown(view.law.certificate),
		value: paperLinks(context, `${act.id}${CERTIFICATE}`),
	},
	{ label: words.say('said.statement'), value: html`<code class="digest">${act.id}</code>` },
])}</section>`;
}

function clockName({ words }: PageContext, { clocks }: DeclarationView, id: string): Part {
	const text = clocks.find((clock) => clock.id === id)?.text;
	return text === undefined ? foreign(id) : words.shown(text);
}

function openClass(context: PageContext, open: OpenAtMark): Html {
	const { words, link } = context;
	const { count: n, code, stations, areas, objections, witnesses } = open;
	const label = open.open === 'unwitnessed' ? words.say('declaration.openUnwitnessed') : classWord(words, open.open);
	const items: readonly Part[] = [
		...stations.map(
			({ id, name, reason, order }) =>
				html`<a href="${link({ page: 'station', station: id })}">${foreign(id)}</a> ${foreign(name)}${reason !== undefined && html` – ${codeWords(words, reason)}`}${order !== undefined && html` – <a href="${link({ page: 'order', id: order })}">${words.rich('collation.byOrder', { id: shortDigest(order) })}</a>`}`,
		),
		...areas.map(({ name }) => foreign(name)),
		...witnesses.map((name) => foreign(name)),
	];
	const named = items.length + objections.length;
	return html`<article class="open-class"><h3>${words.rich('declaration.openClass', { n, open: label })}</h3>
<p>${words.say('declaration.openRule')}: ${code === undefined ? words.say('common.none') : codeWords(words, code)}</p>
${named > 0 && html`<details><summary>${words.say('declaration.openItems')}</summary>${items.length > 0 && html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`}${objections.length > 0 && objectionsTable(context, objections)}${named < n && html`<p>${words.say('declaration.openMore', { n: named })}</p>`}</details>`}</article>`;
}

function dissents(context: PageContext, { dissents: acts }: DeclarationView): Part {
	const { words } = context;
	if (acts.length === 0) return undefined;
	const lines = acts.map(
		(
			act,
		) => html`<article class="act"><h3>${words.rich('declaration.dissentLine', { who: signersLine(words, act), time: words.timeTag(act.time) })}</h3>
${factRows([
	act.reason !== undefined && { label: words.say('changes.why'), value: codeWords(words, act.reason) },
	act.text !== undefined && { label: words.say('said.text'), value: fileLine(context, act.text) },
	act.of !== undefined && { label: words.say('declaration.dissentFrom'), value: shortDigest(act.of) },
	{ label: words.say('said.statement'), value: html`<code class="digest">${act.id}</code>` },
])}</article>`,
	);
	return html`<section id="dissents"><h2>${words.say('declaration.dissentTitle')}</h2>${lines}</section>`;
}
