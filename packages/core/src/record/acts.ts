/**
 * Statements about what has been counted (S33–S38): the paper seen, a mark, certificates of collation, declarations, dissent, and what was declared outside the
 * gate. No number in them is chosen: each is that of a mark, and refused when it is not.
 */
import type { Digest, Said, StatementId } from './said.ts';

/** The paper was seen (R5): who handed it over, in what state, and which fields differ from the accepted reading. */
export interface FormOriginal extends Said {
	readonly type: 'form/original';
	readonly attributes?: Readonly<Record<string, 'yes' | 'no' | 'unclear'>>;
	readonly contest: string;
	readonly custody: {
		readonly from: 'presiding-officer' | 'courier' | 'store' | 'court';
		readonly seal: 'intact' | 'broken' | 'none' | 'unclear';
	};
	/** Ids of the form's fields in which the paper says something else than the reading; empty: it agrees in all. */
	readonly differs: readonly string[];
	readonly poll: number;
	/** The accepted reading with which the paper was compared; absent when there was none. */
	readonly reading?: StatementId;
	readonly serial?: string;
	readonly station: string;
}

/** Freezes contest × area at its own index. */
export interface TallyMark extends Said {
	readonly type: 'tally/mark';
	readonly area: string;
	readonly contest: string;
	/** The latest mark of this contest × area; absent for the first. A text is logged once (S8): without it there could be no second one. */
	readonly seen?: StatementId;
}

/** Field id → ballots; exactly the counted fields of the contest. */
export type Sums = Readonly<Record<string, number>>;

/**
 * How many returns of an area stand where, at a mark. `due` is the sum of those from `counted` to `postponed`; `objections` are open ones, `uncertified` areas of
 * the next level below that have no certificate in force.
 */
export interface MarkCounts {
	readonly cancelled: number;
	readonly counted: number;
	readonly disregarded: number;
	readonly due: number;
	readonly merged: number;
	readonly missing: number;
	readonly objections: number;
	readonly postponed: number;
	readonly quarantined: number;
	readonly set_aside: number;
	readonly uncertified: number;
	readonly unverified: number;
}

/** What stands open, each with the code of the rule that permits to go on all the same. */
export type OpenClass =
	| 'missing'
	| 'objections'
	| 'postponed'
	| 'quarantined'
	| 'uncertified'
	| 'unverified'
	| 'unwitnessed';
export type Proceed = Readonly<Partial<Record<OpenClass, string>>>;

interface OnMark extends Said {
	readonly contest: string;
	readonly counts: MarkCounts;
	/** SHA-256 of the sheet that was generated at the mark. */
	readonly list: Digest;
	readonly mark: StatementId;
	/** 1 for the first, then one more each time. */
	readonly number: number;
	readonly proceed?: Proceed;
	/** From number 2 on: the one in force until now, and why. */
	readonly supersedes?: { readonly reason: string; readonly statement: StatementId };
	readonly totals: Sums;
	/** Witnesses of the policy that have not seen the mark, after the timeout. */
	readonly unwitnessed?: readonly string[];
}

export interface CollationCertify extends OnMark {
	readonly type: 'collation/certify';
	readonly area: string;
}

/** As in `result/evaluate.ts`, spelled for a statement. */
export type DeclaredOutcome =
	| { readonly kind: 'elected'; readonly candidate: string }
	| { readonly kind: 'runoff'; readonly candidates: readonly string[] }
	| { readonly kind: 'tie'; readonly by: string; readonly candidates: readonly string[] }
	| { readonly kind: 'refer'; readonly to: string }
	| { readonly kind: 'special'; readonly code: string }
	| { readonly kind: 'rerun' }
	| { readonly kind: 'nobody' };

export interface ResultDeclare extends OnMark {
	readonly type: 'result/declare';
	readonly outcome: DeclaredOutcome;
	/** The last statement on the contest's result; absent when there was none. */
	readonly seen?: StatementId;
	/** Language → SHA-256 of the generated text. */
	readonly texts: Readonly<Record<string, Digest>>;
}

export interface ResultDissent extends Said {
	readonly type: 'result/dissent';
	readonly contest: string;
	/** A declaration or a record. */
	readonly of: StatementId;
	readonly reason: string;
	readonly text?: Digest;
}

/** A declaration that was made outside the gate. */
export interface ResultRecord extends Said {
	readonly type: 'result/record';
	readonly claimed?: { readonly outcome?: DeclaredOutcome; readonly totals?: Sums };
	readonly contest: string;
	/** The document as it was issued. */
	readonly document: Digest;
	/** The mark it claims to rest on. */
	readonly mark?: StatementId;
	/** UTC seconds at which it was made. */
	readonly when: number;
}
