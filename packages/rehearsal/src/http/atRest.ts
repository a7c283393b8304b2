/**
 * Waits until a log and its witnesses stand still: nobody sees more of it and it grows no more. Only then may a rehearsal's clock leap: a witness that signs an older state after the leap, while the log
 * has gone on before it, would say truly that the log's clock went back (V61). What a log says of its witnesses itself lies unseen until there is more, so stillness is looked for, not a size.
 */
import { Trouble } from '@matokeo/server/ports/trouble.ts';
import type { Ask, Wait } from './persist.ts';
import { beginning, parseSeen } from './wire.ts';

const POLL_MS = 75;
/** An answer of a witness that is on its way takes no longer than this many questions. */
const STILL = 4;
/** A log that never comes to rest holds up nobody for ever. */
const WAITED_MS_MAX = 20_000;

export async function witnessesAtRest(ask: Ask, wait: Wait): Promise<void> {
	let before = '';
	let still = 0;
	for (let waited = 0; still < STILL && waited < WAITED_MS_MAX; waited += POLL_MS) {
		const { status, body } = await ask({ method: 'GET', path: '/data/witnesses.json' });
		if (status === 404) return;
		const seen = status === 200 ? parseSeen(body) : undefined;
		if (seen === undefined)
			throw new Trouble(`GET /data/witnesses.json answered ${status}, in another shape: ${beginning(body)}`);
		const now = JSON.stringify(seen);
		still = now === before ? still + 1 : 0;
		before = now;
		await wait(POLL_MS);
	}
}
