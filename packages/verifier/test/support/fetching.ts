/** What tests of fetching ask, with little patience, and how servers answer them. */
import type { ServerResponse } from 'node:http';
import { type Source, type SourceOptions, sourceAt } from '../../src/fetch/source.ts';

export function sourceOf(url: string, options: SourceOptions = {}): Source {
	const source = sourceAt(url, { retryPausesMs: [1, 1], silenceMsMax: 300, ...options });
	if (!source.ok) throw new Error(source.error);
	return source.value;
}

export function send(response: ServerResponse, body: string | Uint8Array, type = 'application/octet-stream'): boolean {
	response.writeHead(200, { 'content-type': type });
	response.end(body);
	return true;
}
