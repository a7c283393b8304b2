/** A report as plain text for a terminal: headings, lines that are wrapped, tables whose columns stand under one another. Nothing that a stranger wrote reaches the terminal as anything but letters. */
import type { Block, Line, ReportDocument, Section, TableColumn } from './document.ts';
import { shown } from './shown.ts';

/** As wide as a page of print; a terminal is rarely narrower. */
const WIDTH = 100;
/** A cell that is longer is broken into lines. */
const CELL_MAX = 56;

export function printReportText({ title, sections }: ReportDocument): string {
	return `${lineText(title)}\n${sections.map(sectionText).join('')}`;
}

function sectionText({ heading, blocks }: Section): string {
	const name = lineText(heading);
	return `\n${name}\n${'-'.repeat(Math.min(WIDTH, [...name].length))}\n${blocks.map(blockText).join('')}`;
}

function blockText(block: Block): string {
	switch (block.kind) {
		case 'line':
			return `${wrap(lineText(block.line), WIDTH).join('\n')}\n`;
		case 'list':
			return block.items.map((item) => `- ${wrap(lineText(item), WIDTH - 2).join('\n  ')}\n`).join('');
		case 'table':
			return tableText(block.columns, block.rows);
	}
}

export function lineText(line: Line): string {
	return line.map((span) => (typeof span === 'string' ? span : shown(span.foreign))).join('');
}

function tableText(columns: readonly TableColumn[], rows: readonly (readonly Line[])[]): string {
	const head = columns.map(({ label }) => wrap(shown(label, WIDTH), CELL_MAX));
	const body = rows.map((row) => columns.map((_, at) => wrap(lineText(row[at] ?? []), CELL_MAX)));
	const all = [head, ...body];
	const widths = columns.map((_, at) => all.reduce((most, row) => Math.max(most, widest(row[at] ?? [])), 0));
	const printed = all.map((row) => rowText(row, columns, widths));
	const rule = widths.map((width) => '-'.repeat(width)).join('  ');
	return `\n${[printed[0] ?? '', rule, ...printed.slice(1)].join('\n')}\n\n`;
}

function rowText(
	cells: readonly (readonly string[])[],
	columns: readonly TableColumn[],
	widths: readonly number[],
): string {
	const height = cells.reduce((most, lines) => Math.max(most, lines.length), 1);
	return Array.from({ length: height }, (_, at) =>
		cells
			.map((lines, place) => {
				const text = lines[at] ?? '';
				const space = ' '.repeat(Math.max(0, (widths[place] ?? 0) - [...text].length));
				return columns[place]?.numbers === true ? space + text : text + space;
			})
			.join('  ')
			.trimEnd(),
	).join('\n');
}

function widest(lines: readonly string[]): number {
	return lines.reduce((most, line) => Math.max(most, [...line].length), 0);
}

/** Broken between words; a word that is longer than a line stays whole. Spaces at the beginning are an indentation. */
function wrap(text: string, width: number): readonly string[] {
	const indent = /^ */.exec(text)?.[0] ?? '';
	const lines: string[] = [];
	let line = indent;
	for (const word of text.trim().split(' ')) {
		const longer = line === indent ? indent + word : `${line} ${word}`;
		if ([...longer].length > width && line !== indent) {
			lines.push(line);
			line = indent + word;
		} else line = longer;
	}
	return [...lines, line];
}
