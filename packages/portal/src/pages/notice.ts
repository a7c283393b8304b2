/**
 * One notice. An error shows both documents side by side; an incident lists the checks that show what came of it, with what each covers and the command that repeats it, so that "the attempt failed"
 * is nothing to believe.
 */
import type { CheckShown, Notice } from '@matokeo/core/record/filings.ts';
import { foreign } from '../html/foreign.ts';
import { type Html, html, type Part } from '../html/html.ts';
import type { DocumentView, NoticeView } from '../views/proceedTypes.ts';
import type { MessageId } from '../words/catalogues.ts';
import type { PageContext } from './context.ts';
import { layout } from './layout.ts';
import { table, wayDown } from './parts.ts';
import { signed } from './proceedParts/compare.ts';
import { historySection } from './proceedParts/effects.ts';
import { factRows, fileLine, referenceLine, signersLine, whenLine } from './proceedParts/lines.ts';
import { noticeSentence } from './proceedParts/lists.ts';
import { codeWords } from './stationParts/codeWords.ts';
import { shortDigest } from './stationParts/digest.ts';

export function noticePage(context: PageContext, view: NoticeView): string {
	const { words, data } = context;
	const { contest, notice, head } = view;
	const title = words.say('filings.noticeTitle', { kind: notice.notice.kind });
	const list =
		contest === undefined
			? undefined
			: ({ label: words.say('filings.noticesTitle'), to: { page: 'notices', contest: contest.id } } as const);
	return layout(context, {
		title,
		...(contest === undefined ? {} : { contest, here: 'proceedings' as const }),
		body: html`${contest !== undefined && list !== undefined && wayDown(context, contest, [list], title)}
<h1>${title}</h1>
<div class="stage"><p class="headline"><strong>${noticeSentence(words, notice)}</strong></p>${outcome(context, notice.notice)}</div>
${facts(context, view)}
${notice.notice.kind === 'error' && documents(context, view)}
${notice.notice.kind === 'incident' && [checks(context, view), touched(context, view)]}
${files(context, view)}
${historySection(context, head, view.history)}
<p><a href="${data({ data: 'notice', id: notice.id })}">${words.say('said.json')}</a></p>`,
	});
}

const OUTCOMES = {
	failed: 'filings.outcomeFailed',
	succeeded: 'filings.outcomeSucceeded',
	unknown: 'filings.outcomeUnknown',
} as const;

function outcome({ words }: PageContext, notice: Notice): Part {
	return notice.kind === 'incident' && html`<p>${words.say(OUTCOMES[notice.outcome])}</p>`;
}

function facts(context: PageContext, { notice: line, text, pause }: NoticeView): Html {
	const { words, link } = context;
	const { notice, surface, attempted, reason, resumed } = line;
	return factRows([
		surface !== undefined && { label: words.say('filings.surface'), value: codeWords(words, surface) },
		attempted !== undefined && { label: words.say('filings.attempted'), value: codeWords(words, attempted) },
		notice.kind === 'incident' && { label: words.say('filings.period'), value: periodOf(context, notice) },
		'at' in notice && { label: words.say('filings.effect'), value: words.timeTag(notice.at) },
		reason !== undefined && { label: words.say('changes.why'), value: codeWords(words, reason) },
		{ label: words.say('said.by'), value: signersLine(words, line) },
		{ label: words.say('said.when'), value: whenLine(words, line) },
		notice.kind === 'pause' && {
			label: words.say('filings.state'),
			value:
				resumed === undefined
					? words.say('filings.pauseRuns')
					: words.rich('filings.resumed', {
							time: words.timeTag(resumed.time),
							id: html`<a href="${link({ page: 'notice', id: resumed.id })}">${shortDigest(resumed.id)}</a>`,
						}),
		},
		pause !== undefined && { label: words.say('filings.pauseOf'), value: referenceLine(context, pause) },
		text !== undefined && { label: words.say('said.text'), value: fileLine(context, text) },
		{ label: words.say('said.statement'), value: html`<code class="digest">${line.id}</code>` },
	]);
}

function periodOf({ words }: PageContext, { from, until }: Extract<Notice, { kind: 'incident' }>): Html {
	if (until === undefined) return words.rich('filings.periodSince', { from: words.timeTag(from) });
	return words.rich('filings.periodFrom', { from: words.timeTag(from), until: words.timeTag(until) });
}

const CHECKS: Readonly<Record<CheckShown['check'], MessageId>> = {
	replay: 'filings.checkReplay',
	consistency: 'filings.checkConsistency',
	results: 'filings.checkResults',
	images: 'filings.checkImages',
	anchor: 'filings.checkAnchor',
	witnesses: 'filings.checkWitnesses',
};

