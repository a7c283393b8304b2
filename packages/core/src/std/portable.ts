/**
 * The portable reference suite: SHA-256 and Ed25519 in plain JavaScript, the same on every machine. It is what the
 * faster back ends are compared with, and what a browser without Ed25519 falls back to. It carries L7 of `spec/log.md`: the
 * equation without cofactor, which the library's own `verify` does not offer. It also signs, for tools that hold a seed.
 * It does not know where a seed comes from.
 */
import { ed25519 } from '@noble/curves/ed25519.js';
import { bytesToNumberLE } from '@noble/curves/utils.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { bytesEqual, concat, hexEncode } from './bytes.ts';
import type { Suite } from './suite.ts';

const { Point } = ed25519;

export const portableSuite: Suite = {
	sha256: (data) => sha256(data),
	sha256Hex: (data) => hexEncode(sha256(data)),
	ed25519: verifyCofactorless,
	isPrimeOrder,
};

/** RFC 8032 without the cofactor: R is exactly the spelling of [S]B − [k]A. */
function verifyCofactorless(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
	const r = signature.subarray(0, 32);
	const s = bytesToNumberLE(signature.subarray(32));
	const k = Point.Fn.create(bytesToNumberLE(sha512(concat(r, publicKey, message))));
	if (s >= Point.Fn.ORDER) return false;
	try {
		const a = Point.fromBytes(publicKey, false);
		return bytesEqual(Point.BASE.multiplyUnsafe(s).subtract(a.multiplyUnsafe(k)).toBytes(), r);
	} catch {
		// The key is not a point of the curve.
		return false;
	}
}

/** The 32-byte public key of a 32-byte seed. */
export function portablePublicKey(seed: Uint8Array): Uint8Array {
	return ed25519.getPublicKey(seed);
}

/** The 64-byte RFC 8032 signature of a message under a 32-byte seed. */
export function portableSign(seed: Uint8Array, message: Uint8Array): Uint8Array {
	return ed25519.sign(message, seed);
}

function isPrimeOrder(publicKey: Uint8Array): boolean {
	try {
		return ed25519.Point.fromBytes(publicKey, false).isTorsionFree();
	} catch {
		return false;
	}
}
