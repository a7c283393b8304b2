/** What the server of a load run and its parent say to one another. */
export type FromServer =
	| { readonly kind: 'listening'; readonly url: string }
	| { readonly kind: 'cost'; readonly number: number; readonly cost: ProcessCost };

export type ToServer = { readonly kind: 'cost'; readonly number: number } | { readonly kind: 'close' };

/** Since the process began. */
export interface ProcessCost {
	/** Milliseconds of processor time, all threads. */
	readonly cpuMs: number;
	readonly residentBytes: number;
	readonly heapBytes: number;
}
