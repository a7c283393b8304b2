/**
 * A log that somebody named, a published folder or an address, verified from its first statement to its root and handed over as it was replayed, while the folder still lies there. A log that does not verify is handed to nobody. Images are not fetched and not looked at: what a form shows was read
 * and signed by people, and that is in the statements.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { err, type Result } from '@matokeo/core/std/result.ts';
import type { Listening, Run } from '@matokeo/verifier/check/run.ts';
import { fetchImages } from '@matokeo/verifier/fetch/files.ts';
import { keepingIn } from '@matokeo/verifier/fetch/keeping.ts';
import { fetchLog } from '@matokeo/verifier/fetch/log.ts';
import { sourceAt } from '@matokeo/verifier/fetch/source.ts';
import type { ImageNews } from '@matokeo/verifier/follow/images.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import type { Report } from '@matokeo/verifier/report/report.ts';
import { verifyFolder } from '@matokeo/verifier/verify.ts';
import type { Output } from '../output.ts';
import { progressOn } from '../progress.ts';
import { isUrl } from '../verbs/verifyUrl.ts';
import { holdPublishedStill } from './published.ts';

export interface ReplayAsked {
	/** 64 hex digits. */
	readonly anchor?: string;
	/** Redirects may lead to other hosts. */
	readonly anyHost?: boolean;
	/** No progress is told. */
	readonly quiet: boolean;
	/** Told what each statement did, while it is replayed. */
	readonly listening?: Listening;
	/** A log that does not verify is handed over all the same; its report says so. */
	readonly asItIs?: true;
}

export interface ReplayedLog {
	readonly run: Run;
	/** Where the log's files lie until `use` has ended. */
	readonly folder: string;
	readonly report: Report;
	/** With an address: brings images into the folder, as far as they can be had. */
	readonly bring?: (images: readonly Pick<ImageNews, 'sha256' | 'size'>[]) => Promise<void>;
}

/** `failed`: the log is there, and does not verify. */
export interface NoReplay {
	readonly kind: 'failed' | 'trouble';
	readonly why: string;
}

type Using<T> = (log: ReplayedLog) => Result<T, NoReplay> | Promise<Result<T, NoReplay>>;

function trouble(why: string): Result<never, NoReplay> {
	return err({ kind: 'trouble', why });
}

export async function replayLog<T>(
	given: string,
	asked: ReplayAsked,
	out: Output,
	use: Using<T>,
): Promise<Result<T, NoReplay>> {
	if (isUrl(given)) return replayFetched(given, asked, out, use);
	const inner = join(given, 'public');
	const folder = !existsSync(join(given, 'checkpoint')) && existsSync(join(inner, 'checkpoint')) ? inner : given;
	const still = holdPublishedStill(folder);
	return replayFolder(given, still.folder, asked, out, use).finally(still.remove);
}

async function replayFetched<T>(
	given: string,
	asked: ReplayAsked,
	out: Output,
	use: Using<T>,
): Promise<Result<T, NoReplay>> {
	const source = sourceAt(given, asked.anyHost === true ? { anyHost: true } : {});
	if (!source.ok) return trouble(source.error);
	const folder = mkdtempSync(join(tmpdir(), 'matokeo-replay-'));
	try {
		const progress = asked.quiet ? undefined : progressOn(out, 'files', process.stderr.isTTY);
		const fetched = await fetchLog(nativeSuite(), source.value, keepingIn(folder), {
			...(asked.anchor === undefined ? {} : { anchor: asked.anchor }),
			...(progress === undefined ? {} : { progress: progress.step }),
		});
		progress?.end();
		const bring: ReplayedLog['bring'] = async (images) => {
			const keeping = keepingIn(folder);
			await fetchImages(
				nativeSuite(),
				source.value,
				keeping,
				images.map((image) => ({ state: 'public', ...image })),
			);
			keeping.end();
		};
		if (fetched.ok) return await replayFolder(given, folder, asked, out, (log) => use({ ...log, bring }));
		const why = fetched.error;
		if (why.kind !== 'other-package') return trouble(why.why);
		return err({
			kind: 'failed',
			why: `${given} is the log of another election package: its digest is ${why.digest}, you brought ${asked.anchor ?? ''}.`,
		});
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

async function replayFolder<T>(
	given: string,
	folder: string,
	asked: ReplayAsked,
	out: Output,
	use: Using<T>,
): Promise<Result<T, NoReplay>> {
	let run: Run | undefined;
	const progress = asked.quiet ? undefined : progressOn(out, 'statements', process.stderr.isTTY);
	const report = await verifyFolder(folder, {
		images: 'none',
		onReplayed: (replayed) => {
			run = replayed;
		},
		...(asked.anchor === undefined ? {} : { anchor: asked.anchor }),
		...(asked.listening === undefined ? {} : { listening: asked.listening }),
		...(progress === undefined ? {} : { progress: progress.step }),
	});
	progress?.end();
	if (!report.ok) return trouble(report.error);
	const failed = problemOf(report.value);
	if ((failed === undefined || asked.asItIs === true) && run !== undefined)
		return use({ run, folder, report: report.value });
	return err({
		kind: 'failed',
		why: `The log at ${given} does not verify, so nothing is made from it: ${failed ?? 'it could not be replayed'}. See the whole report: matokeo verify ${given}`,
	});
}

function problemOf({ verdict, checks }: Report): string | undefined {
	if (verdict !== 'failed') return undefined;
	const [first] = checks.flatMap(({ problems }) => problems);
	return first === undefined ? 'a check fails' : `${first.check}: expected ${first.expected}, came ${first.came}`;
}
