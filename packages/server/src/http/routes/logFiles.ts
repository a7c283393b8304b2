/**
 * The log's own files (`spec/api.md`, A13, A14): checkpoint, tiles, key, package, results and public images, at the root, as they lie in `public/`. A path is parsed into what it names, and
 * the name of the file is made from that; no part of what was sent reaches the disk.
 */
import { createReadStream } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { parseBundlePath, parseTilePath } from '@matokeo/core/log/tilePath.ts';
import { FILE_SNIFF_BYTES, fileType, isSaved } from '@matokeo/portal/live/fileType.ts';
import { IMMUTABLE, MINUTES, SECONDS, SENT_FILE_HEADERS } from '@matokeo/portal/live/headers.ts';
import { fileName } from '@matokeo/portal/site/paths.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { ByteCache } from '../byteCache.ts';
import type { App, HttpParts } from '../parts.ts';
import { notFound } from '../problem.ts';
import { sendBytes } from '../sendBytes.ts';

const PLAIN = 'text/plain; charset=utf-8';
const BYTES = 'application/octet-stream';
const TYPES: Readonly<Record<string, string>> = {
	json: 'application/json; charset=utf-8',
	csv: 'text/csv; charset=utf-8',
};

const config = { access: 'public' } as const;

function schema(summary: string): { readonly summary: string; readonly tags: readonly string[] } {
	return { summary, tags: ['log'] };
}

export function logFileRoutes(app: App, parts: HttpParts): void {
	const { folder, packageFiles, context, cache } = parts;
	const wild = z.strictObject({ '*': z.string() });
	const results = new Map(
		[...context.election.contests.keys()].map((id) => [`${fileName(id)}.json`, folder.results(id)]),
	);

	checkpointRoutes(app, parts);
	app.get('/log.vkey', { config, schema: schema('The key that signs checkpoints') }, (request, reply) =>
		sendFile(request, reply, cache, folder.verifierKey, { type: PLAIN, cacheControl: MINUTES }),
	);
	app.get(
		'/tile/*',
		{ config, schema: { ...schema('Tiles and bundles, as C2SP tlog-tiles has them'), params: wild } },
		async (request, reply) => {
			const path = `tile/${request.params['*']}`;
			const tile = parseTilePath(path);
			const bundle = parseBundlePath(path);
			const file = tile.ok ? folder.tile(tile.value) : bundle.ok ? folder.bundle(bundle.value) : undefined;
			if (file === undefined)
				throw notFound('the path of a tile', 'see C2SP tlog-tiles: tile/LEVEL/INDEX or tile/entries/INDEX');
			return sendFile(request, reply, cache, file, { type: BYTES, cacheControl: IMMUTABLE });
		},
	);
	app.get(
		'/package/*',
		{ config, schema: { ...schema('The election package, verbatim'), params: wild } },
		async (request, reply) => {
			const path = request.params['*'];
			const bytes = packageFiles.get(path);
			if (bytes === undefined)
				throw notFound('a file of the package', 'its manifest, package/manifest.txt, lists them');
			const type = TYPES[path.split('.').at(-1) ?? ''] ?? PLAIN;
			const kept = cache.get(`package/${path}`, '') ?? cache.put(`package/${path}`, '', bytes, type);
			return sendBytes(request, reply, kept, MINUTES);
		},
	);
	app.get(
		'/results/:file',
		{ config, schema: { ...schema("A contest's results"), params: z.strictObject({ file: z.string() }) } },
		async (request, reply) => {
			const path = results.get(request.params.file);
			if (path === undefined) throw notFound('results of a contest', 'GET /api/v1/contests lists the contests');
			return sendFile(request, reply, cache, path, { type: TYPES['json'] ?? PLAIN, cacheControl: SECONDS });
		},
	);
	app.get(
		'/blob/:folder/:digest',
		{
			config,
			schema: { ...schema('A published image'), params: z.strictObject({ folder: z.string(), digest: z.string() }) },
		},
		async (request, reply) => {
			const { digest } = request.params;
			const named =
				/^[0-9a-f]{64}$/.test(digest) && digest.startsWith(request.params.folder) && request.params.folder.length === 2;
			if (!named) throw notFound('blob/ab/DIGEST', 'the digest has 64 hex digits, its folder the first two of them');
			return sendImage(request, reply, folder.publicBlob(digest), IMMUTABLE);
		},
	);
}

