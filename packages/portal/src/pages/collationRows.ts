/** The rows of a sheet: areas below with their certificates, stations that are not counted with the reason and its source, counted ones with their votes; what stands otherwise now beside each. */
import type { SheetFlag, SheetState } from '@matokeo/core/collation/sheet.ts';
import { foreign } from '../html/foreign.ts';
import { type Html, html, type Part } from '../html/html.ts';
import type { CollatedArea, CollatedStation, CollationView } from '../views/collationTypes.ts';
import type { MessageId } from '../words/catalogues.ts';
import type { Words } from '../words/words.ts';
import type { PageContext } from './context.ts';
import { count, sum, table } from './parts.ts';
import { countedFields } from './proceedParts/compare.ts';
import { codeWords } from './stationParts/codeWords.ts';
import { shortDigest } from './stationParts/digest.ts';

const STATES: Readonly<Record<SheetState, MessageId>> = {
	counted: 'collation.stateCounted',
	missing: 'collation.stateMissing',
	unverified: 'collation.stateUnverified',
	quarantined: 'collation.stateQuarantined',
	disregarded: 'collation.stateDisregarded',
	set_aside: 'collation.stateSetAside',
	postponed: 'collation.statePostponed',
	cancelled: 'collation.stateCancelled',
	merged: 'collation.stateMerged',
};

function sheetState(words: Words, state: SheetState): string {
	return words.say(STATES[state]);
}

const FLAGS: Readonly<Record<SheetFlag, MessageId>> = {
	as_written: 'papers.flagAsWritten',
	flagged: 'papers.flagFlagged',
	discrepant_open: 'papers.flagDiscrepantOpen',
	disputed: 'papers.flagDisputed',
	substituted: 'papers.flagSubstituted',
	original_late: 'papers.flagOriginalLate',
};

function voteCells(context: PageContext, votes: readonly number[], fields: number): Part {
	return Array.from({ length: fields }, (_, place) => count(context, votes[place] ?? 0));
}

export function collatedAreas(context: PageContext, view: CollationView): Part {
	const { words } = context;
	const { contest, areas } = view;
	if (areas.length === 0) return undefined;
	const fields = countedFields(contest);
	return html`<section id="areas"><h2>${words.say('collation.areasTitle')}</h2>${table({
		kind: 'areas',
		name: words.say('collation.areasTitle'),
		caption: words.say('collation.areasCaption'),
		columns: [
			{ label: words.say('common.area') },
			{ label: words.say('collation.certificate') },
			{ label: words.say('collation.counted'), sort: 'number' },
			{ label: words.say('collation.all'), sort: 'number' },
			...fields.map(({ label }) => ({ label: words.shown(label), sort: 'number' }) as const),
		],
		rows: areas.map((area) => areaRows(context, contest.id, area, fields.length)),
	})}</section>`;
}

function areaRows(context: PageContext, contest: string, area: CollatedArea, fields: number): Html {
	const { words, link } = context;
	const { id, name, number, counted, votes, now } = area;
	const to = link({ page: 'collation', contest, area: id });
	const called = number === undefined ? words.say('collation.none') : words.say('collation.number', { n: number });
	const first = html`<tr><th scope="row"><a href="${to}">${foreign(name)}</a></th><td>${called}</td>${count(context, counted)}${count(context, sum(votes))}${voteCells(context, votes, fields)}</tr>`;
	if (now === undefined) return first;
	return html`${first}
<tr class="moved"><th scope="row">${words.rich('collation.nowIn', { area: foreign(name) })}</th><td></td>${count(context, now.counted)}${count(context, sum(now.votes))}${voteCells(context, now.votes, fields)}</tr>`;
}

export interface ListPart {
	readonly part: number;
	readonly parts: number;
	/** Stations in one part. */
	readonly rows: number;
}

/**
 * Those that are not counted come first on the sheet, so that a part holds some of one table, of the other, or of both. `between`: what is to be read before the counted ones, of which there may be a thousand.
 */
export function collatedStations(
	context: PageContext,
	view: CollationView,
	{ part, parts, rows }: ListPart,
	between: Part,
): Part {
	const { words } = context;
	const { stations, mark } = view;
	if (mark === undefined) return between;
	const here = stations.slice((part - 1) * rows, part * rows);
	const open = here.filter(({ state }) => state !== 'counted');
	const counted = here.filter(({ state }) => state === 'counted');
	const noneOpen = part === 1 && stations.every(({ state }) => state === 'counted');
	return [
		(open.length > 0 || noneOpen) &&
			html`<section id="open"><h2>${words.say('collation.openTitle')}</h2>${noneOpen ? html`<p>${words.say('collation.openNone')}</p>` : openTable(context, open)}</section>`,
		between,
		counted.length > 0 && countedSection(context, view, counted),
		parts > 1 &&
			part < parts &&
			html`<p><a rel="next" href="${partLink(context, view, part + 1)}">${words.say('collation.part', { n: part + 1 })}</a></p>`,
	];
}

