/**
 * One side of a comparison that is a log: a published folder, or the address of a log or a mirror. It is fetched where it must be, replayed from its first statement and
 * verified before a figure of it is used; a log that does not verify is not compared with anything. Images are not fetched: what a form shows was read and signed by people, and is
 * in the statements.
 */
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Standing } from '@matokeo/core/standings/results.ts';
import { base64Decode, hexEncode } from '@matokeo/core/std/bytes.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import { keepingIn } from '@matokeo/verifier/fetch/keeping.ts';
import { fetchLog } from '@matokeo/verifier/fetch/log.ts';
import { sourceAt } from '@matokeo/verifier/fetch/source.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import type { Report } from '@matokeo/verifier/report/report.ts';
import { verifyFolder } from '@matokeo/verifier/verify.ts';
import { holdPublishedStill } from '../checking/published.ts';
import type { Output } from '../output.ts';
import { progressOn } from '../progress.ts';
import { isUrl } from '../verbs/verifyUrl.ts';

export interface LogSide {
	/** The folder or address as it was given. */
	readonly given: string;
	readonly standing: Standing;
	/** Statements replayed. */
	readonly size: number;
	/** Root hash of the log at that size, 64 hex digits: the same for everybody who is shown the same log, whoever has cosigned it. */
	readonly root: string;
	/** Whether the package is the one of the digest that was brought from outside. */
	readonly anchored: boolean;
}

export interface LogGiven {
	/** 64 hex digits. */
	readonly anchor?: string;
	/** Redirects may lead to other hosts. */
	readonly anyHost?: boolean;
	/** No progress is told. */
	readonly quiet: boolean;
}

/** Whether the word names a log and no file. */
export function isLog(given: string): boolean {
	return isUrl(given) || statSync(given, { throwIfNoEntry: false })?.isDirectory() === true;
}

export async function openLogSide(given: string, asked: LogGiven, out: Output): Promise<Result<LogSide>> {
	if (!isUrl(given)) {
		const inner = join(given, 'public');
		const folder = !existsSync(join(given, 'checkpoint')) && existsSync(join(inner, 'checkpoint')) ? inner : given;
		const still = holdPublishedStill(folder);
		return verified(given, still.folder, asked, out).finally(still.remove);
	}
	const source = sourceAt(given, asked.anyHost === true ? { anyHost: true } : {});
	if (!source.ok) return source;
	const folder = mkdtempSync(join(tmpdir(), 'matokeo-compare-'));
	try {
		const progress = asked.quiet ? undefined : progressOn(out, 'files', process.stderr.isTTY);
		const fetched = await fetchLog(nativeSuite(), source.value, keepingIn(folder), {
			...(asked.anchor === undefined ? {} : { anchor: asked.anchor }),
			...(progress === undefined ? {} : { progress: progress.step }),
		});
		progress?.end();
		if (!fetched.ok)
			return err(
				fetched.error.kind === 'other-package'
					? `${given} is the log of another election package: its digest is ${fetched.error.digest}, you brought ${asked.anchor ?? ''}. Nothing was compared.`
					: fetched.error.why,
			);
		return await verified(given, folder, asked, out);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

async function verified(given: string, folder: string, asked: LogGiven, out: Output): Promise<Result<LogSide>> {
	let standing: Standing | undefined;
	const progress = asked.quiet ? undefined : progressOn(out, 'statements', process.stderr.isTTY);
	const report = await verifyFolder(folder, {
		images: 'none',
		onStanding: (replayed) => {
			standing = replayed;
		},
		...(asked.anchor === undefined ? {} : { anchor: asked.anchor }),
		...(progress === undefined ? {} : { progress: progress.step }),
	});
	progress?.end();
	if (!report.ok) return err(`${report.error} A folder that is compared is the one that a log publishes.`);
	const failed = problemOf(report.value);
	const { notes, anchored, log } = report.value;
	const root = log === undefined ? undefined : base64Decode(log.root);
	if (failed !== undefined || standing === undefined || root === undefined)
		return err(
			`The log at ${given} does not verify, and figures of it are not compared with anything: ${failed ?? 'it could not be replayed'}. See the whole report: matokeo verify ${given}`,
		);
	return ok({ given, standing, size: notes, root: hexEncode(root), anchored });
}

function problemOf({ verdict, checks }: Report): string | undefined {
	if (verdict !== 'failed') return undefined;
	const [first] = checks.flatMap(({ problems }) => problems);
	return first === undefined ? 'a check fails' : `${first.check}: expected ${first.expected}, came ${first.came}`;
}
