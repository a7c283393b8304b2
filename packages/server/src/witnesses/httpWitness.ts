/**
 * Asking a witness over HTTP (D24, L32). Everything that comes back is hostile: it comes within a time and a size, from the address that was asked, and no word of it is repeated.
 */

import { WITNESS_ANSWER_BYTES_MAX } from '@matokeo/core/log/limits.ts';
import { wholeBody } from '@matokeo/verifier/fetch/body.ts';
import type { AskWitness } from './answers.ts';

/** A witness syncs its disk before it answers, over a poor line; one that takes longer is asked again later. */
const ANSWER_MS_MAX = 5_000;

/** `folder`: what the log is called at a witness's monitoring address (L32). Rejects with words. */
export function httpWitness(folder: string, answerMsMax: number = ANSWER_MS_MAX): AskWitness {
	return async ({ url }, body) => {
		if (url === undefined) throw new Error('it has no address');
		const path = body === undefined ? `/${folder}/checkpoint` : '/add-checkpoint';
		const signal = AbortSignal.timeout(answerMsMax);
		try {
			const response = await fetch(`${url}${path}`, {
				...(body === undefined ? {} : { method: 'POST', body: Uint8Array.from(body) }),
				headers: { accept: 'text/plain, */*', ...(body === undefined ? {} : { 'content-type': 'text/plain' }) },
				redirect: 'manual',
				signal,
			});
			const [type = ''] = (response.headers.get('content-type') ?? '').split(';');
			const bytes = await wholeBody(response, WITNESS_ANSWER_BYTES_MAX);
			if (bytes === undefined) throw new TooMuch();
			return { status: response.status, type: type.trim().toLowerCase(), body: bytes };
		} catch (error) {
			throw new Error(reasonOf(error, answerMsMax));
		}
	};
}

class TooMuch extends Error {}

function reasonOf(error: unknown, answerMsMax: number): string {
	if (error instanceof TooMuch) return `it answered with more than ${WITNESS_ANSWER_BYTES_MAX} bytes`;
	if (error instanceof Error && error.name === 'TimeoutError')
		return `it gave no whole answer within ${answerMsMax} ms`;
	const cause = error instanceof Error ? error.cause : undefined;
	const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
	// Codes are the system's own words, such as ECONNREFUSED; messages may repeat what was sent.
	return /^[A-Z_]{1,40}$/.test(code) ? `it cannot be reached (${code})` : 'it cannot be reached';
}
