/**
 * Pages, data files and assets of the site (`spec/api.md`, A13; spec/site.md), whoever makes them. Kept for the size of the log at which they were asked for, so that a thousand followers cost
 * one rendering. Whoever looks for a station by its number is led to its page (A12).
 */

import { IMMUTABLE, SECONDS } from '@matokeo/portal/live/headers.ts';
import { PortalBusy, type PortalPort } from '@matokeo/portal/live/portalPort.ts';
import { parsePagePath } from '@matokeo/portal/site/parsePath.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App, HttpParts } from '../parts.ts';
import { notFound, unavailable } from '../problem.ts';
import { sendBytes } from '../sendBytes.ts';

const LATER_SECONDS = 10;
const FOLDERS = ['en', 'sw', 'es', 'data', 'nist', 'assets'];

export function siteFileRoutes(app: App, { portal, stamp, cache }: HttpParts): void {
	const config = { access: 'public' } as const;

	const answer = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
		const [asked = '', query = ''] = (request.raw.url ?? '').slice(1).split('?', 2);
		const number = new URLSearchParams(query).get('station')?.trim() ?? '';
		const page = number === '' ? undefined : parsePagePath(asked);
		if (page?.address.page === 'find') return answerFind(reply, portal.find(page.language, number));
		const path = asked === '' || asked.endsWith('/') ? `${asked}index.html` : asked;
		const stands = stamp();
		const cacheControl = path.startsWith('assets/') ? IMMUTABLE : SECONDS;
		const known = cache.get(path, stands);
		if (known !== undefined) return sendBytes(request, reply, known, cacheControl);
		const made = await portal.file(path).catch((error: unknown) => {
			throw error instanceof PortalBusy ? unavailable(error.message, LATER_SECONDS) : error;
		});
		if (made === undefined) throw notFound('a page of this site', 'begin at /en/, or look a station up by its number');
		const bytes = typeof made.body === 'string' ? Buffer.from(made.body) : made.body;
		// What passes is kept under no state that anybody asks for.
		const kept = made.passing === true ? `passing ${stands}` : stands;
		return sendBytes(request, reply, cache.put(path, kept, bytes, made.type), cacheControl);
	};
	const schema = { summary: 'A page, a data file or an asset of the site', tags: ['site'] };
	for (const url of ['/', '/index.html', ...FOLDERS.map((folder) => `/${folder}/*`)])
		app.get(url, { config, schema }, answer);
}

/** Kept nowhere: the next amendment may add the station. */
function answerFind(reply: FastifyReply, found: ReturnType<PortalPort['find']>): FastifyReply {
	if ('page' in found) return reply.code(303).header('location', found.page).send();
	return reply.code(404).type(found.type).send(found.body);
}
