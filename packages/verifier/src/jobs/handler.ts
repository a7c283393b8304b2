/** Does the jobs of one thread, one after another. The same function serves a worker and a verification without workers. */
import type { Suite } from '@matokeo/core/std/suite.ts';
import { doBlobs } from './blobsJob.ts';
import { doBundle } from './bundleJob.ts';
import type { Answer, Job, KeysNews, PointsJob } from './job.ts';
import { keyRing } from './ring.ts';

/** Answers a job; learns keys and answers nothing. */
export type Handler = (what: Job | KeysNews) => Answer | undefined;

export function handlerOf(suite: Suite, folder: string): Handler {
	const ring = keyRing(suite);
	return (what) => {
		switch (what.kind) {
			case 'keys':
				ring.learn(what);
				return undefined;
			case 'bundle':
				return doBundle(suite, folder, ring, what);
			case 'points':
				return doPoints(suite, what);
			case 'blobs':
				return doBlobs(folder, what);
		}
	};
}

function doPoints(suite: Suite, { keys }: PointsJob): Answer {
	const verdicts = new Uint8Array(keys.length / 32);
	for (let i = 0; i < verdicts.length; i++)
		verdicts[i] = suite.isPrimeOrder(keys.subarray(32 * i, 32 * i + 32)) ? 1 : 0;
	return { kind: 'points', verdicts };
}

/** Arrays of an answer that may change hands. */
export function transfersOf(answer: Answer): readonly ArrayBuffer[] {
	switch (answer.kind) {
		case 'bundle': {
			const { bytes, layout, types, flags, ids, hashes, root, keyNumbers, verdicts } = answer;
			const arrays = [bytes, layout, types, flags, ids, hashes, root, keyNumbers, verdicts];
			return [...new Set(arrays.map(({ buffer }) => buffer))];
		}
		case 'points':
			return [answer.verdicts.buffer];
		case 'blobs':
			return [answer.digests.buffer, answer.sizes.buffer, answer.sound.buffer];
	}
}
