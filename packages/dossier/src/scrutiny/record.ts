/**
 * The record that a pack is made from (`spec/scrutiny.md`, Y8): the published log, replayed once from zero by the same rules as everywhere, with every statement shown in order to whoever collects. Nothing is
 * taken from the database: what it says is compared in a part of its own.
 */
import type { Contest } from '@matokeo/core/election/types.ts';
import type { StatementId } from '@matokeo/core/record/said.ts';
import type { Statement } from '@matokeo/core/record/statement.ts';
import type { Context } from '@matokeo/core/rules/context.ts';
import { logRow } from '@matokeo/core/rules/opening.ts';
import { baselineOf } from '@matokeo/core/standings/baseline.ts';
import { base64Encode } from '@matokeo/core/std/bytes.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { printFinding } from '@matokeo/server/audit/finding.ts';
import { openPublishedLog, publishedEntries } from '@matokeo/server/audit/publishedLog.ts';
import { type Replay, replay } from '@matokeo/server/audit/replay.ts';
import type { Folder } from '@matokeo/server/publish/folder.ts';

/** One statement that has effect. */
export interface SaidAt {
	readonly index: number;
	/** The log's time: UTC seconds of its last tick. */
	readonly time: number;
	readonly id: StatementId;
	readonly statement: Statement;
}

export interface ScrutinyRecord {
	readonly context: Context;
	readonly size: number;
	/** Base64, as the checkpoint has it. */
	readonly root: string;
	/** UTC seconds of the last tick. */
	readonly time: number;
	/** Statements in the log that are without effect: the audit names each. */
	readonly voidLeaves: number;
	readonly tables: Replay['tables'];
	readonly rows: Replay['rows'];
	/** Of the second at which an index was said. */
	readonly timeOf: (index: number) => number;
}

export type Visit = (said: SaidAt) => void;

/** The error says why there is no log that anything could be said of. */
export async function readRecord(
	suite: Suite,
	folder: Folder,
	visits: (context: Context) => readonly Visit[],
): Promise<Result<ScrutinyRecord>> {
	const opened = await openPublishedLog(suite, folder);
	if (!opened.ok) return err(opened.error.map(printFinding).join('; '));
	const { context, checkpoint, election } = opened.value;
	if (checkpoint === undefined) return err('nothing was published yet: serve it and let the first statement come in');
	const replayed = replay(context, baselineOf(election));
	const visiting = visits(context);
	const ticks: { readonly index: number; readonly time: number }[] = [];
	let voidLeaves = 0;
	for (const { file, entries } of publishedEntries(folder, checkpoint.size)) {
		if (!entries.ok) return err(`${file}: ${entries.error}`);
		for (const note of entries.value) {
			const { index, id, leaf, void: refused } = replayed.take(note);
			if (refused !== undefined) voidLeaves++;
			if (leaf === undefined || refused !== undefined) continue;
			const { time } = logRow(replayed.rows);
			if (time !== (ticks.at(-1)?.time ?? 0)) ticks.push({ index, time });
			for (const visit of visiting) visit({ index, time, id, statement: leaf.statement });
		}
	}
	const { size, root } = checkpoint;
	const { time } = logRow(replayed.rows);
	const { tables, rows } = replayed;
	const record = { context, size, root: base64Encode(root), time, voidLeaves, tables, rows, timeOf: timesBy(ticks) };
	return ok(record);
}

function timesBy(ticks: readonly { readonly index: number; readonly time: number }[]): (index: number) => number {
	return (index) => {
		let [low, high] = [0, ticks.length];
		while (low < high) {
			const middle = (low + high) >>> 1;
			if ((ticks[middle]?.index ?? 0) <= index) low = middle + 1;
			else high = middle;
		}
		return ticks[low - 1]?.time ?? 0;
	};
}

/** The contest of a return; the rules admit none of another. */
export function contestOf({ election }: Context, id: string): Contest | undefined {
	return election.contests.get(id);
}
