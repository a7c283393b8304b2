/** A comparison made in a thread of its own, to the same result as `compareLodged`, while this one goes on. It does not know how many are made at the same time. */
import { Worker } from 'node:worker_threads';
import type { ComparisonDone, ComparisonJob } from './job.ts';

export function compareAside(job: ComparisonJob): Promise<ComparisonDone> {
	return new Promise((resolve, reject) => {
		const worker = new Worker(new URL('./worker.ts', import.meta.url));
		worker.once('message', (done: ComparisonDone) => {
			resolve(done);
			worker.terminate().catch(reject);
		});
		worker.once('error', reject);
		worker.once('exit', () => {
			reject(new Error('the thread that makes a comparison ended without one'));
		});
		worker.postMessage(job);
	});
}
