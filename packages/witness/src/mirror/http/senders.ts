/**
 * What senders hand to a mirror (M20–M24): statements with the body of the server's own route, images by digest, and lists of what waits. Rates are kept by address before anything is looked at.
 */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { utf8Decode, utf8Encode } from '@matokeo/core/std/bytes.ts';
import { addressGroup } from '@matokeo/portal/live/address.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { syncFolder } from '../durable.ts';
import { pendingImage } from '../folder.ts';
import { pendingPage, pendingView } from '../pages/pending.ts';
import type { PendingAnswer } from '../pendingDesk.ts';
import type { PendingStatement } from '../pendingStore.ts';
import type { App, MirrorHttpParts, SenderParts } from './parts.ts';
import { later, notFound, sendProblem, tooMany } from './problems.ts';

const PLAIN = 'text/plain; charset=utf-8';
const LATER_SECONDS = 60;
const DIGEST = /^[0-9a-f]{64}$/;

export function senderRoutes(app: App, parts: MirrorHttpParts): void {
	const { senders, limits } = parts;
	if (senders === undefined) {
		const none = async (_request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
			sendProblem(reply, 404, {
				rule: 'M20',
				expected: 'a mirror that keeps statements for senders',
				got: 'one without a key of its own, which could not vouch for anything',
				do: 'hand it to another mirror, or ask whoever runs this one to start it with --key',
			});
		for (const url of ['/pending', '/pending.json', '/pending.html', '/pending/*'])
			app.route({ method: ['GET', 'POST', 'PUT'], url, handler: none });
		return;
	}
	app.post('/pending', { bodyLimit: limits.listBodyBytesMax }, async (request, reply) =>
		take(parts, senders, request, reply),
	);
	app.put<{ Params: { sha256: string } }>(
		'/pending/blob/:sha256',
		{ bodyLimit: limits.imageBytesMax },
		takeImage(parts, senders),
	);
	app.get('/pending.json', async (_request, reply) =>
		reply.header('cache-control', 'no-store').send(pendingView(senders.store, limits.pendingMax)),
	);
	app.get('/pending.html', async (_request, reply) =>
		reply
			.type('text/html; charset=utf-8')
			.send(pendingPage(parts, pendingView(senders.store, limits.pendingShownMax), parts.status())),
	);
	const of =
		(what: keyof Pick<PendingStatement, 'word' | 'note' | 'answer'>) =>
		async (request: FastifyRequest<{ Params: { id: string } }>, reply: FastifyReply): Promise<FastifyReply> => {
			const one = DIGEST.test(request.params.id) ? senders.store.statement(request.params.id) : undefined;
			const bytes = one?.[what];
			if (bytes === undefined || bytes.length === 0)
				return notFound(reply, 'what is kept of a statement', 'see /pending.json');
			return reply.type(PLAIN).send(Buffer.from(bytes));
		};
	app.get('/pending/:id/word', of('word'));
	app.get('/pending/:id/note', of('note'));
	app.get('/pending/:id/answer', of('answer'));
}

async function take(
	{ limits, purses, still }: MirrorHttpParts,
	{ desk }: SenderParts,
	request: FastifyRequest,
	reply: FastifyReply,
): Promise<FastifyReply> {
	const notes = notesIn(request, limits.notesPerRequestMax);
	if (notes === undefined)
		return sendProblem(reply, 400, {
			rule: 'M20',
			expected: `{"notes": [text, …]} with 1 to ${limits.notesPerRequestMax} notes as application/json, or one note as text/plain`,
			got: 'another body',
			do: 'send what you would send to the log itself',
		});
	const group = addressGroup(request.ip);
	const wait = purses.notes.take(group, notes.length);
	if (wait !== undefined) return tooMany(reply, wait);
	if (!(await still()))
		return later(reply, 'the log is being verified, so keys cannot be looked up yet', LATER_SECONDS);
	const answers = desk.take(notes, group).map(spelled);
	if (answers.every(({ kind }) => kind === 'later')) reply.code(503).header('retry-after', LATER_SECONDS);
	return reply.type('application/json; charset=utf-8').send(JSON.stringify({ answers }));
}

function spelled(answer: PendingAnswer): { readonly kind: string } & Readonly<Record<string, string | number>> {
	switch (answer.kind) {
		case 'pending':
			return { kind: 'pending', id: answer.id, note: utf8Decode(answer.note) ?? '' };
		case 'full':
			return { kind: 'later', why: answer.why, retry_after: LATER_SECONDS };
		case 'logged':
		case 'refused':
			return answer;
	}
}

/** One note, or a list of them; nothing for any other body. */
function notesIn({ body, headers }: FastifyRequest, most: number): readonly Uint8Array[] | undefined {
	if (!(body instanceof Uint8Array) || body.length === 0) return undefined;
	if (headers['content-type']?.startsWith('text/plain') === true) return [body];
	const text = utf8Decode(body);
	let whole: unknown;
	try {
		whole = JSON.parse(text ?? '');
	} catch {
		return undefined;
	}
	const notes = typeof whole === 'object' && whole !== null && 'notes' in whole ? whole.notes : undefined;
	if (!Array.isArray(notes) || notes.length === 0 || notes.length > most) return undefined;
	const texts = notes.filter((note) => typeof note === 'string' && note.isWellFormed());
	return texts.length === notes.length ? texts.map((note) => utf8Encode(String(note))) : undefined;
}

/** M24: only an image that a statement kept here names, with the very size and digest. */
function takeImage({ folder, limits, purses, clock }: MirrorHttpParts, { store }: SenderParts) {
	let arriving: readonly string[] = [];
	let serial = 0;
	const refuse = (reply: FastifyReply, status: number, expected: string, got: string): FastifyReply =>
		sendProblem(reply, status, {
			rule: 'M24',
			expected,
			got,
			do: 'send the statement first, then the very image that it names',
		});

	const receive = async (request: FastifyRequest, reply: FastifyReply, sha256: string, size: number) => {
		const group = addressGroup(request.ip);
		const sums = store.imageSums();
		const own = arriving.filter((one) => one === group);
		if (arriving.length >= limits.imagesArrivingMax || own.length >= limits.imagesArrivingPerAddressMax)
			return later(reply, 'many images are arriving', LATER_SECONDS);
		if (sums.bytes + size > limits.imagesBytesMax || store.imageBytesOf(group) + size > limits.imagesPerAddressBytesMax)
			return later(reply, 'no more images of this address, or of all, are kept at once', LATER_SECONDS);
		const wait = purses.imageBytes.take(group, size);
		if (wait !== undefined) return tooMany(reply, wait);
		arriving = [...arriving, group];
		serial++;
		const path = `${pendingImage(folder, sha256)}.${serial}.part`;
		try {
			const came = await received(request, path, size);
			if (came !== sha256) return await refuse(reply, 400, 'bytes with this digest, all of them', 'others, or fewer');
			await rename(path, pendingImage(folder, sha256));
			syncFolder(folder.images);
			store.addImage(sha256, size, group, clock());
			return await reply.code(201).send({ kind: 'pending', sha256 });
		} finally {
			arriving = arriving.toSpliced(arriving.indexOf(group), 1);
			await rm(path, { force: true });
		}
	};
	return async (
		request: FastifyRequest<{ Params: { sha256: string } }>,
		reply: FastifyReply,
	): Promise<FastifyReply> => {
		const { sha256 } = request.params;
		if (!DIGEST.test(sha256)) return refuse(reply, 400, 'a digest of 64 hex digits', 'another name');
		if (store.image(sha256) !== undefined) return reply.code(200).send({ kind: 'pending', sha256 });
		const length = /^[1-9][0-9]{0,9}$/.exec(request.headers['content-length'] ?? '')?.[0];
		const size = length === undefined ? 0 : Number(length);
		if (request.headers['content-type'] !== 'application/octet-stream')
			return refuse(reply, 415, 'the image as application/octet-stream', 'another type');
		if (!store.wantedSizes(sha256).includes(size))
			return refuse(reply, 404, 'an image that a statement kept here names, with its size', 'another');
		return receive(request, reply, sha256, size);
	};
}

/** The digest of what came, which lies synced at the path; nothing when it broke off or was more than announced. */
async function received(request: FastifyRequest, path: string, size: number): Promise<string | undefined> {
	const hash = createHash('sha256');
	let bytes = 0;
	try {
		const counted = async function* (source: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
			for await (const piece of source) {
				if (!(piece instanceof Uint8Array)) continue;
				bytes += piece.length;
				if (bytes > size) throw new Error('more than was announced');
				hash.update(piece);
				yield piece;
			}
		};
		await pipeline(request.raw, counted, createWriteStream(path, { flush: true }));
	} catch {
		return undefined;
	}
	return bytes === size ? hash.digest('hex') : undefined;
}
