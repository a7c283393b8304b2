/** Named maxima of reading a bundle from a stranger, each with its reason (B20). What is larger is refused before it is read. */

/** An area with some hundred stations has some thousand statements, each with its proof; a city ten times as many. */
export const BUNDLE_ENTRIES_MAX = 400_000;

/** One image, or the largest table of a package (P8). */
export const BUNDLE_FILE_BYTES_MAX = 1_073_741_824;

/** All files together, unpacked: the images of a large area. */
export const BUNDLE_BYTES_MAX = 68_719_476_736;

/** Text of ours gets some thirty times smaller when it is packed; a file that grows more than this was made to grow. */
export const BUNDLE_RATIO_MAX = 200;

/** Below this no ratio is asked for: a file of a thousand equal lines is small all the same. */
export const BUNDLE_RATIO_FROM_BYTES = 1_048_576;

/** What does not get smaller when it is packed gets a little larger: by an eighth at most and some bytes, whatever packs it. A quarter is let pass. */
export const PACKED_OVER_BYTES = 1_024;

/** `fr/contest/<64>/collation/<64>.html`, and a path of a package (P2) behind `package/`. */
export const BUNDLE_NAME_CHARACTERS_MAX = 240;

/** Folders in folders: those of a package (P8) lie one deeper. */
export const BUNDLE_DEPTH_MAX = 18;

/** 400,000 files with a path, a digest and a size each. */
export const BUNDLE_MANIFEST_BYTES_MAX = 134_217_728;

/** The central directory of 400,000 entries with names of this length. */
export const BUNDLE_DIRECTORY_BYTES_MAX = 134_217_728;

/** A person's words on how photographs were taken and kept. */
export const ATTESTATION_BYTES_MAX = 262_144;

/** Captures that one attestation speaks of: those of an agent at one station and of a supervisor of many. */
export const ATTESTED_CAPTURES_MAX = 1_000;

/** One line of an attestation: a sentence of a form, or an answer to it. */
export const ATTESTATION_LINE_CHARACTERS_MAX = 2_000;
