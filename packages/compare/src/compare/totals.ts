/** Sums of both sides over all rows, and over the rows of each area (K9). What is not given counts as nothing; sums are exact as long as they are safe integers, which is checked. */
import { byCodeUnits } from '@matokeo/core/std/canonical.ts';
import { assert } from '@matokeo/core/std/result.ts';
import type { ComparedArea, ComparedLevel, ComparedTotals } from '../comparison.ts';
import type { Count } from '../count.ts';
import type { Laid } from './lay.ts';
import type { PlacedLevel } from './places.ts';
import { shapeOf } from './shape.ts';

/** Place → numbers: counts of rows, and sums by compared field. */
interface Sums {
	readonly matched: Float64Array;
	readonly differing: Float64Array;
	readonly onlyA: Float64Array;
	readonly onlyB: Float64Array;
	readonly a: Float64Array;
	readonly b: Float64Array;
	readonly x: Float64Array;
	readonly y: Float64Array;
}

/** `differs[pair]` is 1 where the pair differs. */
export function wholeTotals(laid: Laid, differs: Uint8Array): ComparedTotals {
	const ofA = new Int32Array(laid.a.keys.length);
	const ofB = new Int32Array(laid.b.keys.length);
	return totalsAt(sumsOf(laid, differs, 1, ofA, ofB), 0, laid.fields.length);
}

export function levelTotals(laid: Laid, differs: Uint8Array, level: PlacedLevel): ComparedLevel {
	const { areas, ofA, ofB, from, name, placedDifferently } = level;
	const sums = sumsOf(laid, differs, areas.length, ofA, ofB);
	const { candidates, votes } = shapeOf(laid.fields);
	const counted = candidates.length === 0 ? votes : candidates;
	const totals = areas.map((area, place): ComparedArea => ({ ...area, ...totalsAt(sums, place, laid.fields.length) }));
	const effect = ({ difference }: ComparedArea) =>
		counted.reduce((sum, field) => sum + Math.abs(difference[field] ?? 0), 0);
	const ranked = totals
		.map((area) => ({ area, effect: effect(area), path: JSON.stringify(area.path) }))
		.sort((one, other) => other.effect - one.effect || byCodeUnits(one.path, other.path));
	const without = (rows: Int32Array, of: Int32Array) => rows.filter((row) => (of[row] ?? -1) < 0).length;
	return {
		level: level.level,
		name,
		from,
		areas: ranked.map(({ area }) => area),
		unplaced: without(laid.rowA, ofA) + without(laid.onlyA, ofA) + without(laid.onlyB, ofB),
		placed_differently: placedDifferently,
	};
}

function sumsOf(laid: Laid, differs: Uint8Array, places: number, ofA: Int32Array, ofB: Int32Array): Sums {
	const { fields, rowA, rowB } = laid;
	const rows = () => new Float64Array(places);
	const numbers = () => new Float64Array(places * fields.length);
	const sums: Sums = {
		matched: rows(),
		differing: rows(),
		onlyA: rows(),
		onlyB: rows(),
		a: numbers(),
		b: numbers(),
		x: numbers(),
		y: numbers(),
	};
	rowA.forEach((row, pair) => {
		const place = ofA[row] ?? -1;
		if (place < 0) return;
		sums.matched[place] = (sums.matched[place] ?? 0) + 1;
		sums.differing[place] = (sums.differing[place] ?? 0) + (differs[pair] ?? 0);
	});
	addPairs(sums.x, laid.x, rowA, ofA, fields.length);
	addPairs(sums.y, laid.y, rowB, ofB, fields.length);
	sums.a.set(sums.x);
	sums.b.set(sums.y);
	addOnly(
		sums.a,
		sums.onlyA,
		laid.a,
		laid.onlyA,
		ofA,
		fields.map(({ a }) => a),
	);
	addOnly(
		sums.b,
		sums.onlyB,
		laid.b,
		laid.onlyB,
		ofB,
		fields.map(({ b }) => b),
	);
	return sums;
}

function addPairs(into: Float64Array, table: Float64Array, rows: Int32Array, of: Int32Array, size: number): void {
	rows.forEach((row, pair) => {
		const place = of[row] ?? -1;
		if (place < 0) return;
		for (let field = 0; field < size; field++) {
			const number = table[pair * size + field] ?? 0;
			if (number > 0) into[place * size + field] = (into[place * size + field] ?? 0) + number;
		}
	});
}

function addOnly(
	into: Float64Array,
	counts: Float64Array,
	{ values, fields }: Count,
	rows: Int32Array,
	of: Int32Array,
	columns: readonly number[],
): void {
	for (const row of rows) {
		const place = of[row] ?? -1;
		if (place < 0) continue;
		counts[place] = (counts[place] ?? 0) + 1;
		columns.forEach((column, field) => {
			const number = values[row * fields.length + column] ?? 0;
			const at = place * columns.length + field;
			if (number > 0) into[at] = (into[at] ?? 0) + number;
		});
	}
}

function totalsAt(sums: Sums, place: number, size: number): ComparedTotals {
	const numbers = (table: Float64Array) => [...table.subarray(place * size, (place + 1) * size)];
	const [a, b, x, y] = [numbers(sums.a), numbers(sums.b), numbers(sums.x), numbers(sums.y)];
	assert([...a, ...b].every(Number.isSafeInteger), 'the sums of a count are safe integers');
	const matched = sums.matched[place] ?? 0;
	const differing = sums.differing[place] ?? 0;
	return {
		matched,
		same: matched - differing,
		differing,
		only_in_a: sums.onlyA[place] ?? 0,
		only_in_b: sums.onlyB[place] ?? 0,
		a,
		b,
		a_matched: x,
		b_matched: y,
		difference: y.map((number, field) => number - (x[field] ?? 0)),
	};
}
