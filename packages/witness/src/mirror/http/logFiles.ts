/**
 * The log's own files as a mirror serves them (M6): the same paths as at the log, so that whatever reads a log reads a mirror. Nothing is served that goes beyond the checkpoint that was verified, whatever
 * lies in the folder meanwhile. No part of a path that was sent reaches the disk.
 */
import { createReadStream } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { decodeBundle, encodeBundle } from '@matokeo/core/log/bundle.ts';
import { TILE_WIDTH } from '@matokeo/core/log/limits.ts';
import {
	parseBundlePath,
	parseTilePath,
	printBundlePath,
	printTilePath,
	type Tile,
} from '@matokeo/core/log/tilePath.ts';
import { FILE_SNIFF_BYTES, fileType, isSaved } from '@matokeo/portal/live/fileType.ts';
import { IMMUTABLE, MINUTES, SECONDS, SENT_FILE_HEADERS } from '@matokeo/portal/live/headers.ts';
import { blobPath, fileName } from '@matokeo/portal/site/paths.ts';
import type { FastifyReply } from 'fastify';
import type { App, MirrorHttpParts } from './parts.ts';
import { notFound } from './problems.ts';

const PLAIN = 'text/plain; charset=utf-8';
const BYTES = 'application/octet-stream';
const TYPES: Readonly<Record<string, string>> = {
	json: 'application/json; charset=utf-8',
	csv: 'text/csv; charset=utf-8',
};

export function logFiles(app: App, parts: MirrorHttpParts): void {
	const { folder, packageFiles, context } = parts;
	const at = (path: string): string => join(folder.public, path);
	const results = new Map(
		[...context.election.contests.keys()].map((id) => [`${fileName(id)}.json`, at(`results/${fileName(id)}.json`)]),
	);

	app.get('/checkpoint', async (_request, reply) => {
		const note = parts.checkpoint();
		if (note === undefined) return notFound(reply, 'a checkpoint', 'nothing is verified here yet; ask again later');
		return reply.header('cache-control', SECONDS).type(PLAIN).send(Buffer.from(note));
	});
	app.get('/log.vkey', (_request, reply) => sendFile(reply, at('log.vkey'), PLAIN, MINUTES));
	app.get('/witnessed', async (_request, reply) => {
		const note = parts.witnessed();
		if (note === undefined) return notFound(reply, 'what witnesses have seen', 'none is known here; see /checkpoint');
		return reply.header('cache-control', SECONDS).type(PLAIN).send(Buffer.from(note));
	});
	app.get<{ Params: { '*': string } }>('/tile/*', async (request, reply) => {
		const path = `tile/${request.params['*']}`;
		const tile = parseTilePath(path);
		const bundle = parseBundlePath(path);
		const named = tile.ok ? tile.value : bundle.ok ? { level: 0, ...bundle.value } : undefined;
		if (named === undefined || !isVerified(named, parts.size()))
			return notFound(reply, 'a tile of what is verified here', 'see C2SP tlog-tiles, and /checkpoint for the size');
		// What was verified has the width that the checkpoint gives it; a smaller one is cut from it, whatever lies there by its name.
		const whole = { ...named, width: verifiedWidth(named, parts.size()) };
		if (whole.width === named.width)
			return sendFile(reply, at(tile.ok ? printTilePath(whole) : printBundlePath(whole)), BYTES, IMMUTABLE);
		return tile.ok
			? sendFile(reply, at(printTilePath(whole)), BYTES, IMMUTABLE, (bytes) => bytes.subarray(0, named.width * 32))
			: sendFile(reply, at(printBundlePath(whole)), BYTES, IMMUTABLE, (bytes) =>
					firstOf(bytes, whole.width, named.width),
				);
	});
	app.get<{ Params: { '*': string } }>('/package/*', async (request, reply) => {
		const path = request.params['*'];
		const bytes = packageFiles.get(path);
		if (bytes === undefined) return notFound(reply, 'a file of the package', 'package/manifest.sha256 lists them');
		const type = TYPES[path.split('.').at(-1) ?? ''] ?? PLAIN;
		return reply.header('cache-control', MINUTES).type(type).send(Buffer.from(bytes));
	});
	app.get<{ Params: { file: string } }>('/results/:file', async (request, reply) => {
		const path = results.get(request.params.file);
		if (path === undefined) return notFound(reply, 'results of a contest', 'the pages under /en/ name the contests');
		return sendFile(reply, path, TYPES['json'] ?? PLAIN, SECONDS);
	});
	app.get<{ Params: { folder: string; digest: string } }>('/blob/:folder/:digest', async (request, reply) => {
		const { digest, folder: first } = request.params;
		const hint = 'the digest has 64 hex digits, its folder the first two of them; this mirror may not keep this image';
		if (!/^[0-9a-f]{64}$/.test(digest) || digest.slice(0, 2) !== first) return notFound(reply, 'blob/ab/DIGEST', hint);
		const row = parts.keepsImage(digest) ? await imageAt(at(blobPath(digest))) : undefined;
		if (row === undefined) return notFound(reply, 'an image or file that this mirror keeps', hint);
		reply.headers({ ...SENT_FILE_HEADERS, 'cache-control': IMMUTABLE }).type(row.type ?? BYTES);
		if (isSaved(row.type)) reply.header('content-disposition', 'attachment');
		reply.header('content-length', row.size);
		return reply.send(request.method === 'HEAD' ? Readable.from([]) : createReadStream(row.path));
	});
}

/** Whether the tile, with all of its width, is below the verified size. */
function isVerified({ level, index, width }: Tile, size: number): boolean {
	return level < 6 && (index * TILE_WIDTH + width) * TILE_WIDTH ** level <= size;
}

/** How much of a tile that is verified in part is so. */
function verifiedWidth({ level, index }: Tile, size: number): number {
	return Math.min(TILE_WIDTH, Math.floor(size / TILE_WIDTH ** level) - index * TILE_WIDTH);
}

/** The first entries of a bundle, as a bundle. */
function firstOf(bytes: Uint8Array, width: number, count: number): Uint8Array {
	const entries = decodeBundle(bytes, width);
	if (!entries.ok) throw new Error(`a bundle that was verified is damaged since: ${entries.error}`);
	return encodeBundle(entries.value.slice(0, count));
}

async function sendFile(
	reply: FastifyReply,
	path: string,
	type: string,
	cacheControl: string,
	cut: (bytes: Uint8Array) => Uint8Array = (bytes) => bytes,
): Promise<FastifyReply> {
	try {
		const bytes = Buffer.from(cut(await readFile(path)));
		return await reply.header('cache-control', cacheControl).type(type).send(bytes);
	} catch (error) {
		if (!isAbsent(error)) throw error;
		return notFound(reply, 'a file that is kept here', 'a partial tile gives way to the full one; see /checkpoint');
	}
}

interface ImageFile {
	readonly path: string;
	readonly size: number;
	readonly type: ReturnType<typeof fileType>;
}

async function imageAt(path: string): Promise<ImageFile | undefined> {
	try {
		const { size } = await stat(path);
		const file = await open(path, 'r');
		try {
			const { buffer, bytesRead } = await file.read(Buffer.alloc(FILE_SNIFF_BYTES), 0, FILE_SNIFF_BYTES, 0);
			return { path, size, type: fileType(buffer.subarray(0, bytesRead)) };
		} finally {
			await file.close();
		}
	} catch (error) {
		if (isAbsent(error)) return undefined;
		throw error;
	}
}

function isAbsent(error: unknown): boolean {
	return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
