/**
 * What the server's routes answer, as the rehearsal reads it: every member is looked at before it is believed, since a rehearsal that trusted its server would
 * show nothing. It knows the shape only; whether a proof proves anything is for the ledger.
 */
import { err, ok, type Result } from '@matokeo/core/std/result.ts';

interface Proved {
	readonly id: string;
	readonly index: number;
	readonly size: number;
	/** A C2SP proof file. */
	readonly proof: string;
}

export type WireAnswer =
	| (Proved & { readonly kind: 'receipt' })
	| (Proved & { readonly kind: 'logged'; readonly note: string })
	| { readonly kind: 'refused'; readonly rule: string; readonly why: string; readonly note?: string }
	| Later;

export type WireOpening =
	| { readonly kind: 'kept'; readonly reading: string }
	| { readonly kind: 'refused'; readonly rule: string; readonly why: string }
	| Later;

/** Nothing was decided; sending it again is right. */
export interface Later {
	readonly kind: 'later';
	readonly why: string;
	readonly retryMs: number;
}

/** The answers to so many notes, in their order. */
export function parseAnswers(body: Uint8Array, count: number): Result<readonly WireAnswer[]> {
	return parseList(body, count, parseAnswer);
}

export function parseOpenings(body: Uint8Array, count: number): Result<readonly WireOpening[]> {
	return parseList(body, count, parseOpening);
}

/** The answer to one request for a mark. */
export function parseMark(body: Uint8Array): WireAnswer | undefined {
	return parseAnswer(member(parseJson(body), 'answer'));
}

/** `data/witnesses.json`: how much is published, and how far each witness has seen it. */
export function parseSeen(body: Uint8Array): { readonly size: number; readonly seen: readonly number[] } | undefined {
	const view = parseJson(body);
	const size = whole(member(view, 'stamp'), 'size');
	const witnesses = member(view, 'witnesses');
	if (size === undefined || !Array.isArray(witnesses)) return undefined;
	return { size, seen: witnesses.flatMap((one: unknown) => whole(one, 'size') ?? []) };
}

function parseList<T>(body: Uint8Array, count: number, parse: (value: unknown) => T | undefined): Result<readonly T[]> {
	const list = member(parseJson(body), 'answers');
	if (!Array.isArray(list) || list.length !== count)
		return err(`expected {"answers": […]} with ${count} answers, found ${beginning(body)}`);
	const parsed: T[] = [];
	for (const value of list) {
		const one = parse(value);
		if (one === undefined) return err(`not an answer: ${JSON.stringify(value).slice(0, 200)}`);
		parsed.push(one);
	}
	return ok(parsed);
}

function parseAnswer(value: unknown): WireAnswer | undefined {
	const why = text(value, 'why');
	switch (member(value, 'kind')) {
		case 'receipt': {
			const proved = parseProved(value);
			return proved === undefined ? undefined : { kind: 'receipt', ...proved };
		}
		case 'logged': {
			const proved = parseProved(value);
			const note = text(value, 'note');
			return proved === undefined || note === undefined ? undefined : { kind: 'logged', ...proved, note };
		}
		case 'refused': {
			const rule = text(value, 'rule');
			const note = text(value, 'note');
			if (rule === undefined || why === undefined) return undefined;
			return { kind: 'refused', rule, why, ...(note === undefined ? {} : { note }) };
		}
		default:
			return parseLater(value);
	}
}

function parseProved(value: unknown): Proved | undefined {
	const [id, proof, index, size] = [
		text(value, 'id'),
		text(value, 'proof'),
		whole(value, 'index'),
		whole(value, 'size'),
	];
	if (id === undefined || proof === undefined || index === undefined || size === undefined) return undefined;
	return { id, index, size, proof };
}

function parseLater(value: unknown): Later | undefined {
	const [why, seconds] = [text(value, 'why'), whole(value, 'retry_after')];
	if (member(value, 'kind') !== 'later' || why === undefined || seconds === undefined) return undefined;
	return { kind: 'later', why, retryMs: seconds * 1000 };
}

function parseOpening(value: unknown): WireOpening | undefined {
	const kind = member(value, 'kind');
	const [reading, rule, why] = [text(value, 'reading'), text(value, 'rule'), text(value, 'why')];
	if (kind === 'kept' && reading !== undefined) return { kind, reading };
	if (kind === 'refused' && rule !== undefined && why !== undefined) return { kind, rule, why };
	return parseLater(value);
}

/** `undefined` for what is not JSON at all. */
export function parseJson(body: Uint8Array): unknown {
	try {
		return JSON.parse(Buffer.from(body).toString('utf8'));
	} catch {
		return undefined;
	}
}

export function member(value: unknown, name: string): unknown {
	return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

export function text(value: unknown, name: string): string | undefined {
	const found = member(value, name);
	return typeof found === 'string' ? found : undefined;
}

export function whole(value: unknown, name: string): number | undefined {
	const found = member(value, name);
	return typeof found === 'number' && Number.isSafeInteger(found) && found >= 0 ? found : undefined;
}

/** How an unexpected body begins, for a message. */
export function beginning(body: Uint8Array): string {
	return JSON.stringify(Buffer.from(body.subarray(0, 200)).toString('utf8'));
}
