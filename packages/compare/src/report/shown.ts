/**
 * What strangers wrote, as plain text that a terminal can show: no control characters, none that turn the direction of what follows, and cut where it would push everything else away.
 * In a CSV file, besides, nothing that a spreadsheet would run.
 */

/** Longer than any real name of a polling station (about 80). */
const SHOWN_MAX = 240;

const UNSAFE = /[\p{Cc}\p{Bidi_Control}\u2028\u2029\ufeff\ufff9-\ufffb]/gu;

export function shown(text: string, max: number = SHOWN_MAX): string {
	const safe = text
		.slice(0, 4 * max)
		.toWellFormed()
		.replace(UNSAFE, '\ufffd');
	const letters = [...safe];
	return letters.length <= max && text.length <= 4 * max ? safe : `${letters.slice(0, max - 1).join('')}…`;
}

/** Spreadsheets take these at the beginning of a cell for a formula (K44). */
const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
const PLAIN_NUMBER = /^-?(0|[1-9][0-9]*)$/;

/** A cell: whole numbers as they are; what a spreadsheet would run gets an apostrophe before it; quoted where it must be. */
export function csvCell(cell: string | number | undefined): string {
	if (cell === undefined) return '';
	if (typeof cell === 'number') return String(cell);
	const safe = FORMULA.test(cell) && !PLAIN_NUMBER.test(cell) ? `'${cell}` : cell;
	return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
