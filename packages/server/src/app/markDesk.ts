/**
 * The desk that officials ask for marks (S34; `spec/api.md`, A23): the log's key freezes contest × area at the next index. Whoever asks again when the mark would say the same and nothing rests
 * on it is given the one that there is, so that asking fills no log. Who may ask is decided elsewhere.
 */
import type { Contest } from '@matokeo/core/election/types.ts';
import type { StatementId } from '@matokeo/core/record/said.ts';
import { contestRow } from '@matokeo/core/rules/chains.ts';
import { collationRow } from '@matokeo/core/rules/collations.ts';
import type { RowReader } from '@matokeo/core/rules/rows.ts';
import type { Baseline } from '@matokeo/core/standings/baseline.ts';
import { countsNow, markOf } from '@matokeo/core/standings/marking.ts';
import { printCanonical } from '@matokeo/core/std/canonical.ts';
import { assert } from '@matokeo/core/std/result.ts';
import type { Answer } from './answer.ts';
import { type MarkClockParts, markClock } from './markClock.ts';
import type { RowCache } from './rowCache.ts';

export interface MarkDeskParts extends MarkClockParts {
	readonly baseline: Baseline;
	readonly cache: Pick<RowCache, 'learnKeys'>;
}

export interface MarkDesk {
	/** Freezes contest × area by the log's key; the mark that there is where a new one would say the same. */
	readonly mark: (place: MarkPlace) => Answer;
	/** Says the time if a mark has waited long enough for its witnesses; in how many seconds the next will have, `undefined` when none waits. */
	readonly tickForMarks: () => number | undefined;
}

export interface MarkPlace {
	readonly contest: string;
	readonly area: string;
}

/** Most stations of a country have no row in some of these. */
const OF_STATIONS = ['unit', 'return', 'station'] as const;
/** How often another process may be faster with a mark of the same place. */
const OVERTAKEN_MAX = 8;

export function markDesk(parts: MarkDeskParts): MarkDesk {
	const { voice, log, cache, store } = parts;
	const waiting = markClock(parts);
	const mark = (place: MarkPlace): Answer => {
		for (let attempt = 1; ; attempt++) {
			const rows = log.rows();
			cache.learnKeys(OF_STATIONS, store.keysOf);
			const { mark: seen } = collationRow(rows, place.contest, place.area);
			const kept = seen === undefined ? undefined : keptMark(parts, rows, place, seen);
			const statement = { type: 'tally/mark', area: place.area, contest: place.contest } as const;
			const note = kept ?? voice.say(seen === undefined ? statement : { ...statement, seen });
			const [answer] = log.append([note]);
			assert(answer !== undefined, 'every note has one answer');
			const overtaken = answer.kind === 'refused' && answer.rule === 'S32';
			if (answer.kind === 'receipt') waiting.marked(answer.id);
			if (!overtaken || attempt >= OVERTAKEN_MAX) return answer;
		}
	};
	return { mark, tickForMarks: waiting.tick };
}

/** The note of the latest mark, if a new one would say nothing else and a certificate or declaration could still rest on it (S43): none in force does so already, and nothing has put it out of date. */
function keptMark(
	{ context, baseline, store }: MarkDeskParts,
	rows: RowReader,
	place: MarkPlace,
	id: StatementId,
): Uint8Array | undefined {
	const contest = context.election.contests.get(place.contest);
	const row = rows.get('mark', id);
	assert(contest !== undefined && row !== undefined, 'the latest mark of a place is in the log');
	const { outdated } = collationRow(rows, contest.id, place.area);
	if ((outdated?.at ?? -1) >= row.index || isUsed(rows, contest, place.area, id)) return undefined;
	const view = { context, baseline, rows };
	// Most often a number has changed, which is soon seen.
	if (printCanonical(countsNow(view, contest, place.area)) !== printCanonical(row.counts)) return undefined;
	const now = markOf(view, contest, place.area, row);
	if (printCanonical(now.row) !== printCanonical(row)) return undefined;
	const [logged] = store.statements(row.index, row.index + 1);
	assert(logged?.id === id, 'a mark knows its own index');
	return logged.note;
}

function isUsed(rows: RowReader, contest: Contest, area: string, mark: StatementId): boolean {
	const { certificate } = collationRow(rows, contest.id, area);
	const declaration = area === contest.scope ? contestRow(rows, contest.id).declaration : undefined;
	return [certificate, declaration].some((id) => id !== undefined && rows.get('act', id)?.mark === mark);
}
