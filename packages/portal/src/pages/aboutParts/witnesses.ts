/** Who watches the log: the witnesses that the package names with the policy they are held to, and, where somebody knows, what each has seen and how it stands with it. */
import { unreachable } from '@matokeo/core/std/result.ts';
import { foreign } from '../../html/foreign.ts';
import { type Html, html, type Part } from '../../html/html.ts';
import type { Witnessing, WitnessStanding } from '../../record.ts';
import type { AboutView } from '../../views/aboutTypes.ts';
import type { PageContext } from '../context.ts';
import { table } from '../parts.ts';

export function witnessesSection(context: PageContext, view: AboutView, witnessing: Witnessing | undefined): Html {
	const { words, data } = context;
	const { source } = view.witnesses;
	const known = Object.keys(view.witnesses.run_by).length > 0;
	const list =
		witnessing === undefined || !known
			? named(context, view)
			: html`${quorum(context, witnessing)}${standings(context, view, witnessing)}
<p><a href="${data({ data: 'witnesses' })}">${words.say('about.witnessesJson')}</a></p>`;
	return html`<section id="witnesses"><h2>${words.say('about.witnessesTitle')}</h2>
<p>${words.say('about.witnessesText')}</p>
${list}
${source !== '' && html`<details><summary>${words.say('about.policy')}</summary><pre class="command"><code>${source}</code></pre></details>`}</section>
`;
}

/** As the package has it. */
function named(context: PageContext, view: AboutView): Html {
	const { words } = context;
	const runners = Object.entries(view.witnesses.run_by);
	if (runners.length === 0) return html`<p>${words.say('about.witnessesNone')}</p>`;
	const rows = runners.map(
		([name, by]) =>
			html`<tr><th scope="row"><code>${foreign(name)}</code></th><td>${runner(context, view, by)}</td></tr>`,
	);
	return table({
		name: words.say('about.witnessesTitle'),
		columns: [{ label: words.say('about.witness') }, { label: words.say('about.runBy') }],
		rows,
	});
}

function runner({ words }: PageContext, { parties }: AboutView, by: string): Part {
	const party = parties.find(({ id }) => id === by);
	return party === undefined ? foreign(by) : words.shown(party.name);
}

function quorum({ words }: PageContext, { quorum: { state, ...more }, size, time }: Witnessing): Html {
	switch (state) {
		case 'none':
			return html`<p>${words.say('about.quorumNone')}</p>`;
		case 'met':
			return html`<p>${words.rich('about.quorumMet', { n: size, time: words.timeTag(time) })}</p>`;
		case 'away': {
			const since = 'since' in more ? more.since : 0;
			const away =
				since === 0 ? words.say('about.quorumNever') : words.rich('about.quorumAway', { time: words.timeTag(since) });
			const last = size > 0 && html` ${words.rich('about.quorumLast', { n: size, time: words.timeTag(time) })}`;
			return html`<p><strong>${away}</strong>${last}</p>
<p>${words.say('about.quorumMeans')}</p>`;
		}
		default:
			return unreachable(state);
	}
}

function standings(context: PageContext, view: AboutView, { witnesses }: Witnessing): Html {
	const { words } = context;
	const rows = witnesses.map(
		(
			one,
		) => html`<tr><th scope="row"><code>${foreign(one.name)}</code><br><small>${runner(context, view, one.run_by)}</small></th><td>${standing(context, one)}</td>${cosigned(context, one)}</tr>
`,
	);
	return table({
		name: words.say('about.witnessesTitle'),
		columns: [
			{ label: words.say('about.witness'), note: words.say('about.runBy') },
			{ label: words.say('about.standing') },
			{ label: words.say('about.cosigned'), note: words.say('about.cosignedNote') },
		],
		rows,
	});
}

function cosigned({ words }: PageContext, { size, time }: WitnessStanding): Html {
	if (size === 0) return html`<td>${words.say('common.none')}</td>`;
	return html`<td>${words.number(size)}<br><small>${words.timeTag(time)}</small></td>`;
}

function standing({ words }: PageContext, { state, since = 0, claims = 0 }: WitnessStanding): Part {
	const time = words.timeTag(since);
	switch (state) {
		case 'well':
			return words.say('about.standingWell');
		case 'unknown':
			return words.say('about.standingUnknown');
		case 'unasked':
			return words.say('about.standingUnasked');
		case 'silent':
			return html`<strong>${words.rich('about.standingSilent', { time })}</strong>`;
		case 'unbelievable':
			return html`<strong>${words.rich('about.standingUnbelievable', { n: claims, time })}</strong>`;
		case 'objects':
			return html`<strong>${words.rich('about.standingObjects', { time })}</strong>`;
		default:
			return unreachable(state);
	}
}
