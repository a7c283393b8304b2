/**
 * `matokeo publish DIR [--out SITE]`: the pages and their data as static files, beside the log or with a copy of it in another folder, for any web server or CDN. Only what changed is
 * written. Answers 0 when the site is up to the log, 2 when it could not run. It signs nothing and needs no key.
 */
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { grouped } from '@matokeo/core/result/describe.ts';
import { contextOf } from '@matokeo/core/rules/context.ts';
import { logRow } from '@matokeo/core/rules/opening.ts';
import { trustOf } from '@matokeo/core/rules/witnessed.ts';
import { baselineOf } from '@matokeo/core/standings/baseline.ts';
import { assert } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import type { RecordReader } from '@matokeo/portal/record.ts';
import type { Store } from '@matokeo/server/ports/store.ts';
import { Trouble } from '@matokeo/server/ports/trouble.ts';
import { readWitnessed } from '@matokeo/server/publish/cosigned.ts';
import { type Folder, folderOf } from '@matokeo/server/publish/folder.ts';
import { type PagesPublished, pagePublisher } from '@matokeo/server/publish/pages.ts';
import { publishedReader } from '@matokeo/server/publish/published.ts';
import { recordReader } from '@matokeo/server/publish/recordReader.ts';
import { readIfThere } from '@matokeo/server/storage/disk.ts';
import { openSqliteStore } from '@matokeo/server/storage/sqliteStore.ts';
import { witnessingInFolder } from '@matokeo/server/witnesses/folder.ts';
import { rosterOf } from '@matokeo/server/witnesses/roster.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { inWords, makeFolder } from '../given.ts';
import { COULD_NOT_RUN, type Output } from '../output.ts';
import { duration } from '../progress.ts';
import { noteCommand } from '../serve/books.ts';
import { type ElectionFolder, openElectionFolder } from '../serve/electionFolder.ts';
import { type Copied, copyLog } from '../serve/siteCopy.ts';

export interface PublishOptions {
	/** Another folder than `public/`: the log's files are copied there too. */
	readonly out?: string;
	/** Make every page again, and write those that differ. */
	readonly whole?: true;
}

export async function runPublish(dir: string, out: Output, options: PublishOptions = {}): Promise<number> {
	const fail = (why: string): number => {
		out.stderr(`${why}\n`);
		return COULD_NOT_RUN;
	};
	const began = performance.now();
	const suite = nativeSuite();
	const election = await openElectionFolder(suite, dir, out);
	if (election === undefined) return COULD_NOT_RUN;
	const folder = folderOf(dir);
	if (!existsSync(folder.database) || !existsSync(folder.checkpoint))
		return fail(`Nothing was published from "${dir}" yet: serve it and let the first statement come in.`);
	const root = options.out ?? dirname(folder.checkpoint);
	const made = makeFolder(root);
	if (!made.ok) return fail(made.error);
	try {
		const store = openSqliteStore(folder.database, 'readonly');
		try {
			const copied = options.out === undefined ? undefined : copyLog(dirname(folder.checkpoint), root);
			if (copied?.ok === false) return fail(`Nothing was published: ${copied.error}.`);
			const record = recordOf(suite, election, folder, store);
			const pages = await pagePublisher({ record, dir: root, live: false }).publish({
				tables: true,
				whole: options.whole === true,
			});
			noteCommand(dir, out, { kind: 'publish', size: pages.size, written: pages.written });
			out.stdout(storyOf(root, pages, copied?.value, performance.now() - began));
			return 0;
		} finally {
			store.close();
		}
	} catch (error) {
		if (error instanceof Trouble) return fail(error.message);
		if (error instanceof Error && 'code' in error) return fail(`The site cannot be written: ${inWords(error)}.`);
		throw error;
	}
}

/** The database as it stands, read only: a server may go on writing. */
function recordOf(
	suite: Suite,
	{ election, packageFiles }: ElectionFolder,
	folder: Folder,
	store: Store,
): RecordReader {
	const context = contextOf(suite, election);
	const trust = trustOf(context);
	const latest = publishedReader(suite, folder, trust);
	const roster = rosterOf(suite, election);
	assert(roster.ok, 'only addresses that are given can be wrong');
	const parts = { suite, trust, roster: roster.value };
	const time = logRow({ get: store.get, indexOf: store.indexOf, rootAt: () => undefined }).time;
	const witnessing = witnessingInFolder(parts, latest(), readWitnessed(suite, folder, trust)(), time);
	const record = recordReader({
		context,
		baseline: baselineOf(election),
		packageFiles,
		store,
		// Only a rule asks for past roots, and nothing is decided here.
		rows: () => ({ get: store.get, indexOf: store.indexOf, rootAt: () => undefined }),
		latest,
		file: (sha256) => readIfThere(folder.publicBlob(sha256)),
	});
	return { ...record, witnessing: () => witnessing };
}

function storyOf(root: string, pages: PagesPublished, copied: Copied | undefined, milliseconds: number): string {
	const log =
		copied === undefined
			? ''
			: `  the log's files: ${grouped(copied.written)} written, ${grouped(copied.same)} unchanged\n`;
	return (
		`Published ${root} up to size ${grouped(pages.size)} in ${duration(milliseconds)}:\n${log}` +
		`  pages and data: ${grouped(pages.written)} written, ${grouped(pages.same)} unchanged, of ${grouped(pages.topics)} views${pages.whole ? ' (all of them)' : ' that statements touched'}\n`
	);
}
