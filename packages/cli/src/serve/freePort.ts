/** Whether a port can be listened on, asked before anything is opened: a server that cannot be reached should not touch its log. */
import { createServer } from 'node:net';

/** The code of what is in the way, or nothing. */
export function portTrouble(host: string, port: number): Promise<string | undefined> {
	return new Promise((resolve) => {
		const probe = createServer();
		probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
		probe.listen({ host, port }, () => probe.close(() => resolve(undefined)));
	});
}

/** The first free one from here on, among so many. */
export async function freePort(host: string, from: number, many: number): Promise<number | undefined> {
	for (let port = from; port < from + many && port <= 65_535; port++)
		if ((await portTrouble(host, port)) === undefined) return port;
	return undefined;
}

export function portWords(host: string, port: number, code: string): string {
	switch (code) {
		case 'EADDRINUSE':
			return `Port ${port} is in use on ${host}: another server runs there. Stop it, or name another port with --port (0: any that is free).`;
		case 'EACCES':
			return `Port ${port} may not be used by you: take one from 1024 on, and let a web server in front (docs/nginx.conf) have 80 and 443.`;
		case 'EADDRNOTAVAIL':
		case 'ENOTFOUND':
			return `This machine has no address "${host}": name one that it has with --host, such as 127.0.0.1, or 0.0.0.0 for all.`;
		default:
			return `Cannot listen on ${host}, port ${port} (${code}): name others with --host and --port.`;
	}
}
