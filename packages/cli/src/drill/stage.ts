/**
 * The stage of a drill: a server, four witnesses and a mirror, each a process of its own beside a rehearsal, and what one asks of them to see how they stand. What is asked for and does not come is
 * noted as a fault of the drill; nothing is taken for granted.
 */
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { type Child, startChild } from '../company/child.ts';
import type { Output } from '../output.ts';
import type { Stopping } from '../serve/stopping.ts';

export const HOST = '127.0.0.1';
/** Any three of them are a quorum; the parties are one voice, and one of them is here. */
export const WITNESSES = ['witness/court', 'witness/observers', 'witness/newsroom', 'witness/cc'] as const;
export type WitnessName = (typeof WITNESSES)[number];

/** Where everything listens. */
export interface Ports {
	readonly server: number;
	readonly mirror: number;
	readonly witnesses: Readonly<Record<WitnessName, number>>;
	/** For the second server and the second mirror of the split view. */
	readonly otherServer: number;
	readonly otherMirror: number;
}

export interface Stage {
	readonly out: Output;
	/** Everything lies below this folder. */
	readonly dir: string;
	readonly anchor: string;
	readonly ports: Ports;
	readonly children: Map<string, Child>;
	/** What did not come as expected. */
	readonly faults: string[];
	readonly stopping: Stopping;
	/** Milliseconds that a person needs to look at a page; 0: nobody looks. */
	readonly lookMs: number;
}

/** How long a party may take to notice: most take a second, and a quorum is called away after a minute. */
const NOTICE_MS_MAX = 120_000;
const LOOK_EVERY_MS = 250;

export function say({ out }: Stage, text: string): void {
	out.stdout(`${text}\n`);
}

/** Says what was expected, and whether it came. */
export async function expectThat(stage: Stage, what: string, holds: () => Promise<boolean>): Promise<void> {
	const until = performance.now() + NOTICE_MS_MAX;
	let is = await holds();
	while (!is && !stage.stopping.isAsked() && performance.now() < until) {
		await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
		is = await holds();
	}
	stage.out.stdout(`  ${is ? 'as expected' : 'NOT AS EXPECTED'}: ${what}\n`);
	if (!is) stage.faults.push(what);
}

export const serverUrl = ({ ports }: Stage): string => `http://${HOST}:${ports.server}`;
export const mirrorUrl = ({ ports }: Stage): string => `http://${HOST}:${ports.mirror}`;

export async function startServer(stage: Stage): Promise<Child> {
	const { dir, ports } = stage;
	const words = WITNESSES.flatMap((name) => ['--witness', `${name}=http://${HOST}:${ports.witnesses[name]}`]);
	return start(stage, 'server', ['serve', join(dir, 'server'), '--port', String(ports.server), ...words]);
}

export async function startWitness(stage: Stage, name: WitnessName): Promise<Child> {
	const { dir, ports } = stage;
	const state = join(dir, name.replace('/', '-'));
	const port = String(ports.witnesses[name]);
	const words = [
		'--package',
		join(dir, 'server', 'package'),
		'--rehearsal-key',
		name,
		'--state',
		state,
		'--port',
		port,
	];
	return start(stage, name, ['witness', ...words]);
}

export async function startMirror(stage: Stage): Promise<Child> {
	const { dir, anchor, ports } = stage;
	const words = ['--anchor', anchor, '--name', 'a newsroom', '--rehearsal-key', 'mirror/newsroom', '--poll', '1'];
	return start(stage, 'mirror', [
		'mirror',
		serverUrl(stage),
		join(dir, 'mirror'),
		'--port',
		String(ports.mirror),
		...words,
	]);
}

/** Starts it and waits until it says where it is. One that does not come up ends the drill. */
export async function start(stage: Stage, name: string, words: readonly string[]): Promise<Child> {
	const child = startChild(name, words);
	stage.children.set(name, child);
	if (await child.says(/http:\/\/127\.0\.0\.1:[0-9]+\//)) return child;
	throw new Error(`${name} did not come up:\n${child.said()}`);
}

/** A witness that lies: to every checkpoint it claims to have seen a larger log. */
export function startLiar({ ports }: Stage, name: WitnessName): Promise<Server> {
	const server = createServer((request, response) => {
		request.resume();
		if (request.method !== 'POST') response.writeHead(404).end();
		else response.writeHead(409, { 'content-type': 'text/x.tlog.size' }).end('999999\n');
	});
	return new Promise((resolve) => server.listen(ports.witnesses[name], HOST, () => resolve(server)));
}

export async function sizeAt(url: string): Promise<number> {
	const text = await fetch(`${url}/checkpoint`, { signal: AbortSignal.timeout(5_000) })
		.then((response) => response.text())
		.catch(() => '');
	const [, size = ''] = text.split('\n');
	return /^[0-9]{1,15}$/.test(size) ? Number(size) : -1;
}

export async function stopAll({ children }: Stage): Promise<void> {
	for (const child of [...children.values()].reverse()) await child.stop();
}
