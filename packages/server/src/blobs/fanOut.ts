/**
 * The 256 folders that blobs are spread over (D13), made when a server starts: made one by one with the first images of an evening, each would hold everybody up for a sync of its own.
 */
import { closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Folder } from '../publish/folder.ts';

export function makeBlobFolders({ heldBlob, publicBlob }: Folder): void {
	for (const pathOf of [heldBlob, publicBlob]) {
		const folders = Array.from({ length: 256 }, (_, i) => dirname(pathOf(i.toString(16).padStart(2, '0'))));
		for (const folder of folders) mkdirSync(folder, { recursive: true });
		syncFolder(dirname(folders[0] ?? ''));
	}
}

function syncFolder(path: string): void {
	const folder = openSync(path, 'r');
	try {
		fsyncSync(folder);
	} finally {
		closeSync(folder);
	}
}
