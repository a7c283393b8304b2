/**
 * What every scene of a rehearsal is played on, and what arrives there: forms on their way, with what is unusual about them. It knows no country; which forms are unusual, and how, is in
 * the tables that a rehearsal is played from.
 */
import type { Contest, Election, Station } from '@matokeo/core/election/types.ts';
import type { StatementId } from '@matokeo/core/record/said.ts';
import type { CaptureKind, Route } from '@matokeo/core/record/statement.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import type { ReadingRoom } from './clerks.ts';
import type { RehearsalLog } from './port.ts';
import type { FormFigures } from './tables.ts';
import type { Variations } from './variations.ts';

export interface Stage {
	readonly suite: Suite;
	readonly election: Election;
	readonly log: RehearsalLog;
	readonly room: ReadingRoom;
	/** Absent: nobody errs. */
	readonly variations?: Variations;
	/** The station that an officer may take for this one. */
	readonly neighbour?: (contest: Contest, station: string) => string | undefined;
	/** By `returnName`: the last statement on each return, kept for whoever rules on it later (S32). Absent: nobody will. */
	readonly last?: Map<string, StatementId>;
	/** By `returnName`: the capture and the reading of each form, kept for whoever sees its original or speaks of it. Absent: nobody will. */
	readonly documents?: Map<string, Documents>;
}

export interface Documents {
	readonly capture: StatementId;
	/** The reading that is accepted, if one is. Absent: no clerk has read what the form says. */
	readonly reading?: StatementId;
	/** Whether the figures stand: all can be read, and it did not go into quarantine. */
	readonly stands: boolean;
}

/** A form on its way: what the paper says and, where there is one, what the officer reported. */
export interface Arriving {
	readonly paper: FormFigures;
	readonly reported: FormFigures | undefined;
	/** Absent: the form itself, through the officer's own kit or, where nothing was reported, on paper. */
	readonly document?: { readonly kind: CaptureKind; readonly route: Route };
	/** The code of the package for which the return goes into quarantine once it is read. */
	readonly exception?: string;
}

export function returnName({ contest, station }: Pick<FormFigures, 'contest' | 'station'>): string {
	return `${contest}|${station}`;
}

export function contestIn(election: Election, id: string): Contest {
	const contest = election.contests.get(id);
	if (contest === undefined) throw new Error(`the package has no contest ${id}`);
	return contest;
}

export function stationIn(election: Election, id: string): Station {
	const station = election.stations.get(id);
	if (station === undefined) throw new Error(`the package has no station ${id}`);
	return station;
}
