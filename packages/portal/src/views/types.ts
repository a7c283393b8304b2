/**
 * What pages show and the API answers, as plain data (JSON as it is): one view per kind of page. Names of members are those of the JSON. Texts of the package keep all their
 * languages; codes keep their ids; a page chooses words. Numbers are counts of ballots or stations, times UTC seconds, figures lists in the order of `ContestHead.fields`
 * (all fields) or of its counted fields alone (votes).
 */

import type { Candidate, Mode, Text } from '@matokeo/core/election/types.ts';
import type { StatementId } from '@matokeo/core/record/said.ts';
import type { Statement } from '@matokeo/core/record/statement.ts';
import type { ResultRule } from '@matokeo/core/result/rule.ts';
import type { Office } from '@matokeo/core/rules/context.ts';
import type { UnitRow } from '@matokeo/core/rules/rows.ts';
import type { AreaResults, ContestResults } from '@matokeo/core/standings/results.ts';
import type { ReturnView } from '@matokeo/core/standings/returnView.ts';
import type { ArrivalPoint } from '../record.ts';
import type { ContestStanding, NoticeLine, StepView } from './proceedTypes.ts';

/** The state of the log at which a view stands. */
export interface Stamp {
	readonly size: number;
	/** Base64 of the root. */
	readonly root: string;
	/** UTC seconds of the log's last tick, 0 before the first. */
	readonly time: number;
	/** In every answer: what a parallel count or a rehearsal says of a declaration must not be read without it. */
	readonly mode: Mode;
}

export interface Named {
	readonly id: string;
	readonly name: string;
}

export interface NamedText {
	readonly id: string;
	readonly text: Text;
}

/** A code of the package, as a statement cited it. `text` is empty when the package does not know it. */
export interface CodeView {
	readonly id: string;
	readonly text: Text;
	readonly citation: string;
}

export interface FieldHead {
	readonly id: string;
	/** The candidate's name for candidate rows. */
	readonly label: Text;
	readonly counted: boolean;
	readonly candidate: boolean;
}

export interface CandidateHead extends Omit<Candidate, 'contest'> {
	/** Empty when the package does not name the party. */
	readonly party_name: Text;
	/** As amended; `standing` unless an amendment says otherwise. */
	readonly status: 'standing' | 'withdrawn' | 'deceased' | 'disqualified';
	/** Whether votes cast for the candidate stay in the denominators. */
	readonly votes: 'counted' | 'void';
}

/** What every page of a contest needs of it. */
export interface ContestHead {
	readonly id: string;
	readonly title: Text;
	readonly round: number;
	readonly scope: Named;
	/** From the top down. */
	readonly levels: readonly NamedText[];
	readonly fields: readonly FieldHead[];
	readonly candidates: readonly CandidateHead[];
	/** What shares are of, as the rule names it. */
	readonly denominators: readonly DenominatorView[];
	/** The one of `denominators` that the rule asks a share or a lead of, which votes are shown as shares of; absent: it asks for none. */
	readonly share_of?: string;
	/** Whether the law has its collations certified, and its result declared. */
	readonly collated: boolean;
	readonly declarable: boolean;
}

/** The register, or a sum: of all candidates or none, and of these counted fields. */
export interface DenominatorView {
	readonly id: string;
	readonly register: boolean;
	readonly candidates: boolean;
	readonly categories: readonly string[];
}

/** What every page says at its top. */
export interface ElectionHead {
	readonly id: string;
	/** The anchor. */
	readonly digest: string;
	readonly mode: Mode;
	readonly title: Text;
	readonly notice: Text;
	readonly origin: string;
	readonly contests: readonly NamedText[];
	/** Pauses in force. */
	readonly pauses: readonly PauseView[];
}

/** A pause in force. When witnesses put it is told on its own page alone, since it may still become more exact. */
export type PauseView = Pick<NoticeLine, 'id' | 'index' | 'time' | 'signers' | 'surface' | 'reason'>;

