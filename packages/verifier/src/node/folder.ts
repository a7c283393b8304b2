/**
 * What lies in a published folder (V5): every tile and bundle by its place, every blob directory, every published result; and whatever does not belong there. Names
 * only: nothing is opened here. Symbolic links and special files are reported, never followed.
 */
import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseBundlePath, parseTilePath } from '@matokeo/core/log/tilePath.ts';
import { FOLDER_DEPTH_MAX, FOLDER_FILES_MAX } from '../check/limits.ts';

export interface Stray {
	readonly file: string;
	readonly why: string;
}

export interface FolderList {
	/** Index → widths of the bundle files there are. */
	readonly bundles: ReadonlyMap<number, readonly number[]>;
	/** Level → index → widths of the tile files there are. */
	readonly tiles: ReadonlyMap<number, ReadonlyMap<number, readonly number[]>>;
	/** Two hex digits each. */
	readonly blobDirectories: readonly string[];
	/** Names of `results/<contest>.json` without the ending. */
	readonly results: readonly string[];
	readonly strays: readonly Stray[];
	/** Names at the top that belong there and are ordinary files or folders. */
	readonly top: readonly string[];
	/** Names beside the record, at the top of the folder: not looked at. */
	readonly beside: readonly string[];
}

const TOP = new Set(['checkpoint', 'witnessed', 'log.vkey', 'tile', 'blob', 'package', 'results']);

const BLOB_DIRECTORY = /^([0-9a-f]{2})$/;
const RESULTS = /^([a-z0-9._-]{1,64})\.json$/;

export function listFolder(folder: string): FolderList {
	const bundles = new Map<number, number[]>();
	const tiles = new Map<number, Map<number, number[]>>();
	const strays: Stray[] = [];
	let files = 0;

	function place(path: string): void {
		if (++files > FOLDER_FILES_MAX) throw new Error(`the folder has more than ${FOLDER_FILES_MAX} tiles`);
		const bundle = parseBundlePath(path);
		const tile = parseTilePath(path);
		if (bundle.ok) add(bundles, bundle.value.index, bundle.value.width);
		else if (tile.ok) {
			const level = tiles.get(tile.value.level) ?? new Map<number, number[]>();
			tiles.set(tile.value.level, level);
			add(level, tile.value.index, tile.value.width);
		} else strays.push({ file: path, why: 'no tile or bundle is called so' });
	}

	function walk(path: string, depth: number): void {
		if (depth > FOLDER_DEPTH_MAX) {
			strays.push({ file: path, why: 'it lies deeper than any tile does' });
			return;
		}
		for (const entry of entriesOf(join(folder, path))) {
			const inner = `${path}/${entry.name}`;
			if (entry.isDirectory()) walk(inner, depth + 1);
			else if (entry.isFile()) place(inner);
			else strays.push({ file: inner, why: kindOf(entry) });
		}
	}

	const beside: string[] = [];
	const top: string[] = [];
	for (const entry of entriesOf(folder)) {
		if (!TOP.has(entry.name)) beside.push(entry.name);
		else if (!entry.isDirectory() && !entry.isFile()) strays.push({ file: entry.name, why: kindOf(entry) });
		else {
			top.push(entry.name);
			if (entry.name === 'tile') walk('tile', 1);
		}
	}
	return {
		bundles,
		tiles,
		strays,
		beside,
		top,
		blobDirectories: top.includes('blob') ? namesIn(folder, 'blob', BLOB_DIRECTORY, true, strays) : [],
		results: top.includes('results') ? namesIn(folder, 'results', RESULTS, false, strays) : [],
	};
}

/** The directories of images alone, once more: after images were brought. */
export function listBlobs(folder: string): readonly string[] {
	return namesIn(folder, 'blob', BLOB_DIRECTORY, true, []);
}

function namesIn(
	folder: string,
	path: string,
	pattern: RegExp,
	directories: boolean,
	strays: Stray[],
): readonly string[] {
	const names: string[] = [];
	for (const entry of entriesOf(join(folder, path))) {
		const name = pattern.exec(entry.name)?.[1];
		const fits = directories ? entry.isDirectory() : entry.isFile();
		if (name !== undefined && fits) names.push(name);
		else strays.push({ file: `${path}/${entry.name}`, why: fits ? 'nothing here is called so' : kindOf(entry) });
	}
	return names;
}

/** Of a directory that is not there or is none: nothing. Whoever needs what should be in it says that it is missing. */
export function entriesOf(path: string): readonly Dirent[] {
	try {
		return readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
	} catch {
		return [];
	}
}

export function kindOf(entry: Dirent): string {
	if (entry.isSymbolicLink()) return 'it is a symbolic link, which is never followed';
	if (entry.isDirectory()) return 'it is a directory where a file belongs';
	return entry.isFile() ? 'it is a file where a directory belongs' : 'it is neither a file nor a directory';
}

function add(places: Map<number, number[]>, index: number, width: number): void {
	const widths = places.get(index);
	if (widths === undefined) places.set(index, [width]);
	else widths.push(width);
}
