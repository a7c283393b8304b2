/** Every maximum of a mirror in one place, each with its reason (M9). Whoever runs one may hand in others; no other file here bounds anything by a number of its own. */
import { COUNT_TABLE_BYTES_MAX } from '@matokeo/core/record/limits.ts';
import type { Rate } from '@matokeo/portal/live/tokenBuckets.ts';

export const LIMITS = {
	/** How often the source is asked for its checkpoint when it has nothing new. Milliseconds. */
	pollMs: 2_000,
	/** Between two tries at a source that gives no answer, at the most; doubled from `pollMs` on. */
	backOffMsMax: 60_000,
	/** How often the addresses of `--also` are asked: a split view is found within this. */
	alsoMs: 10_000,
	/** How long a smaller checkpoint that is consistent with ours may be a stale copy of a proxy. Seconds of the mirror's clock. */
	staleSeconds: 60,
	/** How long the statements of a checkpoint that somebody else was shown may be on their way to us. Seconds. */
	aheadSeconds: 600,
	/** Until a round of comparing goes on without those who have not answered. Milliseconds. */
	alsoWaitMs: 30_000,
	/** Checkpoints of others beyond what is verified here, kept until it is; the largest. */
	aheadMax: 64,

	/** Statements that wait here: a country's evening without its server. */
	pendingMax: 100_000,
	/** Their bytes together. */
	pendingBytesMax: 1_073_741_824,
	/** Statements that wait here and came from one address: a tallying centre's evening. */
	pendingPerAddressMax: 20_000,
	/** Statements that wait here and are signed by one key: a clerk's night. */
	pendingPerKeyMax: 5_000,
	/** Statements that are in the log by now and still listed; the oldest go first, nothing is lost with them. */
	loggedKeptMax: 20_000,
	/** Notes in one request; what a server takes. */
	notesPerRequestMax: 256,
	/** Bytes of a request with statements; what a server takes. */
	listBodyBytesMax: 4_194_304,
	/** An image; what a server takes. */
	imageBytesMax: 33_554_432,
	/** A file that is fetched and kept: the largest that a server takes, the table of a comparison count. */
	keptBytesMax: COUNT_TABLE_BYTES_MAX,
	/** Images that wait here, together. */
	imagesBytesMax: 20_000_000_000,
	/** Images that wait here and came from one address. */
	imagesPerAddressBytesMax: 4_000_000_000,
	/** Images that are being received at once. */
	imagesArrivingMax: 16,
	/** Of them from one address: whoever sends slowly holds up no others. */
	imagesArrivingPerAddressMax: 4,

	/** Statements handed on in one request. */
	forwardBatchMax: 64,
	/** Between two rounds of forwarding. Milliseconds. */
	forwardMs: 2_000,
	/** Between two tries of one statement, at the most; doubled from five seconds on. Seconds. */
	forwardBackOffSecondsMax: 900,
	/** Until a request to the source has been answered. Milliseconds. */
	answerMsMax: 30_000,
	/** An image of 32 MiB on a line of two megabits. Milliseconds. */
	uploadMsMax: 180_000,
	/** What the source answers to statements: 64 receipts with a logged note each, many times over. */
	answerBytesMax: 33_554_432,
	/** A receipt or signed refusal that is kept beside a statement; a larger one is none. */
	answerKeptBytesMax: 65_536,

	/** A checkpoint or receipt that somebody compares. */
	compareBytesMax: 2_097_152,
	/** Comparisons of one address: each costs a signature check and a few hashes. */
	addressCompares: { perSecond: 1, burst: 30 },
	/** Statements of one address. */
	addressNotes: { perSecond: 50, burst: 2_000 },
	/** Bytes of images of one address. */
	addressImageBytes: { perSecond: 5_000_000, burst: 500_000_000 },
	/** Requests of one address. */
	addressRequests: { perSecond: 100, burst: 1_000 },
	/** Addresses that are remembered per kind of limit. */
	limitedMax: 65_536,

	/** Evidence files kept: one is enough to stop; a source that can be made to sign more must not fill the disk. */
	evidenceMax: 64,
	/** Results that stand ahead of what is verified, together: whoever serves them may say any size. */
	resultsWaitingBytesMax: 268_435_456,
	/** Findings that are listed; all are counted. */
	findingsMax: 100,
	/** Statements on the page of pending ones; all are in the file beside it. */
	pendingShownMax: 500,

	/** Bundles kept in memory for pages: a station's history lies in a few. */
	bundlesKept: 32,
	/** How long a page waits for what is being verified before it is told to come again. Milliseconds. */
	pageWaitMs: 10_000,
	/** Bytes of any other body. */
	bodyBytesMax: 16_384,
	/** Bytes of all bodies that are being received into memory at once: what slow senders can hold. */
	bodiesInFlightBytesMax: 134_217_728,
	/** Characters of a path. */
	pathCharactersMax: 512,
	/** Until the headers of a request are in, and until the request is in whole. Milliseconds. */
	headersTimeoutMs: 10_000,
	requestTimeoutMs: 300_000,
	/** Silence on a connection. */
	idleTimeoutMs: 30_000,
	/** Connections at once. */
	connectionsMax: 4_096,
	/** Until a closing mirror gives up on requests that are not finished. Milliseconds. */
	closeGraceMs: 5_000,
} as const satisfies Readonly<Record<string, number | Rate>>;

export type Limits = { readonly [K in keyof typeof LIMITS]: (typeof LIMITS)[K] extends number ? number : Rate };
