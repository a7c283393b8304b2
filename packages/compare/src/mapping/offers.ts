/** What a table offers as fields: its columns of counts, or, in a long table, its choices. */

import type { LongShape } from './longShape.ts';
import type { FieldRule } from './mapping.ts';
import { idOf, meaningOf } from './names.ts';
import { type ColumnSurvey, holdsCounts } from './survey.ts';

export interface Offer {
	readonly name: string;
	/** Place of the column; -1 for a choice. */
	readonly column: number;
	readonly choice: string | undefined;
}

export function offersOf(
	surveys: readonly ColumnSurvey[],
	keyColumns: readonly number[],
	long: LongShape | undefined,
): readonly Offer[] {
	const taken = new Set([...keyColumns, ...(long === undefined ? [] : [long.choice, long.votes])]);
	const columns = surveys
		.filter((one) => !taken.has(one.column) && holdsCounts(one) && !one.running)
		.map(({ name, column }) => ({ name, column, choice: undefined }));
	const choices = (long?.choices ?? []).map((choice) => ({ name: choice, column: -1, choice }));
	return [...choices, ...columns];
}

export function ruleOf(offer: Offer, id: string, name: string, kind: FieldRule['kind']): FieldRule {
	const columns = offer.choice === undefined ? [offer.name] : [];
	const choices = offer.choice === undefined ? [] : [offer.choice];
	return { id, name, kind, columns, choices, optional: false };
}

/** A field for an offer of which nothing is known but its heading. */
export function ownRule(offer: Offer, taken: Set<string>, totals: ReadonlySet<string>): FieldRule {
	const id = idOf(offer.name, taken);
	taken.add(id);
	const meaning = meaningOf(offer.name);
	const total = totals.has(offer.name) || meaning === 'valid' || meaning === 'cast';
	const kind = total ? 'total' : meaning === undefined ? 'candidate' : 'other';
	return ruleOf(offer, id, offer.name, kind);
}

/** Whether it holds votes nobody can tell: it is no candidate, so that no lead is said to be its own. */
export function loneRule(offer: Offer, taken: Set<string>, totals: ReadonlySet<string>): FieldRule {
	const rule = ownRule(offer, taken, totals);
	return rule.kind === 'candidate' ? { ...rule, kind: 'other' } : rule;
}
