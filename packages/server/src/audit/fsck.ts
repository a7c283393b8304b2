/**
 * `fsck`: database, published log and blobs, compared row by row (`spec/storage.md`, D20). The published log is replayed from zero; the database must say the same in every byte. It changes
 * nothing, needs no key, and takes neither side: it names every place where the two differ.
 */
import { relative } from 'node:path';
import { rangeRoot } from '@matokeo/core/log/compactRange.ts';
import { leafHash } from '@matokeo/core/log/merkle.ts';
import type { Transcription } from '@matokeo/core/record/commitment.ts';
import type { Leaf } from '@matokeo/core/record/leaf.ts';
import { baselineOf } from '@matokeo/core/standings/baseline.ts';
import { base64Encode, bytesEqual } from '@matokeo/core/std/bytes.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { checkDelivery } from '../app/openings.ts';
import type { LoggedStatement, Store } from '../ports/store.ts';
import { STATEMENTS_PER_CHUNK_MAX } from '../publish/edge.ts';
import type { Folder } from '../publish/folder.ts';
import { parseTranscription } from '../storage/rowText.ts';
import { compareBlobs, type NamedBlobs, nameBlobs, nameFiles } from './compareBlobs.ts';
import { compareBooks } from './compareBooks.ts';
import { compareEvents } from './compareEvents.ts';
import { comparePapers } from './comparePapers.ts';
import { resultsCheck, tileCheck, witnessedCheck } from './comparePublished.ts';
import { compareRows } from './compareRows.ts';
import { type Finding, type Findings, findings, stationOfStatement } from './finding.ts';
import { openPublishedLog, type PublishedLog, publishedEntries } from './publishedLog.ts';
import { type Replay, type Replayed, replay } from './replay.ts';

export interface Audit {
	/** The first ones; `count` says how many there are. */
	readonly findings: readonly Finding[];
	readonly count: number;
	readonly compared: {
		readonly statements: number;
		readonly rows: number;
		readonly files: number;
		readonly blobs: number;
		/** Books of requests and operations that the log has a digest of. */
		readonly books: number;
	};
	/** Books that were moved elsewhere, with their digest left in their place: no difference, but nothing was compared. */
	readonly notHere: readonly string[];
	/** Size of the published checkpoint. */
	readonly size: number;
}

export async function audit(suite: Suite, folder: Folder, store: Store): Promise<Audit> {
	const found = findings();
	const none = { statements: 0, rows: 0, files: 0, blobs: 0, books: 0 };
	const opened = await openPublishedLog(suite, folder);
	if (!opened.ok) {
		for (const finding of opened.error) found.add(finding);
		return { findings: found.told(), count: found.count(), compared: none, notHere: [], size: 0 };
	}
	const { election, context, checkpoint } = opened.value;
	const baseline = baselineOf(election);
	const replayed = replay(context, baseline);
	const named: NamedBlobs = new Map();
	const walk: Walk = { suite, folder, store, found, replayed, log: opened.value, named };
	const results = resultsCheck(opened.value, folder, baseline, replayed, found);
	const size = checkpoint?.size ?? 0;
	const witnessed = witnessedCheck(opened.value, folder, replayed, found);
	const at = (reached: number): void => {
		results.at(reached);
		witnessed(reached);
	};
	const walked = walkPublished(walk, size, at) + results.finish();
	walkUnpublished(walk, size);
	findStrayStatements(walk, size);
	compareHead(walk);
	compareOpenings(walk);
	const rows =
		compareRows(store, replayed, found) + compareEvents(store, replayed.events(), replayed.range().size, found);
	const blobs = compareBlobs(suite, folder, replayed, named, found);
	const note = (index: number): Uint8Array | undefined => store.statements(index, index + 1)[0]?.note;
	const papers = await comparePapers({ election, context, rows: replayed.rows, note }, folder, found);
	const files = walked + papers;
	const { compared: books, notHere } = compareBooks(suite, folder.dir, replayed, found);
	const compared = { statements: replayed.range().size, rows, files, blobs, books };
	return { findings: found.told(), count: found.count(), compared, notHere, size };
}

interface Walk {
	readonly suite: Suite;
	readonly folder: Folder;
	readonly store: Store;
	readonly found: Findings;
	readonly replayed: Replay;
	readonly log: PublishedLog;
	readonly named: NamedBlobs;
}

/** Replays what is published, comparing each entry with its row and each tile with what the entries give. Answers how many files were compared. */
function walkPublished(walk: Walk, size: number, at: (size: number) => void): number {
	const { suite, folder, store, found, replayed, log } = walk;
	const tiles = tileCheck(suite, folder, found);
	for (const { first, file, entries } of publishedEntries(folder, size)) {
		if (!entries.ok) {
			found.add({
				where: relative(folder.dir, file),
				problem: `${entries.error}; what comes after it cannot be replayed`,
			});
			return tiles.finish();
		}
		const rows = new Map(store.statements(first, first + entries.value.length).map((row) => [row.index, row]));
		const statements: LoggedStatement[] = [];
		for (const [i, note] of entries.value.entries()) {
			const taken = takeOne(walk, note);
			compareStatement(walk, taken, note, rows.get(first + i));
			statements.push({ index: taken.index, id: taken.id, leafHash: taken.leafHash, note });
			at(taken.index + 1);
		}
		tiles.take(statements);
	}
	const root = rangeRoot(suite, replayed.range());
	if (log.checkpoint !== undefined && !bytesEqual(root, log.checkpoint.root)) {
		const said = base64Encode(log.checkpoint.root);
		found.add({
			where: 'public/checkpoint',
			problem: `it says the root ${said}, the published entries give ${base64Encode(root)}`,
		});
	}
	return tiles.finish();
}

