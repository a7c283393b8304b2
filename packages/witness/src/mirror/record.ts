/** A mirrored log as the portal reads it (M5): rows of the replay, notes of the folder, events of their own small database, all at the checkpoint that was verified last. */
import type { Context } from '@matokeo/core/rules/context.ts';
import type { Baseline } from '@matokeo/core/standings/baseline.ts';
import type { LogHead, RecordReader } from '@matokeo/portal/record.ts';
import type { ReplayRows } from '@matokeo/verifier/replay/memoryRows.ts';
import type { EventStore } from './events.ts';
import type { NoteReader } from './notes.ts';

export interface RecordParts {
	readonly context: Context;
	readonly baseline: Baseline;
	readonly packageFiles: ReadonlyMap<string, Uint8Array>;
	/** As the replay stands; another after the folder was verified again from its beginning. */
	readonly rows: () => ReplayRows;
	readonly events: EventStore;
	readonly notes: NoteReader;
	readonly head: () => LogHead;
	/** A published blob that the mirror has. */
	readonly file: RecordReader['file'];
}

export function mirrorRecord(parts: RecordParts): RecordReader {
	const { context, baseline, packageFiles, rows, events, notes, head, file } = parts;
	return {
		context,
		election: context.election,
		baseline,
		packageFiles,
		file,
		head,
		rows: {
			get: (table, key) => rows().get(table, key),
			indexOf: (id) => rows().indexOf(id),
			rootAt: (size) => rows().rootAt(size),
		},
		amendedStations: () => Array.from(rows().entries('station'), ([id]) => id),
		note: (index) => notes(index, head().size),
		eventsOf: (station) => events.eventsOf(station),
		events: (from, to) => events.events(from, to),
		changes: (contest, from, count) => events.changes(contest, from, count),
		changeCount: (contest) => events.changeCount(contest),
		latestChanges: (count) => events.latestChanges(count),
		arrivals: (contest, step) => events.arrivals(contest, step),
	};
}
