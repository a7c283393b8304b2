/**
 * Every maximum of a witness in one place, each with its reason (`spec/witness.md`, N12). Those of requests are the log's own (`core/log/limits.ts`); nothing else in the folder bounds anything by a
 * number of its own.
 */
import type { Rate } from '@matokeo/portal/live/tokenBuckets.ts';

export const LIMITS = {
	/** Logs of one witness: every election of a country, for years. */
	logsMax: 256,
	/** Proven incidents of one log that are kept whole: one is enough to convince anybody, and a log that signs lies can sign any number. The first ones stay. */
	provenMax: 32,
	/** Unexplained ones of one log: anybody can send a wrong proof, so these make room for newer ones and never for proven ones. */
	unexplainedMax: 32,
	/** How often a request is judged again because another process wrote between reading and writing. */
	attemptsMax: 3,

	/** The last second that can be written as a date, in the year 9999: a clock beyond it is not right. */
	secondsMax: 253_402_300_799,

	/** Bytes of all headers of a request: a log sends a handful. */
	headerBytesMax: 8_192,
	/** Until the headers of a request are in. */
	headersTimeoutMs: 10_000,
	/** Until a request is in whole: it has a few kilobytes. */
	requestTimeoutMs: 20_000,
	/** Silence on a connection in the middle of a request. */
	idleTimeoutMs: 10_000,
	/** Silence between requests: a log that publishes every few seconds keeps its connection. */
	keepAliveTimeoutMs: 30_000,
	/** How often connections are looked at for these. */
	timeoutCheckMs: 1_000,
	/** Requests on one connection, after which a client opens a new one. */
	requestsPerConnectionMax: 1_000,
	/** Connections at once, and of one address: a few logs, some monitors, people who read the page. */
	connectionsMax: 1_024,
	connectionsPerAddressMax: 64,
	/** Until a closing witness gives up on requests that are not finished. */
	closeGraceMs: 5_000,

	/** Requests of one address. */
	addressRequests: { perSecond: 20, burst: 200 },
	/** New cosignatures of one log: each is a sync of the disk. The same checkpoint in the same second costs none, so a stranger who repeats one cannot use up what the log needs. */
	originCosignatures: { perSecond: 20, burst: 200 },
	/** Unexplained incidents of one log that are written: whoever sends wrong proofs from many addresses does not keep the disk busy. */
	originUnexplained: { perSecond: 0.2, burst: 32 },
	/** Addresses and origins that are remembered per kind of rate; who is forgotten begins with a full purse. */
	limitedMax: 16_384,
	/** What a sender who is told *later* is asked to wait. */
	laterSeconds: 2,
	/** Bytes of a configuration file: 256 logs of 250 bytes, and comments. */
	configBytesMax: 262_144,
	/** Characters of one value of it that people read. */
	wordsMax: 200,
} as const satisfies Readonly<Record<string, number | Rate>>;

/** Of the file of an unexplained incident, beside that of evidence. */
export const REQUEST_SUFFIX = '.request.txt';

export type Limits = { readonly [K in keyof typeof LIMITS]: (typeof LIMITS)[K] extends number ? number : Rate };
