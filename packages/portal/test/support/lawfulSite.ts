/** A site of a record in which everything that follows counting has happened: played at random from a seed, so that pages hold what nobody thought of. */
import { newProceeding, proceedOne } from '@matokeo/core/testing/rules/playerProceedings.ts';
import { siteOf } from '../../src/site/site.ts';
import { allTopics } from '../../src/site/topics.ts';
import { type MemoryRecord, memoryRecord } from './memoryRecord.ts';

const ASSETS = { css: 'assets/site.css', js: 'assets/site.js', icon: 'assets/icon.svg' };

export function lawfulRecord(seed: number, steps: number): MemoryRecord {
	const player = newProceeding(seed);
	const record = memoryRecord();
	for (const note of player.world.rows.notes()) record.take(note);
	for (let step = 0; step < steps; step++) {
		const { answer } = proceedOne(player);
		if (answer.refusal === undefined) record.take(answer.bytes);
	}
	return record;
}

/** Path → body, of all pages and data. */
export function wholeSite(record: MemoryRecord, assets = ASSETS): ReadonlyMap<string, string> {
	const site = siteOf(record, { live: false, assets });
	const files = new Map<string, string>();
	for (const topic of allTopics(record)) for (const { path, body } of site.files(topic)) files.set(path, body);
	return files;
}
