/**
 * Verifies a published folder (V1–V60, V80–V90 of `spec/verification.md`): from files that nobody is trusted for, and a digest that the reader brings, to every figure. Workers
 * look at bundles, keys and blobs; one thread replays the rules in the order of the log.
 *
 * It needs no secret and no network, writes nothing, and knows nothing of the server that made the folder.
 */
import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { isRefusal } from '@matokeo/core/record/refusalNote.ts';
import { logRow } from '@matokeo/core/rules/opening.ts';
import { type ContestResults, contestResults } from '@matokeo/core/standings/results.ts';
import { base64Encode } from '@matokeo/core/std/bytes.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import { type Accusation, boundByHeld, checkAgainst } from './check/against.ts';
import { type BlobBook, blobBook, checkBlobs, sayFileFaults } from './check/blobs.ts';
import { WORKERS_MAX } from './check/limits.ts';
import { type Claimed, checkCosignatures, openCheckpoint, openPackage } from './check/opening.ts';
import { CHECKS, type CheckName, type Findings, findings as newFindings } from './check/problem.ts';
import { readLog } from './check/readLog.ts';
import { expectRefused } from './check/refused.ts';
import { expectResults } from './check/results.ts';
import { type Listening, type Run, runOf, standingOf } from './check/run.ts';
import { checkRoot, checkUpperTiles, committedHashes, explainDiffering, findStrayTiles } from './check/tiles.ts';
import { openWitnessed } from './check/witnessed.ts';
import { type ImageNews, publicImages } from './follow/images.ts';
import { type FolderList, listBlobs, listFolder } from './node/folder.ts';
import { nativeSuite } from './node/nativeSuite.ts';
import { type Pool, workerPool } from './node/pool.ts';
import { shownAccess } from './proceedings/accessed.ts';
import { shownCounts } from './proceedings/counts.ts';
import { type Asked, lookAt } from './proceedings/lookAt.ts';
import { shownNotices } from './proceedings/notices.ts';
import { type ContestProceedings, contestProceedings } from './proceedings/shown.ts';
import { declaredWords } from './proceedings/words.ts';
import { type Report, reportedElection } from './report/report.ts';

export interface VerifyOptions {
	/** Digest of the election package as the reader knows it from outside. */
	readonly anchor?: string;
	/** A checkpoint, a receipt or a signed refusal that the reader kept. */
	readonly against?: Uint8Array;
	/** With a refusal: the note that was refused, as it was sent. */
	readonly statement?: Uint8Array;
	/** A declaration to look at number by number, or a text of one to compare. */
	readonly declaration?: Asked;
	/** Told what `against` proves against the log, as a file of evidence has it. */
	readonly onEvidence?: (accusation: Accusation) => void;
	/** Threads beside this one, which helps them; 0 does everything here. All processors of the machine are used, unless said. */
	readonly workers?: number;
	/** The program of those threads, where it lies in another file. */
	readonly worker?: URL;
	/** Told what each statement did, and at the end given everything that was replayed. */
	readonly listening?: Listening;
	readonly onReplayed?: (run: Run) => void;
	readonly progress?: (done: number, all: number) => void;
	/**
	 * Brings the images that the log says are held and its package publishes into the folder, before images are looked at; `'none'`: they are not looked at, and that is said. Without it the folder is taken to have them.
	 */
	readonly images?: 'none' | ((wanted: Iterable<ImageNews>) => Promise<void>);
}

