/** The paper originals of a return that were seen (R5): custody, what was observed of the paper, in which fields it differs, and whether it came too late to have effect by itself. */
import { foreign } from '../../html/foreign.ts';
import { type Html, html, type Part } from '../../html/html.ts';
import type { OriginalView, StationContestView } from '../../views/stationTypes.ts';
import type { PageContext } from '../context.ts';
import { noticesTable, objectionsTable, ordersTable } from '../proceedParts/lists.ts';
import { custodyWords } from './actWords.ts';
import { signerWords } from './codeWords.ts';

/** `anchor`: how entries of the history below are called in addresses. */
export function originalsSection(context: PageContext, part: StationContestView, anchor: string): Part {
	const { words } = context;
	const { originals, captures } = part;
	if (captures.length === 0 && originals.length === 0) return undefined;
	if (originals.length === 0) return html`<p class="small">${words.say('station.originalsNone')}</p>`;
	const items = originals.map((original) => originalItem(context, part, original, anchor));
	return html`<h3>${words.say('station.originalsTitle')}</h3><ul class="originals">${items}</ul>`;
}

function originalItem(context: PageContext, part: StationContestView, original: OriginalView, anchor: string): Html {
	const { words } = context;
	const { by, time, index, custody, serial, attributes } = original;
	const { from, seal } = custodyWords(words, custody);
	const rows: readonly (readonly [Part, Part])[] = [
		[
			words.say('station.originalSeen'),
			html`${words.timeTag(time)}, ${signerWords(words, by)}, <a href="#${anchor}${index}">${words.say('said.entry', { index: String(index) })}</a>`,
		],
		[words.say('station.originalFrom'), from],
		[words.say('station.originalSeal'), seal],
		[words.say('station.originalSays'), html`<strong>${saysOf(context, part, original)}</strong>`],
		[words.say('common.status'), standsAs(context, original)],
		...(serial === undefined ? [] : [[words.say('station.serial'), html`<bdi>${serial}</bdi>`] as const]),
		...Object.entries(attributes).map(([name, seen]) => [foreign(name), words.say(`station.${seen}`)] as const),
	];
	const facts = rows.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`);
	return html`<li><dl class="rows">${facts}</dl></li>`;
}

function saysOf({ words }: PageContext, { contest }: StationContestView, { reading, differs }: OriginalView): Part {
	if (reading === undefined) return words.say('station.originalAlone');
	if (differs.length === 0) return words.say('station.originalAgrees');
	const fields = differs.map((id) => {
		const label = contest.fields.find((field) => field.id === id)?.label;
		return label === undefined ? foreign(id) : words.shown(label);
	});
	return words.rich('station.originalDiffers', { fields: words.items(fields) });
}

function standsAs({ words }: PageContext, { late, effective }: OriginalView): string {
	if (late) return words.say(effective ? 'station.originalLateAdmitted' : 'station.originalLate');
	return words.say(effective ? 'station.originalEffective' : 'station.originalPassed');
}

/** Objections to the return, errors between its documents, and orders in force on it. */
export function filedSection(context: PageContext, part: StationContestView): Part {
	const { words } = context;
	const { objections, errors, orders, contest } = part;
	if (objections.length + errors.length + orders.length === 0) return undefined;
	return html`<h3>${words.say('station.filedTitle')}</h3>
${orders.length > 0 && ordersTable(context, orders, contest)}${objections.length > 0 && objectionsTable(context, objections)}${errors.length > 0 && noticesTable(context, errors)}`;
}
