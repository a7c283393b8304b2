/**
 * Every statement of this version as a type (`spec/statements.md`, S20–S45): what a body holds once its spelling and shape are
 * known to be right. Whether it may be said is `rules/`; nothing here knows keys, history or totals.
 */

import type { AccessDigest } from './access.ts';
import type { CollationCertify, FormOriginal, ResultDeclare, ResultDissent, ResultRecord, TallyMark } from './acts.ts';
import type { AuthorityOrder, CountLodge, NoticeFile, ObjectionAnswer, ObjectionLodge } from './filings.ts';
import type { Digest, Said, StatementId } from './said.ts';

/** What the paper says in one field. */
export type Figure = number | 'blank' | 'illegible' | 'struck';
/** Field id → figure; exactly the fields of the contest's form. */
export type Figures = Readonly<Record<string, Figure>>;

export type Role =
	| 'presiding-officer'
	| 'receiving-officer'
	| 'returning-officer'
	| 'clerk'
	| 'agent'
	| 'observer'
	| 'newsroom';

/** Where a key may speak; an absent member does not limit. */
export interface Scope {
	readonly area?: string;
	readonly contest?: string;
	readonly party?: string;
	readonly station?: string;
}

export interface EnrolledKey {
	readonly holder: string;
	/** 32 bytes in base64. */
	readonly key: string;
	readonly name: string;
	readonly role: Role;
	readonly scope: Scope;
}

export type CaptureKind =
	| 'original'
	| 'carbon-copy'
	| 'agent-copy'
	| 'posted-copy'
	| 'replacement'
	| 'amendment'
	| 'recount'
	| 'court'
	| 'collation';

export type Route = 'own-kit' | 'other-kit' | 'paper' | 'hand-carry' | 'court';

export interface Image {
	/** What sort of image: its publication is decided by the package (`public_images`). */
	readonly kind: string;
	readonly sha256: Digest;
	/** Bytes. */
	readonly size: number;
}

export interface AgentMark {
	readonly mark: 'signed' | 'refused' | 'absent';
	readonly party: string;
}

export interface ElectionOpen extends Said {
	readonly type: 'election/open';
	readonly origin: string;
}

export type Amendment =
	| {
			readonly kind: 'candidate';
			readonly candidate: string;
			readonly contest: string;
			readonly status: 'withdrawn' | 'deceased' | 'disqualified' | 'standing';
			/** Whether votes cast for the candidate stay in the denominators. */
			readonly votes: 'counted' | 'void';
	  }
	| { readonly kind: 'station-added'; readonly area: string; readonly registered: number; readonly station: string }
	| { readonly kind: 'station-moved'; readonly area: string; readonly station: string }
	| { readonly kind: 'station-merged'; readonly into: string; readonly station: string }
	| {
			readonly kind: 'register';
			readonly registered: number;
			readonly station: string;
			readonly supplementary?: number;
	  }
	| { readonly kind: 'deadline'; readonly name: string; readonly time: number };

export interface ElectionAmend extends Said {
	readonly type: 'election/amend';
	readonly basis: string;
	readonly change: Amendment;
}

export interface KeyEnrol extends Said {
	readonly type: 'key/enrol';
	readonly keys: readonly EnrolledKey[];
}

export interface KeyRevoke extends Said {
	readonly type: 'key/revoke';
	readonly key: string;
	readonly reason: string;
}

export interface ClockTick extends Said {
	readonly type: 'clock/tick';
	/** UTC seconds. */
	readonly time: number;
}

export interface LogWitnessed extends Said {
	readonly type: 'log/witnessed';
	/** A cosigned checkpoint, verbatim. */
	readonly checkpoint: string;
}

export interface BlobHeld extends Said {
	readonly type: 'blob/held';
	readonly blobs: readonly { readonly sha256: Digest; readonly size: number }[];
}

export interface BlobWithhold extends Said {
	readonly type: 'blob/withhold';
	readonly reason: string;
	readonly sha256: Digest;
}

export type StationState =
	| 'open'
	| 'delayed'
	| 'not-opened'
	| 'return-lost'
	| 'postponed'
	| 'cancelled'
	| 'merged'
	| 're-poll';

export interface StationStatus extends Said {
	readonly type: 'station/status';
	readonly contest: string;
	readonly reason: string;
	/** The last state-changing statement on this return; absent when there was none. */
	readonly seen?: StatementId;
	readonly station: string;
	readonly status: StationState;
}

export interface FormCapture extends Said {
	readonly type: 'form/capture';
	readonly agents?: readonly AgentMark[];
	/** For collation sheets, in place of `station`. */
	readonly area?: string;
	readonly attributes?: Readonly<Record<string, 'yes' | 'no' | 'unclear'>>;
	readonly contest: string;
	readonly figures?: Figures;
	readonly images: readonly Image[];
	readonly kind: CaptureKind;
	readonly poll: number;
	readonly replaces?: { readonly capture: StatementId; readonly reason: string };
	readonly route: Route;
	/** The printed serial as it stands on the paper. */
	readonly serial?: string;
	readonly station?: string;
}

export interface FormReading extends Said {
	readonly type: 'form/reading';
	readonly capture: StatementId;
	readonly commitment: Digest;
}

export interface Opening {
	readonly attributes: Readonly<Record<string, 'yes' | 'no' | 'unclear'>>;
	readonly figures: Figures;
	readonly legibility: 'good' | 'partial' | 'poor';
	readonly reading: StatementId;
	/** 64 hex digits: 32 random bytes. */
	readonly salt: string;
}

export interface ReadingOpen extends Said {
	readonly type: 'reading/open';
	readonly capture: StatementId;
	readonly openings: readonly Opening[];
}

export type Decision =
	| { readonly kind: 'accept-reading'; readonly reading: StatementId }
	| { readonly kind: 'one-more-reading'; readonly capture: StatementId }
	| {
			readonly kind: 'quarantine';
			readonly agents: 'notified' | 'not-notified';
			readonly reason: string;
			/** UTC seconds by which it must be reviewed. */
			readonly review: number;
	  }
	| { readonly kind: 'release' }
	| { readonly kind: 'accept-as-written' }
	| { readonly kind: 'disregard'; readonly ground: string }
	/** An original that came late, or that another has followed, is the one that counts. */
	| { readonly kind: 'admit-original'; readonly original: StatementId };

export interface FormRuling extends Said {
	readonly type: 'form/ruling';
	readonly contest: string;
	readonly decision: Decision;
	readonly poll: number;
	readonly seen: StatementId;
	readonly station: string;
}

export type Statement =
	| ElectionOpen
	| ElectionAmend
	| KeyEnrol
	| KeyRevoke
	| ClockTick
	| LogWitnessed
	| BlobHeld
	| BlobWithhold
	| StationStatus
	| FormCapture
	| FormReading
	| ReadingOpen
	| FormRuling
	| FormOriginal
	| TallyMark
	| CollationCertify
	| ResultDeclare
	| ResultDissent
	| ResultRecord
	| ObjectionLodge
	| ObjectionAnswer
	| NoticeFile
	| AuthorityOrder
	| CountLodge
	| AccessDigest;

export type StatementType = Statement['type'];
