/** One objection with its whole history: who lodged it and when, on which ground and with what standing, whether in time and why, every answer, and what it changed. */
import { foreign, plainName } from '../html/foreign.ts';
import { type Html, html, type Part } from '../html/html.ts';
import type { AnswerView, ObjectionView } from '../views/proceedTypes.ts';
import type { PageContext } from './context.ts';
import { layout } from './layout.ts';
import { wayDown } from './parts.ts';
import { clockTable } from './proceedParts/clockTable.ts';
import { effectsSection, historySection } from './proceedParts/effects.ts';
import {
	courtName,
	factRows,
	fileLine,
	referenceLine,
	signersLine,
	timelyLines,
	timelyWord,
	whenLine,
} from './proceedParts/lines.ts';
import { objectionState } from './proceedParts/lists.ts';
import { codeWords } from './stationParts/codeWords.ts';
import { answeringWords, behalfWords, targetWords } from './stationParts/filingWords.ts';

export function objectionPage(context: PageContext, view: ObjectionView): string {
	const { words, link, data } = context;
	const { contest, objection, due } = view;
	const { ground } = objection;
	const plain = words.say('filings.objectionTitle', { ground: plainName(words.text(ground.text) || ground.id) });
	const shown = words.text(ground.text) === '' ? foreign(ground.id) : words.shown(ground.text);
	const list = {
		label: words.say('filings.objectionsTitle'),
		to: { page: 'objections', contest: contest.id },
	} as const;
	const stakes = html`<a href="${link({ page: 'contest', contest: contest.id })}#rule">${words.say('filings.stakesLink')}</a>`;
	return layout(context, {
		title: `${plain} – ${plainName(words.text(contest.title))}`,
		contest,
		here: 'proceedings',
		body: html`${wayDown(context, contest, [list], words.say('filings.objection'))}
<h1>${words.rich('filings.objectionTitle', { ground: shown })}</h1>
<div class="stage"><p class="headline"><strong>${objectionState(words, objection)}</strong>${objection.to !== undefined && html` ${words.rich('filings.answerTo', { to: courtName(words, objection.to) })}`}</p></div>
${facts(context, view)}
<section id="answers"><h2>${words.say('filings.answersTitle')}</h2>${view.answers.length === 0 ? html`<p>${words.say('filings.answersNone')}</p>` : view.answers.map((one) => answer(context, view, one))}
${due !== undefined && html`<h3>${words.say('filings.dueTitle')}</h3>${clockTable(context, [due])}`}</section>
${effectsSection(context, view.head, view.effects)}
<p>${words.say('filings.stakes')} ${stakes}.${view.ceiling !== undefined && html` ${words.say('filings.ceiling', { n: view.ceiling })}`}</p>
${historySection(context, view.head, view.history)}
<p><a href="${data({ data: 'objection', id: objection.id })}">${words.say('said.json')}</a></p>`,
	});
}

function facts(context: PageContext, view: ObjectionView): Html {
	const { words } = context;
	const { objection, grounds, text, evidence, clocks } = view;
	const { target, place, standing, ground } = objection;
	return factRows([
		{ label: words.say('filings.ground'), value: codeWords(words, ground) },
		{ label: words.say('filings.about'), value: aboutLine(context, view, target, place) },
		{ label: words.say('filings.lodgedBy'), value: lodgedBy(context, view) },
		{ label: words.say('said.when'), value: whenLine(words, objection) },
		{
			label: words.say('filings.standing'),
			value: words.say(standing ? 'filings.standingYes' : 'filings.standingNo'),
		},
		{
			label: words.say('said.inTimeTitle'),
			value: timelyLines(words, objection, objection.clocks, (id) => nameOf(context, clocks, id)),
		},
		{
			label: words.say('filings.answeredBy'),
			value: words.items(grounds.answered_by.map((office) => answeringWords(words, office, {}))),
		},
		text !== undefined && { label: words.say('said.text'), value: fileLine(context, text) },
		evidence.length > 0 && {
			label: words.say('said.evidence'),
			value: html`<ul class="plain-list">${evidence.map((file) => html`<li>${fileLine(context, file)}</li>`)}</ul>`,
		},
		{ label: words.say('said.statement'), value: html`<code class="digest">${objection.id}</code>` },
	]);
}

function nameOf({ words }: PageContext, clocks: ObjectionView['clocks'], id: string): Part {
	const text = clocks.find((clock) => clock.id === id)?.text;
	return text === undefined ? foreign(id) : words.shown(text);
}

function lodgedBy({ words }: PageContext, { objection, received, behalf }: ObjectionView): Html {
	const who = signersLine(words, objection);
	if (behalf === undefined || received === undefined) return who;
	return html`${who} ${behalfWords(words, { office: behalf, received })}`;
}

function aboutLine(
	context: PageContext,
	{ contest, target: reference, tallied }: ObjectionView,
	target: ObjectionView['objection']['target'],
	place: ObjectionView['objection']['place'],
): Part {
	const { words, link } = context;
	if (reference !== undefined) return referenceLine(context, reference);
	const areas = place === undefined ? {} : { areas: { [place.id]: place.name } };
	const said = targetWords(words, target, areas);
	switch (target.kind) {
		case 'return':
			return html`<a href="${link({ page: 'station', station: target.station })}">${said}</a>${place !== undefined && html` – ${foreign(place.name)}`}`;
		case 'area':
			if (!tallied) return said;
			return html`<a href="${link({ page: 'area', contest: contest.id, area: target.area })}">${said}</a>`;
		default:
			return html`<a href="${link({ page: 'contest', contest: contest.id })}">${said}</a>`;
	}
}

function answer(context: PageContext, { clocks }: ObjectionView, one: AnswerView): Html {
	const { words } = context;
	const to = one.to === undefined ? undefined : words.rich('filings.answerTo', { to: courtName(words, one.to) });
	return html`<article class="act" id="a${one.index}"><h3>${words.say('filings.answer', { outcome: one.outcome })}${to !== undefined && html` ${to}`} <small>${timelyWord(words, one.clocks)}</small></h3>
${factRows([
	{ label: words.say('said.by'), value: signersLine(words, one) },
	{ label: words.say('said.when'), value: whenLine(words, one) },
	{ label: words.say('changes.why'), value: codeWords(words, one.reason) },
	{
		label: words.say('said.inTimeTitle'),
		value: timelyLines(words, one, one.clocks, (id) => nameOf(context, clocks, id)),
	},
	one.text !== undefined && { label: words.say('said.text'), value: fileLine(context, one.text) },
	{ label: words.say('said.statement'), value: html`<code class="digest">${one.id}</code>` },
])}</article>`;
}
