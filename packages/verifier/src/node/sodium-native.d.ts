/** The part of sodium-native 5 that is used here; the package ships no types. */
declare module 'sodium-native' {
	interface Sodium {
		crypto_core_ed25519_is_valid_point(point: Uint8Array): boolean;
		crypto_sign_detached(signature: Buffer, message: Buffer, secretKey: Buffer): void;
		crypto_sign_seed_keypair(publicKey: Buffer, secretKey: Buffer, seed: Buffer): void;
		crypto_sign_verify_detached(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean;
	}
	const sodium: Sodium;
	export default sodium;
}
