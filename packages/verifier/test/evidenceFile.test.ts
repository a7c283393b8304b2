/** Two checkpoints compared (V72), and the one spelling of an evidence file (V71): no change of a file makes it say something else. */
import { base64Encode, utf8Decode, utf8Encode } from '@matokeo/core/std/bytes.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEvidence, printEvidence } from '../src/evidence/file.ts';
import { judgeEvidence } from '../src/evidence/judge.ts';
import { compareCheckpoints, prefixOfProof } from '../src/evidence/pair.ts';
import {
	accused,
	entryOf,
	fileOf,
	fork,
	judged,
	one,
	prefix,
	rewritten,
	signed,
	two,
	unwrap,
} from './support/evidence.ts';
import { keyBehind, suite } from './support/smallLog.ts';

describe('V72 comparing two checkpoints', () => {
	const none = () => undefined;

	it('V72 accuses nobody without a proof', () => {
		const compare = (a: Uint8Array, b: Uint8Array) => unwrap(compareCheckpoints(suite, accused, a, b, none)).kind;
		expect(compare(signed(one, 20), signed(one, 20))).toBe('consistent');
		expect(compare(signed(one, 20), signed(two, 20))).toBe('evidence');
		expect(compare(signed(one, 7), signed(two, 20))).toBe('unknown');
		expect(compareCheckpoints(suite, accused, signed(one, 7), signed(two, 20, 'stranger'), none).ok).toBe(false);
	});

	it('V72 accuses nobody by hashes that lead nowhere', () => {
		const foreign = { root: two.rootAt(7), proof: prefix(one, 7, 20).proof };
		const compared = unwrap(compareCheckpoints(suite, accused, signed(one, 7), signed(one, 20), () => foreign));
		expect(compared.kind).toBe('unknown');
	});

	it('V72 finds what a sender’s own consistency proof gives away, and nothing in an honest one', () => {
		for (const [tree, kind] of [
			[one, 'consistent'],
			[two, 'evidence'],
		] as const) {
			const { proof } = prefix(tree, 7, 20);
			const newer = { size: 20, root: tree.rootAt(20) };
			const found = unwrap(
				compareCheckpoints(suite, accused, signed(tree, 20), signed(one, 7), (_larger, from) =>
					prefixOfProof(suite, newer, from, proof),
				),
			);
			expect(found.kind).toBe(kind);
			if (found.kind === 'evidence') expect(judged(found.misbehaviour).strength).toBe('proved');
		}
	});
});

describe('V71 spelling', () => {
	const files = [
		fileOf(fork),
		fileOf(rewritten(7, 20), true),
		fileOf({ kind: 'rollback', seen: signed(one, 20), served: signed(one, 12) }),
		fileOf({ kind: 'void', entry: entryOf(Uint8Array.of(1, 2, 255)), rule: 'S1', why: 'no text' }),
	];

	it('V71 prints what it parses', () => {
		for (const file of files) {
			const bytes = printEvidence(file);
			const again = unwrap(parseEvidence(suite, bytes));
			expect(utf8Decode(printEvidence(again))).toBe(utf8Decode(bytes));
			expect(again.kind).toBe(file.kind);
		}
	});

	it('V71 no change of a character makes a file prove something else', () => {
		fc.assert(
			fc.property(
				fc.constantFrom(fork, rewritten(7, 20)),
				fc.nat(),
				fc.constantFrom('0', 'A', 'z', '+', '"', ' ', '9'),
				(seen, place, letter) => {
					const text = utf8Decode(printEvidence(fileOf(seen))) ?? '';
					const at = place % text.length;
					const parsed = parseEvidence(suite, utf8Encode(text.slice(0, at) + letter + text.slice(at + 1)));
					if (!parsed.ok) return;
					const verdict = judgeEvidence(suite, parsed.value);
					if (verdict.strength !== 'proved') return;
					const said = (notes: readonly string[]) => notes.map((one) => one.split('\n\n')[0]);
					expect(said(verdict.notes)).toEqual(said(judged(seen).notes));
				},
			),
			{ numRuns: 3000 },
		);
	});

	it.each([
		['another format', (text: string) => text.replace('matokeo/v1 evidence', 'matokeo/v2 evidence')],
		['an unknown member', (text: string) => text.replace('"time"', '"tame":1,"time"')],
		['no newline', (text: string) => text.trimEnd()],
		['another kind', (text: string) => text.replace('"fork"', '"spoon"')],
		['no keys', (text: string) => text.replace(/"keys":\[[^\]]*\]/, '"keys":[]')],
		[
			'a cosigner’s key',
			(text: string) =>
				text.replace(
					/"keys":\[[^\]]*\]/,
					`"keys":["w+${keyBehind('w', 4).keyId}+${base64Encode(Uint8Array.of(4, ...keyBehind('w', 4).publicKey))}"]`,
				),
		],
		['a reporter of two lines', (text: string) => text.replace('witness/court', 'a\\nb')],
	])('V71 refuses %s', (_what, change) => {
		const text = utf8Decode(printEvidence(fileOf(fork))) ?? '';
		const changed = change(text);
		expect(changed).not.toBe(text);
		expect(parseEvidence(suite, utf8Encode(changed)).ok).toBe(false);
	});
});
