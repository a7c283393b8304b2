/** What is known of the stations of a contest or an area, as one table: the stages, and everything that keeps a station out of them. A row without stations is left out unless it is a stage. */
import type { AreaResults } from '@matokeo/core/standings/results.ts';
import { bar } from '../design/charts.ts';
import { type Html, html } from '../html/html.ts';
import type { MessageId } from '../words/catalogues.ts';
import type { PageContext } from './context.ts';
import { count, table } from './parts.ts';

interface Row {
	readonly label: MessageId;
	readonly text: MessageId;
	readonly of: (results: AreaResults) => number;
	/** Shown also when there are none. */
	readonly always?: true;
	/** Stands among the stations due, and so has a share of them. */
	readonly due?: true;
}

const ROWS: readonly Row[] = [
	{
		label: 'contest.rowVerified',
		text: 'contest.rowVerifiedText',
		of: (r) => r.stages.verified.stations,
		always: true,
		due: true,
	},
	{
		label: 'contest.rowReported',
		text: 'contest.rowReportedText',
		of: (r) => r.stages.reported.stations,
		always: true,
		due: true,
	},
	{
		label: 'contest.rowInspected',
		text: 'contest.rowInspectedText',
		of: (r) => r.stages.inspected.stations,
		due: true,
	},
	{
		label: 'contest.rowCertified',
		text: 'contest.rowCertifiedText',
		of: (r) => r.stages.collated.stations,
		due: true,
	},
	{ label: 'contest.rowMissing', text: 'contest.rowMissingText', of: (r) => r.missing, always: true, due: true },
	{ label: 'contest.rowNoFormSeen', text: 'contest.rowNoFormSeenText', of: (r) => r.no_form_seen, due: true },
	{
		label: 'contest.rowQuarantined',
		text: 'contest.rowQuarantinedText',
		of: (r) => r.quarantined,
		always: true,
		due: true,
	},
	{
		label: 'contest.rowDiscrepantOpen',
		text: 'contest.rowDiscrepantOpenText',
		of: (r) => r.discrepant_open,
		always: true,
		due: true,
	},
	{
		label: 'contest.rowDiscrepantSettled',
		text: 'contest.rowDiscrepantSettledText',
		of: (r) => r.discrepant - r.discrepant_open,
		due: true,
	},
	{ label: 'contest.rowDisputed', text: 'contest.rowDisputedText', of: (r) => r.disputed, due: true },
	{ label: 'contest.rowSetAside', text: 'contest.rowSetAsideText', of: (r) => r.set_aside, due: true },
	{ label: 'contest.rowDisregarded', text: 'contest.rowDisregardedText', of: (r) => r.disregarded, due: true },
	{ label: 'contest.rowPostponed', text: 'contest.rowPostponedText', of: (r) => r.postponed, due: true },
	{ label: 'contest.rowAsWritten', text: 'contest.rowAsWrittenText', of: (r) => r.as_written, due: true },
	{ label: 'contest.rowFlagged', text: 'contest.rowFlaggedText', of: (r) => r.flagged, due: true },
	{ label: 'contest.rowCancelled', text: 'contest.rowCancelledText', of: (r) => r.cancelled },
	{ label: 'contest.rowMerged', text: 'contest.rowMergedText', of: (r) => r.merged },
];

export function stationsTable(context: PageContext, results: AreaResults): Html {
	const { words } = context;
	const shown = ROWS.filter((row) => row.always === true || row.of(results) > 0);
	return table({
		kind: 'stations',
		name: words.say('contest.stationsTitle'),
		caption: words.say('contest.stationsCaption'),
		columns: [
			{ label: words.say('common.status') },
			{ label: words.say('contest.stationsCount'), sort: 'number' },
			{ label: words.say('contest.stationsShare'), sort: 'number' },
		],
		rows: shown.map((row) => rowOf(context, row, results)),
		sums: html`<tr><th scope="row">${words.say('contest.rowDue')} <small>${words.say('contest.rowDueText')}</small></th>${count(context, results.due)}<td></td></tr>
<tr><th scope="row">${words.say('common.registered')}</th>${count(context, results.registered)}<td></td></tr>`,
	});
}

function rowOf(context: PageContext, { label, text, of, due }: Row, results: AreaResults): Html {
	const { words } = context;
	const value = of(results);
	return html`<tr><th scope="row">${words.say(label)} <small>${words.say(text)}</small></th>${count(context, value)}${due === true ? html`<td class="n">${words.percent(value, results.due)}${bar(value, results.due)}</td>` : html`<td></td>`}</tr>`;
}
