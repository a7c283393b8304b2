/** What can happen to one number between two papers (K6.6–K6.8). Both are integers, zero or more, and differ; the order of the two never matters. */

/** One is the other times a power of ten, or the other without its last digit. */
export function isFactorOfTen(one: number, other: number): boolean {
	return powerBetween(one, other) !== undefined || isDigitLost(one, other);
}

/** n ≥ 1 if one of two numbers above zero is the other times 10^n, negative where the first is the larger. */
export function powerBetween(one: number, other: number): number | undefined {
	const [less, more] = one < other ? [one, other] : [other, one];
	if (less === 0 || less === more) return undefined;
	let power = 0;
	let grown = less;
	for (; grown < more; power++) grown *= 10;
	if (grown !== more) return undefined;
	return one < other ? power : -power;
}

function isDigitLost(one: number, other: number): boolean {
	const [less, more] = one < other ? [one, other] : [other, one];
	return less > 0 && Math.floor(more / 10) === less;
}

/** Written with the same number of digits, two neighbouring ones have changed places. */
export function isTransposed(one: number, other: number): boolean {
	const [first, second] = sameWidth(one, other);
	const at = [...first].findIndex((digit, place) => digit !== second[place]);
	if (at < 0 || at + 1 >= first.length) return false;
	return first[at] === second[at + 1] && first[at + 1] === second[at] && first.slice(at + 2) === second.slice(at + 2);
}

/** Written with the same number of digits, at least two, exactly one is another. */
export function isOneDigit(one: number, other: number): boolean {
	const [first, second] = sameWidth(one, other);
	return first.length > 1 && [...first].filter((digit, place) => digit !== second[place]).length === 1;
}

/** Leading zeroes, as on a form with one box for each digit. */
function sameWidth(one: number, other: number): readonly [string, string] {
	const width = Math.max(String(one).length, String(other).length);
	return [String(one).padStart(width, '0'), String(other).padStart(width, '0')];
}
