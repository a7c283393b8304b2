/**
 * Where the books of a server are written (`spec/scrutiny.md`, Y1–Y3): the newest period's files, appended to under a lock, so that the server and the commands of its operator write into one list. A period is
 * closed by beginning the next; nobody appends to a closed one. It does not know what lines mean, and reads no clock.
 */
import {
	closeSync,
	existsSync,
	fstatSync,
	fsyncSync,
	ftruncateSync,
	mkdirSync,
	openSync,
	readlinkSync,
	rmSync,
	statSync,
	symlinkSync,
	truncateSync,
	writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { AccessBook } from '@matokeo/core/record/access.ts';
import { periodsIn } from '@matokeo/verifier/books/bookFolder.ts';
import { bookPath } from '@matokeo/verifier/books/checkBooks.ts';
import { printPeriod } from '@matokeo/verifier/books/period.ts';
import { Trouble } from '../ports/trouble.ts';
import { messageOf, readIfThere } from '../storage/disk.ts';

export interface BookDisk {
	/** The beginning of the newest period; `undefined` before the first. */
	readonly newest: () => number | undefined;
	readonly periods: () => readonly number[];
	readonly read: (from: number, book: AccessBook) => Uint8Array | undefined;
	readonly sizeOf: (from: number, book: AccessBook) => number;
	/** Begins a period later than all there are; otherwise nothing happens. */
	readonly begin: (from: number) => void;
	/** Text of whole lines, behind what the newest period has. */
	readonly append: (book: AccessBook, text: string, durable: boolean) => void;
	/** Removes what stands behind the last whole line of the newest period: a process died in the middle of writing it. Answers how many bytes. */
	readonly cutBroken: (book: AccessBook) => number;
}

/** A command of the operator holds it for some milliseconds. */
const WAIT_MS = 2_000;
const STEP_MS = 5;

/** Whether this election's folder keeps books: its server has been started at least once. */
export function hasBooks(dir: string): boolean {
	return existsSync(join(dir, 'books'));
}

/** All that is handed in happens while nobody else writes into the books. Whoever must not be kept waiting says how long at the most, in milliseconds. */
export function withBooks<T>(dir: string, work: (disk: BookDisk) => T, waitMs: number = WAIT_MS): T {
	const books = join(dir, 'books');
	return troubled(books, () => {
		mkdirSync(books, { recursive: true });
		const lock = join(books, 'lock');
		takeLock(lock, waitMs);
		try {
			return work(bookDisk(dir));
		} finally {
			rmSync(lock, { force: true });
		}
	});
}

function bookDisk(dir: string): BookDisk {
	const books = join(dir, 'books');
	const periods = () => periodsIn(books);
	const newest = () => periods().at(-1);
	const fileOf = (from: number, book: AccessBook) => join(dir, bookPath(from, book));
	const current = (book: AccessBook): string | undefined => {
		const from = newest();
		return from === undefined ? undefined : fileOf(from, book);
	};
	return {
		newest,
		periods,
		read: (from, book) => readIfThere(fileOf(from, book)),
		sizeOf: (from, book) => statSync(fileOf(from, book), { throwIfNoEntry: false })?.size ?? 0,
		begin: (from) => {
			const last = newest();
			if (last !== undefined && last >= from) return;
			for (const book of ['requests', 'operations'] as const) if (last !== undefined) sync(fileOf(last, book));
			mkdirSync(join(books, printPeriod(from)));
			sync(books);
		},
		append: (book, text, durable) => {
			const path = current(book);
			if (path === undefined) throw new Trouble(`${books} has no period yet: start the server, it begins one`);
			appendWhole(path, text, durable);
		},
		cutBroken: (book) => {
			const path = current(book);
			const bytes = path === undefined ? undefined : readIfThere(path);
			if (path === undefined || bytes === undefined) return 0;
			const whole = bytes.lastIndexOf(10) + 1;
			if (whole < bytes.length) truncateSync(path, whole);
			return bytes.length - whole;
		},
	};
}

/** All of it or nothing: half a line would hide where one ends. */
function appendWhole(path: string, text: string, durable: boolean): void {
	const bytes = Buffer.from(text, 'utf8');
	const file = openSync(path, 'a', 0o640);
	try {
		const before = fstatSync(file).size;
		try {
			for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
		} catch (error) {
			if (fstatSync(file).isFile()) ftruncateSync(file, before);
			throw error;
		}
		if (durable) fsyncSync(file);
	} finally {
		closeSync(file);
	}
}

function sync(path: string): void {
	if (!existsSync(path)) return;
	const file = openSync(path, 'r');
	try {
		fsyncSync(file);
	} finally {
		closeSync(file);
	}
}

const waiting = new Int32Array(new SharedArrayBuffer(4));

/** A link that leads nowhere and is called by the number of whoever holds it: made in one step, with no content that a full disk or a kill could leave out. */
function takeLock(lock: string, waitMs: number): void {
	for (let waited = 0; ; waited += STEP_MS) {
		try {
			symlinkSync(String(process.pid), lock);
			return;
		} catch (error) {
			if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
		}
		if (isLeft(lock)) rmSync(lock, { force: true });
		else if (waited >= waitMs) throw new Trouble(`another process holds ${lock}; if none does, remove that file`);
		else Atomics.wait(waiting, 0, 0, STEP_MS);
	}
}

/** Left by a process that is gone; nothing here holds it across a turn, so that one with our own number is left by whoever had the number before. */
function isLeft(lock: string): boolean {
	try {
		const pid = /^[1-9][0-9]{0,9}$/.exec(readlinkSync(lock))?.[0];
		return pid !== undefined && (Number(pid) === process.pid || !isAlive(Number(pid)));
	} catch {
		// It was given back meanwhile, or is no link of ours.
		return false;
	}
}

export function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error instanceof Error && 'code' in error && error.code === 'EPERM';
	}
}

function troubled<T>(books: string, work: () => T): T {
	try {
		return work();
	} catch (error) {
		if (error instanceof Trouble || !(error instanceof Error) || !('code' in error)) throw error;
		throw new Trouble(`the books in ${books} cannot be written: ${messageOf(error)}; free or mend the disk`);
	}
}
