/**
 * Starts the server of a load run beside us, asks what it costs, stops it.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { connect } from '@matokeo/rehearsal/http/connection.ts';
import type { FromServer, ProcessCost, ToServer } from './serverMessages.ts';

export interface Cost extends ProcessCost {
	readonly sqlStatements: number;
	/** HTTP requests answered, those of this question not among them. */
	readonly requests: number;
}

export interface LoadServer {
	readonly url: string;
	readonly pid: number;
	readonly cost: () => Promise<Cost>;
	/** The same without asking over HTTP. */
	readonly processCost: () => Promise<ProcessCost>;
	readonly close: () => Promise<void>;
}

const PROGRAM = fileURLToPath(new URL('serverProcess.ts', import.meta.url));

export interface LoadServerOptions {
	/** One address may ask as often as it likes. */
	readonly ratesLifted?: boolean;
	/** The policy's name of each witness, and where it is reached. */
	readonly witnesses?: readonly (readonly [name: string, url: string])[];
}

export async function startServer(
	dir: string,
	stations: number,
	{ ratesLifted = false, witnesses = [] }: LoadServerOptions = {},
): Promise<LoadServer> {
	const given = [dir, String(stations), ratesLifted ? 'rates-lifted' : '', ...witnesses.flat()];
	const child = fork(PROGRAM, given, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
	const waiting = new Map<number, (cost: ProcessCost) => void>();
	let numbers = 0;
	let asked = 0;
	const url = await listening(child, (number, cost) => waiting.get(number)?.(cost));
	const connection = connect(url, 1);
	const say = (message: ToServer): void => void child.send(message);
	const processCost = (): Promise<ProcessCost> =>
		new Promise((resolve) => {
			const number = numbers++;
			waiting.set(number, resolve);
			say({ kind: 'cost', number });
		});
	return {
		url,
		pid: child.pid ?? 0,
		processCost,
		cost: async () => {
			const came = await connection.send({ method: 'GET', path: '/metrics' });
			if (came?.status !== 200) throw new Error(`GET /metrics answered ${came?.status}`);
			const text = Buffer.from(came.body).toString('utf8');
			const requests = sumOf(text, 'matokeo_requests_total') - asked++;
			return { ...(await processCost()), sqlStatements: sumOf(text, 'matokeo_sql_statements'), requests };
		},
		close: async () => {
			connection.close();
			const gone = once(child, 'exit');
			say({ kind: 'close' });
			await gone;
		},
	};
}

function listening(child: ChildProcess, heard: (number: number, cost: ProcessCost) => void): Promise<string> {
	return new Promise((resolve, reject) => {
		child.on('exit', (code) => reject(new Error(`the server of the load run ended with ${code}`)));
		child.on('message', (message: FromServer) => {
			if (message.kind === 'listening') resolve(message.url);
			else heard(message.number, message.cost);
		});
	});
}

/** All samples of one name in Prometheus' text format, added up. */
function sumOf(text: string, name: string): number {
	const samples = text.matchAll(new RegExp(`^${name}(?:\\{[^}]*\\})? ([0-9.e+]+)$`, 'gm'));
	return [...samples].reduce((sum, [, value]) => sum + Number(value), 0);
}
