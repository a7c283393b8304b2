/**
 * The election as the law made it, in words: the digest that anchors everything, who is elected and how, the form and its checks, the reasons that may be given, who may sign, who watches, and
 * the files in which all of this stands.
 */
import { type Html, html } from '../html/html.ts';
import type { Witnessing } from '../record.ts';
import type { AboutView } from '../views/aboutTypes.ts';
import { codesSection } from './aboutParts/codes.ts';
import { contestRules } from './aboutParts/contestRules.ts';
import { filesSection, imagesSection } from './aboutParts/files.ts';
import { keysSection } from './aboutParts/keys.ts';
import { lawSection } from './aboutParts/law.ts';
import { witnessesSection } from './aboutParts/witnesses.ts';
import type { PageContext } from './context.ts';
import { layout } from './layout.ts';

/** `witnessing`: as it was when the page was made; whoever publishes files makes this page anew when it changes. */
export function aboutPage(context: PageContext, view: AboutView, witnessing?: Witnessing): string {
	const { words, data } = context;
	return layout(context, {
		title: words.say('about.title'),
		here: 'about',
		body: html`<h1>${words.say('about.title')}</h1>
${contents(context, view)}
${anchor(context, view)}
${view.contests.map((rules, place) => contestRules(context, rules, place))}
${lawSection(context, view)}${codesSection(context, view)}${keysSection(context, view)}${witnessesSection(context, view, witnessing)}${imagesSection(context, view)}${countsSection(context, view)}${filesSection(context, view)}
<p><a href="${data({ data: 'about' })}">${words.say('about.json')}</a></p>`,
	});
}

function contents({ words }: PageContext, { contests }: AboutView): Html {
	const own = contests.map(
		({ contest }, place) =>
			html`<li><a href="#rules-${place + 1}">${words.rich('about.contest', { contest: words.shown(contest.title) })}</a></li>`,
	);
	const sections = [
		['law', 'about.lawTitle'],
		['codes', 'about.codesTitle'],
		['keys', 'about.keysTitle'],
		['witnesses', 'about.witnessesTitle'],
		['images', 'about.imagesTitle'],
		['counts', 'counts.aboutTitle'],
		['files', 'about.filesTitle'],
	] as const;
	const items = sections.map(([id, title]) => html`<li><a href="#${id}">${words.say(title)}</a></li>`);
	return html`<nav class="jump" aria-label="${words.say('about.inThisPage')}"><ul><li><a href="#anchor">${words.say('about.anchorTitle')}</a></li>${own}${items}</ul></nav>`;
}

const MODES = {
	official: 'about.modeOfficial',
	parallel: 'about.modeParallel',
	rehearsal: 'about.modeRehearsal',
} as const;

function anchor({ words }: PageContext, { election, counts, levels }: AboutView): Html {
	return html`<section id="anchor"><h2>${words.say('about.anchorTitle')}</h2>
<p class="anchor"><code class="digest">${election.digest}</code></p>
<p>${words.say('about.anchorText')}</p>
<dl class="facts"><div><dt>${words.say('about.electionId')}</dt><dd><code>${election.id}</code></dd></div>
<div><dt>${words.say('about.mode')}</dt><dd>${words.say(MODES[election.mode])}</dd></div>
<div><dt>${words.say('about.levels')}</dt><dd>${levels.map(({ text }, place) => [place > 0 && ' › ', words.shown(text)])}</dd></div></dl>
<p>${words.say('about.counts', counts)}</p></section>
`;
}

/** R15: anybody may lay another count beside this one, and whoever may lodge one is listed with the contest. */
function countsSection({ words, link }: PageContext, { contests }: AboutView): Html {
	const lists = contests.map(
		({ contest }) =>
			html`<li><a href="${link({ page: 'counts', contest: contest.id })}">${words.rich('counts.title', { contest: words.shown(contest.title) })}</a></li>`,
	);
	return html`<section id="counts"><h2>${words.say('counts.aboutTitle')}</h2><p>${words.say('counts.aboutText')}</p>
<pre class="command"><code>${words.say('counts.command')}</code></pre>
<ul class="plain-list">${lists}</ul></section>
`;
}
