/**
 * The record as the portal reads it, out of the server's database: rows as they stand, statements, events, and the published checkpoint at which all of it is shown.
 */
import type { Context } from '@matokeo/core/rules/context.ts';
import { logRow } from '@matokeo/core/rules/opening.ts';
import type { RowReader } from '@matokeo/core/rules/rows.ts';
import type { Baseline } from '@matokeo/core/standings/baseline.ts';
import type { RecordReader } from '@matokeo/portal/record.ts';
import type { Store } from '../ports/store.ts';
import { parseEvent } from '../storage/rowText.ts';
import type { Published } from './published.ts';

export interface RecordReaderParts {
	readonly context: Context;
	readonly baseline: Baseline;
	readonly packageFiles: ReadonlyMap<string, Uint8Array>;
	readonly store: Store;
	/** The rows after the last append, asked for anew whenever the log may have grown. */
	readonly rows: () => RowReader;
	readonly latest: () => Published | undefined;
	/** A published blob. */
	readonly file: RecordReader['file'];
}

const NOTHING = new Uint8Array(0);

export function recordReader({
	context,
	baseline,
	packageFiles,
	store,
	rows,
	latest,
	file,
}: RecordReaderParts): RecordReader {
	let current = rows();
	let shown: Published | undefined;
	let amended: readonly string[] = [];

	/** Whoever looks at the head looks at the rows that belong to it. */
	const fresh = (): Published | undefined => {
		const published = latest();
		if (published === shown) return published;
		shown = published;
		current = rows();
		amended = [...store.rowsOf('station')].map(({ key }) => key);
		return published;
	};

	return {
		context,
		election: context.election,
		baseline,
		packageFiles,
		file,
		head: () => {
			const published = fresh();
			const { size = 0, root = context.suite.sha256(NOTHING), note = NOTHING } = published ?? {};
			return { size, root, checkpoint: note, time: logRow(current).time };
		},
		rows: {
			get: (table, key) => current.get(table, key),
			indexOf: (id) => current.indexOf(id),
			rootAt: (size) => current.rootAt(size),
		},
		amendedStations: () => amended,
		note: (index) => store.statements(index, index + 1)[0]?.note,
		eventsOf: (station) => store.eventsOf(station).map(parseEvent),
		events: (from, to) => store.events(from, to).map(parseEvent),
		changes: (contest, from, count) => store.changes(contest, from, count).map(parseEvent),
		changeCount: (contest) => store.changeCount(contest),
		latestChanges: (count) => store.latestChanges(count).map(parseEvent),
		arrivals: (contest, step) => store.arrivals(contest, step),
	};
}
