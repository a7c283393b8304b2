/**
 * `npm run soak`: plays seed after seed until so many disasters have happened, says of each kind how often it happened and how long it took to be detected, and stops at the first seed in which something was not
 * as it must be, with the command that plays it again.
 */
import { parseArgs } from 'node:util';
import { parseSize } from '@matokeo/core/log/decimal.ts';
import type { Happened } from './disaster.ts';
import { DISASTERS } from './disasters.ts';
import { PLANTED, type PlantedName } from './planted.ts';
import { type Played, play } from './play.ts';

const USAGE = `npm run soak -- [--disasters N] [--seeds N] [--from S] [--seed S [--trace]] [--only A,B] [--planted NAME]

--disasters N  until so many have happened (10000)
--seeds N      at the most so many seeds
--from S       the first seed, a number (1)
--seed S       this seed alone; --trace prints everything that was said and done in it
--only A,B     disasters of these kinds and no others; docs/world.md and the table at the end name them
--planted NAME a build with a bug: ${Object.keys(PLANTED).join(', ')}
`;

interface Wanted {
	readonly disasters: number;
	readonly seeds: number;
	readonly from: number;
	readonly seed: string | undefined;
	readonly trace: boolean;
	readonly planted: PlantedName | undefined;
	readonly only: readonly string[] | undefined;
}

/** A failing seed as a person plays it again. */
function commandFor(seed: string, { planted, only }: Wanted): string {
	const more = [
		only === undefined ? '' : ` --only ${only.join(',')}`,
		planted === undefined ? '' : ` --planted ${planted}`,
	];
	return `npm run soak -- --seed ${seed} --trace${more.join('')}`;
}

async function main(): Promise<number> {
	const wanted = wantedIn(process.argv.slice(2));
	if (wanted === undefined) {
		process.stderr.write(USAGE);
		return 2;
	}
	const { planted, trace, seed, only } = wanted;
	const playing = {
		trace,
		...(only === undefined ? {} : { only }),
		...(planted === undefined ? {} : { planted: PLANTED[planted] }),
	};
	const began = performance.now();
	const happened: Happened[] = [];
	let [seeds, receipts, entries] = [0, 0, 0];
	for (let n = wanted.from; happened.length < wanted.disasters && seeds < wanted.seeds; n++) {
		const played = await play(seed ?? String(n), playing);
		happened.push(...played.happened);
		seeds++;
		receipts += played.receipts;
		entries += played.size;
		for (const line of played.trace) process.stdout.write(`${line}\n`);
		if (played.failures.length > 0) return failed(played, wanted);
		if (seeds % 50 === 0) process.stderr.write(`${seeds} seeds, ${happened.length} disasters\n`);
	}
	process.stdout.write(tableOf(happened));
	const seconds = (performance.now() - began) / 1_000;
	process.stdout.write(
		`\n${seeds} seeds, ${entries} entries logged, ${receipts} receipts held and true, ${happened.length} disasters in ${seconds.toFixed(0)} s: ${(seeds / seconds).toFixed(1)} seeds and ${(happened.length / seconds).toFixed(0)} disasters a second\n`,
	);
	return 0;
}

function failed({ seed, failures }: Played, wanted: Wanted): number {
	process.stderr.write(
		`seed ${seed}:\n${failures.map((one) => `  ${one}\n`).join('')}again: ${commandFor(seed, wanted)}\n`,
	);
	return 1;
}

/** A line for each kind: how often, detected how often, and how long that took. */
function tableOf(happened: readonly Happened[]): string {
	const head = [
		'disaster',
		'happened',
		'must be',
		'detected',
		'median s',
		'longest s',
		'median entries',
		'first seen as',
	];
	const rows = DISASTERS.map(({ id, expect }) => {
		const these = happened.filter((one) => one.id === id);
		const seen = these.flatMap((one) => (one.afterMs === undefined ? [] : [one]));
		const times = seen.map(({ afterMs = 0 }) => afterMs / 1_000);
		const entries = seen.map(({ statements = 0 }) => statements);
		const spread =
			expect === 'detected'
				? [middle(times).toFixed(1), Math.max(0, ...times).toFixed(1), String(middle(entries))]
				: ['', '', ''];
		const kinds = [...new Set(seen.map((one) => one.seen ?? ''))].sort().join(' ');
		return [id, String(these.length), expect, expect === 'detected' ? String(seen.length) : '', ...spread, kinds];
	});
	const all = [head, ...rows];
	const widths = head.map((_name, i) => Math.max(...all.map((row) => row[i]?.length ?? 0)));
	const line = (row: readonly string[]) =>
		row
			.map((cell, i) => cell.padEnd(widths[i] ?? 0))
			.join('  ')
			.trimEnd();
	return `${all.map(line).join('\n')}\n`;
}

function middle(values: readonly number[]): number {
	return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function wantedIn(args: readonly string[]): Wanted | undefined {
	try {
		const { values } = parseArgs({
			args: [...args],
			options: {
				disasters: { type: 'string' },
				seeds: { type: 'string' },
				from: { type: 'string' },
				seed: { type: 'string' },
				trace: { type: 'boolean' },
				planted: { type: 'string' },
				only: { type: 'string' },
			},
		});
		const disasters = parseSize(values.disasters ?? '10000');
		const seeds = parseSize(values.seeds ?? (values.seed === undefined ? '1000000' : '1'));
		const from = parseSize(values.from ?? '1');
		const planted = plantedIn(values.planted);
		const only = values.only?.split(',');
		const isKnown = (name: string): boolean => DISASTERS.some(({ id }) => id === name);
		if (disasters === undefined || seeds === undefined || from === undefined || planted === 'none') return undefined;
		if (only?.every(isKnown) === false) return undefined;
		return {
			disasters,
			seeds,
			from,
			seed: values.seed,
			trace: values.trace === true,
			planted,
			only,
		};
	} catch {
		// An option that there is not.
		return undefined;
	}
}

function plantedIn(name: string | undefined): PlantedName | undefined | 'none' {
	if (name === undefined) return undefined;
	return isPlanted(name) ? name : 'none';
}

function isPlanted(name: string): name is PlantedName {
	return Object.hasOwn(PLANTED, name);
}

process.exitCode = await main();
