/** The declaration in force of a contest as a report says it (V82, V83, V85): what it rests on, whether every number of its texts is traced, who was silent, and what has changed since. */
import type { Contest } from '@matokeo/core/election/types.ts';
import type { DeclaredOutcome, Proceed } from '@matokeo/core/record/acts.ts';
import type { StatementId } from '@matokeo/core/record/said.ts';
import { contestRow } from '@matokeo/core/rules/chains.ts';
import { sumsOf } from '@matokeo/core/rules/figures.ts';
import type { MarkRow } from '@matokeo/core/rules/recordRows.ts';
import { type Interval, intervalOf } from '@matokeo/core/standings/lateness.ts';
import type { Standing } from '@matokeo/core/standings/results.ts';
import { clocksOfDeclaring, startForDeclaring, type TimedEntry, timed } from '@matokeo/core/standings/timed.ts';
import { totalOf } from '@matokeo/core/standings/total.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import { type Run, standingOf } from '../check/run.ts';
import { tracedTexts } from './trace.ts';
import { type FieldWays, waysAtMark } from './ways.ts';

export interface FieldSince {
	readonly field: string;
	readonly was: number;
	readonly now: number;
}

export interface ShownDeclaration {
	readonly statement: StatementId;
	readonly number: number;
	readonly by: readonly string[];
	readonly mark: StatementId;
	/** Size of the log at the mark, UTC seconds by the log's ticks, and by witnesses. */
	readonly at: number;
	readonly time: number;
	readonly frozen: Interval;
	readonly outcome: DeclaredOutcome;
	readonly said: TimedEntry;
	readonly proceed: Proceed;
	/** Witnesses that it names as silent. */
	readonly unwitnessed: readonly string[];
	readonly texts: {
		readonly numbers: number;
		/** Numbers that do not come out, as they stand, with what they are said to be of. */
		readonly untraced: readonly string[];
		/** Language → whether the digest in the statement is that of the text made here. */
		readonly languages: Readonly<Record<string, boolean>>;
	};
	/** Where certificates below add up to something else than the stations at the mark. */
	readonly differs: readonly FieldWays[];
	/** Counted fields whose totals are others now. */
	readonly since: readonly FieldSince[];
}

export function shownDeclaration(run: Run, contest: Contest): ShownDeclaration | undefined {
	const { rows, context } = run;
	const { declaration } = contestRow(rows, contest.id);
	const act = declaration === undefined ? undefined : rows.get('act', declaration);
	const mark = act?.mark === undefined ? undefined : rows.get('mark', act.mark);
	if (declaration === undefined || act?.mark === undefined || mark?.outcome === undefined) return undefined;
	const { proceed, unwitnessed } = run.proceedings.named(declaration) ?? { proceed: {}, unwitnessed: [] };
	const { index, time, by, number = 0 } = act;
	const start = startForDeclaring(rows, contest, act);
	const clocks = clocksOfDeclaring(context.election);
	return {
		statement: declaration,
		number,
		by,
		mark: act.mark,
		at: mark.index,
		time: mark.time,
		frozen: intervalOf(rows, mark.index),
		outcome: mark.outcome,
		said: timed(rows, context.election, { index, time }, clocks, start),
		proceed,
		unwitnessed,
		texts: textsOf(run, contest, mark),
		differs: waysAtMark(rows, act.mark, sumsOf(contest, mark.totals)) ?? [],
		since: sinceThen(standingOf(run), contest, mark),
	};
}

function textsOf({ context }: Run, contest: Contest, mark: MarkRow): ShownDeclaration['texts'] {
	const { election, suite } = context;
	const texts = tracedTexts(election, contest, mark);
	const numbers = texts.flatMap((text) => text.numbers);
	const untraced = numbers.flatMap(({ text, of, traced }) => (traced ? [] : [`${text} (${of})`]));
	const declared = texts.filter(({ kind }) => kind === 'declaration');
	const languages = declared.map(
		({ language, text }) => [language, suite.sha256Hex(utf8Encode(text)) === mark.texts?.[language]] as const,
	);
	return { numbers: numbers.length, untraced: [...new Set(untraced)], languages: Object.fromEntries(languages) };
}

function sinceThen({ baseline, rows }: Standing, contest: Contest, mark: MarkRow): readonly FieldSince[] {
	const stage = contest.declaration?.requires ?? 'verified';
	const now = totalOf(baseline, rows, contest, contest.scope)[stage];
	const fields = contest.fields.filter(({ counted }) => counted);
	return fields.flatMap(({ id }, place) => {
		const [was, later] = [mark.totals[place] ?? 0, now[place] ?? 0];
		return was === later ? [] : [{ field: id, was, now: later }];
	});
}
