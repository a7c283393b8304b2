/** What a mirror says of itself (M40), as its page and `mirror.json` show it: plain data, asked for anew each time. */
import type { EvidenceStrength } from '@matokeo/verifier/evidence/judge.ts';
import type { AheadCheckpoint } from './pendingStore.ts';

export type MirrorState =
	/** What lies in the folder is being verified from its beginning. */
	| { readonly kind: 'starting' }
	| { readonly kind: 'follows' }
	/** UTC seconds since when the source gives no answer that helps, and why. */
	| { readonly kind: 'away'; readonly since: number; readonly why: string }
	/** It follows no further. The name of the evidence file. */
	| { readonly kind: 'security'; readonly evidence: string };

/** An address whose checkpoints are compared with what is verified here. */
export interface Compares {
	readonly url: string;
	/** UTC seconds of the last answer; 0 before the first. */
	readonly time: number;
	readonly said: 'nothing' | 'consistent' | 'ahead' | 'evidence' | 'refused' | 'no answer';
	/** Size of the checkpoint that it showed last. */
	readonly size: number;
	readonly why: string;
}

export interface Found {
	/** UTC seconds. */
	readonly time: number;
	readonly what: string;
}

export interface MirrorStatus {
	readonly origin: string;
	/** Who runs it, in their own words. */
	readonly by: string;
	readonly source: string;
	/** Digest of the package, and whether it was brought from outside. */
	readonly package: string;
	readonly anchored: boolean;
	readonly state: MirrorState;
	/** Statements verified, the root in base64, and when that was done. */
	readonly size: number;
	readonly root: string;
	readonly verified: number;
	/** The largest size that the source has shown. */
	readonly sourceSize: number;
	readonly images: { readonly policy: string; readonly kept: number; readonly bytes: number; readonly awaited: number };
	/** Absent without a key: then nothing is kept for senders. */
	readonly pending?: {
		readonly key: string;
		readonly waiting: number;
		readonly refused: number;
		readonly images: number;
		readonly silent?: { readonly since: number; readonly why: string };
	};
	readonly also: readonly Compares[];
	readonly ahead: readonly Omit<AheadCheckpoint, 'note'>[];
	readonly findings: { readonly count: number; readonly list: readonly Found[] };
	readonly evidence: readonly {
		readonly name: string;
		readonly kind: string;
		readonly strength: EvidenceStrength;
		readonly what: string;
		readonly time: number;
		/** Whether whoever runs this mirror goes on in spite of it. */
		readonly despite: boolean;
	}[];
}
