/**
 * Lodged counts of a contest and each of them (W18). What their comparison gave is handed in by whoever has made it: it costs time in proportion to the election, which no view may take. It does not know
 * whether a count is right.
 */
import type { Contest } from '@matokeo/core/election/types.ts';
import type { Digest, StatementId } from '@matokeo/core/record/said.ts';
import { countsOf } from '@matokeo/core/rules/chains.ts';
import { utf8Decode } from '@matokeo/core/std/bytes.ts';
import type { RecordReader } from '../record.ts';
import type { CountCompared, CountLine, CountSummary, CountsView, CountView } from './countTypes.ts';
import { contestHead, stampOf } from './heads.ts';
import { entriesAt } from './objections.ts';
import { fileView, saidView, statementOf } from './said.ts';

/** What is known of the comparison of a count. */
export type Comparisons = (id: StatementId) => CountCompared | undefined;

/** Counts in a list: more than all parties, observers and newsrooms of an election lodge of one contest. */
export const COUNTS_LISTED = 200;

/** Ids of a contest's counts, newest first. */
export function countIds({ rows }: Pick<RecordReader, 'rows'>, contest: string): readonly StatementId[] {
	return Array.from(countsOf(rows, contest), ({ id }) => id);
}

/** The newest of a list have their comparison beside them; each of the others has a page. */
const COMPARED_LISTED = 5;

export function comparedInList(reader: Pick<RecordReader, 'rows'>, contest: string): readonly StatementId[] {
	return countIds(reader, contest).slice(0, COMPARED_LISTED);
}

export function countsView(reader: RecordReader, contest: Contest, comparisons: Comparisons): CountsView {
	const ids = countIds(reader, contest.id).slice(0, COUNTS_LISTED);
	return {
		stamp: stampOf(reader),
		contest: contestHead(reader, contest),
		counts: ids.flatMap(
			(id, place) => countLine(reader, id, place < COMPARED_LISTED ? comparisons(id) : undefined) ?? [],
		),
	};
}

function countLine(reader: RecordReader, id: StatementId, compared?: CountCompared): CountLine | undefined {
	const row = reader.rows.get('count', id);
	const statement = statementOf(reader, id);
	if (row === undefined || statement?.type !== 'count/lodge') return undefined;
	const level = reader.election.levels.find((one) => one.id === statement.level);
	return {
		...saidView(reader, id, row),
		contest: row.contest,
		at: statement.at,
		obtained: statement.obtained,
		rows: statement.rows,
		...(level === undefined ? {} : { level: { id: level.id, text: level.name } }),
		...(row.until === undefined ? {} : { until: row.until }),
		...(statement.seen === undefined ? {} : { replaces: statement.seen }),
		...(compared?.state === 'compared' ? { compared: summaryOf(compared) } : {}),
	};
}

function summaryOf({ size, stages }: Extract<CountCompared, { readonly state: 'compared' }>): CountSummary {
	const { matched, same, differing, only_in_a, only_in_b, verdict } = stages.verified.comparison;
	return { matched, same, differing, only_in_a, only_in_b, verdict, size };
}

export function countView(reader: RecordReader, id: StatementId, comparisons: Comparisons): CountView | undefined {
	const compared = comparisons(id);
	const count = countLine(reader, id, compared);
	const statement = statementOf(reader, id);
	const contest = count === undefined ? undefined : reader.election.contests.get(count.contest);
	if (count === undefined || contest === undefined || statement?.type !== 'count/lodge') return undefined;
	const words = wordsOf(reader, statement.text);
	const later = count.until === undefined ? undefined : reader.rows.indexOf(count.until);
	return {
		stamp: stampOf(reader),
		contest: contestHead(reader, contest),
		count,
		rule: contest.rule,
		table: fileView(reader, statement.table),
		text: fileView(reader, statement.text),
		...(words === undefined ? {} : { words }),
		...(compared === undefined ? {} : { compared }),
		history: entriesAt(reader, [count.index, ...(later === undefined ? [] : [later])]),
	};
}

/** Characters of a lodger's text on a page; the file has the rest. */
const TEXT_SHOWN_MAX = 20_000;
const SALT_LINE = /^[0-9a-f]{64}\n/;

/** A text opens with its salt; anything else is a file to open, and no words. */
function wordsOf(reader: RecordReader, sha256: Digest): string | undefined {
	const bytes = heldFile(reader, sha256);
	const text = bytes === undefined ? undefined : utf8Decode(bytes);
	if (text === undefined || !SALT_LINE.test(text)) return undefined;
	return text.slice(text.indexOf('\n') + 1, TEXT_SHOWN_MAX).trim();
}

/** Where whoever keeps the record holds it and nothing withholds it. */
export function heldFile(reader: Pick<RecordReader, 'rows' | 'file'>, sha256: Digest): Uint8Array | undefined {
	const row = reader.rows.get('blob', sha256);
	return row?.held === undefined || row.withheld !== undefined ? undefined : reader.file(sha256);
}
