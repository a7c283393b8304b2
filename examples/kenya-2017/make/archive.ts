/**
 * The files inside a gzipped tar archive (POSIX ustar), by path: regular files, folders, and global comments, which are passed over. Enough for the one
 * archive of the source, and refuses every other kind of entry.
 */
import { gunzipSync } from 'node:zlib';

const BLOCK = 512;

export function filesIn(archive: Buffer): ReadonlyMap<string, Buffer> {
	const tar = gunzipSync(archive);
	const files = new Map<string, Buffer>();
	for (let at = 0; at < tar.length && tar[at] !== 0; ) {
		const text = (from: number, length: number) =>
			tar.toString('utf8', at + from, at + from + length).replace(/\0.*$/s, '');
		if (text(257, 5) !== 'ustar') throw new Error(`not a tar archive: no header at byte ${at}`);
		const size = Number.parseInt(text(124, 12), 8);
		const kind = text(156, 1);
		const path = [text(345, 155), text(0, 100)].filter((part) => part !== '').join('/');
		if (kind === '0') files.set(path, tar.subarray(at + BLOCK, at + BLOCK + size));
		else if (kind !== '5' && kind !== 'g') throw new Error(`an entry of kind ${kind} was not expected: ${path}`);
		at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
	}
	return files;
}
