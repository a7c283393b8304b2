/**
 * One verdict on an Ed25519 signature, whatever library computes it (L7), and which keys may be enrolled (L8).
 * Libraries differ on S ≥ L, on points of small order and on second spellings of a point, so that a dishonest signer
 * could make two honest verifiers disagree. All of these are refused here by comparing bytes, before a library is asked;
 * on what is left (cofactorless RFC 8032) they agree. It does not know who holds a key or what was signed.
 */
import { hexDecode } from '../std/bytes.ts';
import type { Result } from '../std/result.ts';
import { assert, err, ok } from '../std/result.ts';
import type { Suite } from '../std/suite.ts';

const KEY_LENGTH = 32;
const SIGNATURE_LENGTH = 64;

/** L = 2^252 + 27742317777372353535851937790883648493, lowest byte first like all numbers here. */
const ORDER = constant('edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010');

/**
 * The y of every point of small order, without the sign bit: order 4, order 1, order 8 twice, order 2. Each with either sign is
 * refused: it is a point of small order or, where x = 0, a second spelling of one.
 */
const SMALL_ORDER_Y: readonly Uint8Array[] = [
	constant('0000000000000000000000000000000000000000000000000000000000000000'),
	constant('0100000000000000000000000000000000000000000000000000000000000000'),
	constant('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05'),
	constant('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a'),
	constant('ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'),
];

/** False, without asking the suite, for anything that back ends could judge differently. Never throws on foreign bytes. */
export function verifySignature(
	suite: Suite,
	publicKey: Uint8Array,
	message: Uint8Array,
	signature: Uint8Array,
): boolean {
	if (publicKey.length !== KEY_LENGTH || signature.length !== SIGNATURE_LENGTH) return false;
	if (!isReducedScalar(signature) || isRefusedPoint(publicKey) || isRefusedPoint(signature)) return false;
	return suite.ed25519(publicKey, message, signature);
}

/** A key may be enrolled if it is the one spelling of a point of prime order. */
export function checkEnrolmentKey(suite: Suite, publicKey: Uint8Array): Result<Uint8Array> {
	if (publicKey.length !== KEY_LENGTH) return err(`L8: a public key is 32 bytes, this is ${publicKey.length}`);
	if (isNotReducedY(publicKey)) return err('L8: the key spells its point in a second way (y ≥ p)');
	if (isRefusedPoint(publicKey)) return err('L8: the key is a point of small order');
	if (suite.isPrimeOrder(publicKey)) return ok(publicKey);
	return err('L8: the key is not a point of the group of prime order');
}

/** S < L, S being bytes 32 … 63. Almost every honest S is decided by its highest byte. */
function isReducedScalar(signature: Uint8Array): boolean {
	for (let i = 31; i >= 0; i--) {
		const difference = (signature[32 + i] ?? 0) - (ORDER[i] ?? 0);
		if (difference !== 0) return difference < 0;
	}
	return false;
}

/** Whether the first 32 bytes spell a point that L7 refuses whatever the rest: not reduced, or of small order. */
function isRefusedPoint(bytes: Uint8Array): boolean {
	switch (bytes[0]) {
		case 0x00:
		case 0x01:
		case 0x26:
		case 0xc7:
		case 0xec:
			return SMALL_ORDER_Y.some((y) => sameY(bytes, y));
		default:
			return isNotReducedY(bytes);
	}
}

/** y ≥ p = 2^255 − 19: everything between `ed ff … ff 7f` and `ff ff … ff 7f`, whatever the sign bit. */
function isNotReducedY(bytes: Uint8Array): boolean {
	if (((bytes[31] ?? 0) & 0x7f) !== 0x7f || (bytes[0] ?? 0) < 0xed) return false;
	for (let i = 30; i > 0; i--) if (bytes[i] !== 0xff) return false;
	return true;
}

function sameY(bytes: Uint8Array, y: Uint8Array): boolean {
	for (let i = 0; i < 31; i++) if (bytes[i] !== y[i]) return false;
	return ((bytes[31] ?? 0) & 0x7f) === y[31];
}

function constant(hex: string): Uint8Array {
	const bytes = hexDecode(hex);
	assert(bytes?.length === 32, 'a constant of Ed25519 has 32 bytes');
	return bytes;
}
