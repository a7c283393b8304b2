/**
 * Who looks at everything from outside after each step, and knows everything: that nothing acknowledged is lost, that rows are what follows from the log, that each published checkpoint is of the log that its
 * machine holds, that no honest witness cosigned two histories. It complains; nobody in the world hears it.
 */
import { verifyCheckpoint } from '@matokeo/core/log/checkpoint.ts';
import { bytesEqual } from '@matokeo/core/std/bytes.ts';
import { type Replay, replay } from '@matokeo/server/audit/replay.ts';
import { printRow } from '@matokeo/server/storage/rowText.ts';
import { baseline, context, suite, trust } from './cast.ts';
import { compareRows } from './compareRows.ts';
import { type LeafLine, leafLine } from './leafLine.ts';
import type { Machine } from './machine.ts';
import { folder, type TreeHead, treeIn } from './treeOf.ts';

export interface Auditor {
	/** After each step. */
	readonly look: () => void;
	/** At the end: everything, row by row. */
	readonly lookAtAll: () => void;
	readonly watch: (machine: Machine, name: string) => void;
	readonly unwatch: (machine: Machine) => void;
	/** A sender holds a receipt for this statement at this index. */
	readonly acknowledged: (id: string, index: number) => void;
	/** A sender was told that this image is kept. */
	readonly kept: (digest: string) => void;
	readonly cosigned: (witness: string, head: TreeHead) => void;
	/** A witness has started and remembers having cosigned so many. */
	readonly remembers: (witness: string, size: number) => void;
	readonly complain: (what: string) => void;
	readonly complaints: readonly string[];
	/** What somebody has done to a machine on purpose, until it is undone: nothing is said of it meanwhile. */
	readonly excuse: (machine: Machine) => void;
	readonly unexcuse: (machine: Machine) => void;
	readonly isExcused: (machine: Machine) => boolean;
	/** Statements of the main log that the auditor has replayed. */
	readonly size: () => number;
}

/** One log as one machine holds it, replayed from zero. */
interface History {
	readonly taken: Replay;
	readonly line: LeafLine;
	/** Statement → index. */
	readonly indexes: Map<string, number>;
	readonly notes: Uint8Array[];
	readonly voids: Set<number>;
}

/** What a witness has cosigned, and a history that all of it is of. */
interface Signed {
	readonly heads: TreeHead[];
	readonly within: History | undefined;
}

interface Watched {
	readonly name: string;
	history: History;
	excused: boolean;
	/** The published checkpoint that was looked at last. */
	published: Uint8Array | undefined;
	publishedSize: number;
	/** Acknowledgements that were compared. */
	compared: number;
	first: Uint8Array | undefined;
}

