/** What statements did to returns, before beside after, and the whole history of a filing, statement by statement. */
import { html, type Part } from '../../html/html.ts';
import type { EffectView } from '../../views/proceedTypes.ts';
import type { ContestHead, HistoryEntry } from '../../views/types.ts';
import type { PageContext } from '../context.ts';
import { changeWords } from '../stationParts/changeWords.ts';
import { entryItem, stationLink } from '../stationParts/entry.ts';

export function effectsSection(
	context: PageContext,
	contest: ContestHead | undefined,
	effects: readonly EffectView[],
): Part {
	const { words } = context;
	if (contest === undefined) return undefined;
	const items = effects.map(({ index, station, before, after }) => {
		const at = words.rich('said.effectAt', { station: stationLink(context, station), index: String(index) });
		return html`<article><h3>${at}</h3>${changeWords(words, contest, before, after)}</article>`;
	});
	return html`<section id="effects"><h2>${words.say('said.effects')}</h2>${items.length === 0 ? html`<p>${words.say('said.effectsNone')}</p>` : items}</section>`;
}

export function historySection(context: PageContext, contest: ContestHead, history: readonly HistoryEntry[]): Part {
	const { words } = context;
	if (history.length === 0) return undefined;
	const items = history.map((entry) => entryItem(context, contest, entry, { anchor: `e${entry.index}` }));
	return html`<section id="history"><h2>${words.say('said.history')}</h2><p class="note">${words.say('said.historyText')}</p>
<ol class="entries">${items}</ol></section>`;
}
