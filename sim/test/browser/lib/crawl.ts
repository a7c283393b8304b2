/** Goes from the first page along every address that a page names, of every kind, once each, and never away from the host. */

export interface Crawled {
	/** Text of all pages and data files, by path from the site's root. */
	readonly pages: ReadonlyMap<string, string>;
	/** Everything that was asked for. */
	readonly answers: ReadonlyMap<string, { readonly status: number; readonly type: string }>;
}

/** Requests on their way at once. */
const PARALLEL = 8;
const ADDRESS = / (?:href|src|action|data-pulse)="([^"]*)"|http-equiv="refresh" content="0; url=([^"]*)"/g;

/** Paths from the root of the site that a page names, with their anchors. An address away from it is an error of the page. */
function addressesIn(path: string, text: string): readonly string[] {
	const base = `http://site/r/o/o/t/${path}`;
	return [...text.matchAll(ADDRESS)].map(([, address, target]) => {
		const { href } = new URL((address ?? target ?? '').replaceAll('&amp;', '&'), base);
		if (!href.startsWith('http://site/r/o/o/t/')) throw new Error(`${path} leads away from the site: ${href}`);
		return href.slice('http://site/r/o/o/t/'.length);
	});
}

const pathOf = (address: string): string => {
	const path = address.replace(/[?#].*$/s, '');
	return path === '' || path.endsWith('/') ? `${path}index.html` : path;
};

/** `root`: with a slash at its end. */
export async function crawl(root: string): Promise<Crawled> {
	const pages = new Map<string, string>();
	const answers = new Map<string, { readonly status: number; readonly type: string }>();
	const seen = new Set(['index.html']);
	const waiting = [...seen];
	const visit = async (path: string): Promise<void> => {
		const response = await fetch(new URL(path, root));
		const type = response.headers.get('content-type') ?? '';
		const body = Buffer.from(await response.arrayBuffer()).toString('utf8');
		answers.set(path, { status: response.status, type });
		if (/html|json|csv/.test(type) && response.ok && !path.startsWith('api/')) pages.set(path, body);
		if (!type.startsWith('text/html')) return;
		for (const next of addressesIn(path, body).map(pathOf)) {
			if (!seen.has(next)) waiting.push(next);
			seen.add(next);
		}
	};
	for (let batch = waiting.splice(0, PARALLEL); batch.length > 0; batch = waiting.splice(0, PARALLEL))
		await Promise.all(batch.map(visit));
	return { pages, answers };
}

/** Ways to a place on a page that the page does not have, in order. */
export function deadIn(pages: ReadonlyMap<string, string>): readonly string[] {
	const ids = new Map(
		[...pages].map(([path, text]) => [path, new Set([...text.matchAll(/ id="([^"]*)"/g)].map(([, id = '']) => id))]),
	);
	const dead = [...pages]
		.filter(([path]) => path.endsWith('.html'))
		.flatMap(([path, text]) =>
			addressesIn(path, text).flatMap((address) => {
				const anchor = /#(.+)$/s.exec(address)?.[1];
				if (anchor === undefined || ids.get(pathOf(address))?.has(decodeURIComponent(anchor)) === true) return [];
				return [`${path} → ${address}`];
			}),
		);
	return [...new Set(dead)].sort();
}
