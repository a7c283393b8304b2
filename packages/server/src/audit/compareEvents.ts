/**
 * Every event against what the log gives, byte for byte (`spec/storage.md`, D20, D22): a history that somebody has altered, shortened or lengthened in the database is found and named
 * with its station.
 */
import type { EventRecord, Store } from '../ports/store.ts';
import { STATEMENTS_PER_CHUNK_MAX } from '../publish/edge.ts';
import type { Findings } from './finding.ts';

/** Events compared. `expected` is in the order of the log, up to the size that was replayed. */
export function compareEvents(store: Store, expected: readonly EventRecord[], size: number, found: Findings): number {
	const byIndex = new Map<number, EventRecord[]>();
	for (const event of expected) {
		const list = byIndex.get(event.index) ?? [];
		list.push(event);
		byIndex.set(event.index, list);
	}
	let compared = 0;
	const chunk = (from: number, to: number): void => {
		const wanted = new Map<string, EventRecord>();
		for (let index = Math.max(0, from); index < Math.min(to, size); index++)
			for (const event of byIndex.get(index) ?? []) wanted.set(keyOf(event), event);
		for (const event of store.events(from, to)) {
			compared++;
			const right = wanted.get(keyOf(event));
			wanted.delete(keyOf(event));
			if (right === undefined) found.add(named(event, 'the database has an event that the log does not give'));
			else if (textOf(right) !== textOf(event))
				found.add(named(event, `the database says ${textOf(event)}, the log gives ${textOf(right)}`));
		}
		for (const event of wanted.values())
			found.add(named(event, 'the log gives an event that the database does not have'));
	};
	chunk(Number.MIN_SAFE_INTEGER, 0);
	for (let at = 0; at < size; at += STATEMENTS_PER_CHUNK_MAX) chunk(at, Math.min(size, at + STATEMENTS_PER_CHUNK_MAX));
	chunk(size, Number.MAX_SAFE_INTEGER);
	return compared;
}

function keyOf({ index, contest, station }: EventRecord): string {
	return `${index}|${contest}|${station}`;
}

function textOf({ poll, type, time, arrived, changed, json }: EventRecord): string {
	return `poll ${poll}, ${type}, time ${time}, arrived ${arrived}, changed ${changed}, ${json}`;
}

function named({ index, station }: EventRecord, problem: string) {
	return { where: `table event, entry ${index}`, problem, ...(station === '' ? {} : { station }) };
}
