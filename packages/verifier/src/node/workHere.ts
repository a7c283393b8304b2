/** What a worker thread does: jobs in, answers out. It opens files of the folder for reading and nothing else. It does not know which program has started it. */
import { parentPort, workerData } from 'node:worker_threads';
import { assert } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { handlerOf, transfersOf } from '../jobs/handler.ts';
import type { Order, Reply } from '../jobs/job.ts';

/** To be called once, in a thread that `workerPool` has started. */
export function workHere(suite: Suite): void {
	const port = parentPort;
	const folder: unknown = workerData;
	assert(port !== null && typeof folder === 'string', 'a worker is started with the path of a folder');
	const handle = handlerOf(suite, folder);
	port.on('message', ({ job, what }: Order) => {
		try {
			const answer = handle(what);
			if (answer === undefined) return;
			const reply: Reply = { job, answer };
			port.postMessage(reply, [...transfersOf(answer)]);
		} catch (error) {
			const reply: Reply = { job, trouble: error instanceof Error ? (error.stack ?? error.message) : String(error) };
			port.postMessage(reply);
		}
	});
}