/** At a higher step the sheet lists no counted station; one stands here because it is not counted any more. */
function countedSection(context: PageContext, view: CollationView, counted: readonly CollatedStation[]): Html {
	const { words } = context;
	if (view.areas.length === 0)
		return html`<section id="counted"><h2>${words.say('collation.countedTitle')}</h2>${countedTable(context, view, counted)}</section>`;
	const left = table({
		kind: 'lines',
		name: words.say('collation.leftTitle'),
		caption: words.say('collation.leftCaption'),
		columns: [{ label: words.say('common.station') }, { label: words.say('collation.nowColumn') }],
		rows: counted.map(
			(station) =>
				html`<tr><th scope="row">${stationLink(context, station)}</th><td>${sheetState(words, station.now?.state ?? station.state)}</td></tr>`,
		),
	});
	return html`<section id="counted"><h2>${words.say('collation.leftTitle')}</h2>${left}</section>`;
}

function partLink({ link }: PageContext, { contest, area }: CollationView, part: number): string {
	return link({ page: 'collation', contest: contest.id, area: area.id, ...(part === 1 ? {} : { part }) });
}

export function partsOf(context: PageContext, view: CollationView, part: number, parts: number): Part {
	const { words } = context;
	if (parts < 2) return undefined;
	const items = Array.from({ length: parts }, (_, place) => {
		const n = place + 1;
		const label = words.say('collation.part', { n });
		return html`<li>${n === part ? html`<span aria-current="page">${label}</span>` : html`<a href="${partLink(context, view, n)}">${label}</a>`}</li>`;
	});
	return html`<nav class="jump" aria-label="${words.say('collation.parts')}"><ul>${items}</ul></nav>`;
}

function stationLink({ link }: PageContext, { id, name }: CollatedStation): Html {
	return html`<a href="${link({ page: 'station', station: id })}">${foreign(id)}</a> ${foreign(name)}`;
}

function reasonOf({ words, link }: PageContext, { reason, order }: CollatedStation): Part {
	if (order !== undefined)
		return html`<a href="${link({ page: 'order', id: order })}">${words.rich('collation.byOrder', { id: shortDigest(order) })}</a>`;
	return reason === undefined ? undefined : codeWords(words, reason);
}

function openTable(context: PageContext, stations: readonly CollatedStation[]): Html {
	const { words } = context;
	return table({
		kind: 'lines',
		name: words.say('collation.openTitle'),
		caption: words.say('collation.openCaption'),
		columns: [
			{ label: words.say('common.station') },
			{ label: words.say('common.status') },
			{ label: words.say('collation.reason') },
			{ label: words.say('collation.nowColumn') },
		],
		rows: stations.map(
			(station) =>
				html`<tr><th scope="row">${stationLink(context, station)}</th><td>${sheetState(words, station.state)}${remarks(context, station)}</td><td>${reasonOf(context, station)}</td><td>${station.now !== undefined && sheetState(words, station.now.state)}</td></tr>`,
		),
	});
}

function remarks({ words }: PageContext, { flags, poll, moved }: CollatedStation): Part {
	const said = [
		...(moved === undefined ? [] : [words.say(moved === 'here' ? 'collation.movedHere' : 'collation.movedAway')]),
		...(poll > 1 ? [words.say('common.poll', { n: poll })] : []),
		...flags.map((flag) => words.say(FLAGS[flag])),
	];
	return said.length > 0 && html` <small>${words.list(said)}</small>`;
}

function countedTable(context: PageContext, { contest }: CollationView, stations: readonly CollatedStation[]): Html {
	const { words } = context;
	const fields = countedFields(contest);
	const rows = stations.map((station) => {
		const { votes, now } = station;
		const cells =
			votes === undefined ? fields.map(() => html`<td class="n">–</td>`) : voteCells(context, votes, fields.length);
		const stands = now === undefined ? undefined : now.votes === undefined ? sheetState(words, now.state) : undefined;
		const first = html`<tr><th scope="row">${stationLink(context, station)}</th>${cells}<td>${remarks(context, station)}${stands !== undefined && html` <small>${words.say('collation.now')}: ${stands}</small>`}</td></tr>`;
		if (now?.votes === undefined) return first;
		return html`${first}
<tr class="moved"><th scope="row">${words.rich('collation.nowIn', { area: foreign(station.id) })}</th>${voteCells(context, now.votes, fields.length)}<td>${sheetState(words, now.state)}</td></tr>`;
	});
	return table({
		kind: 'lines',
		name: words.say('collation.countedTitle'),
		caption: words.say('collation.countedCaption'),
		columns: [
			{ label: words.say('common.station') },
			...fields.map(({ label }) => ({ label: words.shown(label), sort: 'number' }) as const),
			{ label: words.say('collation.remarks') },
		],
		rows,
	});
}
