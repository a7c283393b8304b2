/** Where data of real elections lie, outside this repository; tests that need them skip where they are absent, and say so in their titles. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const SHARED = new URL('../../../../../shared/data/', import.meta.url);

export function sharedPath(path: string): string {
	return fileURLToPath(new URL(path, SHARED));
}

export function hasShared(path: string): boolean {
	return existsSync(sharedPath(path));
}

const BLOCK = 512;

/** Regular files of a gzipped tar archive, by path. */
export function* tarFiles(path: string): Generator<readonly [string, string]> {
	const tar = gunzipSync(readFileSync(path));
	for (let at = 0; at < tar.length && tar[at] !== 0; ) {
		const text = (from: number, length: number) =>
			tar.toString('utf8', at + from, at + from + length).replace(/\0.*$/s, '');
		const size = Number.parseInt(text(124, 12), 8);
		const name = [text(345, 155), text(0, 100)].filter((part) => part !== '').join('/');
		if (text(156, 1) === '0') yield [name, tar.toString('utf8', at + BLOCK, at + BLOCK + size)];
		at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
	}
}
