/**
 * What every request passes before its route, and what becomes of one that fails (`spec/witness.md`, N11, N12): strict headers, a path in its one spelling, a rate by address, no body where none belongs.
 * What fails here costs next to nothing. Failures that nobody expected are told to the operator and to nobody else.
 */
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { addressGroup } from '@matokeo/portal/live/address.ts';
import { STRICT_HEADERS } from '@matokeo/portal/live/headers.ts';
import type { TokenBuckets } from '@matokeo/portal/live/tokenBuckets.ts';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Limits } from './limits.ts';
import { Trouble } from './trouble.ts';

export interface GuardParts {
	readonly limits: Limits;
	readonly trustProxy: readonly string[];
	readonly purse: TokenBuckets;
	/** Told what went wrong inside. */
	readonly failed: (error: unknown) => void;
}

/** Hex digits, names of files and our own words need no others; so there is no second spelling of a path. */
const PATH = /^\/(?:(?!\.)[A-Za-z0-9._~-]+(?:\/(?!\.)[A-Za-z0-9._~-]+)*)?$/;

export function installGuard(app: FastifyInstance, { limits, purse, failed }: GuardParts): void {
	app.addHook('onRequest', async (request, reply) => {
		reply.headers(STRICT_HEADERS);
		const seconds = purse.take(addressGroup(request.ip), 1);
		if (seconds !== undefined) return refuse(reply, 429, 'N12: too many requests of this address', seconds);
		if (!PATH.test((request.raw.url ?? '').split('?')[0] ?? ''))
			return refuse(reply, 400, 'N11: expected a path of letters, digits, . _ ~ - and /');
		if (hasWrongBody(request)) {
			// What was not read cannot be followed by another request.
			reply.header('connection', 'close');
			return refuse(reply, 415, 'N11: expected a plain body with POST, not compressed, and none with GET');
		}
		// Also a name that is none, such as the empty one: clients of this protocol need not call it anything.
		delete request.raw.headers['content-type'];
		return undefined;
	});
	app.setErrorHandler((error: FastifyError, _request, reply) => {
		if (error.statusCode !== undefined && error.statusCode < 500)
			return refuse(reply, error.statusCode, `N11: expected a request in order, found one that is not (${error.code})`);
		failed(error);
		const trouble = error instanceof Trouble;
		const why = trouble
			? 'N3: trouble with the disk of this witness: nothing was cosigned'
			: 'N11: a fault of this witness, told to its operator: nothing was cosigned';
		return refuse(reply, trouble ? 503 : 500, why, limits.laterSeconds);
	});
	app.setNotFoundHandler((_request, reply) =>
		refuse(reply, 404, 'N11: there is nothing here; the page of this witness is at /'),
	);
}

/** The answer as text of one line. */
export function refuse(reply: FastifyReply, code: number, why: string, retryAfter?: number): FastifyReply {
	if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter));
	return reply.code(code).headers(STRICT_HEADERS).type('text/plain; charset=utf-8').send(`${why}\n`);
}

function hasWrongBody({ method, headers }: FastifyRequest): boolean {
	const length = headers['content-length'];
	const bodiless = (length === undefined || length === '0') && headers['transfer-encoding'] === undefined;
	return method === 'POST' ? headers['content-encoding'] !== undefined : !bodiless;
}

/** Behind a trusted proxy all connections have its one address, and only the sum is bounded. */
export function limitConnections(server: Server, { limits, trustProxy }: GuardParts): void {
	server.maxConnections = limits.connectionsMax;
	if (trustProxy.length > 0) return;
	const open = new Map<string, number>();
	server.on('connection', (socket) => {
		const group = addressGroup(socket.remoteAddress ?? '');
		const count = (open.get(group) ?? 0) + 1;
		if (count > limits.connectionsPerAddressMax) {
			socket.destroy();
			return;
		}
		open.set(group, count);
		socket.once('close', () => {
			const left = (open.get(group) ?? 1) - 1;
			if (left > 0) open.set(group, left);
			else open.delete(group);
		});
	});
}

/** Before there is a request there is no route: what is said goes straight onto the line, which is then closed. */
export function refuseOnSocket(error: Error & { readonly code?: string }, socket: Socket): void {
	if (error.code === 'ECONNRESET' || !socket.writable) {
		socket.destroy();
		return;
	}
	const status = STATUS[error.code ?? ''] ?? '400 Bad Request';
	socket.end(`HTTP/1.1 ${status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`);
}

const STATUS: Readonly<Record<string, string>> = {
	HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
	ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};