function checkpointRoutes(app: App, parts: HttpParts): void {
	const { log } = parts.service;
	app.get('/checkpoint', { config, schema: schema('The signed checkpoint') }, async (request, reply) => {
		const note = log.checkpoint();
		if (note.length === 0) throw notFound('a checkpoint', 'nothing is logged yet; ask again when the election is open');
		return sendNote(request, reply, parts, 'checkpoint', note);
	});
	app.get(
		'/witnessed',
		{ config, schema: schema('The newest checkpoint that the quorum of witnesses has seen') },
		async (request, reply) => {
			const seen = log.cosigning.witnessed();
			if (seen === undefined)
				throw notFound(
					'a checkpoint that the quorum has seen',
					'there is none yet; /checkpoint has the latest of the log',
				);
			return sendNote(request, reply, parts, 'witnessed', seen.note);
		},
	);
}

/** Of one size there may be more with every cosignature that comes. */
function sendNote(
	request: FastifyRequest,
	reply: FastifyReply,
	{ cache, context }: HttpParts,
	name: string,
	note: Uint8Array,
): Promise<FastifyReply> {
	const stamp = context.suite.sha256Hex(note);
	return sendBytes(request, reply, cache.get(name, stamp) ?? cache.put(name, stamp, note, PLAIN), SECONDS);
}

interface Sending {
	readonly type: string;
	readonly cacheControl: string;
}

/** A file that is not there is 404 with words; a large one is streamed. */
async function sendFile(
	request: FastifyRequest,
	reply: FastifyReply,
	cache: ByteCache,
	path: string,
	{ type, cacheControl }: Sending,
): Promise<FastifyReply> {
	const found = await statIfThere(path);
	if (found === undefined)
		throw notFound(
			'a file that is published',
			'look at /checkpoint for the size of the log; a partial tile gives way to the full one',
		);
	const stamp = `${found.mtimeMs} ${found.size} ${found.ino}`;
	const kept = cache.get(path, stamp) ?? cache.put(path, stamp, await readFile(path), type);
	return sendBytes(request, reply, kept, cacheControl);
}

/** As it was sent in, under the type that its bytes have, and as nothing that could run. */
export async function sendImage(
	request: FastifyRequest,
	reply: FastifyReply,
	path: string,
	cacheControl: string,
): Promise<FastifyReply> {
	const found = await statIfThere(path);
	if (found === undefined)
		throw notFound(
			'an image or file that is held and may be shown here',
			'sealed ones are known by digest only; others come with blob/held',
		);
	const tag = `"${path.slice(-64)}"`;
	reply.headers({ ...SENT_FILE_HEADERS, 'cache-control': cacheControl, etag: tag });
	if (request.headers['if-none-match'] === tag) return reply.code(304).send();
	const type = fileType(await beginning(path));
	reply.type(type ?? BYTES).header('content-length', found.size);
	if (isSaved(type)) reply.header('content-disposition', 'attachment');
	return reply.send(request.method === 'HEAD' ? Readable.from([]) : createReadStream(path));
}

async function statIfThere(path: string) {
	try {
		const found = await stat(path);
		return found.isFile() ? found : undefined;
	} catch (error) {
		if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
			return undefined;
		throw error;
	}
}

async function beginning(path: string): Promise<Uint8Array> {
	const file = await open(path, 'r');
	try {
		const { buffer, bytesRead } = await file.read(Buffer.alloc(FILE_SNIFF_BYTES), 0, FILE_SNIFF_BYTES, 0);
		return buffer.subarray(0, bytesRead);
	} finally {
		await file.close();
	}
}
