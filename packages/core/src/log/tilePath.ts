/**
 * Names of tiles (L19, tlog-tiles): `tile/<level>/<index>` and `tile/entries/<index>`, with `.p/<width>` when the tile is the
 * partial one at the right edge. Print and parse are inverse: a path has one spelling. It does not know which tiles exist.
 */
import type { Result } from '../std/result.ts';
import { err, ok } from '../std/result.ts';
import { isSize, parseSize } from './decimal.ts';
import { TILE_LEVEL_MAX, TILE_WIDTH } from './limits.ts';

/** A tile of hashes. Its width is 256 when it is full, else 1 … 255. */
export interface Tile {
	readonly level: number;
	readonly index: number;
	readonly width: number;
}

/** A bundle of entries; index and width are those of the tile of level 0 that holds their leaf hashes. */
export interface Bundle {
	readonly index: number;
	readonly width: number;
}

export function printTilePath(tile: Tile): string {
	return `tile/${tile.level}/${printIndex(tile.index)}${printWidth(tile.width)}`;
}

export function printBundlePath(bundle: Bundle): string {
	return `tile/entries/${printIndex(bundle.index)}${printWidth(bundle.width)}`;
}

export function parseTilePath(path: string): Result<Tile> {
	const parts = /^tile\/(0|[1-9][0-9]?)\/([x0-9/]{1,64}?)(\.p\/[0-9]{1,3})?$/.exec(path);
	const level = parseSize(parts?.[1] ?? '');
	const place = parsePlace(parts?.[2] ?? '', parts?.[3]);
	if (level === undefined || level > TILE_LEVEL_MAX || place === undefined) return err(refusal(path));
	return ok({ level, ...place });
}

export function parseBundlePath(path: string): Result<Bundle> {
	const parts = /^tile\/entries\/([x0-9/]{1,64}?)(\.p\/[0-9]{1,3})?$/.exec(path);
	const place = parsePlace(parts?.[1] ?? '', parts?.[2]);
	return place === undefined ? err(refusal(path)) : ok(place);
}

/** Groups of three digits, every group but the last with an `x` before it: 1234067 is `x001/x234/067`. */
function printIndex(index: number): string {
	const digits = String(index);
	const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0');
	const groups = padded.match(/.../g) ?? [];
	return groups.map((group, i) => (i === groups.length - 1 ? group : `x${group}`)).join('/');
}

function printWidth(width: number): string {
	return width === TILE_WIDTH ? '' : `.p/${width}`;
}

function parsePlace(groups: string, partial: string | undefined): Bundle | undefined {
	if (!/^(?:x[0-9]{3}\/)*[0-9]{3}$/.test(groups)) return undefined;
	const index = parseSize(groups.replace(/[x/]/g, '').replace(/^0+(?=[0-9])/, ''));
	const width = partial === undefined ? TILE_WIDTH : parseSize(partial.slice(3));
	if (index === undefined || !isSize(index) || width === undefined || width < 1) return undefined;
	if (partial !== undefined && width >= TILE_WIDTH) return undefined;
	return printIndex(index) === groups ? { index, width } : undefined;
}

function refusal(path: string): string {
	return `L19: not the path of a tile: ${JSON.stringify(path.slice(0, 80))}`;
}
