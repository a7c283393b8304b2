/**
 * The published tree against the statements (V11, V12): every hash tile, byte for byte; the root against the checkpoint; and when something differs,
 * whether the tile or the statement was altered, which is told by what the checkpoint's own tree says.
 */
import { join } from 'node:path';
import { TILE_WIDTH } from '@matokeo/core/log/limits.ts';
import type { HashReader } from '@matokeo/core/log/merkle.ts';
import { printBundlePath, printTilePath, type Tile } from '@matokeo/core/log/tilePath.ts';
import { tileHashReader } from '@matokeo/core/log/tileReader.ts';
import { levelWidths } from '@matokeo/core/log/tiles.ts';
import { base64Encode, bytesEqual, concat } from '@matokeo/core/std/bytes.ts';
import { readBundle } from '../jobs/readBundle.ts';
import { readWhole } from '../node/files.ts';
import type { FolderList } from '../node/folder.ts';
import { ENTRIES_NAMED_MAX } from './limits.ts';
import { namedIn } from './place.ts';
import type { Run } from './run.ts';

const TILE_BYTES = TILE_WIDTH * 32;

/** A leaf for which the published tile has another hash than the bundle gives. */
export interface Differing {
	readonly tile: number;
	readonly at: number;
}

/** Files that no checkpoint of this size implies (V5). */
export function findStrayTiles({ findings }: Run, list: FolderList, size: number): void {
	const extra = (file: string): void =>
		findings.found({
			check: 'tiles',
			file,
			expected: `files of a log of ${size} statements`,
			came: 'a file that reaches beyond it',
			means:
				'Either the folder was copied while the log grew (copy it again, the checkpoint last), or statements after this checkpoint were cut off.',
		});
	for (const [index, widths] of list.bundles)
		for (const width of widths) if (index * TILE_WIDTH + width > size) extra(printBundlePath({ index, width }));
	const levels = levelWidths(size);
	for (const [level, tiles] of list.tiles)
		for (const [index, widths] of tiles)
			for (const width of widths)
				if (index * TILE_WIDTH + width > (levels[level] ?? 0)) extra(printTilePath({ level, index, width }));
}

/** Every tile of level 1 and above, whole or partial, and those that are missing. */
export function checkUpperTiles(run: Run, list: FolderList): void {
	const { findings, tree } = run;
	const levels = levelWidths(tree.size());
	for (let level = 1; level < levels.length; level++) {
		const width = levels[level] ?? 0;
		for (let index = 0; index * TILE_WIDTH < width; index++) {
			const own = concat(...tree.tileHashes(level, index));
			const whole = Math.min(TILE_WIDTH, width - index * TILE_WIDTH);
			const published = list.tiles.get(level)?.get(index) ?? [];
			for (const one of new Set([whole, ...published])) {
				if (one > whole) continue;
				findings.looked('tiles');
				compareTile(run, { level, index, width: one }, own.subarray(0, one * 32));
			}
		}
	}
}

function compareTile({ folder, findings }: Run, tile: Tile, own: Uint8Array): void {
	const file = printTilePath(tile);
	const read = readWhole(join(folder, file), TILE_BYTES);
	const say = (came: string, means: string): void =>
		findings.found({ check: 'tiles', file, expected: 'the hashes that the statements give', came, means });
	if (!read.ok || read.value.length !== own.length) {
		const came = read.ok ? `${read.value.length} bytes in place of ${own.length}` : read.error.why;
		say(came, 'Others cannot build proofs from this folder.');
		return;
	}
	if (bytesEqual(read.value, own)) return;
	const places = Array.from({ length: tile.width }, (_, i) => i).filter(
		(i) => !bytesEqual(read.value.subarray(i * 32, i * 32 + 32), own.subarray(i * 32, i * 32 + 32)),
	);
	for (const place of places.slice(0, ENTRIES_NAMED_MAX)) {
		const span = TILE_WIDTH ** tile.level;
		const first = (tile.index * TILE_WIDTH + place) * span;
		say(
			`another hash for statements ${first} to ${first + span - 1}`,
			'Either this tile was altered, or one of those statements was: the root of the checkpoint tells which.',
		);
	}
}

/** The root that the statements give, against the one that the log signed. */
export function checkRoot(run: Run, size: number, root: Uint8Array): boolean {
	const { findings, tree } = run;
	const own = tree.rootAt(size);
	findings.looked('tiles');
	if (own !== undefined && bytesEqual(own, root)) return true;
	findings.found({
		check: 'tiles',
		file: 'checkpoint',
		expected: `statements that give the root ${base64Encode(root)}, which the log signed for ${size} statements`,
		came: own === undefined ? `only ${tree.size()} statements` : `statements that give ${base64Encode(own)}`,
		means:
			'The statements in this folder are not those that the log committed to: at least one was changed, added, dropped or moved.',
	});
	return false;
}

/** Says of each differing leaf whether its statement or its tile was altered. */
export function explainDiffering(
	run: Run,
	differing: readonly Differing[],
	size: number,
	root: Uint8Array,
	sound: boolean,
): void {
	const committed = sound ? undefined : committedHashes(run, size, root);
	for (const { tile, at } of differing) {
		const index = tile * TILE_WIDTH + at;
		const width = Math.min(TILE_WIDTH, size - tile * TILE_WIDTH);
		const own = run.tree.read({ level: 0, index });
		const said = committed?.({ level: 0, index });
		const authentic = run.standIns.has(index) || (said?.ok === true && own.ok && !bytesEqual(said.value, own.value));
		const file = authentic ? printBundlePath({ index: tile, width }) : printTilePath({ level: 0, index: tile, width });
		run.findings.found({
			check: 'tiles',
			...namedAt(run, tile, width, at),
			index,
			file,
			expected: 'one hash of this statement in the bundle, in its tile and under the checkpoint',
			came: 'the statement in the bundle has another hash than its tile says',
			means: meaning(authentic, sound),
		});
	}
}

function meaning(authentic: boolean, sound: boolean): string {
	if (authentic) return 'The statement at this place was altered: it is not the one that the log committed to.';
	if (sound) return 'The tile was altered. The statements themselves are those that the log committed to.';
	return 'The tile or the statement was altered, and the tiles above do not lead to the checkpoint either.';
}

/** Hashes out of the published tiles, as far as they lead to the checkpoint's root. */
export function committedHashes(run: Run, size: number, root: Uint8Array): HashReader | undefined {
	const fetch = (tile: Tile): Uint8Array | undefined => {
		const read = readWhole(join(run.folder, printTilePath(tile)), TILE_BYTES);
		return read.ok ? read.value : undefined;
	};
	const reader = tileHashReader(run.context.suite, fetch, size, root);
	return reader.ok ? reader.value : undefined;
}

function namedAt(run: Run, index: number, width: number, at: number): ReturnType<typeof namedIn> {
	const { bytes, spans } = readBundle(run.folder, { index, width });
	return namedIn(run.context.suite, run.rows, bytes.subarray(spans[2 * at] ?? 0, spans[2 * at + 1] ?? 0));
}
