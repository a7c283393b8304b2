/** A PDF made in a thread of its own, to the same bytes as `paperPdf`, while this one goes on. It does not know how many are made at the same time. */
import { Worker } from 'node:worker_threads';
import type { PaperPart } from './paper.ts';

export function pdfAside(part: PaperPart): Promise<Uint8Array> {
	return new Promise((resolve, reject) => {
		const worker = new Worker(new URL('./pdfWorker.ts', import.meta.url));
		worker.once('message', (bytes: Uint8Array) => {
			resolve(bytes);
			worker.terminate().catch(reject);
		});
		worker.once('error', reject);
		worker.once('exit', () => {
			reject(new Error('the thread that makes a PDF ended without one'));
		});
		worker.postMessage(part);
	});
}
