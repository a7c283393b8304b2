/**
 * Publishing pages after a batch of 500 captures from 500 stations all over the country, in an election of 46,229 stations × 6 contests: early in the night, and when nearly all forms are
 * in. The floor is the same number of files of the same size written, renamed and nothing else.
 */
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rehearsalKey } from '@matokeo/rehearsal/keys.ts';
import { openLog } from '@matokeo/server/app/openLog.ts';
import { type PagesPublished, pagePublisher } from '@matokeo/server/publish/pages.ts';
import { openSqliteStore } from '@matokeo/server/storage/sqliteStore.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { type Batches, captureBatches } from '../src/load/batches.ts';
import { percentilesOf } from '../src/load/percentiles.ts';
import { kenya46229 } from '../src/synthetic/kenya46229.ts';
import type { Line } from './measure.ts';

const BATCH = 500;
/** Batches that are timed, early and late. */
const TIMED = 5;
/** Forms that are in before the late ones: a shorter run has a quarter of the first contest. */
const LATE_SHORT = 12_000;

interface Timed extends PagesPublished {
	readonly milliseconds: number;
	readonly cpuMs: number;
}

export async function benchPublish(_demo: string, full: boolean): Promise<readonly Line[]> {
	const suite = nativeSuite();
	const { election, files } = kenya46229(suite);
	const dir = mkdtempSync(join(tmpdir(), 'matokeo-publish-'));
	const { name, keyId, sign } = rehearsalKey(suite, election.id, election.log.key.name);
	const store = openSqliteStore(join(dir, 'matokeo.sqlite'));
	const clock = () => Math.floor(Date.now() / 1000);
	const log = openLog({ dir, suite, election, packageFiles: files, store, signer: { name, keyId, sign }, clock });
	const site = join(dir, 'public');
	const pages = pagePublisher({ record: log.record, dir: site, live: true });
	const timed = async (): Promise<Timed> => {
		const cpu = process.cpuUsage();
		const began = performance.now();
		const published = await pages.publish();
		const milliseconds = performance.now() - began;
		const { user, system } = process.cpuUsage(cpu);
		return { ...published, milliseconds, cpuMs: (user + system) / 1000 };
	};
	try {
		const batches: Batches = await captureBatches(suite, election, log);
		const whole = await timed();
		note('whole, nothing captured', whole);
		const early = await timedBatches(batches, timed);
		const late = full ? batches.forms - TIMED * BATCH : LATE_SHORT;
		while (batches.done() < late) await batches.next(Math.min(BATCH, late - batches.done()));
		note(`caught up after ${batches.done()} forms`, await timed());
		const last = await timedBatches(batches, timed);
		return linesOf(early, last, whole, writeFloor(site, last), batches.done());
	} finally {
		log.close();
		rmSync(dir, { recursive: true });
	}
}

async function timedBatches(batches: Batches, timed: () => Promise<Timed>): Promise<readonly Timed[]> {
	const all: Timed[] = [];
	for (let number = 0; number < TIMED; number++) {
		await batches.next(BATCH);
		const one = await timed();
		note(`after ${batches.done()} forms`, one);
		all.push(one);
	}
	return all;
}

function linesOf(
	early: readonly Timed[],
	late: readonly Timed[],
	whole: Timed,
	floorMs: number,
	forms: number,
): readonly Line[] {
	const middle = (list: readonly Timed[], of: (one: Timed) => number) => percentilesOf(list.map(of)).p50;
	const ms = (one: Timed) => one.milliseconds;
	const how = `batches of ${BATCH} captures from ${BATCH} stations, median of ${TIMED}; early after none, late after ${forms} forms`;
	return [
		{ name: 'publish: after a batch, early', value: middle(early, ms), unit: 'milliseconds', goal: '< 1000 ms', how },
		{ name: 'publish: after a batch, late', value: middle(late, ms), unit: 'milliseconds', goal: '< 1000 ms', how },
		{
			name: 'publish: processor time late ÷ early',
			value: middle(late, (one) => one.cpuMs) / middle(early, (one) => one.cpuMs),
			unit: 'ratio',
			goal: 'flat: about 1',
			how,
		},
		{
			name: 'publish: files of a batch, late',
			value: middle(late, ({ written, same }) => written + same),
			unit: 'count',
			how,
		},
		{ name: 'publish: late ÷ writing as many files', value: middle(late, ms) / floorMs, unit: 'ratio', how },
		{
			name: 'publish: whole site, once',
			value: whole.milliseconds / 1000,
			unit: 'seconds',
			how: `${whole.written} files`,
		},
	];
}

function note(when: string, { milliseconds, cpuMs, topics, written, same }: Timed): void {
	process.stderr.write(
		`publish ${when}: ${milliseconds.toFixed(0)} ms (${cpuMs.toFixed(0)} ms CPU), ${topics} topics, ${written} written, ${same} same\n`,
	);
}

/** Milliseconds for as many files of the size of a station's page, each written beside and renamed. */
function writeFloor(site: string, late: readonly Timed[]): number {
	const count = percentilesOf(late.map(({ written }) => written)).p50;
	const folder = join(site, 'en', 'station');
	const [page = ''] = readdirSync(folder);
	const body = Buffer.alloc(statSync(join(folder, page)).size, 'x');
	const floor = join(site, 'floor');
	mkdirSync(floor);
	const began = performance.now();
	for (let number = 0; number < count; number++) {
		writeFileSync(join(floor, 'temporary'), body);
		renameSync(join(floor, 'temporary'), join(floor, String(number)));
	}
	return performance.now() - began;
}
