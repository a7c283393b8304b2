/** The page that says what a mirror is, how far it is and what it has found (M40): for a reader who was sent here, and for whoever is on duty. */
import { grouped } from '@matokeo/core/result/describe.ts';
import { foreign } from '@matokeo/portal/html/foreign.ts';
import { type Html, html, type Part } from '@matokeo/portal/html/html.ts';
import type { MirrorStatus } from '../status.ts';
import { type FrameParts, framed, moment } from './frame.ts';

export function mirrorPage(parts: FrameParts, status: MirrorStatus): string {
	const body = html`<h1>A mirror of ${foreign(status.origin)}</h1>
${stateOf(status)}
<p>A mirror follows a log from outside: it fetches every statement, checks every signature and every rule, adds up every total itself and compares. It decides nothing, and holds no key of the log. What it shows, anyone can check: <code>matokeo verify</code> works on this address as on the log itself.</p>
<h2>How far it is</h2>
${figures(status)}
${evidenceOf(status)}
${comparedOf(status)}
${findingsOf(status)}
<p>The same as data: <a href="mirror.json">mirror.json</a></p>`;
	return framed(parts, 'This mirror', body);
}

function stateOf({ state, size, verified, source, sourceSize, evidence }: MirrorStatus): Html {
	switch (state.kind) {
		case 'security': {
			const what = evidence.find(({ name }) => name === state.evidence)?.what;
			return html`<div class="mirror alarm"><p><strong>SECURITY</strong> ${what !== undefined && inFull(what)} This mirror follows the log no further; what it shows was verified before. Anyone can check the evidence with nothing else, <code>matokeo verify --evidence FILE</code>: <a href="evidence/${state.evidence}">${state.evidence}</a></p></div>`;
		}
		case 'away':
			return html`<p><strong>No answer from the source since ${moment(state.since)}.</strong> ${inFull(state.why)}. What is shown here was verified before, up to statement ${grouped(size)}.</p>`;
		case 'starting':
			return html`<p><strong>It is verifying what lies in its folder, from the beginning.</strong> ${grouped(size)} statements of ${grouped(sourceSize)} so far.</p>`;
		case 'follows':
			return size < sourceSize
				? html`<p><strong>It follows ${foreign(source)}</strong> and is ${grouped(sourceSize - size)} statements behind.</p>`
				: html`<p><strong>It follows ${foreign(source)}</strong> and has verified everything that it was shown, up to statement ${grouped(size)}, at ${moment(verified)}.</p>`;
	}
}

function figures(status: MirrorStatus): Html {
	const { images, pending } = status;
	const row = (name: string, value: Part): Html => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
	const kept = `${grouped(images.kept)} (${grouped(Math.ceil(images.bytes / 1_000_000))} MB); ${grouped(images.awaited)} more are to come`;
	return html`<dl class="rows">
${row('Run by', foreign(status.by))}
${row('Source', foreign(status.source))}
${row('Statements verified', grouped(status.size))}
${row('Root', html`<code class="digest">${status.root}</code>`)}
${row('Verified at', moment(status.verified))}
${row('Behind the source by', grouped(Math.max(0, status.sourceSize - status.size)))}
${row('Package', html`<code class="digest">${status.package}</code> ${status.anchored ? 'brought from outside' : 'as the source gave it: authority not established'}`)}
${row('Images', html`${images.policy}: ${kept}`)}
${pending === undefined ? row('Statements for senders', 'none are kept here: this mirror has no key of its own') : row('Statements that wait', html`<a href="pending.html">${grouped(pending.waiting)}</a>${pending.refused > 0 && html`, ${grouped(pending.refused)} of them refused by the source`}`)}
${pending !== undefined && row('Key of this mirror', html`<code class="digest">${pending.key}</code>`)}
</dl>`;
}

const STRENGTHS = {
	proved: 'The file proves it.',
	signed: 'The file shows that the log signed it; the rest is this mirror’s word.',
	nothing: 'The file shows nothing.',
} as const;

function evidenceOf({ evidence }: MirrorStatus): Html | undefined {
	if (evidence.length === 0) return undefined;
	const rows = evidence.map(
		({ name, strength, what, time, despite }) =>
			html`<div><dt>${moment(time)}</dt><dd>${inFull(what)} ${STRENGTHS[strength]} <a href="evidence/${name}">${name}</a>${despite && html` <small>Whoever runs this mirror goes on in spite of it.</small>`}</dd></div>`,
	);
	return html`<h2>Evidence against the log</h2>
<dl class="rows">${rows}</dl>`;
}

const SAID = {
	nothing: 'not asked yet',
	consistent: 'agrees with what is verified here',
	ahead: 'shows more than is verified here: compared when that is verified',
	evidence: 'contradicts what is verified here',
	refused: 'shows nothing that this log signed',
	'no answer': 'no answer',
} as const;

function comparedOf({ also, ahead }: MirrorStatus): Html | undefined {
	if (also.length === 0 && ahead.length === 0) return undefined;
	const rows = also.map(
		({ url, said, size, time, why }) =>
			html`<div><dt>${foreign(url)}</dt><dd>${SAID[said]}${size > 0 && `, with ${grouped(size)} statements`}${time > 0 && html`, at ${moment(time)}`}.${why !== '' && html` <small>${inFull(why)}</small>`}</dd></div>`,
	);
	const more = ahead.map(
		({ size, since, source }) =>
			html`<li>Since ${moment(since)}, ${foreign(source)} has been shown ${grouped(size)} statements, which are not all here yet.</li>`,
	);
	return html`<h2>Compared with what others are shown</h2>
${also.length > 0 && html`<dl class="rows">${rows}</dl>`}
${more.length > 0 && html`<ul>${more}</ul>`}`;
}

function findingsOf({ findings }: MirrorStatus): Html | undefined {
	if (findings.count === 0) return undefined;
	const items = findings.list.map(({ time, what }) => html`<li>${moment(time)}: ${inFull(what)}</li>`);
	return html`<h2>What else was found</h2>
<p>${grouped(findings.count)} in all; the last ones:</p>
<ul>${items}</ul>`;
}

/** Foreign words, in full, with their own direction. */
function inFull(text: string): Html {
	return html`<bdi>${text}</bdi>`;
}
