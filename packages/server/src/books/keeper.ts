/**
 * The books of a running server (`spec/scrutiny.md`, Y1–Y5): opened with a line that says what starts, written on a rhythm, a new period with each day or when a file has grown large, closed at an orderly stop; and what
 * is closed is said in the log by its digest. Nothing here keeps a statement from being taken: what cannot be written waits, is told loudly, and is tried again.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AccessBook } from '@matokeo/core/record/access.ts';
import { type JsonObject, printCanonical } from '@matokeo/core/std/canonical.ts';
import { BOOKS } from '@matokeo/verifier/books/checkBooks.ts';
import { printPeriod } from '@matokeo/verifier/books/period.ts';
import type { OpenedLog } from '../app/openedLog.ts';
import type { LogService } from '../app/service.ts';
import { messageOf } from '../storage/disk.ts';
import { type BookDisk, withBooks } from './bookDisk.ts';
import { coveredUntil, digestSayer } from './digests.ts';
import { appendOperation, lastRun, type Operation } from './operations.ts';
import { type RequestBook, requestBook } from './requests.ts';
import { periodSecret } from './secret.ts';

export interface BookSettings {
	/** What is started: version, digests, whatever a reader asks of a build. */
	readonly start: JsonObject;
	/** Every setting in force; kept in full, and in the line of the start by its digest. No secret may be in it. */
	readonly configuration: JsonObject;
	readonly flushMs?: number;
	/** Bytes of requests after which a period ends before its day. */
	readonly partBytesMax?: number;
}

export interface BookParts {
	readonly dir: string;
	readonly clock: () => number;
	readonly settings: BookSettings;
	readonly log: Pick<OpenedLog, 'rows' | 'size' | 'sayAccess'>;
	readonly submit: LogService['submit'];
	readonly key: { readonly name: string; readonly keyId: string };
	readonly failed: (error: unknown) => void;
}

export interface Books extends Pick<RequestBook, 'request' | 'read' | 'lost' | 'waiting'> {
	/** What is not well, in words for whoever is on duty. */
	readonly degraded: () => readonly string[];
	/** Writes the last line, closes the period and says its digest; the service must still be taking statements. */
	readonly stop: () => Promise<void>;
}

const FLUSH_MS = 1_000;
/** Whoever holds the books longer is waited for on the next beat: meanwhile statements are taken. */
const LOCK_WAIT_MS = 50;
/** Nobody is kept waiting any more, and what is not written then is gone. */
const STOP_WAIT_MS = 5_000;
/** Read whole and hashed between two statements: a tenth of a second. */
const PART_BYTES_MAX = 67_108_864;
const DAY = 86_400;

export function openBooks(parts: BookParts): Books {
	const { clock, settings, log } = parts;
	const digests = digestSayer({ ...parts, waitMs: LOCK_WAIT_MS });
	const writer = bookWriter(parts, digests.due);
	const { requests } = writer;
	const partBytesMax = settings.partBytesMax ?? PART_BYTES_MAX;
	const flush = (): void => {
		const midnight = midnightBefore(clock());
		const written = writer.isDayOver(midnight) ? writer.turn(midnight, true) : writer.write(false);
		if (written && requests.written() > partBytesMax) writer.turn(clock(), false);
		if (written) void digests.say().catch(parts.failed);
	};
	flush();
	const rhythm = setInterval(flush, settings.flushMs ?? FLUSH_MS).unref();
	/** A line of the new day is not to stand under the old one. Where nothing can be written only the rhythm tries, not every request. */
	const inDay = (): void => {
		if (writer.trouble() === undefined && writer.isDayOver(midnightBefore(clock()))) flush();
	};
	let stopped: Promise<void> | undefined;
	const stop = async (): Promise<void> => {
		clearInterval(rhythm);
		writer.note({ kind: 'stop', time: clock(), size: log.size() });
		writer.turn(clock(), true, STOP_WAIT_MS);
		await digests.say().catch(parts.failed);
	};

	return {
		request: (request) => {
			inDay();
			requests.request(request);
		},
		read: (route, status) => {
			inDay();
			requests.read(route, status);
		},
		waiting: requests.waiting,
		lost: requests.lost,
		degraded: () => {
			const why = writer.trouble();
			const unsaid = digests.trouble();
			return [
				...(why === undefined ? [] : [`the books of requests and operations cannot be written (${why})`]),
				...(unsaid === undefined ? [] : [unsaid]),
				...(requests.lost() === 0 ? [] : [`${requests.lost()} lines of the book of requests were lost`]),
			];
		},
		stop: () => {
			stopped ??= stop();
			return stopped;
		},
	};
}

