/**
 * The tus protocol (`spec/api.md`, A8) by @tus/server, bent to our rules: names of uploads are ours, lengths are known, an upload that is whole is checked and held before the sender
 * hears that it is, and leaves nothing behind either way. Whether a sender may upload at all is decided before it comes here.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Digest } from '@matokeo/core/record/said.ts';
import { assert, err, ok, type Result } from '@matokeo/core/std/result.ts';
import { imageType } from '@matokeo/portal/live/imageType.ts';
import { FileStore } from '@tus/file-store';
import { EVENTS, Server, type ServerOptions, type Upload } from '@tus/server';
import { checkDocument } from '../blobs/documentCheck.ts';
import { type FewAtOnce, fewAtOnce } from '../blobs/fewAtOnce.ts';
import { checkImage } from '../blobs/imageCheck.ts';
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
	/** Whether a statement names it that may name texts and PDFs too. */
	readonly isFiled: (sha256: Digest) => boolean;
}

export interface TusUploads {
	readonly book: UploadBook;
	/** Answers a request of the tus protocol; never throws. `group`: of the sender's address. */
	readonly handle: (request: IncomingMessage, response: ServerResponse, group: string) => Promise<void>;
	/** A small image that came whole: checked and held at once. The path of an upload that is finished already, or why not. */
	readonly whole: (bytes: Uint8Array, sha256: Digest, group: string) => Promise<Result<string, Problem>>;
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
	const checking = checker(parts);
	/** Whose request it is: the library hands its own kind of request to those below. */
	const groups = new WeakMap<object, string>();

