/**
 * Sending what is cacheable (`spec/api.md`, A13): an entity tag for each form, 304 for who has it, the smaller form for who can read it.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Encoding, Kept } from './byteCache.ts';

/** Below this, a compressed form saves no packet. */
const COMPRESSED_FROM_BYTES = 1_024;
const COMPRESSIBLE = /^(?:text\/|application\/(?:json|javascript|tlog-entries))/;

export async function sendBytes(
	request: FastifyRequest,
	reply: FastifyReply,
	kept: Kept,
	cacheControl: string,
): Promise<FastifyReply> {
	const compressible = COMPRESSIBLE.test(kept.type) && kept.bytes.length >= COMPRESSED_FROM_BYTES;
	const encoding = compressible ? encodingFor(request.headers['accept-encoding']) : undefined;
	const tag = `"${kept.tag}${encoding === undefined ? '' : `-${encoding}`}"`;
	reply.header('cache-control', cacheControl).header('etag', tag);
	if (compressible) reply.header('vary', 'accept-encoding');
	if (hasTag(request.headers['if-none-match'], kept.tag)) return reply.code(304).send();
	const bytes = encoding === undefined ? kept.bytes : await kept.encoded(encoding);
	if (encoding !== undefined) reply.header('content-encoding', encoding);
	return reply.type(kept.type).send(bytes);
}

/** The first of ours that the client names without refusing it. */
function encodingFor(accepted: string | undefined): Encoding | undefined {
	const named = new Map(
		(accepted ?? '').split(',').map((one) => {
			const [name = '', ...rest] = one.toLowerCase().split(';');
			return [name.trim(), !/q=0(\.0*)?\s*$/.test(rest.join(';'))] as const;
		}),
	);
	return (['br', 'gzip'] as const).find((encoding) => named.get(encoding) === true);
}

/** Any form of the same bytes is the same to somebody who has it. */
function hasTag(wanted: string | undefined, tag: string): boolean {
	if (wanted === undefined) return false;
	return wanted.split(',').some((one) => {
		const plain = one.trim().replace(/^W\//, '');
		return plain === '*' || plain === `"${tag}"` || plain === `"${tag}-br"` || plain === `"${tag}-gzip"`;
	});
}
