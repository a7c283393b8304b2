/**
 * Reading marks, drafts and the gate (`spec/api.md`, A24): what a mark has frozen, what would be signed on it, and what stands between it and a certificate or declaration. Public like all that follows from
 * the log; a draft says nothing until somebody signs it.
 */
import { printCanonical } from '@matokeo/core/std/canonical.ts';
import { IMMUTABLE } from '@matokeo/portal/live/headers.ts';
import { certificateDraft, declarationDraft } from '@matokeo/portal/views/drafts.ts';
import { gateView } from '@matokeo/portal/views/gate.ts';
import { markView } from '@matokeo/portal/views/mark.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { App, HttpParts } from '../parts.ts';
import { notFound } from '../problem.ts';
import { areaQuery, contestPath, digestPath, noQuery, problem, view } from '../schemas.ts';
import { sendBytes } from '../sendBytes.ts';
import { JSON_TYPE, sendView } from '../sendView.ts';

const config = { access: 'public' } as const;
const RESPONSES: Readonly<Record<string, z.ZodType>> = { 200: view, '4xx': problem };
const A_MARK = 'the id of a mark in this log';
const A_PLACE = 'a contest, and an area where it is certified or declared';

/** In a path `~` stands for the `/` of an id. */
function idOf(file: string): string {
	return file.replaceAll('~', '/');
}

export function gateRoutes(app: App, parts: HttpParts): void {
	const { context, record, cache } = parts;
	const schema = (summary: string) => ({
		summary,
		tags: ['marks'],
		params: digestPath,
		querystring: noQuery,
		response: RESPONSES,
	});
	const json = (request: FastifyRequest, reply: FastifyReply, make: () => unknown, expected: string) =>
		sendView(
			request,
			reply,
			parts,
			request.url,
			() => {
				const made = make();
				return made === undefined ? undefined : `${JSON.stringify(made)}\n`;
			},
			expected,
		);

	app.get('/api/v1/marks/:id', { config, schema: schema('A mark: what it has frozen') }, (request, reply) =>
		json(request, reply, () => markView(record, request.params.id), A_MARK),
	);
	app.get(
		'/api/v1/marks/:id/sheet',
		{ config, schema: schema('The sheet of a mark, byte for byte: its SHA-256 is the list that certificates name') },
		async (request, reply) => {
			const { id } = request.params;
			const sheet = record.rows.get('sheet', id);
			if (sheet === undefined) throw notFound(A_MARK, 'GET /api/v1/contests/CONTEST/gate names the latest mark');
			const name = `sheet ${id}`;
			const kept = cache.get(name, '') ?? cache.put(name, '', Buffer.from(sheet.text), JSON_TYPE);
			return sendBytes(request, reply, kept, IMMUTABLE);
		},
	);
	const drafts = { certificate: certificateDraft, declaration: declarationDraft } as const;
	for (const kind of ['certificate', 'declaration'] as const)
		app.get(
			`/api/v1/marks/:id/${kind}`,
			{ config, schema: schema(`The body of a ${kind} on this mark, without what its signers choose`) },
			(request, reply) => {
				const make = (): string | undefined => {
					const draft = drafts[kind](record, request.params.id);
					return draft === undefined ? undefined : `${printCanonical(draft)}\n`;
				};
				return sendView(request, reply, parts, request.url, make, `a mark on which a ${kind} may rest`);
			},
		);
	app.get(
		'/api/v1/contests/:contest/gate',
		{
			config,
			schema: {
				...schema('What stands between a contest in an area and its certificate or declaration'),
				params: contestPath,
				querystring: areaQuery,
			},
		},
		(request, reply) => {
			const contest = context.election.contests.get(idOf(request.params.contest));
			const area = request.query.area === undefined ? contest?.scope : idOf(request.query.area);
			const make = () => (contest === undefined || area === undefined ? undefined : gateView(record, contest, area));
			return json(request, reply, make, A_PLACE);
		},
	);
}
