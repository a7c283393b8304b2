/** Pieces of the pages of lodged counts: how one was come by, where it stands, and sentences of the comparison's own report as HTML. */
import type { Line } from '@matokeo/compare/report/document.ts';
import type { CountSource } from '@matokeo/core/record/filings.ts';
import { stateWordOf } from '../../design/marks.ts';
import { foreign } from '../../html/foreign.ts';
import { type Html, html, type Part } from '../../html/html.ts';
import type { CountLine } from '../../views/countTypes.ts';
import type { MessageId } from '../../words/catalogues.ts';
import type { Words } from '../../words/words.ts';
import type { PageContext } from '../context.ts';
import { shortDigest } from '../stationParts/digest.ts';

const OBTAINED: Readonly<Record<CountSource, MessageId>> = {
	forms: 'counts.fromForms',
	'posted-forms': 'counts.fromPosted',
	'published-images': 'counts.fromImages',
	'official-figures': 'counts.fromOfficial',
	'other-publication': 'counts.fromOther',
	'handed-over': 'counts.fromHanded',
	undisclosed: 'counts.fromUndisclosed',
};

export function obtainedWords(words: Words, { obtained }: Pick<CountLine, 'obtained'>): string {
	return words.say(OBTAINED[obtained]);
}

export function rowsOf(words: Words, { rows, level }: Pick<CountLine, 'rows' | 'level'>): Html {
	if (level === undefined) return html`${words.say('counts.rowsStations', { n: rows })}`;
	return words.rich('counts.rowsAreas', { n: rows, level: words.shown(level.text) });
}

export function standingOf({ words, link }: PageContext, { until }: Pick<CountLine, 'until'>): Part {
	if (until === undefined) return words.say('counts.standingNow');
	const id = html`<a href="${link({ page: 'count', id: until })}">${shortDigest(until)}</a>`;
	return words.rich('counts.standingLater', { id });
}

/** What the log says of a place of which it has no such figures. */
export function logState(words: Words, state: string): Part {
	if (state === 'nothing-counted') return words.say('counts.nothingCounted');
	const known = stateWordOf(state);
	return known === undefined ? foreign(state) : words.say(known);
}

/** What strangers wrote stays apart from what we say. */
export function lineOf(line: Line): Html {
	return html`${line.map((span) => (typeof span === 'string' ? span : foreign(span.foreign)))}`;
}
