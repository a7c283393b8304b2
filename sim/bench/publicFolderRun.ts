/**
 * Requests per second of the published folder under Debian's nginx, beside the server's own answers to the same paths. nginx is the floor.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataPath, pagePath } from '@matokeo/portal/site/paths.ts';
import { rehearsalKey } from '@matokeo/rehearsal/keys.ts';
import { openLog } from '@matokeo/server/app/openLog.ts';
import { pagePublisher } from '@matokeo/server/publish/pages.ts';
import { openSqliteStore } from '@matokeo/server/storage/sqliteStore.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { captureBatches } from '../src/load/batches.ts';
import { type Hammered, hammer } from '../src/load/hammer.ts';
import { startNginx } from '../src/load/nginx.ts';
import { startServer } from '../src/load/server.ts';
import { kenya46229 } from '../src/synthetic/kenya46229.ts';
import type { Line } from './measure.ts';

/** An election small enough to be published whole in seconds; what one file costs does not depend on how many there are. */
const STATIONS = 1_000;
const CAPTURES = 800;
const SECONDS = 8;

export async function benchPublicFolder(): Promise<readonly Line[]> {
	const dir = mkdtempSync(join(tmpdir(), 'matokeo-public-'));
	const scratch = join(dir, 'scratch');
	mkdirSync(scratch);
	const kinds = await publishedIn(dir);
	const nginx = await startNginx(join(dir, 'public'), scratch);
	const server = await startServer(dir, STATIONS, { ratesLifted: true });
	try {
		const lines: Line[] = [];
		for (const [kind, paths] of kinds) {
			const own = await hammer(server.url, paths, SECONDS, scratch);
			if (own.failed > 0) throw new Error(`the server refused ${own.failed} requests for ${kind}`);
			const theirs = nginx === undefined ? undefined : await hammer(nginx.url, paths, SECONDS, scratch);
			if (theirs !== undefined && theirs.failed > 0)
				throw new Error(`nginx refused ${theirs.failed} requests for ${kind}`);
			lines.push(...linesOf(kind, own, theirs, nginx?.version ?? 'no nginx on this machine'));
		}
		return lines;
	} finally {
		await server.close();
		await nginx?.close();
		rmSync(dir, { recursive: true });
	}
}

/** Kind of file → paths of which each is asked for in turn. */
async function publishedIn(dir: string): Promise<readonly (readonly [string, readonly string[]])[]> {
	const suite = nativeSuite();
	const { election, files } = kenya46229(suite, STATIONS);
	const { name, keyId, sign } = rehearsalKey(suite, election.id, election.log.key.name);
	const store = openSqliteStore(join(dir, 'matokeo.sqlite'));
	const clock = () => Math.floor(Date.now() / 1000);
	const log = openLog({ dir, suite, election, packageFiles: files, store, signer: { name, keyId, sign }, clock });
	await (await captureBatches(suite, election, log)).next(CAPTURES);
	log.publishResults();
	await pagePublisher({ record: log.record, dir: join(dir, 'public'), live: true }).publish();
	log.close();
	const [contest = ''] = election.contests.keys();
	const stations = [...election.stations.keys()].slice(0, 200);
	return [
		['station pages', stations.map((station) => `/${pagePath('en', { page: 'station', station })}`)],
		['a contest page', [`/${pagePath('en', { page: 'contest', contest })}`]],
		['pulse.json and checkpoint', [`/${dataPath({ data: 'pulse', contest })}`, '/checkpoint']],
		['full tiles', ['/tile/0/000', '/tile/entries/000']],
	];
}

function linesOf(kind: string, own: Hammered, nginx: Hammered | undefined, version: string): readonly Line[] {
	const how = `${own.by} over 32 kept connections for ${SECONDS} s each, uncompressed; ${version}, one worker`;
	const count = (name: string, value: number): Line => ({
		name: `public: ${kind}, ${name}`,
		value,
		unit: 'count',
		how,
	});
	const ours = [
		count("server's own, requests/s", own.perSecond),
		{ name: `public: ${kind}, server's own, p99`, value: own.p99, unit: 'milliseconds', how } as const,
	];
	if (nginx === undefined) return ours;
	return [
		count('nginx, requests/s', nginx.perSecond),
		...ours,
		{ name: `public: ${kind}, server's own ÷ nginx`, value: own.perSecond / nginx.perSecond, unit: 'ratio', how },
	];
}
