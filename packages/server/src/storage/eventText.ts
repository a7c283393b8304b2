/**
 * Events as they are kept (`spec/storage.md`, D22): what a statement changed, as canonical JSON, with what lists ask for beside it. Made in one place for the database, its memory
 * twin, `fsck` and `rebuild`, so that equal logs give equal bytes.
 */

import type { StatementType } from '@matokeo/core/record/statement.ts';
import { isArrival, isChange, type LoggedEvent, type ReturnEvent } from '@matokeo/core/standings/events.ts';
import type { ReturnView } from '@matokeo/core/standings/returnView.ts';
import { printCanonical } from '@matokeo/core/std/canonical.ts';
import type { EventRecord } from '../ports/store.ts';
import { Trouble } from '../ports/trouble.ts';

/** `time`: UTC seconds of the log's last tick. */
export function eventRecord(index: number, time: number, event: ReturnEvent): EventRecord {
	const { contest, station, poll, type, before, after } = event;
	const json = before === undefined || after === undefined ? '{}' : printCanonical({ after, before });
	return { index, contest, station, poll, type, time, arrived: isArrival(event), changed: isChange(event), json };
}

/** The inverse, for what we ourselves have written. */
export function parseEvent({ index, contest, station, poll, type, time, json }: EventRecord): LoggedEvent {
	const views = parseViews(index, json);
	return { index, time, contest, station, poll, type: type as StatementType, ...views };
}

function parseViews(index: number, json: string): { readonly before?: ReturnView; readonly after?: ReturnView } {
	try {
		return JSON.parse(json) as { readonly before?: ReturnView; readonly after?: ReturnView };
	} catch {
		throw new Trouble(
			`the event of entry ${index} is not JSON: the database was changed by something else; run \`matokeo fsck\``,
		);
	}
}
