/** The small lawful election in each mode, for tests of what is generated from it. */
import type { Contest, Election, Mode } from '../../src/election/types.ts';
import { lawfulElection } from '../support/lawfulElection.ts';

export const MODES = ['official', 'parallel', 'rehearsal'] as const satisfies readonly Mode[];
const ELECTIONS = new Map<Mode, Election>(MODES.map((mode) => [mode, lawfulElection(mode).election]));

export function electionIn(mode: Mode): Election {
	const election = ELECTIONS.get(mode);
	if (election === undefined) throw new Error(`no election in mode ${mode}`);
	return election;
}

export function contestOf(election: Election, id: string): Contest {
	const contest = election.contests.get(id);
	if (contest === undefined) throw new Error(`no contest ${id}`);
	return contest;
}
