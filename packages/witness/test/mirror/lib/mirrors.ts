/** Mirrors of the small election's log, in folders of their own, with a clock that a test sets. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { small } from '@matokeo/verifier/testing/smallLog.ts';
import { LIMITS } from '../../../src/mirror/limits.ts';
import { type MirrorParts, openMirror } from '../../../src/mirror/mirror.ts';
import type { MirrorOptions } from '../../../src/mirror/options.ts';
import { mirrorOnce, type RunningMirror, runMirror } from '../../../src/mirror/running.ts';
import type { Round } from '../../../src/mirror/watch.ts';

export const NOW = 1_900_100_000;

const folders: string[] = [];
const running: RunningMirror[] = [];

export function newDir(): string {
	const dir = mkdtempSync(join(tmpdir(), 'matokeo-mirror-'));
	folders.push(dir);
	return dir;
}

export async function closeMirrors(): Promise<void> {
	for (const one of running.splice(0)) await one.close();
	for (const dir of folders.splice(0)) rmSync(dir, { recursive: true, force: true });
}

export interface Heard {
	readonly lines: string[];
	readonly alarms: string[];
	now: number;
}

export function heard(): Heard {
	return { lines: [], alarms: [], now: NOW };
}

export function optionsFor(source: URL, dir: string, ears: Heard, more: Partial<MirrorOptions> = {}): MirrorOptions {
	return {
		source,
		dir,
		by: 'a test',
		anchor: small.election.digest,
		images: { kind: 'all' },
		imagesBytesMax: 1_000_000_000,
		also: [],
		despite: new Set(),
		clock: () => ears.now,
		workers: 0,
		tell: (line) => void ears.lines.push(line),
		alarm: (text) => void ears.alarms.push(text),
		...more,
	};
}

async function opened(options: MirrorOptions): Promise<MirrorParts> {
	const parts = await openMirror(options);
	if (!parts.ok) throw new Error(parts.error);
	return parts.value;
}

/** Opens, catches up, closes; what came of it, and how it stood. */
export async function once(options: MirrorOptions): Promise<{ readonly round: Round; readonly parts: MirrorParts }> {
	const parts = await opened(options);
	return { round: await mirrorOnce(parts), parts };
}

/** Serves on a port of its own, asking the source in quick turns. */
export async function served(
	options: MirrorOptions,
): Promise<RunningMirror & { readonly url: string; readonly parts: MirrorParts }> {
	const limits = { ...LIMITS, pollMs: 10, backOffMsMax: 20, alsoMs: 10, forwardMs: 10, ...options.limits };
	const parts = await opened({ ...options, limits });
	const one = await runMirror(parts, { host: '127.0.0.1', port: 0, trustProxy: [] });
	running.push(one);
	if (one.url === undefined) throw new Error('it serves');
	return { ...one, url: one.url, parts };
}

/** Waits for what must come true; what it last was, when it does not. */
export async function until<T>(ask: () => T | Promise<T>, wanted: (value: T) => boolean): Promise<T> {
	const end = performance.now() + 15_000;
	for (;;) {
		const value = await ask();
		if (wanted(value)) return value;
		if (performance.now() > end) throw new Error(`it never came true; at last: ${JSON.stringify(value)}`);
		await new Promise((resolve) => setImmediate(resolve));
	}
}
