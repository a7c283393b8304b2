/** `--image KIND=FILE`: an image's digest and size, as a capture names it (S27). The image itself is sent by other means; the log says when it holds it. */
import { LIMITS } from '@matokeo/core/election/limits.ts';
import type { JsonObject } from '@matokeo/core/std/canonical.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { readGiven } from '../given.ts';

export function withImages(body: JsonObject, given: readonly string[]): Result<JsonObject> {
	if (given.length === 0) return ok(body);
	if (body['images'] !== undefined)
		return err('The body names images already: leave out --image, or "images" in the body.');
	const suite = nativeSuite();
	const images: JsonObject[] = [];
	for (const one of given) {
		const at = one.indexOf('=');
		if (at < 1) return err(`--image "${one}": expected KIND=FILE, such as --image original=form.jpg.`);
		const bytes = readGiven(one.slice(at + 1), LIMITS.fileBytesMax);
		if (!bytes.ok) return bytes;
		if (bytes.value.length === 0) return err(`"${one.slice(at + 1)}" is empty: name the photograph of the form.`);
		images.push({ kind: one.slice(0, at), sha256: suite.sha256Hex(bytes.value), size: bytes.value.length });
	}
	return ok({ ...body, images });
}
