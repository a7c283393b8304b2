/** One entry of a history or of the list of changes: when, what, who, why, and what it changed. */

import type { StatementId } from '@matokeo/core/record/said.ts';
import { foreign } from '../../html/foreign.ts';
import { type Html, html, type Part } from '../../html/html.ts';
import type { ContestHead, HistoryEntry, Named } from '../../views/types.ts';
import type { PageContext } from '../context.ts';
import { changeWords } from './changeWords.ts';
import { codeWords, signerWords } from './codeWords.ts';
import { shortDigest } from './digest.ts';
import { statementWords } from './statementWords.ts';

export interface EntryOptions {
	/** Where it happened, on pages that show more than one station. */
	readonly place?: Part;
	/** The numbers of the readings on this page. */
	readonly readings?: ReadonlyMap<StatementId, number> | undefined;
	/** What the entry is called in addresses, once on the page. */
	readonly anchor: string;
	/** Whether it leads to the statement's own page, which every change has (W17). */
	readonly cited?: boolean;
}

export function entryItem(
	context: PageContext,
	contest: ContestHead,
	entry: HistoryEntry,
	options: EntryOptions,
): Html {
	const { words } = context;
	const { index, id, time, poll, signers, statement, code, before, after } = entry;
	const { place, readings, anchor, cited } = options;
	const own =
		cited === true
			? html`<a href="${context.link({ page: 'statement', id })}">${shortDigest(id)}</a>`
			: shortDigest(id);
	const changed = before !== undefined && after !== undefined && changeWords(words, contest, before, after);
	return html`<li class="entry" id="${anchor}">
<p class="when">${words.timeTag(time)} · <a href="#${anchor}">${words.say('changes.entry', { index: String(index) })}</a> · ${words.rich('changes.statement', { id: own })}${poll > 1 && html` · ${words.say('common.poll', { n: poll })}`}${place !== undefined && html` · ${place}`}</p>
<p class="what">${statementWords(words, statement, { ...entry.named, contest, readings, mode: context.election.mode })}</p>
<dl class="facts"><div><dt>${words.say('changes.who')}</dt><dd>${words.items(signers.map((signer) => signerWords(words, signer)))}</dd></div>${code !== undefined && html`<div><dt>${words.say('changes.why')}</dt><dd>${codeWords(words, code)}</dd></div>`}</dl>${changed}
</li>
`;
}

/** "Polling station 1001, Embajada", as a link to its page. */
export function stationLink({ link, words }: PageContext, { id, name }: Named): Html {
	return html`<a href="${link({ page: 'station', station: id })}">${words.say('station.title', { id })}, ${foreign(name)}</a>`;
}

export function areaLink({ link }: PageContext, contest: string, { id, name }: Named): Html {
	return html`<a href="${link({ page: 'area', contest, area: id })}">${foreign(name)}</a>`;
}