export function auditor(acknowledgedOf: (machine: Machine) => boolean): Auditor {
	const watched = new Map<Machine, Watched>();
	const histories: History[] = [];
	const receipts: { readonly id: string; readonly index: number }[] = [];
	const places = new Map<string, number>();
	const images = new Set<string>();
	const signed = new Map<string, Signed>();
	const complaints: string[] = [];
	const complain = (what: string): void => void complaints.push(what);

	const grow = (machine: Machine, one: Watched): void => {
		const { size } = machine.store.head();
		const [first] = machine.store.statements(0, 1);
		// Another log lies there: a backup was put back, or the machine is another's copy.
		if (
			size < one.history.notes.length ||
			(first !== undefined && one.first !== undefined && !continues(machine, one.history))
		) {
			one.history = newHistory();
			one.published = undefined;
			one.compared = 0;
			histories.push(one.history);
		}
		one.first = first?.note;
		const from = one.history.notes.length;
		for (const { note, index, id } of size === from ? [] : machine.store.statements(from, size)) {
			const { leafHash, void: why } = one.history.taken.take(note);
			if (why !== undefined && !one.excused) complain(`${one.name}: entry ${index} is void: ${why}`);
			one.history.line.append(leafHash);
			one.history.indexes.set(id, index);
			one.history.notes.push(note);
		}
		if (size !== from) compareWritten(machine, one);
	};
	const compareWritten = (machine: Machine, { history: { taken }, name, excused }: Watched): void => {
		for (const { table, key } of taken.written()) {
			const row = taken.tables[table].get(key);
			const text = machine.store.text(table, key);
			if (!excused && (row === undefined || text !== printRow(row)))
				complain(`${name}: the row ${key} of ${table} is not what follows from the log`);
		}
	};
	const checkPublished = (machine: Machine, one: Watched): void => {
		const note = machine.disk.read(folder.checkpoint);
		if (note === undefined || one.published === note || one.excused) return;
		one.published = note;
		const verified = verifyCheckpoint(suite, note, trust);
		if (!verified.ok)
			return void complain(`${one.name}: a checkpoint is published that does not verify: ${verified.error}`);
		const { size, root } = verified.value.checkpoint;
		if (size !== one.publishedSize && treeIn(machine.disk.read, { size, root }) === undefined)
			complain(`${one.name}: size ${size} is published, and the tiles beside it do not give its root`);
		one.publishedSize = size;
		const ours = one.history.line.rootAt(size);
		if (ours === undefined)
			complain(`${one.name}: size ${size} is published, the database holds ${one.history.notes.length}`);
		else if (!bytesEqual(ours, root))
			complain(`${one.name}: at size ${size} another root is published than the log has`);
	};
	/** Whoever holds a receipt of this machine's log holds the truth. */
	const compareReceipts = (machine: Machine, one: Watched, from: number): void => {
		if (one.excused || !acknowledgedOf(machine)) return;
		for (const { id, index } of receipts.slice(from))
			if (one.history.indexes.get(id) !== index)
				complain(`${one.name}: the acknowledged ${id.slice(0, 8)} is not at index ${index}`);
		one.compared = receipts.length;
	};

	return {
		look: () => {
			for (const [machine, one] of watched) {
				grow(machine, one);
				checkPublished(machine, one);
				if (one.compared < receipts.length) compareReceipts(machine, one, one.compared);
			}
		},
		lookAtAll: () => {
			for (const [machine, one] of watched) {
				grow(machine, one);
				checkPublished(machine, one);
				compareReceipts(machine, one, 0);
				const wrong = one.excused ? undefined : compareRows(machine, machine.disk.read);
				if (wrong !== undefined) complain(`${one.name}: ${wrong}`);
				if (!one.excused && acknowledgedOf(machine))
					for (const digest of images)
						if (machine.disk.sizeOf(folder.heldBlob(digest)) === undefined)
							complain(`${one.name}: the image ${digest.slice(0, 8)} was acknowledged and is not kept`);
			}
		},
		watch: (machine, name) => {
			const history = newHistory();
			histories.push(history);
			watched.set(machine, {
				name,
				history,
				excused: false,
				published: undefined,
				publishedSize: 0,
				compared: 0,
				first: undefined,
			});
		},
		unwatch: (machine) => void watched.delete(machine),
		acknowledged: (id, index) => {
			const before = places.get(id);
			if (before === undefined) receipts.push({ id, index });
			else if (before !== index && [...watched.values()].every(({ excused }) => !excused) && watched.size === 1)
				complain(`${id.slice(0, 8)} was acknowledged at index ${before} and at ${index}`);
			places.set(id, before ?? index);
		},
		kept: (digest) => void images.add(digest),
		cosigned: (witness, head) => {
			for (const [machine, one] of watched) grow(machine, one);
			const { heads, within } = signed.get(witness) ?? { heads: [], within: undefined };
			heads.push(head);
			const holds = ({ line }: History, { size, root }: TreeHead): boolean => sameRoot(line.rootAt(size), root);
			const still =
				within !== undefined && holds(within, head)
					? within
					: histories.find((one) => heads.every((each) => holds(one, each)));
			if (still === undefined) complain(`${witness} cosigned two histories, the second at size ${head.size}`);
			signed.set(witness, { heads, within: still });
		},
		remembers: (witness, size) => {
			const last = Math.max(0, ...(signed.get(witness)?.heads ?? []).map((head) => head.size));
			if (size < last) complain(`${witness} answered with a cosignature of size ${last} and remembers ${size}`);
		},
		complain,
		complaints,
		excuse: (machine) => {
			const one = watched.get(machine);
			if (one !== undefined) one.excused = true;
		},
		unexcuse: (machine) => {
			const one = watched.get(machine);
			if (one === undefined) return;
			one.excused = false;
			one.compared = 0;
		},
		isExcused: (machine) => watched.get(machine)?.excused === true,
		size: () => Math.max(0, ...[...watched.values()].map(({ history }) => history.notes.length)),
	};
}

function newHistory(): History {
	return { taken: replay(context, baseline), line: leafLine(), indexes: new Map(), notes: [], voids: new Set() };
}

/** Whether what the machine holds begins with what was replayed: the last statement stands for all, since it was not changed alone unless on purpose. */
function continues(machine: Machine, { notes }: History): boolean {
	const last = notes.length - 1;
	const [there] = last < 0 ? [] : machine.store.statements(last, last + 1);
	return last < 0 || (there !== undefined && there.note === notes[last]);
}

function sameRoot(a: Uint8Array | undefined, b: Uint8Array): boolean {
	return a !== undefined && bytesEqual(a, b);
}
