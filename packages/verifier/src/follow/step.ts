/**
 * What a checkpoint adds, looked at before any of it is believed (V63): the statements' own hashes must give the root that the log signed, and every tile that came must be what they give. Nothing is
 * replayed here and nothing changed, so that a step can be tried again with other files.
 */
import { join } from 'node:path';
import { TILE_WIDTH } from '@matokeo/core/log/limits.ts';
import { printBundlePath, printTilePath, type Tile } from '@matokeo/core/log/tilePath.ts';
import {
	appendToTiles,
	edgeRoot,
	levelWidths,
	newTilesOf,
	type TileEdge,
	tileHashes,
} from '@matokeo/core/log/tiles.ts';
import { bytesEqual } from '@matokeo/core/std/bytes.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { BUNDLES_PER_HASHING, FILES_NAMED_MAX } from '../check/limits.ts';
import type { TileList } from '../check/readLog.ts';
import type { BundleAnswer } from '../jobs/job.ts';
import { readWhole } from '../node/files.ts';
import type { Pool } from '../node/pool.ts';

export interface StepParts {
	readonly suite: Suite;
	readonly folder: string;
	readonly pool: Pool;
	/** The edge of the tree that was verified. */
	readonly edge: TileEdge;
}

export interface UnfitFile {
	readonly file: string;
	readonly why: string;
}

export interface StepFiles {
	/** The edge after what the bundles hold; where some cannot be read, as far as they can. */
	readonly edge: TileEdge;
	readonly root: Uint8Array;
	/** Index → root over the statements of a bundle that was read. */
	readonly roots: ReadonlyMap<number, Uint8Array>;
	/** Files that are missing, or not what the statements give. The first of them. */
	readonly unfit: readonly UnfitFile[];
	/** Whether every bundle could be read to its last statement. */
	readonly whole: boolean;
}

/** The files of a step as a list of the folder has them. */
export function stepList(from: number, to: number): TileList {
	const bundles = new Map([...newTilesOf(0, from, to)].map(({ index, width }) => [index, [width]]));
	return { bundles, tiles: new Map([[0, bundles]]) };
}

export async function checkStep({ suite, folder, pool, edge: start }: StepParts, size: number): Promise<StepFiles> {
	const unfit = unfitFiles(folder);
	const roots = new Map<number, Uint8Array>();
	const wanted = newTilesOf(0, start.size, size);
	let edge = start;
	for (let some = take(wanted); some.length > 0; some = take(wanted)) {
		const answers = await Promise.all(some.map((tile) => hashesOf(pool, tile)));
		const before = tileHashes(edge.partials[0] ?? new Uint8Array(0));
		const hashes = answers.flatMap((answer) => tileHashes(answer.hashes));
		if (before.some((hash, i) => hashes[i] !== undefined && !isSame(hash, hashes[i])))
			for (const tile of some.slice(0, 1))
				unfit.note(printBundlePath(tile), 'it does not begin with the statements that were verified before');
		for (const [i, tile] of some.entries()) noteFiles(unfit, tile, answers[i]);
		for (const { index, root } of answers) roots.set(index, root);
		const whole = answers.every(({ count }, i) => count === some[i]?.width);
		if (!whole) return { edge, root: edgeRoot(suite, edge), roots, unfit: unfit.list, whole };
		const grown = appendToTiles(suite, edge, hashes.slice(before.length));
		for (const { tile, bytes } of grown.tiles)
			if (tile.level > 0 && tile.width === TILE_WIDTH) unfit.compare(tile, bytes);
		edge = grown.edge;
	}
	for (const [level, partial] of edge.partials.entries()) {
		const index = Math.floor((levelWidths(size)[level] ?? 0) / TILE_WIDTH);
		if (level > 0 && partial.length > 0) unfit.compare({ level, index, width: partial.length / 32 }, partial);
	}
	return { edge, root: edgeRoot(suite, edge), roots, unfit: unfit.list, whole: true };
}

/** Every statement is hashed and none looked into: that comes when the root is known to be the log's. */
async function hashesOf(pool: Pool, { index, width }: Tile): Promise<BundleAnswer> {
	const job = { kind: 'bundle', index, width, skip: width, bundleWidths: [], tileWidths: [], header: '' } as const;
	const answer = await pool.ask(job);
	if (answer.kind !== 'bundle') throw new Error('a bundle was asked for');
	return answer;
}

interface UnfitFiles {
	readonly list: readonly UnfitFile[];
	readonly note: (file: string, why: string) => void;
	readonly compare: (tile: Tile, own: Uint8Array) => void;
}

function unfitFiles(folder: string): UnfitFiles {
	const list: UnfitFile[] = [];
	const note = (file: string, why: string): void => {
		if (list.length < FILES_NAMED_MAX) list.push({ file, why });
	};
	return {
		list,
		note,
		compare: (tile, own) => {
			const file = printTilePath(tile);
			const read = readWhole(join(folder, file), TILE_WIDTH * 32);
			if (!read.ok) note(file, read.error.why);
			else if (!isSame(read.value, own)) note(file, 'it is not what the statements give');
		},
	};
}

function noteFiles(unfit: UnfitFiles, { index, width }: Tile, answer: BundleAnswer | undefined): void {
	for (const { file, came } of answer?.files ?? []) unfit.note(file, came);
	if ((answer?.differing.length ?? 0) > 0)
		unfit.note(printTilePath({ level: 0, index, width }), 'it is not what the statements give');
}

/** The next few: a size that was claimed is no reason to list all that it would have. */
function take(wanted: Iterator<Tile>): readonly Tile[] {
	const some: Tile[] = [];
	while (some.length < BUNDLES_PER_HASHING) {
		const next = wanted.next();
		if (next.done === true) break;
		some.push(next.value);
	}
	return some;
}

function isSame(bytes: Uint8Array, others: Uint8Array | undefined): boolean {
	return others !== undefined && bytesEqual(bytes, others);
}
