/**
 * Threads that do jobs, each with some in hand and more waiting, so that none idles while the replay is busy. The thread that asks does jobs too whenever it has
 * nothing else to do; with no threads beside it, all of them. Whoever does a job answers the same. It knows nothing of what the jobs are.
 */
import { Worker } from 'node:worker_threads';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { JOBS_PER_WORKER_MAX, WORKER_YOUNG_MB_MAX } from '../check/limits.ts';
import { handlerOf } from '../jobs/handler.ts';
import type { Answer, Job, KeysNews, Order, Reply } from '../jobs/job.ts';

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

/** The program that each thread runs, unless another is named. */
const WORKER: URL = new URL('./worker.ts', import.meta.url);

/** `threads`: how many beside the one that asks. `worker`: their program, where it lies in another file. */
export function workerPool(suite: Suite, folder: string, threads: number, worker: URL = WORKER): Pool {
	const queue: Waiting[] = [];
	const handle = handlerOf(suite, folder);
	let jobs = 0;
	let turn = false;
	let trouble: Error | undefined;

	const fail = (error: Error): void => {
		trouble ??= error;
		for (const { inHand } of pool) for (const { reject } of inHand.values()) reject(trouble);
		for (const { reject } of queue.splice(0)) reject(trouble);
	};

	/** One job here, after everything that has come in meanwhile was seen to; then the next turn. */
	const help = (): void => {
		turn = false;
		const waiting = queue.shift();
		if (waiting === undefined) return;
		try {
			const answer = handle(waiting.job);
			if (answer === undefined) throw new Error('this job has no answer');
			waiting.resolve(answer);
		} catch (error) {
			fail(error instanceof Error ? error : new Error(String(error)));
		}
		hand();
	};

	const hand = (): void => {
		for (let free = freest(pool); free !== undefined && queue.length > 0; free = freest(pool)) {
			const waiting = queue.shift();
			if (waiting === undefined) return;
			const order: Order = { job: ++jobs, what: waiting.job };
			free.inHand.set(order.job, waiting);
			free.worker.postMessage(order);
		}
		if (turn || queue.length === 0) return;
		turn = true;
		setImmediate(help);
	};

	const pool: readonly Thread[] = Array.from({ length: threads }, () => startThread(worker, folder, fail, hand));
	return {
		ask: (job, soon) =>
			new Promise((resolve, reject) => {
				if (trouble !== undefined) return reject(trouble);
				if (soon === undefined) queue.push({ job, resolve, reject });
				else queue.unshift({ job, resolve, reject });
				hand();
			}),
		tell: (news) => {
			handle(news);
			for (const { worker } of pool) worker.postMessage({ job: 0, what: news } satisfies Order);
		},
		close: async () => {
			queue.length = 0;
			await Promise.all(pool.map(({ worker }) => worker.terminate()));
		},
	};
}

/** The thread with the fewest jobs in hand, if it may have one more. */
function freest(pool: readonly Thread[]): Thread | undefined {
	let best: Thread | undefined;
	for (const one of pool) if (best === undefined || one.inHand.size < best.inHand.size) best = one;
	return best !== undefined && best.inHand.size < JOBS_PER_WORKER_MAX ? best : undefined;
}

/** `next` is called whenever it has answered. */
function startThread(program: URL, folder: string, fail: (error: Error) => void, next: () => void): Thread {
	const worker = new Worker(program, {
		workerData: folder,
		resourceLimits: { maxYoungGenerationSizeMb: WORKER_YOUNG_MB_MAX },
	});
	const inHand = new Map<number, Waiting>();
	worker.on('message', ({ job, answer, trouble }: Reply) => {
		const waiting = inHand.get(job);
		inHand.delete(job);
		if (answer !== undefined) waiting?.resolve(answer);
		else fail(new Error(trouble ?? 'a worker answered nothing'));
		next();
	});
	worker.on('error', (error) => fail(error instanceof Error ? error : new Error(String(error))));
	return { worker, inHand };
}
