/**
 * `/api/v1/uploads` (`spec/api.md`, A8): who may upload what, and the way to tus. A sender needs no session for a blob that a logged capture names and the log awaits with that very size; for
 * any other, one. The name of an upload, 128 random bits, is what lets its sender go on with it.
 */
import { existsSync, statSync } from 'node:fs';
import type { Digest } from '@matokeo/core/record/said.ts';
import { addressGroup } from '@matokeo/portal/live/address.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { demand } from '../access.ts';
import type { App, HttpParts } from '../parts.ts';
import { Problem, tooMany, unavailable } from '../problem.ts';
import { heldAnswer, problem, uploadPath } from '../schemas.ts';
import { type TusUploads, UPLOADS } from '../tusUploads.ts';
import { readWhole, UPLOAD_TYPE, wholeUploadBytes } from '../wholeUpload.ts';

interface Announced {
	readonly sha256: Digest;
	readonly size: number;
}

export function uploadRoutes(app: App, parts: HttpParts, tus: TusUploads): void {
	const tags = ['uploads'];
	const empty = z.undefined();
	/** Awaited by the log, held already, or sent by somebody who is signed in. */
	const mayUpload = (request: FastifyRequest): void => {
		const announced = announcedIn(request, parts);
		if (isHeld(parts, announced) || isAwaited(parts, announced)) return;
		demand(parts.sessions, request);
	};
	const hasName = (request: FastifyRequest): void => {
		const id = uploadPath.safeParse(request.params).data?.id;
		if (id !== undefined && (tus.book.get(id) ?? tus.book.finishedSize(id)) !== undefined) return;
		throw unknownUpload();
	};
	const through = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
		for (const [name, value] of Object.entries(reply.getHeaders()))
			if (value !== undefined) reply.raw.setHeader(name, value);
		reply.hijack();
		await tus.handle(request.raw, reply.raw, addressGroup(request.ip));
		return reply;
	};

	app.options(
		UPLOADS,
		{ config: { access: 'public' }, schema: { summary: 'What this server can do of tus 1.0', tags } },
		through,
	);
	app.post(
		UPLOADS,
		{
			config: { access: mayUpload, bodies: [UPLOAD_TYPE] },
			schema: {
				summary: 'Announce an image, and send it or its beginning',
				tags,
				response: { 200: heldAnswer, 201: empty, '4xx': problem },
			},
		},
		async (request, reply) => {
			const announced = announcedIn(request, parts);
			if (isHeld(parts, announced)) {
				reply.header('tus-resumable', '1.0.0').header('upload-offset', announced.size);
				return reply.code(200).send({ kind: 'held', sha256: announced.sha256 });
			}
			if (wholeUploadBytes(request.method, request.headers, parts.limits.largeUploadBytes) !== undefined)
				return takeWhole(request, reply, parts, tus, announced);
			takeRoom(request, parts, tus, announced.size);
			return through(request, reply);
		},
	);
	app.route({
		method: ['HEAD', 'PATCH', 'DELETE'],
		url: `${UPLOADS}/:id`,
		config: { access: hasName, bodies: [UPLOAD_TYPE] },
		schema: {
			summary: 'How far it is; send on from there; give it up',
			tags,
			params: uploadPath,
			response: { 204: empty, '4xx': problem },
		},
		handler: async (request, reply) => {
			const { id } = request.params;
			const size = tus.book.finishedSize(id);
			if (size === undefined) return through(request, reply);
			reply.headers({ 'tus-resumable': '1.0.0', 'upload-offset': size, 'upload-length': size });
			if (request.method === 'PATCH' && request.headers['upload-offset'] !== String(size)) throw wrongOffset();
			return reply.code(request.method === 'HEAD' ? 200 : 204).send(undefined);
		},
	});
}

