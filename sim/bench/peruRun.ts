/**
 * Peru 2021 whole: 86,488 actas through the whole pipeline, drawn, in quarantine where the source has them so, resolved; then the folder verified. The source is not part of this repository; where it is absent the
 * benchmark says so and measures nothing.
 */
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { peruSource, readActas } from '../src/peru/actas.ts';
import { CONTEST, NATION } from '../src/peru/election.ts';
import { peruInFolder } from '../src/peru/inFolder.ts';
import type { Line } from './measure.ts';
import { peakBytes, type Spent, sizeOf, spentBy } from './parts.ts';

/** `every`: only each so-manieth acta, to try it out. */
export async function benchPeru(every = 1): Promise<readonly Line[]> {
	const source = peruSource();
	if (source === undefined) {
		process.stderr.write('peru: the source peru2021-runoff-actas is absent, so nothing is measured\n');
		return [];
	}
	const dir = mkdtempSync(join(tmpdir(), 'matokeo-peru-'));
	try {
		const actas = readActas(source).filter((_acta, place) => place % every === 0);
		const began = performance.now();
		const cpu = process.cpuUsage();
		const peru = peruInFolder(nativeSuite(), actas, dir);
		await peru.observed();
		process.stderr.write(`peru, as observed: ${totals(peru.published)}\n`);
		await peru.resolved();
		process.stderr.write(`peru, as resolved: ${totals(peru.published)}\n${JSON.stringify(peru.tally())}\n`);
		const statements = peru.log.size();
		peru.log.close();
		const { user, system } = process.cpuUsage(cpu);
		const played = { wall: performance.now() - began, processor: (user + system) / 1000, peak: peakBytes() };
		const verified = spentBy('verify', peru.published, '--anchor', peru.anchor, '--json');
		const sizes = {
			database: statSync(join(dir, 'matokeo.sqlite')).size,
			published: sizeOf(peru.published),
			images: peru.tally().imageBytes,
		};
		return linesOf(actas.length, statements, played, verified, sizes);
	} finally {
		rmSync(dir, { recursive: true });
	}
}

function linesOf(
	actas: number,
	statements: number,
	played: Spent,
	verified: Spent,
	sizes: Readonly<Record<'database' | 'published' | 'images', number>>,
): readonly Line[] {
	const how = `${actas} actas, ${statements} statements, in one process with its drawing threads; SQLite on disk`;
	const line = (name: string, value: number, unit: Line['unit']): Line => ({ name: `peru: ${name}`, value, unit, how });
	return [
		line('played', played.wall / 1000, 'seconds'),
		line('processor time per acta, drawing included', played.processor / actas, 'milliseconds'),
		line('statements', statements, 'count'),
		line('most memory', played.peak, 'bytes'),
		line('database', sizes.database, 'bytes'),
		line('images', sizes.images, 'bytes'),
		line('published, images included', sizes.published, 'bytes'),
		line('verified', verified.wall / 1000, 'seconds'),
		line('verifying, processor time', verified.processor / 1000, 'seconds'),
		line('verifying, most memory', verified.peak, 'bytes'),
	];
}

/** What the published results say of the nation. */
function totals(published: string): string {
	const results: unknown = JSON.parse(readFileSync(join(published, 'results', `${CONTEST}.json`), 'utf8'));
	return JSON.stringify(member(member(results, 'areas'), NATION));
}

function member(value: unknown, name: string): unknown {
	if (typeof value !== 'object' || value === null) return undefined;
	return Object.entries(value).find(([key]) => key === name)?.[1];
}
