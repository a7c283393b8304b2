/**
 * What the sentences of generated declarations and certificates are, for every language alike; `wordsEn.ts` and its neighbours say them. It does not know which
 * sentence is said when.
 */
import type { CountedStage, Mode } from '../election/types.ts';
import type { DeclaredOutcome, MarkCounts } from '../record/acts.ts';

type ByMode = Readonly<Record<Mode, string>>;

export interface DeclarationWords {
	/** Around the title of the document. */
	readonly title: ByMode;
	/** What kind of count this is; empty in an official election. */
	readonly mode: ByMode;
	/** Around the formula of the law. */
	readonly formula: ByMode;
	/** Around the outcome: in a declaration, and in a certificate. */
	readonly declared: ByMode;
	readonly certified: ByMode;
	readonly election: string;
	readonly contest: string;
	readonly area: string;
	readonly round: string;
	readonly citation: string;
	readonly stage: Readonly<Record<CountedStage, string>>;
	readonly outcome: Readonly<Record<DeclaredOutcome['kind'], string>>;
	readonly tie: Readonly<Record<'lots' | 'older' | 'rerun' | 'unsettled', string>>;
	readonly candidate: string;
	readonly party: string;
	readonly votes: string;
	readonly share: string;
	readonly percent: string;
	readonly voided: string;
	/** Names of denominators that packages commonly use; another is quoted. */
	readonly denominators: Readonly<Record<'candidates' | 'cast' | 'registered' | 'valid', string>>;
	readonly whole: string;
	readonly category: string;
	readonly ballots: string;
	readonly ballotsAll: string;
	readonly registered: string;
	readonly registeredUnknown: string;
	readonly stations: string;
	readonly number: string;
	readonly counts: Readonly<Record<keyof MarkCounts, string>>;
	readonly settled: string;
	readonly decided: string;
	readonly open: string;
	readonly origin: string;
	readonly package: string;
	readonly list: string;
	readonly unknown: string;
}
