/**
 * Fetches the tiles and bundles that a larger size of a log adds (V67): the tiles above first, which are few and soon show a size that is not there. A file that lies in the folder in its right length is not fetched
 * again unless it is asked for. Whether the files are the log's is asked by whoever verifies.
 */
import { decodeBundle, encodeBundle } from '@matokeo/core/log/bundle.ts';
import { ENTRY_BYTES_MAX, TILE_WIDTH } from '@matokeo/core/log/limits.ts';
import {
	parseBundlePath,
	parseTilePath,
	printBundlePath,
	printTilePath,
	type Tile,
} from '@matokeo/core/log/tilePath.ts';
import { levelWidths, newTilesOf } from '@matokeo/core/log/tiles.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import { inParallel } from './inParallel.ts';
import type { Keeping } from './keeping.ts';
import { REQUESTS_AT_ONCE } from './limits.ts';
import type { Source, Unfetched } from './source.ts';

export interface StepFetching {
	/** Paths of files that lie there and are not right, of this step or of earlier ones: they are fetched first. */
	readonly again?: ReadonlySet<string>;
	/** Files done of those that the step has. */
	readonly progress?: (done: number, all: number) => void;
}

/** A tile of hashes, or the bundle of the same place. */
interface StepFile {
	readonly path: string;
	readonly tile: Tile;
	readonly bundle: boolean;
}

/** How many files were fetched; the failure is that of the first file that could not be had. */
export async function fetchStep(
	source: Source,
	keeping: Keeping,
	from: number,
	to: number,
	{ again = NONE, progress }: StepFetching = {},
): Promise<Result<number, Unfetched>> {
	const all = filesBetween(from, to);
	let [done, fetched] = [0, 0];
	const failure = await inParallel(stepFiles(from, to, again), REQUESTS_AT_ONCE, async (file) => {
		if (again.has(file.path) || !isThere(keeping, file)) {
			const got = await (file.bundle ? bundleFrom(source, file.tile) : tileFrom(source, file.tile));
			if (!got.ok) return got.error;
			keeping.put(file.path, got.value);
			fetched++;
		}
		done++;
		progress?.(done, Math.max(done, all));
		return undefined;
	});
	return failure === undefined ? ok(fetched) : err(failure);
}

const NONE: ReadonlySet<string> = new Set();

function* stepFiles(from: number, to: number, again: ReadonlySet<string>): Generator<StepFile> {
	for (const path of again) {
		const tile = parseTilePath(path);
		const bundle = parseBundlePath(path);
		if (tile.ok) yield { path, tile: tile.value, bundle: false };
		if (bundle.ok) yield { path, tile: { level: 0, ...bundle.value }, bundle: true };
	}
	for (const file of newFiles(from, to)) if (!again.has(file.path)) yield file;
}

function* newFiles(from: number, to: number): Generator<StepFile> {
	for (let level = levelWidths(to).length - 1; level >= 0; level--) {
		for (const tile of newTilesOf(level, from, to)) {
			yield { path: printTilePath(tile), tile, bundle: false };
			if (level === 0) yield { path: printBundlePath(tile), tile, bundle: true };
		}
	}
}

function filesBetween(from: number, to: number): number {
	const before = levelWidths(from);
	const counts = levelWidths(to).map((width, level) => {
		const old = before[level] ?? 0;
		return old === width ? 0 : Math.ceil(width / TILE_WIDTH) - Math.floor(old / TILE_WIDTH);
	});
	return counts.reduce((sum, count) => sum + count, counts[0] ?? 0);
}

function isThere(keeping: Keeping, { path, tile, bundle }: StepFile): boolean {
	const size = keeping.sizeOf(path);
	return size !== undefined && (bundle ? size >= 2 * tile.width : size === 32 * tile.width);
}

/** A partial tile may have given way to the full one, of which it is the beginning. */
async function tileFrom(source: Source, tile: Tile): Promise<Result<Uint8Array, Unfetched>> {
	const wanted = (width: number) => ({ bytesMax: 32 * width, exactly: true }) as const;
	const own = await source.get(printTilePath(tile), wanted(tile.width));
	if (own.ok || own.error.kind !== 'absent' || tile.width === TILE_WIDTH) return own;
	const full = await source.get(printTilePath({ ...tile, width: TILE_WIDTH }), wanted(TILE_WIDTH));
	return full.ok ? ok(full.value.slice(0, 32 * tile.width)) : full.error.kind === 'absent' ? own : full;
}

/** The same of a bundle. */
async function bundleFrom(source: Source, tile: Tile): Promise<Result<Uint8Array, Unfetched>> {
	const own = await entriesFrom(source, tile);
	if (own.ok) return ok(own.value.bytes);
	if (own.error.kind !== 'absent' || tile.width === TILE_WIDTH) return own;
	const full = await entriesFrom(source, { ...tile, width: TILE_WIDTH });
	if (full.ok) return ok(encodeBundle(full.value.entries.slice(0, tile.width)));
	return full.error.kind === 'absent' ? own : full;
}

interface Entries {
	readonly bytes: Uint8Array;
	readonly entries: readonly Uint8Array[];
}

async function entriesFrom({ get, url }: Source, tile: Tile): Promise<Result<Entries, Unfetched>> {
	const path = printBundlePath(tile);
	const got = await get(path, { bytesMax: tile.width * (2 + ENTRY_BYTES_MAX) });
	if (!got.ok) return got;
	const entries = decodeBundle(got.value, tile.width);
	if (!entries.ok) return err({ kind: 'refused', why: `${url}${path} is no bundle of a log: ${entries.error}` });
	return ok({ bytes: got.value, entries: entries.value });
}
