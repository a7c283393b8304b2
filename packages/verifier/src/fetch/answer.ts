/** One request and its answer, read within bounds (V68), and what went wrong in words that say what to do. It knows nothing of logs. */
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import { SILENCE_MS_MAX, SPEED_LEAST } from './limits.ts';
import type { SourceOptions, Unfetched, Wanted } from './source.ts';

/** What came of asking once. */
export interface Line {
	readonly answer: Result<Uint8Array, Unfetched>;
	/** Asking again may help, after so many milliseconds. */
	readonly again?: number;
	/** The source says that the file is there. */
	readonly movedTo?: string;
}

export async function answerOf(url: URL, wanted: Wanted, { signal, silenceMsMax }: SourceOptions): Promise<Line> {
	const watch = watched(silenceMsMax ?? SILENCE_MS_MAX, signal);
	try {
		const response = await fetch(url, {
			redirect: 'manual',
			signal: watch.signal,
			headers: { accept: '*/*', 'accept-encoding': 'identity' },
		});
		const line = lineOf(url, response);
		if (line !== undefined) {
			await response.body?.cancel();
			return line;
		}
		return { answer: await bytesOf(response, url, wanted, watch.came) };
	} catch (error) {
		if (watch.slow()) return trouble(`${url.host} was too slow or silent: try again, or from another line.`);
		return troubleOf(url, error);
	} finally {
		watch.end();
	}
}

/** Every answer that is not the file itself. */
function lineOf(url: URL, { status, headers }: Response): Line | undefined {
	const moved = headers.get('location');
	if (status >= 300 && status < 400 && moved !== null)
		return { answer: refused(`${url.href} has moved`), movedTo: moved };
	if (status === 404 || status === 410)
		return { answer: err({ kind: 'absent', why: `${url.href} is not there (HTTP ${status})` }) };
	if (status === 429 || status === 408 || status >= 500) {
		const seconds = /^[0-9]{1,4}$/.exec(headers.get('retry-after') ?? '')?.[0];
		return trouble(
			`${url.href} answered HTTP ${status}: the server is busy or in trouble; try again later.`,
			seconds === undefined ? 0 : 1000 * Number(seconds),
		);
	}
	if (status !== 200) return { answer: refused(`${url.href} answered HTTP ${status} in place of the file`) };
	if (/^text\/html\b/i.test(headers.get('content-type') ?? ''))
		return {
			answer: refused(
				`${url.href} is a web page and not a file of a log: is this the address of a log or of a mirror of one?`,
			),
		};
	return undefined;
}

async function bytesOf(
	response: Response,
	url: URL,
	{ bytesMax, exactly }: Wanted,
	came: (bytes: number) => void,
): Promise<Result<Uint8Array, Unfetched>> {
	const pieces: Uint8Array[] = [];
	let length = 0;
	const body: ReadableStream<Uint8Array> | null = response.body;
	for await (const piece of body ?? []) {
		length += piece.length;
		// Leaving the loop ends the transfer.
		if (length > bytesMax) return refused(`${url.href} has more than the ${bytesMax} bytes that it can have`);
		pieces.push(piece);
		came(piece.length);
	}
	if (exactly === true && length !== bytesMax)
		return refused(`${url.href} has ${length} bytes in place of ${bytesMax}`);
	return ok(new Uint8Array(Buffer.concat(pieces)));
}

interface Watch {
	readonly signal: AbortSignal;
	readonly came: (bytes: number) => void;
	readonly slow: () => boolean;
	readonly end: () => void;
}

/** Breaks off when nothing has come for so long, or when all that came is less than the least speed gives, once that long has passed. */
function watched(silenceMs: number, outer: AbortSignal | undefined): Watch {
	const own = new AbortController();
	const began = performance.now();
	let received = 0;
	let slow = false;
	const giveUp = (): void => {
		slow = true;
		own.abort();
	};
	const due = (): number => began + silenceMs + (received / SPEED_LEAST) * 1000 - performance.now();
	let timer = setTimeout(giveUp, silenceMs);
	return {
		signal: outer === undefined ? own.signal : AbortSignal.any([own.signal, outer]),
		came: (bytes) => {
			received += bytes;
			clearTimeout(timer);
			timer = setTimeout(giveUp, Math.max(0, Math.min(silenceMs, due())));
		},
		slow: () => slow,
		end: () => clearTimeout(timer),
	};
}

function refused(why: string): { readonly ok: false; readonly error: Unfetched } {
	return err({ kind: 'refused', why });
}

function trouble(why: string, again = 0): Line {
	return { answer: err({ kind: 'trouble', why }), again };
}

/** Codes of a certificate that does not stand: asking again does not mend it. */
const CERTIFICATE = /CERT|^UNABLE_TO|SELF_SIGNED|^ERR_TLS|^ERR_SSL/;

function troubleOf(url: URL, error: unknown): Line {
	const code = codeOf(error);
	const final = (why: string): Line => ({ answer: err({ kind: 'trouble', why }) });
	if (CERTIFICATE.test(code))
		return final(
			`The certificate of ${url.host} does not stand (${code}): somebody may be in between, or its keeper has let it lapse. Nothing was fetched.`,
		);
	if (code === 'ENOTFOUND')
		return final(`There is no host ${url.hostname}: check the address, and whether you are online.`);
	if (code === 'ECONNREFUSED')
		return trouble(`Nothing answers at ${url.host} (${code}): is the server running, and is the address right?`);
	return trouble(
		`${url.host} could not be reached or broke off (${code}): check the address and the line, then try again.`,
	);
}

/** `fetch` wraps what happened; the reason lies inside. */
function codeOf(error: unknown): string {
	const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
	if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code;
	return cause instanceof Error ? cause.message : String(cause);
}
