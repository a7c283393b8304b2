/** A worker thread that makes one PDF: a long one takes seconds, in which a server would take no statement. */
import { parentPort } from 'node:worker_threads';
import type { PaperPart } from './paper.ts';
import { paperPdf } from './paperPdf.ts';

/** A paper that cannot be made ends the thread with its error, which whoever waits for it is told. */
async function make(part: PaperPart): Promise<void> {
	parentPort?.postMessage(await paperPdf(part));
}

parentPort?.once('message', (part: PaperPart) => void make(part));
