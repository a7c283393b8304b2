/** A server that keeps books, killed by its parent at any moment: its clock runs so fast that a day passes in some tens of milliseconds, so that kills meet periods being closed and their digests being said; or stopped in order by SIGTERM. */
import { writeSync } from 'node:fs';
import { openServer } from '@matokeo/server/main/openServer.ts';
import { election, enrolment, opening, packageFiles, signer, suite } from '@matokeo/server/testing/world.ts';

/** Of the server's clock, in a millisecond of ours. */
const SECONDS_PER_MS = 2_000;

const [, , dir = '', begins = ''] = process.argv;
const from = Number(/^[0-9]{1,12}$/.exec(begins)?.[0]);
const started = performance.now();

const server = await openServer({
	dir,
	suite,
	election,
	packageFiles,
	signer,
	clock: () => from + Math.floor((performance.now() - started) * SECONDS_PER_MS),
	port: 0,
	books: { start: { version: 'killed' }, configuration: { port: 0 }, flushMs: 1, partBytesMax: 4_000 },
});
await server.service.submit([opening().bytes, enrolment().bytes]);
let stopping = false;
process.once('SIGTERM', () => {
	stopping = true;
});
writeSync(1, 'opened\n');
while (!stopping) await fetch(`${server.url}/none`, { method: 'POST' }).then((response) => response.arrayBuffer());
await server.close();
