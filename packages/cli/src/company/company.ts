/**
 * Who stands beside the demo's server: four witnesses of its package and a mirror, each a process of its own that somebody may kill. In a rehearsal that plays another day, witnesses keep that day's time, out of a file.
 */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RehearsalClock } from '@matokeo/rehearsal/play/clock.ts';
import { freePort } from '../serve/freePort.ts';
import { type Child, startChild } from './child.ts';

export interface Party {
	readonly name: string;
	readonly url: string;
	readonly pid: number;
}

export interface Company {
	readonly witnesses: readonly Party[];
	/** Starts the mirror of a server that is up; it verifies everything from the beginning. */
	readonly mirror: (url: string, anchor: string) => Promise<Party | undefined>;
	readonly close: () => Promise<void>;
}

/** Any three of them are a quorum of the demo's package, in which the parties are one voice. */
const NAMES = ['witness/court', 'witness/observers', 'witness/newsroom', 'witness/cc'] as const;
const HOST = '127.0.0.1';
const PORTS_TRIED = 100;
/** One that is not up by then is not waited for. */
const UP_MS_MAX = 30_000;

/** `dir`: a folder of theirs. `from`: the first port that they may take. Those that do not come up are left out. */
export async function startCompany(dir: string, packageDir: string, from: number): Promise<Company> {
	mkdirSync(dir, { recursive: true });
	const children: Child[] = [];
	let next = from;
	const up = async (name: string, words: (port: string) => readonly string[]): Promise<Party | undefined> => {
		const port = (await freePort(HOST, next, PORTS_TRIED)) ?? 0;
		next = port + 1;
		const child = startChild(name, words(String(port)));
		children.push(child);
		if (port === 0 || !(await child.says(/http:\/\/127\.0\.0\.1:[0-9]+\//, UP_MS_MAX))) return undefined;
		return { name, url: `http://${HOST}:${port}`, pid: child.pid };
	};
	const witnesses: Party[] = [];
	for (const name of NAMES) {
		const state = join(dir, name.replace('/', '-'));
		const own = [
			'--package',
			packageDir,
			'--rehearsal-key',
			name,
			'--state',
			state,
			'--rehearsal-clock',
			clockFile(dir),
		];
		const party = await up(name, (port) => ['witness', ...own, '--port', port]);
		if (party !== undefined) witnesses.push(party);
	}
	return {
		witnesses,
		mirror: (url, anchor) =>
			up('mirror', (port) => {
				const own = ['--anchor', anchor, '--name', 'a newsroom', '--rehearsal-key', 'mirror/newsroom'];
				return ['mirror', url, join(dir, 'mirror'), ...own, '--port', port];
			}),
		close: async () => {
			await Promise.all(children.map((child) => child.stop()));
		},
	};
}

function clockFile(dir: string): string {
	return join(dir, 'clock');
}

/** The rehearsal's clock, written down for those who keep its time: whole under another name first, so that nobody reads half a number. */
export function writtenDown(clock: RehearsalClock, dir: string): RehearsalClock {
	mkdirSync(dir, { recursive: true });
	const write = (): void => {
		writeFileSync(`${clockFile(dir)}.new`, `${clock.now()}\n`);
		renameSync(`${clockFile(dir)}.new`, clockFile(dir));
	};
	write();
	return {
		now: clock.now,
		advance: (seconds) => {
			clock.advance(seconds);
			write();
		},
	};
}
