/**
 * Entry bundles (L22, tlog-tiles): up to 256 entries, each after its length in two bytes, highest first. Decoding is strict and
 * hands out views of the bundle, not copies. It does not know what an entry says.
 */
import type { Result } from '../std/result.ts';
import { assert, err, ok } from '../std/result.ts';
import { ENTRY_BYTES_MAX, TILE_WIDTH } from './limits.ts';

export function encodeBundle(entries: readonly Uint8Array[]): Uint8Array {
	assert(entries.length >= 1 && entries.length <= TILE_WIDTH, 'a bundle holds 1 to 256 entries');
	const bytes = new Uint8Array(entries.reduce((sum, entry) => sum + 2 + entry.length, 0));
	let at = 0;
	for (const entry of entries) {
		assert(entry.length <= ENTRY_BYTES_MAX, 'an entry has at most 65,535 bytes');
		bytes[at] = entry.length >> 8;
		bytes[at + 1] = entry.length & 255;
		bytes.set(entry, at + 2);
		at += 2 + entry.length;
	}
	return bytes;
}

/** Exactly `width` entries and nothing after them. */
export function decodeBundle(bytes: Uint8Array, width: number): Result<readonly Uint8Array[]> {
	const entries: Uint8Array[] = [];
	let at = 0;
	while (at < bytes.length) {
		if (entries.length === width) return err(`L22: ${bytes.length - at} bytes after entry ${width - 1}, the last`);
		const end = at + 2 + (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
		if (at + 2 > bytes.length || end > bytes.length) return err(`L22: entry ${entries.length} is cut off`);
		entries.push(bytes.subarray(at + 2, end));
		at = end;
	}
	return entries.length === width ? ok(entries) : err(`L22: expected ${width} entries, found ${entries.length}`);
}
