/**
 * What the server's routes for marks answer, as the rehearsal reads it: every member is looked at before it goes into a statement. Whether the numbers are right is not known here; the log refuses those that are not the
 * mark's.
 */
import type { DeclaredOutcome, MarkCounts, Sums } from '@matokeo/core/record/acts.ts';
import type { Frozen, Next, Place } from '../play/port.ts';
import { member, parseJson, text, whole } from './wire.ts';

/** What `/api/v1/marks/ID` says, and the drafts on it, where there are any. */
export interface MarkBodies {
	readonly mark: Uint8Array;
	readonly certificate?: Uint8Array;
	readonly declaration?: Uint8Array;
}

/** Which drafts there are on a mark. */
export function draftsIn(body: Uint8Array): readonly ('certificate' | 'declaration')[] {
	const list = member(parseJson(body), 'drafts');
	if (!Array.isArray(list)) return [];
	return (['certificate', 'declaration'] as const).filter((kind) => list.some((one) => text(one, 'kind') === kind));
}

/** `undefined`: in another shape. */
export function parseFrozen(id: string, { contest, area }: Place, bodies: MarkBodies): Frozen | undefined {
	const view = parseJson(bodies.mark);
	const counts = countsIn(member(view, 'counts'));
	const totals = sumsIn(member(view, 'totals'));
	const list = text(view, 'list');
	const index = whole(view, 'index');
	const certificate = bodies.certificate === undefined ? { number: 1 } : nextIn(parseJson(bodies.certificate));
	if (
		counts === undefined ||
		totals === undefined ||
		list === undefined ||
		index === undefined ||
		certificate === undefined
	)
		return undefined;
	const frozen = { contest, area, mark: id, index, counts, totals, list, certificate };
	if (bodies.declaration === undefined) return frozen;
	const draft = parseJson(bodies.declaration);
	const next = nextIn(draft);
	const outcome = outcomeIn(member(draft, 'outcome'));
	const texts = textsIn(member(draft, 'texts'));
	const decided = member(view, 'decided');
	const seen = text(draft, 'seen');
	if (next === undefined || outcome === undefined || texts === undefined || typeof decided !== 'boolean')
		return undefined;
	return { ...frozen, declaration: { ...next, outcome, decided, texts, ...(seen === undefined ? {} : { seen }) } };
}

function nextIn(draft: unknown): Next | undefined {
	const number = whole(draft, 'number');
	const inForce = text(member(draft, 'supersedes'), 'statement');
	return number === undefined ? undefined : { number, ...(inForce === undefined ? {} : { inForce }) };
}

function countsIn(value: unknown): MarkCounts | undefined {
	const names = [
		'cancelled',
		'counted',
		'disregarded',
		'due',
		'merged',
		'missing',
		'objections',
		'postponed',
		'quarantined',
		'set_aside',
		'uncertified',
		'unverified',
	] as const;
	const counts: Partial<Record<keyof MarkCounts, number>> = {};
	for (const name of names) {
		const count = whole(value, name);
		if (count === undefined) return undefined;
		counts[name] = count;
	}
	return isWhole(counts) ? counts : undefined;
}

function isWhole(counts: Partial<MarkCounts>): counts is MarkCounts {
	return Object.values(counts).every((count) => count !== undefined);
}

function sumsIn(value: unknown): Sums | undefined {
	const entries = entriesOf(value);
	const sums = entries.flatMap(([name]): readonly (readonly [string, number])[] => {
		const sum = whole(value, name);
		return sum === undefined ? [] : [[name, sum]];
	});
	return entries.length === 0 || sums.length < entries.length ? undefined : Object.fromEntries(sums);
}

function textsIn(value: unknown): Readonly<Record<string, string>> | undefined {
	const entries = entriesOf(value);
	const texts = entries.flatMap(([name]): readonly (readonly [string, string])[] => {
		const digest = text(value, name);
		return digest === undefined ? [] : [[name, digest]];
	});
	return entries.length === 0 || texts.length < entries.length ? undefined : Object.fromEntries(texts);
}

function outcomeIn(value: unknown): DeclaredOutcome | undefined {
	const [candidate, by, to, code] = [
		text(value, 'candidate'),
		text(value, 'by'),
		text(value, 'to'),
		text(value, 'code'),
	];
	const list = member(value, 'candidates');
	const candidates = Array.isArray(list) ? list.filter((one) => typeof one === 'string') : undefined;
	const kind = text(value, 'kind');
	if (kind === 'elected' && candidate !== undefined) return { kind, candidate };
	if (kind === 'runoff' && candidates !== undefined) return { kind, candidates };
	if (kind === 'tie' && candidates !== undefined && by !== undefined) return { kind, by, candidates };
	if (kind === 'refer' && to !== undefined) return { kind, to };
	if (kind === 'special' && code !== undefined) return { kind, code };
	return kind === 'rerun' || kind === 'nobody' ? { kind } : undefined;
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
	return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}
