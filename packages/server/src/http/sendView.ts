/** Sending a view (`spec/api.md`, A12): made once for each state of the record, and kept for whoever asks next. */
import { SECONDS } from '@matokeo/portal/live/headers.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { HttpParts } from './parts.ts';
import { notFound } from './problem.ts';
import { sendBytes } from './sendBytes.ts';

export const JSON_TYPE = 'application/json; charset=utf-8';
const WHERE = 'GET /api/v1/contests and /api/v1/election list what there is';

export async function sendView(
	request: FastifyRequest,
	reply: FastifyReply,
	{ stamp, cache }: Pick<HttpParts, 'stamp' | 'cache'>,
	name: string,
	make: () => string | undefined,
	expected = 'a contest, area, station or page of this election',
): Promise<FastifyReply> {
	const stands = stamp();
	const known = cache.get(name, stands);
	if (known !== undefined) return sendBytes(request, reply, known, SECONDS);
	const made = make();
	if (made === undefined) throw notFound(expected, WHERE);
	return sendBytes(request, reply, cache.put(name, stands, Buffer.from(made), JSON_TYPE), SECONDS);
}
