/**
 * Whether two lists of codes are of one kind (K5.1), and what would make more of them match: zeroes in front, signs and case, a prefix or suffix of one side. Nothing is changed here; a mapping does that.
 */
import type { CodeRemedy, Finding, Side } from '../comparison.ts';
import type { Count } from '../count.ts';
import type { Laid } from './lay.ts';
import { atLeast, THRESHOLDS } from './thresholds.ts';

const EXAMPLES = 3;

/** Counts as known what the other side knows without giving figures of it. */
export function otherCodes({
	a,
	b,
	matched,
	onlyA,
	onlyB,
}: Laid): Extract<Finding, { code: 'other_codes' }> | undefined {
	const [rows_a, rows_b] = [a.keys.length, b.keys.length];
	const alone = (rows: Int32Array, { keys }: Count, other: Count) =>
		[...rows].map((row) => keys[row] ?? '').filter((key) => other.absent?.has(key) !== true);
	const [aloneA, aloneB] = [alone(onlyA, a, b), alone(onlyB, b, a)];
	const known = rows_a <= rows_b ? rows_a - aloneA.length : rows_b - aloneB.length;
	if (atLeast(known, Math.min(rows_a, rows_b), THRESHOLDS.keysLeast)) return undefined;
	const remedy = remedyOf(a.keys, b.keys, matched);
	return {
		code: 'other_codes',
		matched,
		rows_a,
		rows_b,
		examples_a: aloneA.slice(0, EXAMPLES),
		examples_b: aloneB.slice(0, EXAMPLES),
		...(remedy === undefined ? {} : { remedy }),
	};
}

type Spell = (key: string) => string;

interface Tried {
	readonly remedy: (matched: number) => CodeRemedy;
	readonly a: Spell;
	readonly b: Spell;
}

/** The remedy with which most keys match, if that is half of the smaller side at least and more than match as they are; the first tried where several do. */
function remedyOf(a: readonly string[], b: readonly string[], matched: number): CodeRemedy | undefined {
	const smaller = Math.min(a.length, b.length);
	const all: readonly Tried[] = [
		both((matches) => ({ kind: 'leading_zeroes', matched: matches }), withoutZeroes),
		both((matches) => ({ kind: 'signs', matched: matches }), withoutSigns),
		...affixes(a, b, 'a'),
		...affixes(b, a, 'b'),
	];
	let best: CodeRemedy | undefined;
	for (const tried of all) {
		const found = tried.remedy(matchesWith(tried, a, b));
		if (found.matched <= (best?.matched ?? matched)) continue;
		if (atLeast(found.matched, smaller, THRESHOLDS.keysLeast)) best = found;
	}
	return best;
}

function both(remedy: Tried['remedy'], spell: Spell): Tried {
	return { remedy, a: spell, b: spell };
}

function withoutZeroes(key: string): string {
	return key.replace(/^0+(?=.)/, '');
}

function withoutSigns(key: string): string {
	return key.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '');
}

function matchesWith(
	{ a: spellA, b: spellB }: Pick<Tried, 'a' | 'b'>,
	a: readonly string[],
	b: readonly string[],
): number {
	const known = new Set(b.map(spellB));
	return new Set(a.map(spellA).filter((key) => known.has(key))).size;
}

/** Of the texts that all keys of a side begin, or end, with: the one with which most of a sample match. */
function affixes(keys: readonly string[], others: readonly string[], side: Side): readonly Tried[] {
	const known = new Set(others);
	const sample = keys.slice(0, THRESHOLDS.remedySample);
	return (['prefix', 'suffix'] as const).flatMap((kind): readonly Tried[] => {
		const whole = commonAffix(keys, kind);
		let [best, most] = [0, 0];
		for (let length = 1; length <= Math.min(whole.length, THRESHOLDS.affixMost); length++) {
			const matches = sample.filter((key) => known.has(cut(key, length, kind))).length;
			if (matches > most) [best, most] = [length, matches];
		}
		if (best === 0) return [];
		const text = kind === 'prefix' ? whole.slice(0, best) : whole.slice(whole.length - best);
		const spell = (key: string) => cut(key, best, kind);
		const same = (key: string) => key;
		const remedy = (matched: number): CodeRemedy => ({ kind, side, text, matched });
		return [side === 'a' ? { remedy, a: spell, b: same } : { remedy, a: same, b: spell }];
	});
}

function cut(key: string, length: number, kind: 'prefix' | 'suffix'): string {
	return kind === 'prefix' ? key.slice(length) : key.slice(0, key.length - length);
}

function commonAffix(keys: readonly string[], kind: 'prefix' | 'suffix'): string {
	let common = keys[0] ?? '';
	for (const key of keys) {
		if (kind === 'prefix') while (!key.startsWith(common)) common = common.slice(0, -1);
		else while (!key.endsWith(common)) common = common.slice(1);
		if (common === '') break;
	}
	return common;
}
