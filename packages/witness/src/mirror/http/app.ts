/**
 * A mirror's HTTP service (M40–M42): pages, files of the log, what is kept for senders, comparisons. It reads, but for what it keeps for senders; it signs nothing but its own word. It does not listen
 * by itself.
 */
import { addressGroup } from '@matokeo/portal/live/address.ts';
import { PUBLIC_HEADERS, STRICT_HEADERS } from '@matokeo/portal/live/headers.ts';
import fastify, { type FastifyError, type FastifyRequest } from 'fastify';
import { comparing } from './comparing.ts';
import { logFiles } from './logFiles.ts';
import { ownPages } from './ownPages.ts';
import type { App, MirrorHttpParts } from './parts.ts';
import { later, notFound, sendProblem, tooMany } from './problems.ts';
import { senderRoutes } from './senders.ts';
import { siteFiles } from './siteFiles.ts';

/** Ids, digests and names of files need no others; so there is no second spelling of a path that could mean a file elsewhere. */
const PATH = /^(?:\/|(?:\/(?!\.)[A-Za-z0-9._~-]+)+\/?)$/;

export async function mirrorApp(parts: MirrorHttpParts): Promise<App> {
	const { limits } = parts;
	const app = fastify({
		logger: false,
		bodyLimit: limits.bodyBytesMax,
		trustProxy: parts.trustProxy.length === 0 ? false : [...parts.trustProxy],
		requestTimeout: limits.requestTimeoutMs,
		connectionTimeout: limits.idleTimeoutMs,
		forceCloseConnections: true,
		return503OnClosing: false,
		routerOptions: { maxParamLength: limits.pathCharactersMax },
		http: { headersTimeout: limits.headersTimeoutMs },
	});
	app.server.maxConnections = limits.connectionsMax;
	app.removeAllContentTypeParsers();
	const bytes = async (_request: unknown, body: Buffer): Promise<Buffer> => body;
	app.addContentTypeParser(['application/json', 'text/plain'], { parseAs: 'buffer' }, bytes);
	app.addContentTypeParser('application/octet-stream', (_request, _body, done) => done(null));
	guard(app, parts);
	failures(app, parts);
	logFiles(app, parts);
	siteFiles(app, parts);
	ownPages(app, parts);
	comparing(app, parts);
	senderRoutes(app, parts);
	await app.ready();
	return app;
}

const LATER_SECONDS = 30;
const DECIMAL = /^[0-9]{1,15}$/;

/** Bytes that a body may take up in memory while it arrives; images go to a file. */
function bodyBytesOf({ headers, method, routeOptions, is404 }: FastifyRequest): number {
	if (is404 || method === 'GET' || method === 'HEAD' || headers['content-type'] === 'application/octet-stream')
		return 0;
	const announced = headers['content-length'] ?? '';
	return DECIMAL.test(announced) ? Math.min(Number(announced), routeOptions.bodyLimit) : routeOptions.bodyLimit;
}

function guard(app: App, { limits, purses }: MirrorHttpParts): void {
	let arriving = 0;
	app.addHook('onRequest', async (request, reply) => {
		reply.headers(STRICT_HEADERS);
		const reads = request.method === 'GET' || request.method === 'HEAD';
		if (reads) reply.headers(PUBLIC_HEADERS);
		const [path = ''] = (request.raw.url ?? '').split('?');
		if (path.length > limits.pathCharactersMax || !PATH.test(path)) {
			const expected = 'a path of A-Z a-z 0-9 . _ ~ - and slashes, without dot segments or encoded characters';
			return sendProblem(reply, 400, { rule: 'M41', expected, got: 'another', do: 'begin at /mirror.html' });
		}
		const wait = purses.requests.take(addressGroup(request.ip), 1);
		if (wait !== undefined) return tooMany(reply, wait);
		const bytes = bodyBytesOf(request);
		if (bytes === 0) return undefined;
		if (arriving + bytes > limits.bodiesInFlightBytesMax)
			return later(reply, 'too many bodies are on their way at once', LATER_SECONDS);
		arriving += bytes;
		reply.raw.once('close', () => {
			arriving -= bytes;
		});
		return undefined;
	});
}

function failures(app: App, parts: MirrorHttpParts): void {
	app.setErrorHandler((error: FastifyError, request, reply) => {
		const status = error.statusCode ?? 500;
		if (status < 500) {
			const expected = `a request in order, with a body of at most ${request.routeOptions.bodyLimit} bytes of a type that is taken here`;
			const facts = { rule: 'M41', expected, got: `one that is not (${error.code})` };
			return sendProblem(reply, status, { ...facts, do: 'see "Running a mirror" in the runbook' });
		}
		parts.failed(error);
		const facts = { rule: 'M41', expected: 'an answer', got: 'a fault of this mirror, which was written down' };
		return sendProblem(reply, 500, { ...facts, do: 'ask again; if it stays, tell whoever runs this mirror' });
	});
	app.setNotFoundHandler((_request, reply) =>
		notFound(reply, 'a page or file of this mirror', 'begin at /, or at /mirror.html'),
	);
}
