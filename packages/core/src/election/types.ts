/**
 * The election package as types: what `election.json`, `areas.csv`, `stations.csv`, `candidates.csv` and the witness
 * policy say, after every check has passed. Everything a law decides is here as data; nothing here is a state.
 *
 * `spec/package.md` gives the spelling of the files. This file does not know how they are read (`package.ts`) nor
 * what happens during the election (`record/`, `rules/`).
 */
import type { ResultRule } from '../result/rule.ts';
import type { Expression } from './expression.ts';

/** Language tag → text, at least one language. */
export type Text = Readonly<Record<string, string>>;

export type Mode = 'official' | 'parallel' | 'rehearsal';

/** A key that the package itself names: the authority's roots, registrars, parties' roots, the log's keys. */
export interface NamedKey {
	/** `[a-z0-9._/-]{1,64}`, the name that stands in signature lines and in `by`. */
	readonly name: string;
	/** 32 bytes. */
	readonly publicKey: Uint8Array;
	/** The pseudonym of the human (or office) who holds it. */
	readonly holder: string;
}

export interface Party {
	readonly id: string;
	readonly name: Text;
	/** May enrol this party's own agents and nobody else. */
	readonly roots: readonly NamedKey[];
}

/** From the top (the nation) to the lowest; the order is that of `election.json`. */
export interface Level {
	readonly id: string;
	readonly name: Text;
}

export interface Area {
	readonly id: string;
	readonly level: string;
	readonly name: string;
	/** Hierarchy → parent's id; `geographic` always has an entry, '' at its top. Other hierarchies only where they differ. */
	readonly parents: Readonly<Record<string, string>>;
}

export interface Station {
	readonly id: string;
	readonly name: string;
	/** Hierarchy → the area the station lies in; `geographic` always has an entry. */
	readonly areas: Readonly<Record<string, string>>;
	/** Voters on the register; `undefined` when the package does not say. */
	readonly registered: number | undefined;
	readonly supplementary: number | undefined;
	readonly ballots: number | undefined;
	/** Further columns of `stations.csv`, shown and never computed with. */
	readonly attributes: Readonly<Record<string, string>>;
}

export interface Candidate {
	readonly id: string;
	readonly contest: string;
	/** Position on the form, from 1. */
	readonly order: number;
	readonly name: string;
	/** '' when none. */
	readonly party: string;
}

/** One printed field. Candidate rows are expanded: their field id is the candidate's id. */
export interface Field {
	readonly id: string;
	readonly label: Text;
	/** Every ballot is in exactly one counted field: a candidate's or a category's (blank, null, rejected, …). */
	readonly counted: boolean;
	readonly candidate: boolean;
	/** Whether an empty space on the paper counts as zero (the form's instructions decide). */
	readonly blankIsZero: boolean;
}

export type Severity = 'error' | 'warning' | 'info';

export interface Check {
	readonly id: string;
	readonly expression: Expression;
	/** The expression as the package spells it. */
	readonly source: string;
	readonly severity: Severity;
	/** How far the two sides of an equation, or the wrong side of an inequality, may lie off; a count of ballots. */
	readonly tolerance: number;
	readonly text: Text;
}

export type CeilingColumn = 'registered' | 'supplementary' | 'ballots';

export interface FormDefinition {
	readonly id: string;
	readonly title: Text;
	/** Station columns whose sum is the most ballots that a station can hold; empty: no ceiling is known. */
	readonly ceiling: readonly CeilingColumn[];
	readonly checks: readonly Check[];
}

/** Named sums of counted fields, or the register; see `result/`. */
export type Denominator = 'registered' | { readonly candidates: boolean; readonly categories: readonly string[] };

export interface Contest {
	readonly id: string;
	readonly title: Text;
	/** The area whose stations vote in this contest (geographic hierarchy). */
	readonly scope: string;
	/** The hierarchy along which it is tallied; `geographic` unless the package says otherwise. */
	readonly hierarchy: string;
	/** Levels that are totalled, from the top down; the scope's own level is always among them. */
	readonly levels: readonly string[];
	readonly form: FormDefinition;
	/** The form's fields in printed order, candidate rows expanded. */
	readonly fields: readonly Field[];
	/** In the order of the form. */
	readonly candidates: readonly Candidate[];
	/** Ids of the counted fields that are not candidates, in printed order. */
	readonly categories: readonly string[];
	readonly denominators: Readonly<Record<string, Denominator>>;
	readonly rule: ResultRule;
	readonly round: number;
	/** Before this time (UTC seconds) outcomes are computed but not shown; `undefined`: at once. */
	readonly publishFrom: number | undefined;
	/** Where collations are certified, from the top down; empty: nowhere. */
	readonly collation: readonly CollationStep[];
	/** Who declares the result, and on what; `undefined`: nobody may. */
	readonly declaration: DeclarationLaw | undefined;
}

/** What a certificate of collation counts: every verified return, or only those whose paper original was seen too. */
export type CountedStage = 'verified' | 'inspected';

/** A level at which the returning officers of its areas certify collations of this contest. */
export interface CollationStep {
	readonly level: string;
	/** What the generated sheet is called, such as “Form 34B”. */
	readonly title: Text;
	readonly requires: CountedStage;
}

