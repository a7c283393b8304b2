/**
 * Compares two counts row by row (K1–K9 of spec/comparison.md). It knows nothing of files, of elections or of who is right; two people with the same two counts get the same comparison, on any machine.
 */
import type {
	ComparedField,
	ComparedFields,
	ComparedSide,
	CompareOptions,
	Comparison,
	LoneField,
} from '../comparison.ts';
import { PATTERNS } from '../comparison.ts';
import type { Count, LeftOut } from '../count.ts';
import { atOneLevel } from './atOneLevel.ts';
import { chancesOf } from './chance.ts';
import { isSame, type Laid, lay, NOT_GIVEN } from './lay.ts';
import { neighbourhoodOf } from './neighbours.ts';
import { placedLevels } from './places.ts';
import { differingStations, knownWithout, onlyRows, tallied } from './rows.ts';
import { shapeOf } from './shape.ts';
import { THRESHOLDS } from './thresholds.ts';
import { levelTotals, wholeTotals } from './totals.ts';
import { verdictOf } from './verdict.ts';

export function compareCounts(a: Count, b: Count, options: CompareOptions = {}): Comparison {
	const listedMax = options.listedMax ?? THRESHOLDS.listedMost;
	const level = atOneLevel(a, b);
	const laid = lay(level.a, level.b, options);
	const shape = shapeOf(laid.fields);
	const { differs, differing } = differingPairs(laid);
	const near = neighbourhoodOf(laid, shape);
	const stations = differingStations(laid, shape, near, differing, listedMax);
	const chances = chancesOf(laid, shape, near, differing);
	const { addedUp } = level;
	return {
		a: sideOf(a, listedMax, addedUp?.side === 'a' ? addedUp.unplaced : undefined),
		b: sideOf(b, listedMax, addedUp?.side === 'b' ? addedUp.unplaced : undefined),
		level: level.level,
		...(addedUp === undefined ? {} : { added_up: addedUp.side }),
		verdict: verdictOf(laid, shape, level.level, level.findings),
		matched: laid.matched,
		same: laid.matched - differing.length,
		differing: differing.length,
		only_in_a: laid.onlyA.length,
		only_in_b: laid.onlyB.length,
		fields: fieldsOf(laid),
		stations: stations.listed,
		only: { a: onlyRows(laid, 'a', listedMax), b: onlyRows(laid, 'b', listedMax) },
		only_known: { a: knownWithout(laid, 'a'), b: knownWithout(laid, 'b') },
		listed_max: listedMax,
		patterns: PATTERNS.map((pattern) => ({
			pattern,
			stations: stations.shown.get(pattern) ?? 0,
			chance: chances[pattern],
		})),
		without_pattern: stations.withoutPattern,
		whole: wholeTotals(laid, differs),
		levels: placedLevels(laid).map((one) => levelTotals(laid, differs, one)),
	};
}

function differingPairs(laid: Laid): { readonly differs: Uint8Array; readonly differing: readonly number[] } {
	const differs = new Uint8Array(laid.matched);
	const differing: number[] = [];
	for (let pair = 0; pair < laid.matched; pair++) {
		if (isSame(laid, pair)) continue;
		differs[pair] = 1;
		differing.push(pair);
	}
	return { differs, differing };
}

function sideOf(count: Count, listedMax: number, unplaced: number | undefined): ComparedSide {
	const why: Record<LeftOut['why'], number> = { twice: 0, 'no-key': 0, unreadable: 0, total: 0 };
	for (const one of count.leftOut) why[one.why]++;
	return {
		title: count.title,
		digest: count.source.digest,
		level: count.level,
		rows: count.keys.length,
		filtered: count.filtered,
		left_out: why,
		left_out_rows: count.leftOut.slice(0, listedMax),
		absent: tallied([...(count.absent?.values() ?? [])]),
		...(unplaced === undefined ? {} : { unplaced }),
	};
}

function fieldsOf(laid: Laid): ComparedFields {
	const { a, b, fields, base } = laid;
	const common = new Set(fields.map(({ field }) => field.id));
	const lone = (count: Count): readonly LoneField[] =>
		count.fields.flatMap((field, column) => (common.has(field.id) ? [] : [{ ...field, ...givenIn(count, column) }]));
	const compared = fields.map((field, place): ComparedField => {
		const { id, name, kind } = field.field;
		const other = base === 'a' ? b.fields[field.b]?.name : a.fields[field.a]?.name;
		return {
			id,
			name,
			...(other === undefined || other === name ? {} : { other_name: other }),
			kind,
			differing: differingIn(laid, place),
			given_a: givenIn(a, field.a).given,
			given_b: givenIn(b, field.b).given,
		};
	});
	return { compared, only_in_a: lone(a), only_in_b: lone(b) };
}

function differingIn({ x, y, matched, fields: { length } }: Laid, place: number): number {
	let differing = 0;
	for (let pair = 0; pair < matched; pair++) if (x[pair * length + place] !== y[pair * length + place]) differing++;
	return differing;
}

function givenIn({ values, fields, keys }: Count, column: number): { readonly given: number; readonly total: number } {
	let [given, total] = [0, 0];
	for (let row = 0; row < keys.length; row++) {
		const number = values[row * fields.length + column] ?? NOT_GIVEN;
		if (!(number >= 0)) continue;
		given++;
		total += number;
	}
	return { given, total };
}
