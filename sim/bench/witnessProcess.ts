/**
 * The other end of the benchmark of witnessing, as a process of its own, so that its processor time is its own: a real witness of an election, or the floor, which verifies one signature, makes one, and
 * answers as many bytes. It tells its parent where it listens and, whenever it is asked, what it has cost so far.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { verifierKey } from '@matokeo/core/log/keys.ts';
import { contextOf } from '@matokeo/core/rules/context.ts';
import { trustOf } from '@matokeo/core/rules/witnessed.ts';
import { rehearsalKey } from '@matokeo/rehearsal/keys.ts';
import { openWitness } from '@matokeo/witness/witness/openWitness.ts';
import { partsOf } from './parts.ts';

const [mode = '', packageDir = '', name = '', dir = ''] = process.argv.slice(2);
const NO_RATE = { perSecond: 1_000_000, burst: 1_000_000 };
const { suite, election } = await partsOf(packageDir);
const { publicKey, sign } = rehearsalKey(suite, election.id, name);
const url = mode === 'floor' ? await floor() : await witness();

async function witness(): Promise<string> {
	const trust = trustOf(contextOf(suite, election));
	const { submission } = await openWitness({
		suite,
		signer: { key: verifierKey(suite, name, 4, publicKey), sign },
		logs: trust.logKeys.map((key) => ({ origin: trust.origin, key })),
		clock: () => Math.floor(Date.now() / 1_000),
		runBy: 'a benchmark',
		contact: 'nobody',
		dir,
		port: 0,
		limits: { addressRequests: NO_RATE, originCosignatures: NO_RATE },
	});
	return submission;
}

/** The first 64 bytes of a body are a signature over the rest, by this very key. */
async function floor(): Promise<string> {
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const body = Buffer.concat(chunks);
			const isTrue = suite.ed25519(publicKey, body.subarray(64), body.subarray(0, 64));
			response.writeHead(isTrue ? 200 : 403, { 'content-type': 'text/plain' });
			response.end(Buffer.concat([sign(body.subarray(64)), Buffer.alloc(40)]));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address: AddressInfo | string | null = server.address();
	if (address === null || typeof address === 'string') throw new Error('it listens on a port');
	return `http://127.0.0.1:${address.port}`;
}

process.on('message', () => {
	const { user, system } = process.cpuUsage();
	process.send?.({ cpuMs: (user + system) / 1_000 });
});
process.on('disconnect', () => process.exit());
process.send?.({ url });
