/** A static host of a published folder, as a log's source: real HTTP on a port of its own, the folder changed at will, and any path answered otherwise by a test. */
import { readFileSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';

export type Answer = (response: ServerResponse) => void;

export interface Host {
	readonly url: URL;
	/** What is served from now on. */
	readonly serve: (dir: string) => void;
	/** Answers this path so, until told otherwise. */
	readonly instead: (path: string, answer: Answer | undefined) => void;
	/** Paths in the order in which they were asked for. */
	readonly asked: string[];
	readonly close: () => Promise<void>;
}

const open: Host[] = [];

export async function host(dir: string): Promise<Host> {
	const answers = new Map<string, Answer>();
	const asked: string[] = [];
	let folder = dir;
	const server: Server = createServer((request, response) => {
		const path = (request.url ?? '').slice(1);
		asked.push(path);
		const own = answers.get(path);
		if (own !== undefined) own(response);
		else sendFile(join(folder, path), response);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('a listening server has an address');
	const one: Host = {
		url: new URL(`http://127.0.0.1:${address.port}/`),
		serve: (next) => {
			folder = next;
		},
		instead: (path, answer) => {
			if (answer === undefined) answers.delete(path);
			else answers.set(path, answer);
		},
		asked,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
	open.push(one);
	return one;
}

export async function closeHosts(): Promise<void> {
	for (const one of open.splice(0)) await one.close();
}

function sendFile(path: string, response: ServerResponse): void {
	try {
		const bytes = readFileSync(path);
		response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': bytes.length }).end(bytes);
	} catch {
		response.writeHead(404).end();
	}
}
