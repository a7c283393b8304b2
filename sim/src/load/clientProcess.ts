/**
 * One of the processes that send captures in a load run: its share of the stations, at its share of the rate. It tells its parent what came of it and ends.
 */
import { PERFECT_LINES, REALISTIC_LINES } from '@matokeo/rehearsal/http/lines.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { kenya46229 } from '../synthetic/kenya46229.ts';
import { sendCaptures } from './captures.ts';
import type { ClientDone, ClientOrder } from './clients.ts';

process.on('disconnect', () => process.exit());
process.send?.('ready');
const order = await new Promise<ClientOrder>((resolve) => {
	process.once('message', resolve);
});
const done = await run(order);
process.send?.(done, () => process.disconnect());

async function run({
	url,
	stations,
	from,
	of,
	first,
	captures,
	everyMs,
	addresses,
	realistic,
	clerks,
}: ClientOrder): Promise<ClientDone> {
	const suite = nativeSuite();
	const { election } = kenya46229(suite, stations);
	const own = [...election.stations.keys()].slice(first, first + captures).filter((_, place) => place % of === from);
	const lines = realistic ? REALISTIC_LINES : PERFECT_LINES;
	const done = await sendCaptures({
		suite,
		election,
		url,
		addresses,
		lines,
		clerks,
		stations: own,
		everyMs: everyMs * of,
	});
	const { ledger, askedAgain, ...plain } = done;
	return { ...plain, askedAgain: [...askedAgain], endings: [...ledger.endings()], faults: ledger.faults() };
}
