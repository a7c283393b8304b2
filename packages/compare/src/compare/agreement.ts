/** How well matched rows agree as a whole (K5.2–K5.5): measured on evenly spaced pairs, by votes, before any single difference is read. */
import type { FieldPair, Finding, Side } from '../comparison.ts';
import type { Count, CountField } from '../count.ts';
import { powerBetween } from './digits.ts';
import { type Laid, NOT_GIVEN, numberAt } from './lay.ts';
import type { Shape } from './shape.ts';
import { atLeast, evenly, THRESHOLDS } from './thresholds.ts';

/** The orders in which a shift is looked for: of the codes, and of either source. */
function orders({ a, b, matched, rowA, rowB }: Laid): readonly (readonly ['code' | Side, Int32Array])[] {
	const bySource = (rows: Int32Array, { keys }: Count) => {
		const pairOf = new Int32Array(keys.length).fill(-1);
		rows.forEach((row, pair) => {
			pairOf[row] = pair;
		});
		return pairOf.filter((pair) => pair >= 0);
	};
	const byCode = new Int32Array(matched).map((_, pair) => pair);
	return [
		['code', byCode],
		['a', bySource(rowA, a)],
		['b', bySource(rowB, b)],
	];
}

/** K5.2: the votes of A at a key are those of B at the key so many places further on for most rows, and those of B at the key itself are not. */
export function shiftedRows(laid: Laid, shape: Shape): Finding | undefined {
	if (laid.matched < THRESHOLDS.rowsLeast) return undefined;
	let best: Extract<Finding, { code: 'rows_shifted' }> | undefined;
	for (const [order, pairs] of orders(laid)) {
		const { equal: own, of: all } = equalAt(laid, shape, pairs, 0);
		if (2 * own > all) return undefined;
		for (let by = -THRESHOLDS.shiftMost; by <= THRESHOLDS.shiftMost; by++) {
			if (by === 0) continue;
			const { equal, of } = equalAt(laid, shape, pairs, by);
			if (2 * equal > of && equal > (best?.equal ?? 0)) best = { code: 'rows_shifted', order, by, equal, of, own };
		}
	}
	return best;
}

/** Of the sample, rows of A with votes, and those whose votes are those of B’s row `by` places on. */
function equalAt(
	{ x, y, matched }: Laid,
	{ votes, size }: Shape,
	pairs: Int32Array,
	by: number,
): { readonly equal: number; readonly of: number } {
	let [equal, of] = [0, 0];
	for (const place of evenly(matched, THRESHOLDS.sampleMost)) {
		const [one, other] = [pairs[place] ?? 0, pairs[place + by]];
		if (other === undefined || !votes.some((field) => (x[one * size + field] ?? 0) > 0)) continue;
		of++;
		if (votes.every((field) => x[one * size + field] === y[other * size + field])) equal++;
	}
	return { equal, of };
}

/** K5.3: a field of A that nearly everywhere equals a field of B of another name, and hardly the one of its own. */
export function exchangedFields(laid: Laid): readonly Finding[] {
	if (laid.matched < THRESHOLDS.rowsLeast) return [];
	const most = Math.floor(THRESHOLDS.agreementsMost / Math.max(1, laid.a.fields.length * laid.b.fields.length));
	const sample = evenly(laid.matched, Math.min(THRESHOLDS.sampleMost, Math.max(THRESHOLDS.rowsLeast, most)));
	const known = new Set(laid.fields.map(({ field }) => field.id));
	const own = new Map(
		laid.fields.map(({ field, a, b }): readonly [string, number] => {
			const { equal, of } = agreementOf(laid, sample, a, b);
			return [field.id, of > 0 && atLeast(equal, of, THRESHOLDS.most) ? -1 : equal];
		}),
	);
	const pairs: FieldPair[] = [];
	laid.a.fields.forEach((one: CountField, a) => {
		const ownEqual = own.get(one.id) ?? 0;
		if (ownEqual < 0) return;
		laid.b.fields.forEach((other: CountField, b) => {
			if ((own.get(other.id) ?? 0) < 0) return;
			const { equal, of } = agreementOf(laid, sample, a, b);
			if (of >= THRESHOLDS.rowsLeast && atLeast(equal, of, THRESHOLDS.nearly))
				pairs.push({ a: one.id, b: other.id, equal, of, own: ownEqual });
		});
	});
	const named = (pair: FieldPair) => known.has(pair.a) || known.has(pair.b);
	const exchanged = pairs.filter(named);
	const otherwise = pairs.filter((pair) => !named(pair));
	return [
		...(exchanged.length === 0 ? [] : [{ code: 'fields_exchanged', pairs: exchanged } as const]),
		...(otherwise.length === 0 ? [] : [{ code: 'fields_named_otherwise', pairs: otherwise } as const]),
	];
}

