/**
 * Makes the folder that a log publishes out of notes, whatever the notes say: tiles, bundles, checkpoint, package, images and results, each exactly as a server would write it. What the rules refuse
 * is in the log and in no result.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { encodeBundle } from '@matokeo/core/log/bundle.ts';
import { printVerifierKey } from '@matokeo/core/log/keys.ts';
import { leafHash, rootOf } from '@matokeo/core/log/merkle.ts';
import { printBundlePath, printTilePath } from '@matokeo/core/log/tilePath.ts';
import { appendToTiles, EMPTY_EDGE, edgeRoot } from '@matokeo/core/log/tiles.ts';
import { parseLeaf } from '@matokeo/core/record/leaf.ts';
import { contextOf } from '@matokeo/core/rules/context.ts';
import { decide, signedBy } from '@matokeo/core/rules/decide.ts';
import { baselineOf } from '@matokeo/core/standings/baseline.ts';
import { fold } from '@matokeo/core/standings/fold.ts';
import { printResults } from '@matokeo/core/standings/resultsFile.ts';
import { ORIGIN, type SmallElection } from '@matokeo/core/testing/smallElection.ts';
import { memoryRows } from '../../src/replay/memoryRows.ts';
import { checkpointNote, imageOf, keyBehind, type Note, small, suite } from './smallLog.ts';

export interface Published {
	readonly dir: string;
	readonly notes: readonly Note[];
	readonly root: Uint8Array;
	readonly checkpoint: Uint8Array;
}

export interface PublishOptions {
	readonly election?: SmallElection;
	/** Name of the key that signs the checkpoint. */
	readonly logKey?: string;
	readonly witnesses?: readonly string[];
	/** Published beside the images of the stations where the log holds them: texts, documents. */
	readonly files?: readonly Uint8Array[];
}

const WITNESSES = ['witness/court', 'witness/moon', 'witness/news', 'witness/sun'];
const folders: string[] = [];

export function newFolder(): string {
	const dir = mkdtempSync(join(tmpdir(), 'matokeo-verify-'));
	folders.push(dir);
	return dir;
}

export function removeFolders(): void {
	for (const dir of folders.splice(0)) rmSync(dir, { recursive: true, force: true });
}

export function put(dir: string, path: string, bytes: Uint8Array | string): void {
	mkdirSync(dirname(join(dir, path)), { recursive: true });
	writeFileSync(join(dir, path), bytes);
}

export function publish(notes: readonly Note[], options: PublishOptions = {}): Published {
	const { election = small, logKey = ORIGIN, witnesses = WITNESSES } = options;
	const dir = newFolder();
	const { edge, tiles } = appendToTiles(
		suite,
		EMPTY_EDGE,
		notes.map(({ bytes }) => leafHash(suite, bytes)),
	);
	for (const { tile, bytes } of tiles) put(dir, printTilePath(tile), bytes);
	for (let at = 0; at < notes.length; at += 256) {
		const bundle = notes.slice(at, at + 256).map(({ bytes }) => bytes);
		put(dir, printBundlePath({ index: at / 256, width: bundle.length }), encodeBundle(bundle));
	}
	const root = edgeRoot(suite, edge);
	const checkpoint = checkpointNote(notes.length, root, witnesses, logKey);
	put(dir, 'checkpoint', checkpoint);
	put(dir, 'log.vkey', `${printVerifierKey({ ...keyBehind(logKey), name: ORIGIN })}\n`);
	for (const [path, bytes] of election.files) put(dir, `package/${path}`, bytes);
	publishState(dir, notes, options, root);
	return { dir, notes, root, checkpoint };
}

/** Images that are held, public and not withheld; and the results. */
function publishState(
	dir: string,
	notes: readonly Note[],
	{ election: { election } = small, files = [] }: PublishOptions,
	root: Uint8Array,
): void {
	const context = contextOf(suite, election);
	const baseline = baselineOf(election);
	const hashes = notes.map(({ bytes }) => leafHash(suite, bytes));
	const rows = memoryRows((size) => (size <= notes.length ? rootOf(suite, hashes.slice(0, size)) : undefined));
	const signed = signedBy(context);
	for (const [index, { bytes }] of notes.entries()) {
		const leaf = parseLeaf(suite, bytes);
		const said = leaf.ok ? decide(context, rows, leaf.value, index, signed) : leaf;
		if (!said.ok) continue;
		fold(context, baseline, rows, said.value);
		rows.remember(said.value.id, index);
	}
	for (const bytes of [...[...election.stations.keys()].map((station) => imageOf(station)), ...files]) {
		const digest = suite.sha256Hex(bytes);
		const row = rows.get('blob', digest);
		if (row?.held !== undefined && row.withheld === undefined) put(dir, blobPath(digest), bytes);
	}
	for (const contest of election.contests.values())
		put(
			dir,
			`results/${contest.id}.json`,
			printResults({ election, baseline, rows }, contest, { size: notes.length, root }),
		);
}

export function blobPath(digest: string): string {
	return `blob/${digest.slice(0, 2)}/${digest}`;
}
