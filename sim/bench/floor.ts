/**
 * The floor that `verify` is measured against: leaf hash and sodium verification of the same notes on two workers, with everything else done
 * before the clock starts.
 */
import { Worker } from 'node:worker_threads';
import { parseLeaf } from '@matokeo/core/record/leaf.ts';
import { base64Decode, concat } from '@matokeo/core/std/bytes.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import type { FloorDone, FloorShare } from './floorWorker.ts';
import { bundlesOf } from './logNotes.ts';

export interface Floor {
	readonly notes: number;
	readonly signatures: number;
	/** Milliseconds from the start of both workers until the later one is done. */
	readonly run: () => Promise<number>;
	readonly close: () => Promise<void>;
}

const WORKERS = 2;

/** `packageKeys`: name → 32 bytes, of the keys that the package names. */
export async function floorOf(
	suite: Suite,
	folder: string,
	packageKeys: ReadonlyMap<string, Uint8Array>,
): Promise<Floor> {
	const keys = new Map(packageKeys);
	const shares: { leaves: Uint8Array[]; signed: FloorShare['signed'][number][] }[] = Array.from(
		{ length: WORKERS },
		() => ({ leaves: [], signed: [] }),
	);
	let notes = 0;
	for (const bundle of bundlesOf(folder)) {
		for (const note of bundle) {
			const leaf = parseLeaf(suite, note);
			if (!leaf.ok) throw new Error(`a leaf of the floor does not parse: ${leaf.error.why}`);
			const { statement, signatures, text } = leaf.value;
			if (statement.type === 'key/enrol')
				for (const { name, key } of statement.keys) keys.set(name, base64Decode(key) ?? new Uint8Array(32));
			const share = shares[notes++ % WORKERS];
			share?.leaves.push(concat(Uint8Array.of(0), note));
			for (const { name, signature } of signatures) {
				share?.signed.push({
					key: keys.get(name) ?? new Uint8Array(32),
					text: Uint8Array.from(text),
					signature: Uint8Array.from(signature),
				});
			}
		}
	}
	const workers = shares.map((share) => {
		const worker = new Worker(new URL('./floorWorker.ts', import.meta.url));
		worker.postMessage(share);
		return worker;
	});
	const signatures = shares.reduce((sum, { signed }) => sum + signed.length, 0);
	return {
		notes,
		signatures,
		run: async () => {
			const began = performance.now();
			const done = await Promise.all(workers.map(once));
			const valid = done.reduce((sum, one) => sum + one.valid, 0);
			if (valid !== signatures) throw new Error(`the floor found ${valid} of ${signatures} signatures valid`);
			return performance.now() - began;
		},
		close: async () => {
			await Promise.all(workers.map((worker) => worker.terminate()));
		},
	};
}

function once(worker: Worker): Promise<FloorDone> {
	return new Promise((resolve, reject) => {
		worker.once('message', resolve);
		worker.once('error', reject);
		worker.postMessage('go');
	});
}
