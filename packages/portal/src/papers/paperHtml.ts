/**
 * A paper as a page of its own, without a script: the site's design, black on white when printed, table heads repeated on every sheet, the kind of count across each. Long papers come in parts
 * that link to one another. It does not know where the parts lie.
 */
import { type Html, html, joined, type Part } from '../html/html.ts';
import { type Words, wordsOf } from '../words/words.ts';
import { isTitled, type PaperBlock, type PaperPart, type PaperTable, piecesOf, type Said } from './paper.ts';

export interface PaperPlace {
	/** The ways to the site's stylesheet and icon. */
	readonly css: string;
	readonly icon: string;
	/** The way to a part of the same paper, from 1. */
	readonly part: (part: number) => string;
}

export function paperHtml({ paper, part, parts }: PaperPart, place: PaperPlace): string {
	const words = wordsOf(paper.language);
	const { mode } = paper;
	const title = mode === undefined ? paper.title : `${mode.label}: ${paper.title}`;
	const document = html`<!doctype html>
<html lang="${paper.language}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" type="image/svg+xml" href="${place.icon}">
<link rel="stylesheet" href="${place.css}">
</head>
<body class="paper"${mode !== undefined && html` data-mode="${mode.label}"`}>
${mode !== undefined && html`<aside class="mode" aria-label="${mode.label}"><p><strong>${mode.label}</strong> ${mode.text}</p></aside>`}
<main id="content">
${part > 1 && html`<h1>${paper.title}</h1>`}
${parts > 1 && partLinks(words, part, parts, place)}
${sections(paper.blocks)}
</main>
<footer class="foot"><p>${paper.foot.log}</p><p><bdi class="digest">${paper.foot.digest}</bdi></p></footer>
</body>
</html>
`;
	return document.text;
}

function partLinks(words: Words, part: number, parts: number, place: PaperPlace): Html {
	const items = Array.from({ length: parts }, (_, index) => index + 1).map((one) =>
		one === part
			? html`<li><span aria-current="page">${words.number(one)}</span></li>`
			: html`<li><a href="${place.part(one)}">${words.number(one)}</a></li>`,
	);
	return html`<nav class="jump" aria-label="${words.say('papers.parts')}"><p>${words.say('papers.partOf', { part, parts })}</p><ul>${items}</ul></nav>`;
}

function sections(blocks: readonly PaperBlock[]): Html {
	return joined(blocks.map((block, place) => html`${blockHtml(block, isTitled(blocks, place))}\n`));
}

function blockHtml(block: PaperBlock, titled: boolean): Html {
	switch (block.kind) {
		case 'title':
			return html`<h1>${saidHtml(block.text)}</h1>`;
		case 'heading':
			return html`<h2>${saidHtml(block.text)}</h2>`;
		case 'paragraph':
			return html`<p>${saidHtml(block.text)}</p>`;
		case 'note':
			return html`<p class="small">${saidHtml(block.text)}</p>`;
		case 'facts':
			return html`<dl class="facts">${block.items.map(({ label, value }) => html`<div><dt>${label}</dt><dd>${saidHtml(value)}</dd></div>`)}</dl>`;
		case 'table':
			return tableHtml(block, titled);
	}
}

function tableHtml({ caption, columns, rows, sums }: PaperTable, titled: boolean): Html {
	const number = columns.map(({ align }) => align === 'number');
	const head = columns.map(
		({ label }, place) => html`<th scope="col"${number[place] === true && html` class="n"`}>${saidHtml(label)}</th>`,
	);
	// The first column that is text names its row.
	const naming = number.indexOf(false);
	const row = (cells: readonly Said[]): Html =>
		html`<tr>${cells.map((cell, place) =>
			place === naming
				? html`<th scope="row">${saidHtml(cell)}</th>`
				: html`<td${number[place] === true && html` class="n"`}>${saidHtml(cell)}</td>`,
		)}</tr>
`;
	return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table class="plain">${!titled && html`<caption><span>${caption}</span></caption>`}
<thead><tr>${head}</tr></thead>
<tbody>${rows.map(row)}</tbody>${sums !== undefined && html`<tbody class="sums">${sums.map(row)}</tbody>`}</table></div>`;
}

/** Ids and digests, which may be broken anywhere. */
const UNBROKEN = /^\S{32,}$/;

function saidHtml(said: Said): Part {
	return piecesOf(said).map((piece): Part => {
		if (typeof piece === 'string') return piece;
		const { foreign, lang } = piece;
		return html`<bdi${lang !== undefined && html` lang="${lang}"`}${UNBROKEN.test(foreign) && html` class="digest"`}>${foreign}</bdi>`;
	});
}
