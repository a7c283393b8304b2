/**
 * Published papers against the log (`spec/storage.md`, D31): every paper of every certificate and declaration is made again, at the size at which the pages stand, and must be the same in every byte; and there are no others.
 * Papers that another version of the program has written are not compared: it says so in `pages.json`, and writes them anew.
 */
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { siteAssets } from '@matokeo/portal/live/siteAssets.ts';
import { type PaperSource, papersOf } from '@matokeo/portal/papers/published.ts';
import type { Folder } from '../publish/folder.ts';
import { parsePageState } from '../publish/pageState.ts';
import { siteVersion } from '../publish/pages.ts';
import { allPaperActs } from '../publish/papers.ts';
import { readIfThere } from '../storage/disk.ts';
import type { Findings } from './finding.ts';

/** Answers how many files were compared. */
export async function comparePapers(source: PaperSource, folder: Folder, found: Findings): Promise<number> {
	const { election, context, rows } = source;
	const state = parsePageState(readIfThere(folder.pageState));
	const versions = [true, false].map((live) => siteVersion(context.suite, live));
	if (state === undefined || state.election !== election.digest || !versions.includes(state.version)) return 0;
	const root = join(folder.papers, '..');
	const there = new Set(filesBelow(folder.papers));
	let compared = 0;
	for (const id of allPaperActs(source)) {
		const act = rows.get('act', id);
		if (act === undefined || act.index >= state.size) continue;
		for await (const { path, body } of papersOf(source, id, state.size, siteAssets().paths)) {
			compared++;
			const file = join(root, path);
			there.delete(file);
			const bytes = readIfThere(file);
			if (bytes !== undefined && Buffer.from(body).equals(bytes)) continue;
			const problem = bytes === undefined ? 'the paper is missing' : 'the paper is not what the log gives';
			found.add({ where: relative(folder.dir, file), problem, statement: id });
		}
	}
	for (const file of there)
		found.add({ where: relative(folder.dir, file), problem: 'a paper that the log does not give' });
	return compared;
}

function filesBelow(folder: string): readonly string[] {
	try {
		const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
		return entries.flatMap((one) => (one.isFile() ? [join(one.parentPath, one.name)] : []));
	} catch {
		// Nothing was certified yet.
		return [];
	}
}
