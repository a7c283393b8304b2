/**
 * What every request passes before its route (`spec/api.md`, A1, A11, A14–A17): strict headers on the answer, a path in its one spelling, the right to call, a rate, a body of the
 * right type, and room for it. What fails here costs next to nothing.
 */
import { assert } from '@matokeo/core/std/result.ts';
import { addressGroup } from '@matokeo/portal/live/address.ts';
import { PUBLIC_HEADERS, STRICT_HEADERS } from '@matokeo/portal/live/headers.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App, HttpParts } from './parts.ts';
import { Problem, tooMany, unavailable } from './problem.ts';
import { UPLOAD_TYPE, wholeUploadBytes } from './wholeUpload.ts';

/** Ids, digests and names of files need no others; so there is no second spelling of a path, encoded or dotted, that could mean a file elsewhere. */
const PATH = /^(?:\/|(?:\/(?!\.)[A-Za-z0-9._~-]+)+\/?)$/;

export function installGuard(app: App, { limits, purses }: HttpParts): void {
	let bodyBytes = 0;

	const makeRoom = (request: FastifyRequest, reply: FastifyReply): void => {
		const bytes = bodyBytesOf(request, limits.largeUploadBytes);
		if (bytes === 0) return;
		if (bodyBytes + bytes > limits.bodiesInFlightBytesMax)
			throw unavailable('too many bodies on their way at once', limits.laterSeconds);
		bodyBytes += bytes;
		reply.raw.once('close', () => {
			bodyBytes -= bytes;
		});
	};

	app.addHook('onRequest', async (request, reply) => {
		reply.headers(STRICT_HEADERS);
		const { access } = request.routeOptions.config;
		const reads = request.method === 'GET' || request.method === 'HEAD';
		if (access === 'public' && reads) reply.headers(PUBLIC_HEADERS);
		checkPath(request, limits.pathCharactersMax);
		const seconds = purses.requests.take(addressGroup(request.ip), 1);
		if (seconds !== undefined) throw tooMany('this address', seconds);
		if (request.is404) return;
		assert(access !== undefined, 'every route says who may call it');
		if (access !== 'public') access(request);
		checkBodyType(request);
		makeRoom(request, reply);
	});
}

function checkPath({ raw }: FastifyRequest, charactersMax: number): void {
	const [path = ''] = (raw.url ?? '').split('?');
	if (path.length <= charactersMax && PATH.test(path)) return;
	throw new Problem(path.length > charactersMax ? 414 : 400, {
		rule: 'A14',
		expected: `a path of at most ${charactersMax} characters A-Z a-z 0-9 . _ ~ - / without dot segments, empty segments or encoded characters`,
		got: 'another',
		do: 'spell ids as the documentation says, with ~ for /',
	});
}

const DECIMAL = /^[0-9]{1,15}$/;

/** Bytes that a body may take up in memory while it arrives; uploads go to a file, unless they are small and whole. */
function bodyBytesOf({ headers, method, routeOptions }: FastifyRequest, wholeMax: number): number {
	if (routeOptions.config.bodies === undefined) return 0;
	if (headers['content-type'] === UPLOAD_TYPE) return wholeUploadBytes(method, headers, wholeMax) ?? 0;
	const announced = headers['content-length'] ?? '';
	return DECIMAL.test(announced) ? Math.min(Number(announced), routeOptions.bodyLimit) : routeOptions.bodyLimit;
}

function checkBodyType({ headers, routeOptions, method }: FastifyRequest): void {
	const bodies = routeOptions.config.bodies ?? [];
	const type = headers['content-type'];
	const length = headers['content-length'];
	const bodiless = (length === undefined || length === '0') && headers['transfer-encoding'] === undefined;
	if (method === 'GET' || method === 'HEAD' || (bodiless && type === undefined)) {
		if (bodiless) return;
	}
	const plain = type?.replace(/; ?charset=utf-8$/i, '');
	const encoded = headers['content-encoding'] !== undefined;
	if (plain !== undefined && bodies.includes(plain) && !encoded) return;
	throw new Problem(415, {
		rule: 'A1',
		expected: bodies.length === 0 ? 'no body' : `a body of the type ${bodies.join(' or ')}, not compressed`,
		got: type === undefined ? 'a body without a type' : encoded ? 'a compressed body' : 'another type',
		do: 'name the type in the header Content-Type, spelled exactly so; UTF-8 is the only charset',
	});
}
