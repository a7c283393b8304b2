/** The downloads: tables, JSON, the log's own files and the package; how to check all of it with one command; what stays as it is for ever and what does not. */
import { foreign } from '../html/foreign.ts';
import { type Html, html, type Part } from '../html/html.ts';
import { tablePath } from '../site/fixed.ts';
import { reportPath } from '../site/reports.ts';
import type { DownloadsView } from '../views/aboutTypes.ts';
import type { ContestHead } from '../views/types.ts';
import type { PageContext } from './context.ts';
import { layout } from './layout.ts';
import { table } from './parts.ts';

export function dataPage(context: PageContext, view: DownloadsView): string {
	const { words, election, data, file, live } = context;
	const json = [
		html`<li><a href="${data({ data: 'home' })}">${words.say('data.homeJson')}</a></li>`,
		html`<li><a href="${data({ data: 'about' })}">${words.say('data.aboutJson')}</a></li>`,
	];
	const openapi = html`<a href="${file('openapi.json')}"><code>openapi.json</code></a>`;
	return layout(context, {
		title: words.say('data.title'),
		here: 'data',
		body: html`<h1>${words.say('data.title')}</h1>
<p>${words.say('data.intro')}</p>
<section id="verify"><h2>${words.say('data.verifyTitle')}</h2>
<p>${words.say('data.verifyText')}</p>
<pre class="command"><code>matokeo verify FOLDER --anchor ${election.digest}</code></pre>
<p>${words.say('data.verifyFolder')}</p></section>
<section id="tables"><h2>${words.say('data.tablesTitle')}</h2>
${tables(context, view.contests)}</section>
<section id="nist"><h2>${words.say('data.nistTitle')}</h2>
<p>${words.say('data.nistText')}</p>
<pre class="command"><code>matokeo export nist FOLDER --out FILE --anchor ${election.digest}</code></pre></section>
<section id="log"><h2>${words.say('data.logTitle')}</h2>
<p>${words.say('data.logText')}</p>
${logFiles(context)}</section>
<section id="json"><h2>${words.say('data.pagesTitle')}</h2>
<p>${words.say('data.pagesText')}</p>
<ul>${json}<li><a href="${context.link({ page: 'feed' })}">${words.say('feed.followAll')}</a></li></ul></section>
<section id="compare"><h2>${words.say('counts.dataTitle')}</h2>
<p>${words.say('counts.dataText')}</p>
<pre class="command"><code>${words.say('counts.command')}</code></pre></section>
${permanence(context, view)}
${live && html`<section id="api"><h2>${words.say('data.apiTitle')}</h2><p>${words.rich('data.apiText', { link: openapi })}</p></section>`}`,
	});
}

function tables(context: PageContext, contests: readonly ContestHead[]): Part {
	const { words, file, data, link } = context;
	if (contests.length === 0) return html`<p>${words.say('data.noContests')}</p>`;
	const path = html`<a href="${file('data/datapackage.json')}"><code>data/datapackage.json</code></a>`;
	const rows = contests.map(({ id, title, collated }) => {
		const links = [
			[file(tablePath(id, 'areas')), words.say('data.areas')],
			[file(tablePath(id, 'stations')), words.say('data.stations')],
			[file(reportPath(id, 'json')), words.say('data.nistJson')],
			[file(reportPath(id, 'xml')), words.say('data.nistXml')],
			[file(`results/${id}.json`), words.say('data.results')],
			[data({ data: 'contest', contest: id }), words.say('data.view')],
			[data({ data: 'missing', contest: id }), words.say('data.missing')],
			...(collated ? ([[data({ data: 'collations', contest: id }), words.say('data.collations')]] as const) : []),
			[data({ data: 'declaration', contest: id }), words.say('data.declaration')],
			[data({ data: 'proceedings', contest: id }), words.say('data.proceedings')],
			[data({ data: 'counts', contest: id }), words.say('counts.dataCounts')],
			[link({ page: 'feed', contest: id }), words.say('feed.changesFeed')],
		] as const;
		const items = links.map(([href, label]) => html`<li><a href="${href}">${label}</a></li>`);
		return html`<tr><th scope="row">${words.shown(title)}</th><td><ul class="plain-list">${items}</ul></td></tr>`;
	});
	return [
		html`<p>${words.rich('data.tablesText', { package: path })}</p>`,
		table({
			name: words.say('data.tablesTitle'),
			columns: [{ label: words.say('data.contest') }, { label: words.say('data.files') }],
			rows,
		}),
	];
}

function logFiles(context: PageContext): Html {
	const { words, file, link } = context;
	const linked = (path: string): Html => html`<a href="${file(path)}"><code>${path}</code></a>`;
	const named = (path: string): Html => html`<code>${path}</code>`;
	const files: readonly (readonly [Part, Part])[] = [
		[linked('checkpoint'), words.say('data.checkpoint')],
		[linked('log.vkey'), words.say('data.logKey')],
		[named('tile/LEVEL/…'), words.say('data.tiles')],
		[named('tile/entries/…'), words.say('data.entries')],
		[named('blob/…'), words.say('data.blobs')],
		[named('package/…'), html`<a href="${link({ page: 'about' })}#files">${words.say('data.package')}</a>`],
	];
	return table({
		name: words.say('data.logTitle'),
		columns: [{ label: words.say('data.file') }, { label: words.say('data.what') }],
		rows: files.map(([path, what]) => html`<tr><th scope="row">${path}</th><td>${what}</td></tr>`),
	});
}

/** "As it stood at 21:40": the log at a size never changes, so its size and root are what to keep. */
function permanence(context: PageContext, { stamp, contests }: DownloadsView): Html {
	const { words, file, live } = context;
	const past = contests.map(
		({ id, title }) =>
			html`<a href="${file(`api/v1/contests/${id}/at/${stamp.size}`)}">${words.rich('data.pastLink', { contest: words.shown(title), size: String(stamp.size) })}</a>`,
	);
	const root = html`<code class="digest">${foreign(stamp.root)}</code>`;
	const shown = live && past.length > 0;
	return html`<section id="permanence"><h2>${words.say('data.permanenceTitle')}</h2>
<p>${words.rich('data.permanenceText', { n: stamp.size, root })}</p>
<p>${shown ? words.rich('data.pastText', { link: words.items(past) }) : words.say('data.pastStatic')}</p></section>`;
}
