/** A real static server over a folder, on a free port of this machine, and places where it misbehaves. */
import { readFileSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';

export interface FileServer {
	/** With a slash at its end. */
	readonly url: string;
	/** Paths that were asked for, without the first slash. */
	readonly asked: string[];
	readonly close: () => Promise<void>;
}

/** Answers itself (`true`), or leaves it to the folder. */
export type Misbehaving = (path: string, response: ServerResponse, request: IncomingMessage) => boolean | undefined;

const open = new Set<Server>();

export async function fileServer(folder: () => string, misbehave: Misbehaving = () => false): Promise<FileServer> {
	const asked: string[] = [];
	const server = createServer((request, response) => {
		const path = decodeURIComponent((request.url ?? '/').slice(1));
		asked.push(path);
		if (misbehave(path, response, request) === true) return;
		const file = join(folder(), path);
		const found = statSync(file, { throwIfNoEntry: false })?.isFile() === true;
		response.writeHead(found ? 200 : 404, { 'content-type': 'application/octet-stream' });
		response.end(found ? readFileSync(file) : 'not here');
	});
	open.add(server);
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('no port');
	const close = async (): Promise<void> => {
		open.delete(server);
		server.closeAllConnections();
		await new Promise((resolve) => {
			server.close(resolve);
		});
	};
	return { url: `http://127.0.0.1:${address.port}/`, asked, close };
}

export async function closeServers(): Promise<void> {
	await Promise.all(
		[...open].map(async (server) => {
			server.closeAllConnections();
			await new Promise((resolve) => {
				server.close(resolve);
			});
		}),
	);
	open.clear();
}
