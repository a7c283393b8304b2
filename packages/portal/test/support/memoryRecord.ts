/**
 * A record in memory for tests: takes notes as a log does (decided, folded, observed) and is read by the portal like a server's. Signatures are not checked: who signs is the business of the rules,
 * not of pages.
 */

import { leafHash, rootOf } from '@matokeo/core/log/merkle.ts';
import { parseLeaf } from '@matokeo/core/record/leaf.ts';
import type { Digest } from '@matokeo/core/record/said.ts';
import { decide } from '@matokeo/core/rules/decide.ts';
import { logRow } from '@matokeo/core/rules/opening.ts';
import { isArrival, isChange, type LoggedEvent } from '@matokeo/core/standings/events.ts';
import { fold } from '@matokeo/core/standings/fold.ts';
import { portableSuite } from '@matokeo/core/std/portable.ts';
import { memoryRows } from '@matokeo/core/testing/rules/memory.ts';
import { baseline, context, election } from '@matokeo/core/testing/rules/world.ts';
import { smallElection } from '@matokeo/core/testing/smallElection.ts';
import type { RecordReader } from '../../src/record.ts';

export interface MemoryRecord extends RecordReader {
	/** Takes the next leaf; a refused one is void. */
	readonly take: (note: Uint8Array) => void;
	/** Keeps a file, as whoever keeps a record does; returns its digest. */
	readonly keep: (bytes: Uint8Array) => Digest;
}

export function memoryRecord(): MemoryRecord {
	const rows = memoryRows();
	const notes: Uint8Array[] = [];
	const events: LoggedEvent[] = [];
	const files = new Map<Digest, Uint8Array>();
	const of = (wanted: string) => (event: LoggedEvent) =>
		isChange(event) && (event.contest === wanted || event.contest === '');
	const take = (note: Uint8Array): void => {
		const leaf = parseLeaf(portableSuite, note);
		const index = notes.length;
		notes.push(note);
		const said = leaf.ok ? decide(context, rows, leaf.value, index, () => true) : undefined;
		if (!leaf.ok || said?.ok !== true) {
			rows.voided(note);
			return;
		}
		const fresh: LoggedEvent[] = [];
		fold(context, baseline, rows, said.value, (event) => {
			fresh.push({ ...event, index, time: logRow(rows).time });
		});
		events.push(...fresh.sort((a, b) => (`${a.contest} ${a.station}` < `${b.contest} ${b.station}` ? -1 : 1)));
		rows.logged(leaf.value.id, note);
	};
	return {
		take,
		keep: (bytes) => {
			const sha256 = portableSuite.sha256Hex(bytes);
			files.set(sha256, bytes);
			return sha256;
		},
		file: (sha256) => files.get(sha256),
		context,
		election,
		baseline,
		rows,
		packageFiles: smallElection().files,
		head: () => {
			const size = notes.length;
			const root = rootOf(
				portableSuite,
				notes.map((note) => leafHash(portableSuite, note)),
			);
			return { size, root, time: logRow(rows).time, checkpoint: new Uint8Array() };
		},
		amendedStations: () => rows.keysOf('station'),
		note: (index) => notes[index],
		eventsOf: (wanted) => events.filter(({ station }) => station === wanted),
		events: (from, to) => events.filter(({ index }) => index >= from && index < to),
		changes: (contest, from, count) => events.filter(of(contest)).slice(from, from + count),
		changeCount: (contest) => events.filter(of(contest)).length,
		latestChanges: (count) => events.filter(isChange).slice(-count).reverse(),
		arrivals: (contest, step) => {
			const forms = new Map<number, number>();
			for (const event of events) {
				if (event.contest !== contest || !isArrival(event)) continue;
				const begins = Math.floor(event.time / step) * step;
				forms.set(begins, (forms.get(begins) ?? 0) + 1);
			}
			return [...forms].map(([time, count]) => ({ time, forms: count })).sort((a, b) => a.time - b.time);
		},
	};
}
