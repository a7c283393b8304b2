/** B3, B40: `bundle.json` and attestations have one spelling: what is printed is read, and what anybody has changed is not. */
import { utf8Decode, utf8Encode } from '@matokeo/core/std/bytes.ts';
import { describe, expect, it } from 'vitest';
import {
	type Attestation,
	isAttestationLine,
	parseAttestation,
	printAttestation,
	signAttestation,
} from '../../src/bundle/attestation.ts';
import { type BundleManifest, parseBundleManifest, printBundleManifest } from '../../src/bundle/manifest.ts';
import { kindOfFile } from '../../src/bundle/paths.ts';
import { signBy, suite } from '../support/smallLog.ts';

const D = (digit: string): string => digit.repeat(64);

const MANIFEST: BundleManifest = {
	subject: { kind: 'station', station: '001', contest: 'president' },
	election: { id: 'small', package: D('a'), mode: 'official' },
	log: { origin: 'log.example/small', size: 12, root: `${'A'.repeat(43)}=` },
	verified: false,
	problems: ['tiles: expected one thing, came another’s'],
	statements: [{ index: 0, id: D('b'), type: 'election/open' }],
	leftOut: [{ sha256: D('c'), why: 'sealed' }],
	files: new Map([['README.txt', { sha256: D('d'), size: 9 }]]),
};

describe('B3 bundle.json', () => {
	const printed = printBundleManifest(MANIFEST);
	it('B3 is read as it was printed', () => {
		expect(parseBundleManifest(printed)).toEqual({ ok: true, value: MANIFEST });
		for (const subject of [
			{ kind: 'area', area: 'a', contest: 'c' },
			{ kind: 'objection', objection: D('e') },
			{ kind: 'declaration', declaration: D('f') },
		] as const)
			expect(parseBundleManifest(printBundleManifest({ ...MANIFEST, subject }))).toEqual({
				ok: true,
				value: { ...MANIFEST, subject },
			});
	});

	it.each([
		['another order', ['"index":0', '"type":"a/b","index":0']],
		['a space more', ['"size":12', '"size": 12']],
		['null', ['"verified": false', '"verified": null']],
		['a member more', ['"verified": false', '"verified": false,\n\t"more": 1']],
		['another version', ['matokeo-bundle/v1', 'matokeo-bundle/v2']],
		['a path upwards', ['README.txt', '../a b']],
		['a number that is none', ['"size":9', '"size":-9']],
		['a sign that reorders a line', ['another’s', 'another\\u202e']],
		['nothing', [/^[\s\S]*$/, '']],
	] as const)('B3 refuses %s', (_what, [from, to]) => {
		const text = utf8Decode(printed) ?? '';
		const changed = text.replace(from, to);
		expect(changed).not.toBe(text);
		expect(parseBundleManifest(utf8Encode(changed))).toMatchObject({ ok: false, error: expect.stringContaining('B3') });
	});

	it('B2 a file is what its place says', () => {
		const blob = `blob/aa/${D('a')}`;
		const kinds = ['bundle.json', 'statements/7.note', 'statements/7.tlog-proof', blob, `blob/ab/${D('a')}`, 'x.exe'];
		expect(kinds.map(kindOfFile)).toEqual(['manifest', 'statement', 'proof', 'blob', undefined, undefined]);
	});
});

const ATTESTATION: Attestation = {
	election: 'small',
	package: D('a'),
	form: 'plain',
	language: 'en',
	basis: 'No statute.',
	captures: [D('1'), D('2')],
	lines: [
		{ kind: 'says', text: 'I took them.' },
		{ kind: 'answer', text: 'Full name: Nobody' },
	],
};
const signer = { name: 'party/alba/1', keyId: '01020304', sign: (text: Uint8Array) => signBy('party/alba/1', text) };

describe('B40 attestations', () => {
	const signed = signAttestation(ATTESTATION, signer);
	it('B40 is read as it was signed', () => {
		const parsed = parseAttestation(signed);
		expect(parsed.ok && parsed.value.attestation).toEqual(ATTESTATION);
		expect(parsed.ok && parsed.value.note.text).toBe(printAttestation(ATTESTATION));
	});

	it.each([
		['captures out of order', D('1'), D('3')],
		['a capture twice', D('1'), D('2')],
		['no words', 'says I took them.\nanswer Full name: Nobody\n', ''],
		['words before captures', `capture ${D('2')}\nsays I took them.`, `says I took them.\ncapture ${D('2')}`],
		['a line of another kind', 'answer', 'claims'],
		['another first line', 'matokeo-attestation/v1', 'matokeo/v1 form/capture'],
		['a sign that hides words', 'I took', 'I\u200b took'],
	])('B40 refuses %s', (_what, from, to) => {
		const text = (utf8Decode(signed) ?? '').replace(from, to);
		expect(text).not.toBe(utf8Decode(signed));
		expect(parseAttestation(utf8Encode(text)).ok).toBe(false);
	});

	it('B40 a line is one line of plain text', () => {
		expect(['a', 'Jina: Ñandú’s 李'].every(isAttestationLine)).toBe(true);
		expect(['', ' a', 'a\n', 'a\tb', '\u202ea', 'x'.repeat(2_001), '\ud800'].some(isAttestationLine)).toBe(false);
	});

	it('B40 no statement is an attestation, and no attestation a statement', async () => {
		const { parseLeaf } = await import('@matokeo/core/record/leaf.ts');
		expect(parseLeaf(suite, signed).ok).toBe(false);
	});
});
