/** A file of a pack before it is written: where it lies, and what is in it, made when it is its turn. */
export interface PackFile {
	/** From the root of the pack, with `/`. */
	readonly path: string;
	readonly content: string | Iterable<string> | (() => Uint8Array);
}
