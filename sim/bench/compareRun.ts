/**
 * `matokeo compare` from two files to its report: made-up counts of so many stations and twelve numbers each, the second in another order, with one station in fifty missing and one number in six hundred another.
 * The floor is reading both files and splitting them into cells, once.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { interleaved, type Line, median } from './measure.ts';
import { type Spent, spentBy } from './parts.ts';

const RUNS = 5;
const STATIONS = 100_000;
/** So few that the command does nothing but start. */
const FEW = 100;
const FULL_STATIONS = 1_000_000;
const NUMBERS = ['registered', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8', 'c9', 'blank', 'null'];

export async function benchCompare(full: boolean, asked?: number): Promise<readonly Line[]> {
	const stations = asked ?? STATIONS;
	const few = await comparing(FEW);
	const half = await comparing(Math.ceil(stations / 2));
	const many = await comparing(stations);
	const how = `two CSV files of ${stations} stations × ${NUMBERS.length} numbers and two columns of areas, by default mapping, report as JSON; the whole command with process start; median of ${RUNS} interleaved runs`;
	const lines: readonly Line[] = [
		{ name: 'compare ÷ floor, by the clock', value: many.wall / many.floor, unit: 'ratio', how },
		{ name: 'compare', value: many.wall / 1000, unit: 'seconds', goal: '≤ 3 s', how },
		{ name: 'compare, processor time', value: many.processor / 1000, unit: 'seconds', how },
		{ name: 'compare, most memory', value: many.peak, unit: 'bytes', goal: '≤ 1 GB', how },
		{
			name: 'compare, processor time of the second half ÷ of the first',
			value: (many.processor - half.processor) / (half.processor - few.processor),
			unit: 'ratio',
			goal: '≤ 1.2',
			how: `${how}; beside half of them, and ${FEW} for the start of the process`,
		},
	];
	if (!full || asked !== undefined) return lines;
	const largest = once(FULL_STATIONS);
	const once1 = `two CSV files of ${FULL_STATIONS} stations × ${NUMBERS.length} numbers, one run`;
	return [
		...lines,
		{ name: 'compare, a million stations', value: largest.wall / 1000, unit: 'seconds', how: once1 },
		{
			name: 'compare, a million stations, processor time',
			value: largest.processor / 1000,
			unit: 'seconds',
			how: once1,
		},
		{ name: 'compare, a million stations, most memory', value: largest.peak, unit: 'bytes', how: once1 },
	];
}

function once(stations: number): Spent {
	const dir = mkdtempSync(join(tmpdir(), 'matokeo-compare-'));
	try {
		const [a, b] = writeBoth(dir, stations);
		return spentBy('compare', a, b, '--json', { ends: 1 });
	} finally {
		rmSync(dir, { recursive: true });
	}
}

async function comparing(stations: number): Promise<Spent & { readonly floor: number }> {
	const dir = mkdtempSync(join(tmpdir(), 'matokeo-compare-'));
	try {
		const [a, b] = writeBoth(dir, stations);
		const spent: Spent[] = [];
		const ours = async (): Promise<number> => {
			const one = spentBy('compare', a, b, '--json', { ends: 1 });
			spent.push(one);
			return one.wall;
		};
		const least = async (): Promise<number> => {
			const began = performance.now();
			const cells = [a, b].reduce((sum, path) => sum + cellsIn(path), 0);
			if (cells < stations) throw new Error(`only ${cells} cells were read`);
			return performance.now() - began;
		};
		const { ours: wall, floor } = await interleaved(RUNS, ours, least);
		return {
			wall,
			floor,
			processor: median(spent.map(({ processor }) => processor)),
			peak: Math.max(...spent.map(({ peak }) => peak)),
		};
	} finally {
		rmSync(dir, { recursive: true });
	}
}

function cellsIn(path: string): number {
	return readFileSync(path, 'utf8')
		.split('\n')
		.reduce((sum, line) => sum + line.split(',').length, 0);
}

/** The same numbers on every machine, without randomness. */
function writeBoth(dir: string, stations: number): readonly [string, string] {
	let state = 1;
	const draw = (below: number): number => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((state / 2 ** 32) * below);
	};
	const head = `station,region,district,${NUMBERS.join(',')}`;
	const rows = Array.from({ length: stations }, (_, station) => {
		const region = Math.floor((station * 47) / stations);
		const district = Math.floor((station * 290) / stations);
		const numbers = NUMBERS.map((name) => (name === 'registered' ? 700 : draw(60)));
		return { place: `${100_000_000 + 13 * station},Region ${region},District ${district}`, numbers };
	});
	const print = ({ place, numbers }: (typeof rows)[number]) => `${place},${numbers.join(',')}`;
	const other = [...rows]
		.reverse()
		.filter(() => draw(50) > 0)
		.map(({ place, numbers }) => ({ place, numbers: numbers.map((one) => (draw(600) === 0 ? draw(60) : one)) }));
	const [a, b] = [join(dir, 'a.csv'), join(dir, 'b.csv')];
	writeFileSync(a, `${[head, ...rows.map(print)].join('\n')}\n`);
	writeFileSync(b, `${[head, ...other.map(print)].join('\n')}\n`);
	return [a, b];
}
