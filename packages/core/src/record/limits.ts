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
/** One holder's captures of one return: a return is one row, and no single key may make it grow for ever. */
export const CAPTURES_PER_HOLDER_MAX = 32;
/** 300 GB of images for a country would still name each blob's size exactly. */
export const BLOB_BYTES_MAX = 1_073_741_824;
/** Two openings of a form with this many fields, each named and counted in 25 bytes, fit a leaf. Kabul's form of 2018 had 804 candidates. */
export const FIELDS_PER_FORM_MAX = 1_250;
/**
 * The most that one field of one form, or one register, can count: nine digits, ten times any nation's largest station. Nine million stations of it are
 * still a safe integer, so that no statement can make a total unsafe. A larger number is kept as the paper has it and counts as no number.
 */
export const VOTES_MAX = 999_999_999;
/** Parties with agents at one station. */
export const AGENTS_PER_CAPTURE_MAX = 100;
/** Entries of a physical checklist (R5). */
export const ATTRIBUTES_MAX = 64;
/** Two blind readings, a third, and two by ruling (S29). */
export const READINGS_PER_CAPTURE_MAX = 5;
/** Polls of one contest at one station: a first one and eight re-polls. */
export const POLLS_MAX = 9;
/** Certificates or declarations of one contest and area: more than one key can make while the witnesses look on, so that nobody can use the numbers up. */
export const NUMBER_MAX = 999_999_999;
/** Languages of a generated declaration. */
export const TEXTS_MAX = 8;
/** Witnesses named as silent: as many as a package may have (P8). */
export const WITNESSES_NAMED_MAX = 200;
/** Files that an objection brings. */
export const EVIDENCE_MAX = 64;
/** Statements that an incident touched: beyond that the notice is about the log, not about statements. */
export const TOUCHED_MAX = 256;
/** Checks that show what an incident did not do. */
export const CHECKS_SHOWN_MAX = 32;
/** The largest log that a notice can speak of. */
export const SIZE_MAX = 1_000_000_000;
/** Originals of one return that one holder enters: as for captures, one key may not make a row grow for ever. */
export const ORIGINALS_PER_HOLDER_MAX = 16;
/** Pauses in force at one time: each stands at the top of every page, and two officials may not make that list grow for ever. */
export const PAUSES_MAX = 64;
/** Rows of a comparison count: more polling stations than any nation has. */
export const COUNT_ROWS_MAX = 2_000_000;
/** Numbers of one such table, empty ones included: a hundred thousand stations of two hundred columns; whoever reads one keeps eight bytes for each. */
export const COUNT_CELLS_MAX = 20_000_000;
/** Bytes of one such table: a million stations of ten columns fit. Whoever checks one has it in memory. */
export const COUNT_TABLE_BYTES_MAX = 67_108_864;
/** Counts of one contest that one holder lodges: each is a page, and one key may not make the list grow for ever. */
export const COUNTS_PER_HOLDER_MAX = 64;
/** Lines of one period's book of requests: a thousand a second for a day would be fewer. */
export const ACCESS_LINES_MAX = 100_000_000;
