/**
 * One side of a comparison that is a log: a published folder, or the address of a log or a mirror. It is fetched where it must be, replayed from its first statement and
 * verified before a figure of it is used; a log that does not verify is not compared with anything. Images are not fetched: what a form shows was read and signed by people, and is
 * in the statements.
 */
import { statSync } from 'node:fs';
import type { Standing } from '@matokeo/core/standings/results.ts';
import { base64Decode, hexEncode } from '@matokeo/core/std/bytes.ts';
import { assert, err, ok, type Result } from '@matokeo/core/std/result.ts';
import { standingOf } from '@matokeo/verifier/check/run.ts';
import { replayLog } from '../checking/replayedLog.ts';
import type { Output } from '../output.ts';
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
	const side = await replayLog(given, asked, out, ({ run, report: { notes, anchored, log } }) => {
		const root = base64Decode(log?.root ?? '');
		assert(root !== undefined && root.length > 0, 'a log that verifies has a root');
		return ok({ given, standing: standingOf(run), size: notes, root: hexEncode(root), anchored });
	});
	return side.ok ? side : err(side.error.why);
}
