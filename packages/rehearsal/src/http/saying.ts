/**
 * Saying statements over HTTP: a list of notes as one request, each answered on its own. Those that are answered *later* are sent again until they are decided.
 */

import type { Transcription } from '@matokeo/core/record/commitment.ts';
import { utf8Decode, utf8Encode } from '@matokeo/core/std/bytes.ts';
import type { Result } from '@matokeo/core/std/result.ts';
import { Trouble } from '@matokeo/server/ports/trouble.ts';
import type { Spoken } from '../play/speaking.ts';
import type { Came, Connection, Sending } from './connection.ts';
import { type Ask, pauseMs, type Wait } from './persist.ts';
import { beginning, type Later, parseAnswers, parseOpenings, type WireAnswer, type WireOpening } from './wire.ts';

export type Decided = Exclude<WireAnswer, Later>;
export type DecidedOpening = Exclude<WireOpening, Later>;

/** The contract of `POST /api/v1/statements`. */
const NOTES_PER_REQUEST_MAX = 256;
/** Enrolments are long: so many bytes of notes go into one request. */
const REQUEST_BYTES_MOST = 750_000;
const OPENINGS_PER_REQUEST_MAX = 256;
/** How often what was answered *later* is sent again. */
const LATER_MAX = 100;

export interface Delivering {
	readonly reading: string;
	readonly transcription: Transcription;
}

export interface Saying {
	/** One decided answer for each note, in order. */
	readonly say: (spoken: readonly Spoken[], clockOff?: number) => Promise<readonly Decided[]>;
	/** Says it and does not hear what is answered, since the line breaks when the answer begins; whether one began that was not *later*. */
	readonly sayUnheard: (spoken: Spoken) => Promise<boolean>;
	readonly deliver: (deliveries: readonly Delivering[]) => Promise<readonly DecidedOpening[]>;
}

export function saying(connection: Connection, ask: Ask, wait: Wait): Saying {
	const sayOnce = async (spoken: readonly Spoken[], clockOff: number): Promise<readonly WireAnswer[]> => {
		const came = await ask(statements(spoken, clockOff));
		return answered('/api/v1/statements', came, parseAnswers(came.body, spoken.length));
	};
	const deliverOnce = async (openings: readonly Delivering[]): Promise<readonly WireOpening[]> => {
		const came = await ask({ method: 'POST', path: '/api/v1/openings', ...json({ openings }) });
		return answered('/api/v1/openings', came, parseOpenings(came.body, openings.length));
	};
	return {
		say: async (spoken, clockOff = 0) => {
			const answers: Decided[] = [];
			for (const batch of batches(spoken))
				answers.push(...(await untilDecided(batch, (open) => sayOnce(open, clockOff), isDecided, wait)));
			return answers;
		},
		sayUnheard: async (spoken) => {
			try {
				const began = await connection.send({ ...statements([spoken], 0), cut: 'answer' });
				return began?.status === 200;
			} catch (error) {
				if (error instanceof Trouble) return false;
				throw error;
			}
		},
		deliver: async (deliveries) => {
			const answers: DecidedOpening[] = [];
			for (let at = 0; at < deliveries.length; at += OPENINGS_PER_REQUEST_MAX) {
				const openings = deliveries.slice(at, at + OPENINGS_PER_REQUEST_MAX);
				answers.push(...(await untilDecided(openings, deliverOnce, isDecidedOpening, wait)));
			}
			return answers;
		},
	};
}

/** Sends again what was answered *later*. */
async function untilDecided<T, A extends { readonly kind: string }, D extends A>(
	items: readonly T[],
	send: (open: readonly T[]) => Promise<readonly (A | Later)[]>,
	isFinal: (answer: A | Later) => answer is D,
	wait: Wait,
): Promise<readonly D[]> {
	const decided = new Map<T, D>();
	for (let attempt = 0; attempt < LATER_MAX && decided.size < items.length; attempt++) {
		const open = items.filter((one) => !decided.has(one));
		let pause = 0;
		for (const [i, answer] of (await send(open)).entries()) {
			const item = open[i];
			if (isFinal(answer) && item !== undefined) decided.set(item, answer);
			else pause = Math.max(pause, 'retryMs' in answer ? answer.retryMs : 0, pauseMs(attempt));
		}
		if (pause > 0) await wait(pause);
	}
	return items.map((one) => {
		const answer = decided.get(one);
		if (answer === undefined) throw new Trouble(`put off ${LATER_MAX} times; see what keeps the server busy`);
		return answer;
	});
}

function isDecided(answer: WireAnswer): answer is Decided {
	return answer.kind !== 'later';
}

function isDecidedOpening(answer: WireOpening): answer is DecidedOpening {
	return answer.kind !== 'later';
}

/** No statement says when it was made: the one place where a device's clock could reach the server is the header `Date`, and nothing may follow from it. */
function statements(spoken: readonly Spoken[], clockOff: number): Sending {
	const notes = spoken.map(({ bytes }) => utf8Decode(bytes) ?? '');
	const { headers, body } = json({ notes });
	const date = clockOff === 0 ? {} : { date: new Date(Date.now() + clockOff * 1000).toUTCString() };
	return { method: 'POST', path: '/api/v1/statements', headers: { ...headers, ...date }, body };
}

function json(value: object): { readonly headers: Readonly<Record<string, string>>; readonly body: Uint8Array } {
	return { headers: { 'content-type': 'application/json' }, body: utf8Encode(JSON.stringify(value)) };
}

function* batches(spoken: readonly Spoken[]): Generator<readonly Spoken[]> {
	let batch: Spoken[] = [];
	let bytes = 0;
	for (const one of spoken) {
		if (batch.length === NOTES_PER_REQUEST_MAX || (batch.length > 0 && bytes + one.bytes.length > REQUEST_BYTES_MOST)) {
			yield batch;
			[batch, bytes] = [[], 0];
		}
		batch.push(one);
		bytes += one.bytes.length;
	}
	if (batch.length > 0) yield batch;
}

function answered<T>(path: string, { status, body }: Came, parsed: Result<T>): T {
	if (status !== 200) throw new Trouble(`POST ${path} answered ${status}: ${beginning(body)}`);
	if (!parsed.ok) throw new Trouble(`POST ${path} answered in another shape: ${parsed.error}`);
	return parsed.value;
}
