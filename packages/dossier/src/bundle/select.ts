/**
 * Which statements go into a bundle (B5): those that concern its subject, and those on which they rest: the opening, the clock, the enrolment of every key that signed, that files are held or withheld, and what makes a later one late. The whole log is
 * gone through once, in its order.
 */
import { areaOf, chainAbove } from '@matokeo/core/election/geography.ts';
import { type Leaf, parseLeaf } from '@matokeo/core/record/leaf.ts';
import type { Statement } from '@matokeo/core/record/statement.ts';
import { actsOf } from '@matokeo/core/rules/chains.ts';
import type { Context } from '@matokeo/core/rules/context.ts';
import type { RowReader } from '@matokeo/core/rules/rows.ts';
import { stationOf } from '@matokeo/core/rules/stations.ts';
import { blobsOf, type NamedBlob } from '@matokeo/verifier/bundle/blobs.ts';
import { concernOf } from '@matokeo/verifier/bundle/concern.ts';
import type { Subject } from '@matokeo/verifier/bundle/manifest.ts';

export interface Selected {
	readonly index: number;
	readonly leaf: Leaf;
}

export interface Selection {
	/** In the order of the log. */
	readonly statements: readonly Selected[];
	/** Files that the subject's statements name. */
	readonly blobs: readonly NamedBlob[];
}

export interface SelectFrom {
	readonly context: Context;
	/** As they stand at the end of the log. */
	readonly rows: RowReader;
	readonly size: number;
	readonly note: (index: number) => Uint8Array | undefined;
}

interface Passed {
	readonly about: ReadonlyMap<number, Leaf>;
	/** Ticks before them, amendments: said of the whole. */
	readonly around: ReadonlySet<number>;
	/** Digest → index of its withholding. */
	readonly withheld: ReadonlyMap<string, number>;
	/** Index of the first form that an officer captured. */
	readonly captured: number | undefined;
}

export function select(from: SelectFrom, subject: Subject): Selection {
	const { context, rows } = from;
	const passed = pass(from, subject);
	const statements = [...passed.about.values()].map(({ statement }) => statement);
	const blobs = blobsOf(context.election, rows, statements);
	const wanted = new Set([0, 1, ...passed.around, ...passed.about.keys()]);
	for (const { sha256 } of blobs) {
		const held = rows.get('blob', sha256)?.held;
		const withheld = passed.withheld.get(sha256);
		if (held !== undefined) wanted.add(held);
		if (withheld !== undefined) wanted.add(withheld);
	}
	for (const statement of statements) for (const index of covering(context, rows, statement)) wanted.add(index);
	const leaves = withSigners(from, wanted, passed);
	return {
		statements: [...leaves].map(([index, leaf]) => ({ index, leaf })).sort((a, b) => a.index - b.index),
		blobs,
	};
}

function pass({ context, rows, size, note }: SelectFrom, subject: Subject): Passed {
	const concern = concernOf(context, rows, subject);
	const about = new Map<number, Leaf>();
	const around = new Set<number>();
	const withheld = new Map<string, number>();
	let captured: number | undefined;
	let tick = 1;
	for (let index = 0; index < size; index++) {
		const leaf = leafAt({ context, rows, note }, index);
		if (leaf === undefined) continue;
		const { id, statement } = leaf;
		if (statement.type === 'clock/tick') tick = index;
		if (statement.type === 'election/amend') around.add(index);
		if (statement.type === 'blob/withhold') withheld.set(statement.sha256, index);
		if (captured === undefined && statement.type === 'form/capture' && isOfficers(rows, statement)) captured = index;
		if (!concern(id, statement)) continue;
		about.set(index, leaf);
		around.add(tick);
	}
	return { about, around, withheld, captured };
}

function isOfficers(rows: RowReader, { by }: Statement): boolean {
	return by.some((name) => ['presiding-officer', 'receiving-officer'].includes(rows.get('key', name)?.role ?? ''));
}

/** Only what the rules have admitted: a void leaf says nothing. */
function leafAt(
	{ context, rows, note }: Pick<SelectFrom, 'context' | 'rows' | 'note'>,
	index: number,
): Leaf | undefined {
	const bytes = note(index);
	const leaf = bytes === undefined ? undefined : parseLeaf(context.suite, bytes);
	return leaf?.ok === true && rows.indexOf(leaf.value.id) === index ? leaf.value : undefined;
}

/** Certificates and declarations that cover the station of an original: one that comes after them is late (S33). */
function covering(context: Context, rows: RowReader, statement: Statement): readonly number[] {
	if (statement.type !== 'form/original') return [];
	const contest = context.election.contests.get(statement.contest);
	const station = stationOf(context, rows, statement.station);
	if (contest === undefined || station === undefined) return [];
	const chain = chainAbove(context.election, contest, areaOf(station, contest.hierarchy));
	return [...actsOf(rows, contest.id)].flatMap(({ row }) =>
		row.kind === 'declaration' || (row.kind === 'certificate' && chain.includes(row.area)) ? [row.index] : [],
	);
}

/** And the statements by which each of their keys came into force, and left it; and what those rest on in turn. */
function withSigners(
	from: SelectFrom,
	wanted: ReadonlySet<number>,
	{ about, captured }: Passed,
): ReadonlyMap<number, Leaf> {
	const { rows } = from;
	const leaves = new Map<number, Leaf>();
	const waiting = [...wanted];
	for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
		if (leaves.has(index)) continue;
		const leaf = about.get(index) ?? leafAt(from, index);
		if (leaf === undefined) continue;
		leaves.set(index, leaf);
		for (const name of leaf.statement.by) {
			const key = rows.get('key', name);
			if (key === undefined) continue;
			waiting.push(key.from);
			if (key.until !== undefined) waiting.push(key.until);
		}
		// Who enrols an official once forms are coming in is another than before (S22): whoever replays must know that they are.
		if (leaf.statement.type === 'key/enrol' && captured !== undefined && captured < index) waiting.push(captured);
	}
	return leaves;
}
