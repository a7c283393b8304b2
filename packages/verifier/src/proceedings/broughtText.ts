/**
 * A text of a declaration that a reader brings from outside, printed or announced, against what the log gives (V83): the same, or which lines differ and in which numbers. It knows plain text only; what is on paper
 * somebody has to type or scan first.
 */
import type { Contest } from '@matokeo/core/election/types.ts';
import type { StatementId } from '@matokeo/core/record/said.ts';
import { actsOf, contestRow } from '@matokeo/core/rules/chains.ts';
import { utf8Decode } from '@matokeo/core/std/bytes.ts';
import { DECLARATION_LINES_MAX } from '../check/limits.ts';
import type { Run } from '../check/run.ts';
import { differenceWords, slipBetween } from './slips.ts';
import { type TracedText, tracedTexts } from './trace.ts';

/** A declaration of the log and one of its texts. */
export interface LoggedText extends TracedText {
	readonly statement: StatementId;
	readonly contest: string;
	readonly number: number;
	/** Whether it is in force, and not superseded or annulled. */
	readonly inForce: boolean;
	/** What orders in force have made of the latest declaration, in words. */
	readonly orders: readonly string[];
}

/** A line that stands on one side only, or otherwise on the other. */
export interface LineDiffers {
	/** From 1, in the text that was brought; 0 where it has no such line. */
	readonly line: number;
	readonly log?: string;
	readonly brought?: string;
	/** Numbers in it that differ, and how. */
	readonly numbers: readonly string[];
}

/** Every text of every declaration, the newest first. */
export function loggedTexts({ context, rows }: Run): readonly LoggedText[] {
	return [...context.election.contests.values()].flatMap((contest: Contest) => {
		const { declaration, annulled, replaced, stays = [] } = contestRow(rows, contest.id);
		const made = [
			...(annulled === undefined ? [] : [`annulled by order ${annulled}`]),
			...stays.map((order) => `stayed by order ${order}`),
			...(replaced === undefined ? [] : [`its winner replaced with ${replaced.candidate} by order ${replaced.order}`]),
		];
		return [...actsOf(rows, contest.id)].flatMap(({ id, row }) => {
			const mark = row.kind === 'declaration' && row.mark !== undefined ? rows.get('mark', row.mark) : undefined;
			if (mark === undefined) return [];
			const of = { statement: id, contest: contest.id, number: row.number ?? 0 };
			const inForce = id === declaration && annulled === undefined;
			const orders = id === declaration ? made : [];
			return tracedTexts(context.election, contest, mark).map((text) => ({ ...text, ...of, inForce, orders }));
		});
	});
}

export interface Compared {
	readonly with: LoggedText;
	/** Lines of the log's text that were compared. */
	readonly lines: number;
	readonly differs: readonly LineDiffers[];
}

/** The text of the log that is nearest to these bytes; the error says why nothing was compared. */
export function compareBrought(bytes: Uint8Array, texts: readonly LoggedText[]): Compared | string {
	const text = utf8Decode(bytes);
	if (text === undefined) return 'the file is no text in UTF-8: bring plain text';
	const lines = linesOf(text);
	if (lines.length > DECLARATION_LINES_MAX) return `the file has more than ${DECLARATION_LINES_MAX} lines`;
	const known = new Set(lines.map(({ text: line }) => line));
	const nearest = texts
		.map((one) => ({ one, own: linesOf(one.text) }))
		.map(({ one, own }) => ({ one, own, same: own.filter((line) => known.has(line.text)).length }))
		.reduce<{ one: LoggedText; own: readonly Line[]; same: number } | undefined>(
			(best, next) => (best === undefined || next.same > best.same ? next : best),
			undefined,
		);
	if (nearest === undefined)
		return 'no result of this election is declared in this log: there is no text to compare with';
	return { with: nearest.one, lines: nearest.own.length, differs: differing(nearest.own, lines) };
}

interface Line {
	/** From 1. */
	readonly at: number;
	readonly text: string;
}

/** Lines with anything on them; spaces at their ends, and how a system ends lines, are nobody's words. */
function linesOf(text: string): readonly Line[] {
	return text
		.split(/\r\n|\n|\r/)
		.map((line, place) => ({ at: place + 1, text: line.trim() }))
		.filter((line) => line.text !== '');
}

/** Equal lines keep their order on both sides; what lies between two of them is laid side by side. */
function differing(own: readonly Line[], brought: readonly Line[]): readonly LineDiffers[] {
	const differs: LineDiffers[] = [];
	let [a, b] = [0, 0];
	while (a < own.length || b < brought.length) {
		if (own[a]?.text === brought[b]?.text) {
			a++;
			b++;
			continue;
		}
		const [nextA, nextB] = nextCommon(own, brought, a, b);
		for (let i = 0; i < Math.max(nextA - a, nextB - b); i++)
			differs.push(pair(a + i < nextA ? own[a + i] : undefined, b + i < nextB ? brought[b + i] : undefined));
		[a, b] = [nextA, nextB];
	}
	return differs;
}

/** The nearest pair of equal lines from there on. */
function nextCommon(own: readonly Line[], brought: readonly Line[], a: number, b: number): readonly [number, number] {
	const places = new Map<string, number>();
	for (let j = brought.length - 1; j >= b; j--) places.set(brought[j]?.text ?? '', j);
	let best: readonly [number, number] = [own.length, brought.length];
	for (let i = a; i < own.length && i - a < best[0] - a + (best[1] - b); i++) {
		const j = places.get(own[i]?.text ?? '');
		if (j !== undefined && i - a + (j - b) < best[0] - a + (best[1] - b)) best = [i, j];
	}
	return best;
}

function pair(own: Line | undefined, brought: Line | undefined): LineDiffers {
	return {
		line: brought?.at ?? 0,
		...(own === undefined ? {} : { log: own.text }),
		...(brought === undefined ? {} : { brought: brought.text }),
		numbers: own === undefined || brought === undefined ? [] : numbersDiffering(own.text, brought.text),
	};
}

const NUMBER = /[0-9]+(?:\.[0-9]+)?/g;
const SMALL_WHOLE = /^(?:0|[1-9][0-9]{0,14})$/;

function numbersDiffering(own: string, brought: string): readonly string[] {
	const [ours, theirs] = [own.match(NUMBER) ?? [], brought.match(NUMBER) ?? []];
	if (ours.length !== theirs.length) return [];
	return ours.flatMap((text, place) => {
		const other = theirs[place] ?? '';
		if (text === other) return [];
		return [`${text} in the log, ${other} here${howFar(text, other)}`];
	});
}

/** Shares of the same number of places slip as whole numbers do; how far they are from one another is plain. */
function howFar(text: string, other: string): string {
	const [ours, theirs] = [text.replace('.', ''), other.replace('.', '')];
	if (!SMALL_WHOLE.test(ours) || !SMALL_WHOLE.test(theirs)) return '';
	if (!text.includes('.') && !other.includes('.')) return ` (${differenceWords(Number(text), Number(other))})`;
	const slip = placesOf(text) === placesOf(other) ? slipBetween(Number(ours), Number(theirs)) : undefined;
	return slip === undefined ? '' : ` (${slip}, without the point)`;
}

function placesOf(text: string): number {
	return text.split('.')[1]?.length ?? 0;
}
