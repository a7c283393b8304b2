/** What waits at a mirror, as data and as a page (M23): since when, how often it was handed on, what the source says, and whether the log has it. */
import { grouped } from '@matokeo/core/result/describe.ts';
import { foreign } from '@matokeo/portal/html/foreign.ts';
import { type Html, html } from '@matokeo/portal/html/html.ts';
import type { PendingStatement, PendingStore, Said } from '../pendingStore.ts';
import type { MirrorStatus } from '../status.ts';
import { type FrameParts, framed, moment, notice } from './frame.ts';

interface PendingLine
	extends Pick<
		PendingStatement,
		'id' | 'type' | 'signers' | 'received' | 'tries' | 'tried' | 'said' | 'since' | 'why'
	> {
	/** Where the verified log has it; absent while it does not. */
	readonly index?: number;
	/** Whether a receipt or a signed refusal is kept: `pending/<id>/answer`. */
	readonly answered: boolean;
}

export interface PendingView {
	readonly refused: number;
	readonly images: number;
	/** Those that wait first. */
	readonly statements: readonly PendingLine[];
}

export function pendingView(store: PendingStore, most: number): PendingView {
	return { refused: store.refusedCount(), images: store.imageSums().n, statements: store.newest(most).map(lineOf) };
}

function lineOf({
	id,
	type,
	signers,
	received,
	tries,
	tried,
	said,
	since,
	why,
	at,
	answer,
}: PendingStatement): PendingLine {
	const line = { id, type, signers, received, tries, tried, said, since, why, answered: answer.length > 0 };
	return at < 0 ? line : { ...line, index: at };
}

/** Characters of an id that are shown; the whole is behind the link. */
const ID_SHOWN = 12;

export function pendingPage(parts: FrameParts, view: PendingView, status: MirrorStatus): string {
	const rows = view.statements.map(
		(line) =>
			html`<div><dt><a href="pending/${line.id}/note"><code>${line.id.slice(0, ID_SHOWN)}…</code></a><br>${line.type}<br>${foreign(line.signers)}</dt><dd><a href="pending/${line.id}/word">Here since ${moment(line.received)}</a>. ${standing(line)}</dd></div>`,
	);
	const body = html`${notice(status)}
<h1>Waiting statements</h1>
<p>Statements that their senders could not deliver to the log, or that were handed in here as well. This mirror has checked who signed them and keeps them until the log has them. That it had a statement at a certain time is <strong>this mirror’s word</strong>, signed by its own key; it is no receipt of the log.</p>
${view.statements.length === 0 ? html`<p>Nothing waits here.</p>` : html`<dl class="rows">${rows}</dl>`}
<p>The same as data: <a href="pending.json">pending.json</a></p>`;
	return framed(parts, 'Waiting statements', body);
}

const WORDS: Readonly<Record<Said, string>> = {
	nothing: 'No answer of the log yet',
	later: 'The log asks to come again',
	refused: 'REFUSED by the log',
	receipt: 'The log gave a receipt, and has not shown it yet',
	logged: 'The log says that it has it, and has not shown it yet',
};

function standing({ id, index, said, since, why, tries, tried, answered }: PendingLine): Html {
	if (index !== undefined) return html`Logged at index ${grouped(index)}.`;
	const answer =
		answered && html` <a href="pending/${id}/answer">${said === 'refused' ? 'signed refusal' : 'receipt'}</a>`;
	const times =
		tries > 0 && html` Handed on ${grouped(tries)} ${tries === 1 ? 'time' : 'times'}, last at ${moment(tried)}.`;
	const words = said === 'refused' || said === 'receipt' ? html`${WORDS[said]}, since ${moment(since)}` : WORDS[said];
	return html`${words}${answer}.${why !== '' && html` <small><bdi>${why}</bdi></small>`}${times}`;
}
