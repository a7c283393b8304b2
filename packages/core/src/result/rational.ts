/**
 * Exact rationals, the only arithmetic that a threshold ever meets (RS1 of spec/results.md). Lowest terms, positive
 * denominator, BigInt throughout; nothing here turns into a float, and only `printFixed` rounds: half away from zero.
 */
import { assert } from '../std/result.ts';

export interface Rational {
	readonly num: bigint;
	/** Positive; shares no factor with `num`. */
	readonly den: bigint;
}

export const ZERO: Rational = { num: 0n, den: 1n };
export const ONE: Rational = { num: 1n, den: 1n };

export function rational(num: bigint, den: bigint): Rational {
	assert(den !== 0n, 'a rational has a denominator that is not zero');
	const sign = den < 0n ? -1n : 1n;
	const common = gcd(num < 0n ? -num : num, den < 0n ? -den : den);
	return { num: (sign * num) / common, den: (sign * den) / common };
}

function gcd(a: bigint, b: bigint): bigint {
	return b === 0n ? a : gcd(b, a % b);
}

const FRACTION = /^(0|[1-9][0-9]{0,8})\/([1-9][0-9]{0,8})$/;

/** Reads `p/q`, each at most nine digits; a fraction that is not in lowest terms is not refused here (`printRational` differs). */
export function parseRational(text: string): Rational | undefined {
	const match = FRACTION.exec(text);
	return match === null ? undefined : rational(BigInt(match[1] ?? ''), BigInt(match[2] ?? ''));
}

/** `p/q` in lowest terms, the inverse of `parseRational`. */
export function printRational(value: Rational): string {
	return `${value.num}/${value.den}`;
}

export function compareRationals(a: Rational, b: Rational): number {
	const difference = a.num * b.den - b.num * a.den;
	return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export function addRationals(a: Rational, b: Rational): Rational {
	return rational(a.num * b.den + b.num * a.den, a.den * b.den);
}

export function subtractRationals(a: Rational, b: Rational): Rational {
	return rational(a.num * b.den - b.num * a.den, a.den * b.den);
}

export function multiplyRationals(a: Rational, b: Rational): Rational {
	return rational(a.num * b.num, a.den * b.den);
}

/** ⌊a/b⌋ for positive b, also for negative a. */
export function floorDivide(a: bigint, b: bigint): bigint {
	const quotient = a / b;
	return a % b < 0n ? quotient - 1n : quotient;
}

/** ⌈a/b⌉ for positive b, also for negative a. */
export function ceilDivide(a: bigint, b: bigint): bigint {
	return -floorDivide(-a, b);
}

/** A decimal with exactly `places` digits after the point, half rounded away from zero: 1/8 at 2 places is `0.13`. */
export function printFixed(value: Rational, places: number): string {
	assert(Number.isSafeInteger(places) && places >= 0 && places <= 30, 'decimals are printed with 0 to 30 places');
	const negative = value.num < 0n;
	const scaled = (negative ? -value.num : value.num) * 10n ** BigInt(places);
	const rounded = (2n * scaled + value.den) / (2n * value.den);
	const digits = rounded.toString().padStart(places + 1, '0');
	const whole = digits.slice(0, digits.length - places);
	const sign = negative && rounded !== 0n ? '-' : '';
	return places === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(digits.length - places)}`;
}

/** A share of one as per cent without its sign: 1/2 is `50.0000`. */
export function printPercent(value: Rational, places = 4): string {
	return printFixed({ num: value.num * 100n, den: value.den }, places);
}
