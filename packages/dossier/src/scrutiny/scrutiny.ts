/**
 * The scrutiny pack put together (`spec/scrutiny.md`, Y7–Y14; R4): read from a server's folder, whether the server runs or not, with no key and no log-in. Everything about the election is taken from the published log, replayed; what the folder
 * has beside it (books, configurations, the audit of the database) is marked as that.
 */
import type { Context } from '@matokeo/core/rules/context.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import type { Audit } from '@matokeo/server/audit/fsck.ts';
import type { Folder } from '@matokeo/server/publish/folder.ts';
import {
	PACK_MANIFEST,
	PACK_SUMS,
	type PackedFile,
	type PackManifest,
	printPackManifest,
	printSums,
} from '@matokeo/verifier/pack/manifest.ts';
import { buildVerifier } from '../standalone/build.ts';
import { accountBook } from './accounts.ts';
import { actionBook } from './actions.ts';
import { auditFiles } from './auditFiles.ts';
import { bookFiles } from './bookFiles.ts';
import { buildFiles } from './build.ts';
import { deviceFiles } from './devices.ts';
import { formBook } from './forms.ts';
import { logFiles } from './logFiles.ts';
import type { PackFile } from './packFile.ts';
import { writePack } from './packWriter.ts';
import { PARTS, type Part } from './parts.ts';
import { readmeText } from './readme.ts';
import { readRecord, type ScrutinyRecord } from './record.ts';
import { redactionsText } from './redactions.ts';
import { attestationBook, configurations, topologyFile } from './topology.ts';

export interface ScrutinyParts {
	readonly suite: Suite;
	/** The published log at one moment; the server may go on. */
	readonly folder: Folder;
	/** The server's own folder: books and configurations. */
	readonly dir: string;
	readonly out: { readonly path: string; readonly kind: 'zip' | 'folder' };
	/** Only these; absent: all. */
	readonly parts?: readonly Part[];
	/** Where public images lie, to take them along. */
	readonly images?: string;
	/** The database compared with the log; what is said in its place where there is no database. */
	readonly audit: Audit | string;
}

export interface ScrutinyMade {
	readonly manifest: PackManifest;
	/** SHA-256 of `SHA256SUMS`: stands for the whole pack. */
	readonly digest: string;
	readonly bytes: number;
}

/** The error says why there is no log to make a pack of. */
export async function makeScrutinyPack(given: ScrutinyParts): Promise<Result<ScrutinyMade>> {
	const { suite, dir, folder } = given;
	const parts = PARTS.filter((part) => given.parts?.includes(part) ?? true);
	const wants = (part: Part): boolean => parts.includes(part);
	const collected = await collectTables(suite, folder, parts);
	if (!collected.ok) return collected;
	const { record, files, attestations } = collected.value;
	const built = await buildFiles(dir);
	const settings = configurations(dir);
	const known = new Map<string, string>([
		[built.program, 'build/program.sha256'],
		...settings.digests.map((digest) => [digest, `configuration/${digest}.json`] as const),
	]);
	const head = headOf(record, built, parts);
	const all = function* (): Generator<PackFile> {
		yield { path: 'README.txt', content: readmeText(head) };
		yield { path: 'redactions.txt', content: redactionsText() };
		yield* files;
		if (wants('configuration')) yield* settings.files;
		if (wants('build')) yield* built.files;
		if (wants('topology')) {
			yield topologyFile(record.context, settings.addresses);
			yield* attestations(known);
		}
		if (wants('books')) yield* bookFiles(suite, dir, record);
		if (wants('audit')) yield* auditFiles(given.audit, record);
		if (wants('log')) yield* logFiles(folder, given.images);
		if (verifier !== undefined) yield { path: 'verify.mjs', content: () => verifier.bytes };
	};
	const verifier = wants('log') ? await buildVerifier() : undefined;
	const { out } = given;
	return ok(await written(suite, all(), head, { ...out, time: record.time }));
}

interface Collected {
	readonly record: ScrutinyRecord;
	/** Tables that follow from the log alone. */
	readonly files: readonly PackFile[];
	readonly attestations: (known: ReadonlyMap<string, string>) => readonly PackFile[];
}

/** The tables of these parts that follow from a published log alone: whoever has it can make them again. */
export async function collectTables(suite: Suite, folder: Folder, parts: readonly Part[]): Promise<Result<Collected>> {
	let made: ((record: ScrutinyRecord) => readonly PackFile[]) | undefined;
	const attestations = attestationBook();
	const record = await readRecord(suite, folder, (context: Context) => {
		const [accounts, actions, forms] = [accountBook(context), actionBook(context), formBook(context)];
		made = (all) => [
			...(parts.includes('accounts') ? accounts.files(all) : []),
			...(parts.includes('devices') ? deviceFiles(context, all, forms.captures()) : []),
			...(parts.includes('actions') ? actions.files(all) : []),
			...(parts.includes('forms') ? forms.files(all) : []),
		];
		return [accounts.visit, actions.visit, forms.visit, attestations.visit];
	});
	if (!record.ok) return record;
	if (made === undefined) return err('the log has no statement');
	return ok({ record: record.value, files: made(record.value), attestations: attestations.files });
}

function headOf(
	{ context: { election }, size, root, time }: ScrutinyRecord,
	{ version, program }: { readonly version: string; readonly program: string },
	parts: readonly Part[],
): Omit<PackManifest, 'files'> {
	return {
		election: { id: election.id, package: election.digest, mode: election.mode },
		log: { origin: election.log.origin, size, root, time },
		program: { version, digest: program },
		parts,
	};
}

async function written(
	suite: Suite,
	files: Iterable<PackFile>,
	head: Omit<PackManifest, 'files'>,
	target: Parameters<typeof writePack>[2],
): Promise<ScrutinyMade> {
	const sums = (listed: readonly PackedFile[]): readonly PackFile[] => {
		const manifest = printPackManifest({ ...head, files: listed });
		const digest = suite.sha256Hex(Buffer.from(manifest, 'utf8'));
		return [
			{ path: PACK_MANIFEST, content: manifest },
			{ path: PACK_SUMS, content: printSums(listed, digest) },
		];
	};
	const all = await writePack(files, sums, target);
	const listed = all.filter(({ path }) => path !== PACK_MANIFEST && path !== PACK_SUMS);
	const digest = all.find(({ path }) => path === PACK_SUMS)?.sha256 ?? '';
	return { manifest: { ...head, files: listed }, digest, bytes: all.reduce((sum, { size }) => sum + size, 0) };
}
