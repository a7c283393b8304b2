/** The sentence that stands above every result: how much of it is verified; above a whole contest also whether anything is declared, and what orders have made of it. */
import type { AreaResults } from '@matokeo/core/standings/results.ts';
import { stagesBar } from '../design/charts.ts';
import { type Html, html } from '../html/html.ts';
import type { ContestStanding } from '../views/proceedTypes.ts';
import type { ContestHead } from '../views/types.ts';
import type { Words } from '../words/words.ts';
import type { PageContext } from './context.ts';
import { declaredSentence, ordersBand } from './proceedParts/standing.ts';

/** Of an area: nothing is declared of a part. */
export function headline(words: Words, results: AreaResults): Html {
	return html`<div class="stage"><p class="headline"><strong>${progress(words, results)}</strong></p>
${barOf(results)}</div>`;
}

export function contestHeadline(
	context: PageContext,
	contest: ContestHead,
	results: AreaResults,
	standing: ContestStanding,
): Html {
	return html`${ordersBand(context, contest, standing)}<div class="stage"><p class="headline"><strong>${progress(context.words, results)}</strong> ${declaredSentence(context, contest, standing)}</p>
${barOf(results)}</div>`;
}

function barOf({ stages, due }: AreaResults): Html {
	return stagesBar(stages.verified.stations, stages.reported.stations, due);
}

function progress(words: Words, { due, disregarded, set_aside: aside, stages }: AreaResults): string {
	const verified = stages.verified.stations;
	if (due === 0) return words.say('contest.headNothing');
	if (verified === due) return words.say('contest.headComplete', { verified, n: due });
	const out = disregarded + aside;
	if (verified + out === due) return words.say('contest.headSettled', { verified, n: due, disregarded: out });
	return words.say('contest.headProvisional', { verified, n: due });
}
