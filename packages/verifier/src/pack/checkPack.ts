/**
 * A scrutiny pack against itself and against the log inside it (`spec/scrutiny.md`, Y12): every file is the listed one, nothing is missing and nothing beside it; the log is the one that the list names and verifies; the books are the ones of which
 * the log has said the digests. What the tables say is held against the log by whoever can make them again.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { utf8Decode } from '@matokeo/core/std/bytes.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { type BookReader, bookPath, checkBooks, type SaidPeriod } from '../books/checkBooks.ts';
import { parsePeriod } from '../books/period.ts';
import { saidPeriods } from '../books/saidPeriods.ts';
import { type BundleFiles, besideInWords, unlisted } from '../bundle/files.ts';
import type { Report, Verdict } from '../report/report.ts';
import { verifyFolder } from '../verify.ts';
import { checkInside } from './inside.ts';
import { PACK_MANIFEST, PACK_SUMS, type PackManifest, parsePackManifest, printSums } from './manifest.ts';
import { notShown } from './notShown.ts';

export interface PackFinding {
	readonly where: string;
	readonly problem: string;
}

export interface PackChecked {
	readonly manifest: PackManifest;
	/** `verified`: nothing fails and the package is the one whose digest the reader brought; `consistent`: nothing fails, and whose election this is, or what the log says, was not established. */
	readonly verdict: Verdict;
	readonly findings: readonly PackFinding[];
	/** Files whose digest was compared. */
	readonly files: number;
	/** Books that were compared with a digest in the log; absent where the pack has no log or no books. */
	readonly books?: number;
	/** What cannot be said from this pack, in sentences. */
	readonly notShown: readonly string[];
	/** Of the log inside; absent where there is none. */
	readonly report?: Report;
}

export interface PackOptions {
	/** Digest of the election package as the reader knows it from outside. */
	readonly anchor?: string;
	readonly workers?: number;
	/** The program of threads, where it lies in another file. */
	readonly worker?: URL;
	/** Where the log inside lies on the disk already; absent: it is unpacked into a folder of its own, and that is removed. */
	readonly log?: string;
	readonly progress?: (done: number, all: number) => void;
	/** Given the folder of the log inside, says which tables are not what that log gives. */
	readonly remake?: (log: string, manifest: PackManifest) => Promise<readonly PackFinding[]>;
}

/** The error says why it is no pack at all. */
export async function checkPack(
	suite: Suite,
	files: BundleFiles,
	options: PackOptions = {},
): Promise<Result<PackChecked>> {
	const bytes = files.read(PACK_MANIFEST);
	if (!bytes.ok) return err(`Y11: there is no ${PACK_MANIFEST} in it: this is no scrutiny pack, or a part of one`);
	const parsed = parsePackManifest(bytes.value);
	if (!parsed.ok) return parsed;
	const manifest = parsed.value;
	const findings = [
		...checkFiles(suite, files, manifest),
		...checkSums(files, manifest, suite.sha256Hex(bytes.value)),
		...checkInside(suite, files, manifest),
		...checkAnchor(manifest, options.anchor),
	];
	const missing = notShown(manifest, {
		remade: options.remake !== undefined,
		beside: besideInWords(unlistedIn(files, manifest.files).beside),
	});
	const checked = { manifest, findings, files: manifest.files.length, notShown: missing };
	const hasLog = files.sizes.has('log/checkpoint');
	if (!hasLog && manifest.parts.includes('log'))
		findings.push({ where: 'log/checkpoint', problem: 'it is missing: pack.json says that the log is in the pack' });
	if (!hasLog) return ok({ ...checked, verdict: findings.length === 0 ? 'consistent' : 'failed' });
	const unpacked = options.log ?? mkdtempSync(join(tmpdir(), 'matokeo-pack-'));
	try {
		if (options.log === undefined) unpackLog(files, manifest, unpacked);
		const log = await checkLog(suite, files, manifest, unpacked, options);
		if (!log.ok) return log;
		const remade = (await options.remake?.(unpacked, manifest)) ?? [];
		const all = [...findings, ...log.value.findings, ...remade];
		const verdict = all.length === 0 ? log.value.report.verdict : 'failed';
		return ok({ ...checked, ...log.value, findings: all, notShown: [...missing, ...log.value.notShown], verdict });
	} finally {
		if (options.log === undefined) rmSync(unpacked, { recursive: true, force: true });
	}
}

function checkFiles(suite: Suite, files: BundleFiles, { files: listed }: PackManifest): readonly PackFinding[] {
	const findings: PackFinding[] = [];
	for (const { path, sha256, size } of listed) {
		const read = files.sizes.has(path) ? files.read(path) : undefined;
		if (read === undefined) findings.push({ where: path, problem: `it is missing: ${PACK_MANIFEST} lists it` });
		else if (!read.ok) findings.push({ where: path, problem: `it cannot be read: ${read.error}` });
		else if (suite.sha256Hex(read.value) !== sha256 || read.value.length !== size)
			findings.push({
				where: path,
				problem: `it was changed: ${PACK_MANIFEST} lists ${size} bytes with the SHA-256 ${sha256}, here are ${read.value.length} with ${suite.sha256Hex(read.value)}`,
			});
	}
	for (const path of unlistedIn(files, listed).putIn)
		findings.push({ where: path, problem: `it is beside the pack: ${PACK_MANIFEST} does not list it` });
	return findings;
}

