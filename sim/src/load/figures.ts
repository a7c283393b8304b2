/**
 * Made-up figures of made-up forms: of each station a turnout between half and nine tenths, spread over the candidates by chance that follows from the station's id.
 */
import type { Contest, Station } from '@matokeo/core/election/types.ts';
import type { Figure, Figures } from '@matokeo/core/record/statement.ts';
import type { Chance } from '@matokeo/rehearsal/play/chance.ts';

/** In the form's printed order. */
export function figuresOf(chance: Chance, contest: Contest, station: Station): readonly Figure[] {
	const registered = station.registered ?? 0;
	const share = 50 + chance.below(41, 'turnout', station.id);
	let left = Math.floor((registered * share) / 100);
	return contest.fields.map(({ id, counted }) => {
		if (!counted) return registered;
		const votes = Math.min(left, chance.below(Math.floor(left / 2) + 1, contest.id, station.id, id));
		left -= votes;
		return votes;
	});
}

export function namedFigures(contest: Contest, figures: readonly Figure[]): Figures {
	return Object.fromEntries(contest.fields.map(({ id }, place) => [id, figures[place] ?? 'blank']));
}
