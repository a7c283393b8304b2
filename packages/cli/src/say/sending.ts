/**
 * Sends one note to a server and reads its answer (`POST /api/v1/statements`). Network trouble and *later* are told as such: nothing was decided, sending again is right and cannot say
 * anything twice. It believes nothing: see `receipt.ts`.
 */

import { utf8Decode } from '@matokeo/core/std/bytes.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import { wholeText } from '@matokeo/verifier/fetch/body.ts';

export type Answered =
	| { readonly kind: 'receipt'; readonly id: string; readonly proof: string }
	| { readonly kind: 'logged'; readonly id: string; readonly proof: string; readonly note: string }
	| { readonly kind: 'refused'; readonly rule: string; readonly why: string; readonly note: string | undefined }
	| { readonly kind: 'later'; readonly why: string; readonly retryAfter: number };

/** A line that answers slower than this is better tried again. */
const ANSWER_MS_MAX = 30_000;
/** A receipt is a proof and a checkpoint, a logged note at most a leaf: both fit many times. */
export const ANSWER_BYTES_MAX = 4_194_304;

export type Fetch = (url: URL, init: RequestInit) => Promise<Response>;

export async function sendNote(server: URL, note: Uint8Array, fetcher: Fetch = fetch): Promise<Result<Answered>> {
	const url = new URL('api/v1/statements', server);
	try {
		const response = await fetcher(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json', accept: 'application/json' },
			body: JSON.stringify({ notes: [utf8Decode(note) ?? ''] }),
			redirect: 'error',
			signal: AbortSignal.timeout(ANSWER_MS_MAX),
		});
		const text = await wholeText(response, ANSWER_BYTES_MAX);
		if (text === undefined) return err(`${url.href} answered with more than ${ANSWER_BYTES_MAX} bytes.`);
		const answer = parseAnswer(text);
		if (answer !== undefined) return ok(answer);
		const shown = text.slice(0, 300).replace(/\p{Cc}+/gu, ' ');
		return err(
			`${url.href} answered ${response.status} and nothing that this command understands: ${shown === '' ? '(nothing)' : shown}\nIs this the address of a Matokeo server? Nothing is known to be logged; sending again is right.`,
		);
	} catch (error) {
		return err(
			`${url.href} could not be reached (${reasonOf(error)}): check the address and the line, then send again. Sending twice cannot say anything twice.`,
		);
	}
}

function reasonOf(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	const cause = error.cause;
	if (cause instanceof Error) return 'code' in cause ? String(cause.code) : cause.message;
	return error.name === 'TimeoutError' ? `no answer within ${ANSWER_MS_MAX / 1000} s` : error.message;
}

/** `{"answers": [one]}`; `undefined` for anything else. */
function parseAnswer(text: string): Answered | undefined {
	let whole: unknown;
	try {
		whole = JSON.parse(text);
	} catch {
		return undefined;
	}
	const answers = member(whole, 'answers');
	const one: unknown = Array.isArray(answers) && answers.length === 1 ? answers[0] : undefined;
	const word = (name: string): string | undefined => {
		const value = member(one, name);
		return typeof value === 'string' ? value : undefined;
	};
	const [id, proof, note, rule, why] = [word('id'), word('proof'), word('note'), word('rule'), word('why')];
	switch (word('kind')) {
		case 'receipt':
			return id === undefined || proof === undefined ? undefined : { kind: 'receipt', id, proof };
		case 'logged':
			if (id === undefined || proof === undefined || note === undefined) return undefined;
			return { kind: 'logged', id, proof, note };
		case 'refused':
			return rule === undefined || why === undefined ? undefined : { kind: 'refused', rule, why, note };
		case 'later': {
			const seconds = member(one, 'retry_after');
			if (why === undefined) return undefined;
			return { kind: 'later', why, retryAfter: typeof seconds === 'number' ? seconds : 0 };
		}
		default:
			return undefined;
	}
}

function member(value: unknown, name: string): unknown {
	return typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, name)?.value : undefined;
}
