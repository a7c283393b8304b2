/**
 * The figures of one form, field by field in the order of the paper: the sender's, every opened reading's, the accepted ones. Where columns say different things each cell that stands out says
 * so in a word, and a sentence above names the fields, so that nothing hangs on a colour.
 */
import type { Figure } from '@matokeo/core/record/statement.ts';
import { type Html, html, type Part } from '../../html/html.ts';
import type { CaptureView, StationContestView } from '../../views/stationTypes.ts';
import type { ContestHead, FieldHead } from '../../views/types.ts';
import type { Words } from '../../words/words.ts';
import type { PageContext } from '../context.ts';
import { figureWord, kindWord } from './codeWords.ts';

interface Column {
	readonly label: string;
	readonly figures: readonly Figure[];
	/** What the others are compared with. */
	readonly measure?: boolean;
}

/** `view`: of the return; of a copy `against`, what it is compared with. */
export function figuresTable(
	context: PageContext,
	part: Pick<StationContestView, 'contest' | 'view'>,
	capture: CaptureView,
	against?: readonly Figure[],
): Html {
	const { words } = context;
	const columns = columnsOf(words, part, capture, against);
	if (columns.length === 0) {
		return html`<p>${words.say(capture.official ? 'station.noFigures' : 'station.copyWithoutFigures')}</p>`;
	}
	const measure = columns.find((column) => column.measure === true) ?? columns[0];
	const rows = part.contest.fields.map((field, place) => row(words, field, place, columns, measure));
	const heads = columns.map(({ label }) => html`<th scope="col" class="n">${label}</th>`);
	const name = words.say('station.figuresOf', { kind: kindWord(words, capture.kind), index: String(capture.index) });
	return html`${columns.length > 1 && agreement(words, part.contest, columns)}
<div class="scroll" role="region" aria-label="${name}" tabindex="0"><table class="figures"><caption>${words.say('station.figuresCaption')}</caption>
<thead><tr><th scope="col">${words.say('station.field')}</th>${heads}</tr></thead>
<tbody>${rows}</tbody><tbody class="sums">${sums(words, part.contest, columns)}</tbody></table></div>`;
}

function columnsOf(
	words: Words,
	{ view }: Pick<StationContestView, 'view'>,
	{ figures, readings, accepted, official, counted }: CaptureView,
	against: readonly Figure[] | undefined,
): readonly Column[] {
	const sender = words.say(official ? 'station.columnOfficer' : 'station.columnSender');
	const opened = readings.flatMap(({ figures: read }, place) =>
		read === undefined ? [] : [{ label: words.say('station.columnReading', { n: place + 1 }), figures: read }],
	);
	const isVerified = counted && view.state === 'verified';
	const settled = words.say(isVerified ? 'station.columnVerified' : 'station.columnAccepted');
	const own = [
		...(figures === undefined ? [] : [{ label: sender, figures }]),
		...opened,
		...(accepted === undefined ? [] : [{ label: settled, figures: accepted.figures, measure: against === undefined }]),
	];
	const paper =
		counted && view.inspected && accepted !== undefined
			? [{ label: words.say('station.columnInspected'), figures: accepted.figures }]
			: [];
	if (against === undefined || own.length === 0) return [...own, ...paper];
	return [...own, { label: words.say('station.columnCounts'), figures: against, measure: true }];
}

function row(
	words: Words,
	field: FieldHead,
	place: number,
	columns: readonly Column[],
	measure: Column | undefined,
): Html {
	const said = measure?.figures[place];
	const cells = columns.map((column) => {
		const figure = column.figures[place];
		if (figure === undefined) return html`<td class="n">–</td>`;
		const stands = figure !== said;
		return html`<td class="n${stands && ' differs'}">${figureWord(words, figure)}${stands && html` <small>${words.say('station.differs')}</small>`}</td>`;
	});
	const label = words.shown(field.label);
	return html`<tr${!field.counted && html` class="uncounted"`}><th scope="row">${field.counted ? html`<strong>${label}</strong>` : label}</th>${cells}</tr>
`;
}

/** Sums of what is a number; a column with a blank, an illegible or a struck counted field has none. */
function sums(words: Words, contest: ContestHead, columns: readonly Column[]): Html {
	const cells = columns.map(({ figures }) => {
		let total = 0;
		for (const [place, { counted }] of contest.fields.entries()) {
			const figure = figures[place];
			if (!counted) continue;
			if (typeof figure !== 'number') return html`<td class="n">–</td>`;
			total += figure;
		}
		return html`<td class="n">${Number.isSafeInteger(total) ? words.number(total) : '–'}</td>`;
	});
	return html`<tr><th scope="row">${words.say('station.countedTotal')}</th>${cells}</tr>`;
}

function agreement(words: Words, contest: ContestHead, columns: readonly Column[]): Part {
	const fields = differing(contest, columns);
	if (fields.length === 0) return html`<p class="agree">${words.say('station.same')}</p>`;
	const counted = fields.filter((field) => field.counted);
	const others = fields.filter((field) => !field.counted);
	const named = (list: readonly FieldHead[]): Html => words.items(list.map(({ label }) => words.shown(label)));
	return [
		counted.length > 0 &&
			html`<p class="disagree"><strong>${words.rich('station.differIn', { fields: named(counted) })}</strong></p>`,
		others.length > 0 &&
			html`<p class="disagree">${words.rich('station.differInOther', { fields: named(others) })}</p>`,
	];
}

function differing(contest: ContestHead, columns: readonly Column[]): readonly FieldHead[] {
	return contest.fields.filter((_, place) =>
		columns.some(({ figures }) => figures[place] !== columns[0]?.figures[place]),
	);
}