/** A small image that comes whole with its announcement. */
async function takeWhole(
	request: FastifyRequest,
	reply: FastifyReply,
	parts: HttpParts,
	tus: TusUploads,
	{ sha256, size }: Announced,
): Promise<FastifyReply> {
	takeBytes(request, parts, size);
	const bytes = await readWhole(request.raw);
	if (bytes === undefined) throw brokenOff();
	const held = await tus.whole(bytes, sha256, addressGroup(request.ip));
	if (!held.ok) throw held.error;
	reply.headers({ 'tus-resumable': '1.0.0', 'upload-offset': size, location: held.value });
	return reply.code(201).send(undefined);
}

function takeBytes(request: FastifyRequest, { purses }: HttpParts, size: number): void {
	const seconds = purses.uploadBytes.take(addressGroup(request.ip), size);
	if (seconds !== undefined) throw tooMany('this address', seconds);
}

function takeRoom(request: FastifyRequest, parts: HttpParts, { book }: TusUploads, size: number): void {
	const { limits } = parts;
	takeBytes(request, parts, size);
	const group = addressGroup(request.ip);
	switch (book.room(group, size)) {
		case 'address':
			throw tooMany('this address: its unfinished uploads', limits.laterSeconds);
		case 'all':
			throw unavailable('too many unfinished uploads', limits.laterSeconds);
		case 'fits':
	}
}

/** Of a request that creates an upload: digest and size, in their one spelling. What a filing names may be a table, which may be larger than an image. */
function announcedIn({ headers }: FastifyRequest, { limits, service }: HttpParts): Announced {
	const length = headers['upload-length'];
	const metadata = headers['upload-metadata'];
	const encoded = typeof metadata === 'string' ? /^sha256 ([A-Za-z0-9+/]{86}==)$/.exec(metadata)?.[1] : undefined;
	const sha256 = encoded === undefined ? '' : Buffer.from(encoded, 'base64').toString('latin1');
	const size = typeof length === 'string' && /^[1-9][0-9]{0,9}$/.test(length) ? Number(length) : 0;
	if (size === 0 || !/^[0-9a-f]{64}$/.test(sha256) || Buffer.from(sha256).toString('base64') !== encoded)
		throw new Problem(400, {
			rule: 'A8',
			expected: 'Upload-Length in bytes, and Upload-Metadata "sha256 " with the base64 of 64 hex digits',
			got: 'others, or none',
			do: 'name the SHA-256 of the whole file; nothing else is asked',
		});
	const filed = service.log.rows().get('blob', sha256)?.filed === true;
	const bytesMax = filed ? Math.max(limits.uploadBytesMax, limits.tableBytesMax) : limits.uploadBytesMax;
	if (size <= bytesMax) return { sha256, size };
	throw new Problem(413, {
		rule: 'A8',
		expected: `${filed ? 'a file' : 'an image'} of at most ${bytesMax} bytes`,
		got: 'a larger one',
		do: filed
			? 'name smaller files, one for each part'
			: 'take the picture at a lower resolution, and capture that one',
	});
}

function isHeld({ folder, service }: HttpParts, { sha256, size }: Announced): boolean {
	if (service.log.rows().get('blob', sha256)?.held !== undefined) return true;
	const path = folder.heldBlob(sha256);
	return existsSync(path) && statSync(path).size === size;
}

function isAwaited({ service }: HttpParts, { sha256, size }: Announced): boolean {
	const row = service.log.rows().get('blob', sha256);
	if (row === undefined || row.withheld !== undefined) return false;
	// What filings name has no size there; its digest says what it is.
	return row.filed === true || row.waiting?.some((one) => one.size === size) === true;
}

/** Nobody hears this but the log of requests. */
function brokenOff(): Problem {
	return new Problem(400, {
		rule: 'A8',
		expected: 'as many bytes as were announced',
		got: 'fewer, and then the end of the connection',
		do: 'send the image again',
	});
}

function unknownUpload(): Problem {
	return new Problem(404, {
		rule: 'A8',
		expected: 'the name of an upload that is not finished, or was lately',
		got: 'another',
		do: 'create the upload again: if the image is held already, you are told so at once',
	});
}

function wrongOffset(): Problem {
	return new Problem(409, {
		rule: 'A8',
		expected: 'the offset of a finished upload, which is its length',
		got: 'another',
		do: 'nothing: the image is held',
	});
}
