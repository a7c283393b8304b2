/**
 * Every maximum of the log in one place, each with its reason (L29). What is larger is refused before any work is done on it.
 */

/** An entry's length is written in 16 bits (tlog-tiles). What is larger is a blob named by its digest. */
export const ENTRY_BYTES_MAX = 65_535;

/** A note may carry this many signatures: the signed-note document asks for at least 16; a checkpoint may have many witnesses. */
export const NOTE_SIGNATURES_MAX = 100;

/** Text of a leaf's size and 100 of the longest signatures known today (about 5 kB each) fit. */
export const NOTE_BYTES_MAX = 1_048_576;

/** 53 levels hold any tree of L1; a longer proof cannot be true. */
export const PROOF_HASHES_MAX = 53;

/** Opaque extra data of a proof file, in bytes after decoding. */
export const PROOF_EXTRA_BYTES_MAX = 65_535;

/** A policy names parties, courts, observers and newsrooms: 1,024 lines of definitions are far beyond any of them. */
export const POLICY_LINES_MAX = 1_024;

/** 1,024 definitions of 256 bytes. */
export const POLICY_BYTES_MAX = 262_144;

/** Hashes in a full tile (tlog-tiles fixes the height at 8). */
export const TILE_WIDTH = 256;

/** Highest tile level that a path may name (tlog-tiles); levels above 6 are empty for the sizes of L1. */
export const TILE_LEVEL_MAX = 63;

/** Authenticated tiles that one reader keeps: 1,024 × 8 kB. Beyond it the reader forgets and reads again. */
export const TILES_KEPT_MAX = 1_024;

/** Hashes of a consistency proof in a request to a witness (tlog-witness); 53 hold any tree of L1, the document allows 63. */
export const WITNESS_PROOF_HASHES_MAX = 63;

/** A request to a witness: 63 hashes are 3 kB, a checkpoint with a hundred Ed25519 cosignatures 20 kB. */
export const ADD_CHECKPOINT_BYTES_MAX = 65_536;

/** What a witness answers with: a few lines of signatures, or a size. */
export const WITNESS_ANSWER_BYTES_MAX = 65_536;
