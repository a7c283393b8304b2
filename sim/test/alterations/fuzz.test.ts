/**
 * Two hundred random damages to a published folder: bits flipped, files cut, bytes added, overwritten, emptied or gone. Each is called failed, or cannot be verified at all; none makes the verifier crash or go on for ever
 * (V4). Every file matters when it is altered. Three kinds may be gone: published results, and it is told that there was nothing to compare; what witnesses have cosigned, of which a folder cannot show that there was more; and a partial tile or bundle of an earlier size, whose bytes are the beginning of
 * the present one, and of which a folder cannot show that a checkpoint ever needed it.
 */
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { verifyFolder } from '@matokeo/verifier/verify.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyOf, rehearsed, removeFolders } from './lib/rehearsed.ts';

const DAMAGES = 200;
/** Ten times what a verification takes on a busy machine. */
const MILLISECONDS_MAX = 20_000;
const SEED = 20_261_123;

let folder = '';
let size = 0;
beforeAll(async () => {
	const of = await rehearsed();
	folder = join(copyOf(of), 'public');
	size = of.entries.length;
});
afterAll(removeFolders);

/** A small generator (mulberry32): the same seed, the same damages. */
function chanceFrom(seed: number): (below: number) => number {
	let state = seed;
	return (below) => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
	};
}

type Chance = (below: number) => number;
type Damage = (bytes: Buffer, chance: Chance) => Buffer | undefined;

const DAMAGE: Readonly<Record<string, Damage>> = {
	'a bit flipped': (bytes, chance) => {
		const at = chance(bytes.length);
		bytes[at] = (bytes[at] ?? 0) ^ (1 << chance(8));
		return bytes;
	},
	cut: (bytes, chance) => bytes.subarray(0, chance(bytes.length)),
	'a byte added': (bytes, chance) => Buffer.concat([bytes, Buffer.of(chance(256))]),
	'a stretch overwritten': (bytes, chance) => {
		const at = chance(bytes.length);
		const before = Buffer.from(bytes);
		bytes.fill(chance(256), at, Math.min(bytes.length, at + 1 + chance(64)));
		// What was there already is no damage: then one bit is.
		if (bytes.equals(before)) bytes[at] = (bytes[at] ?? 0) ^ 1;
		return bytes;
	},
	emptied: () => Buffer.alloc(0),
	gone: () => undefined,
};

/** Files by where they lie, so that the many images do not take every turn. */
function filesByPlace(): readonly (readonly string[])[] {
	const places = new Map<string, string[]>();
	for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
		if (!statSync(join(folder, path)).isFile()) continue;
		const place = path.startsWith('tile/entries') ? 'entries' : (path.split('/')[0] ?? '');
		places.set(place, [...(places.get(place) ?? []), path]);
	}
	return [...places.values()];
}

function pick<T>(list: readonly T[], chance: Chance): T {
	const one = list[chance(list.length)];
	if (one === undefined) throw new Error('nothing to choose from');
	return one;
}

/** What may be gone: results, and what an earlier size of the log has left. */
function mayBeGone(path: string, size: number): boolean {
	const width = /^tile\/(?:0|entries)\/001\.p\/([0-9]+)$/.exec(path)?.[1];
	return path.startsWith('results/') || path === 'witnessed' || (width !== undefined && Number(width) < size - 256);
}

async function verdict(): Promise<string> {
	const began = performance.now();
	const report = await verifyFolder(folder, { workers: 0 });
	expect(performance.now() - began).toBeLessThan(MILLISECONDS_MAX);
	return report.ok ? report.value.verdict : 'could not run';
}

describe('verify: random damage', () => {
	it(`V4 ${DAMAGES} damages, none overlooked, none that makes it crash (seed ${SEED})`, async () => {
		const chance = chanceFrom(SEED);
		const places = filesByPlace();
		const overlooked: string[] = [];
		const damaged = new Set<string>();
		for (let round = 0; round < DAMAGES; round++) {
			const path = pick(places[round % places.length] ?? [], chance);
			const name = pick(Object.keys(DAMAGE), chance);
			const whole = readFileSync(join(folder, path));
			const bytes = DAMAGE[name]?.(Buffer.from(whole), chance);
			if (bytes === undefined) rmSync(join(folder, path));
			else writeFileSync(join(folder, path), bytes);
			const said = await verdict();
			const forgivable = name === 'gone' && mayBeGone(path, size);
			if (said !== 'failed' && !(forgivable && said === 'consistent')) overlooked.push(`${path}, ${name}: ${said}`);
			writeFileSync(join(folder, path), whole);
			damaged.add(path);
		}
		expect(overlooked).toEqual([]);
		expect(damaged.size).toBeGreaterThan(20);
		expect(await verdict()).toBe('consistent');
	}, 240_000);
});
