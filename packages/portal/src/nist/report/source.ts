/** What a report is made from, and what of it is asked for (spec/exports.md, E1–E3). A record of the portal is such a source, and so is what a verifier has replayed. */
import type { Contest } from '@matokeo/core/election/types.ts';
import type { LogHead, RecordReader } from '../../record.ts';

export interface NistSource extends Pick<RecordReader, 'context' | 'election' | 'baseline' | 'rows' | 'note'> {
	readonly head: () => Pick<LogHead, 'size' | 'root' | 'time'>;
}

/** `precinct-level`: every polling station and every area; `summary-contest`: areas alone. */
export const NIST_LEVELS = ['precinct-level', 'summary-contest'] as const;
export type NistLevel = (typeof NIST_LEVELS)[number];

/** The figures that are reported: of verified returns, of all that officers reported, or of those whose paper original was seen too. */
export const NIST_STAGES = ['verified', 'reported', 'inspected'] as const;
export type NistStage = (typeof NIST_STAGES)[number];

export interface NistOptions {
	/** In the order in which they stand in the report; at least one. */
	readonly contests: readonly Contest[];
	readonly level: NistLevel;
	/** `verified` unless another is named. */
	readonly stage?: NistStage;
	/** Only this area and what lies in it; each contest has it among its totals. */
	readonly area?: string;
}
