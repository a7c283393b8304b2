/**
 * A story: what happens after the forms are in, as data beside an election package (R10; `spec/package.md`, P83–P86). Steps in the order in which they happen: originals seen, objections and their
 * answers, notices, collations, a declaration, orders, counts of others. It says who acts and why, never a figure: those are the log's, but for the tables of such counts, which lie beside it. How it is read is in `readStory.ts`, how it is played in `proceed.ts`.
 */

import type { Election } from '@matokeo/core/election/types.ts';
import type { OpenClass, Proceed } from '@matokeo/core/record/acts.ts';
import type { CheckShown, CountLodge } from '@matokeo/core/record/filings.ts';

export interface Story {
	readonly steps: readonly Told[];
}

/** A step, with when it happens and what is said of it. */
export interface Told {
	/** UTC seconds; absent: right after the step before it. */
	readonly at?: number;
	/** A sentence for whoever watches. */
	readonly words?: string;
	readonly step: Step;
}

export type Step =
	/** Receiving officers see the paper originals of so many of a thousand returns, those first that the law wants inspected. */
	| { readonly kind: 'originals'; readonly share: number }
	| ({ readonly kind: 'original'; readonly seal: 'intact' | 'broken'; readonly differs: readonly string[] } & OneReturn)
	| ({ readonly kind: 'objection'; readonly name: string; readonly by: Filer; readonly ground: string } & About)
	| Answering
	/** A failed attempt, with the checks of the whole log that show that it failed. */
	| {
			readonly kind: 'incident';
			readonly surface: string;
			readonly attempted: string;
			readonly seconds: number;
			readonly checks: readonly CheckShown['check'][];
			readonly text?: string;
	  }
	| { readonly kind: 'pause'; readonly name: string; readonly surface: string; readonly reason: string }
	| { readonly kind: 'resume'; readonly pause: string; readonly reason: string }
	/** The form of a station and the certificate of its area are said to differ. */
	| ({ readonly kind: 'error'; readonly text?: string } & OneReturn)
	/** Marks and certificates of every area of a level. */
	| ({ readonly kind: 'collation'; readonly level: string } & OnMarks)
	| ({ readonly kind: 'declaration' } & OnMarks)
	| {
			readonly kind: 'dissent';
			readonly contest: string;
			readonly by: string;
			readonly reason: string;
			readonly text?: string;
	  }
	| Ordering
	| Lodging;

interface OneReturn {
	readonly contest: string;
	readonly station: string;
}

interface OnMarks {
	readonly contest: string;
	/** What permits to go on where something stands open. */
	readonly proceed: Proceed;
	/** Why those in force are superseded; absent: none is. */
	readonly supersedes?: string;
}

/** Who files: an agent of a party, the party itself, or a registry for somebody who came with a paper. */
export type Filer =
	| { readonly kind: 'agent' | 'party'; readonly party: string }
	| { readonly kind: 'registry'; readonly office: 'candidate' | 'observer' | 'voter'; readonly received?: number };

export interface About {
	readonly contest: string;
	readonly on:
		| { readonly kind: 'return'; readonly station: string }
		| { readonly kind: 'area'; readonly area: string }
		| { readonly kind: 'contest' }
		/** The declaration in force. */
		| { readonly kind: 'declaration' };
	readonly text?: string;
}

export interface Answering {
	readonly kind: 'answer';
	readonly objection: string;
	readonly outcome: 'upheld' | 'dismissed' | 'referred';
	readonly reason: string;
	/** An office, or the id of a court. */
	readonly by: string;
	readonly to?: string;
	readonly text?: string;
}

export interface Ordering {
	readonly kind: 'order';
	readonly name: string;
	readonly court: string;
	readonly order: 'stay' | 'annul' | 'lift' | 'reinstate';
	/** Of a stay or an annulment: the contest. Of the others: the name of the order that ends. */
	readonly of: string;
	readonly basis: string;
	readonly citation: string;
	/** UTC seconds. */
	readonly decided: number;
	/** The words of the order, as a document. */
	readonly text: string;
}

/** Who puts a count of their own on record. */
export type Lodger =
	| { readonly kind: 'agent' | 'party'; readonly party: string }
	| { readonly kind: 'observer' | 'newsroom' };

/** Another count, to be compared and never counted. */
export interface Lodging extends Pick<CountLodge, 'at' | 'contest' | 'level' | 'obtained' | 'rows'> {
	readonly kind: 'count';
	readonly by: Lodger;
	/** In the spelling of S44. */
	readonly table: Uint8Array;
	readonly text: string;
}

export const OPEN_CLASSES: readonly OpenClass[] = [
	'missing',
	'objections',
	'postponed',
	'quarantined',
	'uncertified',
	'unverified',
	'unwitnessed',
];

/** Where nobody tells a story: every collation that the package names, from the lowest level up, then the declaration; with the first code of the package where something stands open. */
export function plainStory({ contests, codes }: Election): Story {
	const [code] = codes.proceed;
	const proceed: Proceed = code === undefined ? {} : Object.fromEntries(OPEN_CLASSES.map((open) => [open, code.id]));
	const steps = [...contests.values()].flatMap(({ id: contest, collation, declaration }): readonly Told[] => [
		...collation.toReversed().map(({ level }): Told => ({ step: { kind: 'collation', level, contest, proceed } })),
		...(declaration === undefined ? [] : [{ step: { kind: 'declaration' as const, contest, proceed } }]),
	]);
	return { steps };
}
