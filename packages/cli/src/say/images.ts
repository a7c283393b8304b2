/**
 * `--image KIND=FILE`: an image's digest and size, as a capture names it (S27), and the image itself on its way to the server once the capture is in the log. Sent in one go: a line on which
 * that does not hold is a device's business; sending again is always right.
 */
import { LIMITS } from '@matokeo/core/election/limits.ts';
import type { Digest } from '@matokeo/core/record/said.ts';
import type { Image } from '@matokeo/core/record/statement.ts';
import type { JsonObject } from '@matokeo/core/std/canonical.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { readGiven } from '../given.ts';
import type { GivenFile } from './files.ts';
import type { Fetch } from './sending.ts';

export type GivenImage = Image & GivenFile;

/** An image of 32 MiB on a line of two megabits. */
const UPLOAD_MS_MAX = 180_000;

/** Each `kind=file`. */
export function readImages(given: readonly string[]): Result<readonly GivenImage[]> {
	const suite = nativeSuite();
	const images: GivenImage[] = [];
	for (const one of given) {
		const at = one.indexOf('=');
		if (at < 1) return err(`--image "${one}": expected KIND=FILE, such as --image original=form.jpg.`);
		const file = one.slice(at + 1);
		const bytes = readGiven(file, LIMITS.fileBytesMax);
		if (!bytes.ok) return bytes;
		if (bytes.value.length === 0) return err(`"${file}" is empty: name the photograph of the form.`);
		const sha256 = suite.sha256Hex(bytes.value);
		images.push({ kind: one.slice(0, at), sha256, size: bytes.value.length, file, bytes: bytes.value });
	}
	return ok(images);
}

export function withImages(body: JsonObject, images: readonly GivenImage[]): Result<JsonObject> {
	if (images.length === 0) return ok(body);
	if (body['images'] !== undefined)
		return err('The body names images already: leave out --image, or "images" in the body.');
	return ok({ ...body, images: images.map(({ kind, sha256, size }) => ({ kind, sha256, size })) });
}

/** Why these are not the images or files that a note names, or nothing. */
export function foreignFile(named: readonly Digest[], files: readonly GivenFile[]): string | undefined {
	const foreign = files.find(({ sha256 }) => !named.includes(sha256));
	return foreign === undefined
		? undefined
		: `"${foreign.file}" is none of the images and files that this note names (by digest). A text is given as it was salted, \`….salted\`.`;
}

/** By tus 1.0, creation with upload: the server holds it when this says so. */
export async function sendFile(server: URL, image: GivenFile, fetcher: Fetch = fetch): Promise<Result<undefined>> {
	const url = new URL('api/v1/uploads', server);
	const again =
		'The statement is in the log; send the file again: matokeo say --in NOTE --image … (or --text, --document) --send …';
	try {
		const response = await fetcher(url, {
			method: 'POST',
			headers: {
				'tus-resumable': '1.0.0',
				'upload-length': String(image.size),
				'upload-metadata': `sha256 ${Buffer.from(image.sha256).toString('base64')}`,
				'content-type': 'application/offset+octet-stream',
			},
			body: Buffer.from(image.bytes),
			redirect: 'error',
			signal: AbortSignal.timeout(UPLOAD_MS_MAX),
		});
		const said = (await response.text()).slice(0, 500).replace(/\p{Cc}+/gu, ' ');
		const whole = response.status === 201 && response.headers.get('upload-offset') === String(image.size);
		if (whole || response.status === 200) return ok(undefined);
		return err(`"${image.file}" was not taken (${response.status}): ${said}\n${again}`);
	} catch (error) {
		const why = error instanceof Error ? error.message : String(error);
		return err(`"${image.file}" did not get through (${why}).\n${again}`);
	}
}
