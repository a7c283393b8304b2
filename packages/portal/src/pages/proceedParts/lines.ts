/** Pieces of every page of proceedings: who said it and when by whose clock, whether that was in time, files by their digest, and the way to what a statement names. */
import type { Interval, Timed } from '@matokeo/core/standings/lateness.ts';
import { foreign } from '../../html/foreign.ts';
import { type Html, html, type Part } from '../../html/html.ts';
import { blobPath } from '../../site/paths.ts';
import type { FileView, Reference, SaidView } from '../../views/proceedTypes.ts';
import type { NamedText } from '../../views/types.ts';
import type { MessageId } from '../../words/catalogues.ts';
import type { Words } from '../../words/words.ts';
import type { PageContext } from '../context.ts';
import { codeWords, signerWords } from '../stationParts/codeWords.ts';
import { shortDigest } from '../stationParts/digest.ts';
import { answeringWords } from '../stationParts/filingWords.ts';

export interface FactLine {
	readonly label: Part;
	readonly value: Part;
}

/** Pairs of a label and what it says; those that say nothing are left out. */
export function factRows(facts: readonly (FactLine | false | undefined)[]): Html {
	const rows = facts.map(
		(fact) => fact !== false && fact !== undefined && html`<div><dt>${fact.label}</dt><dd>${fact.value}</dd></div>`,
	);
	return html`<dl class="rows">${rows}</dl>`;
}

/** A court by the package's name for it, or the office that the id is. */
export function courtName(words: Words, { id, text }: NamedText): Part {
	return answeringWords(words, id, { texts: { [id]: text } });
}

export function signersLine(words: Words, { signers }: Pick<SaidView, 'signers'>): Html {
	return words.items(signers.map((signer) => signerWords(words, signer)));
}

/** By the log's own clock, and between which moments by witnesses. */
export function whenLine(words: Words, { time, said, index }: SaidView): Html {
	const at = words.rich('said.atLog', { time: words.timeTag(time) });
	return html`${at} (${words.say('said.entry', { index: String(index) })}); ${intervalWords(words, said)}`;
}

function intervalWords(words: Words, { after, before }: Interval): Html {
	const times = { after: words.timeTag(after ?? 0), before: words.timeTag(before ?? 0) };
	if (after !== undefined && after === before) return words.rich('said.exactly', { time: times.after });
	if (after !== undefined && before !== undefined) return words.rich('said.between', times);
	if (after !== undefined) return words.rich('said.onlyAfter', times);
	if (before !== undefined) return words.rich('said.onlyBefore', times);
	return html`${words.say('said.noWitness')}`;
}

export function spanWords(words: Words, { after, before }: Interval): Html {
	const times = { after: words.timeTag(after ?? 0), before: words.timeTag(before ?? 0) };
	if (after === undefined && before === undefined) return html`${words.say('said.spanUnknown')}`;
	if (after === before) return words.rich('said.spanAt', { time: times.after });
	if (after === undefined) return words.rich('said.spanBefore', times);
	return before === undefined ? words.rich('said.spanAfter', times) : words.rich('said.spanBetween', times);
}

const VERDICTS = {
	'in-time': 'said.inTime',
	late: 'said.late',
	'not-provable': 'said.notProvable',
} as const satisfies Readonly<Record<Timed['provable'], MessageId>>;

type Clocks = readonly (Timed & { readonly clock: string })[];

/** In a line: what witnesses prove, and where they prove nothing, what the log's own clock says. */
export function timelyWord(words: Words, clocks: Clocks): Part {
	return clocks.map(({ provable, by_log }, place) => [
		place > 0 && ', ',
		words.say(VERDICTS[provable]),
		provable === 'not-provable' &&
			html`; <small>${words.say('said.byLogOnly', { verdict: words.say(VERDICTS[by_log]) })}</small>`,
	]);
}

/** With the arithmetic: both intervals, and beside them what the log's own ticks say. `names`: the texts of clocks. */
export function timelyLines(
	words: Words,
	said: Pick<SaidView, 'time'>,
	clocks: Clocks,
	names: (clock: string) => Part,
): Html {
	if (clocks.length === 0) return html`${words.say('said.clocksNone')}`;
	return html`${clocks.map((timed) => {
		const verdict = html`<strong>${words.say(VERDICTS[timed.provable])}</strong>`;
		const sums = words.rich('said.arithmetic', {
			said: spanWords(words, timed.said),
			deadline: spanWords(words, timed.deadline),
			time: words.timeTag(said.time),
			end: words.timeTag(timed.deadline_by_log),
			verdict: words.say(VERDICTS[timed.by_log]),
		});
		return html`<p>${words.rich('said.clock', { clock: names(timed.clock), verdict })} <small>${sums}</small></p>`;
	})}`;
}

/** The digest always; the way to the file where it is held and nothing withholds it. */
export function fileLine({ words, file }: PageContext, { sha256, held, withheld }: FileView): Html {
	const digest = html`<code class="digest">${sha256}</code>`;
	if (withheld !== undefined) return html`${digest} – ${words.say('said.fileWithheld')}: ${codeWords(words, withheld)}`;
	if (!held) return html`${digest} – ${words.say('said.fileNotHeld')}`;
	return html`<a href="${file(blobPath(sha256))}">${words.say('said.fileHeld')}</a> ${digest}`;
}

/** What a statement names, with the way to the page on which it is shown. */
export function referenceLine(context: PageContext, reference: Reference): Html {
	const { words } = context;
	const { id, index } = reference;
	if (index === undefined) return html`${shortDigest(id)} – ${words.say('said.notInLog')}`;
	const entry = words.say('said.entry', { index: String(index) });
	const to = wayTo(context, reference);
	const name = reference.station?.name ?? reference.area?.name;
	const label = html`${shortDigest(id)}, ${entry}`;
	return html`${to === undefined ? label : html`<a href="${to}">${label}</a>`}${name !== undefined && html` – ${foreign(name)}`}`;
}

/** The page of what a statement is about; absent for what has none. */
export function wayTo({ link }: PageContext, { id, type, contest, station, area }: Reference): string | undefined {
	if (station !== undefined) return link({ page: 'station', station: station.id });
	switch (type) {
		case 'tally/mark':
		case 'collation/certify':
			if (contest === undefined || area === undefined) return undefined;
			return link({ page: 'collation', contest, area: area.id });
		case 'result/declare':
		case 'result/dissent':
		case 'result/record':
			return contest === undefined ? undefined : link({ page: 'declaration', contest });
		case 'objection/lodge':
			return link({ page: 'objection', id });
		case 'notice/file':
			return link({ page: 'notice', id });
		case 'authority/order':
			return link({ page: 'order', id });
		case 'count/lodge':
			return link({ page: 'count', id });
		default:
			return undefined;
	}
}
