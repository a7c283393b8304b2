/**
 * The load of an election night: 46,229 stations' captures at 200/s over realistic lines, against a server in a process of its own. What is printed beside the table says how each ended.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { loopbackAddresses } from '@matokeo/rehearsal/http/connection.ts';
import { ENDINGS } from '@matokeo/rehearsal/http/ledger.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { type ClientDone, runClients } from '../src/load/clients.ts';
import { enrolOver } from '../src/load/enrolling.ts';
import { percentilesOf } from '../src/load/percentiles.ts';
import { type LoadServer, startServer } from '../src/load/server.ts';
import { KENYA_2022, kenya46229 } from '../src/synthetic/kenya46229.ts';
import type { Line } from './measure.ts';
import { type OtherEnd, otherEnd } from './otherEnd.ts';

const PER_SECOND = 200;
const SHORT_SECONDS = 75;
const CLIENTS = 2;
const CLERKS = 60;
const SAMPLE_MS = 2_000;

/** Both witnesses that the election names. */
const WITNESSES = ['witness/court', 'witness/news'];

export async function benchLoad(_demo: string, full: boolean): Promise<readonly Line[]> {
	return withWitnesses('load', full, []);
}

/** The same while two witnesses, each a process of its own, are asked to cosign as fast as the server asks. */
export async function benchLoadWitnessed(_demo: string, full: boolean): Promise<readonly Line[]> {
	const place = mkdtempSync(join(tmpdir(), 'matokeo-load-witnesses-'));
	const { files } = kenya46229(nativeSuite());
	for (const [path, bytes] of files) {
		mkdirSync(dirname(join(place, 'package', path)), { recursive: true });
		writeFileSync(join(place, 'package', path), bytes);
	}
	const ends: (readonly [string, OtherEnd])[] = [];
	for (const name of WITNESSES)
		ends.push([name, await otherEnd('witness', join(place, 'package'), name, join(place, name.replace('/', '-')))]);
	try {
		const lines = await withWitnesses(
			'load, witnessed',
			full,
			ends.map(([name, { url }]) => [name, url]),
		);
		const spent = await Promise.all(ends.map(([, end]) => end.cpuMs()));
		const how = 'from its start to the end of the run, opening the package of 46,229 stations included';
		return [...lines, { name: 'load, witnessed: CPU-ms of a witness', value: Math.max(...spent), unit: 'count', how }];
	} finally {
		for (const [, end] of ends) end.close();
		rmSync(place, { recursive: true });
	}
}

async function withWitnesses(
	title: string,
	full: boolean,
	witnesses: readonly (readonly [string, string])[],
): Promise<readonly Line[]> {
	const suite = nativeSuite();
	const dir = mkdtempSync(join(tmpdir(), 'matokeo-load-'));
	const { stations } = KENYA_2022;
	const captures = full ? stations : PER_SECOND * SHORT_SECONDS;
	const server = await startServer(dir, stations, { witnesses });
	try {
		const { election } = kenya46229(suite);
		const addresses = loopbackAddresses(server.url);
		const everybody = [...election.stations.keys()].slice(0, captures);
		await enrolOver(server.url, addresses, suite, election, everybody, CLERKS);
		const before = await server.cost();
		const memory = sampled(server);
		const order = {
			url: server.url,
			stations,
			clerks: CLERKS,
			of: CLIENTS,
			first: 0,
			captures,
			addresses,
			realistic: true,
		};
		const done = await runClients({ ...order, everyMs: 1000 / PER_SECOND });
		const after = await server.cost();
		tell(done);
		if (witnesses.length > 0) await tellWitnessed(server.url);
		const each = (a: number, b: number) => (b - a) / captures;
		const how = `${captures} captures at ${PER_SECOND}/s from ${CLIENTS} processes, each with an image of 5 kB; resends, duplicates, wrong stations, wrong clocks, lost answers and broken uploads as in REALISTIC_LINES`;
		const lines: readonly Line[] = [
			...timesOf(done, how),
			{
				name: 'load: server, CPU-ms per capture with image',
				value: each(before.cpuMs, after.cpuMs),
				unit: 'count',
				how,
			},
			{
				name: 'load: SQL statements per capture with image',
				value: each(before.sqlStatements, after.sqlStatements),
				unit: 'count',
				how,
			},
			{
				name: 'load: HTTP requests per capture with image',
				value: each(before.requests, after.requests),
				unit: 'count',
				how,
			},
			...(await memory.stop()).map((line) => ({ ...line, how })),
		];
		return lines.map((line): Line => ({ ...line, name: line.name.replace('load:', `${title}:`) }));
	} finally {
		await server.close();
		rmSync(dir, { recursive: true });
	}
}

/** How far the quorum has come, as the server itself says it. */
async function tellWitnessed(url: string): Promise<void> {
	const text = await (await fetch(`${url}/metrics`)).text();
	for (const line of text
		.split('\n')
		.filter((one) => /^matokeo_(witness_|cosignatures_total|cosignature_seconds_(sum|count))/.test(one)))
		process.stderr.write(`${line}\n`);
}

function timesOf(done: ClientDone, how: string): readonly Line[] {
	const at = percentilesOf(done.toReceipt);
	const unheard = percentilesOf(done.toReceiptUnheard);
	const behind = percentilesOf(done.behind);
	const ms = (name: string, value: number): Line => ({ name: `load: ${name}`, value, unit: 'milliseconds', how });
	return [
		{
			name: 'load: receipts per second while captures were due',
			value: (done.inTime * 1000) / done.dueMs,
			unit: 'count',
			goal: `${PER_SECOND}`,
			how,
		},
		ms('time to receipt, p50', at.p50),
		ms('time to receipt, p99', at.p99),
		ms('time to receipt, longest', at.most),
		ms('time to receipt after a lost answer, p50', unheard.p50),
		ms('time to receipt after a lost answer, p99', unheard.p99),
		ms('senders behind their own schedule, p99', behind.p99),
		{ name: 'load: ended otherwise than it should', value: done.faults.count, unit: 'count', goal: '0', how },
	];
}

/** Memory every other second; flat means that the last fifth is as the second. */
function sampled(server: LoadServer): { readonly stop: () => Promise<readonly Omit<Line, 'how'>[]> } {
	const samples: number[] = [];
	let going = true;
	const sampling = (async () => {
		while (going) {
			samples.push((await server.processCost()).residentBytes);
			await setTimeout(SAMPLE_MS);
		}
	})();
	return {
		stop: async () => {
			going = false;
			await sampling;
			const fifth = Math.max(1, Math.floor(samples.length / 5));
			const middle = (list: readonly number[]) => percentilesOf(list).p50;
			const late = middle(samples.slice(-fifth));
			return [
				{ name: 'load: server, most memory', value: Math.max(...samples), unit: 'bytes' },
				{
					name: 'load: memory in the last fifth ÷ in the second',
					value: late / middle(samples.slice(fifth, 2 * fifth)),
					unit: 'ratio',
					goal: 'flat: about 1',
				},
			];
		},
	};
}

function tell({ endings, faults, askedAgain, requests }: ClientDone): void {
	for (const [ending, count] of endings) process.stderr.write(`${String(count).padStart(9)}  ${ENDINGS[ending]}\n`);
	process.stderr.write(`${String(requests).padStart(9)}  requests\n`);
	for (const [why, count] of askedAgain) process.stderr.write(`${String(count).padStart(9)}  asked again: ${why}\n`);
	if (faults.count === 0) return;
	process.stderr.write(`${faults.count} ended OTHERWISE than they should:\n${faults.first.join('\n')}\n`);
	process.exitCode = 1;
}
