/**
 * Threads that do jobs, each with one job in hand and one waiting, so that none idles while the replay is busy. With no threads the jobs are done here, when there is
 * nothing else to do. It knows nothing of what the jobs are.
 */
import { Worker } from 'node:worker_threads';
import { JOBS_PER_WORKER_MAX, WORKER_YOUNG_MB_MAX } from '../check/limits.ts';
import { type Handler, handlerOf } from '../jobs/handler.ts';
import type { Answer, Job, KeysNews, Order, Reply } from '../jobs/job.ts';
import { nativeSuite } from './nativeSuite.ts';

export interface Pool {
	/** `soon` goes before everything that waits. */
	readonly ask: (job: Job, soon?: 'soon') => Promise<Answer>;
	/** Every thread knows these keys before it begins any job that is asked for later. */
	readonly tell: (news: KeysNews) => void;
	readonly close: () => Promise<void>;
}

interface Waiting {
	readonly job: Job;
	readonly resolve: (answer: Answer) => void;
	readonly reject: (error: Error) => void;
}

interface Thread {
	readonly worker: Worker;
	readonly inHand: Map<number, Waiting>;
}

export function workerPool(folder: string, threads: number): Pool {
	if (threads === 0) return ownThread(handlerOf(nativeSuite(), folder));
	const queue: Waiting[] = [];
	let jobs = 0;
	let trouble: Error | undefined;

	const fail = (error: Error): void => {
		trouble ??= error;
		for (const { inHand } of pool) for (const { reject } of inHand.values()) reject(trouble);
		for (const { reject } of queue.splice(0)) reject(trouble);
	};

	const start = (): Thread => {
		const worker = new Worker(new URL('./worker.ts', import.meta.url), {
			workerData: folder,
			resourceLimits: { maxYoungGenerationSizeMb: WORKER_YOUNG_MB_MAX },
		});
		const inHand = new Map<number, Waiting>();
		worker.on('message', ({ job, answer, trouble: what }: Reply) => {
			const waiting = inHand.get(job);
			inHand.delete(job);
			if (answer !== undefined) waiting?.resolve(answer);
			else fail(new Error(what ?? 'a worker answered nothing'));
			hand();
		});
		worker.on('error', (error) => fail(error instanceof Error ? error : new Error(String(error))));
		return { worker, inHand };
	};

	const hand = (): void => {
		while (queue.length > 0) {
			const free = pool.reduce((best, one) => (one.inHand.size < best.inHand.size ? one : best));
			const waiting = free.inHand.size < JOBS_PER_WORKER_MAX ? queue.shift() : undefined;
			if (waiting === undefined) return;
			const order: Order = { job: ++jobs, what: waiting.job };
			free.inHand.set(order.job, waiting);
			free.worker.postMessage(order);
		}
	};

	const pool: readonly Thread[] = Array.from({ length: threads }, start);
	return {
		ask: (job, soon) =>
			new Promise((resolve, reject) => {
				if (trouble !== undefined) return reject(trouble);
				if (soon === undefined) queue.push({ job, resolve, reject });
				else queue.unshift({ job, resolve, reject });
				hand();
			}),
		tell: (news) => {
			for (const { worker } of pool) worker.postMessage({ job: 0, what: news } satisfies Order);
		},
		close: async () => {
			await Promise.all(pool.map(({ worker }) => worker.terminate()));
		},
	};
}

function ownThread(handle: Handler): Pool {
	return {
		ask: (job) =>
			new Promise((resolve, reject) => {
				setImmediate(() => {
					const answer = handle(job);
					if (answer === undefined) reject(new Error('this job has no answer'));
					else resolve(answer);
				});
			}),
		tell: (news) => void handle(news),
		close: () => Promise.resolve(),
	};
}
