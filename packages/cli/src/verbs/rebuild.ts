/**
 * `matokeo rebuild DIR [--from URL|FOLDER]`: makes the database again from what is published, here or on a mirror. The server must not be running. Answers 0 when it was made, 1 when what is published does not verify, 2 when it
 * could not run.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MANIFEST } from '@matokeo/core/election/manifest.ts';
import { plural } from '@matokeo/core/result/describe.ts';
import { printFinding } from '@matokeo/server/audit/finding.ts';
import { rebuild } from '@matokeo/server/audit/rebuild.ts';
import { Trouble } from '@matokeo/server/ports/trouble.ts';
import { folderOf } from '@matokeo/server/publish/folder.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { bringLog } from '../checking/bringLog.ts';
import { databaseInUse } from '../checking/inUse.ts';
import { COULD_NOT_RUN, type Output } from '../output.ts';
import { noteCommand } from '../serve/books.ts';

export interface RebuildOptions {
	/** A mirror's address, or a folder with a copy of the log: taken first, if it verifies and continues what is published here. */
	readonly from?: string;
	/** Digest of the election package; needed where the folder has none of its own. */
	readonly anchor?: string;
}

export async function runRebuild(dir: string, out: Output, options: RebuildOptions = {}): Promise<number> {
	const folder = folderOf(dir);
	if (databaseInUse(folder.database)) {
		out.stderr(
			`A process has ${folder.database} open: stop the server (and whatever else reads it) first. It would go on with the database that is put aside, and with another history. Nothing was changed.\n`,
		);
		return COULD_NOT_RUN;
	}
	if (options.from !== undefined) {
		const code = await bring(dir, options.from, options.anchor, out);
		if (code !== 0) return code;
	}
	if (!existsSync(folder.packageFolder)) {
		out.stderr(
			`There is no published log in ${dir}: ${folder.packageFolder} is missing. Name the server's folder, the one that has "public" in it.\n`,
		);
		return COULD_NOT_RUN;
	}
	try {
		const made = await rebuild(nativeSuite(), folder);
		if (!made.ok) {
			for (const finding of made.error) out.stderr(`${printFinding(finding)}\n`);
			out.stderr('What is published does not verify: nothing was changed.\n');
			return 1;
		}
		const { size, voidLeaves, openingsKept, blobsRestored, blobsMissing, old, digest } = made.value;
		noteCommand(dir, out, {
			kind: 'rebuild',
			size,
			openings: openingsKept,
			blobs: blobsRestored,
			replaced: old !== undefined,
		});
		out.stdout(
			`The database has been made again from ${size} published statements (${voidLeaves} of them void).\n` +
				`${old === undefined ? 'There was none before' : `The old one is kept as ${old}`}; ` +
				`${openingsKept} openings of clerks were saved out of it, ${blobsRestored} images copied back from public/.\n` +
				(blobsMissing === 0
					? ''
					: `${plural(blobsMissing, 'image', 'images')} that the log says it holds: not here. Mirrors have no sealed ones, and not always the last ones. Bring what is missing back from a copy of blob/ before the server starts; until then \`fsck\` and \`verify\` name it.\n`) +
				`The published package has the digest ${digest}: compare it with the printed one, then start the server.\n`,
		);
		return 0;
	} catch (error) {
		if (!(error instanceof Trouble)) throw error;
		out.stderr(`${error.message}\n`);
		return COULD_NOT_RUN;
	}
}

/** The package that it must have is the one that lies here; on a new machine, the one that the operator names. */
async function bring(dir: string, from: string, given: string | undefined, out: Output): Promise<number> {
	const manifest = [join(dir, 'public', 'package', MANIFEST), join(dir, 'package', MANIFEST)].find(existsSync);
	const own = manifest === undefined ? undefined : nativeSuite().sha256Hex(readFileSync(manifest));
	if (own !== undefined && given !== undefined && own !== given) {
		out.stderr(
			`The package in ${dir} has the digest ${own}, you brought ${given}: this is another election's folder.\n`,
		);
		return COULD_NOT_RUN;
	}
	const anchor = given ?? own;
	if (anchor === undefined) {
		out.stderr(
			`There is no election package in ${dir}: name its digest with --anchor, as it was printed before polling.\n`,
		);
		return COULD_NOT_RUN;
	}
	return bringLog(dir, { from, anchor }, out);
}
