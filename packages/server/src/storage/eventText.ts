/**
 * Events as they are kept (`spec/storage.md`, D22): what a statement changed, as canonical JSON, with what lists ask for beside it. Made in one place for the database, its memory
 * twin, `fsck` and `rebuild`, so that equal logs give equal bytes.
 */

import { isArrival, isChange, type ReturnEvent } from '@matokeo/core/standings/events.ts';
import { printCanonical } from '@matokeo/core/std/canonical.ts';
import type { EventRecord } from '../ports/store.ts';

/** `time`: UTC seconds of the log's last tick. */
export function eventRecord(index: number, time: number, event: ReturnEvent): EventRecord {
	const { contest, station, poll, type, before, after } = event;
	const json = before === undefined || after === undefined ? '{}' : printCanonical({ after, before });
	return { index, contest, station, poll, type, time, arrived: isArrival(event), changed: isChange(event), json };
}
