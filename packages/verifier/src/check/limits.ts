/** Named maxima of a verification, each with its reason (V4). What is larger is reported and not read. */

/** A report of more problems than this of one kind is read by nobody; all are counted. */
export const PROBLEMS_PER_CHECK_MAX = 100;

/** Leaves of one tile: more are not told apart one by one. */
export const ENTRIES_NAMED_MAX = 8;

/** 256 entries of at most 65,535 bytes, each after two bytes of length. */
export const BUNDLE_BYTES_MAX = 256 * 65_537;

/** A checkpoint is a note of at most 1 MiB (L29). */
export const CHECKPOINT_BYTES_MAX = 1_048_576;

/** `log.vkey` is one line. */
export const VKEY_BYTES_MAX = 4_096;

/** A published result names every area of a contest: 500,000 areas of 120 bytes. */
export const RESULT_BYTES_MAX = 67_108_864;

/**
 * How far a tick may lie before the time of a witness that had not been shown it. Witnesses keep time by the clock of an ordinary machine, and are asked to cosign the newest checkpoint there is: one that
 * is five minutes late, by its clock and its line together, is no witness of the time.
 */
export const CLOCK_TOLERANCE_SECONDS = 300;

/** Different times since the last witnessed size: a tick in every second of eleven days. A log that has more is checked against the later half. */
export const TICKS_KEPT_MAX = 1_000_000;

/** Results, a contest's conditions, their facts: fewer levels than this. */
export const RESULT_DEPTH_MAX = 16;

/** Deeper than `tile/entries/x…` of the largest log. */
export const FOLDER_DEPTH_MAX = 24;

/** Tiles of ten million leaves with partial ones for every size would be fewer. */
export const FOLDER_FILES_MAX = 20_000_000;

/** Bundles read ahead of the replay: they lie in memory until their turn. */
export const BUNDLES_AHEAD_MAX = 16;

/** Jobs that lie in front of one worker: one to do, and some to go on with while the replay catches up and hands out none. */
export const JOBS_PER_WORKER_MAX = 4;

/** Bundles whose statements are hashed before the tree over them is grown: their hashes lie in memory. */
export const BUNDLES_PER_HASHING = 64;

/** Files named when a step of following cannot be made: whoever fetches them again looks at all of them anyway. */
export const FILES_NAMED_MAX = 1_000;

/** Void leaves of one step that are kept whole, for evidence: one is enough. */
export const VOIDS_KEPT_MAX = 100;

/** Keys per job of the prime-order check: about ten milliseconds. */
export const KEYS_PER_JOB = 256;

/** More threads than this only wait for one another: the replay itself is one thread. */
export const WORKERS_MAX = 8;

/** A worker keeps nothing from one job to the next: a small nursery is enough, and there is one in each thread. */
export const WORKER_YOUNG_MB_MAX = 6;

/** Two checkpoints of at most 1 MiB each, as JSON text, beside the package's `election.json`. */
export const EVIDENCE_BYTES_MAX = 16_777_216;

/** The name of a person or an organisation. */
export const REPORTER_CHARACTERS_MAX = 200;

/** A log has two keys; a policy may name more witnesses, of whom a few are enough to show a time. */
export const EVIDENCE_KEYS_MAX = 64;

/** Records of what was declared outside the gate whose figures are compared: each takes the sum of a whole contest. */
export const RECORDS_COMPARED_MAX = 64;

/** Notices whose words are kept for the report, of a kilobyte each; all are counted. */
export const NOTICES_KEPT_MAX = 10_000;

/** Lodged counts whose words are kept for the report, of half a kilobyte each; all are counted. */
export const COUNTS_KEPT_MAX = 10_000;

/** Objections, orders, notices and the like that a report names one by one, of each contest; all are counted. */
export const PROCEEDINGS_NAMED_MAX = 100;

/** The text of a declaration that a reader brings: ten times one with a thousand candidates. */
export const DECLARATION_BYTES_MAX = 1_048_576;

/** Lines of it that are compared. */
export const DECLARATION_LINES_MAX = 5_000;

/** Keys that the runtime has prepared for checking, of about a kilobyte each: as many officers as speak in one stretch of a log. */
export const PLAIN_KEYS_KEPT_MAX = 4_096;
