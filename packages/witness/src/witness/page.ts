/**
 * The page of a witness (`spec/witness.md`, N9): who runs it, its key, each log that it watches with what it saw last, and every incident with its file. One function of one view; no script. In English only:
 * it is read by those who set up logs and by reporters, and its words are few.
 */
import { grouped } from '@matokeo/core/result/describe.ts';
import { foreign } from '@matokeo/portal/html/foreign.ts';
import { type Html, html } from '@matokeo/portal/html/html.ts';
import type { IncidentView, LogView, WitnessView } from './view.ts';

export interface PageFiles {
	readonly css: string;
	readonly icon: string;
}

/** Characters of a root that are shown: enough to compare by eye; all of it is in the checkpoint. */
const ROOT_SHOWN = 12;

export function witnessPage(view: WitnessView, files: PageFiles): string {
	const alarmed = view.proven.length > 0;
	return html`<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${alarmed && 'SECURITY: '}${view.name}, a witness</title>
<link rel="icon" type="image/svg+xml" href="${files.icon}">
<link rel="stylesheet" href="${files.css}">
</head>
<body>
<a class="skip" href="#content">To the content</a>
${view.rehearsal && REHEARSAL}
${alarmed && alarm(view)}
<main id="content" tabindex="-1">
<h1>Witness <bdi>${view.name}</bdi></h1>
${intro(view)}
${alarmed && provenSection(view)}
<section id="logs"><h2>${view.logs.length === 1 ? 'The log that it watches' : `The ${view.logs.length} logs that it watches`}</h2>
${view.logs.map(logSection)}</section>
${
	!alarmed &&
	html`<section id="incidents"><h2>Contradictions</h2>
<p class="verdict"><span class="mark good"><span aria-hidden="true">✓</span> None.</span> <span class="about">No log has signed anything that contradicts what this witness had seen.</span></p></section>`
}
${view.unexplained.length > 0 && unexplainedSection(view)}
${keySection(view)}
</main>
${footer(view)}
</body>
</html>
`.text;
}

const REHEARSAL = html`<aside class="mode" aria-label="Rehearsal"><p><strong>Rehearsal</strong> The key of this witness is secret to nobody, and its cosignatures are worth nothing.</p></aside>`;

function alarm({ proven }: WitnessView): Html {
	const origins = [...new Set(proven.map(({ origin }) => origin))];
	return html`<aside class="mirror alarm" aria-label="Security"><p><strong>SECURITY</strong> ${origins.map(
		(origin, place) => html`${place > 0 && ', '}${foreign(origin)}`,
	)} ${origins.length === 1 ? 'has' : 'have'} signed two histories. <a href="#proof">The proof</a> can be checked by anybody.</p></aside>`;
}

function intro({ runBy, contact, seconds }: WitnessView): Html {
	return html`<p class="headline">Run by <bdi>${runBy}</bdi>. It remembers what each log has shown it, and signs only what continues that.</p>
<p>A log that wanted to change what it had published, or to show different things to different people, would have to do it without the signature of this witness, or would leave a proof here. The witness does not know what
is in a log, and does not vouch for results. Its clock shows ${time(seconds)}.</p>
<p>Whom to ask: <bdi>${contact}</bdi>.</p>`;
}

function logSection(log: LogView): Html {
	const { origin, keys, url, last, checkpoint } = log;
	return html`<section class="seen"><h3>${foreign(origin)}</h3>
${
	last === undefined
		? html`<p class="verdict"><span class="mark part"><span aria-hidden="true">○</span> Nothing yet.</span> <span class="about">This log has not asked for a cosignature.</span></p>`
		: html`<p class="verdict"><span>${quantity(last.size, 'entry', 'entries')} at ${time(last.seconds)}</span></p>
<dl><dt>Root of that tree</dt><dd><code title="${last.root}">${last.root.slice(0, ROOT_SHOWN)}…</code> · <a href="${checkpoint}">the checkpoint with both signatures</a></dd>
<dt>Cosigned</dt><dd>${quantity(last.count, 'time', 'times')} since ${time(last.since)}</dd></dl>`
}
<details><summary>${keys.length === 1 ? 'Its key' : 'Its keys'}${url !== undefined && ' and its address'}</summary>
${keys.map((key) => html`<p><code>${key}</code></p>`)}
${url !== undefined && html`<p><a href="${url}" rel="noreferrer">${url}</a></p>`}</details>
</section>`;
}

function provenSection({ proven }: WitnessView): Html {
	return html`<section id="proof"><h2>Proof of two histories</h2>
<p>Each file holds two checkpoints with the log's own signatures that cannot both be true. It needs neither this witness nor the log: <code>matokeo verify --evidence FILE</code> says what it proves. Keep a copy.</p>
${proven.map(incident)}</section>`;
}

function unexplainedSection({ unexplained }: WitnessView): Html {
	return html`<section id="unexplained"><h2>Not cosigned, and not explained</h2>
<p>These prove nothing. Anybody can send a wrong proof with a checkpoint that is in order; a log that has changed its past and cannot show a proof looks the same. If the log goes on and the same checkpoint fits later, the entry disappears. If it stays while the log's checkpoints no longer fit, ask whoever runs the log.</p>
${unexplained.map(incident)}</section>`;
}

function incident({ origin, what, seconds, file, kind }: IncidentView): Html {
	const proven = kind === 'proven';
	return html`<section class="${proven ? 'seen against' : 'seen'}"><h3>${foreign(origin)}</h3>
<p>${proven ? html`<span class="mark out"><span aria-hidden="true">≠</span></span> <strong>${what}</strong>` : html`<span class="mark look"><span aria-hidden="true">?</span></span> ${what}`}</p>
<p>Seen at ${time(seconds)}. <a href="${file}">${proven ? 'The evidence' : 'The request as it came'}</a></p></section>`;
}

function keySection({ vkey, submission }: WitnessView): Html {
	return html`<section id="key"><h2>For those who run a log</h2>
<dl><dt>The key of this witness, as a line of a policy has it</dt><dd><code>${vkey}</code></dd>
<dt>Where a log asks for a cosignature (C2SP tlog-witness)</dt><dd><code>POST ${submission}/add-checkpoint</code></dd></dl>
<p>It cosigns for the logs above and no others. To have yours watched, ask whoever runs it.</p></section>`;
}

function footer({ name }: WitnessView): Html {
	return html`<footer class="foot"><p>A cosignature of <bdi>${name}</bdi> says: at that second this was the largest consistent tree of this log that I had seen. <a href="health">State of the service</a></p></footer>`;
}

function quantity(n: number, one: string, many: string): Html {
	return html`<strong>${grouped(n)}</strong> ${n === 1 ? one : many}`;
}

/** UTC, to the second. */
function time(seconds: number): Html {
	const iso = new Date(seconds * 1_000).toISOString();
	return html`<time datetime="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC</time>`;
}