/** The declaring authority of a contest: the returning officer of its scope, one key of the authority, or so many holders of such keys. */
export type DeclaringAuthority =
	| { readonly kind: 'officer' }
	| { readonly kind: 'chair'; readonly key: string }
	| { readonly kind: 'quorum'; readonly least: number };

export interface DeclarationLaw {
	readonly by: DeclaringAuthority;
	readonly title: Text;
	/** What the generated certificate is called, such as “Form 34D”. */
	readonly certificate: Text;
	/** The words of the law that stand above the generated ones; empty when there are none. */
	readonly formula: Text;
	/** Whether a declaration may be made while what is outstanding could still change the outcome. */
	readonly openOutcome: 'refused' | 'named';
	/** The stage that is declared. */
	readonly requires: CountedStage;
	readonly citation: string;
}

/** A code that a statement may cite: a reason, a ground, a basis in law. */
export interface Code {
	readonly id: string;
	readonly text: Text;
	/** Where the law or the practice is written; says "assumption" where it is one. */
	readonly citation: string;
}

/** A ground on which a return may be disregarded; with an expression, the log tests it on the accepted reading. */
export interface DisregardGround extends Code {
	readonly expression: Expression | undefined;
	readonly source: string;
}

/** A court, tribunal or legislature whose keys sign orders. */
export interface Court {
	readonly id: string;
	readonly name: Text;
	/** May be none: its orders are then entered by the authority. */
	readonly keys: readonly NamedKey[];
}

/** A time limit of the law (R23): so many seconds from a fixed time or from what happens in the log. */
export interface Clock {
	readonly id: string;
	readonly text: Text;
	readonly citation: string;
	readonly starts: { readonly at: number } | { readonly on: 'declaration' | 'certification' | 'objection' | 'answer' };
	readonly seconds: number;
}

/** Who may object with standing: an office, or somebody for whom a registry files on paper. */
export type Standing =
	| 'agent'
	| 'party'
	| 'observer'
	| 'presiding-officer'
	| 'receiving-officer'
	| 'returning-officer'
	| 'authority'
	| 'candidate'
	| 'voter';

export type ObjectionTarget = 'return' | 'area' | 'contest' | 'statement';

/** A ground on which somebody may object, and who answers. */
export interface Ground extends Code {
	readonly on: readonly ObjectionTarget[];
	readonly standing: readonly Standing[];
	readonly answeredBy: readonly ('returning-officer' | 'authority' | 'court')[];
	/** Ids of clocks: until when it may be lodged, and answered; '' when the law sets none. */
	readonly within: string;
	readonly answerWithin: string;
}

/** What the law says of courts, time limits and objections; all empty when the package says nothing. */
export interface Proceedings {
	readonly courts: readonly Court[];
	readonly clocks: readonly Clock[];
	readonly grounds: readonly Ground[];
	/** After so many seconds, by the log's ticks, witnesses that are silent no longer stand in the way; `undefined`: they always do. */
	readonly witnessTimeout: number | undefined;
}

export interface Codes {
	readonly quarantine: readonly Code[];
	readonly disregard: readonly DisregardGround[];
	readonly status: readonly Code[];
	readonly replaces: readonly Code[];
	readonly withhold: readonly Code[];
	readonly revoke: readonly Code[];
	readonly amend: readonly Code[];
	/** Why it may be certified or declared although something is missing, unverified, in quarantine, postponed, disputed or without certificate. */
	readonly proceed: readonly Code[];
	/** Why a certificate or declaration is superseded. */
	readonly supersede: readonly Code[];
	readonly answer: readonly Code[];
	readonly dissent: readonly Code[];
	/** On what an order rests. */
	readonly order: readonly Code[];
	/** Why something is paused, resumed or changed in an emergency. */
	readonly notice: readonly Code[];
	/** Of a notice: the part of the system, and what was attempted. */
	readonly surface: readonly Code[];
	readonly attempt: readonly Code[];
}

export interface WitnessPolicy {
	/** The C2SP tlog-policy text, verbatim. */
	readonly source: string;
	/** Witness name → who runs it: a party's id, or another word such as `court`, `observers`, `newsroom`. */
	readonly runBy: Readonly<Record<string, string>>;
}

/** Days of the calendar where the polling is, `2027-08-10`; the same when it is one day. */
export interface Polling {
	readonly from: string;
	readonly to: string;
}

export interface Election {
	/** SHA-256 of the manifest, 64 hex digits: the anchor. */
	readonly digest: string;
	readonly id: string;
	readonly mode: Mode;
	readonly title: Text;
	/** Shown on every page and in every report; empty when there is none. */
	readonly notice: Text;
	/** Absent when the package does not say. */
	readonly polling?: Polling;
	readonly log: { readonly origin: string; readonly key: NamedKey; readonly spare: NamedKey };
	readonly authority: { readonly quorum: number; readonly keys: readonly NamedKey[] };
	/** Any two of them, of different holders, enrol officials. */
	readonly registrars: readonly NamedKey[];
	readonly parties: readonly Party[];
	readonly levels: readonly Level[];
	readonly areas: ReadonlyMap<string, Area>;
	readonly stations: ReadonlyMap<string, Station>;
	readonly contests: ReadonlyMap<string, Contest>;
	readonly codes: Codes;
	readonly proceedings: Proceedings;
	/** Kinds of image that are published; all others are sealed: digest only. */
	readonly publicImages: readonly string[];
	readonly witnesses: WitnessPolicy;
}
