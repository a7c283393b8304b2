/**
 * `matokeo scrutiny DIR --out FILE.zip|FOLDER`: everything that a server's folder can show, for a court's expert, without a key and without a log-in; the server may go on. Answers 0 when it was made, 2 when it could not be. What the audit inside found is
 * told, and is no failure of the pack.
 */
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { grouped, plural } from '@matokeo/core/result/describe.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { PARTS, type Part } from '@matokeo/dossier/scrutiny/parts.ts';
import { makeScrutinyPack, type ScrutinyMade } from '@matokeo/dossier/scrutiny/scrutiny.ts';
import { type Audit, audit } from '@matokeo/server/audit/fsck.ts';
import { Trouble } from '@matokeo/server/ports/trouble.ts';
import { folderOf } from '@matokeo/server/publish/folder.ts';
import { openSqliteStore } from '@matokeo/server/storage/sqliteStore.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { holdStill, type StillFolder } from '../checking/stillFolder.ts';
import { inWords, makeFolder, wrongNewFolder } from '../given.ts';
import { COULD_NOT_RUN, type Output } from '../output.ts';
import { noteCommand } from '../serve/books.ts';

export interface ScrutinyOptions {
	/** Ends in `.zip`, or is a new or empty folder. */
	readonly out: string;
	readonly part?: readonly Part[];
	/** `false` with `--no-log`. */
	readonly log?: boolean;
	readonly images?: true;
	readonly json?: true;
}

export async function runScrutiny(dir: string, out: Output, options: ScrutinyOptions): Promise<number> {
	const wrong = wrongPlace(dir, options.out);
	if (wrong !== undefined) {
		out.stderr(`${wrong}\n`);
		return COULD_NOT_RUN;
	}
	const kind = isZip(options.out) ? 'zip' : 'folder';
	noteCommand(dir, out, { kind: 'scrutiny' });
	const suite = nativeSuite();
	const still = holdStill(dir);
	try {
		if (kind === 'folder') {
			const made = makeFolder(options.out);
			if (!made.ok) return fail(out, made.error);
		}
		const { folder } = still;
		const parts = partsOf(options);
		const audited = parts?.includes('audit') === false ? '' : await auditOf(suite, dir, still);
		const made = await makeScrutinyPack({
			suite,
			folder,
			dir,
			out: { path: options.out, kind },
			audit: audited,
			...(parts === undefined ? {} : { parts }),
			...(options.images === true ? { images: join(dir, 'public', 'blob') } : {}),
		});
		if (!made.ok) return fail(out, `No pack was made: ${made.error}.`);
		out.stdout(options.json === true ? jsonOf(made.value, audited) : told(options.out, kind, made.value, audited));
		return 0;
	} catch (error) {
		if (error instanceof Trouble) return fail(out, error.message);
		if (error instanceof Error && 'code' in error) return fail(out, `The pack cannot be written: ${inWords(error)}.`);
		throw error;
	} finally {
		still.remove();
	}
}

function fail(out: Output, why: string): number {
	out.stderr(`${why}\n`);
	return COULD_NOT_RUN;
}

function isZip(path: string): boolean {
	return path.endsWith('.zip');
}

function wrongPlace(dir: string, out: string): string | undefined {
	if (!existsSync(join(dir, 'public', 'checkpoint')))
		return `"${dir}" is no server's folder with a published log: there is no "public/checkpoint" in it. Name the folder that has "public" in it.`;
	const inside = `${resolve(out)}/`.startsWith(`${resolve(dir)}/`);
	if (inside) return `"${out}" lies in the folder that is to be shown: name a place outside of ${dir} with --out.`;
	if (!isZip(out)) return wrongNewFolder(out);
	if (existsSync(out)) return `"${out}" is there already, and nothing is written over: name another file with --out.`;
	return existsSync(dirname(resolve(out)))
		? undefined
		: `The folder "${dirname(out)}" is not there: make it, or name another place with --out.`;
}

function partsOf({ part, log }: ScrutinyOptions): readonly Part[] | undefined {
	return log === false ? (part ?? PARTS).filter((one) => one !== 'log') : part;
}

/** A database that cannot be read is told in its place; the pack is of the log. */
async function auditOf(suite: Suite, dir: string, still: StillFolder): Promise<Audit | string> {
	const { database } = folderOf(dir);
	if (!existsSync(database))
		return 'There is no database in this folder: nothing was compared. `matokeo rebuild` makes it from what is published.';
	try {
		const store = openSqliteStore(database, 'still');
		try {
			return still.judged(await audit(suite, still.folder, store));
		} finally {
			store.close();
		}
	} catch (error) {
		if (!(error instanceof Trouble)) throw error;
		return `The database could not be compared with the log: ${error.message}.`;
	}
}

function jsonOf({ manifest, digest, bytes }: ScrutinyMade, audited: Audit | string): string {
	const { election, log, program, parts, files } = manifest;
	const differences = typeof audited === 'string' ? {} : { differences: audited.count };
	return `${JSON.stringify({ digest, bytes, files: files.length, election, log, program, parts, ...differences }, null, '\t')}\n`;
}

function told(
	path: string,
	kind: 'zip' | 'folder',
	{ manifest, digest, bytes }: ScrutinyMade,
	audited: Audit | string,
): string {
	const { log, parts, files } = manifest;
	const found =
		typeof audited === 'string'
			? audited
			: audited.count === 0
				? 'The database says what the log says: no difference.'
				: `${plural(audited.count, 'difference', 'differences')} between the database and the log: audit/fsck.txt names them.`;
	return [
		`The scrutiny pack is ${path} (${kind}): ${plural(files.length, 'file', 'files')}, ${grouped(bytes)} bytes unpacked; parts: ${parts.join(', ')}.`,
		`It shows the log at size ${grouped(log.size)}, root ${log.root}.`,
		...(found === '' ? [] : [found]),
		`The SHA-256 of its file SHA256SUMS stands for all of it: ${digest}`,
		'Put that digest into the statement with which it is handed over. README.txt inside says what each file is and how to check it;',
		`\`matokeo verify --pack ${path} --anchor DIGEST\` checks it here.`,
		'',
	].join('\n');
}
