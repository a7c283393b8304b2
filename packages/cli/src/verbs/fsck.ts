/**
 * `matokeo fsck DIR`: compares database, published log and blobs, row by row, and names each difference with station and statement. Answers 0 when there is none, 1 when there
 * is one, 2 when it could not run. It changes nothing but for a line in the book of operations, and the server may go on meanwhile.
 */
import { existsSync } from 'node:fs';
import { plural } from '@matokeo/core/result/describe.ts';
import { printFinding } from '@matokeo/server/audit/finding.ts';
import { type Audit, audit } from '@matokeo/server/audit/fsck.ts';
import { Trouble } from '@matokeo/server/ports/trouble.ts';
import { folderOf } from '@matokeo/server/publish/folder.ts';
import { openSqliteStore } from '@matokeo/server/storage/sqliteStore.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { holdStill } from '../checking/stillFolder.ts';
import { COULD_NOT_RUN, type Output } from '../output.ts';
import { noteCommand } from '../serve/books.ts';

export interface FsckOptions {
	readonly json?: boolean;
}

export async function runFsck(dir: string, out: Output, { json }: FsckOptions = {}): Promise<number> {
	const folder = folderOf(dir);
	if (!existsSync(folder.database)) {
		out.stderr(
			existsSync(folder.packageFolder)
				? `There is no database ${folder.database}: \`matokeo rebuild ${dir}\` makes it from what is published.\n`
				: `"${dir}" is no server's folder: there is neither a database (${folder.database}) nor a published log (${folder.packageFolder}). Name the folder that has "public" in it.\n`,
		);
		return COULD_NOT_RUN;
	}
	try {
		const still = holdStill(dir);
		try {
			const store = openSqliteStore(folder.database, 'still');
			try {
				const audited = still.judged(await audit(nativeSuite(), still.folder, store));
				noteCommand(dir, out, { kind: 'fsck', size: audited.size, differences: audited.count });
				out.stdout(json === true ? `${JSON.stringify(audited, null, '\t')}\n` : inWords(audited));
				return audited.count === 0 ? 0 : 1;
			} finally {
				store.close();
			}
		} finally {
			still.remove();
		}
	} catch (error) {
		if (!(error instanceof Trouble)) throw error;
		out.stderr(`${error.message}\n`);
		return COULD_NOT_RUN;
	}
}

function inWords({ findings, count, compared, notHere, size }: Audit): string {
	const lines = findings.map((finding) => `${printFinding(finding)}\n`);
	const { statements, rows, files, blobs, books } = compared;
	const kept = books === 0 ? '' : `, ${plural(books, 'book', 'books')} of requests and operations`;
	const what = `${statements} statements, ${rows} rows, ${files} published files and ${blobs} blobs${kept}, at size ${size}`;
	const verdict = count === 0 ? 'No difference' : `${count} difference${count === 1 ? '' : 's'}`;
	const more = count > findings.length ? `(the first ${findings.length} are told)\n` : '';
	const moved = notHere.map((where) => `${where}: not here; its digest was left and is the log's\n`);
	return `${lines.join('')}${more}${moved.join('')}${verdict}: ${what}.\n`;
}
