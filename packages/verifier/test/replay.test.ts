/**
 * What keeps a country in little memory answers as the plain things do: packed rows as a table of objects, the index of ids as a map, the growing tree as the tree of all its
 * leaves, totals added up afresh as totals moved statement by statement.
 */
import { rootOf } from '@matokeo/core/log/merkle.ts';
import { tileRoot } from '@matokeo/core/log/tiles.ts';
import { parseLeaf } from '@matokeo/core/record/leaf.ts';
import { contextOf } from '@matokeo/core/rules/context.ts';
import { decide, signedBy } from '@matokeo/core/rules/decide.ts';
import type { ReturnRow } from '@matokeo/core/rules/rows.ts';
import { baselineOf } from '@matokeo/core/standings/baseline.ts';
import { fold } from '@matokeo/core/standings/fold.ts';
import { totalOf } from '@matokeo/core/standings/total.ts';
import { concat } from '@matokeo/core/std/bytes.ts';
import { ok } from '@matokeo/core/std/result.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { growingTree } from '../src/replay/growingTree.ts';
import { idIndex } from '../src/replay/idIndex.ts';
import { memoryRows } from '../src/replay/memoryRows.ts';
import { packer } from '../src/replay/pack.ts';
import { packedRows } from '../src/replay/packedRows.ts';
import { totalsOf } from '../src/replay/totals.ts';
import { small, smallLog, suite } from './support/smallLog.ts';

const RUNS = { numRuns: 300 };
const digest = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 64, maxLength: 64 });
const word = fc.oneof(
	fc.constantFrom('original', 'agreement', 'blank', '', 'a'.repeat(64)),
	fc.string({ unit: 'binary' }),
	digest,
);
const number = fc.oneof(fc.nat(300), fc.maxSafeNat());
/** Rows have the member names of `rows.ts`. */
const name = fc.string({ minLength: 1, maxLength: 9, unit: fc.constantFrom(...'abcyzABZ09') });
const row = fc.letrec<{ value: unknown }>((tie) => ({
	value: fc.oneof(
		{ maxDepth: 4 },
		number,
		word,
		fc.boolean(),
		fc.array(tie('value'), { maxLength: 6 }),
		fc.dictionary(name, tie('value'), { maxKeys: 6 }),
	),
})).value;

function returnRow(id: string, figures: readonly number[], held: number): ReturnRow {
	return {
		captures: [
			{
				id,
				at: held,
				by: 'po/1',
				holder: 'h',
				role: 'presiding-officer',
				kind: 'original',
				figures,
				held,
				readings: [],
			},
		],
		last: id,
	};
}

describe('rows in little memory', () => {
	it('unpacking gives back every value, with its members in their order', () => {
		const { pack, unpack } = packer();
		fc.assert(
			fc.property(fc.dictionary(name, row), (value) => {
				const plain: object = JSON.parse(JSON.stringify(value));
				expect(JSON.stringify(unpack(pack(plain)))).toBe(JSON.stringify(plain));
			}),
			RUNS,
		);
	});

	it('packed rows answer as a plain table, whatever is asked in whatever order', () => {
		const step = fc.record({
			key: fc.nat(40),
			put: fc.boolean(),
			figures: fc.array(number, { maxLength: 5 }),
			id: digest,
		});
		fc.assert(
			fc.property(fc.array(step, { maxLength: 200 }), fc.integer({ min: 1, max: 8 }), (steps, hotMax) => {
				const packed = packedRows(() => undefined, hotMax);
				const plain = memoryRows(() => undefined);
				for (const { key, put, figures, id } of steps) {
					for (const rows of [packed, plain])
						if (put) rows.put('return', `president|${key}|1`, returnRow(id, figures, key));
					expect(packed.get('return', `president|${key}|1`)).toEqual(plain.get('return', `president|${key}|1`));
				}
				expect(new Map(packed.entries('return'))).toEqual(new Map(plain.entries('return')));
				expect([...packed.entries('return')]).toHaveLength([...plain.entries('return')].length);
			}),
			RUNS,
		);
	});

	it('rows under digests answer as a plain table too, and name their keys', () => {
		const step = fc.record({ key: fc.nat(12), station: fc.constantFrom('001', '002'), held: number });
		fc.assert(
			fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
				const packed = packedRows(() => undefined, 2);
				const plain = memoryRows(() => undefined);
				for (const { key, station, held } of steps) {
					const id = suite.sha256Hex(Buffer.of(key));
					for (const rows of [packed, plain]) {
						rows.put('capture', id, { contest: 'president', station, poll: 1 });
						rows.put('blob', id, held % 2 === 0 ? { held, size: key } : { waiting: [{ capture: id, size: held }] });
					}
				}
				for (const table of ['capture', 'blob'] as const)
					expect(new Map<string, unknown>(packed.entries(table))).toEqual(
						new Map<string, unknown>(plain.entries(table)),
					);
			}),
			RUNS,
		);
	});

	it('the index of ids knows each id that was put, and no other', () => {
		// Ids that begin alike meet in one slot of the table.
		const id = fc
			.tuple(fc.constantFrom('00000000', 'ffffffff', '00000001'), digest)
			.map(([head, rest]) => head + rest.slice(8));
		fc.assert(
			fc.property(fc.uniqueArray(id, { maxLength: 60 }), fc.array(id, { maxLength: 20 }), (known, asked) => {
				const index = idIndex();
				for (const [i, one] of known.entries()) index.put(one, i * 7e7);
				for (const [i, one] of known.entries()) expect(index.get(one)).toBe(i * 7e7);
				for (const one of asked)
					expect(index.get(one)).toBe(known.includes(one) ? known.indexOf(one) * 7e7 : undefined);
				expect(index.get('not an id')).toBeUndefined();
			}),
			RUNS,
		);
	});

	it('the index of ids grows beyond its first table', () => {
		const index = idIndex();
		const ids = Array.from({ length: 20_000 }, (_, i) => suite.sha256Hex(Buffer.from(String(i))));
		for (const [i, id] of ids.entries()) index.put(id, i);
		expect(ids.every((id, i) => index.get(id) === i)).toBe(true);
		expect(index.size()).toBe(20_000);
	});
});

