/**
 * How two numbers that should be one differ, as people slip when they copy or announce them (R25, V84): digits exchanged, one digit another, a digit left out or written twice too often. A name for a
 * difference explains nothing about how it came to be; it says where to look first.
 */
import { grouped } from '@matokeo/core/result/describe.ts';

/** `undefined` where the numbers are equal, or differ in no way that has a name. */
export function slipBetween(expected: number, came: number): string | undefined {
	const [ours, theirs] = [String(expected), String(came)];
	if (ours === theirs) return undefined;
	if (ours.length === theirs.length) return exchanged(ours, theirs) ?? oneDigit(expected, came);
	if (ours === `${theirs}0` || theirs === `${ours}0`) return 'a nought more or less at the end';
	if (isWithoutOne(ours, theirs)) return 'a digit is left out';
	if (isWithoutOne(theirs, ours)) return 'a digit too many';
	return oneDigit(expected, came);
}

/** The two numbers, how far they are from one another, and the slip if it has a name. */
export function differenceWords(expected: number, came: number): string {
	const by = came - expected;
	const slip = slipBetween(expected, came);
	return `${by < 0 ? '−' : '+'}${grouped(Math.abs(by))}${slip === undefined ? '' : `: ${slip}`}`;
}

/** The same digits but for two that have changed places. */
function exchanged(ours: string, theirs: string): string | undefined {
	const places = [...ours].flatMap((digit, place) => (digit === theirs.charAt(place) ? [] : [place]));
	const [a, b] = places;
	if (places.length !== 2 || a === undefined || b === undefined) return undefined;
	const crossed = ours.charAt(a) === theirs.charAt(b) && ours.charAt(b) === theirs.charAt(a);
	if (!crossed) return undefined;
	return b === a + 1 ? 'two digits side by side are exchanged' : 'two digits are exchanged';
}

/** The difference is one digit and noughts: ±3 × 10^n. */
function oneDigit(expected: number, came: number): string | undefined {
	const by = String(Math.abs(came - expected));
	if (!/^[1-9]0*$/.test(by)) return undefined;
	return `1-digit slip at the ${placeName(by.length - 1)}`;
}

const PLACES = ['ones', 'tens', 'hundreds', 'thousands', 'ten thousands', 'hundred thousands', 'millions'] as const;

function placeName(power: number): string {
	return PLACES[power] ?? `10^${power}`;
}

/** Whether `short` is `long` with exactly one character taken out. */
function isWithoutOne(long: string, short: string): boolean {
	if (long.length !== short.length + 1) return false;
	let at = 0;
	while (at < short.length && long.charAt(at) === short.charAt(at)) at++;
	return long.slice(at + 1) === short.slice(at);
}
