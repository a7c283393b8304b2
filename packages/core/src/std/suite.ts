/**
 * The two primitives that everything rests on, SHA-256 and Ed25519, handed in by whoever runs the core: a fast
 * native pair in Node, WebCrypto's in a browser, or the portable reference in `portable.ts`. All must give the same answers;
 * `data/vectors/tlog/cctv-ed25519` is how a back end shows it.
 */
export interface Suite {
	/** 32 bytes. */
	readonly sha256: (data: Uint8Array) => Uint8Array;
	/** SHA-256 of the data as 64 lower-case hex digits. */
	readonly sha256Hex: (data: Uint8Array) => string;
	/**
	 * The back end's own Ed25519 verdict (32-byte key, 64-byte signature). Callers use `verifySignature` of
	 * `log/ed25519.ts`, which first refuses what back ends judge differently.
	 */
	readonly ed25519: (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean;
	/**
	 * Whether 32 bytes are a point of the prime-order group, for keys at enrolment (L8); callers use `checkEnrolmentKey`. About 30 µs in
	 * native code and a millisecond in plain JavaScript.
	 */
	readonly isPrimeOrder: (publicKey: Uint8Array) => boolean;
}
