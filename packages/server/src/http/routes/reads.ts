/**
 * Reading (`spec/api.md`, A12): the views of the site as the API's answers, byte for byte, and the log by entry, by proof and by size. Nothing here needs a session, and nothing is made up: what is
 * not published is not there.
 */
import { base64Encode, utf8Decode } from '@matokeo/core/std/bytes.ts';
import type { DataAddress } from '@matokeo/portal/site/paths.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { type ByteCache, byteCache } from '../byteCache.ts';
import { IMMUTABLE, SECONDS } from '../headers.ts';
import type { App, HttpParts } from '../parts.ts';
import { notFound } from '../problem.ts';
import {
	areaPath,
	areaQuery,
	contestAtPath,
	contestPath,
	digestPath,
	headView,
	indexPath,
	noQuery,
	pageQuery,
	problem,
	rootView,
	sizePath,
	statementView,
	stationPath,
	view,
} from '../schemas.ts';
import { sendBytes } from '../sendBytes.ts';

const JSON_TYPE = 'application/json; charset=utf-8';
const config = { access: 'public' } as const;
const WHERE = 'GET /api/v1/contests and /api/v1/election list what there is';

/** In a path `~` stands for the `/` of an id. */
function idOf(file: string): string {
	return file.replaceAll('~', '/');
}

/** Views are made as text and sent as they are. */
const RESPONSES: Readonly<Record<string, z.ZodType>> = { 200: view, '4xx': problem };

function schemaOf<Params extends z.ZodType>(summary: string, params: Params) {
	return { summary, tags: ['views'], params, querystring: noQuery, response: RESPONSES };
}

export function viewRoutes(app: App, parts: HttpParts): void {
	const cache = byteCache(parts.limits.fileCacheBytesMax);
	const answer = async (request: FastifyRequest, reply: FastifyReply, address: DataAddress): Promise<FastifyReply> => {
		const name = JSON.stringify(address);
		return await sendView(request, reply, parts, cache, name, () => parts.portal.data(address));
	};
	const plain = (summary: string) => schemaOf(summary, noQuery);

	app.get('/api/v1/election', { config, schema: plain('The package in words: keys, rules, files') }, (request, reply) =>
		answer(request, reply, { data: 'about' }),
	);
	app.get('/api/v1/contests', { config, schema: plain('All contests with their results') }, (request, reply) =>
		answer(request, reply, { data: 'home' }),
	);
	app.get('/api/v1/contests/:contest', { config, schema: schemaOf('A contest', contestPath) }, (request, reply) =>
		answer(request, reply, { data: 'contest', contest: idOf(request.params.contest) }),
	);
	app.get(
		'/api/v1/contests/:contest/areas/:area',
		{ config, schema: schemaOf('An area of a contest', areaPath) },
		(request, reply) => {
			const { contest, area } = request.params;
			return answer(request, reply, { data: 'area', contest: idOf(contest), area: idOf(area) });
		},
	);
	app.get(
		'/api/v1/contests/:contest/missing',
		{ config, schema: { ...schemaOf('What has not come in', contestPath), querystring: areaQuery } },
		(request, reply) => {
			const { area } = request.query;
			const at = area === undefined ? {} : { area: idOf(area) };
			return answer(request, reply, { data: 'missing', contest: idOf(request.params.contest), ...at });
		},
	);
	app.get(
		'/api/v1/contests/:contest/changes',
		{ config, schema: { ...schemaOf('What changed, oldest first, by page', contestPath), querystring: pageQuery } },
		(request, reply) => {
			const number = Number(request.query.page ?? '0');
			return answer(request, reply, { data: 'changes', contest: idOf(request.params.contest), number });
		},
	);
	app.get(
		'/api/v1/stations/:station',
		{ config, schema: schemaOf('A station with all its contests', stationPath) },
		(request, reply) => answer(request, reply, { data: 'station', station: idOf(request.params.station) }),
	);
	app.get(
		'/api/v1/contests/:contest/at/:size',
		{ config, schema: schemaOf("A contest's totals at an earlier size of the log", contestAtPath) },
		async (request, reply) => {
			const contest = idOf(request.params.contest);
			const size = Number(request.params.size);
			const made = size > parts.service.log.size() ? undefined : parts.portal.contestAt(contest, size);
			if (made === undefined) throw notFound('a contest at a size that the log has had', WHERE);
			return await reply.header('cache-control', IMMUTABLE).type(JSON_TYPE).send(made);
		},
	);
}

async function sendView(
	request: FastifyRequest,
	reply: FastifyReply,
	{ service }: HttpParts,
	cache: ByteCache,
	name: string,
	make: () => string | undefined,
): Promise<FastifyReply> {
	const size = String(service.log.size());
	const known = cache.get(name, size);
	if (known !== undefined) return await sendBytes(request, reply, known, SECONDS);
	const made = make();
	if (made === undefined) throw notFound('a contest, area, station or page of this election', WHERE);
	return await sendBytes(request, reply, cache.put(name, size, Buffer.from(made), JSON_TYPE), SECONDS);
}

export function entryRoutes(app: App, { service, reader, context }: HttpParts): void {
	const tags = ['log'];
	const { log } = service;

	app.get(
		'/api/v1/statements/:id',
		{
			config,
			schema: {
				summary: 'A statement: its note, and the proof of it',
				tags,
				params: digestPath,
				querystring: noQuery,
				response: { 200: statementView, '4xx': problem },
			},
		},
		async (request, reply) => {
			const { id } = request.params;
			const index = log.rows().indexOf(id);
			const note = index === undefined ? undefined : reader.note(index);
			if (index === undefined || note === undefined)
				throw notFound('the id of a logged statement', 'it is the SHA-256 of the three lines that are signed');
			const proof = reader.prove(index);
			return await reply
				.header('cache-control', SECONDS)
				.send({ id, index, size: log.size(), note: utf8Decode(note) ?? '', proof });
		},
	);
	app.get(
		'/api/v1/proofs/:index',
		{ config, schema: { summary: 'C2SP proof of an entry', tags, params: indexPath, querystring: noQuery } },
		async (request, reply) => {
			const index = Number(request.params.index);
			if (index >= log.size()) throw notFound(`an index below ${log.size()}`, 'ask again when the log has grown');
			return await reply.header('cache-control', SECONDS).type('text/plain; charset=utf-8').send(reader.prove(index));
		},
	);
	app.get(
		'/api/v1/log',
		{
			config,
			schema: {
				summary: 'The head of the log',
				tags,
				querystring: noQuery,
				response: { 200: headView, '4xx': problem },
			},
		},
		async (_request, reply) => {
			const note = utf8Decode(log.checkpoint()) ?? '';
			const [, size = '0', root = base64Encode(context.suite.sha256(new Uint8Array(0)))] = note.split('\n');
			return await reply
				.header('cache-control', SECONDS)
				.send({ size: Number(size), root, time: reader.time(), checkpoint: note });
		},
	);
	app.get(
		'/api/v1/log/:size',
		{
			config,
			schema: {
				summary: 'The root of the log at an earlier size',
				tags,
				params: sizePath,
				querystring: noQuery,
				response: { 200: rootView, '4xx': problem },
			},
		},
		async (request, reply) => {
			const size = Number(request.params.size);
			const root = size === 0 ? context.suite.sha256(new Uint8Array(0)) : log.rows().rootAt(size);
			if (root === undefined) throw notFound(`a size of at most ${log.size()}`, 'ask again when the log has grown');
			return await reply.header('cache-control', IMMUTABLE).send({ size, root: base64Encode(root) });
		},
	);
}
