/**
 * Sending images by tus 1.0: in one go where the line holds (creation-with-upload), else announced, broken off at some byte, asked how far it came, and resumed from there.
 */
import { parseSize } from '@matokeo/core/log/decimal.ts';
import { Trouble } from '@matokeo/server/ports/trouble.ts';
import type { Came, Connection } from './connection.ts';
import type { Ending } from './ledger.ts';
import type { Weather } from './lines.ts';
import type { Ask } from './persist.ts';
import { beginning } from './wire.ts';

export type Uploaded = Extract<Ending, 'upload-whole' | 'upload-resumed' | 'upload-again' | 'upload-there'>;

const UPLOADS = '/api/v1/uploads';
const TUS = { 'tus-resumable': '1.0.0' };
const CHUNK = { ...TUS, 'content-type': 'application/offset+octet-stream' };
/** A line that breaks more often than this in one image is not a line. */
const RESUMED_MAX = 20;

export interface Uploading {
	readonly connection: Connection;
	readonly ask: Ask;
	readonly weather: Weather;
}

/** `digest`: SHA-256 of the image, 64 hex digits. */
export async function upload(
	{ connection, ask, weather }: Uploading,
	digest: string,
	image: Uint8Array,
	session: Readonly<Record<string, string>> = {},
): Promise<Uploaded> {
	const broken = weather.upload(digest, image.length);
	const created = {
		...TUS,
		...session,
		'upload-length': String(image.length),
		'upload-metadata': `sha256 ${Buffer.from(digest).toString('base64')}`,
	};
	const whole = { method: 'POST', path: UPLOADS, headers: { ...created, ...CHUNK }, body: image } as const;
	if (broken?.announced === false) await connection.send({ ...whole, cut: broken.at });
	if (broken?.announced !== true) {
		const how = await finished(ask, await ask(whole), image, whole);
		return how === 'upload-whole' && broken !== undefined ? 'upload-again' : how;
	}
	const came = await ask({ method: 'POST', path: UPLOADS, headers: created });
	if (isThere(came)) return 'upload-there';
	const path = whereTo(came);
	const headers = { ...CHUNK, 'upload-offset': '0' };
	await connection.send({ method: 'PATCH', path, headers, body: image, cut: broken.at });
	return onwards(ask, path, image, whole);
}

async function finished(ask: Ask, came: Came, image: Uint8Array, whole: Asked): Promise<Uploaded> {
	if (isThere(came)) return 'upload-there';
	const path = whereTo(came);
	return came.headers['upload-offset'] === String(image.length) ? 'upload-whole' : onwards(ask, path, image, whole);
}

type Asked = Parameters<Ask>[0];

/** Resumed; or, where the server has forgotten the upload, sent anew: it says at once if it holds the image already. */
async function onwards(ask: Ask, path: string, image: Uint8Array, whole: Asked): Promise<Uploaded> {
	for (let at = path, anew = 0; anew < RESUMED_MAX; anew++) {
		const how = await resume(ask, at, image);
		if (how !== undefined) return how;
		const came = await ask(whole);
		if (isThere(came)) return 'upload-there';
		at = whereTo(came);
		if (came.headers['upload-offset'] === String(image.length)) return 'upload-again';
	}
	throw new Trouble(`an upload was begun ${RESUMED_MAX} times and forgotten each time; see the server's log`);
}

/**
 * An image of which the server has every byte is checked and kept only when a PATCH, be it of nothing, is answered well. `undefined`: the server knows no such upload any more.
 */
async function resume(ask: Ask, path: string, image: Uint8Array): Promise<Uploaded | undefined> {
	for (let attempt = 0; attempt < RESUMED_MAX; attempt++) {
		const asked = await ask({ method: 'HEAD', path, headers: TUS });
		if (asked.status === 404) return undefined;
		const said = String(asked.headers['upload-offset'] ?? '');
		const offset = parseSize(said);
		if (asked.status !== 200 || offset === undefined || offset > image.length)
			throw new Trouble(`HEAD ${path} answered ${asked.status} with Upload-Offset "${said}"`);
		const headers = { ...CHUNK, 'upload-offset': String(offset) };
		const came = await ask({ method: 'PATCH', path, headers, body: image.subarray(offset) });
		if (came.status === 204) return 'upload-resumed';
		if (came.status === 404) return undefined;
		// 409: another part of the same image arrived after all; ask how far it is.
		if (came.status !== 409) throw unexpected('PATCH', path, came);
	}
	throw new Trouble(`an upload was resumed ${RESUMED_MAX} times and is not whole; see the server's log`);
}

/** The server holds these bytes already and needs none of them. */
function isThere({ status }: Came): boolean {
	return status === 200;
}

/** Path of the new upload; `Location` may be a whole address. */
function whereTo(came: Came): string {
	const { location } = came.headers;
	if (came.status !== 201 || location === undefined) throw unexpected('POST', UPLOADS, came);
	return new URL(location, 'http://server').pathname;
}

function unexpected(method: string, path: string, { status, body }: Came): Trouble {
	return new Trouble(`${method} ${path} answered ${status}: ${beginning(body)}`);
}
