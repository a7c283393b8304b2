/** `/papers/LANGUAGE/FILE` (`spec/api.md`, A26): papers of certificates and declarations as they were written into `public/`. The name is parsed, and the name of the file is made from that. */
import { join } from 'node:path';
import { SECONDS } from '@matokeo/portal/live/headers.ts';
import { LANGUAGES } from '@matokeo/portal/site/paths.ts';
import { z } from 'zod';
import type { App, HttpParts } from '../parts.ts';
import { notFound } from '../problem.ts';
import { sendFile } from './logFiles.ts';

const FILE = /^[0-9a-f]{64}(?:-certificate)?(?:-[1-9][0-9]{0,3})?\.(html|pdf)$/;
const TYPES = { html: 'text/html; charset=utf-8', pdf: 'application/pdf' } as const;

export function paperRoutes(app: App, { folder, cache }: HttpParts): void {
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
			const type = FILE.exec(file)?.[1];
			if (!LANGUAGES.some((one) => one === language) || (type !== 'html' && type !== 'pdf'))
				throw notFound(
					'the paper of a certificate or declaration',
					'the page of its collation or declaration links to it',
				);
			return sendFile(request, reply, cache, join(folder.papers, language, file), {
				type: TYPES[type],
				cacheControl: SECONDS,
			});
		},
	);
}
