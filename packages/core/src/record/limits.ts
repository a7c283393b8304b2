/** Named maxima of statements, each with its reason (S4). */

/** A leaf's length is a 16-bit number in an entry bundle (C2SP tlog-tiles). Bytes. */
export const LEAF_BYTES_MAX = 65_535;
/** A quorum of a large commission; a C2SP reader must accept at least 16. */
export const SIGNERS_MAX = 16;
/** 256 keys of at most 230 bytes each fit a leaf. */
export const KEYS_PER_ENROLMENT_MAX = 256;
/** 512 digests of 94 bytes each fit a leaf. */
export const BLOBS_PER_STATEMENT_MAX = 512;
/** Two pages, front and back, in three qualities. */
export const IMAGES_PER_CAPTURE_MAX = 16;
/** 300 GB of images for a country would still name each blob's size exactly. */
export const BLOB_BYTES_MAX = 1_073_741_824;
/** The longest ballot papers have a few hundred rows. */
export const FIELDS_PER_FORM_MAX = 500;
/** Parties with agents at one station. */
export const AGENTS_PER_CAPTURE_MAX = 100;
/** Entries of a physical checklist (R5). */
export const ATTRIBUTES_MAX = 64;
/** Two blind readings, a third, and two by ruling (S29). */
export const READINGS_PER_CAPTURE_MAX = 5;
/** Official captures of one return that count as a discrepancy's sides; more are kept and shown. */
export const POLLS_MAX = 9;
