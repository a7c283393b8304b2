/** Parse and print are inverse on every statement that a random election makes, and bytes of any kind are read or refused, never thrown at (S1–S4). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLeaf, printLeaf, printText } from '../../src/record/leaf.ts';
import { bytesEqual, concat, utf8Encode } from '../../src/std/bytes.ts';
import { parseCanonical, printCanonical } from '../../src/std/canonical.ts';
import { portableSuite } from '../../src/std/portable.ts';
import { openedWorld } from '../rules/support/history.ts';
import { newPlayer, playOne } from '../rules/support/player.ts';
import { bringUnsigned, unsignedNote } from '../rules/support/world.ts';

const SEEDS = fc.integer({ min: 1, max: 1_000_000 });

/** A note is in the one spelling if printing what was read gives the same bytes. */
function printedAgain(bytes: Uint8Array): Uint8Array | undefined {
	const leaf = parseLeaf(portableSuite, bytes);
	if (!leaf.ok) return undefined;
	const { election, digest, statement, signatures } = leaf.value;
	return printLeaf(printText(election, digest, statement), signatures);
}

describe('parse and print', () => {
	it('S3 S4 are inverse on whatever a random election says', () => {
		fc.assert(
			fc.property(SEEDS, (seed) => {
				const player = newPlayer(seed);
				for (let step = 0; step < 40; step++) {
					const { statement } = playOne(player);
					const note = unsignedNote(statement);
					const leaf = parseLeaf(portableSuite, note);
					expect(leaf.ok && leaf.value.statement).toEqual(statement);
					expect(printedAgain(note)).toEqual(note);
				}
			}),
			{ numRuns: 15 },
		);
	});

	it('S3 S4 S7 never throw on bytes, and read nothing in a second spelling', () => {
		const world = openedWorld();
		const player = newPlayer(1);
		const notes = Array.from({ length: 60 }, () => unsignedNote(playOne(player).statement));
		const place = fc.nat(99_999).map((part) => part / 100_000);
		const spellings = [
			'\n',
			'\r\n',
			' ',
			' ',
			'"',
			'{',
			'}',
			'[',
			']',
			',',
			'0',
			'-',
			'.0',
			'e0',
			'null',
			'\\u0000',
			'\\ud800',
			'— ',
			'=',
		];
		const piece = fc.oneof(
			{ weight: 1, arbitrary: fc.uint8Array({ maxLength: 6 }) },
			{ weight: 4, arbitrary: fc.constantFrom(...spellings, '\u2028', '"__proto__":1,').map(utf8Encode) },
		);
		const cuts = fc.constantFrom(0, 0, 0, 0, 1, 1, 2, 8);
		let read = 0;
		fc.assert(
			fc.property(fc.constantFrom(...notes), place, cuts, piece, (note, where, cut, put) => {
				const at = Math.floor(where * note.length);
				const bytes = concat(note.subarray(0, at), put, note.subarray(at + cut));
				const again = printedAgain(bytes);
				if (again !== undefined) {
					read++;
					expect(bytesEqual(again, bytes)).toBe(true);
				}
				expect(() => bringUnsigned({ rows: world.rows }, bytes)).not.toThrow();
			}),
			{ numRuns: 5000 },
		);
		expect(read).toBeGreaterThan(10);
	});

	it('S1 never throws on bytes of no form at all', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
				expect(parseLeaf(portableSuite, bytes).ok).toBe(false);
			}),
			{ numRuns: 500 },
		);
	});
});

describe('canonical JSON', () => {
	const ids = fc.stringMatching(/^[a-z0-9._/-]{1,12}$/).filter((id) => !/^(0|[1-9][0-9]*)$/.test(id));
	const tree = fc.letrec<{ value: unknown }>((tie) => ({
		value: fc.oneof(
			{ maxDepth: 4 },
			fc.nat(Number.MAX_SAFE_INTEGER),
			fc.string({ unit: 'grapheme' }),
			fc.boolean(),
			fc.array(tie('value'), { maxLength: 4 }),
			fc.dictionary(fc.oneof(ids, fc.constantFrom('__proto__', 'constructor', 'tostring')), tie('value'), {
				maxKeys: 5,
			}),
		),
	})).value;

	it('S3 printing and parsing are inverse, whatever the names', () => {
		fc.assert(
			fc.property(fc.dictionary(ids, tree, { maxKeys: 5 }), (value) => {
				const text = printCanonical(value);
				const back = parseCanonical(text);
				expect(back.ok && printCanonical(back.value as object)).toBe(text);
			}),
			{ numRuns: 300 },
		);
	});

	it('S3 the order of names does not matter to what is printed', () => {
		fc.assert(
			fc.property(fc.uniqueArray(ids, { minLength: 2, maxLength: 6 }), (names) => {
				const of = (list: readonly string[]) => Object.fromEntries(list.map((name) => [name, name.length]));
				expect(printCanonical(of(names))).toBe(printCanonical(of(names.toReversed())));
			}),
		);
	});
});
