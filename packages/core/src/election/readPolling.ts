/**
 * On which days there is polling (P27 of `spec/package.md`): two days of the calendar, or nothing. No rule asks; reports for others that must name a day do. What hour it begins and ends is not said here.
 */
import { asObject, asText, type Node, type Shape, tell } from './jsonShape.ts';
import type { Polling } from './types.ts';

const DAY = /^([0-9]{4})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$/;
/** Of January to December, February without its leap day. */
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export function readPolling(shape: Shape, node: Node): Polling | undefined {
	const get = node === undefined ? undefined : asObject(shape, node, 'polling', ['from', 'to']);
	if (get === undefined) return undefined;
	const from = asDay(shape, get('from'), 'the first day of polling');
	const last = get('to');
	const to = asDay(shape, last, 'the last day of polling');
	if (from === undefined || to === undefined || last === undefined) return undefined;
	if (from <= to) return { from, to };
	return tell(
		shape,
		last,
		'P27',
		'a last day of polling that is not before the first',
		`${to} after ${from}`,
		'exchange the two, or correct them',
	);
}

function asDay(shape: Shape, node: Node, what: string): string | undefined {
	const text = asText(shape, node, what);
	if (text === undefined || node === undefined || isDay(text)) return text;
	return tell(
		shape,
		node,
		'P27',
		`${what} as a day of the calendar`,
		JSON.stringify(text),
		'write it as 2027-08-10: year, month, day',
	);
}

function isDay(text: string): boolean {
	const [, year = '', month = '', day = ''] = DAY.exec(text) ?? [];
	if (year === '' || year === '0000') return false;
	const leap = month === '02' && isLeap(Number(year)) ? 1 : 0;
	return Number(day) <= (DAYS[Number(month) - 1] ?? 0) + leap;
}

function isLeap(year: number): boolean {
	return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}
