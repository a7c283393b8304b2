/** The stylesheet, the script and the icon of the site, each as one text: the files of the design one after the other, without what only their readers need. */
import { readFileSync } from 'node:fs';

/** Later files may refine earlier ones; print comes last but for papers, which are made to be printed. */
const STYLES = [
	'tokens',
	'base',
	'frame',
	'tables',
	'marks',
	'pages',
	'station',
	'proceedings',
	'print',
	'paper',
] as const;

export function siteStyle(): string {
	return STYLES.map((name) => smallStyle(readFileSync(new URL(`${name}.css`, import.meta.url), 'utf8'))).join('\n');
}

export function siteScript(): string {
	return smallScript(readFileSync(new URL('../../island/site.js', import.meta.url), 'utf8'));
}

/** What browsers show in a tab, and ask for by themselves where a page names none. */
export function siteIcon(): string {
	return readFileSync(new URL('icon.svg', import.meta.url), 'utf8');
}

/** Without comments, and without the space that CSS does not need. No string of ours holds any of these. */
function smallStyle(text: string): string {
	return text
		.replace(/\/\*[\s\S]*?\*\//g, '')
		.replace(/\s+/g, ' ')
		.replace(/\s*([{};,])\s*/g, '$1')
		.replace(/: /g, ':')
		.replace(/;}/g, '}')
		.trim();
}

/** Whole lines of comment and indentation go; everything that runs stays as it was written. */
function smallScript(text: string): string {
	return text
		.replace(/^\s*\/\*\*[\s\S]*?\*\/\n/gm, '')
		.replace(/^\s*\/\/.*\n/gm, '')
		.replace(/^\t+/gm, '')
		.replace(/\n{2,}/g, '\n');
}
