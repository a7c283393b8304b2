/**
 * What the tests of the log share: where the vectors lie, strict decoding of what is in them, and a tree held in memory.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { HashReader } from '../../src/log/merkle.ts';
import { leafHash, nodeHash } from '../../src/log/merkle.ts';
import { base64Decode, hexDecode, utf8Encode } from '../../src/std/bytes.ts';
import { portableSuite } from '../../src/std/portable.ts';
import type { Result } from '../../src/std/result.ts';
import { err, ok } from '../../src/std/result.ts';

const root = new URL('../../../../', import.meta.url);
const sharedTlog = new URL('../shared/data/vectors/tlog/', root);

/** Whether the shared vectors are there; tests that need them say so in their title. */
export const sharedPresent = existsSync(sharedTlog);
export const needsShared = '(needs ../shared/data/vectors/tlog)';

export function sharedPath(path: string): string {
	return fileURLToPath(new URL(path, sharedTlog));
}

export function sharedBytes(path: string): Uint8Array {
	return new Uint8Array(readFileSync(sharedPath(path)));
}

/** The caller names the shape that the vectors of others have. */
export function sharedJson<T>(path: string): T {
	return JSON.parse(readFileSync(sharedPath(path), 'utf8')) as T;
}

export function ownJson<T>(name: string): T {
	return JSON.parse(readFileSync(new URL(`vectors/log/${name}`, root), 'utf8')) as T;
}

export function base64(text: string): Uint8Array {
	return present(base64Decode(text));
}

export function hex(text: string): Uint8Array {
	return present(hexDecode(text));
}

export function present<T>(value: T | undefined): T {
	if (value === undefined) throw new Error('the test expected a value');
	return value;
}

export function unwrap<T>(result: Result<T>): T {
	if (!result.ok) throw new Error(result.error);
	return result.value;
}

/** The leaf hash of `leaf <i>`, as the generated vectors have it. */
export function leafOf(index: number): Uint8Array {
	return leafHash(portableSuite, utf8Encode(`leaf ${index}`));
}

export function leavesTo(size: number): readonly Uint8Array[] {
	return Array.from({ length: size }, (_, index) => leafOf(index));
}

/** A reader over leaf hashes in memory that keeps every subtree it computed. */
export function memoryReader(leaves: readonly Uint8Array[]): HashReader {
	const rows: Uint8Array[][] = [[...leaves]];
	return ({ level, index }) => {
		while (rows.length <= level) {
			const below = present(rows.at(-1));
			const pairs = Math.floor(below.length / 2);
			rows.push(
				Array.from({ length: pairs }, (_, i) =>
					nodeHash(portableSuite, present(below[2 * i]), present(below[2 * i + 1])),
				),
			);
		}
		const hash = rows[level]?.[index];
		return hash === undefined ? err(`no node ${index} at level ${level}`) : ok(hash);
	};
}
