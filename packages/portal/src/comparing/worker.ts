/** A worker thread that makes one comparison: a large one takes seconds, in which a server would take no statement. */
import { parentPort } from 'node:worker_threads';
import { type ComparisonJob, compareLodged } from './job.ts';

parentPort?.once('message', (job: ComparisonJob) => {
	const done = compareLodged(job);
	// Handed over, not copied: the other thread takes statements.
	const tables = done.csv === undefined ? [] : [done.csv.verified.buffer, done.csv.reported.buffer];
	parentPort?.postMessage(done, tables);
});
