/**
 * Proposes mappings for two tables of which nothing is known but each other (K37): the key that they share, and the fields that both have under names that are alike. A field that
 * only one of them has stays its own, so that whoever compares is told of it.
 */
import type { Table } from '../table/table.ts';
import { foundKey, keyReason } from './findKey.ts';
import { findTotals } from './findTotals.ts';
import { type KeyPair, keyPairs, repeatedPair } from './keyOfPair.ts';
import { type KeyWay, keyReader } from './keyValues.ts';
import type { Known, KnownField } from './known.ts';
import { longShapes } from './longShape.ts';
import type { FieldRule } from './mapping.ts';
import { matchFields } from './matchFields.ts';
import { noCounts } from './noCounts.ts';
import { loneRule, type Offer, offersOf, ownRule } from './offers.ts';
import type { Answers, Proposal, Question } from './proposal.ts';
import { proposeWithKey } from './propose.ts';
import { recognizedPair } from './recognize.ts';
import { type ColumnSurvey, sampleRows, survey } from './survey.ts';

export interface PairProposal {
	readonly a: Proposal;
	readonly b: Proposal;
}

/** `answers`: columns of the key and of fields of A, and of B. */
export function proposePair(
	a: Table,
	b: Table,
	answers: { readonly a?: Answers; readonly b?: Answers } = {},
): PairProposal {
	const both = answers.a === undefined && answers.b === undefined ? recognizedPair(a, b) : undefined;
	if (both !== undefined) return both;
	const [surveysA, surveysB] = [survey(a), survey(b)];
	const pairs = keyPairs(a, asked(surveysA, answers.a), b, asked(surveysB, answers.b));
	const [first] = pairs;
	const question = first === undefined ? noKey(a, b, repeatedPair(a, surveysA, b, surveysB)) : tie(a, b, pairs);
	if (first === undefined || question !== undefined) {
		const stopped = { mapping: undefined, questions: question === undefined ? [] : [question], reasons: [] };
		return { a: stopped, b: stopped };
	}
	const shared = sharedFields(a, surveysA, first.a, b, surveysB, first.b, answers);
	const side = (
		table: Table,
		surveys: readonly ColumnSurvey[],
		way: KeyWay,
		own: Answers | undefined,
		lone: readonly FieldRule[],
		others: readonly FieldRule[],
	): Proposal => {
		const key = foundKey(table, way, 'station');
		const grounds = [keyReason(table, way), ...overlap(first)];
		const proposal = proposeWithKey(table, surveys, key, shared.known, own ?? {}, grounds, lone);
		const wanted = others.map(({ id, name }) => ({ id, names: [name] }));
		const told = lone.map(({ name }) => `${JSON.stringify(name)} has no counterpart in the other table`);
		return {
			...proposal,
			questions: [...proposal.questions, ...noCounts(table, surveys, key.columns, wanted)],
			reasons: [...proposal.reasons, ...told],
		};
	};
	return {
		a: side(a, surveysA, first.a, answers.a, shared.loneA, shared.loneB),
		b: side(b, surveysB, first.b, answers.b, shared.loneB, shared.loneA),
	};
}

function asked(surveys: readonly ColumnSurvey[], answers: Answers | undefined): readonly ColumnSurvey[] {
	const names = answers?.key;
	return names === undefined ? surveys : surveys.filter(({ name }) => names.includes(name));
}

function overlap({ met, asked: all }: KeyPair): readonly string[] {
	return all === 0 ? [] : [`${Math.floor(met)} of ${all} values looked at are in the other table too`];
}

function noKey(a: Table, b: Table, repeated: KeyPair | undefined): Question {
	const sentence =
		repeated === undefined
			? 'no column of one table shares its values with a column of the other; name the columns of the code, or compare with an election package'
			: `the codes seem to be ${names(a, repeated.a)} and ${names(b, repeated.b)}, but one code stands on several rows, and no column tells these apart as choices would; name a condition on rows, such as one contest`;
	return { about: repeated === undefined ? 'key' : 'rows', sentence, between: [] };
}

/** Pairs with the same values on both sides are one. */
function tie(a: Table, b: Table, pairs: readonly KeyPair[]): Question | undefined {
	const [first, ...more] = pairs;
	if (first === undefined) return undefined;
	const others = more.filter((pair) => !(same(a, first.a, pair.a) && same(b, first.b, pair.b)));
	if (others.length === 0) return undefined;
	const between = [first, ...others].map((pair) => `${names(a, pair.a)} with ${names(b, pair.b)}`);
	return { about: 'key', sentence: `the code could be ${between.join(' or ')}`, between };
}

function same(table: Table, one: KeyWay, other: KeyWay): boolean {
	const [x, y] = [keyReader(table, one), keyReader(table, other)];
	return sampleRows(table, 500).every((row) => x(row) === y(row));
}

function names(table: Table, { columns }: KeyWay): string {
	return columns.map((column) => JSON.stringify(table.columns[column] ?? '')).join(' + ');
}

interface Shared {
	readonly known: Known;
	readonly loneA: readonly FieldRule[];
	readonly loneB: readonly FieldRule[];
}

/** Fields that both have, as if they were known: named as A names them, found in B by likeness. */
function sharedFields(
	a: Table,
	surveysA: readonly ColumnSurvey[],
	wayA: KeyWay,
	b: Table,
	surveysB: readonly ColumnSurvey[],
	wayB: KeyWay,
	answers: { readonly a?: Answers; readonly b?: Answers },
): Shared {
	const offersA = offersIn(a, surveysA, wayA);
	const offersB = offersIn(b, surveysB, wayB);
	const totals = new Set([...findTotals(a, offersA), ...findTotals(b, offersB)].map(({ name }) => name));
	const taken = new Set<string>();
	const fields: readonly KnownField[] = offersA.map((offer) => {
		const rule = ownRule(offer, taken, totals);
		return { id: rule.id, kind: rule.kind, names: [offer.name] };
	});
	const matched = matchFields(fields, offersB, answers.b ?? {});
	const met = new Set([...matched.fields.map(({ id }) => id), ...matched.questions.map(({ about }) => about)]);
	const both = fields.filter(({ id }) => met.has(id));
	const known = { fields: both, codes: [] };
	const named = new Set(both.map(({ names: [name] }) => name));
	const leftA = offersA.filter(({ name }) => !named.has(name));
	const ids = new Set(both.map(({ id }) => id));
	const lone = (left: readonly Offer[]): readonly FieldRule[] => left.map((offer) => loneRule(offer, ids, totals));
	return { known, loneA: lone(leftA), loneB: lone(matched.left) };
}

function offersIn(table: Table, surveys: readonly ColumnSurvey[], way: KeyWay): readonly Offer[] {
	const key = foundKey(table, way, 'station');
	const long = key.different ? undefined : longShapes(table, way, surveys)[0];
	return offersOf(surveys, key.columns, long);
}
