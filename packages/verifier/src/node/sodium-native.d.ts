/** The part of sodium-native 5 that is used here; the package ships no types. Buffers are Node's. */
declare module 'sodium-native' {
	interface Sodium {
		crypto_core_ed25519_is_valid_point(point: Buffer): boolean;
		crypto_sign_detached(signature: Buffer, message: Buffer, secretKey: Buffer): void;
		crypto_sign_seed_keypair(publicKey: Buffer, secretKey: Buffer, seed: Buffer): void;
		crypto_sign_verify_detached(signature: Buffer, message: Buffer, publicKey: Buffer): boolean;
	}
	const sodium: Sodium;
	export default sodium;
}
