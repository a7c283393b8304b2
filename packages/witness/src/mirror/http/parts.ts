/** What a mirror's HTTP service is put together from; routes take what they need of it. */
import type { Context } from '@matokeo/core/rules/context.ts';
import type { PortalPort } from '@matokeo/portal/live/portalPort.ts';
import type { TokenBuckets } from '@matokeo/portal/live/tokenBuckets.ts';
import type { FastifyInstance } from 'fastify';
import type { Compared } from '../compare.ts';
import type { EvidenceBook } from '../evidenceBook.ts';
import type { MirrorFolder } from '../folder.ts';
import type { Limits } from '../limits.ts';
import type { PendingDesk } from '../pendingDesk.ts';
import type { PendingStore } from '../pendingStore.ts';
import type { MirrorStatus } from '../status.ts';

export interface SenderParts {
	readonly desk: PendingDesk;
	readonly store: PendingStore;
}

export interface MirrorHttpParts {
	readonly folder: MirrorFolder;
	readonly context: Context;
	readonly packageFiles: ReadonlyMap<string, Uint8Array>;
	readonly portal: PortalPort;
	/** Stylesheet and icon of the pages that are the mirror's own, as paths from the root. */
	readonly css: string;
	readonly icon: string;
	/** The checkpoint that was verified last; nothing before the first. */
	readonly checkpoint: () => Uint8Array | undefined;
	/** The checkpoint that the quorum of witnesses has seen, as the source says and as far as it is of the verified log. */
	readonly witnessed: () => Uint8Array | undefined;
	readonly size: () => number;
	/** Whether this image was looked at and may be shown. */
	readonly keepsImage: (sha256: string) => boolean;
	/** Waits until nothing is being replayed, at most so long; false when it still is. */
	readonly still: () => Promise<boolean>;
	readonly status: () => MirrorStatus;
	readonly evidence: EvidenceBook;
	/** Absent without a key. */
	readonly senders?: SenderParts;
	readonly compare: (bytes: Uint8Array) => Promise<Compared | { readonly kind: 'later' }>;
	readonly purses: {
		readonly requests: TokenBuckets;
		readonly notes: TokenBuckets;
		readonly imageBytes: TokenBuckets;
		readonly compares: TokenBuckets;
	};
	readonly limits: Limits;
	/** UTC seconds. */
	readonly clock: () => number;
	readonly failed: (error: unknown) => void;
	readonly trustProxy: readonly string[];
}

export type App = FastifyInstance;