/** What is committed and not published: no fault after a crash, but a difference until the server has been started again. */
function walkUnpublished(walk: Walk, size: number): void {
	const { store, found, replayed } = walk;
	const head = store.head().size;
	if (head > size && replayed.range().size === size) {
		found.add({
			where: 'public/checkpoint',
			problem: `${head - size} statements are committed and not yet published: start the server, it publishes them`,
		});
		for (let at = size; at < head; at += STATEMENTS_PER_CHUNK_MAX) {
			const rows = store.statements(at, Math.min(head, at + STATEMENTS_PER_CHUNK_MAX));
			for (const row of rows) compareStatement(walk, takeOne(walk, row.note), row.note, row);
			if (rows.length === Math.min(head - at, STATEMENTS_PER_CHUNK_MAX)) continue;
			// A head that was changed may say any number: what is not there is not looked for further.
			const problem = `its size is ${head}, and the database has no statement ${at + rows.length}: \`matokeo rebuild\` makes it again`;
			found.add({ where: 'table head', problem });
			return;
		}
	} else if (head < size) {
		found.add({
			where: 'table statement',
			problem: `the database ends at ${head}, ${size} statements are published: \`matokeo rebuild\` makes it again`,
		});
	}
}

/** Rows outside the log: no replay meets them, and yet their ids would be answered as logged. */
function findStrayStatements({ store, found }: Walk, size: number): void {
	const strays = store.snapshot(() => {
		const end = Math.max(size, store.head().size, 0);
		return [...store.statements(Number.MIN_SAFE_INTEGER, 0), ...store.statements(end, Number.MAX_SAFE_INTEGER)];
	});
	for (const { index, id } of strays)
		found.add({ where: `table statement, row ${index}`, problem: 'a row outside the log', statement: id });
}

function takeOne({ replayed, found, log, named }: Walk, note: Uint8Array): Replayed {
	const taken = replayed.take(note);
	const { leaf, index } = taken;
	if (taken.void !== undefined) {
		found.add({
			where: `entry ${index}`,
			problem: `a void leaf, without effect: ${taken.void}`,
			...aboutLeaf(replayed, leaf),
		});
	} else if (leaf?.statement.type === 'form/capture') {
		nameBlobs(named, log.election.publicImages, leaf.id, leaf.statement);
	} else if (leaf !== undefined) {
		nameFiles(named, leaf.statement, leaf.id);
	}
	return taken;
}

function compareStatement(
	{ suite, replayed, found }: Walk,
	taken: Replayed,
	note: Uint8Array,
	row: LoggedStatement | undefined,
): void {
	const { index, leaf } = taken;
	const tell = (problem: string) =>
		found.add({ where: `table statement, row ${index}`, problem, ...aboutLeaf(replayed, leaf) });
	if (row === undefined) tell('the database does not have this published statement');
	else if (!bytesEqual(row.note, note)) tell('the note in the database is not the published one');
	else if (row.id !== taken.id)
		tell(
			taken.void !== undefined && row.id === leaf?.id
				? 'the database counts it; after the published entries before it, it is void'
				: `the database gives it the id ${row.id}`,
		);
	else if (!bytesEqual(row.leafHash, leafHash(suite, note)))
		tell('the leaf hash in the database is not that of the note');
}

function compareHead({ suite, store, replayed, found }: Walk): void {
	const head = store.head();
	const range = replayed.range();
	if (head.size !== range.size) return;
	const root = rangeRoot(suite, range);
	if (!bytesEqual(head.root, root))
		found.add({
			where: 'table head',
			problem: `its root is ${base64Encode(head.root)}, the log gives ${base64Encode(root)}`,
		});
	if (!bytesEqual(rangeRoot(suite, head.range), root) || head.range.size !== range.size)
		found.add({ where: 'table head', problem: 'its right edge is not that of the log' });
}

/** Openings are private and follow from nothing; but each must fit the commitment that is in the log. */
function compareOpenings({ store, replayed, found, log }: Walk): void {
	for (const { reading, capture, json } of store.keptOpenings()) {
		const transcription = readable(reading, json);
		const checked = transcription && checkDelivery(log.context, store, replayed.rows, { reading, transcription });
		if (checked?.ok === true && checked.value.capture === capture && checked.value.json === json) continue;
		const station = replayed.rows.get('capture', capture)?.station;
		const why = checked?.ok === false ? checked.error.why : 'it is spelled otherwise than it was kept';
		const problem = `the kept opening does not fit: ${why}`;
		found.add({ where: 'table opening', problem, statement: reading, ...(station === undefined ? {} : { station }) });
	}
}

function readable(reading: string, json: string): Transcription | undefined {
	try {
		return parseTranscription(reading, json);
	} catch {
		// Not JSON: it is told as an opening that does not fit.
		return undefined;
	}
}

function aboutLeaf({ rows }: Replay, leaf: Leaf | undefined): Pick<Finding, 'station' | 'statement'> {
	if (leaf === undefined) return {};
	const station = stationOfStatement(leaf.statement, (capture) => rows.get('capture', capture)?.station);
	return { statement: leaf.id, ...(station === undefined ? {} : { station }) };
}