	const discard = async (id: string): Promise<void> => {
		book.remove(id);
		await rm(join(directory, id), { force: true });
		await rm(join(directory, `${id}.json`), { force: true });
	};
	const add = (id: string, upload: Pick<Upload, 'size' | 'metadata'>, group: string): void =>
		book.add({ id, sha256: upload.metadata?.['sha256'] ?? '', size: upload.size ?? 0, group, created: clock() });
	const server = new Server({
		path: UPLOADS,
		datastore: store,
		relativeLocation: true,
		maxSize: Math.max(limits.uploadBytesMax, limits.tableBytesMax),
		allowedOrigins: () => false,
		getFileIdFromRequest: (_request, last) => (NAME.test(last ?? '') ? last : undefined),
		onUploadCreate: async ({ runtime }, upload) => {
			const request = runtime?.node?.req;
			add(upload.id, upload, (request === undefined ? undefined : groups.get(request)) ?? '');
			return {};
		},
		onUploadFinish: finishing(book, directory, discard, checking),
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
		whole: async (bytes, sha256, group) => {
			const problem = await checking(bytes.length, sha256, async () => bytes);
			if (problem !== undefined) return err(problem);
			const id = randomBytes(16).toString('hex');
			book.add({ id, sha256, size: bytes.length, group, created: clock() });
			book.finish(id);
			return ok(`${UPLOADS}/${id}`);
		},
		resume: async () => {
			// The store makes its folder too, in its own time; it should not do so later than this.
			await mkdir(directory, { recursive: true });
			for (const file of readdirSync(directory)) {
				const id = file.slice(0, -'.json'.length);
				const upload = NAME.test(id) && file.endsWith('.json') ? await store.configstore.get(id) : undefined;
				if (upload !== undefined) add(id, upload, '');
			}
		},
		sweep: async () => {
			for (const { id } of book.expired(clock())) await discard(id);
		},
	};
}

/** 128 random bits. */
const NAME = /^[0-9a-f]{32}$/;

type Finished = NonNullable<ServerOptions['onUploadFinish']>;

/**
 * What an upload that is whole comes to. A refused one is gone. One that could not be looked at stays, and a PATCH of nothing asks again; but a sender who sent all of it with the
 * announcement is not told its name when that fails, and could never come back to it.
 */
function finishing(
	book: UploadBook,
	directory: string,
	discard: (id: string) => Promise<void>,
	checking: Checker,
): Finished {
	return async ({ method }, { id, metadata, size = 0 }) => {
		const path = join(directory, id);
		const problem = await checking(size, metadata?.['sha256'] ?? '', () => readFile(path));
		if (problem === undefined) {
			book.finish(id);
			await discard(id);
			return {};
		}
		const refused = problem.status < 500;
		if (refused || method === 'POST') await discard(id);
		return { status_code: problem.status, headers: headersOf(problem), body: JSON.stringify(problem.body()) };
	};
}

function headersOf({ retryAfter }: Problem): Record<string, string> {
	const type = { 'content-type': 'application/json; charset=utf-8' };
	return retryAfter === undefined ? type : { ...type, 'retry-after': String(retryAfter) };
}

type Checker = (size: number, sha256: Digest, read: () => Promise<Uint8Array>) => Promise<Problem | undefined>;

/** Whole files in turn: so many in memory, fewer of the large ones and of tables beyond the size of images, and at most so many being decoded. */
function checker(parts: TusParts): Checker {
	const { limits, metrics } = parts;
	const small = fewAtOnce(limits.uploadsInMemoryMax, limits.uploadsWaitingMax);
	const large = fewAtOnce(limits.largeUploadsInMemoryMax, limits.uploadsWaitingMax);
	const tables = fewAtOnce(limits.tablesInMemoryMax, limits.uploadsWaitingMax);
	const decode = fewAtOnce(limits.decodesMax, limits.uploadsInMemoryMax + limits.largeUploadsInMemoryMax);

	return async (size, sha256, read) => {
		const inTurn = size > limits.uploadBytesMax ? tables : size > limits.largeUploadBytes ? large : small;
		const work = inTurn(() => checkAndHold(parts, decode, read, sha256));
		const problem =
			work === undefined ? unavailable('too many images waiting to be checked', limits.laterSeconds) : await work;
		metrics.uploaded(problem === undefined ? 'held' : problem.status < 500 ? 'refused' : 'later');
		return problem;
	};
}

async function checkAndHold(
	parts: TusParts,
	decode: FewAtOnce,
	read: () => Promise<Uint8Array>,
	sha256: string,
): Promise<Problem | undefined> {
	try {
		const bytes = await read();
		if (parts.sha256Hex(bytes) !== sha256)
			return refusedImage('bytes with the SHA-256 that was announced', 'others', 'send the file itself, unchanged');
		const filed = parts.isFiled(sha256) && imageType(bytes) === undefined;
		if (!filed && bytes.length > parts.limits.uploadBytesMax)
			return refusedImage(`an image of at most ${parts.limits.uploadBytesMax} bytes`, 'a larger one', ANEW);
		const checked = filed ? checkDocument(bytes, parts.limits) : await decode(() => checkImage(bytes, parts.limits));
		assert(checked !== undefined, 'whoever is in memory may wait for the decoder');
		if (!checked.ok) return filed ? refusedFile(checked.error) : refusedImage(IMAGE, checked.error, ANEW);
		await parts.hold(bytes);
		return undefined;
	} catch (error) {
		parts.failed(error);
		const why = error instanceof Trouble ? 'trouble with the disk' : 'a fault of this server';
		return unavailable(why, parts.limits.laterSeconds);
	}
}

const IMAGE = 'one PNG, JPEG or WebP, whole and nothing else';
const ANEW = 'take or export the picture anew, and capture that one';

function refusedFile(got: string): Problem {
	return new Problem(422, {
		rule: 'A25',
		expected:
			'a text in UTF-8 that opens with its salt, the table of a count in its one spelling (S44), a PDF, or an image',
		got,
		do: 'make it one of these, and name that one in a statement; `matokeo say --text` salts a text, and spec/statements.md has the spelling of a table',
	});
}

function refusedImage(expected: string, got: string, hint: string): Problem {
	return new Problem(422, { rule: 'A9', expected, got, do: hint });
}
