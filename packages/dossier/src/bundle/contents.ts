/** The files of a bundle (B2), each with its digest, before any of them is written. What is large stays where it lies until it is copied. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { proveInclusion } from '@matokeo/core/log/merkle.ts';
import { printProof } from '@matokeo/core/log/proof.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import { assert, err, ok, type Result } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { type NamedBlob, reasonFor } from '@matokeo/verifier/bundle/blobs.ts';
import type { LeftOut } from '@matokeo/verifier/bundle/manifest.ts';
import {
	bundledBlobPath,
	notePath,
	PACKAGE_PATH,
	proofPath,
	sheetPath,
	textPath,
} from '@matokeo/verifier/bundle/paths.ts';
import type { Run } from '@matokeo/verifier/check/run.ts';
import { tracedTexts } from '@matokeo/verifier/proceedings/trace.ts';
import type { Selected } from './select.ts';

/** A file on its way into a bundle: its bytes, or where they lie. */
export type Content =
	| { readonly path: string; readonly bytes: Uint8Array }
	| { readonly path: string; readonly from: string; readonly sha256: string; readonly size: number };

export function packageContents(files: ReadonlyMap<string, Uint8Array>): readonly Content[] {
	return [...files].map(([path, bytes]) => ({ path: `${PACKAGE_PATH}${path}`, bytes }));
}

/** A size of the log, its root, and the note in which it is signed: what proofs lead to. */
export interface SignedState {
	readonly size: number;
	/** 32 bytes. */
	readonly root: Uint8Array;
	readonly note: Uint8Array;
}

/** Each statement as it lies in the log, and its proof under the checkpoint. */
export function statementContents(
	{ context, tree }: Pick<Run, 'context' | 'tree'>,
	{ size, note }: SignedState,
	statements: readonly Selected[],
): readonly Content[] {
	return statements.flatMap(({ index, leaf }) => {
		const hashes = proveInclusion(context.suite, tree.read, index, size);
		assert(hashes.ok, 'a replayed log proves each of its statements');
		return [
			{ path: notePath(index), bytes: leaf.bytes },
			{ path: proofPath(index), bytes: printProof({ index, hashes: hashes.value, checkpoint: note }) },
		];
	});
}

export interface BlobContents {
	readonly contents: readonly Content[];
	readonly leftOut: readonly LeftOut[];
}

/** The error names an image that is there and is not what the log says. */
export function blobContents(
	suite: Suite,
	folder: string,
	rows: Run['rows'],
	blobs: readonly NamedBlob[],
): Result<BlobContents> {
	const contents: Content[] = [];
	const leftOut: LeftOut[] = [];
	for (const one of blobs) {
		const { sha256 } = one;
		const path = bundledBlobPath(sha256);
		const from = join(folder, path);
		const why = reasonFor(rows, one);
		const stat = why === undefined ? statSync(from, { throwIfNoEntry: false }) : undefined;
		if (stat?.isFile() !== true) {
			leftOut.push({ sha256, why: why ?? 'absent' });
			continue;
		}
		if (suite.sha256Hex(readFileSync(from)) !== sha256)
			return err(
				`${path} is not the file whose digest the log names: it was changed, or damaged. Get it from another source`,
			);
		contents.push({ path, from, sha256, size: stat.size });
	}
	return ok({ contents, leftOut });
}

/** Sheets of the marks on which certificates and declarations in the bundle rest, and the texts of the declarations. */
export function actContents(
	{ context, rows }: Pick<Run, 'context' | 'rows'>,
	statements: readonly Selected[],
): readonly Content[] {
	const contents = new Map<string, Content>();
	for (const { leaf } of statements) {
		const { statement, id } = leaf;
		if (statement.type !== 'collation/certify' && statement.type !== 'result/declare') continue;
		const sheet = rows.peek('sheet', statement.mark);
		if (sheet !== undefined) {
			const path = sheetPath(statement.mark);
			contents.set(path, { path, bytes: utf8Encode(sheet.text) });
		}
		const contest = context.election.contests.get(statement.contest);
		const mark = rows.peek('mark', statement.mark);
		if (statement.type !== 'result/declare' || contest === undefined || mark === undefined) continue;
		for (const { kind, language, text } of tracedTexts(context.election, contest, mark)) {
			if (kind !== 'declaration' || statement.texts[language] === undefined) continue;
			const path = textPath(id, language);
			contents.set(path, { path, bytes: utf8Encode(text) });
		}
	}
	return [...contents.values()];
}
