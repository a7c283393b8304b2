/**
 * A witness over HTTP (`spec/witness.md`, N9, N11): `POST <prefix>/add-checkpoint`, `GET <prefix>/<hash of the origin>/checkpoint`, the page, incidents and health. A request runs through the desk without a
 * pause, so no two are judged at once. It does not listen by itself.
 */
import { ADD_CHECKPOINT_BYTES_MAX } from '@matokeo/core/log/limits.ts';
import { originHash } from '@matokeo/core/log/witness.ts';
import { IMMUTABLE, PUBLIC_HEADERS, SECONDS, SENT_FILE_HEADERS } from '@matokeo/portal/live/headers.ts';
import { siteAssets } from '@matokeo/portal/live/siteAssets.ts';
import { EVIDENCE_SUFFIX } from '@matokeo/verifier/evidence/file.ts';
import fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import type { WitnessDesk } from './desk.ts';
import { type GuardParts, installGuard, limitConnections, refuse, refuseOnSocket } from './guard.ts';
import { type Limits, REQUEST_SUFFIX } from './limits.ts';
import { witnessPage } from './page.ts';
import { incidentFile, type ViewParts, witnessView } from './view.ts';

export interface AppParts extends ViewParts, GuardParts {
	readonly desk: WitnessDesk;
}

const INCIDENT = /^([0-9a-f]{32})(\.[a-z.]{1,20})$/;
const PLAIN = 'text/plain; charset=utf-8';

export async function witnessApp(parts: AppParts): Promise<FastifyInstance> {
	const app = bare(parts);
	limitConnections(app.server, parts);
	installGuard(app, parts);
	app.removeAllContentTypeParsers();
	// Clients name many types or none: what the bytes are is found out by reading them.
	app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
	protocolRoutes(app, parts);
	pageRoutes(app, parts);
	await app.ready();
	return app;
}

function protocolRoutes(app: FastifyInstance, { suite, desk, prefix, state, logs }: AppParts): void {
	const origins = new Map(logs.map(({ origin }) => [originHash(suite, origin), origin]));
	app.post(`${prefix}/add-checkpoint`, (request, reply) => {
		const body = request.body instanceof Uint8Array ? request.body : new Uint8Array(0);
		const { code, type, body: answer, retryAfter } = desk.addCheckpoint(body);
		if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter));
		return reply.code(code).header('content-type', type).send(Buffer.from(answer));
	});
	app.get<{ readonly Params: { readonly origin: string } }>(`${prefix}/:origin/checkpoint`, (request, reply) => {
		const origin = origins.get(request.params.origin);
		const last = origin === undefined ? undefined : state.latest(origin);
		if (last === undefined) return refuse(reply, 404, 'N9: this witness has cosigned no checkpoint of that log');
		return shown(reply, SECONDS, PLAIN).send(Buffer.from(last.note));
	});
}

function pageRoutes(app: FastifyInstance, parts: AppParts): void {
	const { state, clock, logs } = parts;
	const assets = siteAssets();
	app.get('/', (_request, reply) =>
		shown(reply, SECONDS, 'text/html; charset=utf-8').send(witnessPage(witnessView(parts), assets.paths)),
	);
	app.get<{ readonly Params: { readonly name: string } }>('/assets/:name', (request, reply) => {
		const asset = assets.files.get(`assets/${request.params.name}`);
		if (asset === undefined) return refuse(reply, 404, 'N9: no such file');
		return shown(reply, IMMUTABLE, asset.type).send(Buffer.from(asset.bytes));
	});
	app.get<{ readonly Params: { readonly file: string } }>('/evidence/:file', (request, reply) => {
		const [, id = '', suffix] = INCIDENT.exec(request.params.file) ?? [];
		const incident = suffix === EVIDENCE_SUFFIX || suffix === REQUEST_SUFFIX ? state.incident(id) : undefined;
		if (incident === undefined || incidentFile(incident) !== request.params.file)
			return refuse(reply, 404, 'N9: this witness keeps no such incident');
		const type = incident.kind === 'proven' ? 'application/json; charset=utf-8' : PLAIN;
		return shown(reply, SECONDS, type).headers(SENT_FILE_HEADERS).send(Buffer.from(incident.file));
	});
	app.get('/health', (_request, reply) => {
		const kinds = state.incidents().map(({ kind }) => kind);
		const proven = kinds.filter((kind) => kind === 'proven').length;
		const behind = Math.max(0, state.newestSeconds() - clock());
		const status = proven > 0 ? 'security' : behind > 0 ? 'degraded' : 'ok';
		const body = {
			status,
			logs: new Set(logs.map(({ origin }) => origin)).size,
			proven,
			unexplained: kinds.length - proven,
			clock_behind_seconds: behind,
		};
		return shown(reply, 'no-store', 'application/json; charset=utf-8').send(JSON.stringify(body));
	});
}

function shown(reply: FastifyReply, cache: string, type: string): FastifyReply {
	return reply.headers(PUBLIC_HEADERS).header('cache-control', cache).header('content-type', type);
}

function bare({
	limits,
	trustProxy,
}: {
	readonly limits: Limits;
	readonly trustProxy: readonly string[];
}): FastifyInstance {
	return fastify({
		logger: false,
		bodyLimit: ADD_CHECKPOINT_BYTES_MAX,
		trustProxy: trustProxy.length === 0 ? false : [...trustProxy],
		requestTimeout: limits.requestTimeoutMs,
		connectionTimeout: limits.idleTimeoutMs,
		keepAliveTimeout: limits.keepAliveTimeoutMs,
		maxRequestsPerSocket: limits.requestsPerConnectionMax,
		forceCloseConnections: 'idle',
		return503OnClosing: false,
		http: {
			headersTimeout: limits.headersTimeoutMs,
			connectionsCheckingInterval: limits.timeoutCheckMs,
			maxHeaderSize: limits.headerBytesMax,
		},
		clientErrorHandler: (error, socket) => refuseOnSocket(error, socket),
		frameworkErrors: (_error, _request, reply) => void refuse(reply, 400, 'N11: expected a path that can be read'),
	});
}
