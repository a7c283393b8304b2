/** Images that a mirror keeps (spec/mirror.md, M12): nothing is shown that was not looked at, that is withheld meanwhile, or of which it is not known yet whether it is wanted. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import { ok } from '@matokeo/core/std/result.ts';
import { blobPath } from '@matokeo/portal/site/paths.ts';
import { keepingIn } from '@matokeo/verifier/fetch/keeping.ts';
import type { Source } from '@matokeo/verifier/fetch/source.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { imageKeeper, type KeeperParts } from '../../src/mirror/imageKeeper.ts';

const suite = nativeSuite();
const image = utf8Encode('the form of 001');
const sha256 = suite.sha256Hex(image);
const told = { sha256, size: image.length };

let folder = '';
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'matokeo-images-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What happens before the source has answered. */
function keeper(more: Partial<KeeperParts> & { readonly meanwhile?: () => void } = {}) {
	const get: Source['get'] = async () => {
		more.meanwhile?.();
		return ok(image);
	};
	return imageKeeper({
		suite,
		source: { url: 'http://127.0.0.1/', get },
		keeping: keepingIn(folder),
		bytesMax: 1_000_000,
		fileBytesMax: 1_000_000,
		wants: () => true,
		found: () => undefined,
		isClosing: () => false,
		...more,
	});
}

const file = (): string => join(folder, blobPath(sha256));

describe('an image', () => {
	it('is not shown before it was looked at, and a wrong one neither then nor while the right one is fetched', async () => {
		mkdirSync(dirname(file()), { recursive: true });
		writeFileSync(file(), 'the form of 002');
		const shown: boolean[] = [];
		const images = keeper({ meanwhile: () => void shown.push(images.keeps(sha256), existsSync(file())) });
		images.tell({ state: 'public', ...told });
		shown.push(images.keeps(sha256));
		const looked = images.round(false);
		shown.push(images.keeps(sha256));
		await looked;
		shown.push(images.keeps(sha256));
		await images.round(true);
		expect(shown).toEqual([false, false, false, false, false]);
		expect(images.keeps(sha256)).toBe(true);
	});

	it('that is withheld while it is fetched is not shown and does not stay', async () => {
		const images = keeper({ meanwhile: () => images.tell({ state: 'withheld', ...told }) });
		images.tell({ state: 'public', ...told });
		await images.round(true);
		expect([images.keeps(sha256), existsSync(file()), images.counts().bytes]).toEqual([false, false, 0]);
	});

	it('that is withheld while it is looked at is not shown', async () => {
		mkdirSync(dirname(file()), { recursive: true });
		writeFileSync(file(), image);
		const images = keeper();
		images.tell({ state: 'public', ...told });
		const looked = images.round(false);
		images.tell({ state: 'withheld', ...told });
		await looked;
		expect([images.keeps(sha256), existsSync(file()), images.counts().bytes]).toEqual([false, false, 0]);
	});

	it('of an area that is not known yet waits, and is fetched once it is', async () => {
		let wanted: boolean | undefined;
		const images = keeper({ wants: () => wanted });
		images.tell({ state: 'public', ...told });
		await images.round(true);
		wanted = true;
		await images.round(true);
		expect(images.keeps(sha256)).toBe(true);
	});
});
