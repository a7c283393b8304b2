/** Questions to a server of Matokeo over HTTP, answered with JSON or with words on why not. Whoever asks checks what came. */
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import { wholeText } from '@matokeo/verifier/fetch/body.ts';
import type { Fetch } from '../say/sending.ts';
import { jsonOf, textAt } from './json.ts';

export interface Server {
	readonly url: URL;
	readonly fetch?: Fetch | undefined;
}

/** A mark of a country is made in some tenths of a second; a busy server takes a while to come to it. */
const ANSWER_MS_MAX = 60_000;
/** The sheet of a whole country on the first evening. */
const ANSWER_BYTES_MAX = 33_554_432;

export async function getText(server: Server, path: string): Promise<Result<string>> {
	return ask(server, path, { method: 'GET' });
}

export async function getJson(server: Server, path: string): Promise<Result<unknown>> {
	const text = await getText(server, path);
	return text.ok ? parsed(server, path, text.value) : text;
}

export async function postJson(server: Server, path: string, body: unknown, token?: string): Promise<Result<unknown>> {
	const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
	const headers = { 'content-type': 'application/json', ...authorization };
	const text = await ask(server, path, { method: 'POST', headers, body: JSON.stringify(body) });
	return text.ok ? parsed(server, path, text.value) : text;
}

/** `path` from the root of the server, as its answers name it. */
async function ask(
	{ url: root, fetch: fetcher = fetch }: Server,
	path: string,
	init: RequestInit,
): Promise<Result<string>> {
	const url = new URL(path.replace(/^\/+/, ''), root);
	if (url.origin !== root.origin) return err(`"${path}" leads away from ${root.href}: it is not followed.`);
	try {
		const signal = AbortSignal.timeout(ANSWER_MS_MAX);
		const response = await fetcher(url, { ...init, redirect: 'error', signal });
		const text = await wholeText(response, ANSWER_BYTES_MAX);
		if (text === undefined) return err(`${url.href} answered with more than ${ANSWER_BYTES_MAX} bytes.`);
		return response.ok ? ok(text) : err(refusal(url, response.status, text));
	} catch (error) {
		const why = error instanceof Error ? (error.cause instanceof Error ? error.cause.message : error.message) : '';
		return err(`${url.href} could not be reached (${why}): check the address and the line, then try again.`);
	}
}

function parsed({ url }: Server, path: string, text: string): Result<unknown> {
	const json = jsonOf(text);
	if (json !== undefined) return ok(json);
	return err(`${new URL(path.replace(/^\/+/, ''), url).href} answered, and not with JSON: is this a Matokeo server?`);
}

function refusal(url: URL, status: number, text: string): string {
	const said = jsonOf(text);
	const [rule, expected, got, hint] = ['rule', 'expected', 'got', 'do'].map((name) => textAt(said, 'error', name));
	if (expected === undefined) return `${url.href} answered ${status}: is this the address of a Matokeo server?`;
	return `The server says no (${rule ?? status}): expected ${expected}; it got ${got ?? 'something else'}. What you can do: ${hint ?? 'nothing'}.`;
}
