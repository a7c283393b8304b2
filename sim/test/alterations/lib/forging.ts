/**
 * What an operator could do who holds the log's key, as a rehearsal makes it known to everybody: a public folder made anew from any list of notes, consistent in itself and signed. And anything said by
 * anybody, since every key of a rehearsal is known.
 */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { encodeBundle } from '@matokeo/core/log/bundle.ts';
import { signCheckpoint } from '@matokeo/core/log/checkpoint.ts';
import { inclusionRanges, leafHash, rangeHash, rootOf } from '@matokeo/core/log/merkle.ts';
import { printProof } from '@matokeo/core/log/proof.ts';
import { printBundlePath, printTilePath } from '@matokeo/core/log/tilePath.ts';
import { appendToTiles, EMPTY_EDGE, edgeRoot } from '@matokeo/core/log/tiles.ts';
import { contextOf } from '@matokeo/core/rules/context.ts';
import { baselineOf } from '@matokeo/core/standings/baseline.ts';
import { printResults } from '@matokeo/core/standings/resultsFile.ts';
import { ok } from '@matokeo/core/std/result.ts';
import { type RehearsalKey, rehearsalKey } from '@matokeo/rehearsal/keys.ts';
import { type Spoken, speaker, type Unsaid } from '@matokeo/rehearsal/play/speaking.ts';
import { replay } from '@matokeo/server/audit/replay.ts';
import { put, type Rehearsed, suite } from './rehearsed.ts';

export function keyOf({ election }: Rehearsed, name: string): RehearsalKey {
	return rehearsalKey(suite, election.id, name);
}

/** A statement under this package, signed by these. */
export function say(of: Rehearsed, statement: Unsaid, ...signers: readonly (string | RehearsalKey)[]): Spoken {
	const keys = signers.map((signer) => (typeof signer === 'string' ? keyOf(of, signer) : signer));
	return speaker(suite, of.election)(statement, ...keys);
}

/** What the log itself says. */
export function logSays(of: Rehearsed, statement: Unsaid): Spoken {
	return say(of, statement, of.election.log.origin);
}

export function checkpointOf(of: Rehearsed, notes: readonly Uint8Array[], signer = of.election.log.origin): Uint8Array {
	const root = rootOf(
		suite,
		notes.map((bytes) => leafHash(suite, bytes)),
	);
	return signedCheckpoint(of, notes.length, root, signer);
}

export function signedCheckpoint(
	of: Rehearsed,
	size: number,
	root: Uint8Array,
	signer = of.election.log.origin,
): Uint8Array {
	const { origin } = of.election.log;
	return signCheckpoint({ origin, size, root, extensions: [] }, [{ ...keyOf(of, signer), name: origin }]);
}

/** A receipt for one of the notes, as a server gives it. */
export function receiptFor(of: Rehearsed, notes: readonly Uint8Array[], index: number): Uint8Array {
	const hashes = notes.map((bytes) => leafHash(suite, bytes));
	const read = (node: { level: number; index: number }) =>
		ok(rootOf(suite, hashes.slice(node.index * 2 ** node.level, (node.index + 1) * 2 ** node.level)));
	const proof = inclusionRanges(index, notes.length).map((range) => {
		const hash = rangeHash(suite, read, range);
		if (!hash.ok) throw new Error(hash.error);
		return hash.value;
	});
	return printProof({ index, hashes: proof, checkpoint: checkpointOf(of, notes) });
}

/**
 * Makes tiles, bundles, checkpoint and results of a public folder anew, and takes away the images that the log no longer names. The package and the log's key stay. What the rules refuse is in the log and
 * changes no result.
 */
export function resign(of: Rehearsed, folder: string, notes: readonly Uint8Array[]): void {
	for (const part of ['tile', 'results', 'checkpoint', 'witnessed'])
		rmSync(join(folder, part), { recursive: true, force: true });
	const { edge, tiles } = appendToTiles(
		suite,
		EMPTY_EDGE,
		notes.map((bytes) => leafHash(suite, bytes)),
	);
	for (const { tile, bytes } of tiles) put(folder, printTilePath(tile), bytes);
	for (let at = 0; at < notes.length; at += 256) {
		const bundle = notes.slice(at, at + 256);
		put(folder, printBundlePath({ index: at / 256, width: bundle.length }), encodeBundle(bundle));
	}
	const root = edgeRoot(suite, edge);
	put(folder, 'checkpoint', signedCheckpoint(of, notes.length, root));
	const { election } = of;
	const baseline = baselineOf(election);
	const replayed = replay(contextOf(suite, election), baseline);
	for (const bytes of notes) replayed.take(bytes);
	for (const contest of election.contests.values()) {
		const standing = { election, baseline, rows: replayed.rows };
		put(folder, `results/${contest.id}.json`, printResults(standing, contest, { size: notes.length, root }));
	}
	for (const directory of readdirSync(join(folder, 'blob'))) {
		for (const digest of readdirSync(join(folder, 'blob', directory)))
			if (replayed.rows.get('blob', digest)?.held === undefined) rmSync(join(folder, 'blob', directory, digest));
	}
}
