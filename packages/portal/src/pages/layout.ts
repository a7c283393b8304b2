/**
 * The frame of every page: what kind of count this is before anything else, the way to the other pages and languages, and at the end which state of the log the page stands at. A rehearsal
 * or a parallel count says so on every page; the package's notice stands in full on every page too.
 */

import { foreign, plainName } from '../html/foreign.ts';
import { type Html, html } from '../html/html.ts';
import { LANGUAGES, type Language } from '../site/paths.ts';
import type { CodeView, ContestName } from '../views/types.ts';
import type { PageContext } from './context.ts';
import { seenLine } from './seen.ts';

export interface Page {
	/** The document's title without the election's. */
	readonly title: string;
	readonly body: Html;
	/** Whose pages the navigation offers; absent on pages of the election as a whole. */
	readonly contest?: ContestName;
	/** The entry of the navigation that is this page, or the page above it. */
	readonly here?: Place;
	/** The contest whose pulse the page follows. Absent: it does not change by itself. */
	readonly follows?: string;
}

export type Place =
	| 'home'
	| 'contest'
	| 'areas'
	| 'missing'
	| 'changes'
	| 'collations'
	| 'declaration'
	| 'proceedings'
	| 'find'
	| 'data'
	| 'about';

const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', sw: 'Kiswahili', es: 'Español' };

export function layout(context: PageContext, page: Page): string {
	const { words, election, assets } = context;
	const title = words.say('common.title', { page: page.title, election: plainName(words.text(election.title)) });
	const document = html`<!doctype html>
<html lang="${context.language}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${modePrefix(context)}${title}</title>
<link rel="icon" type="image/svg+xml" href="${context.file(assets.icon)}">
<link rel="stylesheet" href="${context.file(assets.css)}">
${feeds(context, page)}
<script type="module" src="${context.file(assets.js)}"></script>
</head>
<body${modeOf(context)}${pulse(context, page)}>
<a class="skip" href="#content">${words.say('common.skip')}</a>
${banner(context)}
${pauses(context)}${mirrorBanner(context)}
<header class="top">
${page.here !== 'home' && html`<p class="election"><a href="${context.link({ page: 'home' })}">${words.shown(election.title)}</a></p>`}
${languages(context)}
${navigation(context, page)}
${seenLine(context)}
</header>
<main id="content" tabindex="-1">
${page.body}
</main>
<p class="live" role="status" aria-live="polite"></p>
${footer(context)}
</body>
</html>
`;
	return document.text;
}

/** For programs that look for a feed on the page itself. */
function feeds({ link, words, election }: PageContext, { contest }: Page): readonly Html[] {
	const feed = (title: string, href: string): Html =>
		html`<link rel="alternate" type="application/atom+xml" title="${title}" href="${href}">`;
	const all = feed(plainName(words.text(election.title)), link({ page: 'feed' }));
	if (contest === undefined) return [all];
	return [feed(plainName(words.text(contest.title)), link({ page: 'feed', contest: contest.id })), all];
}

function pulse(context: PageContext, { follows }: Page): Html | undefined {
	if (follows === undefined) return undefined;
	const { words, stamp } = context;
	const said = words.say('common.updated', { size: '#' });
	return html` data-pulse="${context.data({ data: 'pulse', contest: follows })}" data-size="${stamp.size}" data-updated="${said}" data-stale="${words.say('common.stale')}"`;
}

/** For the stamp that stays in sight and stands on every printed sheet. */
function modeOf({ election, words }: PageContext): Html | undefined {
	if (election.mode === 'official') return undefined;
	const mode = words.say(election.mode === 'rehearsal' ? 'common.modeRehearsal' : 'common.modeParallel');
	return html` data-mode="${mode}"`;
}

/** Before every title, also of a feed and its entries. */
export function modePrefix({ election, words }: PageContext): string {
	if (election.mode === 'official') return '';
	return `${words.say(election.mode === 'rehearsal' ? 'common.modeRehearsal' : 'common.modeParallel')}: `;
}

function banner({ election, words }: PageContext): Html | undefined {
	if (election.mode === 'official') return undefined;
	const isRehearsal = election.mode === 'rehearsal';
	return html`<aside class="mode" aria-label="${words.say(isRehearsal ? 'common.modeRehearsal' : 'common.modeParallel')}">
<p><strong>${words.say(isRehearsal ? 'common.modeRehearsal' : 'common.modeParallel')}</strong> ${words.say(isRehearsal ? 'common.modeRehearsalText' : 'common.modeParallelText')}${words.text(election.notice) !== '' && html` <a href="#notice">${words.say('common.noticeRead')}</a>`}</p>
</aside>`;
}

