/** The law's clocks as a table: what each runs from, its end by the log's own clock and by witnesses, and whether it is over at the time at which the page stands. */
import type { Clock } from '@matokeo/core/election/types.ts';
import { type Html, html, type Part } from '../../html/html.ts';
import type { ClockView } from '../../views/proceedTypes.ts';
import type { MessageId } from '../../words/catalogues.ts';
import type { Words } from '../../words/words.ts';
import type { PageContext } from '../context.ts';
import { table } from '../parts.ts';
import { spanWords } from './lines.ts';

type On = Extract<Clock['starts'], { readonly on: unknown }>['on'];

const STARTS: Readonly<Record<On, MessageId>> = {
	declaration: 'filings.fromDeclaration',
	certification: 'filings.fromCertification',
	objection: 'filings.fromObjection',
	answer: 'filings.fromAnswer',
};
const STATES: Readonly<Record<ClockView['state'], MessageId>> = {
	waiting: 'filings.clockWaiting',
	running: 'filings.clockRunning',
	over: 'filings.clockOver',
};

export function clockTable(context: PageContext, clocks: readonly ClockView[]): Html {
	const { words } = context;
	if (clocks.length === 0) return html`<p>${words.say('filings.clocksNone')}</p>`;
	return table({
		kind: 'clocks',
		name: words.say('filings.clocksTitle'),
		caption: words.say('filings.clocksCaption'),
		columns: [
			{ label: words.say('filings.clockName') },
			{ label: words.say('filings.clockRuns') },
			{ label: words.say('filings.clockEnds') },
			{ label: words.say('filings.state') },
		],
		rows: clocks.map(
			(clock) =>
				html`<tr><th scope="row">${words.shown(clock.text)} <small>${lengthOf(words, clock.seconds)}${clock.citation !== '' && html` · <bdi>${clock.citation}</bdi>`}</small></th><td>${startOf(words, clock)}</td><td>${endOf(words, clock)}</td><td>${stateOf(words, clock)}</td></tr>`,
		),
	});
}

const HOUR = 3_600;
const DAY = 24 * HOUR;

/** Whole days and hours; a clock that begins at a fixed time and lasts nothing has no length to tell. */
export function lengthOf(words: Words, seconds: number): string {
	const days = Math.floor(seconds / DAY);
	const hours = Math.floor((seconds % DAY) / HOUR);
	return words.say('filings.clockLength', { days, hours, both: days > 0 && hours > 0 ? 'yes' : 'no' });
}

export function startOf(words: Words, { starts, from }: Pick<ClockView, 'starts' | 'from'>): Part {
	if ('at' in starts) return words.say('filings.fromTime');
	const what = words.say(STARTS[starts.on]);
	if (from === undefined) return what;
	return words.rich('filings.fromEntry', { what, index: String(from.index), time: words.timeTag(from.time) });
}

/** Those of one objection run with each; as a whole they neither run nor wait. */
function stateOf(words: Words, { starts, from, state }: ClockView): string {
	const each = 'on' in starts && (starts.on === 'objection' || starts.on === 'answer') && from === undefined;
	return each ? '–' : words.say(STATES[state]);
}

function endOf(words: Words, { deadline }: ClockView): Part {
	if (deadline === undefined) return '–';
	const { byLog, interval } = deadline;
	const fixed = interval.after === byLog && interval.before === byLog;
	const span = words.rich('filings.endsByWitnesses', { span: spanWords(words, interval) });
	return html`${words.timeTag(byLog)}${!fixed && html` <small>${span}</small>`}`;
}
