/**
 * Kenya 2017 whole: 40,817 forms through the whole pipeline, drawn, certified by 292 constituencies and the nation, declared by four of seven and annulled by the court; then verified. It measures what a form costs, whether the last ones cost
 * more than the first, what marks and certificates take, and what all of it is beside one hash and one signature check of each note.
 */
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rehearsalKey } from '@matokeo/rehearsal/keys.ts';
import { clockFrom } from '@matokeo/rehearsal/play/clock.ts';
import { inProcess } from '@matokeo/rehearsal/play/inProcess.ts';
import { type Played, rehearse } from '@matokeo/rehearsal/play/rehearse.ts';
import { readFigureTable } from '@matokeo/rehearsal/play/tables.ts';
import { readStory } from '@matokeo/rehearsal/proceed/readStory.ts';
import { openLog } from '@matokeo/server/app/openLog.ts';
import { openSqliteStore } from '@matokeo/server/storage/sqliteStore.ts';
import { floorOf } from './floor.ts';
import type { Line } from './measure.ts';
import { type Parts, partsOf, peakBytes, type Spent, sizeOf, spentBy } from './parts.ts';

const EXAMPLE = join(import.meta.dirname, '..', '..', 'examples', 'kenya-2017');
/** 8 August 2017, 17:00 in Nairobi: the end of polling. */
const START = 1_502_200_800;
/** The share of the forms at each end that is compared. */
const END = 0.25;

interface Night extends Spent {
	readonly played: Played;
	readonly statements: number;
	/** Processor milliseconds per form of the first and of the last quarter of the forms. */
	readonly early: number;
	readonly late: number;
}

export async function benchKenya(_demo: string, full: boolean): Promise<readonly Line[]> {
	const parts = await partsOf(join(EXAMPLE, 'package'));
	const dir = mkdtempSync(join(tmpdir(), 'matokeo-kenya-'));
	try {
		const night = await playWhole(parts, dir);
		const published = join(dir, 'public');
		const log = sizeOf(join(published, 'tile'));
		const all = sizeOf(published);
		const floor = await floorOf(parts.suite, published, parts.packageKeys);
		const before = process.cpuUsage();
		await floor.run();
		const { user, system } = process.cpuUsage(before);
		await floor.close();
		const verified = spentBy('verify', published, '--anchor', parts.election.digest, '--json');
		const sizes = { log, all, database: statSync(join(dir, 'matokeo.sqlite')).size };
		return [...linesOf(night, verified, (user + system) / 1000, sizes), ...(full ? siteLines(dir) : [])];
	} finally {
		rmSync(dir, { recursive: true });
	}
}

async function playWhole({ suite, election, packageFiles }: Parts, dir: string): Promise<Night> {
	const forms = readFigureTable(election, 'forms.csv', readFileSync(join(EXAMPLE, 'forms.csv')));
	const story = readStory(election, 'story.json', readFileSync(join(EXAMPLE, 'story.json')));
	if (!forms.ok || !story.ok) throw new Error('the example kenya-2017 has problems');
	const { name, keyId, sign } = rehearsalKey(suite, election.id, election.log.key.name);
	const clock = clockFrom(START);
	const store = openSqliteStore(join(dir, 'matokeo.sqlite'));
	const signer = { name, keyId, sign };
	const log = openLog({ dir, suite, election, packageFiles, store, signer, clock: clock.now });
	const began = performance.now();
	const spent = (): number => {
		const { user, system } = process.cpuUsage();
		return (user + system) / 1000;
	};
	const start = spent();
	/** From the end of the first wave on: before it everybody was enrolled. */
	const at: { readonly done: number; readonly spent: number }[] = [];
	const plan = { suite, election, reports: forms.value, forms: new Map(), seed: 'kenya', clerks: 60, misreads: 2 };
	const progress = (done: number): void => void at.push({ done, spent: spent() });
	const port = inProcess(log, { suite, election, clock });
	const played = await rehearse({ ...plan, clock, story: story.value, progress }, port);
	const statements = log.size();
	log.close();
	const quarter = END * played.forms;
	return {
		played,
		statements,
		wall: performance.now() - began,
		processor: spent() - start,
		peak: peakBytes(),
		early: costBetween(at.filter(({ done }) => done <= quarter)),
		late: costBetween(at.filter(({ done }) => done >= played.forms - quarter)),
	};
}

function costBetween(samples: readonly { readonly done: number; readonly spent: number }[]): number {
	const [first, last] = [samples[0], samples.at(-1)];
	if (first === undefined || last === undefined || first === last) throw new Error('too few forms to compare');
	return (last.spent - first.spent) / (last.done - first.done);
}

function linesOf(
	{ played, statements, wall, processor, peak, early, late }: Night,
	verified: Spent,
	floor: number,
	sizes: Readonly<Record<'log' | 'all' | 'database', number>>,
): readonly Line[] {
	const { proceeded } = played;
	const how = `${played.forms} forms, ${statements} statements, ${played.keys} keys, in one process with its drawing threads; SQLite on disk`;
	const line = (name: string, value: number, unit: Line['unit']): Line => ({
		name: `kenya: ${name}`,
		value,
		unit,
		how,
	});
	return [
		line('played to the order of the court', wall / 1000, 'seconds'),
		line('processor time per form, whole pipeline, drawing included', processor / played.forms, 'milliseconds'),
		{ ...line('a form of the last quarter ÷ one of the first', late / early, 'ratio'), goal: 'flat: about 1' },
		line('floor ÷ all of it, processor time', floor / processor, 'ratio'),
		line('marks', proceeded.marks, 'count'),
		line('a mark', proceeded.markMs / proceeded.marks, 'milliseconds'),
		line('a certificate', proceeded.certifyMs / proceeded.certificates, 'milliseconds'),
		line('most memory', peak, 'bytes'),
		line('log (tiles and entries)', sizes.log, 'bytes'),
		line('database', sizes.database, 'bytes'),
		line('images', played.imageBytes, 'bytes'),
		line('published, images included', sizes.all, 'bytes'),
		line('verified', verified.wall / 1000, 'seconds'),
		line('floor ÷ verifying, processor time', floor / verified.processor, 'ratio'),
		line('verifying, most memory', verified.peak, 'bytes'),
	];
}

/** The whole site as files, for any static host. */
function siteLines(dir: string): readonly Line[] {
	const site = join(dir, 'site');
	const { wall, peak } = spentBy('publish', dir, '--out', site);
	const how = 'one run of `matokeo publish` into an empty folder';
	return [
		{ name: 'kenya: site published', value: wall / 1000, unit: 'seconds', how },
		{ name: 'kenya: publishing, most memory', value: peak, unit: 'bytes', how },
		{ name: 'kenya: site', value: sizeOf(site), unit: 'bytes', how },
	];
}
