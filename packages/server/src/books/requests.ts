/**
 * The book of requests (`spec/scrutiny.md`, Y5): one line for every request that is more than an anonymous read, and one a minute that counts those. Lines wait in memory until they are written, and never keep an answer waiting;
 * when they cannot be written they are kept up to a bound and then counted as lost, in the book itself. It never sees a path, a query, a token or a body; an address it turns into a pseudonym.
 */
import { createHmac } from 'node:crypto';
import { type JsonObject, printCanonical } from '@matokeo/core/std/canonical.ts';

export interface BookedRequest {
	readonly method: string;
	/** The pattern of the route. */
	readonly route: string;
	readonly status: number;
	readonly ms: number;
	/** Of the body, as announced. */
	readonly bytes: number;
	readonly address: string;
	/** Names of keys that are known to stand behind it: of a session, or of signatures that were verified. */
	readonly keys?: readonly string[];
	/** How many answers of each kind. */
	readonly answers?: Readonly<Record<string, number>>;
	/** How many refusals by each rule. */
	readonly rules?: Readonly<Record<string, number>>;
}

export interface RequestBook {
	readonly request: (request: BookedRequest) => void;
	/** An anonymous read. */
	readonly read: (route: string, status: number) => void;
	/** Hands what is due to be written over; what throws is kept for the next time. */
	readonly flush: (write: (text: string) => void, end?: boolean) => void;
	/** Bytes that wait, and bytes that were written since the period began. */
	readonly waiting: () => number;
	readonly written: () => number;
	/** A period has begun. */
	readonly turned: () => void;
	/** Lines that were given up because they could not be written for too long. */
	readonly lost: () => number;
}

/** A busy hour of a country; beyond it memory is worth more than the list. */
const WAITING_BYTES_MAX = 16_777_216;
/** Requests of nobody known by which nothing was taken in, by the minute; more of them are counted. A flood would else fill the disk. */
const NOTHING_LINES_MAX = 600;
/** All requests of nobody known, by the minute: openings and challenges of a country's busiest night, and a copy of what is logged sent again and again is no less a flood. */
const NOBODY_LINES_MAX = 6_000;
const KEYS_MAX = 16;

export function requestBook(clock: () => number, secret: () => string): RequestBook {
	let lines: string[] = [];
	let bytes = 0;
	let writtenBytes = 0;
	let lost = 0;
	let told = 0;
	let minute = minuteOf(clock());
	let isTooMany = minuteOfNobody();
	const reads = new Map<string, Counted>();
	const more = new Map<string, Counted>();

	const add = (line: JsonObject): void => {
		const text = printCanonical(line);
		if (bytes + text.length > WAITING_BYTES_MAX) {
			lost++;
			return;
		}
		lines.push(text);
		bytes += text.length + 1;
	};
	const endMinute = (): void => {
		const counted = { ...listed('reads', reads), ...listed('more', more) };
		if (Object.keys(counted).length > 0) add({ kind: 'minute', time: minute, ...counted });
		reads.clear();
		more.clear();
		isTooMany = minuteOfNobody();
	};
	const inMinute = (): number => {
		const now = clock();
		if (minuteOf(now) !== minute) {
			endMinute();
			minute = minuteOf(now);
		}
		return now;
	};

	return {
		request: (request) => {
			const time = inMinute();
			if (isTooMany(request)) count(more, request.route, request.status);
			else add(lineOf(request, time, secret()));
		},
		read: (route, status) => {
			inMinute();
			count(reads, route, status);
		},
		flush: (write, end = false) => {
			inMinute();
			if (end) endMinute();
			const missing = lost > told ? [printCanonical({ kind: 'lost', lines: lost - told, time: clock() })] : [];
			if (lines.length + missing.length === 0) return;
			const text = `${[...lines, ...missing].join('\n')}\n`;
			write(text);
			writtenBytes += text.length;
			told = lost;
			lines = [];
			bytes = 0;
		},
		waiting: () => bytes,
		written: () => writtenBytes,
		turned: () => {
			writtenBytes = 0;
		},
		lost: () => lost,
	};
}

/** Whether a request is beyond what a minute lists. */
function minuteOfNobody(): (request: BookedRequest) => boolean {
	let nobody = 0;
	let nothing = 0;
	return (request) => {
		if (request.keys !== undefined) return false;
		if (tookNothing(request) && ++nothing > NOTHING_LINES_MAX) return true;
		return ++nobody > NOBODY_LINES_MAX;
	};
}

/** Refused as a whole, or a list of which nothing was logged by it. */
function tookNothing({ status, answers }: BookedRequest): boolean {
	return status >= 400 || (answers !== undefined && answers['receipt'] === undefined);
}

function lineOf(request: BookedRequest, time: number, secret: string): JsonObject {
	const { method, route, status, ms, bytes, address, keys, answers, rules } = request;
	return {
		kind: 'request',
		time,
		method,
		route,
		status,
		ms,
		bytes,
		source: sourceOf(secret, address),
		...(keys === undefined ? {} : { keys: keys.slice(0, KEYS_MAX) }),
		...(answers === undefined ? {} : { answers: { ...answers } }),
		...(rules === undefined ? {} : { rules: { ...rules } }),
	};
}

/** The same address has the same pseudonym for a period; without the period's secret nobody can find the address, or test one. */
export function sourceOf(secret: string, address: string): string {
	return createHmac('sha256', secret).update(address, 'utf8').digest('hex').slice(0, 16);
}

function minuteOf(seconds: number): number {
	return seconds - (seconds % 60);
}

interface Counted {
	readonly count: number;
	readonly route: string;
	readonly status: number;
}

function count(counts: Map<string, Counted>, route: string, status: number): void {
	const key = `${status} ${route}`;
	counts.set(key, { count: (counts.get(key)?.count ?? 0) + 1, route, status });
}

function listed(name: string, counts: ReadonlyMap<string, Counted>): JsonObject {
	return counts.size === 0 ? {} : { [name]: [...counts.values()].map((one) => ({ ...one })) };
}
