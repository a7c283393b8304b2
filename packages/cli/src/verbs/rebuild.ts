/**
 * `matokeo rebuild DIR`: makes the database again from what is published. The server must not be running. Answers 0 when it was made, 1 when what is published does not verify, 2 when it
 * could not run.
 */
import { existsSync } from 'node:fs';
import { printFinding } from '@matokeo/server/audit/finding.ts';
import { rebuild } from '@matokeo/server/audit/rebuild.ts';
import { Trouble } from '@matokeo/server/ports/trouble.ts';
import { folderOf } from '@matokeo/server/publish/folder.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { databaseInUse } from '../checking/inUse.ts';
import { COULD_NOT_RUN, type Output } from '../output.ts';

/** There is nothing to choose: what is published decides. */
export type RebuildOptions = Readonly<Record<string, never>>;

export async function runRebuild(dir: string, out: Output, _options: RebuildOptions = {}): Promise<number> {
	const folder = folderOf(dir);
	if (!existsSync(folder.packageFolder)) {
		out.stderr(
			`There is no published log in ${dir}: ${folder.packageFolder} is missing. Name the server's folder, the one that has "public" in it.\n`,
		);
		return COULD_NOT_RUN;
	}
	if (databaseInUse(folder.database)) {
		out.stderr(
			`A process has ${folder.database} open: stop the server (and whatever else reads it) first. It would go on with the database that is put aside, and with another history. Nothing was changed.\n`,
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
		const { size, voidLeaves, openingsKept, blobsRestored, old, digest } = made.value;
		out.stdout(
			`The database has been made again from ${size} published statements (${voidLeaves} of them void).\n` +
				`${old === undefined ? 'There was none before' : `The old one is kept as ${old}`}; ` +
				`${openingsKept} openings of clerks were saved out of it, ${blobsRestored} images copied back from public/.\n` +
				`The published package has the digest ${digest}: compare it with the printed one, then start the server.\n`,
		);
		return 0;
	} catch (error) {
		if (!(error instanceof Trouble)) throw error;
		out.stderr(`${error.message}\n`);
		return COULD_NOT_RUN;
	}
}
