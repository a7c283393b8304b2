/**
 * A mirror that is far behind: how long it takes to catch up over real HTTP, against `verify` of the very folder that it then has, in the same run. By the clock and by processor time. Images are left out of both: they are the
 * line's business.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rehearsalKey } from '@matokeo/rehearsal/keys.ts';
import { inProcess } from '@matokeo/rehearsal/play/inProcess.ts';
import { openLog } from '@matokeo/server/app/openLog.ts';
import { openSqliteStore } from '@matokeo/server/storage/sqliteStore.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { syntheticElection } from '../src/synthetic/election.ts';
import { playSynthetic } from '../src/synthetic/play.ts';
import { serving } from '../test/lib/server.ts';
import { type Line, median } from './measure.ts';
import { type Spent, spentBy } from './parts.ts';

const BEHIND = 100_000;
const CONTESTS = 6;
/** A form is captured, held with others, read twice and opened. */
const STATEMENTS_PER_FORM = 4;
const TIME = 1_600_000_000;
const RUNS = 3;

/** `behind`: about so many statements; 100,000 unless told. */
export async function benchMirror(behind = BEHIND): Promise<readonly Line[]> {
	const dir = mkdtempSync(join(tmpdir(), 'matokeo-mirror-bench-'));
	const { size, digest } = await played(join(dir, 'log'), Math.ceil(behind / (CONTESTS * STATEMENTS_PER_FORM)));
	const server = await serving('serve', join(dir, 'log'), '--port', '0', '--log-level', 'error');
	const runs: { readonly mirror: Spent; readonly verify: Spent }[] = [];
	try {
		for (let run = 0; run < RUNS; run++) {
			const own = join(dir, `mirror-${run}`);
			const given = ['--anchor', digest, '--images', 'none', '--once'];
			const mirror = spentBy('mirror', `${server.url}/`, own, ...given);
			// Its images are missing, and it says so: that is 1.
			const verify = spentBy('verify', join(own, 'public'), '--anchor', digest, '--json', { ends: 1 });
			runs.push({ mirror, verify });
			process.stderr.write(
				`mirror ${(mirror.wall / 1000).toFixed(1)} s, verify ${(verify.wall / 1000).toFixed(1)} s\n`,
			);
			rmSync(own, { recursive: true });
		}
	} finally {
		await server.stop();
		rmSync(dir, { recursive: true });
	}
	return linesOf(size, runs);
}

function linesOf(size: number, runs: readonly { readonly mirror: Spent; readonly verify: Spent }[]): readonly Line[] {
	const of = (which: 'mirror' | 'verify', what: keyof Spent): number => median(runs.map((run) => run[which][what]));
	const how = `${size} statements behind, from a server on this machine over HTTP, whole commands with process start, no images; median of ${runs.length} runs`;
	return [
		{
			name: 'mirror catching up ÷ verify of what it has then, by the clock',
			value: of('mirror', 'wall') / of('verify', 'wall'),
			unit: 'ratio',
			how,
		},
		{
			name: 'the same, processor time',
			value: of('mirror', 'processor') / of('verify', 'processor'),
			unit: 'ratio',
			how,
		},
		{ name: 'mirror catching up, by the clock', value: of('mirror', 'wall') / 1000, unit: 'seconds', how },
		{ name: 'mirror catching up, processor time', value: of('mirror', 'processor') / 1000, unit: 'seconds', how },
		{ name: 'mirror catching up, peak memory', value: of('mirror', 'peak'), unit: 'bytes', how },
	];
}

async function played(dir: string, stations: number): Promise<{ readonly size: number; readonly digest: string }> {
	const suite = nativeSuite();
	mkdirSync(dir);
	const { election, files } = syntheticElection(suite, stations, CONTESTS);
	const { name, keyId, sign } = rehearsalKey(suite, election.id, election.log.key.name);
	const store = openSqliteStore(join(dir, 'matokeo.sqlite'));
	const signer = { name, keyId, sign };
	const log = openLog({ dir, suite, election, packageFiles: files, store, signer, clock: () => TIME });
	await playSynthetic(suite, election, inProcess(log));
	const size = log.size();
	log.close();
	return { size, digest: election.digest };
}
