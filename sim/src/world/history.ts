/** One log as one machine holds it, replayed from zero by somebody who sees inside; and the watch over that machine, step by step. */
import { verifyCheckpoint } from '@matokeo/core/log/checkpoint.ts';
import { bytesEqual } from '@matokeo/core/std/bytes.ts';
import { type Replay, replay } from '@matokeo/server/audit/replay.ts';
import { printRow } from '@matokeo/server/storage/rowText.ts';
import { baseline, context, suite, trust } from './cast.ts';
import { type LeafLine, leafLine } from './leafLine.ts';
import type { Machine } from './machine.ts';
import { folder, treeIn } from './treeOf.ts';

export interface History {
	readonly taken: Replay;
	readonly line: LeafLine;
	/** Statement → index. */
	readonly indexes: Map<string, number>;
	readonly notes: Uint8Array[];
}

export interface Watched {
	readonly machine: Machine;
	readonly name: string;
	history: History;
	/** What was done to it on purpose is not held against it. */
	excused: boolean;
	/** The published checkpoint that was looked at last, and its size. */
	published: Uint8Array | undefined;
	publishedSize: number;
	/** Receipts that were compared. */
	compared: number;
}

export type Complain = (what: string) => void;

export function watched(machine: Machine, name: string): Watched {
	return {
		machine,
		name,
		history: newHistory(),
		excused: false,
		published: undefined,
		publishedSize: 0,
		compared: 0,
	};
}

/** Replays what is new, each row that it writes compared; true when another log lies there than before, and was begun from zero. */
export function grow(one: Watched, complain: Complain): boolean {
	const { store } = one.machine;
	const { size } = store.head();
	const isAnother = size < one.history.notes.length || !continues(one);
	if (isAnother) {
		one.history = newHistory();
		one.published = undefined;
		one.compared = 0;
	}
	const { taken, line, indexes, notes } = one.history;
	const from = notes.length;
	for (const { note, index, id } of size === from ? [] : store.statements(from, size)) {
		const { leafHash, void: why } = taken.take(note);
		if (why !== undefined && !one.excused) complain(`${one.name}: entry ${index} is void: ${why}`);
		line.append(leafHash);
		indexes.set(id, index);
		notes.push(note);
	}
	if (size !== from) compareWritten(one, complain);
	return isAnother;
}

/** The published checkpoint, when it is another than before: signed, provable from the tiles beside it, and of the log that the database holds. */
export function checkPublished(one: Watched, complain: Complain): void {
	const { disk } = one.machine;
	const note = disk.read(folder.checkpoint);
	if (note === undefined || one.published === note || one.excused) return;
	one.published = note;
	const verified = verifyCheckpoint(suite, note, trust);
	if (!verified.ok)
		return void complain(`${one.name}: a checkpoint is published that does not verify: ${verified.error}`);
	const { size, root } = verified.value.checkpoint;
	if (size !== one.publishedSize && treeIn(disk.read, { size, root }) === undefined)
		complain(`${one.name}: size ${size} is published, and the tiles beside it do not give its root`);
	one.publishedSize = size;
	const ours = one.history.line.rootAt(size);
	if (ours === undefined)
		complain(`${one.name}: size ${size} is published, the database holds ${one.history.notes.length}`);
	else if (!bytesEqual(ours, root)) complain(`${one.name}: at size ${size} another root is published than the log has`);
}

function newHistory(): History {
	return { taken: replay(context, baseline), line: leafLine(), indexes: new Map(), notes: [] };
}

/** Whether what the machine holds begins with what was replayed. The last statement stands for all: stores of one world share their notes, and one that was made again from others has others. */
function continues({ machine: { store }, history: { notes } }: Watched): boolean {
	const last = notes.length - 1;
	const [there] = last < 0 ? [] : store.statements(last, last + 1);
	return last < 0 || there?.note === notes[last];
}

function compareWritten({ machine: { store }, history: { taken }, name, excused }: Watched, complain: Complain): void {
	for (const { table, key } of taken.written()) {
		const row = taken.tables[table].get(key);
		if (!excused && (row === undefined || store.text(table, key) !== printRow(row)))
			complain(`${name}: the row ${key} of ${table} is not what follows from the log`);
	}
}
