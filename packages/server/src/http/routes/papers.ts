/** `/papers/LANGUAGE/FILE` (`spec/api.md`, A26): papers of certificates and declarations, the same bytes that static pages have as files, whoever makes them. */
import { SECONDS } from '@matokeo/portal/live/headers.ts';
import { PortalBusy } from '@matokeo/portal/live/portalPort.ts';
import { z } from 'zod';
import type { App, HttpParts } from '../parts.ts';
import { notFound, unavailable } from '../problem.ts';
import { sendBytes } from '../sendBytes.ts';

const LATER_SECONDS = 10;

export function paperRoutes(app: App, { portal, cache, stamp }: HttpParts): void {
	app.get(
		'/papers/:language/:file',
		{
			config: { access: 'public' },
			schema: {
				summary: 'A certificate or declaration as a paper, to print (html) or as a document (pdf)',
				tags: ['site'],
				params: z.strictObject({ language: z.string(), file: z.string() }),
			},
		},
		async (request, reply) => {
			const { language, file } = request.params;
			const path = `papers/${language}/${file}`;
			const stands = stamp();
			const known = cache.get(path, stands);
			if (known !== undefined) return sendBytes(request, reply, known, SECONDS);
			const made = await portal.file(path).catch((error: unknown) => {
				throw error instanceof PortalBusy ? unavailable(error.message, LATER_SECONDS) : error;
			});
			if (made === undefined)
				throw notFound(
					'the paper of a certificate or declaration',
					'the page of its collation or declaration links to it',
				);
			return sendBytes(request, reply, cache.put(path, stands, Buffer.from(made.body), made.type), SECONDS);
		},
	);
}
