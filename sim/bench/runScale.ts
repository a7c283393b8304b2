/**
 * Growing to a million statements: what one costs there against what it cost at 100,000, and the memory that verifying all of it takes.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rehearsalKey } from '@matokeo/rehearsal/keys.ts';
import { inProcess } from '@matokeo/rehearsal/play/inProcess.ts';
import type { OpenedLog } from '@matokeo/server/app/openedLog.ts';
import { openLog } from '@matokeo/server/app/openLog.ts';
import { openSqliteStore } from '@matokeo/server/storage/sqliteStore.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { syntheticElection } from '../src/synthetic/election.ts';
import { playSynthetic } from '../src/synthetic/play.ts';
import type { Line } from './measure.ts';
import { spentBy } from './parts.ts';

const STATIONS = 41_667;
const CONTESTS = 6;
const TIME = 1_600_000_000;
const EARLY = 100_000;
const LATE = 1_000_000;
/** How many statements before each mark are averaged. */
const WINDOW = 50_000;

export async function benchScale(): Promise<readonly Line[]> {
	const suite = nativeSuite();
	const dir = mkdtempSync(join(tmpdir(), 'matokeo-scale-'));
	const { election, files } = syntheticElection(suite, STATIONS, CONTESTS);
	const store = openSqliteStore(join(dir, 'matokeo.sqlite'));
	const { name, keyId, sign } = rehearsalKey(suite, election.id, election.log.key.name);
	const log = openLog({
		dir,
		suite,
		election,
		packageFiles: files,
		store,
		signer: { name, keyId, sign },
		clock: () => TIME,
	});
	const meter = metered(log);
	await playSynthetic(suite, election, inProcess(meter.log));
	log.close();
	const growth = meter.costBefore(LATE) / meter.costBefore(EARLY);
	for (let size = EARLY; size <= LATE; size += EARLY)
		process.stderr.write(`before ${size}: ${(1000 * meter.costBefore(size)).toFixed(1)} µs per statement\n`);
	process.stderr.write(`cost per statement at ${LATE} ÷ at ${EARLY}: ${growth.toFixed(3)}\n`);
	const { peak } = spentBy('verify', join(dir, 'public'), '--anchor', election.digest, '--json');
	rmSync(dir, { recursive: true });
	const how = `${STATIONS} stations × ${CONTESTS} contests through the whole pipeline; the ${WINDOW} statements before each mark, processor time in the log alone`;
	return [
		{
			name: 'cost per statement at 1,000,000 ÷ at 100,000',
			value: growth,
			unit: 'ratio',
			goal: 'flat: about 1',
			how,
		},
		{
			name: 'verifier, peak memory at 1,000,000 statements',
			value: peak,
			unit: 'bytes',
			goal: '< 700 MB',
			how: 'VmHWM of the whole process with its workers',
		},
	];
}

/** The same log, with the processor time spent in it noted against its size: what the machine does beside it disturbs that least. */
function metered(log: OpenedLog): { readonly log: OpenedLog; readonly costBefore: (size: number) => number } {
	const samples: { readonly size: number; readonly statements: number; readonly milliseconds: number }[] = [];
	const note = <T>(work: () => T): T => {
		const before = log.size();
		const began = process.cpuUsage();
		const result = work();
		const { user, system } = process.cpuUsage(began);
		samples.push({ size: log.size(), statements: log.size() - before, milliseconds: (user + system) / 1000 });
		return result;
	};
	return {
		log: {
			...log,
			append: (notes) => note(() => log.append(notes)),
			announceHeld: (which) => note(() => log.announceHeld(which)),
			openReadings: () => note(() => log.openReadings()),
		},
		costBefore: (size) => {
			const window = samples.filter((sample) => sample.size <= size && sample.size > size - WINDOW);
			const statements = window.reduce((sum, sample) => sum + sample.statements, 0);
			if (statements === 0) throw new Error(`the log never was at ${size} statements`);
			return window.reduce((sum, sample) => sum + sample.milliseconds, 0) / statements;
		},
	};
}
