/** The fast suites give the same verdicts as the portable one (L7, L8), and their self-test sees a back end that does not. */
import { existsSync, readFileSync } from 'node:fs';
import { checkEnrolmentKey, verifySignature } from '@matokeo/core/log/ed25519.ts';
import { hexDecode, utf8Encode } from '@matokeo/core/std/bytes.ts';
import { portableSuite } from '@matokeo/core/std/portable.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { describe, expect, it } from 'vitest';
import { nativeSuite } from '../src/node/nativeSuite.ts';
import { plainSuite } from '../src/node/plainSuite.ts';
import { selfTest } from '../src/node/selfTest.ts';

const vectors = new URL('../../../../shared/data/vectors/tlog/cctv-ed25519/ed25519vectors.json', import.meta.url);
const present = existsSync(vectors);

function bytes(hex: string): Uint8Array {
	return hexDecode(hex) ?? new Uint8Array(0);
}

const suites: readonly (readonly [string, () => Suite])[] = [
	['native', nativeSuite],
	['plain', plainSuite],
];

describe('L7 the fast suites', () => {
	it.skipIf(!present).each(suites)(
		'L7 the %s one accepts exactly 43 of the 914 CCTV cases, and L8 agrees on every key (needs ../shared/data)',
		(_name, open) => {
			const suite = open();
			const cases: readonly { key: string; sig: string; msg: string }[] = JSON.parse(readFileSync(vectors, 'utf8'));
			const verdicts = cases.map(({ key, sig, msg }) =>
				verifySignature(suite, bytes(key), utf8Encode(msg), bytes(sig)),
			);
			expect(cases).toHaveLength(914);
			expect(verdicts.filter(Boolean)).toHaveLength(43);
			const keys = [...new Set(cases.map(({ key }) => key))].slice(0, 60).map(bytes);
			const enrolled = (one: Suite) => keys.map((key) => checkEnrolmentKey(one, key).ok);
			expect(enrolled(suite)).toEqual(enrolled(portableSuite));
			expect(new Set(enrolled(suite)).size).toBe(2);
		},
	);

	it('L7 the self-test passes on every suite', () => {
		expect(() => selfTest(portableSuite)).not.toThrow();
		for (const [, open] of suites) expect(open).not.toThrow();
	});

	const faults: readonly (readonly [string, Partial<Suite>])[] = [
		['accepts everything', { ed25519: () => true }],
		['accepts nothing', { ed25519: () => false }],
		['finds every key of prime order', { isPrimeOrder: () => true }],
		['hashes otherwise', { sha256Hex: (data) => portableSuite.sha256Hex(data.subarray(1)) }],
	];
	it.each(faults)('L7 the self-test sees a back end that %s', (_fault, planted) => {
		expect(() => selfTest({ ...portableSuite, ...planted })).toThrow(/invariant broken/);
	});
});
