/** `GET /api/v1/blobs/:sha256` (`spec/api.md`, A11): held images, sealed ones among them, for officials who read or rule on them. */
import { officialSession } from '../access.ts';
import type { App, HttpParts } from '../parts.ts';
import { blobPath, noQuery } from '../schemas.ts';
import { sendImage } from './logFiles.ts';

export function sealedBlobRoutes(app: App, { folder, sessions }: HttpParts): void {
	app.get(
		'/api/v1/blobs/:sha256',
		{
			config: { access: officialSession(sessions) },
			schema: { summary: 'A held image, for officials', tags: ['blobs'], params: blobPath, querystring: noQuery },
		},
		(request, reply) => sendImage(request, reply, folder.heldBlob(request.params.sha256), 'private, no-store'),
	);
}
