/**
 * The number in a cell, by a mapping's rule and no other: digits, with the separator that the mapping names and only between groups of three. What is no such number is
 * kept as the text it is. Most cells are read from their place in the text without being copied.
 */
import { cellAt, type Table } from '../table/table.ts';
import type { NumberRule } from './mapping.ts';

/** A number, nothing (`undefined`), or the text that stands where a number should. */
export type Reading = number | undefined | string;

export type NumberReader = (row: number, column: number) => Reading;

/** Fifteen digits are exact; no count of people has more. */
const DIGITS_MAX = 15;
const TEXT_MAX = 100;

export function numberReader(table: Table, rule: NumberRule): NumberReader {
	const { text, starts, ends } = table;
	const width = table.columns.length;
	const spelled = spelling(rule);
	return (row, column) => {
		const place = row * width + column;
		const start = starts[place] ?? 0;
		const end = ends[place] ?? 0;
		if (end <= start) return undefined;
		if (end - start <= DIGITS_MAX) {
			let value = 0;
			let at = start;
			for (; at < end; at++) {
				const digit = text.charCodeAt(at) - 48;
				if (digit < 0 || digit > 9) break;
				value = value * 10 + digit;
			}
			if (at === end) return value;
		}
		return spelled(cellAt(table, row, column).trim());
	};
}

/** A dash as typed, and its longer kin, mean what the mapping says and nothing by themselves. */
function spelling(rule: NumberRule): (cell: string) => Reading {
	const nothing = new Set(rule.nothing.map(folded));
	const illegible = new Set(rule.illegible.map(folded));
	const grouped = rule.thousands === undefined ? undefined : new RegExp(`^[0-9]{1,3}(?:\\${rule.thousands}[0-9]{3})+$`);
	return (cell) => {
		if (cell === '' || nothing.has(folded(cell))) return undefined;
		if (illegible.has(folded(cell))) return 'illegible';
		let digits = rule.pointZero ? cell.replace(/\.0+$/, '') : cell;
		if (grouped !== undefined) {
			const spaced = rule.thousands === ' ' ? digits.replace(/[\u00a0\u2009\u202f]/g, ' ') : digits;
			if (grouped.test(spaced)) digits = spaced.replaceAll(rule.thousands ?? '', '');
		}
		const plain = /^0*([0-9]+)$/.exec(digits)?.[1];
		if (plain !== undefined && plain.length <= DIGITS_MAX) return Number(plain);
		return cell.slice(0, TEXT_MAX);
	};
}

function folded(text: string): string {
	return text.trim().toLowerCase();
}
