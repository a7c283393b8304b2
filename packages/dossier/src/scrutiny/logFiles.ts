/** The published log in a pack (Y9): checkpoint, what witnesses have seen, tiles, package and results, byte for byte as everybody can fetch them; public images only when they are asked for, since they are most of the bytes. What lies there and is no part of the log is left. */
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Folder } from '@matokeo/server/publish/folder.ts';
import type { PackFile } from './packFile.ts';

const PARTS = ['checkpoint', 'witnessed', 'log.vkey', 'package', 'results', 'tile'];

/** `images`: from where they are taken; absent: they are left out. */
export function* logFiles({ checkpoint }: Folder, images?: string): Generator<PackFile> {
	const root = dirname(checkpoint);
	for (const part of PARTS) yield* filesAt(join(root, part), `log/${part}`);
	if (images !== undefined) yield* filesAt(images, 'log/blob');
}

function* filesAt(from: string, path: string): Generator<PackFile> {
	const stat = lstatSync(from, { throwIfNoEntry: false });
	if (stat?.isDirectory() === true)
		for (const name of readdirSync(from).sort()) yield* filesAt(join(from, name), `${path}/${name}`);
	else if (stat?.isFile() === true) yield { path, content: () => readFileSync(from) };
}
