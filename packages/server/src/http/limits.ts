/**
 * Every maximum of the HTTP service, in one place, each with its reason (`spec/api.md`, A15). An operator may hand in others; nothing anywhere else in `http/` bounds anything by a number of its own.
 */

import { COUNT_TABLE_BYTES_MAX } from '@matokeo/core/record/limits.ts';
import type { Rate } from '@matokeo/portal/live/tokenBuckets.ts';

export const LIMITS = {
	/** Notes of one request: a station's evening, or a minute of a busy tallying centre. */
	notesPerRequestMax: 256,
	/** Openings of one request. */
	openingsPerRequestMax: 256,
	/** Notes, and openings, that wait for an append: eight full ones, a few seconds of work, which a sender would rather wait for than send again. */
	notesWaitingMax: 4_096,
	/** Bytes of a body of statements or openings: 256 forms of usual length many times over. Longer lists are several requests. */
	listBodyBytesMax: 4_194_304,
	/** Bytes of any other body. */
	bodyBytesMax: 16_384,
	/** Bytes of all bodies that are being received at once; bounds the memory that slow senders can hold. */
	bodiesInFlightBytesMax: 134_217_728,
	/** Nesting of a JSON body: what the deepest schema has, and some. */
	jsonDepthMax: 8,
	/** Characters of a path: the longest of ours has two ids of 64 and a hundred between them. */
	pathCharactersMax: 512,
	/** Bytes of all headers of a request; a tus request with its metadata has a thousand. */
	headerBytesMax: 16_384,

	/** Until the headers of a request are in: half-open connections go after this. */
	headersTimeoutMs: 10_000,
	/** Until a request is in whole. An upload that needs longer breaks off and goes on from where it was. */
	requestTimeoutMs: 300_000,
	/** Silence on a connection in the middle of a request. */
	idleTimeoutMs: 30_000,
	/** Silence between requests; longer than a proxy's, which should be the one to close. */
	keepAliveTimeoutMs: 65_000,
	/** How often connections are looked at for these. */
	timeoutCheckMs: 1_000,
	/** Requests on one connection, after which a client opens a new one: spreads clients over servers. */
	requestsPerConnectionMax: 10_000,
	/** Connections at once: 1,000 people who follow live, some thousand stations, and file handles left for the log. */
	connectionsMax: 8_192,
	/** Connections of one address at once; not asked behind a trusted proxy, which has but one address. */
	connectionsPerAddressMax: 512,
	/** Until a closing server gives up on requests that are not finished. */
	closeGraceMs: 10_000,

	/** Requests of one address: a tallying centre, or a village behind one carrier's address. */
	addressRequests: { perSecond: 200, burst: 2_000 },
	/** Notes and openings of one address. */
	addressNotes: { perSecond: 400, burst: 8_000 },
	/** Bytes of uploads of one address: fifty photographs a second. */
	addressUploadBytes: { perSecond: 20_000_000, burst: 2_000_000_000 },
	/** Sign-ins of one address: each costs a signature check. */
	addressSignIns: { perSecond: 5, burst: 100 },
	/** Statements by one key: a person does not sign faster for long, a device that caught up does for a while. */
	keyNotes: { perSecond: 20, burst: 2_000 },
	/** Marks of one contest and area that are asked for: each is a sheet of up to some megabytes, or some tenths of a second to find out that nothing is new. */
	areaMarks: { perSecond: 1 / 30, burst: 20 },
	/** Addresses, keys and areas that are remembered per kind of limit; who is forgotten begins with a full purse. */
	limitedMax: 65_536,

	/** Bytes of one uploaded image: a page at 600 dpi, in colour. */
	uploadBytesMax: 33_554_432,
	/** Bytes of a text that a filing names: a hundred pages. */
	textBytesMax: 1_048_576,
	/** Bytes of the table of a comparison count: the most that S44 lets one have, a million polling stations of ten columns. */
	tableBytesMax: COUNT_TABLE_BYTES_MAX,
	/** Width times height: a page at 600 dpi is 35 million. */
	imagePixelsMax: 60_000_000,
	/** Bytes beside the pixels of an image (colour profile, camera's notes). */
	imageMetadataBytesMax: 1_048_576,
	/** Images decoded at once: two cores. */
	decodesMax: 2,
	/** Uploads that are whole and in memory, being decoded or synced, together: the disk syncs many for the price of few. */
	uploadsInMemoryMax: 64,
	/** Larger ones, of which so many may be in memory. */
	largeUploadBytes: 1_048_576,
	largeUploadsInMemoryMax: 8,
	/** Those larger than an image may be: tables of the largest nations, of which a day brings a few. */
	tablesInMemoryMax: 2,
	/** Uploads that are whole and wait for that, in their files. */
	uploadsWaitingMax: 1_024,
	/** Unfinished uploads in all, and their announced bytes: what senders can make the disk hold. */
	unfinishedMax: 20_000,
	unfinishedBytesMax: 20_000_000_000,
	/** Unfinished uploads of one address. */
	unfinishedPerAddressMax: 2_000,
	/** Until an unfinished upload is forgotten: a night without network. */
	unfinishedSeconds: 86_400,
	/** How often expired uploads are looked for. */
	sweepMs: 60_000,

	/** Until a challenge must be signed: a person reads and confirms. */
	challengeSeconds: 300,
	/** Until a session ends by itself: a working night. */
	sessionSeconds: 43_200,
	/** Sessions of one key; the oldest ends when there is one more. */
	sessionsPerKeyMax: 16,
	/** Sessions in all: every official of a country. */
	sessionsMax: 200_000,

	/** What a sender who is told *later* is asked to wait. */
	laterSeconds: 2,
	/** Bytes of files, compressed variants included, that are kept in memory for the next reader. */
	fileCacheBytesMax: 67_108_864,
	/** A file larger than this is streamed and neither compressed nor kept. */
	fileCachedBytesMax: 4_194_304,
} as const satisfies Readonly<Record<string, number | Rate>>;

export type Limits = { readonly [K in keyof typeof LIMITS]: (typeof LIMITS)[K] extends number ? number : Rate };
