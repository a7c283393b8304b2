/** The pages that are the mirror's own (M40, M42): what it is and how far it is, as a page and as JSON, and the evidence files. */
import { SECONDS } from '@matokeo/portal/live/headers.ts';
import { mirrorPage } from '../pages/mirror.ts';
import type { App, MirrorHttpParts } from './parts.ts';
import { notFound } from './problems.ts';

export function ownPages(app: App, parts: MirrorHttpParts): void {
	const { status, evidence } = parts;
	app.get('/mirror.json', async (_request, reply) => reply.header('cache-control', SECONDS).send(status()));
	app.get('/mirror.html', async (_request, reply) =>
		reply.header('cache-control', SECONDS).type('text/html; charset=utf-8').send(mirrorPage(parts, status())),
	);
	app.get<{ Params: { name: string } }>('/evidence/:name', async (request, reply) => {
		const bytes = evidence.bytes(request.params.name);
		if (bytes === undefined) return notFound(reply, 'an evidence file', '/mirror.json lists them');
		return reply.type('application/json; charset=utf-8').send(Buffer.from(bytes));
	});
}
