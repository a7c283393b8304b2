/** One verdict on every back end (L7): the 914 edge cases of CCTV and Wycheproof's, by four libraries. */
import { createPublicKey, hash, verify } from 'node:crypto';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { checkEnrolmentKey, verifySignature } from '../../src/log/ed25519.ts';
import { utf8Encode } from '../../src/std/bytes.ts';
import { portableSuite } from '../../src/std/portable.ts';
import type { Suite } from '../../src/std/suite.ts';
import type { CctvCase, WycheproofFile } from './sharedShapes.ts';
import { hex, needsShared, sharedJson, sharedPresent } from './support.ts';

interface Case {
	readonly key: Uint8Array;
	readonly message: Uint8Array;
	readonly signature: Uint8Array;
}

const sodium = createRequire(new URL('../../../verifier/package.json', import.meta.url))('sodium-native');

function suiteOf(ed25519: Suite['ed25519']): Suite {
	return { ...portableSuite, ed25519 };
}

const nodeSuite = suiteOf((key, message, signature) => {
	const jwk = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(key).toString('base64url') };
	return verify(null, message, createPublicKey({ key: jwk, format: 'jwk' }), signature);
});
const sodiumSuite = suiteOf((key, message, signature) => sodium.crypto_sign_verify_detached(signature, message, key));
const synchronous = { portable: portableSuite, 'node:crypto': nodeSuite, 'sodium-native': sodiumSuite };

/** WebCrypto answers later: the suite notes that it was asked, and the question is put afterwards. */
async function byWebCrypto({ key, message, signature }: Case): Promise<boolean> {
	let asked = false;
	const noting = suiteOf(() => {
		asked = true;
		return true;
	});
	if (!verifySignature(noting, key, message, signature) || !asked) return false;
	const imported = await crypto.subtle.importKey('raw', new Uint8Array(key), 'Ed25519', false, ['verify']);
	return crypto.subtle.verify('Ed25519', imported, new Uint8Array(signature), new Uint8Array(message));
}

function cctvCases(): readonly Case[] {
	const cases = sharedJson<readonly CctvCase[]>('cctv-ed25519/ed25519vectors.json');
	return cases.map(({ key, sig, msg }) => ({ key: hex(key), signature: hex(sig), message: utf8Encode(msg) }));
}

describe('L7 one verdict', () => {
	for (const [name, suite] of Object.entries(synchronous)) {
		it.skipIf(!sharedPresent)(`L7 ${name} accepts exactly 43 of the 914 CCTV cases ${needsShared}`, () => {
			const cases = cctvCases();
			expect(cases).toHaveLength(914);
			const verdicts = cases.map(({ key, message, signature }) => verifySignature(suite, key, message, signature));
			expect(verdicts.filter(Boolean)).toHaveLength(43);
			expect(verdicts).toEqual(cases.map((one) => verifySignature(portableSuite, one.key, one.message, one.signature)));
		});

		it.skipIf(!sharedPresent)(`L7 ${name} judges Wycheproof's cases as they say ${needsShared}`, () => {
			let count = 0;
			for (const { publicKey, tests } of sharedJson<WycheproofFile>('wycheproof/ed25519_test.json').testGroups) {
				for (const { tcId, msg, sig, result } of tests) {
					const verdict = verifySignature(suite, hex(publicKey.pk), hex(msg), hex(sig));
					expect(verdict, `case ${tcId}`).toBe(result === 'valid');
					count++;
				}
			}
			expect(count).toBeGreaterThan(100);
		});
	}

	it.skipIf(!sharedPresent)(`L7 WebCrypto accepts the same 43 ${needsShared}`, async () => {
		const cases = cctvCases();
		const verdicts = await Promise.all(cases.map(byWebCrypto));
		const reference = cases.map(({ key, message, signature }) =>
			verifySignature(portableSuite, key, message, signature),
		);
		expect(verdicts).toEqual(reference);
		expect(verdicts.filter(Boolean)).toHaveLength(43);
	});

	it.skipIf(!sharedPresent)(
		`L8 no key of the CCTV cases with a low-order component may be enrolled ${needsShared}`,
		() => {
			const cases = sharedJson<readonly CctvCase[]>('cctv-ed25519/ed25519vectors.json');
			const low = ['low_order_A', 'low_order_component_A', 'non_canonical_A'];
			const verdicts = new Map(cases.map(({ key }) => [key, checkEnrolmentKey(portableSuite, hex(key)).ok]));
			for (const { key, flags } of cases) {
				expect(verdicts.get(key), key).toBe(!low.some((flag) => flags?.includes(flag)));
			}
			expect([...verdicts.values()]).toContain(true);
		},
	);

	it('L7 the hashes of the portable suite are those of node:crypto', () => {
		for (const length of [0, 1, 63, 64, 65, 1000]) {
			const data = new Uint8Array(length).fill(length);
			expect(portableSuite.sha256Hex(data)).toBe(hash('sha256', data));
		}
	});
});
