/**
 * What a back end must answer before it is believed (L7, L8): a handful of the published edge cases on which libraries are known to differ. It runs at every
 * start and takes a few milliseconds; the whole set of 914 is in the tests.
 */
import { verifySignature } from '@matokeo/core/log/ed25519.ts';
import { hexDecode, utf8Encode } from '@matokeo/core/std/bytes.ts';
import { assert } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';

interface Case {
	readonly what: string;
	readonly key: string;
	readonly message: string;
	readonly signature: string;
	readonly accepted: boolean;
}

const MIXED = '10eb7c3acfb2bed3e0d6ab89bf5a3d6afddd1176ce4812e38d9fd485058fdb1f';
const ORDINARY = 'ef75b20e7540e3dff77404193652ba2bd13df99c1508eee1515e27ae25f28076';
const ORDINARY_R = 'b62cf890de42c413b11b1411c9f01f1c4d77aa87ef182258d1251f69af2a3506';
const MIXED_R = '36684ea91032ba5b1dbab2d02f4debc74c3327f2b3802e2e4d371aa42b12b56b';
const ZERO = '00'.repeat(32);

/** From C2SP's CCTV set, by Filippo Valsorda; the comments there say how each was made. */
const CASES: readonly Case[] = [
	{
		what: 'an ordinary signature',
		key: ORDINARY,
		message: 'ed25519vectors 5',
		signature: `${ORDINARY_R}40657f1cb030f12543549bbabd848dc6403d354e7c99c4d0dcee9f63c9033b00`,
		accepted: true,
	},
	{
		what: 'the same signature under another text',
		key: ORDINARY,
		message: 'ed25519vectors 6',
		signature: `${ORDINARY_R}40657f1cb030f12543549bbabd848dc6403d354e7c99c4d0dcee9f63c9033b00`,
		accepted: false,
	},
	{
		what: 'components of low order that cancel out',
		key: MIXED,
		message: 'ed25519vectors',
		signature: `${MIXED_R}bbfd00bd9c259d8d222d15e67a3d8228585050dbb9b9585be20d8fadc721da03`,
		accepted: true,
	},
	{
		what: 'a residue of low order, which only the equation with cofactor accepts',
		key: MIXED,
		message: 'ed25519vectors 10',
		signature: `${MIXED_R}c02e2b9e63e385c058bf62b14b3a2b29ccefe8e38ddb536bc3f9865320a3d801`,
		accepted: false,
	},
	{
		what: 'R of low order',
		key: MIXED,
		message: 'ed25519vectors 3',
		signature: `${ZERO}9472a69cd9a701a50d130ed52189e2455b23767db52cacb8716fb896ffeeac09`,
		accepted: false,
	},
	{
		what: 'a key of low order',
		key: ZERO,
		message: 'ed25519vectors 3',
		signature: `${MIXED_R}05ba9a796274d80437afa36f1236563f2f3b0aa84cecddc3d20914615ba4fe02`,
		accepted: false,
	},
	{
		what: 'a second spelling of a key',
		key: `ed${'ff'.repeat(30)}7f`,
		message: 'ed25519vectors',
		signature: `${MIXED_R}05ba9a796274d80437afa36f1236563f2f3b0aa84cecddc3d20914615ba4fe02`,
		accepted: false,
	},
	{
		what: 'S raised by the order of the group',
		key: ORDINARY,
		message: 'ed25519vectors 5',
		signature: `${ORDINARY_R}2d397579ca93037e19f1925d9c7e6cdb403d354e7c99c4d0dcee9f63c9033b10`,
		accepted: false,
	},
];

const ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

/** Throws, naming the case, at the first wrong answer. */
export function selfTest(suite: Suite): void {
	assert(suite.sha256Hex(utf8Encode('abc')) === ABC, 'SHA-256 of "abc" is the one of FIPS 180-4');
	assert(suite.sha256(utf8Encode('abc')).length === 32, 'SHA-256 gives 32 bytes');
	for (const { what, key, message, signature, accepted } of CASES) {
		const verdict = verifySignature(suite, bytes(key), utf8Encode(message), bytes(signature));
		assert(verdict === accepted, `L7: ${what} must be ${accepted ? 'accepted' : 'refused'} by this back end`);
		const shared = new Uint8Array(new SharedArrayBuffer(32));
		shared.set(bytes(key));
		assert(
			verifySignature(suite, shared, utf8Encode(message), bytes(signature)) === accepted,
			`L7: ${what} must be judged the same when the key lies in shared memory`,
		);
	}
	assert(suite.isPrimeOrder(bytes(ORDINARY)), 'L8: an ordinary key is of prime order');
	assert(!suite.isPrimeOrder(bytes(MIXED)), 'L8: a key with a component of low order is not of prime order');
	assert(!suite.isPrimeOrder(bytes(ZERO)), 'L8: a key of low order is not of prime order');
}

function bytes(hex: string): Uint8Array {
	const decoded = hexDecode(hex);
	assert(decoded !== undefined, 'the cases are spelled in hex');
	return decoded;
}
