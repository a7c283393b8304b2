/**
 * What the benchmarks run on: the demo's folder, played once and kept, its package and the keys that the package names.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { loadElection } from '@matokeo/core/election/package.ts';
import type { Election } from '@matokeo/core/election/types.ts';
import { contextOf } from '@matokeo/core/rules/context.ts';
import { hexDecode } from '@matokeo/core/std/bytes.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { readPackageFolder } from '@matokeo/verifier/node/packageFolder.ts';

const MAIN = join(import.meta.dirname, '..', '..', 'packages', 'cli', 'src', 'main.ts');

export interface Parts {
	readonly suite: Suite;
	readonly election: Election;
	readonly packageFiles: ReadonlyMap<string, Uint8Array>;
	/** Name → 32 bytes. */
	readonly packageKeys: ReadonlyMap<string, Uint8Array>;
}

export async function partsOf(packageDir: string): Promise<Parts> {
	const suite = nativeSuite();
	const { files } = await readPackageFolder(packageDir);
	const election = loadElection(suite, files);
	if (!election.ok) throw new Error(`the package ${packageDir} has problems`);
	const { packageKeys } = contextOf(suite, election.value);
	const keys = [...packageKeys.values()].map(({ name, key }): readonly [string, Uint8Array] => [
		name,
		hexDecode(key) ?? new Uint8Array(32),
	]);
	return { suite, election: election.value, packageFiles: files, packageKeys: new Map(keys) };
}

export interface Spent {
	/** Milliseconds from the start of the process to its end. */
	readonly wall: number;
	/** Milliseconds of processor time, of all its threads together. */
	readonly processor: number;
	/** Bytes: the most memory that it ever held. */
	readonly peak: number;
}

/** Runs the whole command in a process of its own; `ends`, last, is the exit code that is expected in place of 0. */
export function spentBy(...all: readonly (string | { readonly ends: number })[]): Spent {
	const given = all.filter((one) => typeof one === 'string');
	const { ends } = all.find((one) => typeof one !== 'string') ?? { ends: 0 };
	const began = performance.now();
	const wrapped = [join(import.meta.dirname, 'spent.ts'), MAIN, ...given];
	const { status, stderr } = spawnSync(process.execPath, wrapped, { encoding: 'utf8', maxBuffer: 1 << 28 });
	const wall = performance.now() - began;
	const [, processor, kilobytes] = /spent ([0-9.]+) ms, peak ([0-9]+) kB/.exec(stderr) ?? [];
	if (status !== ends || processor === undefined || kilobytes === undefined)
		throw new Error(`matokeo ${given.join(' ')} ended with ${String(status)}: ${stderr.slice(-2000)}`);
	return { wall, processor: Number(processor), peak: Number(kilobytes) * 1024 };
}

/** Plays the demo into the folder, unless it lies there whole. Answers the milliseconds it took, or 0. */
export function demoIn(dir: string, fresh: boolean): number {
	if (!fresh && existsSync(join(dir, 'public', 'results', 'president.json'))) return 0;
	rmSync(dir, { recursive: true, force: true });
	return spentBy('demo', '--finish', '--no-serve', '--out', dir).wall;
}

/** The most memory that this process ever held. */
export function peakBytes(): number {
	const kilobytes = /VmHWM:\s+([0-9]+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
	if (kilobytes === undefined)
		throw new Error('/proc/self/status does not say the most memory: this is measured on Linux');
	return Number(kilobytes) * 1024;
}

/** Bytes of all files in a folder. */
export function sizeOf(dir: string): number {
	return readdirSync(dir, { withFileTypes: true, recursive: true })
		.filter((entry) => entry.isFile())
		.reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
