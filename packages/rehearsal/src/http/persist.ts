/**
 * Asking until there is an answer: what a device does on a bad line. A server that is too busy says so and when to come back (429, 503); a line that broke is tried again, which is
 * safe since everything that is sent to a log may be sent twice.
 */
import { Trouble } from '@matokeo/server/ports/trouble.ts';
import type { Came, Connection, Sending } from './connection.ts';

export type Ask = (sending: Sending) => Promise<Came>;
export type Wait = (ms: number) => Promise<void>;

/** With pauses of at most `PAUSE_MS_MOST`, about five minutes: a server is started again in less. */
const ATTEMPTS_MAX = 64;
const PAUSE_MS_LEAST = 100;
const PAUSE_MS_MOST = 5_000;
/** What a server may ask us to wait; a stranger's header must not stop us for a day. */
const RETRY_AFTER_MS_MOST = 60_000;

export interface Patience {
	readonly wait: Wait;
	/** Called with why, each time something is asked again that nobody meant to break. */
	readonly again: (why: string) => void;
}

export function persistent({ send }: Connection, { wait, again }: Patience): Ask {
	return async (sending) => {
		for (let attempt = 0; ; attempt++) {
			const came = await heard(send(sending));
			const why = came instanceof Trouble ? came.message : busy(came);
			if (!(came instanceof Trouble) && why === undefined) return came;
			if (attempt + 1 >= ATTEMPTS_MAX) throw new Trouble(`${why}; given up after ${ATTEMPTS_MAX} attempts`);
			again(why ?? '');
			await wait(came instanceof Trouble ? pauseMs(attempt) : (retryAfterMs(came) ?? pauseMs(attempt)));
		}
	};
}

export function pauseMs(attempt: number): number {
	return Math.min(PAUSE_MS_MOST, PAUSE_MS_LEAST * 2 ** Math.min(attempt, 10));
}

async function heard(answer: Promise<Came | undefined>): Promise<Came | Trouble> {
	try {
		return (await answer) ?? new Trouble('the line broke');
	} catch (error) {
		if (error instanceof Trouble) return error;
		throw error;
	}
}

/** 423: an upload that broke off is not let go of yet. */
function busy({ status }: Came): string | undefined {
	return status === 423 || status === 429 || status === 503 ? `answered ${status}` : undefined;
}

function retryAfterMs({ headers }: Came): number | undefined {
	const text = headers['retry-after'];
	return text !== undefined && /^[0-9]{1,6}$/.test(text)
		? Math.min(RETRY_AFTER_MS_MOST, Number(text) * 1000)
		: undefined;
}
