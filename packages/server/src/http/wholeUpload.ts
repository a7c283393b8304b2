/**
 * A small image that is sent whole with its announcement (`spec/api.md`, A8): read into memory, and no unfinished upload ever made. Nothing is lost by that: a sender whose request breaks off
 * has not been told a name, and could not go on with what has arrived.
 */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { concat } from '@matokeo/core/std/bytes.ts';

export const UPLOAD_TYPE = 'application/offset+octet-stream';

/** Bytes of such a body; `undefined` for every other request. One that does not speak tus 1.0.0 is left to tus, which says so. */
export function wholeUploadBytes(method: string, headers: IncomingHttpHeaders, bytesMax: number): number | undefined {
	const length = headers['content-length'];
	if (method !== 'POST' || length === undefined || length !== headers['upload-length']) return undefined;
	if (headers['content-type'] !== UPLOAD_TYPE || headers['tus-resumable'] !== '1.0.0') return undefined;
	const size = /^[1-9][0-9]{0,9}$/.test(length) ? Number(length) : 0;
	return size > 0 && size <= bytesMax ? size : undefined;
}

/** The body, whole; `undefined` when it breaks off. Node sees to it that no more comes than was announced. */
export async function readWhole(request: IncomingMessage): Promise<Uint8Array | undefined> {
	const chunks: Uint8Array[] = [];
	try {
		for await (const chunk of request) if (chunk instanceof Uint8Array) chunks.push(chunk);
		return concat(...chunks);
	} catch (error) {
		if (request.complete) throw error;
		return undefined;
	}
}
