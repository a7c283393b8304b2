/**
 * Appends per second in batches of 100, against plain inserts of the same bytes with the same syncing; and what each statement costs the database.
 */
import { join } from 'node:path';
import { appendAll, insertAll } from './appending.ts';
import { bundlesOf } from './logNotes.ts';
import { interleaved, type Line } from './measure.ts';
import { demoIn, partsOf } from './parts.ts';

const RUNS = 5;
const NOTES = 30_000;
/** The clock stands: the log says one tick of its own, and the demo's ticks are left out. */
const TIME = 1_600_000_000;
const TICK = Buffer.from('matokeo/v1 clock/tick\n');

export async function benchAppending(dir: string): Promise<readonly Line[]> {
	demoIn(dir, false);
	const folder = join(dir, 'public');
	const parts = await partsOf(join(folder, 'package'));
	const notes = [...bundlesOf(folder)]
		.flat()
		.filter((note) => !isTick(note))
		.slice(0, NOTES);
	let last = appendAll(parts, notes, TIME, NOTES);
	const ours = async () => {
		last = appendAll(parts, notes, TIME, NOTES);
		return last.milliseconds;
	};
	const times = await interleaved(RUNS, ours, async () => insertAll(notes));
	const how = `the first ${NOTES} notes of the demo in batches of 100; median of ${RUNS} interleaved runs`;
	return [
		{ name: 'append ÷ plain synced inserts, statements/s', value: times.floor / times.ours, unit: 'ratio', how },
		{ name: 'SQL statements per statement', value: last.sqlPerStatement, unit: 'count', how },
		{ name: 'bytes to the database per statement', value: last.bytesPerStatement, unit: 'bytes', how },
	];
}

function isTick(note: Uint8Array): boolean {
	return Buffer.from(note.buffer, note.byteOffset, TICK.length).equals(TICK);
}
