/** A proposed mapping: what was taken for what, why, and what is left to the person to say. Two possibilities that are equally good are a question, never a choice. */
import type { KeyRule, Mapping } from './mapping.ts';

export interface Question {
	/** `key`, `rows`, or the id of a field. */
	readonly about: string;
	/** What is unsure, as a sentence. */
	readonly sentence: string;
	/** The columns (or, for rows, the texts of a column) between which the person must choose. */
	readonly between: readonly string[];
}

export interface Proposal {
	/** Absent when there is nothing to propose. With open questions it lacks what they are about. */
	readonly mapping: Mapping | undefined;
	readonly questions: readonly Question[];
	/** What was taken for what, and on what ground. */
	readonly reasons: readonly string[];
}

/** What a person has said already. */
export interface Answers {
	/** Columns of the key. */
	readonly key?: readonly string[];
	/** Id of a field → its column or choice; empty: the table has none. */
	readonly fields?: Readonly<Record<string, string>>;
}

/** Whether a program may go on with it without asking. */
export function isSure(proposal: Proposal): proposal is Proposal & { readonly mapping: Mapping } {
	return proposal.mapping !== undefined && proposal.questions.length === 0;
}

export interface FoundKey {
	readonly rule: KeyRule;
	readonly level: 'station' | { readonly area: string };
	/** Places of its columns. */
	readonly columns: readonly number[];
	/** Each row has another key: one row for each station. */
	readonly different: boolean;
}
