/** One spelling per statement (S1–S4): everything in `vectors/statements/spelling.json`, and the bounds that are too long to write there. */
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../src/election/limits.ts';
import { type Leaf, parseLeaf, printLeaf, printText } from '../../src/record/leaf.ts';
import { LEAF_BYTES_MAX } from '../../src/record/limits.ts';
import { SHAPES } from '../../src/record/shapes.ts';
import { base64Decode, concat, utf8Decode, utf8Encode } from '../../src/std/bytes.ts';
import { portableSuite } from '../../src/std/portable.ts';
import { readVectors } from '../rules/support/history.ts';

interface Accepted {
	readonly name: string;
	readonly id: string;
	readonly note: string;
}

interface Refused {
	readonly name: string;
	readonly rule: string;
	readonly of?: string;
	readonly find?: string;
	readonly with?: string;
	readonly with_base64?: string;
	readonly base64?: string;
	readonly says?: string;
}

const vectors = readVectors<{ readonly accepted: readonly Accepted[]; readonly refused: readonly Refused[] }>(
	'statements/spelling.json',
);
const notes = new Map(vectors.accepted.map(({ name, note }) => [name, note]));

function bytesOf(refused: Refused): Uint8Array {
	if (refused.base64 !== undefined) return base64Decode(refused.base64) ?? utf8Encode('?');
	const note = notes.get(refused.of ?? '');
	const parts = note?.split(refused.find ?? '') ?? [];
	const [before = '', after = ''] = parts;
	if (parts.length !== 2) throw new Error(`"${refused.name}" does not say which one place of which note it changes`);
	const middle = refused.with_base64 === undefined ? utf8Encode(refused.with ?? '') : base64Decode(refused.with_base64);
	return concat(utf8Encode(before), middle ?? new Uint8Array(), utf8Encode(after));
}

function parsed(note: string): Leaf {
	const leaf = parseLeaf(portableSuite, utf8Encode(note));
	if (!leaf.ok) throw new Error(`${leaf.error.rule}: ${leaf.error.why}`);
	return leaf.value;
}

describe('vectors/statements/spelling.json', () => {
	it.each(vectors.accepted)('S1–S4 accept and print again: $name', ({ id, note }) => {
		const leaf = parsed(note);
		expect(leaf.id).toBe(id);
		expect(utf8Decode(printText(leaf.election, leaf.digest, leaf.statement))).toBe(
			note.slice(0, note.indexOf('\n\n') + 1),
		);
		expect(utf8Decode(printLeaf(leaf.text, leaf.signatures))).toBe(note);
	});

	it.each(vectors.refused)('$rule refuses $name', (refused) => {
		const leaf = parseLeaf(portableSuite, bytesOf(refused));
		expect(leaf.ok ? 'accepted' : leaf.error.rule).toBe(refused.rule);
		expect(leaf.ok ? '' : leaf.error.why).toContain(refused.says ?? '');
	});

	it('has every type of statement among the accepted', () => {
		const types = vectors.accepted.map(({ note }) => parsed(note).statement.type);
		expect([...new Set(types)].toSorted()).toEqual(Object.keys(SHAPES).toSorted());
	});
});

describe('S4: bounds', () => {
	const note = notes.get('blob/held') ?? '';
	const blobs = (count: number) =>
		Array.from({ length: count }, (_, i) => `{"sha256":"${i.toString(16).padStart(64, '0')}","size":${i + 1}}`).join(
			',',
		);
	const withBlobs = (count: number) => utf8Encode(note.replace(/"blobs":\[[^\]]*\]/, `"blobs":[${blobs(count)}]`));

	it('S4 lets 512 blobs pass and refuses 513', () => {
		expect(parseLeaf(portableSuite, withBlobs(512)).ok).toBe(true);
		const refused = parseLeaf(portableSuite, withBlobs(513));
		expect(refused).toMatchObject({ ok: false, error: { rule: 'S4', why: expect.stringContaining('1 to 512') } });
	});

	it('S4 lets a leaf of 65,535 bytes be read and refuses one byte more before looking at it', () => {
		const read = (size: number) => parseLeaf(portableSuite, new Uint8Array(size).fill(10));
		expect(read(LEAF_BYTES_MAX)).toMatchObject({ error: { rule: 'S1' } });
		expect(read(LEAF_BYTES_MAX + 1)).toMatchObject({ error: { rule: 'S4', why: expect.stringContaining('65535') } });
	});

	it('S4 a certificate or declaration can say whatever its package may have: codes and bodies of any spelling, every witness silent, number after number', () => {
		const of = (name: string, find: string | RegExp, instead: string) => {
			const changed = (notes.get(name) ?? '').replace(find, instead);
			expect(changed).not.toBe(notes.get(name));
			const leaf = parseLeaf(portableSuite, utf8Encode(changed));
			return leaf.ok ? 'read' : leaf.error.why;
		};
		const silent = Array.from({ length: LIMITS.witnessesMax }, (_, i) => `"w/${i}"`).join(',');
		expect([
			of('collation/certify', /"unwitnessed":"[a-z-]+"/, '"unwitnessed":"act-2011/s83.2"'),
			of('collation/certify', '["witness/news"]', `[${silent}]`),
			of('result/declare', '"number":2', '"number":1000'),
			of('outcome refer', /"to":"[a-z-]+"/, '"to":"National-Assembly"'),
			of('outcome special', /"code":"[a-z-]+"/, '"code":"Art.5/2"'),
		]).toEqual(['read', 'read', 'read', 'read', 'read']);
	});

	it('S4 reads the longest forms: 1,250 fields, and two openings of them, fit a leaf', () => {
		const fields = Object.fromEntries(Array.from({ length: 1250 }, (_, i) => [`cand-000${1000 + i}`, 999_999_999]));
		const opening = (digit: string) => ({
			attributes: {},
			figures: fields,
			legibility: 'good' as const,
			reading: digit.repeat(64),
			salt: digit.repeat(64),
		});
		const { election, digest } = parsed(note);
		const text = printText(election, digest, {
			type: 'reading/open',
			by: ['small.example/log'],
			capture: 'c'.repeat(64),
			openings: [opening('a'), opening('b')],
		});
		const leaf = parseLeaf(portableSuite, concat(text, utf8Encode(note.slice(note.indexOf('\n\n') + 1))));
		expect(leaf.ok).toBe(true);
	});
});
