/** A request that a mirror does not do as it was asked: the same shape as a server's (`spec/api.md`, A2), so that a sender's program need not know to whom it speaks. */
import { STRICT_HEADERS } from '@matokeo/portal/live/headers.ts';
import type { FastifyReply } from 'fastify';

export interface ProblemFacts {
	readonly rule: string;
	readonly expected: string;
	/** Never a value that was sent, only what sort of thing it was. */
	readonly got: string;
	readonly do: string;
}

/** `retryAfter`: whole seconds. */
export function sendProblem(
	reply: FastifyReply,
	status: number,
	facts: ProblemFacts,
	retryAfter?: number,
): FastifyReply {
	if (retryAfter !== undefined) reply.header('retry-after', retryAfter);
	return reply
		.code(status)
		.headers(STRICT_HEADERS)
		.type('application/json; charset=utf-8')
		.send(JSON.stringify({ error: facts }));
}

export function notFound(reply: FastifyReply, expected: string, hint: string): FastifyReply {
	return sendProblem(reply, 404, { rule: 'M41', expected, got: 'nothing by that name', do: hint });
}

export function tooMany(reply: FastifyReply, retryAfter: number): FastifyReply {
	const facts = { rule: 'M9', expected: 'fewer requests of this address', got: 'more than its limit' };
	return sendProblem(reply, 429, { ...facts, do: `wait ${retryAfter} s; nothing of it was taken in` }, retryAfter);
}

export function later(reply: FastifyReply, why: string, retryAfter: number): FastifyReply {
	const facts = { rule: 'M41', expected: 'a mirror that can do this now', got: why };
	return sendProblem(reply, 503, { ...facts, do: `ask again in ${retryAfter} s` }, retryAfter);
}
