/**
 * What a sender gets back (`spec/storage.md`, D10–D12): a receipt, the receipt of what was logged before, a refusal with its rule, or *later* when the log
 * could not take it and nobody decided anything. There is no fifth answer, and none is given before the entry is durable, sequenced and provable.
 */
import type { StatementId } from '@matokeo/core/record/said.ts';
import type { RuleId } from '@matokeo/core/rules/refusal.ts';

interface Provable {
	readonly id: StatementId;
	readonly index: number;
	/** Size of the published checkpoint that covers the entry. */
	readonly size: number;
	/** A C2SP proof file under the checkpoint that is published when this is called; made from the published tiles. */
	readonly proof: () => string;
}

export interface Receipt extends Provable {
	readonly kind: 'receipt';
}

/** The same text is in the log already: this is the logged note, and the receipt for it. */
export interface Logged extends Provable {
	readonly kind: 'logged';
	readonly note: Uint8Array;
}

export interface Refused {
	readonly kind: 'refused';
	readonly rule: RuleId;
	readonly why: string;
	/** The refusal as a note signed by the log's key, when a key known to the log signed the statement (D12). */
	readonly note?: Uint8Array;
}

/** Nothing was decided and nothing is logged; sending it again is right. */
export interface Later {
	readonly kind: 'later';
	readonly why: string;
}

export type Answer = Receipt | Logged | Refused | Later;
