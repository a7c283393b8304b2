/**
 * The images of one capture: shown where the package publishes their kind, else what is known of them. An image's digest and size always stand beside it, since whoever has another copy can
 * compare them; a withheld or a sealed one is said to be so, never left out.
 */
import { foreign } from '../../html/foreign.ts';
import { type Html, html, type Part } from '../../html/html.ts';
import { blobPath } from '../../site/paths.ts';
import type { CaptureView, ImageView } from '../../views/stationTypes.ts';
import type { Words } from '../../words/words.ts';
import type { PageContext } from '../context.ts';
import { codeWords } from './codeWords.ts';

export interface Pictured {
	readonly station: string;
	/** The contest's title as plain text. */
	readonly contest: string;
}

export function imagesOf(context: PageContext, capture: CaptureView, of: Pictured): Html {
	return html`<div class="pictures">${capture.images.map((image) => figure(context, capture, image, of))}</div>`;
}

function figure({ words, file }: PageContext, capture: CaptureView, image: ImageView, of: Pictured): Html {
	const path = file(blobPath(image.sha256));
	const alt = words.say('station.imageAlt', { kind: image.kind, id: of.station, contest: of.contest });
	const shown = image.shown
		? html`<a href="${path}"><img src="${path}" alt="${alt}" loading="lazy" decoding="async"></a>`
		: html`<p class="unseen">${unseen(words, capture, image)}</p>`;
	return html`<figure class="picture">${shown}<figcaption>
${image.shown && html`<p><a href="${path}">${words.say('station.imageFull')}</a></p>`}
<dl class="facts"><div><dt>${words.say('station.imageKind')}</dt><dd>${foreign(image.kind)}, ${kilobytes(words, image.size)}</dd></div><div><dt>${words.say('station.digest')}</dt><dd><code class="digest">${image.sha256}</code></dd></div></dl></figcaption></figure>
`;
}

function unseen(words: Words, { official, images }: CaptureView, { held, withheld }: ImageView): Part {
	if (withheld !== undefined) return words.rich('station.imageWithheld', { reason: codeWords(words, withheld) });
	if (held) return words.say('station.imageSealed');
	if (!official) return words.say('station.imageNotHeldCopy');
	return words.say(images.some((image) => image.held) ? 'station.imageNotHeldBeside' : 'station.imageNotHeld');
}

const BYTES_PER_KILOBYTE = 1000;

/** Whole kilobytes, never none. */
function kilobytes(words: Words, size: number): string {
	return words.say('station.imageSize', { size: Math.max(1, Math.round(size / BYTES_PER_KILOBYTE)) });
}
