/** Broken and hostile bytes: a table or a sentence, never an exception, and work that grows with the size alone (K20). */
import { applyMapping } from '@matokeo/compare/mapping/applyMapping.ts';
import { proposeMapping } from '@matokeo/compare/mapping/propose.ts';
import { readTable } from '@matokeo/compare/table/readTable.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const CSV = utf8Encode(
	`code,place,a,b,blank\r\n${Array.from({ length: 30 }, (_, n) => `${n + 100},"P ""${n % 7}""",${n * 3},${n},0`).join('\r\n')}\r\n`,
);
const JSON_BYTES = utf8Encode(
	JSON.stringify(
		Array.from({ length: 20 }, (_, n) => ({
			code: `s${n}`,
			votes: [
				{ name: 'A', n },
				{ name: 'B', n: 1 },
			],
		})),
	),
);

/** Reads, proposes and applies: whatever comes, it comes as a value. */
function through(bytes: Uint8Array): string {
	const read = readTable(bytes);
	if (!read.ok) return read.error.advice;
	const { mapping } = proposeMapping(read.value);
	if (mapping === undefined) return 'no mapping';
	const applied = applyMapping(read.value, mapping);
	return applied.ok ? 'count' : applied.error.join();
}

describe('K20 hostile bytes', () => {
	it.each([
		['CSV', CSV],
		['JSON', JSON_BYTES],
	])('%s with flipped bytes, cut short and doubled ends in a count or a sentence', (_, bytes) => {
		expect(through(bytes)).toBe('count');
		const flips = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 6 });
		fc.assert(
			fc.property(flips, fc.nat(bytes.length), fc.boolean(), (changes, cut, twice) => {
				const broken = Uint8Array.from(bytes);
				for (const [place, byte] of changes) broken[place] = byte;
				const part = broken.subarray(0, cut);
				expect(through(twice ? Uint8Array.from([...part, ...broken]) : part)).not.toBe('');
			}),
			{ numRuns: 300 },
		);
	});

	it('bytes without any order', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
				expect(through(bytes)).not.toBe('');
			}),
			{ numRuns: 500 },
		);
	});

	it.each([
		['quotation marks', '"'.repeat(400_000)],
		['opening brackets', '['.repeat(400_000)],
		['objects in objects', '{"a":'.repeat(100_000)],
		['line ends', '\n'.repeat(400_000)],
		['delimiters', ','.repeat(400_000)],
		['one long line', 'x'.repeat(1_000_000)],
		['quotations that never end where they should', '"x"y,'.repeat(100_000)],
		['rows of one quotation each', `a,b\n${'"\n'.repeat(100_000)}`],
		['backslashes', `[{"a":"${'\\\\'.repeat(200_000)}"}]`],
	])('%s', (_, text) => {
		expect(through(utf8Encode(text))).not.toBe('count');
	});

	it('a file larger than a text can be is refused unread', () => {
		const claimed = new Uint8Array(0);
		Object.defineProperty(claimed, 'length', { value: 600_000_000 });
		const read = readTable(claimed, undefined, { sha256Hex: () => '' });
		expect(read).toMatchObject({
			ok: false,
			error: { expected: 'a file of at most 500000000 bytes', found: '600000000' },
		});
	});
});
