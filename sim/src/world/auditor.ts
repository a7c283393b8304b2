/**
 * Who looks at everything from outside after each step, and knows everything: that nothing acknowledged is lost, that rows are what follows from the log, that each published checkpoint is of the log that its
 * machine holds, that no honest witness cosigned two histories or forgot what it cosigned. It complains; nobody in the world hears it.
 */
import { bytesEqual } from '@matokeo/core/std/bytes.ts';
import { compareRows } from './compareRows.ts';
import { type Complain, checkPublished, grow, type History, type Watched, watched } from './history.ts';
import type { Machine } from './machine.ts';
import { folder, type TreeHead } from './treeOf.ts';

export interface Auditor extends CosignBook {
	/** After each step. */
	readonly look: () => void;
	/** At the end: everything, row by row. */
	readonly lookAtAll: () => void;
	readonly watch: (machine: Machine, name: string) => void;
	/** A sender holds a receipt for this statement at this index. */
	readonly acknowledged: (id: string, index: number) => void;
	/** A sender was told that this image is kept. */
	readonly kept: (digest: string) => void;
	readonly complain: Complain;
	readonly complaints: readonly string[];
	/** What somebody has done to a machine on purpose, until it is undone: nothing is said of it meanwhile. */
	readonly excuse: (machine: Machine) => void;
	readonly unexcuse: (machine: Machine) => void;
	readonly isExcused: (machine: Machine) => boolean;
	/** Statements of the longest log. */
	readonly size: () => number;
}

interface CosignBook {
	/** An honest witness has answered with a cosignature. */
	readonly cosigned: (witness: string, head: TreeHead) => void;
	/** A witness has started and remembers having cosigned so many. */
	readonly remembers: (witness: string, size: number) => void;
}

interface Receipt {
	readonly id: string;
	readonly index: number;
}

/** Whoever holds a receipt of the main machine's log holds the truth. */
export function auditor(main: Machine): Auditor {
	const machines = new Map<Machine, Watched>();
	const histories: History[] = [];
	const receipts: Receipt[] = [];
	const places = new Map<string, number>();
	const images = new Set<string>();
	const complaints: string[] = [];
	const complain = (what: string): void => void complaints.push(what);

	const growAll = (): void => {
		for (const one of machines.values()) if (grow(one, complain)) histories.push(one.history);
	};
	const look = (all: boolean): void => {
		growAll();
		for (const one of machines.values()) {
			checkPublished(one, complain);
			if (one.machine === main && !one.excused) compareReceipts(one, receipts, all ? 0 : one.compared, complain);
		}
	};
	const excuse = (machine: Machine, excused: boolean): void => {
		const one = machines.get(machine);
		if (one === undefined) return;
		one.excused = excused;
		one.compared = 0;
	};

	return {
		look: () => look(false),
		lookAtAll: () => {
			look(true);
			for (const one of machines.values())
				if (!one.excused) lookInside(one, one.machine === main ? images : [], complain);
		},
		watch: (machine, name) => {
			const one = watched(machine, name);
			histories.push(one.history);
			machines.set(machine, one);
		},
		acknowledged: (id, index) => {
			const before = places.get(id);
			if (before === undefined) receipts.push({ id, index });
			else if (before !== index && machines.size === 1 && machines.get(main)?.excused === false)
				complain(`${id.slice(0, 8)} was acknowledged at index ${before} and at ${index}`);
			places.set(id, before ?? index);
		},
		kept: (digest) => void images.add(digest),
		...cosignBook(histories, growAll, complain),
		complain,
		complaints,
		excuse: (machine) => excuse(machine, true),
		unexcuse: (machine) => excuse(machine, false),
		isExcused: (machine) => machines.get(machine)?.excused === true,
		size: () => Math.max(0, ...[...machines.values()].map(({ history }) => history.notes.length)),
	};
}

function compareReceipts(one: Watched, receipts: readonly Receipt[], from: number, complain: Complain): void {
	for (const { id, index } of from === receipts.length ? [] : receipts.slice(from))
		if (one.history.indexes.get(id) !== index)
			complain(`${one.name}: the acknowledged ${id.slice(0, 8)} is not at index ${index}`);
	one.compared = receipts.length;
}

function lookInside({ machine, name }: Watched, images: Iterable<string>, complain: Complain): void {
	const wrong = compareRows(machine, machine.disk.read);
	if (wrong !== undefined) complain(`${name}: ${wrong}`);
	for (const digest of images)
		if (machine.disk.sizeOf(folder.heldBlob(digest)) === undefined)
			complain(`${name}: the image ${digest.slice(0, 8)} was acknowledged and is not kept`);
}

/** What each honest witness has cosigned, all of it of one history. */
function cosignBook(histories: readonly History[], growAll: () => void, complain: Complain): CosignBook {
	const signed = new Map<string, { readonly heads: TreeHead[]; within: History | undefined }>();
	const isOf = ({ line }: History, { size, root }: TreeHead): boolean => {
		const ours = line.rootAt(size);
		return ours !== undefined && bytesEqual(ours, root);
	};
	return {
		cosigned: (witness, head) => {
			growAll();
			const one = signed.get(witness) ?? { heads: [], within: undefined };
			signed.set(witness, one);
			one.heads.push(head);
			if (one.within !== undefined && isOf(one.within, head)) return;
			one.within = histories.find((history) => one.heads.every((each) => isOf(history, each)));
			if (one.within === undefined) complain(`${witness} cosigned two histories, the second at size ${head.size}`);
		},
		remembers: (witness, size) => {
			const last = Math.max(0, ...(signed.get(witness)?.heads ?? []).map((head) => head.size));
			if (size < last) complain(`${witness} answered with a cosignature of size ${last} and remembers ${size}`);
		},
	};
}
