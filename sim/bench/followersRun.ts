/**
 * A thousand people who follow live while captures come in: what they cost the server, and what they cost those who send. The same captures come in without them first.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dataPath } from '@matokeo/portal/site/paths.ts';
import { loopbackAddresses } from '@matokeo/rehearsal/http/connection.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { type ClientDone, runClients } from '../src/load/clients.ts';
import { enrolOver } from '../src/load/enrolling.ts';
import type { Followed, Following } from '../src/load/followers.ts';
import { ordered } from '../src/load/ordered.ts';
import { percentilesOf } from '../src/load/percentiles.ts';
import { type LoadServer, startServer } from '../src/load/server.ts';
import { KENYA_2022, kenya46229 } from '../src/synthetic/kenya46229.ts';
import type { Line } from './measure.ts';

const FOLLOWERS = 1_000;
const EVERY_MS = 5_000;
const PER_SECOND = 50;
const SECONDS = 40;
const CLERKS = 3;
const PROGRAM = fileURLToPath(new URL('../src/load/followersProcess.ts', import.meta.url));

export async function benchFollowers(): Promise<readonly Line[]> {
	const suite = nativeSuite();
	const dir = mkdtempSync(join(tmpdir(), 'matokeo-followers-'));
	const { stations } = KENYA_2022;
	const { election } = kenya46229(suite);
	const server = await startServer(dir, stations);
	try {
		const addresses = loopbackAddresses(server.url);
		const captures = PER_SECOND * SECONDS;
		const everybody = [...election.stations.keys()].slice(0, 2 * captures);
		await enrolOver(server.url, addresses, suite, election, everybody, CLERKS);
		const paths = [...election.contests.keys()].map((contest) => `/${dataPath({ data: 'pulse', contest })}`);
		const following: Omit<Following, 'chance'> = {
			url: server.url,
			addresses,
			followers: FOLLOWERS,
			everyMs: EVERY_MS,
			milliseconds: SECONDS * 1000,
			paths,
		};
		const order = {
			url: server.url,
			stations,
			clerks: CLERKS,
			of: 1,
			addresses,
			realistic: false,
			everyMs: 1000 / PER_SECOND,
		};
		const alone = await metered(server, () => runClients({ ...order, first: 0, captures }));
		const together = await metered(server, () =>
			Promise.all([runClients({ ...order, first: captures, captures }), ordered<Followed>(PROGRAM, following)]),
		);
		const [sent, followed] = together.result;
		return linesOf(alone.result, sent, followed, { alone: alone.cpuMs, together: together.cpuMs });
	} finally {
		await server.close();
		rmSync(dir, { recursive: true });
	}
}

async function metered<T>(
	server: LoadServer,
	work: () => Promise<T>,
): Promise<{ readonly result: T; readonly cpuMs: number }> {
	const before = await server.processCost();
	const result = await work();
	return { result, cpuMs: (await server.processCost()).cpuMs - before.cpuMs };
}

function linesOf(
	alone: ClientDone,
	sent: ClientDone,
	followed: Followed,
	cpu: { readonly alone: number; readonly together: number },
): readonly Line[] {
	const how = `${FOLLOWERS} followers on connections of their own ask for pulse.json every ${EVERY_MS / 1000} s with If-None-Match, ${PER_SECOND} captures/s come in with images over perfect lines, ${SECONDS} s`;
	const answered = percentilesOf(followed.times);
	const failed = followed.failed.reduce((sum, [, count]) => sum + count, 0);
	if (failed > 0) process.stderr.write(`followers that were not answered: ${JSON.stringify(followed.failed)}\n`);
	const ms = (name: string, value: number): Line => ({ name: `followers: ${name}`, value, unit: 'milliseconds', how });
	const count = (name: string, value: number): Line => ({ name: `followers: ${name}`, value, unit: 'count', how });
	return [
		count('answers per second', answered.count / SECONDS),
		count('not answered', failed),
		count('unchanged, per cent of answers', (followed.unchanged * 100) / answered.count),
		count('bytes per changed answer', followed.bytes / Math.max(1, followed.changed)),
		ms('answer, p50', answered.p50),
		ms('answer, p99', answered.p99),
		count('server, per cent of one processor without followers', cpu.alone / (SECONDS * 10)),
		count('server, per cent of one processor with followers', cpu.together / (SECONDS * 10)),
		count('server, CPU-ms per answer', (cpu.together - cpu.alone) / answered.count),
		ms('time to receipt without followers, p99', percentilesOf(alone.toReceipt).p99),
		ms('time to receipt with followers, p99', percentilesOf(sent.toReceipt).p99),
	];
}
