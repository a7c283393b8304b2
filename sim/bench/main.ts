/**
 * `npm run bench`: the numbers of docs/performance.md, measured again. Times are printed as ratios to a floor measured in the same run; a name runs one benchmark alone (`mirror=20000`: with another size, where it has one), `--full` at full length where there is a shorter one. It
 * ends with the same as JSON.
 */
import { join } from 'node:path';
import { parseSize } from '@matokeo/core/log/decimal.ts';
import { benchCompare } from './compareRun.ts';
import { benchFollowers } from './followersRun.ts';
import { benchKenya } from './kenyaRun.ts';
import { benchLoad, benchLoadWitnessed } from './loadRun.ts';
import { type Line, printTable } from './measure.ts';
import { benchMirror } from './mirrorRun.ts';
import { benchPeru } from './peruRun.ts';
import { benchPipeline } from './pipelineRun.ts';
import { benchPublicFolder } from './publicFolderRun.ts';
import { benchPublish } from './publishRun.ts';
import { benchAppending } from './runAppending.ts';
import { benchDemo } from './runDemo.ts';
import { benchScale } from './runScale.ts';
import { benchVerifying } from './runVerifying.ts';
import { benchWitnessing } from './runWitnessing.ts';

const BENCHMARKS: Readonly<Record<string, (demo: string, full: boolean, count?: number) => Promise<readonly Line[]>>> =
	{
		demo: benchDemo,
		verify: benchVerifying,
		append: benchAppending,
		scale: benchScale,
		pipeline: benchPipeline,
		load: benchLoad,
		'load-witnessed': benchLoadWitnessed,
		publish: benchPublish,
		public: benchPublicFolder,
		followers: benchFollowers,
		mirror: (_demo, _full, count) => benchMirror(count),
		witnessing: benchWitnessing,
		kenya: benchKenya,
		compare: (_demo, full, count) => benchCompare(full, count),
		peru: (_demo, _full, count) => benchPeru(count),
	};

const ROOT = join(import.meta.dirname, '..', '..');
const DEMO = join(ROOT, 'out', 'bench-demo');

const full = process.argv.includes('--full');
/** Name → the size that was given with it. */
const asked = new Map(
	process.argv
		.slice(2)
		.filter((word) => word !== '--full')
		.map((word): readonly [string, number | undefined] => {
			const [name = '', count = ''] = word.split('=');
			return [name, parseSize(count)];
		}),
);
const unknown = [...asked.keys()].filter((name) => BENCHMARKS[name] === undefined);
if (unknown.length > 0) {
	process.stderr.write(`unknown benchmark ${unknown.join(', ')}: expected ${Object.keys(BENCHMARKS).join(', ')}\n`);
	process.exitCode = 2;
} else {
	const lines: Line[] = [];
	for (const [name, bench] of Object.entries(BENCHMARKS)) {
		if (asked.size > 0 && !asked.has(name)) continue;
		process.stderr.write(`${name} …\n`);
		lines.push(...(await bench(DEMO, full, asked.get(name))));
	}
	process.stdout.write(
		`\n${printTable(lines)}\n${JSON.stringify({ node: process.version, lines }, undefined, '\t')}\n`,
	);
}
