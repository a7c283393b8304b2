/**
 * The tus protocol (`spec/api.md`, A8) by @tus/server, bent to our rules: names of uploads are ours, lengths are known, an upload that is whole is checked and held before the sender
 * hears that it is, and leaves nothing behind either way. Whether a sender may upload at all is decided before it comes here.
 */
import { mkdirSync, readdirSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Digest } from '@matokeo/core/record/statement.ts';
import { FileStore } from '@tus/file-store';
import { EVENTS, Server } from '@tus/server';
import { fewAtOnce } from '../blobs/fewAtOnce.ts';
import { checkImage, type ImageLimits } from '../blobs/imageCheck.ts';
import { Trouble } from '../ports/trouble.ts';
import type { Limits } from './limits.ts';
import type { Metrics } from './metrics.ts';
import { Problem, unavailable } from './problem.ts';
import { type UploadBook, uploadBook } from './uploadBook.ts';

export const UPLOADS = '/api/v1/uploads';

export interface TusParts {
	readonly dir: string;
	readonly limits: Limits;
	readonly metrics: Metrics;
	readonly clock: () => number;
	readonly sha256Hex: (bytes: Uint8Array) => string;
	readonly hold: (blob: Uint8Array) => Promise<Digest>;
	readonly failed: (error: unknown) => void;
}

export interface TusUploads {
	readonly book: UploadBook;
	/** Answers a request of the tus protocol; never throws. `group`: of the sender's address. */
	readonly handle: (request: IncomingMessage, response: ServerResponse, group: string) => Promise<void>;
	/** At a start: what is there goes on as an upload of nobody's. */
	readonly resume: () => Promise<void>;
	/** Removes what has expired. */
	readonly sweep: () => Promise<void>;
}

export function tusUploads(parts: TusParts): TusUploads {
	const { limits, clock } = parts;
	const directory = join(parts.dir, 'upload');
	mkdirSync(directory, { recursive: true });
	const store = new FileStore({ directory });
	// Lengths are known, and expiry is by our book and clock: the library would look for finished uploads that are gone.
	store.extensions = ['creation', 'creation-with-upload', 'termination'];
	const book = uploadBook(limits);
	const decode = fewAtOnce(limits.decodesMax, limits.decodesWaitingMax);

	const discard = async (id: string): Promise<void> => {
		book.remove(id);
		await rm(join(directory, id), { force: true });
		await rm(join(directory, `${id}.json`), { force: true });
	};
	/** What an upload that is whole comes to. Refused ones are gone; those that could not be looked at stay, and a PATCH of nothing asks again. */
	const finish = async (id: string, sha256: string): Promise<Problem | undefined> => {
		const work = decode(async () => checkAndHold(parts, join(directory, id), sha256));
		if (work === undefined) return unavailable('too many images waiting to be checked', limits.laterSeconds);
		const problem = await work;
		if (problem === undefined) {
			book.finish(id);
			await discard(id);
		} else if (problem.status < 500) await discard(id);
		return problem;
	};
	/** Whose request it is: the library hands its own kind of request to those below. */
	const groups = new WeakMap<object, string>();
	const server = new Server({
		path: UPLOADS,
		datastore: store,
		relativeLocation: true,
		maxSize: limits.uploadBytesMax,
		allowedOrigins: () => false,
		getFileIdFromRequest: (_request, last) => (/^[0-9a-f]{32}$/.test(last ?? '') ? last : undefined),
		onUploadCreate: async ({ runtime }, { id, size = 0, metadata }) => {
			const request = runtime?.node?.req;
			const group = (request === undefined ? undefined : groups.get(request)) ?? '';
			book.add({ id, sha256: metadata?.['sha256'] ?? '', size, group, created: clock() });
			return {};
		},
		onUploadFinish: async ({ method }, { id, metadata }) => {
			const problem = await finish(id, metadata?.['sha256'] ?? '');
			// A sender who sent all of it with the announcement is not told its name when that fails, and could never come back to it.
			if (problem !== undefined && method === 'POST') await discard(id);
			const end = problem === undefined ? 'held' : problem.status < 500 ? 'refused' : 'later';
			parts.metrics.uploaded(end);
			if (problem === undefined) return {};
			return { status_code: problem.status, headers: headersOf(problem), body: JSON.stringify(problem.body()) };
		},
	});
	server.on(EVENTS.POST_TERMINATE, (_request, _response, id) => book.remove(id));

	return {
		book,
		handle: async (request, response, group) => {
			groups.set(request, group);
			try {
				await server.handle(request, response);
			} catch (error) {
				parts.failed(error);
				response.destroy();
			}
		},
		resume: async () => {
			// The store makes its folder too, in its own time; it should not do so later than this.
			await mkdir(directory, { recursive: true });
			for (const name of readdirSync(directory)) {
				const id = /^([0-9a-f]{32})\.json$/.exec(name)?.[1];
				const upload = id === undefined ? undefined : await store.configstore.get(id);
				if (id === undefined || upload?.size === undefined) continue;
				const { size, metadata } = upload;
				book.add({ id, sha256: metadata?.['sha256'] ?? '', size, group: '', created: clock() });
			}
		},
		sweep: async () => {
			for (const { id } of book.expired(clock())) await discard(id);
		},
	};
}

function headersOf({ retryAfter }: Problem): Record<string, string> {
	const type = { 'content-type': 'application/json; charset=utf-8' };
	return retryAfter === undefined ? type : { ...type, 'retry-after': String(retryAfter) };
}

async function checkAndHold(parts: TusParts, path: string, sha256: string): Promise<Problem | undefined> {
	const limits: ImageLimits = parts.limits;
	try {
		const bytes = await readFile(path);
		if (parts.sha256Hex(bytes) !== sha256)
			return refusedImage(`bytes with the SHA-256 that was announced`, 'others', 'send the file itself, unchanged');
		const checked = await checkImage(bytes, limits);
		if (!checked.ok)
			return refusedImage(
				'one PNG, JPEG or WebP, whole and nothing else',
				checked.error,
				'take or export the picture anew, and capture that one',
			);
		await parts.hold(bytes);
		return undefined;
	} catch (error) {
		parts.failed(error);
		const why = error instanceof Trouble ? 'trouble with the disk' : 'a fault of this server';
		return unavailable(why, parts.limits.laterSeconds);
	}
}

function refusedImage(expected: string, got: string, hint: string): Problem {
	return new Problem(422, { rule: 'A9', expected, got, do: hint });
}