/** The command that makes the check again. Of two sizes of the log, the earlier one is a checkpoint that somebody kept; every log continues the empty one. */
function commandOf({ election }: PageContext, { check, from }: CheckShown): string {
	const whole = `matokeo verify FOLDER --anchor ${election.digest}`;
	return check === 'consistency' && from > 0 ? `${whole} --against CHECKPOINT-OF-${from}` : whole;
}

function checks(context: PageContext, view: NoticeView): Html {
	const { words } = context;
	const title = words.say('filings.checksTitle');
	if (view.checks.length === 0)
		return html`<section id="checks"><h2>${title}</h2><p>${words.say('filings.checksNone')}</p></section>`;
	const rows = view.checks.map(
		(check) =>
			html`<tr><th scope="row">${words.say(CHECKS[check.check])}</th><td>${words.say('filings.checkSizes', { from: check.from, to: check.to })}</td><td><code class="digest">${commandOf(context, check)}</code></td></tr>`,
	);
	return html`<section id="checks"><h2>${title}</h2>${table({
		kind: 'checks',
		name: title,
		columns: [
			{ label: words.say('filings.check') },
			{ label: words.say('filings.checkCovers') },
			{ label: words.say('filings.checkRepeat') },
		],
		rows,
	})}</section>`;
}

function touched(context: PageContext, view: NoticeView): Html {
	const { words } = context;
	const items = view.touched.map((one) => html`<li>${referenceLine(context, one)}</li>`);
	return html`<section id="touched"><h2>${words.say('filings.touchedTitle')}</h2>${items.length === 0 ? html`<p>${words.say('filings.touchedNone')}</p>` : html`<ul>${items}</ul>`}</section>`;
}

function documents(context: PageContext, view: NoticeView): Html {
	const { words } = context;
	const [first, second] = view.documents;
	const named = [
		first !== undefined && { label: words.say('filings.documentFirst'), value: referenceLine(context, first) },
		second !== undefined && { label: words.say('filings.documentSecond'), value: referenceLine(context, second) },
	];
	const figures =
		view.fields.length === 0 || first === undefined || second === undefined
			? html`<p>${words.say('filings.documentsNone')}</p>`
			: comparison(context, view, [first, second]);
	return html`<section id="documents"><h2>${words.say('filings.documentsTitle')}</h2>${factRows(named)}${figures}</section>`;
}

function comparison(
	context: PageContext,
	{ fields }: NoticeView,
	documents: readonly [DocumentView, DocumentView],
): Html {
	const { words } = context;
	const differ = !apart(...documents);
	return table({
		kind: 'compared',
		name: words.say('filings.documentsTitle'),
		caption: words.say(differ ? 'filings.documentsCaption' : 'filings.documentsApart'),
		columns: [
			{ label: words.say('said.field') },
			{ label: words.say('filings.documentFirst'), sort: 'number' },
			{ label: words.say('filings.documentSecond'), sort: 'number' },
			...(differ ? [{ label: words.say('said.difference'), sort: 'number' } as const] : []),
		],
		rows: fields.map(({ id, text }) => documentRow(context, words.shown(text), id, documents, differ)),
	});
}

/** What one form and a whole area say has no difference that means anything. */
function apart(first: DocumentView, second: DocumentView): boolean {
	if (first.station?.id !== second.station?.id) return true;
	return first.area !== undefined && second.area !== undefined && first.area.id !== second.area.id;
}

function documentRow(
	{ words }: PageContext,
	label: Part,
	field: string,
	[first, second]: readonly [DocumentView, DocumentView],
	differ: boolean,
): Html {
	const [a, b] = [first.figures[field], second.figures[field]];
	const said = (figure: number | string | undefined): string =>
		typeof figure === 'number' ? words.number(figure) : figure === undefined ? '–' : words.say(spelled(figure));
	const difference = typeof a === 'number' && typeof b === 'number' ? signed(words, b - a) : '';
	return html`<tr${differ && a !== b && html` class="moved"`}><th scope="row">${label}</th><td class="n">${said(a)}</td><td class="n">${said(b)}</td>${differ && html`<td class="n">${difference}</td>`}</tr>`;
}

function spelled(figure: string): MessageId {
	if (figure === 'blank') return 'station.blank';
	return figure === 'struck' ? 'station.struck' : 'station.illegible';
}

const FILES: Readonly<Record<string, MessageId>> = {
	builds: 'filings.fileBuilds',
	configuration: 'filings.fileConfiguration',
	topology: 'filings.fileTopology',
	accounts: 'filings.fileAccounts',
	before: 'filings.fileBefore',
	after: 'filings.fileAfter',
};

function files(context: PageContext, view: NoticeView): Part {
	const { words } = context;
	if (view.files.length === 0) return undefined;
	const rows = view.files.map(({ of, file }) => {
		const label = FILES[of];
		return { label: label === undefined ? foreign(of) : words.say(label), value: fileLine(context, file) };
	});
	return html`<section id="files"><h2>${words.say('filings.filesTitle')}</h2>${factRows(rows)}</section>`;
}
