/** The views of marks and of the gate (S34, S43), as pages show them and the API answers them. */
import type { CountedStage, Text } from '@matokeo/core/election/types.ts';
import type { DeclaredOutcome, MarkCounts, OpenClass, Sums } from '@matokeo/core/record/acts.ts';
import type { Digest, StatementId } from '@matokeo/core/record/said.ts';
import type { GateCondition } from '@matokeo/core/rules/gate.ts';
import type { ActKind, Choice } from './drafts.ts';
import type { Named, Stamp } from './types.ts';

export interface MarkView {
	readonly stamp: Stamp;
	readonly id: StatementId;
	readonly contest: string;
	readonly area: Named;
	readonly level: string;
	readonly stage: CountedStage;
	/** How many statements the log had before it. */
	readonly index: number;
	readonly time: number;
	/** Whether it is the latest of its contest and area. */
	readonly latest: boolean;
	readonly counts: MarkCounts;
	readonly totals: Sums;
	/** SHA-256 of the sheet, which lies at `sheet`. */
	readonly list: Digest;
	readonly sheet: string;
	readonly outcome?: DeclaredOutcome;
	/** Whether nothing outstanding could change the outcome. */
	readonly decided?: boolean;
	/** Language → SHA-256 of the text of a declaration. */
	readonly texts?: Readonly<Record<string, Digest>>;
	readonly registered?: number;
	readonly voided?: readonly string[];
	readonly witnesses: MarkWitnesses;
	/** Drafts of what may be signed on it. */
	readonly drafts: readonly { readonly kind: ActKind; readonly link: string }[];
}

export interface MarkWitnesses {
	/** Whether those who have seen it are the quorum of the package. */
	readonly met: boolean;
	readonly silent: readonly string[];
	/** Seconds by the log's ticks since the mark, and after how many silent witnesses are named; absent: they are always waited for. */
	readonly waited: number;
	readonly timeout?: number;
}

export interface ConditionView {
	readonly condition: GateCondition;
	/** `choose`: the signers name a code, and then it is met. `unknown`: there is no mark yet. */
	readonly state: 'met' | 'unmet' | 'choose' | 'unknown';
	/** In English: what was expected, what there is, what can be done. */
	readonly why?: string;
}

export interface OneGate {
	readonly kind: ActKind;
	readonly title: Text;
	readonly signers: SignersView;
	/** The number that comes next, and what is in force until then. */
	readonly number: number;
	readonly in_force?: StatementId;
	readonly conditions: readonly ConditionView[];
	readonly choices: readonly Choice[];
	/** Every condition is met, or will be by what the signers choose. */
	readonly ready: boolean;
	readonly draft?: string;
}

/** Who may sign: the returning officer of the area, one key of the authority, or so many of its holders. */
export type SignersView =
	| { readonly kind: 'officer'; readonly area: string }
	| { readonly kind: 'chair'; readonly key: string }
	| { readonly kind: 'quorum'; readonly least: number };

export interface OpenItem {
	/** A station, an area, an objection, a witness. */
	readonly id: string;
	/** A code or an order that says why. */
	readonly reason?: string;
	readonly name?: string;
	/** From the root of the server. */
	readonly link: string;
}

export interface OpenClassView {
	readonly open: OpenClass;
	readonly count: number;
	/** The first ones. */
	readonly items: readonly OpenItem[];
}

export interface GateView {
	readonly stamp: Stamp;
	readonly contest: { readonly id: string; readonly title: Text };
	readonly area: Named;
	readonly level: string;
	readonly stage: CountedStage;
	/** The latest mark; absent: none was made, and the counts are as of now. */
	readonly mark?: { readonly id: StatementId; readonly index: number; readonly time: number; readonly link: string };
	readonly counts: MarkCounts;
	readonly open: readonly OpenClassView[];
	readonly stays: readonly { readonly id: StatementId; readonly link: string }[];
	/** The order that annulled the contest. */
	readonly annulled?: { readonly id: StatementId; readonly link: string };
	readonly gates: readonly OneGate[];
}
