/** Which images are published, and the files of the package, each with its digest and a link to its bytes. */
import { foreign } from '../../html/foreign.ts';
import { type Html, html } from '../../html/html.ts';
import type { AboutView } from '../../views/aboutTypes.ts';
import type { PageContext } from '../context.ts';
import { table } from '../parts.ts';

export function imagesSection({ words }: PageContext, { public_images: kinds }: AboutView): Html {
	const named = words.items(kinds.map((kind) => html`<code>${foreign(kind)}</code>`));
	return html`<section id="images"><h2>${words.say('about.imagesTitle')}</h2>
<p>${kinds.length === 0 ? words.say('about.imagesNone') : words.rich('about.imagesText', { kinds: named })}</p></section>
`;
}

export function filesSection({ words, file }: PageContext, { files }: AboutView): Html {
	const command = html`<code>matokeo election digest FOLDER</code>`;
	return html`<section id="files"><h2>${words.say('about.filesTitle')}</h2>
<p>${words.rich('about.filesText', { command })}</p>
${table({
	name: words.say('about.filesTitle'),
	columns: [
		{ label: words.say('about.file') },
		{ label: words.say('station.digest') },
		{ label: words.say('about.size'), sort: 'number' },
	],
	rows: files.map(
		({ path, sha256, size }) =>
			html`<tr><th scope="row"><a href="${file(`package/${path}`)}"><code>${path}</code></a></th><td><code class="digest">${sha256}</code></td><td class="n">${words.number(size)}</td></tr>`,
	),
})}</section>
`;
}
