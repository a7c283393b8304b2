/** An outcome in words: who is elected, who goes on, or what the law says follows when nobody is elected. Names are quoted from the package. */
import type { Contest } from '../election/types.ts';
import type { DeclaredOutcome } from '../record/acts.ts';
import { filled, type Parts, verbatim, words } from './declarationParts.ts';
import { nameOfCandidate } from './declarationVotes.ts';
import type { DeclarationWords } from './wordTypes.ts';

/** Ids of the candidates whom the outcome names. */
export function namedIn(outcome: DeclaredOutcome): readonly string[] {
	switch (outcome.kind) {
		case 'elected':
			return [outcome.candidate];
		case 'runoff':
		case 'tie':
			return outcome.candidates;
		default:
			return [];
	}
}

export function outcomeParts(contest: Contest, outcome: DeclaredOutcome, sentences: DeclarationWords): Parts {
	const who = namedIn(outcome).flatMap((id, place): Parts => {
		const name = nameOfCandidate(contest, id);
		return place === 0 ? [name] : [words(', '), name];
	});
	return filled(sentences.outcome[outcome.kind], {
		who,
		...(outcome.kind === 'tie' ? { by: [tieWords(outcome.by, sentences)] } : {}),
		...(outcome.kind === 'refer' ? { to: [verbatim(outcome.to, 'outcome.to')] } : {}),
		...(outcome.kind === 'special' ? { code: [verbatim(outcome.code, 'outcome.code')] } : {}),
	});
}

function tieWords(by: string, { tie }: DeclarationWords): Parts[number] {
	const known = (['lots', 'older', 'rerun', 'unsettled'] as const).find((one) => one === by);
	return known === undefined ? verbatim(by, 'outcome.by') : words(tie[known]);
}
