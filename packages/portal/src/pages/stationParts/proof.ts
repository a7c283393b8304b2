/**
 * How somebody checks a station's page without trusting it: for every entry the file of the log that holds its bytes and, where the API answers, its proof; and the one command that recomputes
 * everything. A page does not check itself, and says so.
 */
import { TILE_WIDTH } from '@matokeo/core/log/limits.ts';
import { printBundlePath } from '@matokeo/core/log/tilePath.ts';
import { foreign } from '../../html/foreign.ts';
import { type Html, html, type Part } from '../../html/html.ts';
import type { StationView } from '../../views/stationTypes.ts';
import type { HistoryEntry } from '../../views/types.ts';
import type { PageContext } from '../context.ts';

export function proofSection(context: PageContext, view: StationView): Html {
	const { words, election, data } = context;
	const entries = new Map(
		view.contests.flatMap(({ history }) => history.map((entry) => [entry.index, entry] as const)),
	);
	const ordered = [...entries.values()].sort((a, b) => a.index - b.index);
	return html`<section id="proof"><h2>${words.say('station.proofTitle')}</h2>
${ordered.length > 0 && html`<p>${words.say('station.proofText')}</p>${proofTable(context, ordered, view.stamp.size)}`}
<p>${words.say('station.proofCommand')}</p>
<pre class="command"><code>matokeo verify FOLDER --anchor ${election.digest}</code></pre>
<p>${words.say('station.proofCompare')}</p>
<p><a href="${data({ data: 'station', station: view.station.id })}">${words.say('station.json')}</a></p>
</section>
`;
}

function proofTable(context: PageContext, entries: readonly HistoryEntry[], size: number): Html {
	const { words, live } = context;
	const rows = entries.map(({ index, id }) => {
		const proof = live && html`<td>${proofLink(context, index)}</td>`;
		return html`<tr><th scope="row" class="n">${index}</th><td><code class="digest">${id}</code></td><td>${bundle(context, index, size)}</td>${proof}</tr>
`;
	});
	const name = words.say('station.proofTitle');
	return html`<div class="scroll" role="region" aria-label="${name}" tabindex="0"><table class="proofs"><thead><tr><th scope="col" class="n">${words.say('station.proofEntry')}</th><th scope="col">${words.say('station.statement')}</th><th scope="col">${words.say('station.proofFile')}</th>${live && html`<th scope="col">${words.say('station.proofProof')}</th>`}</tr></thead>
<tbody>${rows}</tbody></table></div>
<p class="small">${words.say('station.proofPartial')}</p>`;
}

function proofLink({ words, file }: PageContext, index: number): Html {
	return html`<a href="${file(`api/v1/proofs/${index}`)}">${words.say('station.proofLink', { index: String(index) })}</a>`;
}

/** By its final name, so that the page stays true as the log grows; it is there under that name once it is full, and only then a link. */
function bundle({ file }: PageContext, index: number, size: number): Part {
	const bundleIndex = Math.floor(index / TILE_WIDTH);
	const path = printBundlePath({ index: bundleIndex, width: TILE_WIDTH });
	const isFull = (bundleIndex + 1) * TILE_WIDTH <= size;
	return isFull ? html`<a href="${file(path)}"><code>${path}</code></a>` : html`<code>${path}</code>`;
}

/** How a problem with the form is reported: what this version takes, and what it does not. */
export function reportSection({ words }: PageContext, { station, contests, stamp }: StationView): Html {
	const found = contests.flatMap(({ contest, captures }) =>
		captures.filter(({ counted }) => counted).map(({ index }) => ({ contest, index })),
	);
	const quoted = found.map(({ contest, index }) =>
		words.rich('station.reportEntry', { contest: words.shown(contest.title), index: String(index) }),
	);
	const size = String(stamp.size);
	const what =
		quoted.length > 0
			? words.rich('station.reportQuote', { station: foreign(station.id), entries: words.items(quoted) })
			: words.rich('station.reportSize', { station: foreign(station.id), size });
	return html`<section id="report"><h2>${words.say('station.reportTitle')}</h2>
<p>${words.say('station.reportAgents')}</p>
<p>${words.say('station.reportOthers')}</p>
<p>${what}</p>
</section>
`;
}