/** The report; an error says why nothing could be verified at all. */
export async function verifyFolder(folder: string, options: VerifyOptions = {}): Promise<Result<Report>> {
	const began = performance.now();
	const refusal = notAFolder(folder);
	if (refusal !== undefined) return err(refusal);
	const suite = nativeSuite();
	const list = listFolder(folder);
	if (
		list.bundles.size === 0 &&
		list.tiles.size === 0 &&
		!list.top.includes('checkpoint') &&
		!list.top.includes('package')
	)
		return err(
			`${folder} is not what a log publishes: there is no checkpoint, tile or package in it. Name the folder "public" of a server, or a copy of it.`,
		);
	const workers = options.workers ?? Math.min(WORKERS_MAX, availableParallelism() - 1);
	const pool = workerPool(suite, folder, workers, options.worker);
	const found = newFindings();
	try {
		const blobs = blobBook();
		const reading = options.images === undefined ? readAllBlobs(pool, list.blobDirectories, blobs) : [];
		const election = list.top.includes('package')
			? await openPackage(suite, folder, options.anchor, found)
			: missingPackage(found);
		const verification =
			election === undefined ? undefined : runOf(suite, folder, election, blobs, found, options.listening);
		const parts = verification === undefined ? undefined : await replay(verification, pool, list, options);
		if (verification !== undefined && typeof options.images === 'function') {
			await options.images(publicImages(verification));
			reading.push(...readAllBlobs(pool, listBlobs(folder), blobs));
		}
		await Promise.all(reading);
		if (verification === undefined) skipRest(found, 'the election package cannot be read', CHECKS.slice(1));
		if (verification === undefined || parts === undefined) sayFileFaults(found, blobs);
		sayStrays(found, list);
		const rest = verification === undefined || parts === undefined ? {} : conclude(verification, parts, options);
		if (verification !== undefined && parts !== undefined) options.onReplayed?.(verification);
		return ok(reportOf(found, verification, rest, options, performance.now() - began));
	} finally {
		await pool.close();
	}
}

function notAFolder(folder: string): string | undefined {
	try {
		if (statSync(folder).isDirectory()) return undefined;
		return `${folder} is a file. Name the folder that the log publishes ("public" of a server, or a copy of it).`;
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? String(error.code) : '';
		if (code === 'ENOENT')
			return `There is no folder ${folder}. Check the name; a copy of a published log is a folder with "checkpoint" in it.`;
		return `The folder ${folder} cannot be read (${code}). Ask for the right to read it, or copy it.`;
	}
}

function missingPackage(found: Findings): undefined {
	found.looked('anchor');
	found.found({
		check: 'anchor',
		file: 'package/manifest.sha256',
		expected: 'the election package',
		came: 'no such folder',
		means: 'The rules and keys of the election are not here: nothing can be verified without them.',
	});
}

function readAllBlobs(pool: Pool, directories: readonly string[], blobs: BlobBook): Promise<void>[] {
	return directories.map((directory) => readBlobs(pool, directory, blobs));
}

async function readBlobs(pool: Pool, directory: string, blobs: BlobBook): Promise<void> {
	const answer = await pool.ask({ kind: 'blobs', directory });
	if (answer.kind !== 'blobs') return;
	blobs.addFiles(answer);
}

function once<T>(make: () => T): () => T {
	let made: { readonly value: T } | undefined;
	return () => {
		made ??= { value: make() };
		return made.value;
	};
}

interface Parts {
	readonly claimed: Claimed;
	readonly quorum: NonNullable<Report['cosignatures']>;
	/** What a refusal that the reader brought shows against the log. */
	readonly refused?: NonNullable<Report['evidence']>;
}

/** From the checkpoint to the root. */
async function replay(run: Run, pool: Pool, list: FolderList, options: VerifyOptions): Promise<Parts | undefined> {
	const { findings: found } = run;
	const claimed = openCheckpoint(run.context, run.folder, found);
	if (claimed === undefined) {
		skipRest(found, 'there is no readable checkpoint', CHECKS.slice(2));
		return undefined;
	}
	const quorum = checkCosignatures(run.context, claimed, found);
	expectResults(run, list.results, claimed.size);
	const compareWitnessed = openWitnessed(run, claimed);
	const { against, statement } = options;
	if (against !== undefined) boundByHeld(run, against);
	const isRefused = against !== undefined && isRefusal(against);
	const judgeRefusal = isRefused ? expectRefused(run, claimed.size, { refusal: against, statement }) : undefined;
	const progress = options.progress ?? (() => undefined);
	const committed = once(() => committedHashes(run, claimed.size, claimed.root));
	const differing = await readLog(run, pool, list, claimed.size, progress, committed);
	compareWitnessed();
	findStrayTiles(run, list, claimed.size);
	checkUpperTiles(run, list);
	const sound = checkRoot(run, claimed.size, claimed.root);
	explainDiffering(run, differing, claimed.size, claimed.root, sound);
	const refused = judgeRefusal?.();
	return { claimed, quorum, ...(refused === undefined ? {} : { refused }) };
}

