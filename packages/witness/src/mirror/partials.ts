/**
 * Partial tiles and bundles in a mirror's folder (M6): those of the accepted checkpoint are what it implies; one of another size, that came for a checkpoint which was not accepted, was looked at by nobody and must not stay
 * where a larger checkpoint would seem to imply it.
 */
import { type Dirent, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { TILE_WIDTH } from '@matokeo/core/log/limits.ts';
import { printBundlePath, printTilePath } from '@matokeo/core/log/tilePath.ts';
import { levelWidths } from '@matokeo/core/log/tiles.ts';

/** Removes those of the larger size that are none of the smaller one. */
export function dropPartials(folder: string, from: number, to: number): void {
	const own = new Set(partialsOf(from));
	for (const path of partialsOf(to)) if (!own.has(path)) rmSync(join(folder, path), { force: true });
}

/** Removes all but those of this size: what a mirror that was broken off may have left. */
export function sweepPartials(folder: string, size: number): void {
	const own = new Set(partialsOf(size));
	const sweep = (path: string): void => {
		for (const { name, isFolder } of listOf(join(folder, path))) {
			const inner = `${path}/${name}`;
			if (isFolder) sweep(inner);
			else if (isPartial(inner) && !own.has(inner)) rmSync(join(folder, inner), { force: true });
		}
	};
	sweep('tile');
}

/** Of the paths of tiles and bundles. */
export function isPartial(path: string): boolean {
	return /\.p\/[0-9]+$/.test(path);
}

function partialsOf(size: number): readonly string[] {
	return levelWidths(size).flatMap((all, level) => {
		const [index, width] = [Math.floor(all / TILE_WIDTH), all % TILE_WIDTH];
		if (width === 0) return [];
		const tile = printTilePath({ level, index, width });
		return level === 0 ? [tile, printBundlePath({ index, width })] : [tile];
	});
}

function listOf(path: string): readonly { readonly name: string; readonly isFolder: boolean }[] {
	let entries: readonly Dirent[] = [];
	try {
		entries = readdirSync(path, { withFileTypes: true });
	} catch (error) {
		if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
	}
	return entries.map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }));
}
