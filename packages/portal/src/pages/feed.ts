/**
 * A feed of changes (W16) in Atom 1.0 (RFC 4287), in the words of the page of changes. Its bytes follow from the changes alone: they stay the same while nothing changes, whoever makes them. Addresses are
 * relative, as everywhere on the site; ids name the statement by its digest (RFC 6920), so that an entry is the same one on every copy and in every language.
 */
import { base64Encode, hexDecode } from '@matokeo/core/std/bytes.ts';
import { plainName } from '../html/foreign.ts';
import { type Html, html, plainText } from '../html/html.ts';
import { LANGUAGES, type PageAddress, pagePath } from '../site/paths.ts';
import type { FeedEntry, FeedView } from '../views/feed.ts';
import { anchorOf, placeOf } from './changes.ts';
import type { PageContext } from './context.ts';
import { modePrefix } from './layout.ts';
import { changeWords } from './stationParts/changeWords.ts';
import { codeWords, signerWords } from './stationParts/codeWords.ts';
import { statementWords } from './stationParts/statementWords.ts';

export function feedPage(context: PageContext, { contest, entries, stamp }: FeedView): string {
	const { words, election, language } = context;
	const of = contest === undefined ? {} : { contest: contest.id };
	const name = plainName(words.text(contest?.title ?? election.title));
	const home: PageAddress = contest === undefined ? { page: 'home' } : { page: 'changes', contest: contest.id };
	const links = LANGUAGES.map((one) => {
		const others = html`<link rel="alternate" type="application/atom+xml" hreflang="${one}" href="${at(context, one, { page: 'feed', ...of })}"/>\n`;
		return html`<link rel="alternate" type="text/html" hreflang="${one}" href="${at(context, one, home)}"/>\n${one !== language && others}`;
	});
	return html`<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${language}">
<id>${named(election.digest, ['feed', language], ...(contest === undefined ? [] : [['contest', contest.id] as const]))}</id>
<title>${modePrefix(context)}${words.say('changes.title', { contest: name })}</title>
<subtitle>${words.say('feed.subtitle')}</subtitle>
<updated>${moment(entries[0]?.time ?? stamp.time)}</updated>
<author><name>${election.origin}</name></author>
<link rel="self" type="application/atom+xml" href="${at(context, language, { page: 'feed', ...of })}"/>
${links}${entries.map((entry) => item(context, entry, contest === undefined))}</feed>
`.text;
}

function item(context: PageContext, entry: FeedEntry, several: boolean): Html {
	const { words } = context;
	const { id, index, time, contest, station, page, signers, statement, code, before, after } = entry;
	const known = { ...entry.named, contest, mode: context.election.mode };
	const what = statementWords(words, statement, known);
	const place = plainText(placeOf(context, contest, entry));
	const where = several && station !== undefined ? `${plainName(words.text(contest.title))}, ${place}` : place;
	const title = words.say('feed.entry', { place: where, what: plainText(what) });
	const changed = before !== undefined && after !== undefined && changeWords(words, contest, before, after);
	const why = code !== undefined && html`<p>${words.say('changes.why')}: ${codeWords(words, code)}</p>`;
	const content = html`<p>${what}</p><p>${words.say('changes.who')}: ${words.items(signers.map((one) => signerWords(words, one)))}</p>${why}${changed}`;
	const address = { page: 'changes', contest: contest.id, number: page } as const;
	const pages = LANGUAGES.map(
		(one) =>
			html`<link rel="alternate" type="text/html" hreflang="${one}" href="${at(context, one, address)}#${anchorOf(entry)}"/>\n`,
	);
	const own = at(context, context.language, { page: 'statement', id });
	return html`<entry>
<id>${named(id, ...placeQuery(entry))}</id>
<title>${modePrefix(context)}${title}</title>
<updated>${moment(time)}</updated>
<published>${moment(time)}</published>
${signers.map((one) => html`<author><name>${plainText(signerWords(words, one))}</name></author>\n`)}<category term="${statement.type}"/>
${pages}<link rel="related" type="text/html" title="${words.say('changes.entry', { index: String(index) })}" href="${own}"/>
<content type="html">${content.text}</content>
</entry>
`;
}

/** A statement may change several returns, and what is about the election as a whole stands in the list of each contest once. */
function placeQuery({ contest, station, whole_contest: whole }: FeedEntry): readonly (readonly [string, string])[] {
	if (station !== undefined)
		return [
			['contest', contest.id],
			['station', station.id],
		];
	return whole === true ? [['contest', contest.id]] : [];
}

/** Ids of packages have no sign that an address must escape but the slash, which a query may have. */
function named(digest: string, ...query: readonly (readonly [string, string])[]): string {
	const bytes = hexDecode(digest);
	const name = base64Encode(bytes ?? new Uint8Array())
		.replaceAll('+', '-')
		.replaceAll('/', '_')
		.replace(/=+$/, '');
	const asked = query.map(([key, value]) => `${key}=${value}`).join('&');
	return `ni:///sha-256;${name}${asked === '' ? '' : `?${asked}`}`;
}

function at(context: PageContext, language: (typeof LANGUAGES)[number], address: PageAddress): string {
	return context.file(pagePath(language, address));
}

function moment(seconds: number): string {
	return `${new Date(seconds * 1_000).toISOString().slice(0, 19)}Z`;
}