type Conclusion = Partial<
	Pick<
		Report,
		| 'log'
		| 'cosignatures'
		| 'blobs'
		| 'evidence'
		| 'contests'
		| 'time'
		| 'proceedings'
		| 'notices'
		| 'counts'
		| 'access'
		| 'declaration'
	>
>;

function conclude(
	run: Run,
	{ claimed, quorum, refused }: Parts,
	{ against, declaration: asked, images, onEvidence }: VerifyOptions,
): Conclusion {
	const { election } = run.context;
	const contests: Record<string, ContestResults> = {};
	const proceedings: Record<string, ContestProceedings> = {};
	for (const contest of election.contests.values()) {
		contests[contest.id] = contestResults(standingOf(run), contest);
		const shown = contestProceedings(run, contest);
		if (shown !== undefined) proceedings[contest.id] = shown;
	}
	const evidence =
		against === undefined || isRefusal(against) ? refused : checkAgainst(run, claimed, against, onEvidence);
	if (against === undefined)
		skipRest(run.findings, 'no checkpoint or receipt was brought to compare with', ['against']);
	if (images === 'none') skipRest(run.findings, 'images were left out, as you asked', ['blobs']);
	if (!run.clock.compared()) skipRest(run.findings, NO_WITNESS_TIMES, ['clock']);
	const declaration = asked === undefined ? undefined : lookAt(run, asked);
	if (asked === undefined) skipRest(run.findings, 'no declaration was asked about', ['declaration']);
	const blobs = images === 'none' ? undefined : checkBlobs(run);
	const access = shownAccess(run);
	return {
		log: { origin: election.log.origin, size: claimed.size, root: base64Encode(claimed.root) },
		cosignatures: quorum,
		time: logRow(run.rows).time,
		contests,
		proceedings,
		notices: shownNotices(run),
		counts: shownCounts(run),
		...(access === undefined ? {} : { access }),
		...(declaration === undefined ? {} : { declaration }),
		...(blobs === undefined ? {} : { blobs }),
		...(evidence === undefined ? {} : { evidence }),
	};
}

const NO_WITNESS_TIMES = 'no statement follows a cosigned checkpoint that the log or the reader shows';

function sayStrays(found: Findings, list: FolderList): void {
	for (const { file, why } of list.strays) {
		found.found({
			check: file.startsWith('blob') ? 'blobs' : file.startsWith('results') ? 'results' : 'tiles',
			file,
			expected: 'only files of the log',
			came: why,
			means: 'It is no part of the record and was not opened. Whoever made this folder put it there.',
		});
	}
	if (list.beside.length > 0)
		found.remark(`Beside the record lie files that were not looked at: ${list.beside.slice(0, 10).join(', ')}.`);
}

function skipRest(found: Findings, why: string, checks: readonly CheckName[]): void {
	for (const name of checks) found.skip(name, why);
}

function reportOf(
	found: Findings,
	run: Run | undefined,
	rest: Conclusion,
	{ anchor }: VerifyOptions,
	milliseconds: number,
): Report {
	const election = run?.context.election;
	const anchored = anchor !== undefined && election?.digest === anchor;
	const sound = found.failed() === 0 && run !== undefined && rest.log !== undefined;
	const verdict = sound ? (anchored ? 'verified' : 'consistent') : 'failed';
	return {
		verdict,
		anchored,
		...(election === undefined
			? {}
			: {
					election: reportedElection(election),
					words: declaredWords(election.mode, verdict, anchored),
				}),
		checks: found.checks(),
		remarks: found.remarks(),
		contests: {},
		...rest,
		notes: run === undefined ? 0 : run.tree.size(),
		milliseconds: Math.round(milliseconds),
	};
}
