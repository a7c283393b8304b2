/**
 * A signed checkpoint that does not fit what was verified (V65, V66): is it of our own past, of another history that the same key has signed, or do the files that were served lead nowhere? A fork is
 * claimed only with what proves it to somebody who has neither this folder nor this program.
 */
import { join } from 'node:path';
import { TILE_WIDTH } from '@matokeo/core/log/limits.ts';
import { type HashReader, proveConsistency, rangeHash } from '@matokeo/core/log/merkle.ts';
import { printBundlePath, printTilePath, type Tile } from '@matokeo/core/log/tilePath.ts';
import { tileHashReader } from '@matokeo/core/log/tileReader.ts';
import { levelWidths, newTilesOf } from '@matokeo/core/log/tiles.ts';
import type { Context } from '@matokeo/core/rules/context.ts';
import { trustOf } from '@matokeo/core/rules/witnessed.ts';
import { bytesEqual } from '@matokeo/core/std/bytes.ts';
import { assert } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { FILES_NAMED_MAX } from '../check/limits.ts';
import type { Run } from '../check/run.ts';
import type { Accused } from '../evidence/file.ts';
import { compareCheckpoints, type Prefix } from '../evidence/pair.ts';
import { readWhole } from '../node/files.ts';
import type { Advance } from './advance.ts';
import type { StepFiles } from './step.ts';

interface Head {
	readonly size: number;
	readonly root: Uint8Array;
}

/** A checkpoint as it was received, and its size. */
export interface SignedNote {
	readonly note: Uint8Array;
	readonly size: number;
}

/** The log by its origin and the keys that the package gives it. */
export function accusedOf(context: Context): Accused {
	const { origin, logKeys } = trustOf(context);
	return { origin, keys: logKeys };
}

/** What is wrong with a checkpoint beside the one that was verified before; nothing when its size is not below that one's and no proof speaks against it. */
export function judgePair(
	{ context: { suite }, tree }: Run,
	accused: Accused,
	held: SignedNote,
	came: SignedNote,
	served: HashReader | undefined,
): Advance | undefined {
	const compared = compareCheckpoints(suite, accused, held.note, came.note, (larger, oldSize) => {
		if (larger === held.note) return prefixFrom(suite, tree.read, oldSize, held.size);
		return served === undefined ? undefined : prefixFrom(suite, served, oldSize, came.size);
	});
	assert(compared.ok, 'both checkpoints were verified before');
	const { value } = compared;
	if (value.kind === 'evidence') return { kind: 'fork', why: FORKED, misbehaviour: value.misbehaviour };
	if (came.size >= held.size) return undefined;
	assert(value.kind === 'consistent', 'a tree that was verified can be read again');
	const misbehaviour = { kind: 'rollback', seen: held.note, served: came.note } as const;
	return { kind: 'smaller', why: smaller(came.size, held.size), size: came.size, misbehaviour };
}

const FORKED = 'the log has signed two histories that exclude each other';

function smaller(came: number, held: number): string {
	return `a checkpoint of ${came} statements was served after one of ${held}: an old copy, or a log that was put back`;
}

/** What a tree says of itself at an earlier size; nothing when its hashes cannot be had. */
export function prefixFrom(suite: Suite, read: HashReader, oldSize: number, size: number): Prefix | undefined {
	const root = rangeHash(suite, read, { start: 0, end: oldSize });
	const proof = proveConsistency(suite, read, oldSize, size);
	return root.ok && proof.ok ? { root: root.value, proof: proof.value } : undefined;
}

/** The tree of a checkpoint out of the tiles that lie in the folder, as far as they lead to its root. */
export function servedTree(suite: Suite, folder: string, { size, root }: Head): HashReader | undefined {
	const fetch = (tile: Tile): Uint8Array | undefined => {
		const read = readWhole(join(folder, printTilePath(tile)), TILE_WIDTH * 32);
		return read.ok ? read.value : undefined;
	};
	const reader = tileHashReader(suite, fetch, size, root);
	return reader.ok ? reader.value : undefined;
}

/** The files that keep a step from giving its root: the bundles that are not what the tiles under the checkpoint say; where those lead nowhere, all that came. The first of them. */
export function filesInQuestion(
	suite: Suite,
	tree: HashReader | undefined,
	{ roots }: Pick<StepFiles, 'roots'>,
	from: number,
	size: number,
): readonly string[] {
	const wrong =
		tree === undefined ? [] : firstOf(tilesRead(roots, from, size), (tile) => isWrong(suite, tree, tile, roots));
	if (wrong.length > 0) return wrong.flatMap((tile) => [printBundlePath(tile), printTilePath(tile)]);
	const upper = levelWidths(size).flatMap((_, level) => (level === 0 ? [] : firstOf(newTilesOf(level, from, size))));
	const lower = firstOf(tilesRead(roots, from, size)).flatMap((tile) => [printBundlePath(tile), printTilePath(tile)]);
	return [...upper.map(printTilePath), ...lower];
}

/** Tiles of level 0 whose bundles were read. */
function* tilesRead(roots: StepFiles['roots'], from: number, size: number): Generator<Tile> {
	for (const tile of newTilesOf(0, from, size)) {
		if (!roots.has(tile.index)) return;
		yield tile;
	}
}

function firstOf(tiles: Iterable<Tile>, wanted: (tile: Tile) => boolean = () => true): readonly Tile[] {
	const first: Tile[] = [];
	for (const tile of tiles) {
		if (wanted(tile)) first.push(tile);
		if (first.length === FILES_NAMED_MAX) break;
	}
	return first;
}

function isWrong(suite: Suite, tree: HashReader, { index, width }: Tile, roots: StepFiles['roots']): boolean {
	const own = roots.get(index);
	const first = index * TILE_WIDTH;
	const said = rangeHash(suite, tree, { start: first, end: first + width });
	return own === undefined || !said.ok || !bytesEqual(said.value, own);
}
