/**
 * What was certified, declared, objected to, notified and ordered, as data (`spec/api.md`, A27): the views of the site, byte for byte, each filing with its whole history. Whoever wants to say something of the kind
 * sends a statement.
 */
import type { DataAddress } from '@matokeo/portal/site/paths.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { App, HttpParts } from '../parts.ts';
import { areaPath, contestPath, digestPath, noQuery, pageQuery, problem, view } from '../schemas.ts';
import { sendView } from '../sendView.ts';

const config = { access: 'public' } as const;
const RESPONSES: Readonly<Record<string, z.ZodType>> = { 200: view, '4xx': problem };

const OF_A_CONTEST = {
	collations: 'Which areas are certified, step by step',
	declaration: 'What is declared, and what stands between a contest and its next declaration',
	proceedings: 'Objections, orders, notices and time limits of a contest at a glance',
} as const;
const FILINGS = [
	{ list: 'objections', one: 'objection', what: 'An objection with its whole history' },
	{ list: 'orders', one: 'order', what: 'An order of a court, tribunal or legislature with what it did' },
	{ list: 'notices', one: 'notice', what: 'A notice: an error, an incident, a pause, a change' },
] as const;

/** In a path `~` stands for the `/` of an id. */
function idOf(file: string): string {
	return file.replaceAll('~', '/');
}

function schemaOf<Params extends z.ZodType>(summary: string, params: Params) {
	return { summary, tags: ['proceedings'], params, querystring: noQuery, response: RESPONSES };
}

export function proceedingRoutes(app: App, parts: HttpParts): void {
	const answer = async (request: FastifyRequest, reply: FastifyReply, address: DataAddress): Promise<FastifyReply> =>
		sendView(request, reply, parts, JSON.stringify(address), () => parts.portal.data(address), A_PLACE);

	for (const data of ['collations', 'declaration', 'proceedings'] as const)
		app.get(
			`/api/v1/contests/:contest/${data}`,
			{ config, schema: schemaOf(OF_A_CONTEST[data], contestPath) },
			(request, reply) => answer(request, reply, { data, contest: idOf(request.params.contest) }),
		);
	app.get(
		'/api/v1/contests/:contest/collations/:area',
		{
			config,
			schema: schemaOf('The collation of an area: its certificates, its sheet, and what stands there now', areaPath),
		},
		(request, reply) => {
			const { contest, area } = request.params;
			return answer(request, reply, { data: 'collation', contest: idOf(contest), area: idOf(area) });
		},
	);
	for (const { list, one, what } of FILINGS) {
		app.get(
			`/api/v1/contests/:contest/${list}`,
			{
				config,
				schema: { ...schemaOf(`All ${list} of a contest, oldest first, by page`, contestPath), querystring: pageQuery },
			},
			(request, reply) => {
				const number = request.query.page ?? 0;
				return answer(request, reply, { data: list, contest: idOf(request.params.contest), number });
			},
		);
		app.get(
			`/api/v1/${list}`,
			{
				config,
				schema: {
					...schemaOf(`All ${list} of the election as a whole, oldest first, by page`, noQuery),
					querystring: pageQuery,
				},
			},
			(request, reply) => answer(request, reply, { data: list, number: request.query.page ?? 0 }),
		);
		app.get(`/api/v1/${list}/:id`, { config, schema: schemaOf(what, digestPath) }, (request, reply) =>
			answer(request, reply, { data: one, id: request.params.id }),
		);
	}
}

const A_PLACE = 'a contest, an area where it is certified, a page of a list, or the id of such a statement';
