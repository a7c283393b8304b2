/** Named maxima of fetching a log, each with its reason (V68). What is larger, slower or more often in vain is given up and said. */

/** Requests under way to one source: enough to fill a line, few enough for a small server. */
export const REQUESTS_AT_ONCE = 8;

/** Of files that may have hundreds of megabytes: they lie in memory until they are whole. */
export const LARGE_FILES_AT_ONCE = 2;

/** An image of a form, twice what a server takes. */
export const IMAGE_BYTES_MAX = 67_108_864;

/** Until a source has said anything at all, and the longest silence in the middle of a file. Milliseconds. */
export const SILENCE_MS_MAX = 20_000;

/** A line that brings less than this is better tried again. Bytes per second. */
export const SPEED_LEAST = 1_024;

/** Pauses before a request is made again: a server that is being restarted is back by then. Milliseconds. */
export const RETRY_PAUSES_MS: readonly number[] = [500, 2_000, 8_000];

/** The longest pause that a source may ask for (`retry-after`). Milliseconds. */
export const PAUSE_ASKED_MS_MAX = 30_000;

/** Redirects of one request: `http` to `https`, and a moved prefix. */
export const REDIRECTS_MAX = 3;

/** A mirror of a mirror has no longer address. Characters. */
export const ADDRESS_CHARACTERS_MAX = 2_000;
