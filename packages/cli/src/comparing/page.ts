/**
 * A report as one page that needs nothing beside itself: the site's design inside it, no script, nothing that is fetched. It prints as it stands, and fits a telephone. Names that strangers wrote are text and
 * nothing else (`html/html.ts`).
 */
import type { Block, Line, ReportDocument, Section, TableColumn } from '@matokeo/compare/report/document.ts';
import { lineText } from '@matokeo/compare/report/printText.ts';
import type { ReportLanguage } from '@matokeo/compare/report/words.ts';
import { siteStyle } from '@matokeo/portal/design/assets.ts';
import { foreign } from '@matokeo/portal/html/foreign.ts';
import { type Html, html } from '@matokeo/portal/html/html.ts';

/** What a browser may do with the page: show it. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

/** On a telephone a table scrolls sideways, rather than that a sentence in it stands one word below the other. */
const OWN_STYLE = '@media screen{td:not(.n){min-width:11rem}}';

export function reportPage(language: ReportLanguage, { title, sections }: ReportDocument): string {
	const before = html`<!doctype html>
<html lang="${language}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${lineText(title)}</title>`;
	const after = html`
</head>
<body>
<main id="content">
<h1>${lineHtml(title)}</h1>
${sections.map(sectionHtml)}
</main>
</body>
</html>
`;
	// Both are ours and have no text of anybody else in them.
	return `${before.text}\n<style>${siteStyle()}${OWN_STYLE}</style>${after.text}`;
}

function sectionHtml({ id, heading, blocks }: Section): Html {
	return html`<section id="${id}">
<h2>${lineHtml(heading)}</h2>
${blocks.map((block, at) => blockHtml(block, tableName(heading, blocks, at)))}
</section>
`;
}

/** Where a section has several tables, each has a name of its own, by which those who do not see them tell them apart. */
function tableName(heading: Line, blocks: readonly Block[], at: number): string {
	const tables = blocks.flatMap((block, place) => (block.kind === 'table' ? [place] : []));
	const number = tables.indexOf(at) + 1;
	return tables.length < 2 ? lineText(heading) : `${lineText(heading)} (${number}/${tables.length})`;
}

function blockHtml(block: Block, name: string): Html {
	switch (block.kind) {
		case 'line':
			if (block.weight === 'strong') return html`<p><strong>${lineHtml(block.line)}</strong></p>\n`;
			return block.weight === 'small'
				? html`<p><small>${lineHtml(block.line)}</small></p>\n`
				: html`<p>${lineHtml(block.line)}</p>\n`;
		case 'list':
			return html`<ul>${block.items.map((item) => html`<li>${lineHtml(item)}</li>`)}</ul>\n`;
		case 'table':
			return tableHtml(block.columns, block.rows, name);
	}
}

function tableHtml(columns: readonly TableColumn[], rows: readonly (readonly Line[])[], name: string): Html {
	const number = (at: number): Html | false => columns[at]?.numbers === true && html` class="n"`;
	const head = columns.map(({ label }, at) => html`<th scope="col"${number(at)}>${label}</th>`);
	const body = rows.map(([first = [], ...rest]) => {
		const cells = rest.map((cell, at) => html`<td${number(at + 1)}>${lineHtml(cell)}</td>`);
		return html`<tr><th scope="row">${lineHtml(first)}</th>${cells}</tr>\n`;
	});
	return html`<div class="scroll" role="region" aria-label="${name}" tabindex="0"><table>
<thead><tr>${head}</tr></thead>
<tbody>
${body}</tbody>
</table></div>
`;
}

function lineHtml(line: Line): readonly Html[] {
	return line.map((span) => {
		if (typeof span === 'string') return html`${span}`;
		return span.href === undefined ? foreign(span.foreign) : html`<a href="${span.href}">${foreign(span.foreign)}</a>`;
	});
}
