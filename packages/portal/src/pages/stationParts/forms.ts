/** The documents of a return: every form with its images beside its figures, the one that counts first, then the copies of agents and observers, which are compared and never counted. */
import type { Figure } from '@matokeo/core/record/statement.ts';
import { foreign } from '../../html/foreign.ts';
import { type Html, html, type Part } from '../../html/html.ts';
import type { CaptureView, StationContestView } from '../../views/stationTypes.ts';
import type { Words } from '../../words/words.ts';
import type { PageContext } from '../context.ts';
import { agentWord, codeWords, kindWord, routeWord, signerWords } from './codeWords.ts';
import { shortDigest } from './digest.ts';
import { figuresTable } from './figures.ts';
import { imagesOf, type Pictured } from './images.ts';

export function formsSection(context: PageContext, part: StationContestView, station: string): Html {
	const { words } = context;
	const { captures, contest } = part;
	const of = { station, contest: words.text(contest.title) };
	const counted = captures.find((capture) => capture.counted);
	const official = captures.filter((capture) => capture.official);
	const copies = captures.filter((capture) => !capture.official);
	const ordered = counted === undefined ? official : [counted, ...official.filter((one) => one !== counted)];
	const standard = counted?.accepted?.figures ?? counted?.figures;
	return html`<h3>${words.say('station.formsTitle')}</h3>
${ordered.length === 0 && html`<p>${words.say('station.noForms')}</p>`}
${ordered.map((capture) => form(context, part, capture, { of, several: ordered.length > 1, standard }))}
${copies.length > 0 && html`<h3>${words.say('station.copiesTitle')}</h3><p>${words.say('station.copiesText')}</p>${copies.map((copy) => copyOf(context, part, copy, { of, standard }))}`}`;
}

function formTitle(words: Words, { counted }: CaptureView): Html {
	return html`<h4>${words.say(counted ? 'station.formCounted' : 'station.formNotCounted')}</h4>`;
}

interface Setting {
	readonly of: Pictured;
	/** What counts, accepted if there is such, else the officer's: other forms and copies are compared with it. */
	readonly standard: readonly Figure[] | undefined;
}

function form(
	context: PageContext,
	part: StationContestView,
	capture: CaptureView,
	{ of, several, standard }: Setting & { readonly several: boolean },
): Html {
	const { words } = context;
	return html`<div class="form">${several && formTitle(words, capture)}
<p class="capture">${origin(words, capture)}</p>
<div class="beside"><div>${figuresTable(context, part, capture, capture.counted ? undefined : standard)}${readings(words, capture)}${onPaper(words, capture)}</div>
${imagesOf(context, capture, of)}</div></div>
`;
}

function copyOf(context: PageContext, part: StationContestView, copy: CaptureView, { of, standard }: Setting): Html {
	const { words } = context;
	const against = copy.figures === undefined ? undefined : standard;
	return html`<div class="form copy"><p class="capture">${origin(words, copy)}</p>
<div class="beside"><div>${figuresTable(context, part, copy, against)}${onPaper(words, copy)}</div>
${imagesOf(context, copy, of)}</div></div>
`;
}

function origin(words: Words, { kind, route, by, role, time, index }: CaptureView): Html {
	return words.rich('station.captureLine', {
		kind: kindWord(words, kind),
		route: routeWord(words, route),
		who: signerWords(words, { name: by, office: role }),
		time: words.timeTag(time),
		index: String(index),
	});
}

function readings(words: Words, { readings: all }: CaptureView): Html {
	if (all.length === 0) return html`<p>${words.say('station.readingsNone')}</p>`;
	const closed = all.filter(({ figures }) => figures === undefined);
	const opened = all.flatMap(({ by, figures }, place) =>
		figures === undefined
			? []
			: [html`<li>${words.rich('station.readBy', { n: place + 1, key: html`<code>${foreign(by)}</code>` })}</li>`],
	);
	return html`${opened.length > 0 && html`<ul class="readings">${opened}</ul>`}${opened.length > 1 && html`<p class="small">${words.say('station.twoKeys')}</p>`}${
		closed.length > 0 &&
		html`<p>${words.rich('station.readingsUnopened', { n: closed.length, keys: words.items(closed.map(({ by }) => html`<code>${foreign(by)}</code>`)) })}</p>`
	}`;
}

/** What the sender says of the sheet itself: its printed serial, what it replaces, the agents' block, the checklist. */
function onPaper(words: Words, { serial, replaces, agents, attributes }: CaptureView): Part {
	const fact = (label: string, value: Part): Html => html`<div><dt>${label}</dt><dd>${value}</dd></div>`;
	const seen = Object.entries(attributes);
	const facts = [
		serial !== undefined && fact(words.say('station.serial'), foreign(serial)),
		replaces !== undefined &&
			fact(words.say('station.replaces'), [shortDigest(replaces.capture), ' ', codeWords(words, replaces.reason)]),
		agents.length > 0 &&
			fact(
				words.say('station.agents'),
				html`<ul>${agents.map(({ party, mark }) => html`<li>${foreign(party)}: ${agentWord(words, mark)}</li>`)}</ul>`,
			),
		seen.length > 0 &&
			fact(
				words.say('station.attributes'),
				html`<ul>${seen.map(([id, said]) => html`<li>${foreign(id)}: ${words.say(`station.${said}`)}</li>`)}</ul>`,
			),
	];
	return facts.some((one) => one !== false) && html`<dl class="facts">${facts}</dl>`;
}
