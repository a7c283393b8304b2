/** In what state a return is, in marks and in sentences: what that means, how it came about as far as one glance needs it, and what holds it back, with the reason and its source. */
import { returnMarks } from '../../design/marks.ts';
import { foreign } from '../../html/foreign.ts';
import { type Html, html, type Part } from '../../html/html.ts';
import type { StationContestView } from '../../views/stationTypes.ts';
import type { CodeView } from '../../views/types.ts';
import type { MessageId } from '../../words/catalogues.ts';
import type { Words } from '../../words/words.ts';
import type { PageContext } from '../context.ts';
import { codeWords, statusWord } from './codeWords.ts';

export function stateSection({ words }: PageContext, part: StationContestView): Html {
	const { view, poll } = part;
	const sentences = sayings(part).map((id) => words.say(id));
	return html`<ul class="marks">${returnMarks(words, view).map((mark) => html`<li>${mark}</li>`)}${poll > 1 && html`<li>${words.say('common.poll', { n: poll })}</li>`}</ul>
<p>${sentences.map((sentence, place) => [place > 0 && ' ', sentence])}</p>
${statusLine(words, part)}${heldBack(words, part)}${differences(words, part)}
<p class="small">${part.ceiling === undefined ? words.say('station.noCeiling') : words.say('station.ceiling', { n: part.ceiling })}</p>
`;
}

const STATES = {
	received: 'station.stateReceived',
	'no-form-seen': 'station.stateNoFormSeen',
	missing: 'station.stateMissing',
	quarantined: 'station.stateQuarantined',
	'set-aside': 'station.stateSetAside',
	disregarded: 'station.stateDisregarded',
	postponed: 'station.statePostponed',
	cancelled: 'station.stateCancelled',
	merged: 'station.stateMerged',
} as const;

function sayings({ view, captures }: StationContestView): readonly MessageId[] {
	const accepted = captures.find(({ counted }) => counted)?.accepted;
	const verified = accepted?.by === 'ruling' ? 'station.stateVerifiedRuling' : 'station.stateVerifiedAgreement';
	return [
		view.state === 'verified' ? verified : STATES[view.state],
		...(view.inspected ? (['station.inspectedText'] as const) : []),
		...(view.disputed ? (['station.disputedText'] as const) : []),
		...(view.as_written ? (['station.asWritten'] as const) : []),
		...(view.flagged ? (['station.flagged'] as const) : []),
		...(view.differs === 'open' ? (['station.differsOpen'] as const) : []),
		...(view.differs === 'settled' ? (['station.differsSettled'] as const) : []),
	];
}

function statusLine(words: Words, { status, status_reason }: StationContestView): Part {
	if (status === 'planned') return undefined;
	const said = words.say('station.unitStatus', { status: statusWord(words, status) });
	return html`<p>${said}${status_reason !== undefined && html` – ${codeWords(words, status_reason)}`}</p>`;
}

function heldBack(words: Words, { quarantine, disregarded }: StationContestView): Part {
	const notice = (title: string, code: CodeView, more: Part): Html =>
		html`<div class="held-back"><p><strong>${title}</strong> – ${codeWords(words, code)}</p>${more}</div>`;
	return [
		quarantine !== undefined &&
			notice(
				words.say('station.quarantineTitle'),
				quarantine.reason,
				html`<p>${words.rich('station.quarantineReview', { time: words.timeTag(quarantine.review) })}</p>`,
			),
		disregarded !== undefined && notice(words.say('station.disregardedTitle'), disregarded, undefined),
	];
}

function differences(words: Words, { differences: n, differences_settled: settled }: StationContestView): Part {
	return n > 0 && html`<p>${words.say('station.differencesSeen', { n, settled })}</p>`;
}

/** Where the merged station's voters vote. */
export function mergedInto({ words, link }: PageContext, station: string): Html {
	const to = html`<a href="${link({ page: 'station', station })}">${foreign(station)}</a>`;
	return html`<p>${words.rich('station.mergedInto', { station: to })}</p>`;
}
