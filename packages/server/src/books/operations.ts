/**
 * The book of operations (`spec/scrutiny.md`, Y4): one line of canonical JSON for everything that is done on the machine itself, each naming the SHA-256 of the line before it, across files. Written by the server and by the
 * commands that touch its folder. It knows who wrote only as far as that: which command, at which time of its own clock.
 */
import { createHash } from 'node:crypto';
import { type Json, parseCanonical, printCanonical } from '@matokeo/core/std/canonical.ts';
import { splitLines } from '@matokeo/verifier/books/checkBooks.ts';
import { type BookDisk, hasBooks, isAlive, withBooks } from './bookDisk.ts';

export type OperationKind =
	| 'start'
	| 'stop'
	| 'crash'
	| 'configuration'
	| 'key'
	| 'shorter'
	| 'rebuild'
	| 'fsck'
	| 'publish'
	| 'scrutiny';

export interface Operation {
	readonly kind: OperationKind;
	/** UTC seconds by the clock of whoever writes. */
	readonly time: number;
	readonly [fact: string]: Json;
}

/** Adds a line where books are kept; answers whether they are. Throws `Trouble` when they cannot be written. */
export function noteOperation(dir: string, operation: Operation): boolean {
	if (!hasBooks(dir)) return false;
	return withBooks(dir, (disk) => {
		if (disk.newest() === undefined) return false;
		appendOperation(disk, operation);
		return true;
	});
}

export function appendOperation(disk: BookDisk, operation: Operation): void {
	const last = lastLine(disk);
	const prev = last === undefined ? {} : { prev: sha256(last) };
	disk.append('operations', `${printCanonical({ ...operation, ...prev })}\n`, true);
}

/**
 * What the book says of the last server that ran here: the facts of its last start, and whether a stop follows. A start without one is a crash, unless its process still runs.
 */
export interface LastRun {
	readonly start: Readonly<Record<string, Json>>;
	readonly end: 'stopped' | 'crashed' | 'running';
}

export function lastRun(disk: BookDisk): LastRun | undefined {
	let stopped = false;
	for (const line of linesBackwards(disk)) {
		const parsed = parseCanonical(line);
		if (!parsed.ok || typeof parsed.value !== 'object' || Array.isArray(parsed.value)) continue;
		const facts = Object.fromEntries(Object.entries(parsed.value));
		if (facts['kind'] === 'stop') stopped = true;
		if (facts['kind'] !== 'start') continue;
		const pid = facts['pid'];
		const running = typeof pid === 'number' && pid !== process.pid && isAlive(pid);
		return { start: facts, end: stopped ? 'stopped' : running ? 'running' : 'crashed' };
	}
	return undefined;
}

function lastLine(disk: BookDisk): string | undefined {
	for (const line of linesBackwards(disk)) return line;
	return undefined;
}

function* linesBackwards(disk: BookDisk): Generator<string> {
	for (const from of [...disk.periods()].reverse()) {
		const bytes = disk.read(from, 'operations');
		if (bytes !== undefined) yield* [...splitLines(bytes)].reverse();
	}
}

function sha256(text: string): string {
	return createHash('sha256').update(text, 'utf8').digest('hex');
}