export interface AreaLine extends Named {
	/** Id of the area's level. */
	readonly level: string;
	readonly results: AreaResults;
}

export interface StationLine extends Named {
	/** The lowest area, for lists that span several. */
	readonly area: Named;
	readonly registered?: number;
	readonly poll: number;
	readonly status: UnitRow['status'];
	readonly status_reason?: CodeView;
	readonly view: ReturnView;
}

/** What its pages say at their top: the name, and which of them there are. */
export type ContestName = Pick<ContestHead, 'id' | 'title' | 'collated' | 'declarable'>;

/** Everything about one contest: `<contest>/contest.json`. */
export interface ContestView {
	readonly stamp: Stamp;
	readonly contest: ContestHead;
	/** The rule that `results.outcome` evaluates. */
	readonly rule: ResultRule;
	readonly results: ContestResults;
	/** The areas directly below the scope that are totalled. */
	readonly areas: readonly AreaLine[];
	/** Steps of `arrivals_step` seconds. */
	readonly arrivals: readonly ArrivalPoint[];
	readonly arrivals_step: number;
	/** How many entries the page of changes has. */
	readonly changes: number;
	readonly standing: ContestStanding;
	/** Steps of its collation, from the top down. */
	readonly steps: readonly StepView[];
	/** Objections that are not answered. */
	readonly objections: number;
	/** Comparison counts that were lodged: compared, never counted. */
	readonly counts: number;
}

export interface AreaView {
	readonly stamp: Stamp;
	readonly contest: ContestHead;
	readonly area: Named & { readonly level: string };
	/** From the scope down to the area above this one; empty for the scope. */
	readonly path: readonly Named[];
	readonly results: AreaResults;
	/** Areas directly below that are totalled; empty at the lowest level. */
	readonly areas: readonly AreaLine[];
	/** Stations that lie in this area and in none of `areas`. */
	readonly stations: readonly StationLine[];
}

export interface SignerView {
	readonly name: string;
	readonly office: Office;
}

/** One statement in a history, with what it changed of this return. */
export interface HistoryEntry {
	readonly index: number;
	/** The station's latest poll after it; 0 where it concerns no station. */
	readonly poll: number;
	readonly id: StatementId;
	readonly time: number;
	readonly signers: readonly SignerView[];
	readonly statement: Statement;
	/** Names of the areas, and texts of the package's courts and codes, that the statement names by their ids. */
	readonly named?: {
		readonly areas?: Readonly<Record<string, string>>;
		readonly texts?: Readonly<Record<string, Text>>;
	};
	/** The code that the statement cites, if it cites one. */
	readonly code?: CodeView;
	/** Both present only where they differ. */
	readonly before?: ReturnView;
	readonly after?: ReturnView;
}

/** What has not come in below one area: counts of the areas below it, or the stations themselves. */
export interface MissingView {
	readonly stamp: Stamp;
	readonly contest: ContestHead;
	/** Absent: the whole contest, by the areas below its scope. */
	readonly area?: Named;
	readonly results: AreaResults;
	readonly areas: readonly AreaLine[];
	/** With `area`: every due station without a counting image, with its status. */
	readonly stations: readonly StationLine[];
	readonly arrivals: readonly ArrivalPoint[];
	readonly arrivals_step: number;
}

export interface ChangeEntry extends HistoryEntry {
	/** Concerns the contest as a whole, and no station. */
	readonly whole_contest?: true;
	/** Absent for what concerns the election as a whole. */
	readonly station?: Named;
	readonly area?: Named;
}

/** Changes oldest first in pages of `CHANGES_PER_PAGE`; page 0 holds the first, and a full page never changes again. */
export interface ChangesView {
	readonly stamp: Stamp;
	readonly contest: ContestHead;
	readonly page: number;
	readonly pages: number;
	readonly total: number;
	readonly entries: readonly ChangeEntry[];
}

/** `pulse.json`: the little that a page asks for again and again. */
export interface PulseView {
	readonly size: number;
	readonly time: number;
	readonly reported: number;
	readonly verified: number;
	readonly due: number;
}
