/**
 * `npm run bench`: the numbers of docs/performance.md, measured again. Times are printed as ratios to a floor measured in the same run; a name runs one benchmark alone, `--full` at full length where there is a shorter one. It
 * ends with the same as JSON.
 */
import { join } from 'node:path';
import { benchFollowers } from './followersRun.ts';
import { benchLoad } from './loadRun.ts';
import { type Line, printTable } from './measure.ts';
import { benchPipeline } from './pipelineRun.ts';
import { benchPublicFolder } from './publicFolderRun.ts';
import { benchPublish } from './publishRun.ts';
import { benchAppending } from './runAppending.ts';
import { benchDemo } from './runDemo.ts';
import { benchScale } from './runScale.ts';
import { benchVerifying } from './runVerifying.ts';
import { benchWitnessing } from './runWitnessing.ts';

const BENCHMARKS: Readonly<Record<string, (demo: string, full: boolean) => Promise<readonly Line[]>>> = {
	demo: benchDemo,
	verify: benchVerifying,
	append: benchAppending,
	scale: benchScale,
	pipeline: benchPipeline,
	load: benchLoad,
	publish: benchPublish,
	public: benchPublicFolder,
	followers: benchFollowers,
	witnessing: benchWitnessing,
};

const ROOT = join(import.meta.dirname, '..', '..');
const DEMO = join(ROOT, 'out', 'bench-demo');

const full = process.argv.includes('--full');
const asked = process.argv.slice(2).filter((word) => word !== '--full');
const unknown = asked.filter((name) => BENCHMARKS[name] === undefined);
if (unknown.length > 0) {
	process.stderr.write(`unknown benchmark ${unknown.join(', ')}: expected ${Object.keys(BENCHMARKS).join(', ')}\n`);
	process.exitCode = 2;
} else {
	const lines: Line[] = [];
	for (const [name, bench] of Object.entries(BENCHMARKS)) {
		if (asked.length > 0 && !asked.includes(name)) continue;
		process.stderr.write(`${name} …\n`);
		lines.push(...(await bench(DEMO, full)));
	}
	process.stdout.write(
		`\n${printTable(lines)}\n${JSON.stringify({ node: process.version, lines }, undefined, '\t')}\n`,
	);
}