/** Of the pairs in which one of the two numbers is above zero, those in which they are equal. */
function agreementOf(
	{ a, b, rowA, rowB }: Laid,
	sample: Int32Array,
	columnA: number,
	columnB: number,
): { readonly equal: number; readonly of: number } {
	let [equal, of] = [0, 0];
	for (const pair of sample) {
		const one = numberAt(a, rowA[pair] ?? 0, columnA);
		const other = numberAt(b, rowB[pair] ?? 0, columnB);
		if (one <= 0 && other <= 0) continue;
		of++;
		if (one === other) equal++;
	}
	return { equal, of };
}

/** K5.4: nearly every number of one side is the same power of ten times that of the other. */
export function otherScale(laid: Laid, { votes, size }: Shape): Finding | undefined {
	if (laid.matched < THRESHOLDS.rowsLeast) return undefined;
	const powers = new Map<number, number>();
	let [of, equal] = [0, 0];
	for (const pair of evenly(laid.matched, THRESHOLDS.sampleMost)) {
		for (const field of votes) {
			const [one = NOT_GIVEN, other = NOT_GIVEN] = [laid.x[pair * size + field], laid.y[pair * size + field]];
			if (one <= 0 && other <= 0) continue;
			of++;
			if (one === other) equal++;
			const power = one > 0 && other > 0 ? powerBetween(one, other) : undefined;
			if (power !== undefined) powers.set(power, (powers.get(power) ?? 0) + 1);
		}
	}
	if (of > 0 && atLeast(equal, of, THRESHOLDS.hardly)) return undefined;
	for (const [power, times] of powers) {
		if (Math.abs(power) > THRESHOLDS.powerMost || !atLeast(times, of, THRESHOLDS.nearly)) continue;
		return { code: 'other_scale', side: power > 0 ? 'b' : 'a', power: Math.abs(power), equal: times, of };
	}
	return undefined;
}

/** K5.5: numbers that are near one another, and those that would be if rows half of all further on were compared; the first are fewer than half, and no more than twice the second and a hundredth. */
export function unrelatedNumbers(laid: Laid, { votes, size }: Shape): Finding | undefined {
	const { x, y, matched } = laid;
	if (matched < THRESHOLDS.rowsLeast) return undefined;
	const half = Math.floor(matched / 2);
	let [equal, of, chance, ofChance] = [0, 0, 0, 0];
	for (const pair of evenly(matched, THRESHOLDS.sampleMost)) {
		const further = (pair + half) % matched;
		for (const field of votes) {
			const [one = NOT_GIVEN, other = NOT_GIVEN] = [x[pair * size + field], y[pair * size + field]];
			const own = nearness(one, other);
			if (own !== undefined) of++;
			if (own === true) equal++;
			for (const far of [nearness(one, y[further * size + field]), nearness(other, x[further * size + field])]) {
				if (far !== undefined) ofChance++;
				if (far === true) chance++;
			}
		}
	}
	if (of === 0 || ofChance === 0 || atLeast(equal, of, THRESHOLDS.most)) return undefined;
	const by_chance = Math.round((chance * of) / ofChance);
	return 100 * equal <= 200 * by_chance + of ? { code: 'unrelated_numbers', equal, of, by_chance } : undefined;
}

/** `undefined`: neither is above zero. */
function nearness(one: number, other = NOT_GIVEN): boolean | undefined {
	if (one <= 0 && other <= 0) return undefined;
	return one >= 0 && other >= 0 && atLeast(Math.max(one, other), Math.abs(one - other), NEAR_INVERSE);
}

/** The larger is at least twenty times the distance. */
const NEAR_INVERSE = { part: THRESHOLDS.near.whole, whole: THRESHOLDS.near.part };