/** R16: what is paused stands at the top of every page, with who said so, since when and why; and that the count goes on. */
function pauses({ election, words, link }: PageContext): readonly Html[] {
	return election.pauses.map(({ id, surface, reason, time }) => {
		const code = (one: CodeView | undefined): Html =>
			one === undefined || words.text(one.text) === '' ? foreign(one?.id ?? '') : words.shown(one.text);
		const values = { surface: code(surface), reason: code(reason), time: words.timeTag(time) };
		return html`<aside class="pause" aria-label="${words.say('common.pauseLabel')}">
<p><strong>${words.rich('common.paused', values)}</strong> ${words.say('common.pausedGoesOn')} <a href="${link({ page: 'notice', id })}">${words.say('common.pausedMore')}</a></p>
</aside>
`;
	});
}

/** R16: whoever reads a mirror is told so first, and that it decides nothing; a log that was caught contradicting itself, before anything else it says. */
function mirrorBanner({ mirror, words, stamp, file }: PageContext): Html | undefined {
	if (mirror === undefined) return undefined;
	const { state } = mirror;
	const values = { origin: foreign(mirror.origin), name: foreign(mirror.by) };
	const follows =
		stamp.size === 0
			? words.rich('common.mirrorEmpty', values)
			: words.rich('common.mirrorFollows', { ...values, n: stamp.size, time: words.timeTag(mirror.time) });
	const more = html`<a href="${file('mirror.html')}">${words.say('common.mirrorMore')}</a>`;
	const alarm =
		state.kind === 'security' &&
		html`<p><strong>SECURITY</strong> ${words.rich('common.mirrorSecurity', { origin: foreign(mirror.origin) })} <a href="${file(state.evidence)}">${state.evidence}</a></p>`;
	const away = state.kind === 'away' && html` ${words.rich('common.mirrorAway', { time: words.timeTag(state.since) })}`;
	return html`<aside class="mirror${state.kind === 'security' && ' alarm'}" aria-label="${words.say('common.mirrorLabel')}">
${alarm}<p>${follows}${state.kind !== 'security' && ` ${words.say('common.mirrorDecides')}`}${away} ${more}</p>
</aside>`;
}

function languages({ language, path, words, file }: PageContext): Html {
	const rest = path.slice(language.length);
	const items = LANGUAGES.map((one) =>
		one === language
			? html`<li><span lang="${one}" aria-current="true">${LANGUAGE_NAMES[one]}</span></li>`
			: html`<li><a lang="${one}" hreflang="${one}" href="${file(one + rest)}">${LANGUAGE_NAMES[one]}</a></li>`,
	);
	return html`<nav class="languages" aria-label="${words.say('common.language')}"><ul>${items}</ul></nav>`;
}

function navigation(context: PageContext, { contest, here }: Page): Html {
	const { words, link } = context;
	const entry = (place: Place, href: string, label: string): Html =>
		html`<li><a href="${href}"${place === here && html` aria-current="page"`}>${label}</a></li>`;
	const inside = contest && [
		entry('contest', link({ page: 'contest', contest: contest.id }), words.say('common.navContest')),
		entry('areas', `${link({ page: 'contest', contest: contest.id })}#areas`, words.say('common.navAreas')),
		entry('missing', link({ page: 'missing', contest: contest.id }), words.say('common.navMissing')),
		entry('changes', link({ page: 'changes', contest: contest.id }), words.say('common.navChanges')),
		contest.collated &&
			entry('collations', link({ page: 'collations', contest: contest.id }), words.say('common.navCollations')),
		contest.declarable &&
			entry('declaration', link({ page: 'declaration', contest: contest.id }), words.say('common.navDeclaration')),
		entry('proceedings', link({ page: 'proceedings', contest: contest.id }), words.say('common.navProceedings')),
	];
	return html`<nav class="pages" aria-label="${words.say('common.navigation')}"><ul>
${entry('home', link({ page: 'home' }), words.say('common.navHome'))}${inside}
${entry('find', link({ page: 'find' }), words.say('common.navFind'))}${entry('data', link({ page: 'data' }), words.say('common.navData'))}${entry('about', link({ page: 'about' }), words.say('common.navAbout'))}
</ul></nav>`;
}

/** Characters of the root that are shown: enough to compare by eye; all of it is in the checkpoint. */
const ROOT_SHOWN = 12;

function footer(context: PageContext): Html {
	const { words, election, stamp, live } = context;
	const about = html`<a href="${context.link({ page: 'about' })}">${words.say('common.navAbout')}</a>`;
	const notice = words.text(election.notice);
	return html`<footer class="foot">
${notice !== '' && html`<section id="notice"><h2>${words.say('common.noticeTitle')}</h2><p>${words.shown(election.notice)}</p></section>`}
<section><h2>${words.say('common.standsTitle')}</h2>
<p>${stamp.size === 0 ? words.say('common.standsEmpty') : words.rich('common.stands', { n: stamp.size, time: words.timeTag(stamp.time) })}</p>
<p>${words.say('common.standsRoot')} <code title="${stamp.root}">${stamp.root.slice(0, ROOT_SHOWN)}…</code> · <a href="${context.file('checkpoint')}">${words.say('common.checkpoint')}</a></p>
<p>${words.rich(live ? 'common.standsCheck' : 'common.staticCopy', { about })}</p></section>
</footer>`;
}
