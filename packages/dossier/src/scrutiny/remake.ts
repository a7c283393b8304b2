/** The tables of a pack, made again from the log inside it and compared byte for byte (Y12): whoever altered a table and its digest alike is found out by the log. Only the tables that follow from the log alone can be: the others are compared with what they come from where that can be had. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { folderOf } from '@matokeo/server/publish/folder.ts';
import type { PackFinding } from '@matokeo/verifier/pack/checkPack.ts';
import type { PackManifest } from '@matokeo/verifier/pack/manifest.ts';
import type { PackFile } from './packFile.ts';
import { pieces } from './packWriter.ts';
import { PARTS } from './parts.ts';
import { collectTables } from './scrutiny.ts';

/** Where tables lie that follow from the log, and beside them two that follow from the books. */
const FROM_LOG = /^(?:accounts|devices|actions|forms)\//;
const FROM_BOOKS: ReadonlySet<string> = new Set(['actions/operations.csv', 'actions/refusals-by-rule.csv']);

/** `log`: the folder of the log inside. */
export async function remadeTables(
	suite: Suite,
	log: string,
	{ parts, files }: PackManifest,
): Promise<readonly PackFinding[]> {
	const dir = mkdtempSync(join(tmpdir(), 'matokeo-remade-'));
	try {
		symlinkSync(resolve(log), join(dir, 'public'));
		const wanted = PARTS.filter((part) => parts.includes(part));
		const collected = await collectTables(suite, folderOf(dir), wanted);
		if (!collected.ok) return [{ where: 'log', problem: `its tables cannot be made again: ${collected.error}` }];
		const listed = new Map(files.map(({ path, sha256 }) => [path, sha256]));
		const made = new Set(collected.value.files.map(({ path }) => path));
		const more = files.flatMap(({ path }) =>
			FROM_LOG.test(path) && !made.has(path) && !FROM_BOOKS.has(path)
				? [{ where: path, problem: 'somebody has put it in: the log gives no such table' }]
				: [],
		);
		const differing = collected.value.files.flatMap((file) => {
			const own = listed.get(file.path);
			const digest = digestOf(file);
			if (own === digest) return [];
			const problem =
				own === undefined
					? 'it is missing: the log gives such a table'
					: `it is not what the log inside gives: listed is the SHA-256 ${own}, made again from the log it has ${digest}`;
			return [{ where: file.path, problem }];
		});
		return [...differing, ...more];
	} finally {
		rmSync(dir, { recursive: true, force: true });
	}
}

function digestOf({ content }: PackFile): string {
	const hash = createHash('sha256');
	for (const piece of pieces(content)) hash.update(piece);
	return hash.digest('hex');
}
