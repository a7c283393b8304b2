/** The frame of the pages that are the mirror's own: the site's stylesheet and its banner, in English, with the way to the pages of the election. */
import { foreign, plainName } from '@matokeo/portal/html/foreign.ts';
import { type Html, html } from '@matokeo/portal/html/html.ts';
import { wordsOf } from '@matokeo/portal/words/words.ts';
import type { MirrorHttpParts } from '../http/parts.ts';
import type { MirrorStatus } from '../status.ts';

export type FrameParts = Pick<MirrorHttpParts, 'context' | 'css' | 'icon' | 'senders'>;

export function framed({ context, css, icon, senders }: FrameParts, title: string, body: Html): string {
	const words = wordsOf('en');
	const { election } = context;
	const name = plainName(words.text(election.title));
	const entry = (href: string, label: string): Html => html`<li><a href="${href}">${label}</a></li>`;
	const mode =
		election.mode !== 'official' &&
		html`<aside class="mode"><p><strong>${words.say(election.mode === 'rehearsal' ? 'common.modeRehearsal' : 'common.modeParallel')}</strong> ${words.say(election.mode === 'rehearsal' ? 'common.modeRehearsalText' : 'common.modeParallelText')}</p></aside>`;
	const page = html`<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} – ${name}</title>
<link rel="icon" type="image/svg+xml" href="${icon}">
<link rel="stylesheet" href="${css}">
</head>
<body>
<a class="skip" href="#content">${words.say('common.skip')}</a>
${mode}
<header class="top">
<p class="election"><a href="en/index.html">${words.shown(election.title)}</a></p>
<nav class="pages" aria-label="Pages of this mirror"><ul>
${entry('en/index.html', 'Contests')}${entry('mirror.html', 'This mirror')}${senders !== undefined && entry('pending.html', 'Waiting statements')}
</ul></nav>
</header>
<main id="content" tabindex="-1">
${body}
</main>
</body>
</html>
`;
	return page.text;
}

/** What stands first on every page of a mirror (M40), in the words of the election's pages; its page about itself says it at length. */
export function notice({ origin, by, size, verified, state }: MirrorStatus): Html {
	const words = wordsOf('en');
	const values = { origin: foreign(origin), name: foreign(by) };
	const follows =
		size === 0
			? words.rich('common.mirrorEmpty', values)
			: words.rich('common.mirrorFollows', { ...values, n: size, time: moment(verified) });
	const alarm =
		state.kind === 'security' &&
		html`<p><strong>SECURITY</strong> ${words.rich('common.mirrorSecurity', { origin: values.origin })} <a href="evidence/${state.evidence}">${state.evidence}</a></p>`;
	const away = state.kind === 'away' && html` ${words.rich('common.mirrorAway', { time: moment(state.since) })}`;
	return html`<aside class="mirror${state.kind === 'security' && ' alarm'}" aria-label="${words.say('common.mirrorLabel')}">
${alarm}<p>${follows}${state.kind !== 'security' && ` ${words.say('common.mirrorDecides')}`}${away} <a href="mirror.html">${words.say('common.mirrorMore')}</a></p>
</aside>`;
}

/** UTC seconds as people read them, to the second; a dash for never. */
export function moment(seconds: number): Html {
	if (seconds === 0) return html`–`;
	const text = new Date(seconds * 1000).toISOString();
	return html`<time datetime="${text.slice(0, 19)}Z">${text.slice(0, 19).replace('T', ' ')} UTC</time>`;
}
