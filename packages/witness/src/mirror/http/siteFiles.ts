/** The portal's pages and data of a mirrored record (M40), made when they are asked for, never in the middle of a step: what stands on one page is of one verified checkpoint. */
import { IMMUTABLE, SECONDS } from '@matokeo/portal/live/headers.ts';
import { PortalBusy } from '@matokeo/portal/live/portalPort.ts';
import { parsePagePath } from '@matokeo/portal/site/parsePath.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App, MirrorHttpParts } from './parts.ts';
import { later, notFound } from './problems.ts';

const FOLDERS = ['en', 'sw', 'es', 'data', 'nist', 'papers', 'assets'];
const LATER_SECONDS = 5;

function busy(error: unknown): 'busy' {
	if (error instanceof PortalBusy) return 'busy';
	throw error;
}

export function siteFiles(app: App, { portal, still, status }: MirrorHttpParts): void {
	const answer = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
		const [asked = '', query = ''] = (request.raw.url ?? '').slice(1).split('?', 2);
		const path = asked === '' || asked.endsWith('/') ? `${asked}index.html` : asked;
		const asset = path.startsWith('assets/');
		if (!asset && !(await still())) {
			const { size, sourceSize } = status();
			return later(
				reply,
				`statements are being verified (${size} of ${sourceSize} are); see /mirror.html`,
				LATER_SECONDS,
			);
		}
		const number = new URLSearchParams(query).get('station')?.trim() ?? '';
		const page = number === '' ? undefined : parsePagePath(asked);
		if (page?.address.page === 'find') {
			const found = portal.find(page.language, number);
			if ('page' in found) return reply.code(303).header('location', found.page).send();
			return reply.code(404).type(found.type).send(found.body);
		}
		const made = await portal.file(path).catch(busy);
		if (made === 'busy') return later(reply, 'many papers or comparisons are being made', LATER_SECONDS);
		if (made === undefined) return notFound(reply, 'a page of this site', 'begin at /en/, or look a station up');
		const { body } = made;
		const bytes =
			typeof body === 'string' ? Buffer.from(body) : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
		return reply
			.header('cache-control', asset ? IMMUTABLE : SECONDS)
			.type(made.type)
			.send(bytes);
	};
	for (const url of ['/', '/index.html', ...FOLDERS.map((folder) => `/${folder}/*`)]) app.get(url, answer);
}
