/**
 * The source's API as a mirror uses it for senders (M23): statements handed on, images uploaded (`spec/api.md`, A3, A8). Everything that is answered is foreign: bounded, and taken for no more than
 * what it spells. No answer is an answer too; sending again cannot say anything twice.
 */

import { utf8Decode } from '@matokeo/core/std/bytes.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import { wholeText } from '@matokeo/verifier/fetch/body.ts';
import type { Limits } from './limits.ts';
import type { Said } from './pendingStore.ts';

/** What the source said to one statement; `answer` is its receipt or its signed refusal, if there was one. */
export interface SourceSaid {
	readonly said: Exclude<Said, 'nothing'>;
	readonly why: string;
	readonly answer: string;
	/** Seconds after which it asks to be asked again. */
	readonly retryAfter: number;
}

export interface SourceApi {
	/** One answer for each note, in order; an error when there was no answer at all. */
	readonly send: (notes: readonly Uint8Array[]) => Promise<Result<readonly SourceSaid[]>>;
	/** An error says why the image is not held there. */
	readonly upload: (sha256: string, bytes: Uint8Array) => Promise<Result<undefined>>;
}

const WORDS_MAX = 300;

export function sourceApi(source: URL, limits: Limits): SourceApi {
	return {
		send: async (notes) => {
			const url = new URL('api/v1/statements', source);
			const body = JSON.stringify({ notes: notes.map((note) => utf8Decode(note) ?? '') });
			const headers = { 'content-type': 'application/json', accept: 'application/json' };
			const came = await asked(url, { method: 'POST', headers, body }, limits.answerMsMax, limits.answerBytesMax);
			if (!came.ok) return came;
			const answers = answersIn(came.value.text, notes.length, limits.answerKeptBytesMax);
			if (answers !== undefined) return ok(answers);
			return err(
				`${url.href} answered ${came.value.status} and nothing that a log's API says: ${plain(came.value.text)}`,
			);
		},
		upload: async (sha256, bytes) => {
			const url = new URL('api/v1/uploads', source);
			const headers = {
				'tus-resumable': '1.0.0',
				'upload-length': String(bytes.length),
				'upload-metadata': `sha256 ${Buffer.from(sha256).toString('base64')}`,
				'content-type': 'application/offset+octet-stream',
			};
			const init = { method: 'POST', headers, body: Buffer.from(bytes) };
			const came = await asked(url, init, limits.uploadMsMax, limits.bodyBytesMax);
			if (!came.ok) return came;
			const { status, offset, text } = came.value;
			if (status === 200 || (status === 201 && offset === String(bytes.length))) return ok(undefined);
			return err(`${url.href} answered ${status}: ${plain(text)}`);
		},
	};
}

interface Came {
	readonly status: number;
	readonly text: string;
	/** The header Upload-Offset. */
	readonly offset: string | null;
}

async function asked(url: URL, init: RequestInit, msMax: number, bytesMax: number): Promise<Result<Came>> {
	try {
		const response = await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(msMax) });
		const text = await wholeText(response, bytesMax);
		if (text === undefined) return err(`${url.href} answered with more than ${bytesMax} bytes`);
		return ok({ status: response.status, text, offset: response.headers.get('upload-offset') });
	} catch (error) {
		return err(`${url.href} gave no answer (${reasonOf(error)})`);
	}
}

function reasonOf(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	const { cause } = error;
	if (cause instanceof Error) return 'code' in cause ? String(cause.code) : cause.message;
	return error.name === 'TimeoutError' ? 'it took too long' : error.message;
}

/** Foreign words on one line, and not many of them. */
function plain(text: string): string {
	return text.slice(0, WORDS_MAX).replace(/\p{Cc}+/gu, ' ');
}

/** `{"answers": [...]}` with as many answers as were asked for; `undefined` for anything else. */
function answersIn(text: string, count: number, keptMax: number): readonly SourceSaid[] | undefined {
	let whole: unknown;
	try {
		whole = JSON.parse(text);
	} catch {
		return undefined;
	}
	const list = member(whole, 'answers');
	if (!Array.isArray(list) || list.length !== count) return undefined;
	const answers = list.map((one) => saidIn(one, keptMax));
	return answers.every((one) => one !== undefined) ? answers : undefined;
}

function saidIn(one: unknown, keptMax: number): SourceSaid | undefined {
	const word = (name: string): string => {
		const value = member(one, name);
		return typeof value === 'string' ? value : '';
	};
	const note = (name: string): string => (Buffer.byteLength(word(name)) <= keptMax ? word(name) : '');
	switch (word('kind')) {
		case 'receipt':
			return { said: 'receipt', why: '', answer: note('proof'), retryAfter: 0 };
		case 'logged':
			return { said: 'logged', why: '', answer: note('proof'), retryAfter: 0 };
		case 'refused':
			return { said: 'refused', why: plain(`${word('rule')}: ${word('why')}`), answer: note('note'), retryAfter: 0 };
		case 'later': {
			const seconds = member(one, 'retry_after');
			return {
				said: 'later',
				why: plain(word('why')),
				answer: '',
				retryAfter: typeof seconds === 'number' ? seconds : 0,
			};
		}
		default:
			return undefined;
	}
}

function member(value: unknown, name: string): unknown {
	return typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, name)?.value : undefined;
}