interface BookWriter {
	readonly requests: RequestBook;
	readonly note: (operation: Operation) => void;
	/** Whether what waits could be written; else it waits on. */
	readonly write: (end: boolean) => boolean;
	/** The same, and closes the period: what was written until now is in it, what comes belongs to the next. */
	readonly turn: (to: number, end: boolean, waitMs?: number) => boolean;
	readonly isDayOver: (midnight: number) => boolean;
	readonly trouble: () => string | undefined;
}

function bookWriter(parts: BookParts, turned: () => void): BookWriter {
	const { dir, clock } = parts;
	const due: Operation[] = [];
	let trouble: string | undefined;
	let begun = false;
	let from = 0;
	let secret: string | undefined;
	/** Bytes of each book of the newest period when this process last wrote. */
	const sizes = new Map<AccessBook, number>();
	const requests = requestBook(clock, () => {
		secret ??= periodSecret(dir, from);
		return secret;
	});
	const moveTo = (newest: number): void => {
		if (newest === from) return;
		from = newest;
		secret = undefined;
		sizes.clear();
		requests.turned();
		turned();
	};
	/** What was there a moment ago and is gone is told in the book itself; and nothing is ever written into an older period. */
	const look = (disk: BookDisk): void => {
		if ((disk.newest() ?? 0) < from) {
			disk.begin(from);
			secret = undefined;
		}
		moveTo(disk.newest() ?? from);
		due.push(...shorter(disk, from, sizes, clock()));
	};
	const writeAll = (disk: BookDisk, end: boolean): void => {
		if (!begun) {
			due.unshift(...opening(parts, disk));
			begun = true;
		}
		look(disk);
		sizes.clear();
		for (; due[0] !== undefined; due.shift()) appendOperation(disk, due[0]);
		requests.flush((text) => disk.append('requests', text, false), end);
		for (const book of BOOKS) sizes.set(book, disk.sizeOf(from, book));
	};
	const attempt = (work: (disk: BookDisk) => void, waitMs = LOCK_WAIT_MS): boolean => {
		try {
			withBooks(dir, work, waitMs);
			trouble = undefined;
			return true;
		} catch (error) {
			if (trouble === undefined) parts.failed(error);
			trouble = messageOf(error);
			return false;
		}
	};
	return {
		requests,
		note: (operation) => {
			due.push(operation);
		},
		write: (end) => attempt((disk) => writeAll(disk, end)),
		turn: (to, end, waitMs) =>
			attempt((disk) => {
				writeAll(disk, end);
				disk.begin(to);
				moveTo(disk.newest() ?? from);
			}, waitMs),
		isDayOver: (midnight) => begun && midnight > from,
		trouble: () => trouble,
	};
}

function shorter(
	disk: BookDisk,
	from: number,
	sizes: ReadonlyMap<AccessBook, number>,
	time: number,
): readonly Operation[] {
	return Array.from(sizes).flatMap(([book, before]) => {
		const size = disk.sizeOf(from, book);
		return size < before ? [{ kind: 'shorter', time, period: printPeriod(from), book, before, size }] : [];
	});
}

function midnightBefore(seconds: number): number {
	return seconds - (seconds % DAY);
}

/** The lines of a start: what was found, what has changed since the last, what starts, which key signs. */
function opening(parts: BookParts, disk: BookDisk): readonly Operation[] {
	const { dir, clock, settings, log, key } = parts;
	const time = clock();
	const covered = coveredUntil(log);
	// Where books were lost or put back, they go on from what the log has of them.
	if (disk.newest() === undefined || (disk.newest() ?? 0) < covered) disk.begin(covered === 0 ? time : covered);
	const cut = disk.cutBroken('operations') + disk.cutBroken('requests');
	const last = lastRun(disk);
	const configuration = keepConfiguration(dir, settings.configuration);
	const before = last?.start['configuration'];
	const lines: Operation[] = [];
	if (last?.end === 'crashed') lines.push({ kind: 'crash', time, ...(cut === 0 ? {} : { cut }) });
	if (typeof before === 'string' && before !== configuration)
		lines.push({ kind: 'configuration', time, before, after: configuration });
	const size = log.size();
	lines.push({ ...settings.start, kind: 'start', time, configuration, size, pid: process.pid });
	return [...lines, { kind: 'key', time, name: key.name, id: key.keyId }];
}

/** Answers its SHA-256, which is also its name. */
function keepConfiguration(dir: string, configuration: JsonObject): string {
	const text = `${printCanonical(configuration)}\n`;
	const digest = createHash('sha256').update(text, 'utf8').digest('hex');
	const folder = join(dir, 'books', 'configuration');
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, `${digest}.json`), text);
	return digest;
}
