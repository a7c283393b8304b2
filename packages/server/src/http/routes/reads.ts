/**
 * Reading results (`spec/api.md`, A12): the views of the site as the API's answers, byte for byte. Nothing here needs a session.
 */

import { IMMUTABLE } from '@matokeo/portal/live/headers.ts';
import type { DataAddress } from '@matokeo/portal/site/paths.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { App, HttpParts } from '../parts.ts';
import { notFound } from '../problem.ts';
import {
	areaPath,
	areaQuery,
	contestAtPath,
	contestPath,
	noQuery,
	pageQuery,
	problem,
	stationPath,
	view,
} from '../schemas.ts';
import { JSON_TYPE, sendView } from '../sendView.ts';

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
	const answer = async (request: FastifyRequest, reply: FastifyReply, address: DataAddress): Promise<FastifyReply> => {
		const name = JSON.stringify(address);
		return sendView(request, reply, parts, name, () => parts.portal.data(address));
	};
	const plain = (summary: string) => schemaOf(summary, noQuery);

	app.get('/api/v1/election', { config, schema: plain('The package in words: keys, rules, files') }, (request, reply) =>
		answer(request, reply, { data: 'about' }),
	);
	app.get('/api/v1/witnesses', { config, schema: plain('What witnesses have seen of the log') }, (request, reply) =>
		answer(request, reply, { data: 'witnesses' }),
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
			const number = request.query.page ?? 0;
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
			const { size } = request.params;
			const made = size > parts.service.log.size() ? undefined : parts.portal.contestAt(contest, size);
			if (made === undefined) throw notFound('a contest at a size that the log has had', WHERE);
			return reply.header('cache-control', IMMUTABLE).type(JSON_TYPE).send(made);
		},
	);
}
