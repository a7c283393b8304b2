/** What the HTTP service is put together from; routes take what they need of it. */
import type { Context } from '@matokeo/core/rules/context.ts';
import type { PortalPort } from '@matokeo/portal/live/portalPort.ts';
import type { TokenBuckets } from '@matokeo/portal/live/tokenBuckets.ts';
import type { RecordReader } from '@matokeo/portal/record.ts';
import type {
	FastifyBaseLogger,
	FastifyInstance,
	RawReplyDefaultExpression,
	RawRequestDefaultExpression,
	RawServerDefault,
} from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { LogService } from '../app/service.ts';
import type { Books } from '../books/keeper.ts';
import type { Folder } from '../publish/folder.ts';
import type { ByteCache } from './byteCache.ts';
import type { Limits } from './limits.ts';
import type { Metrics } from './metrics.ts';
import type { Sessions } from './sessions.ts';

export type App = FastifyInstance<
	RawServerDefault,
	RawRequestDefaultExpression,
	RawReplyDefaultExpression,
	FastifyBaseLogger,
	ZodTypeProvider
>;

/** The log as it is read: entries, and proofs under the published checkpoint. */
export interface LogReader {
	/** The leaf at an index; `undefined` beyond what is published. */
	readonly note: (index: number) => Uint8Array | undefined;
	/** A C2SP proof under the checkpoint that is published now. Throws `Trouble` when tiles are damaged. */
	readonly prove: (index: number) => string;
	/** The same under the newest checkpoint that the quorum of witnesses has seen; `undefined` where that does not cover the entry. */
	readonly proveWitnessed: (index: number) => string | undefined;
	/** UTC seconds of the last tick; 0 before the first. */
	readonly time: () => number;
}

/** Purses by address group, and by key for statements. */
export interface Purses {
	readonly requests: TokenBuckets;
	readonly notes: TokenBuckets;
	readonly uploadBytes: TokenBuckets;
	readonly signIns: TokenBuckets;
	readonly keyNotes: TokenBuckets;
	/** By contest and area. */
	readonly areaMarks: TokenBuckets;
}

export interface HttpParts {
	readonly service: LogService;
	readonly context: Context;
	readonly reader: LogReader;
	/** The record as views are made of it. */
	readonly record: RecordReader;
	readonly folder: Folder;
	readonly packageFiles: ReadonlyMap<string, Uint8Array>;
	readonly portal: PortalPort;
	/** What pages and views are good for: another text when they would say something else. */
	readonly stamp: () => string;
	/** What is not well with the witnesses, in words. */
	readonly unwitnessed: () => readonly string[];
	/** Shared by all routes; names are paths of the site, of the disk, or addresses of views. */
	readonly cache: ByteCache;
	readonly sessions: Sessions;
	/** Where requests are written down; a server that is not asked to keeps no books. */
	readonly books?: Books;
	readonly purses: Purses;
	readonly metrics: Metrics;
	readonly limits: Limits;
	readonly logger: FastifyBaseLogger;
	/** UTC seconds. */
	readonly clock: () => number;
	/** Proxies whose word for a sender's address is taken: addresses, networks or names as Fastify knows them. Empty: nobody's. */
	readonly trustProxy: readonly string[];
}