describe('the growing tree', () => {
	const leaves = Array.from({ length: 256 * 5 + 77 }, (_, i) => suite.sha256(Buffer.from(`leaf ${i}`)));
	const tree = growingTree(suite, (tile) => ok(leaves.slice(tile * 256, tile * 256 + 256)));
	for (let at = 0; at < leaves.length; at += 256) {
		const some = leaves.slice(at, at + 256);
		tree.append(some, tileRoot(suite, concat(...some)));
	}

	it('L3 has the root of every past size, and of none to come', () => {
		const sizes = [0, 1, 2, 3, 255, 256, 257, 511, 512, 513, 767, 1000, 1024, 1025, 1279, 1280, 1281, 1356, 1357];
		for (const size of sizes) expect(tree.rootAt(size)).toEqual(rootOf(suite, leaves.slice(0, size)));
		expect(tree.rootAt(1358)).toBeUndefined();
		expect(tree.size()).toBe(1357);
	});

	it('L6 grows within its last tile, and keeps what is in it', () => {
		const grown = growingTree(suite, (tile) => ok(leaves.slice(tile * 256, tile * 256 + 256)));
		for (const size of [1, 2, 100, 255, 256, 300, 301, 512, 513, 700, 768, 1024]) {
			const at = Math.floor((size - 1) / 256) * 256;
			const some = leaves.slice(at, size);
			grown.append(some, tileRoot(suite, concat(...some)));
			expect([grown.size(), grown.rootAt(size)]).toEqual([size, rootOf(suite, leaves.slice(0, size))]);
		}
		const other = [suite.sha256(Buffer.from('other')), ...leaves.slice(1025, 1030)];
		grown.append(leaves.slice(1024, 1026), leaves[0] ?? new Uint8Array(32));
		expect(() => grown.append(other, leaves[0] ?? new Uint8Array(32))).toThrow('what is in it stays');
	});

	it('L23 does not take other leaves for those that it was grown from', () => {
		let changed = false;
		const grown = growingTree(suite, (tile) =>
			ok(
				leaves
					.slice(tile * 256, tile * 256 + 256)
					.map((hash, i) => (changed && i === 200 ? (leaves[0] ?? hash) : hash)),
			),
		);
		for (let at = 0; at < 768; at += 256)
			grown.append(leaves.slice(at, at + 256), rootOf(suite, leaves.slice(at, at + 256)));
		expect(grown.rootAt(100)).toEqual(rootOf(suite, leaves.slice(0, 100)));
		expect(grown.rootAt(300)).toEqual(rootOf(suite, leaves.slice(0, 300)));
		changed = true;
		expect([grown.rootAt(100), grown.read({ level: 0, index: 3 }).ok]).toEqual([undefined, false]);
		expect(grown.rootAt(256)).toEqual(rootOf(suite, leaves.slice(0, 256)));
	});

	it('L6 a tile is read once for all that is asked of it in a row', () => {
		const read: number[] = [];
		const grown = growingTree(suite, (tile) => {
			read.push(tile);
			return ok(leaves.slice(tile * 256, tile * 256 + 256));
		});
		for (let at = 0; at < 768; at += 256)
			grown.append(leaves.slice(at, at + 256), rootOf(suite, leaves.slice(at, at + 256)));
		for (const index of [0, 1, 255, 256, 300, 511, 3])
			expect(grown.read({ level: 0, index })).toEqual(ok(leaves[index]));
		expect(read).toEqual([0, 1, 0]);
	});

	it('L20 has the hashes of the tiles above the leaves', () => {
		const roots = Array.from({ length: 5 }, (_, i) => rootOf(suite, leaves.slice(i * 256, i * 256 + 256)));
		expect(tree.tileHashes(1, 0)).toEqual(roots);
	});
});

describe('totals', () => {
	it('T17 added up afresh are those that were moved with each statement', () => {
		const context = contextOf(suite, small.election);
		const baseline = baselineOf(small.election);
		const rows = memoryRows(() => undefined);
		for (const [index, { bytes }] of smallLog().entries()) {
			const leaf = parseLeaf(suite, bytes);
			if (!leaf.ok) throw new Error(leaf.error.why);
			const said = decide(context, rows, leaf.value, index, signedBy(context));
			if (!said.ok) throw new Error(said.error.why);
			fold(context, baseline, rows, said.value);
			const afresh = totalsOf(context, rows);
			for (const contest of small.election.contests.values())
				for (const area of small.election.areas.keys())
					expect(
						totalOf(
							afresh,
							memoryRows(() => undefined),
							contest,
							area,
						),
					).toEqual(totalOf(baseline, rows, contest, area));
		}
	});
});
