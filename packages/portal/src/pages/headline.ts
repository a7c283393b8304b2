/** The sentence that stands above every result: how much of it is verified, and that nobody has declared anything. */
import type { AreaResults } from '@matokeo/core/standings/results.ts';
import { stagesBar } from '../design/charts.ts';
import { type Html, html } from '../html/html.ts';
import type { Words } from '../words/words.ts';

export function headline(words: Words, results: AreaResults): Html {
	return html`<div class="stage"><p class="headline"><strong>${progress(words, results)}</strong> <strong class="undeclared">${words.say('contest.notDeclared')}</strong></p>
${stagesBar(results.stages.verified.stations, results.stages.reported.stations, results.due)}</div>`;
}

function progress(words: Words, { due, disregarded, stages }: AreaResults): string {
	const verified = stages.verified.stations;
	if (due === 0) return words.say('contest.headNothing');
	if (verified === due) return words.say('contest.headComplete', { verified, n: due });
	if (verified + disregarded === due) return words.say('contest.headSettled', { verified, n: due, disregarded });
	return words.say('contest.headProvisional', { verified, n: due });
}
