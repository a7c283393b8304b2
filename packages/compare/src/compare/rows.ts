/** The rows of a comparison: what differs where, with which slips that is consistent (K2, K6, K7), and what only one side has (K3). */
import { byCodeUnits } from '@matokeo/core/std/canonical.ts';
import {
	type DifferingStation,
	type FieldDifference,
	type OnlyRow,
	PATTERNS,
	type Pattern,
	type Side,
} from '../comparison.ts';
import type { Count } from '../count.ts';
import { rowAt } from './chance.ts';
import { type Laid, NOT_GIVEN } from './lay.ts';
import { type Neighbour, type Neighbourhood, neighbourOf } from './neighbours.ts';
import { shows } from './patterns.ts';
import type { Shape } from './shape.ts';

export interface DifferingRows {
	readonly listed: readonly DifferingStation[];
	readonly shown: ReadonlyMap<Pattern, number>;
	readonly withoutPattern: number;
}

interface Judged {
	readonly pair: number;
	readonly key: string;
	readonly patterns: readonly Pattern[];
	readonly neighbour: Neighbour | undefined;
	readonly votes: number;
	readonly absolute: number;
}

/** `differing`: the pairs that differ. All are judged, the largest `listedMax` are listed. */
export function differingStations(
	laid: Laid,
	shape: Shape,
	near: Neighbourhood,
	differing: readonly number[],
	listedMax: number,
): DifferingRows {
	const judged = differing.map((pair) => judge(laid, shape, near, pair));
	const shown = new Map<Pattern, number>();
	for (const { patterns } of judged) for (const one of patterns) shown.set(one, (shown.get(one) ?? 0) + 1);
	judged.sort(
		(one, other) => other.votes - one.votes || other.absolute - one.absolute || byCodeUnits(one.key, other.key),
	);
	return {
		listed: judged.slice(0, listedMax).map((one) => stationOf(laid, one)),
		shown,
		withoutPattern: judged.filter(({ patterns }) => patterns.length === 0).length,
	};
}

function judge(laid: Laid, shape: Shape, near: Neighbourhood, pair: number): Judged {
	const [x, y] = [rowAt(laid.x, pair, shape.size), rowAt(laid.y, pair, shape.size)];
	const rowA = laid.rowA[pair] ?? 0;
	const neighbour = neighbourOf(near, x, y, rowA, laid.rowB[pair] ?? 0);
	const patterns = PATTERNS.filter((pattern) =>
		pattern === 'neighbouring_row' ? neighbour !== undefined : shows(pattern, x, y, shape),
	);
	const distance = (fields: readonly number[]) =>
		fields.reduce((sum, field) => sum + Math.abs(above(x[field]) - above(y[field])), 0);
	return {
		pair,
		key: laid.a.keys[rowA] ?? '',
		patterns,
		neighbour,
		votes: distance(shape.candidates),
		absolute: distance(laid.fields.map((_, place) => place)),
	};
}

function above(number = NOT_GIVEN): number {
	return Math.max(0, number);
}

function stationOf(laid: Laid, { pair, key, patterns, neighbour, votes, absolute }: Judged): DifferingStation {
	const { a, b, base } = laid;
	const [rowA, rowB] = [laid.rowA[pair] ?? 0, laid.rowB[pair] ?? 0];
	const [own, other] = [areasAt(a, rowA), areasAt(b, rowB)];
	const [first, second] = base === 'a' ? [own, other] : [other, own];
	const [lineA, lineB] = [a.lines?.[rowA], b.lines?.[rowB]];
	return {
		key,
		...(lineA === undefined ? {} : { line_a: lineA }),
		...(lineB === undefined ? {} : { line_b: lineB }),
		areas: first.length === 0 ? second : first,
		fields: fieldDifferences(laid, pair, rowA, rowB),
		patterns,
		...(neighbour === undefined ? {} : { neighbour }),
		votes,
		absolute,
	};
}

/** Names of the areas in which a row lies, from the top down; a level that is not given is passed over. */
function areasAt({ areas }: Count, row: number): readonly string[] {
	return areas.flatMap(({ values, of }) => {
		const name = values[of[row] ?? -1];
		return name === undefined ? [] : [name];
	});
}

function fieldDifferences(laid: Laid, pair: number, rowA: number, rowB: number): readonly FieldDifference[] {
	const size = laid.fields.length;
	return laid.fields.flatMap(({ field, a, b }, place): readonly FieldDifference[] => {
		const [one = NOT_GIVEN, other = NOT_GIVEN] = [laid.x[pair * size + place], laid.y[pair * size + place]];
		if (one === other) return [];
		const textA = laid.a.texts.get(rowA * laid.a.fields.length + a);
		const textB = laid.b.texts.get(rowB * laid.b.fields.length + b);
		return [
			{
				field: field.id,
				...(one === NOT_GIVEN ? {} : { a: one }),
				...(other === NOT_GIVEN ? {} : { b: other }),
				...(textA === undefined ? {} : { text_a: textA }),
				...(textB === undefined ? {} : { text_b: textB }),
				...(one === NOT_GIVEN || other === NOT_GIVEN ? {} : { difference: other - one }),
			},
		];
	});
}

export function onlyRows(laid: Laid, side: Side, listedMax: number): readonly OnlyRow[] {
	const [count, other, rows] = side === 'a' ? [laid.a, laid.b, laid.onlyA] : [laid.b, laid.a, laid.onlyB];
	const candidates = count.fields.flatMap(({ kind }, column) => (kind === 'candidate' ? [column] : []));
	return Array.from(rows.subarray(0, listedMax), (row): OnlyRow => {
		const key = count.keys[row] ?? '';
		const line = count.lines?.[row];
		const word = other.absent?.get(key);
		const votes = candidates.reduce((sum, column) => {
			const number = count.values[row * count.fields.length + column] ?? NOT_GIVEN;
			return number > 0 ? sum + number : sum;
		}, 0);
		return {
			key,
			...(line === undefined ? {} : { line }),
			areas: areasAt(count, row),
			votes,
			...(word === undefined ? {} : { other: word }),
		};
	});
}

/** What the other side says of the keys that only this one gives figures of. */
export function knownWithout(laid: Laid, side: Side): Readonly<Record<string, number>> {
	const [count, other, rows] = side === 'a' ? [laid.a, laid.b, laid.onlyA] : [laid.b, laid.a, laid.onlyB];
	const { absent } = other;
	if (absent === undefined) return {};
	return tallied(Array.from(rows).flatMap((row) => absent.get(count.keys[row] ?? '') ?? []));
}

/** Word → how often, in the order of the words. */
export function tallied(words: readonly string[]): Readonly<Record<string, number>> {
	const times = new Map<string, number>();
	for (const word of words) times.set(word, (times.get(word) ?? 0) + 1);
	return Object.fromEntries([...times].sort(([one], [other]) => byCodeUnits(one, other)));
}
