/** What whoever runs a mirror decides: whom it follows, into which folder, under which name and with which key it speaks. */
import type { VerifierKey } from '@matokeo/core/log/keys.ts';
import type { NoteSigner } from '@matokeo/core/log/note.ts';
import type { Context } from '@matokeo/core/rules/context.ts';
import type { Result } from '@matokeo/core/std/result.ts';
import type { ImagePolicy } from './images.ts';
import type { Limits } from './limits.ts';

/** Of algorithm 1; no key of the election and no witness's. */
export interface MirrorKey {
	readonly signer: NoteSigner;
	readonly publicKey: VerifierKey;
}

export interface MirrorOptions {
	readonly source: URL;
	readonly dir: string;
	/** Who runs it, in their own words: on every page, and as the reporter of evidence. */
	readonly by: string;
	/** Digest of the election package as it is known from outside. */
	readonly anchor?: string;
	readonly images: ImagePolicy;
	/** Bytes of images kept at the most. */
	readonly imagesBytesMax: number;
	/** The mirror's own key, or why it cannot be used in this election. Without one nothing is kept for senders. */
	readonly key?: (context: Context) => Result<MirrorKey>;
	/** Addresses of mirrors, copies and witnesses to compare with. */
	readonly also: readonly URL[];
	/** Ids of evidence in spite of which it goes on. */
	readonly despite: ReadonlySet<string>;
	/** UTC seconds. */
	readonly clock: () => number;
	readonly limits?: Partial<Limits>;
	readonly workers?: number;
	/** A line for whoever is on duty. */
	readonly tell: (line: string) => void;
	/** The whole text when it stops. */
	readonly alarm: (text: string) => void;
	readonly progress?: (done: number, all: number) => void;
}
