/** What votes are shares of on a page: the sum that the contest's rule asks a share of, with its name and its value at a stage; without one, the votes for candidates. */
import type { StageResult } from '@matokeo/core/standings/stage.ts';
import type { ContestHead, DenominatorView } from '../views/types.ts';
import type { Words } from '../words/words.ts';
import { denominatorWords } from './factWords.ts';
import { sum } from './parts.ts';

export interface Share {
	readonly name: string;
	readonly of: (stage: StageResult) => number;
	/** Whether it is nothing but the votes for candidates. */
	readonly isCandidates: boolean;
}

const CANDIDATES: DenominatorView = { id: 'candidates', register: false, candidates: true, categories: [] };

export function shareFor(words: Words, contest: ContestHead): Share {
	const { id, candidates, categories } = contest.denominators.find((one) => one.id === contest.share_of) ?? CANDIDATES;
	return {
		name: denominatorWords(words, id),
		of: (stage) =>
			(candidates ? candidateVotes(contest, stage) : 0) + sum(categories.map((one) => stage.categories[one] ?? 0)),
		isCandidates: candidates && categories.length === 0,
	};
}

/** The votes of all candidates whose votes count. */
export function candidateVotes({ candidates }: ContestHead, stage: StageResult): number {
	return sum(candidates.map(({ id, votes }) => (votes === 'void' ? 0 : (stage.votes[id] ?? 0))));
}
