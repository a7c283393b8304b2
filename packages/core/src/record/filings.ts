/**
 * Statements that people file about what happened (S39–S42, S44): objections and answers, notices, other counts, orders. They point at statements and blobs; texts are never in
 * the log itself.
 */
import type { Digest, Said, StatementId } from './said.ts';

export type Target =
	| { readonly kind: 'return'; readonly poll: number; readonly station: string }
	| { readonly kind: 'area'; readonly area: string }
	| { readonly kind: 'contest' }
	| { readonly kind: 'statement'; readonly statement: StatementId };

export interface ObjectionLodge extends Said {
	readonly type: 'objection/lodge';
	/** A paper filing: for whom the registry enters it, and when it was received (UTC seconds). */
	readonly behalf?: {
		readonly office: 'agent' | 'party' | 'observer' | 'candidate' | 'voter';
		readonly party?: string;
		readonly received: number;
	};
	readonly contest: string;
	readonly evidence?: readonly Digest[];
	readonly ground: string;
	readonly target: Target;
	readonly text?: Digest;
}

export interface ObjectionAnswer extends Said {
	readonly type: 'objection/answer';
	readonly objection: StatementId;
	readonly outcome: 'upheld' | 'dismissed' | 'referred';
	readonly reason: string;
	/** The last statement on the objection: its lodging, or the last answer. */
	readonly seen: StatementId;
	readonly text?: Digest;
	/** When referred: to whom, an office or the id of a court. */
	readonly to?: string;
}

/** A check that anybody can repeat on the log between two sizes. */
export interface CheckShown {
	readonly check: 'replay' | 'consistency' | 'results' | 'images' | 'anchor' | 'witnesses';
	readonly from: number;
	readonly to: number;
}

export type Notice =
	/** Two documents of record that differ. */
	| {
			readonly kind: 'error';
			readonly area?: string;
			readonly contest: string;
			readonly documents: readonly StatementId[];
			readonly station?: string;
	  }
	| {
			readonly kind: 'incident';
			readonly attempted: string;
			readonly checks: readonly CheckShown[];
			/** UTC seconds. */
			readonly from: number;
			readonly outcome: 'failed' | 'succeeded' | 'unknown';
			readonly surface: string;
			/** Statements that it touched. */
			readonly touched: readonly StatementId[];
			readonly until?: number;
	  }
	| {
			readonly kind: 'attestation';
			readonly accounts: Digest;
			/** When it held, or took effect, as the signers say: UTC seconds. It tells the times apart when the same happens twice (S8). */
			readonly at: number;
			readonly builds: Digest;
			readonly configuration: Digest;
			readonly topology: Digest;
	  }
	| { readonly kind: 'pause'; readonly at: number; readonly reason: string; readonly surface: string }
	| { readonly kind: 'resume'; readonly at: number; readonly pause: StatementId; readonly reason: string }
	| {
			readonly kind: 'emergency-change';
			readonly after: Digest;
			readonly at: number;
			readonly before: Digest;
			readonly reason: string;
			readonly surface: string;
	  };

export interface NoticeFile extends Said {
	readonly type: 'notice/file';
	readonly notice: Notice;
	readonly text?: Digest;
}

export type Order =
	/** Nothing more is certified or declared there until it is lifted. */
	| { readonly kind: 'stay'; readonly area?: string; readonly contest: string }
	| { readonly kind: 'lift'; readonly order: StatementId }
	| { readonly kind: 'recount'; readonly contest: string; readonly station: string }
	/** A return that was disregarded or in quarantine counts again. */
	| { readonly kind: 'admit'; readonly contest: string; readonly station: string }
	| { readonly kind: 'set-aside'; readonly contest: string; readonly station: string }
	/** Undoes a set-aside, an annulment or the replacement of a winner. */
	| { readonly kind: 'reinstate'; readonly order: StatementId }
	/** The figures of a captured document, once it is read twice. */
	| { readonly kind: 'substitute'; readonly capture: StatementId; readonly contest: string; readonly station: string }
	| { readonly kind: 're-poll'; readonly contest: string; readonly station: string }
	| { readonly kind: 'annul'; readonly contest: string }
	| { readonly kind: 'replace-winner'; readonly candidate: string; readonly contest: string };

/** Another count of a contest, lodged so that anybody can lay it beside the log (R15). It is compared and never counted. */
export interface CountLodge extends Said {
	readonly type: 'count/lodge';
	/** UTC seconds: as of when it stood, as its lodger says. */
	readonly at: number;
	readonly contest: string;
	/** The level of its rows; absent: polling stations. */
	readonly level?: string;
	readonly obtained: CountSource;
	/** Rows of the table. */
	readonly rows: number;
	/** The holder's last count of this contest, which this one takes the place of; absent for the first. */
	readonly seen?: StatementId;
	/** SHA-256 of the table: codes and numbers, in the one spelling of S44. */
	readonly table: Digest;
	/** Whose count it is and how it came about, in words: a salted text. */
	readonly text: Digest;
}

/** How a count was come by: by whoever lodges it at the stations, from what was posted or published there, from somebody else, or not said. */
export const COUNT_SOURCES = [
	'forms',
	'posted-forms',
	'published-images',
	'official-figures',
	'other-publication',
	'handed-over',
	'undisclosed',
] as const;

export type CountSource = (typeof COUNT_SOURCES)[number];

export interface AuthorityOrder extends Said {
	readonly type: 'authority/order';
	readonly basis: string;
	/** The number of the case or of the law. */
	readonly citation: string;
	/** Whose order it is, an id of the package. */
	readonly court: string;
	/** UTC seconds of the decision. */
	readonly decided: number;
	readonly document: Digest;
	readonly order: Order;
}
