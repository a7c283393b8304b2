/**
 * Numbers of the log (L1): sizes and indexes are integers 0 … 2^53 − 1, written in ASCII decimal without sign or leading
 * zero. Arithmetic on them divides and multiplies; JavaScript's shifts cut at 32 bits and are never used on a size.
 */
const DECIMAL = /^(?:0|[1-9][0-9]{0,15})$/;

export function isSize(value: number): boolean {
	return Number.isSafeInteger(value) && value >= 0;
}

/** The number that the text writes in its one spelling; `undefined` for any other text. */
export function parseSize(text: string): number | undefined {
	if (!DECIMAL.test(text)) return undefined;
	const value = Number(text);
	return Number.isSafeInteger(value) ? value : undefined;
}

/** Half, rounded down. */
export function half(value: number): number {
	return Math.floor(value / 2);
}

/** The largest power of two smaller than `value`, which is at least 2. */
export function splitOf(value: number): number {
	let power = 1;
	while (power * 2 < value) power *= 2;
	return power;
}
