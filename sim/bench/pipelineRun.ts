/**
 * What a form costs the server over the whole pipeline, in batches and one by one: processor time, SQL statements, HTTP requests. The floor is the same forms through the same log in this
 * process, without HTTP. Tally-Ho's figures, for the same pipeline on a like machine, are cited beside ours.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { loopbackAddresses } from '@matokeo/rehearsal/http/connection.ts';
import { httpLog } from '@matokeo/rehearsal/http/httpLog.ts';
import { reportOf } from '@matokeo/rehearsal/http/overLines.ts';
import { rehearsalKey } from '@matokeo/rehearsal/keys.ts';
import { inProcess } from '@matokeo/rehearsal/play/inProcess.ts';
import type { RehearsalLog } from '@matokeo/rehearsal/play/port.ts';
import type { OpenedLog } from '@matokeo/server/app/openedLog.ts';
import { openLog } from '@matokeo/server/app/openLog.ts';
import { openSqliteStore } from '@matokeo/server/storage/sqliteStore.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { playPipeline } from '../src/load/pipeline.ts';
import { startServer } from '../src/load/server.ts';
import type { Synthetic } from '../src/synthetic/election.ts';
import { KENYA_2022, kenya46229 } from '../src/synthetic/kenya46229.ts';
import type { Line } from './measure.ts';

const CLERKS = 60;
/** Forms, and how many of them go together. */
const BATCHED = { forms: 2_000, wave: 500 };
const ONE_BY_ONE = { forms: 500, wave: 100 };

interface PerForm {
	readonly cpuMs: number;
	readonly sql: number;
	readonly requests: number;
}

export async function benchPipeline(_demo: string, full: boolean): Promise<readonly Line[]> {
	const suite = nativeSuite();
	const synthetic = kenya46229(suite);
	const times = full ? 4 : 1;
	const batched = { ...BATCHED, forms: BATCHED.forms * times };
	const single = { ...ONE_BY_ONE, forms: ONE_BY_ONE.forms * times };
	const floor = await costInProcess(suite, synthetic, batched);
	return [
		...linesOf('in batches', batched, await costOverHttp(suite, synthetic, batched, true), floor),
		...linesOf('one by one', single, await costOverHttp(suite, synthetic, single, false), floor),
	];
}

type Forms = typeof BATCHED;

function linesOf(name: string, { forms, wave }: Forms, cost: PerForm, floor: number): readonly Line[] {
	const how = `${forms} forms in waves of ${wave}: capture, image, two readings, opening, third reading and ruling where needed; server in its own process, ${name}`;
	const line = (what: string, value: number, theirs: string): Line => ({
		name: `pipeline ${name}: ${what} per form`,
		value,
		unit: 'count',
		goal: `Tally-Ho, as published: ${theirs}`,
		how,
	});
	return [
		line('server CPU-ms', cost.cpuMs, '590'),
		line('SQL statements', cost.sql, '772'),
		line('HTTP requests', cost.requests, '33'),
		{ name: `pipeline ${name}: CPU ÷ in process without HTTP`, value: cost.cpuMs / floor, unit: 'ratio', how },
	];
}

async function costOverHttp(suite: Suite, { election }: Synthetic, forms: Forms, batched: boolean): Promise<PerForm> {
	const dir = mkdtempSync(join(tmpdir(), 'matokeo-pipeline-'));
	const server = await startServer(dir, KENYA_2022.stations);
	const addresses = loopbackAddresses(server.url);
	const log = httpLog(server.url, { suite, election, addresses, batched, ...(batched ? {} : { parallel: 1 }) });
	try {
		let before = await server.cost();
		await playPipeline({ suite, election, clerks: CLERKS, ...forms }, log, async () => {
			before = await server.cost();
		});
		const after = await server.cost();
		await log.audit();
		if (log.ledger.faults().count > 0) {
			process.stderr.write(reportOf(log.ledger, `${log.requests()} requests`));
			process.exitCode = 1;
		}
		const each = (a: number, b: number) => (b - a) / forms.forms;
		return {
			cpuMs: each(before.cpuMs, after.cpuMs),
			sql: each(before.sqlStatements, after.sqlStatements),
			requests: each(before.requests, after.requests),
		};
	} finally {
		log.close();
		await server.close();
		rmSync(dir, { recursive: true });
	}
}

/** Milliseconds of processor time per form in the log alone, nothing else. */
async function costInProcess(suite: Suite, { election, files }: Synthetic, forms: Forms): Promise<number> {
	const dir = mkdtempSync(join(tmpdir(), 'matokeo-floor-'));
	const { name, keyId, sign } = rehearsalKey(suite, election.id, election.log.key.name);
	const store = openSqliteStore(join(dir, 'matokeo.sqlite'));
	const signer = { name, keyId, sign };
	const clock = () => Math.floor(Date.now() / 1000);
	const log: OpenedLog = openLog({ dir, suite, election, packageFiles: files, store, signer, clock });
	const metered = meteredLog(inProcess(log));
	try {
		await playPipeline({ suite, election, clerks: CLERKS, ...forms }, metered.log, async () => metered.begin());
		return metered.milliseconds() / forms.forms;
	} finally {
		log.close();
		rmSync(dir, { recursive: true });
	}
}

function meteredLog(log: RehearsalLog) {
	let spent = 0;
	const meter = async <T>(work: () => Promise<T>): Promise<T> => {
		const began = process.cpuUsage();
		const result = await work();
		const { user, system } = process.cpuUsage(began);
		spent += (user + system) / 1000;
		return result;
	};
	return {
		begin: () => {
			spent = 0;
		},
		milliseconds: () => spent,
		log: {
			...log,
			append: (leaves: readonly Uint8Array[]) => meter(() => log.append(leaves)),
			hold: (images: readonly Uint8Array[]) => meter(() => log.hold(images)),
			announce: () => meter(() => log.announce()),
			open: () => meter(() => log.open()),
		} satisfies RehearsalLog,
	};
}
