/**
 * A place on the web from which files of a log are fetched (V67, V68): the log's own server, a static copy, a mirror. Every answer is bounded in bytes, in silence and in slowness before it is read, comes from the host that
 * was named, and is a file and no web page. What it says nobody believes here.
 *
 * A client only: it opens no port and holds no key. Trouble with the line is an expected answer, a value with words for a person.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import { answerOf, type Line } from './answer.ts';
import { ADDRESS_CHARACTERS_MAX, PAUSE_ASKED_MS_MAX, REDIRECTS_MAX, RETRY_PAUSES_MS } from './limits.ts';

export interface Unfetched {
	/** `absent`: there is no such file. `refused`: what came cannot be it, or the source will not give it. `trouble`: it could not be asked; later it may be. */
	readonly kind: 'absent' | 'refused' | 'trouble';
	/** What came and what a person can do. */
	readonly why: string;
}

/** How much of a file is read. */
export interface Wanted {
	readonly bytesMax: number;
	/** A file of another length than the maximum is refused. */
	readonly exactly?: true;
}

export interface Source {
	/** With a slash at its end. */
	readonly url: string;
	/** `path` is relative, in the log's own spelling: it is made by whoever calls and from nothing that was sent. */
	readonly get: (path: string, wanted: Wanted) => Promise<Result<Uint8Array, Unfetched>>;
}

export interface SourceOptions {
	/** Redirects may lead to other hosts. Otherwise nobody but the named host is asked. */
	readonly anyHost?: boolean;
	/** Ends all that is under way. */
	readonly signal?: AbortSignal;
	/** Pauses before a request is made again; none for one try only. */
	readonly retryPausesMs?: readonly number[];
	readonly silenceMsMax?: number;
}

/** The source at this address, or what is wrong with the address. A page of the site is taken for the folder that it lies in. */
export function sourceAt(address: string, options: SourceOptions = {}): Result<Source> {
	const url = address.length <= ADDRESS_CHARACTERS_MAX ? URL.parse(address) : null;
	if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:'))
		return err(`"${address.slice(0, 200)}" is not an address of the web: expected https://HOST/ or http://HOST/.`);
	if (url.username !== '' || url.password !== '')
		return err('The address has a name or a password in it; a published log asks for none. Leave it out.');
	const base = new URL(folderOf(url.pathname), url.origin);
	const pauses = options.retryPausesMs ?? RETRY_PAUSES_MS;

	async function get(path: string, wanted: Wanted): Promise<Result<Uint8Array, Unfetched>> {
		const file = new URL(path, base);
		if (!file.href.startsWith(base.href)) return err({ kind: 'refused', why: `${path} does not lie in the log` });
		let line = await ask(file, wanted, options);
		for (const ms of pauses) {
			if (line.again === undefined || options.signal?.aborted === true) break;
			await pause(Math.min(PAUSE_ASKED_MS_MAX, Math.max(ms, line.again)));
			line = await ask(file, wanted, options);
		}
		return line.answer;
	}
	return ok({ url: base.href, get });
}

/** A page is left out; anything else is a folder, with or without its last slash. */
function folderOf(pathname: string): string {
	return pathname.endsWith('/') ? pathname : pathname.replace(/[^/]*\.[a-z]{2,5}$/i, '').replace(/[^/]$/, '$&/');
}

/** One file, wherever on the named host it has moved to. */
async function ask(from: URL, wanted: Wanted, options: SourceOptions): Promise<Line> {
	let at = from;
	for (let hops = 0; hops <= REDIRECTS_MAX; hops++) {
		const line = await answerOf(at, wanted, options);
		if (line.movedTo === undefined) return line;
		const next = URL.parse(line.movedTo, at.href);
		if (next === null || !mayFollow(at, next, options.anyHost === true)) {
			const why = `${at.href} sends elsewhere, to ${line.movedTo.slice(0, 200)}, which was not asked for. If that is where the log is, name it.`;
			return { answer: err({ kind: 'refused', why }) };
		}
		at = next;
	}
	return { answer: err({ kind: 'refused', why: `${from.href} sends from one address to another without end` }) };
}

function mayFollow(from: URL, to: URL, anyHost: boolean): boolean {
	if (to.protocol !== 'https:' && (to.protocol !== 'http:' || from.protocol === 'https:')) return false;
	if (anyHost) return true;
	return to.hostname === from.hostname && (to.port === from.port || to.protocol !== from.protocol);
}
