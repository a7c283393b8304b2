/**
 * Two hosts of the same election: the server itself, and a plain host of static files under a prefix, which knows nothing but files and types. Both send the site's content security policy.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { runPublish } from '@matokeo/cli/verbs/publish.ts';
import { STRICT_HEADERS } from '@matokeo/portal/live/headers.ts';
import { type OpenedServer, openServer } from '@matokeo/server/main/openServer.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { browserElection } from './election.ts';
import { keyOf, type Night, playNight } from './night.ts';

export interface Host {
	/** With a slash at its end. */
	readonly url: string;
	readonly close: () => Promise<void>;
}

/** One address asks for everything here. */
const NO_RATE = { perSecond: 1_000_000, burst: 1_000_000 };
const PREFIX = '/results/2019/';

const folders: string[] = [];

function newFolder(): string {
	const dir = mkdtempSync(join(tmpdir(), 'matokeo-browser-'));
	folders.push(dir);
	return dir;
}

export function removeFolders(): void {
	for (const dir of folders.splice(0)) rmSync(dir, { recursive: true, force: true });
}

export async function newNight(): Promise<Night> {
	const suite = nativeSuite();
	return playNight(suite, browserElection(suite), newFolder());
}

/** `port`: the one that a server had before it went. */
export async function serveNight(night: Night, port = 0): Promise<Host & { readonly server: OpenedServer }> {
	const { suite, dir, election, files, clock } = night;
	const server = await openServer({
		dir,
		suite,
		election,
		packageFiles: files,
		signer: keyOf(night, election.log.key.name),
		clock: clock.now,
		port,
		pulseMs: 5,
		limits: { addressRequests: NO_RATE, closeGraceMs: 100 },
	});
	return { url: `${server.url}/`, server, close: server.close };
}

const TYPES: Readonly<Record<string, string>> = {
	'.html': 'text/html; charset=utf-8',
	'.css': 'text/css; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
	'.json': 'application/json; charset=utf-8',
	'.csv': 'text/csv; charset=utf-8',
	'.svg': 'image/svg+xml',
};

/** Published as `matokeo publish DIR --out SITE` does it. */
export async function hostStatic({ dir }: Night): Promise<Host> {
	const site = newFolder();
	let said = '';
	const out = {
		stdout: () => undefined,
		stderr: (text: string) => {
			said += text;
		},
	};
	if ((await runPublish(dir, out, { out: site })) !== 0) throw new Error(`the site was not published: ${said}`);
	const policy = STRICT_HEADERS['content-security-policy'] ?? '';
	const server = createServer((request, response) => {
		const { pathname } = new URL(request.url ?? '/', 'http://host');
		const body = pathname.startsWith(PREFIX) ? fileAt(site, pathname.slice(PREFIX.length)) : undefined;
		const type = TYPES[pathname.endsWith('/') ? '.html' : extname(pathname)] ?? 'application/octet-stream';
		response.writeHead(body === undefined ? 404 : 200, {
			'content-security-policy': policy,
			'content-type': body === undefined ? 'text/plain' : pathname.includes('/blob/') ? 'image/png' : type,
		});
		response.end(body);
	});
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	const address = server.address();
	const port = typeof address === 'object' && address !== null ? address.port : 0;
	const close = async (): Promise<void> => {
		server.closeAllConnections();
		await new Promise((resolve) => {
			server.close(resolve);
		});
	};
	return { url: `http://127.0.0.1:${port}${PREFIX}`, close };
}

function fileAt(site: string, path: string): Buffer | undefined {
	try {
		return readFileSync(join(site, normalize(path === '' || path.endsWith('/') ? `${path}index.html` : path)));
	} catch {
		// A host answers 404 for what is not there, and for a folder.
		return undefined;
	}
}
