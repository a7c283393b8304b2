/**
 * The server of a load run, as a process of its own: real SQLite on disk, real HTTP on a free port of the loopback network, the limits that it ships with unless it is told to lift that of requests by address. It tells its parent where it
 * listens and, whenever it is asked, what it has cost so far; it ends when it is told to, or when its parent is gone.
 */
import { rehearsalKey } from '@matokeo/rehearsal/keys.ts';
import { jsonLogger } from '@matokeo/server/http/logging.ts';
import { openServer } from '@matokeo/server/main/openServer.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { kenya46229 } from '../synthetic/kenya46229.ts';
import type { FromServer, ProcessCost, ToServer } from './serverMessages.ts';

const [dir = '', stations = '', ratesLifted = '', ...addresses] = process.argv.slice(2);
const witnesses = new Map(
	addresses.flatMap((name, i) => (i % 2 === 0 ? [[name, addresses[i + 1] ?? ''] as const] : [])),
);
/** For a generator of requests that has only one address. */
const NO_RATE = { perSecond: 1_000_000, burst: 1_000_000 };
const suite = nativeSuite();
const { election, files } = kenya46229(suite, Number(stations));
const { name, keyId, sign } = rehearsalKey(suite, election.id, election.log.key.name);
const server = await openServer({
	dir,
	suite,
	election,
	packageFiles: files,
	signer: { name, keyId, sign },
	clock: () => Math.floor(Date.now() / 1000),
	port: 0,
	witnesses,
	books: { start: {}, configuration: {} },
	logger: jsonLogger((line) => void process.stderr.write(line), 'error'),
	...(ratesLifted === '' ? {} : { limits: { addressRequests: NO_RATE } }),
});

function say(message: FromServer): void {
	process.send?.(message);
}

const told = new Promise<void>((resolve) => {
	process.on('message', (message: ToServer) => {
		if (message.kind === 'close') resolve();
		else say({ kind: 'cost', number: message.number, cost: costOf() });
	});
});
process.on('disconnect', () => process.exit());
say({ kind: 'listening', url: server.url });
await told;
await server.close();
process.disconnect();

function costOf(): ProcessCost {
	const { user, system } = process.cpuUsage();
	const { rss, heapUsed } = process.memoryUsage();
	return { cpuMs: (user + system) / 1000, residentBytes: rss, heapBytes: heapUsed };
}
