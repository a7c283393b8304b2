/** The gate: every condition of a declaration in plain words, and of the next one whether each is met, with every open item and the way to it. */
import type { GateCondition } from '@matokeo/core/rules/gate.ts';
import { foreign } from '../html/foreign.ts';
import { type Html, html, type Part } from '../html/html.ts';
import type { DeclarationView, GateNow, GateStep } from '../views/collationTypes.ts';
import type { OpenClassView, OpenItem } from '../views/gateTypes.ts';
import type { MessageId } from '../words/catalogues.ts';
import type { PageContext } from './context.ts';
import { table } from './parts.ts';
import { classWord } from './proceedParts/compare.ts';

const CONDITIONS: Readonly<Record<GateCondition, MessageId>> = {
	mark: 'declaration.condMark',
	seen: 'declaration.condSeen',
	number: 'declaration.condNumber',
	totals: 'declaration.condTotals',
	counts: 'declaration.condCounts',
	list: 'declaration.condList',
	outcome: 'declaration.condOutcome',
	texts: 'declaration.condTexts',
	'open-outcome': 'declaration.condOpenOutcome',
	named: 'declaration.condNamed',
	witnesses: 'declaration.condWitnesses',
	stay: 'declaration.condStay',
	annulled: 'declaration.condAnnulled',
	quorum: 'declaration.condQuorum',
};

function isCondition(id: string): id is GateCondition {
	return Object.hasOwn(CONDITIONS, id);
}

/** In plain words; one that this version does not know keeps its id. */
export function conditionWord({ words }: PageContext, id: string): Part {
	return isCondition(id) ? words.say(CONDITIONS[id]) : html`<code>${foreign(id)}</code>`;
}

/** All of them: what a declaration that the log took had to meet. */
export function conditionList(context: PageContext): Html {
	return html`<ul>${Object.keys(CONDITIONS).map((id) => html`<li>${conditionWord(context, id)}</li>`)}</ul>`;
}

export function gateSection(context: PageContext, { gate, contest, declared }: DeclarationView): Part {
	const { words, election } = context;
	if (gate === undefined) return undefined;
	const { mark, number } = gate;
	const title =
		declared === undefined
			? words.say('declaration.gateTitle', { mode: election.mode })
			: words.say('declaration.gateNext', { n: number });
	const asked =
		mark === undefined
			? words.say('declaration.gateNoMark')
			: words.rich('declaration.gateMark', { index: String(mark.index), time: words.timeTag(mark.time) });
	const body = html`<p>${asked}</p>
${conditions(context, gate)}
<h3>${words.say('declaration.openNow')}</h3>
${gate.open.length === 0 ? html`<p>${words.say('declaration.openNowNone')}</p>` : gate.open.map((open) => openNow(context, contest.id, open))}`;
	if (declared === undefined) return html`<section id="gate"><h2>${title}</h2>${body}</section>`;
	return html`<section id="gate"><h2>${title}</h2><details><summary>${words.say('declaration.gateCaption')}</summary>${body}</details></section>`;
}

const STATES = {
	met: { sign: '✓', word: 'declaration.met', tone: 'good' },
	unmet: { sign: '✕', word: 'declaration.unmet', tone: 'out' },
	choose: { sign: '…', word: 'declaration.choose', tone: 'part' },
	waits: { sign: '○', word: 'declaration.waits', tone: 'part' },
	unknown: { sign: '–', word: 'declaration.unknown', tone: 'part' },
} as const satisfies Readonly<Record<GateStep['state'], { sign: string; word: MessageId; tone: string }>>;

function conditions(context: PageContext, gate: GateNow): Html {
	const { words } = context;
	return table({
		kind: 'gate',
		name: words.say('declaration.gateCaption'),
		caption: words.say('declaration.gateCaption'),
		columns: [{ label: words.say('declaration.condition') }, { label: words.say('declaration.standsAs') }],
		rows: gate.conditions.map(({ condition, state }) => {
			const { sign, word, tone } = STATES[state];
			const said =
				state === 'waits' && gate.silent_from !== undefined
					? words.rich('declaration.waitsUntil', { time: words.timeTag(gate.silent_from) })
					: words.say(word);
			return html`<tr><th scope="row">${conditionWord(context, condition)}</th><td><span class="mark ${tone}"><span aria-hidden="true">${sign}</span> ${said}</span></td></tr>`;
		}),
	});
}

function openNow(context: PageContext, contest: string, { open, count: n, items }: OpenClassView): Html {
	const { words, link } = context;
	const label = open === 'unwitnessed' ? words.say('declaration.openUnwitnessed') : classWord(words, open);
	const title = words.rich('declaration.openClass', { n, open: label });
	if (items.length === 0) {
		const more = open === 'objections' ? link({ page: 'objections', contest }) : link({ page: 'missing', contest });
		return html`<p><a href="${more}">${title}</a></p>`;
	}
	const list = items.map((item) => html`<li>${itemLink(context, contest, open, item)}</li>`);
	return html`<details><summary>${title}</summary><ul>${list}</ul>${items.length < n && html`<p>${words.say('declaration.openMore', { n: items.length })}</p>`}</details>`;
}

function itemLink({ link }: PageContext, contest: string, open: OpenClassView['open'], item: OpenItem): Html {
	const { id, name, reason } = item;
	const why = reason !== undefined && html` <small><code>${foreign(reason)}</code></small>`;
	switch (open) {
		case 'unwitnessed':
			return html`${foreign(id)}`;
		case 'objections':
			return html`<a href="${link({ page: 'objection', id })}"><code>${id.slice(0, 12)}…</code></a>${why}`;
		case 'uncertified':
			return html`<a href="${link({ page: 'collation', contest, area: id })}">${foreign(name ?? id)}</a>`;
		default:
			return html`<a href="${link({ page: 'station', station: id })}">${foreign(name ?? id)}</a>${why}`;
	}
}
