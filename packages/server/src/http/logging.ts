/**
 * What is written down (`spec/api.md`, A18): one line per request with its route, status and time, and every failure. Never a header, a body, a query, a note, a token, or an address in full. Lines are
 * put together from named facts, so that nothing can slip in; that a logger also removes known secrets is the second lock.
 */

import { shortAddress } from '@matokeo/portal/live/address.ts';
import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify';
import pino from 'pino';
import type { Failing } from './metrics.ts';

const REDACTED = ['authorization', 'token', 'note', 'notes', 'body', 'headers', 'salt', 'figures'];

export function jsonLogger(write: (line: string) => void, level = 'info'): FastifyBaseLogger {
	const paths = REDACTED.flatMap((name) => [name, `*.${name}`]);
	return pino({ level, base: null, redact: { paths, remove: true } }, { write });
}

export function logRequest(logger: FastifyBaseLogger, request: FastifyRequest, reply: FastifyReply): void {
	logger.info(
		{
			id: request.id,
			method: request.method,
			route: routeOf(request),
			status: reply.statusCode,
			ms: Math.round(reply.elapsedTime),
			address: shortAddress(request.ip),
		},
		'request',
	);
}

/** The pattern of the route, which holds nothing of what was sent. */
export function routeOf({ routeOptions }: FastifyRequest): string {
	return routeOptions.url ?? 'none';
}

export function logFailure(logger: FastifyBaseLogger, duty: Failing, error: unknown, id?: string): void {
	const known = error instanceof Error ? error : new Error('something that is no error was thrown');
	logger.error({ id, duty, error: known.name, message: known.message, stack: known.stack }, 'failure');
}