/** Files of a pack that lie in no folder, and so are missed if they are not listed. */
const PACK_TOP: ReadonlySet<string> = new Set(['README.txt', 'redactions.txt', 'verify.mjs']);

function unlistedIn(files: BundleFiles, listed: PackManifest['files']): ReturnType<typeof unlisted> {
	const known = new Set([PACK_MANIFEST, PACK_SUMS, ...listed.map(({ path }) => path)]);
	return unlisted(
		files,
		(path) => known.has(path),
		(path) => PACK_TOP.has(path),
	);
}

/** A pack without a log is anchored by its own word alone; one of another election says so itself. */
function checkAnchor({ election }: PackManifest, anchor: string | undefined): readonly PackFinding[] {
	if (anchor === undefined || anchor === election.package) return [];
	return [
		{
			where: PACK_MANIFEST,
			problem: `it is of the election package ${election.package}, and you brought the digest ${anchor}: this pack is of another election`,
		},
	];
}

function checkSums(
	files: BundleFiles,
	{ files: listed }: PackManifest,
	manifestSha256: string,
): readonly PackFinding[] {
	const sums = files.read(PACK_SUMS);
	if (!sums.ok) return [{ where: PACK_SUMS, problem: 'it is missing' }];
	return utf8Decode(sums.value) === printSums(listed, manifestSha256)
		? []
		: [{ where: PACK_SUMS, problem: `it does not list the files and digests that ${PACK_MANIFEST} has` }];
}

interface LogChecked {
	readonly report: Report;
	readonly findings: readonly PackFinding[];
	readonly books?: number;
	readonly notShown: readonly string[];
}

async function checkLog(
	suite: Suite,
	files: BundleFiles,
	manifest: PackManifest,
	folder: string,
	{ anchor, workers, worker, progress }: PackOptions,
): Promise<Result<LogChecked>> {
	let said: readonly SaidPeriod[] | undefined;
	const report = await verifyFolder(folder, {
		...(anchor === undefined ? {} : { anchor }),
		...(workers === undefined ? {} : { workers }),
		...(worker === undefined ? {} : { worker }),
		...(progress === undefined ? {} : { progress }),
		...(manifest.files.some(({ path }) => path.startsWith('log/blob/')) ? {} : { images: 'none' }),
		onReplayed: ({ rows }) => {
			said = saidPeriods(rows);
		},
	});
	if (!report.ok) return report;
	const findings = differsFrom(manifest, report.value);
	const missing: string[] = [];
	if (!manifest.parts.includes('books')) return ok({ report: report.value, findings, notShown: missing });
	if (said === undefined)
		return ok({
			report: report.value,
			findings,
			notShown: ['The log could not be replayed: the books were not compared with it.'],
		});
	const books = checkBooks(suite, said, readerOf(files));
	for (const where of books.notHere)
		missing.push(`${where} is not in the pack; its digest is, and is the one in the log.`);
	if (books.uncovered > 0)
		missing.push(
			`${books.uncovered} lines of the books were written after the last digest: the log says nothing of them.`,
		);
	const all = [...findings, ...books.findings];
	return ok({ report: report.value, findings: all, books: books.compared, notShown: missing });
}

/** Whether the log inside is the one that the list names. */
function differsFrom({ log, election }: PackManifest, report: Report): readonly PackFinding[] {
	const findings: PackFinding[] = [];
	const differs = (what: string, listed: string | number, found: string | number | undefined): void => {
		if (found !== undefined && listed !== found)
			findings.push({ where: PACK_MANIFEST, problem: `it says ${what} ${listed}, the log inside has ${found}` });
	};
	differs('the size', log.size, report.log?.size);
	differs('the root', log.root, report.log?.root);
	differs('the package', election.package, report.election?.package);
	return findings;
}

function readerOf(files: BundleFiles): BookReader {
	const bytesOf = (path: string): Uint8Array | undefined => {
		const read = files.sizes.has(path) ? files.read(path) : undefined;
		return read?.ok === true ? read.value : undefined;
	};
	const periods = new Set(
		[...files.sizes.keys()].flatMap((path) => parsePeriod(/^books\/([^/]+)\//.exec(path)?.[1] ?? '') ?? []),
	);
	return {
		periods: () => [...periods].sort((a, b) => a - b),
		read: (from, book) => bytesOf(bookPath(from, book)),
		left: (from, book) => {
			const bytes = bytesOf(`${bookPath(from, book)}.sha256`);
			return bytes === undefined ? undefined : /^([0-9a-f]{64}) /.exec(new TextDecoder().decode(bytes))?.[1];
		},
	};
}

/** Names were looked at when the pack was opened (B21). */
function unpackLog(files: BundleFiles, { files: listed }: PackManifest, folder: string): void {
	for (const { path } of listed) {
		if (!path.startsWith('log/')) continue;
		const read = files.sizes.has(path) ? files.read(path) : undefined;
		if (read?.ok !== true) continue;
		const to = join(folder, path.slice('log/'.length));
		mkdirSync(dirname(to), { recursive: true });
		writeFileSync(to, read.value);
	}
}
