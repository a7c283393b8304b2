/** Images of a log that is fetched (V67): under the digest and in the size that the log gives them, or not at all. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { fetchImage, fetchImages } from '../src/fetch/files.ts';
import { keepingIn } from '../src/fetch/keeping.ts';
import { send, sourceOf } from './support/fetching.ts';
import { closeServers, fileServer } from './support/fileServer.ts';
import { newFolder, publish, removeFolders } from './support/publish.ts';
import { smallLog, suite } from './support/smallLog.ts';

const sound = publish(smallLog());
afterEach(closeServers);
afterAll(removeFolders);

describe('V67 images', () => {
	const digests = readdirSync(join(sound.dir, 'blob')).flatMap((folder) =>
		readdirSync(join(sound.dir, 'blob', folder)),
	);
	const images = digests.map((sha256) => {
		const size = readFileSync(join(sound.dir, 'blob', sha256.slice(0, 2), sha256)).length;
		return { state: 'public', sha256, size } as const;
	});
	const [first] = images;

	it('come in the size and under the digest that the log gives them, each once', async () => {
		const server = await fileServer(() => sound.dir);
		const [to, source] = [newFolder(), sourceOf(server.url)];
		const keeping = keepingIn(to);
		expect(images).toHaveLength(3);
		expect(await fetchImages(suite, source, keeping, images)).toEqual({ fetched: 3, missing: 0 });
		expect(await fetchImages(suite, source, keeping, images)).toEqual({ fetched: 0, missing: 0 });
		expect(server.asked).toHaveLength(3);
		const sizes = images.map(
			({ sha256, size }) => readFileSync(join(to, 'blob', sha256.slice(0, 2), sha256)).length === size,
		);
		expect(sizes).toEqual([true, true, true]);
	});

	it('of other bytes, another size, or more than any image has are not kept', async () => {
		if (first === undefined) throw new Error('no image');
		const server = await fileServer(
			() => sound.dir,
			(path, response) => path.endsWith(first.sha256) && send(response, 'x'.repeat(first.size)),
		);
		const keeping = keepingIn(newFolder());
		const ask = (image: { sha256: string; size: number }) => fetchImage(suite, sourceOf(server.url), keeping, image);
		expect(await ask(first)).toMatchObject({
			ok: false,
			error: { kind: 'refused', why: expect.stringContaining('not the image') },
		});
		expect(await ask({ ...first, size: first.size + 1 })).toMatchObject({ ok: false, error: { kind: 'refused' } });
		expect(await ask({ ...first, size: 2 ** 40 })).toMatchObject({ ok: false, error: { kind: 'refused' } });
		expect(server.asked).toHaveLength(2);
		expect(await fetchImages(suite, sourceOf(server.url), keeping, images)).toEqual({ fetched: 2, missing: 1 });
	});
});
