/**
 * `matokeo verify FOLDER [--anchor DIGEST] [--against FILE] [--json]`: what a stranger does with a published folder. Answers 0 when nothing fails, 1 when something does, 2 when it
 * could not run.
 */
import { readFileSync, statSync } from 'node:fs';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import { reportText } from '@matokeo/verifier/report/text.ts';
import { verifyFolder } from '@matokeo/verifier/verify.ts';
import type { Output } from '../output.ts';
import { progressOn } from '../progress.ts';

export interface VerifyOptions {
	/** 64 hex digits. */
	readonly anchor?: string;
	/** Path of a checkpoint or a receipt. */
	readonly against?: string;
	readonly json?: true;
	readonly workers?: number;
}

const COULD_NOT_RUN = 2;
/** A receipt is a proof of at most 53 hashes and a checkpoint of at most 1 MiB (L29). */
const AGAINST_BYTES_MAX = 2_097_152;

export async function runVerify(folder: string, out: Output, options: VerifyOptions): Promise<number> {
	const held = options.against === undefined ? undefined : readHeld(options.against);
	if (held?.ok === false) {
		out.stderr(`${held.error}\n`);
		return COULD_NOT_RUN;
	}
	const { anchor, workers } = options;
	if (anchor !== undefined && !/^[0-9a-f]{64}$/.test(anchor)) {
		out.stderr('The anchor is 64 lower-case hex digits, as printed before polling and by `matokeo election digest`.\n');
		return COULD_NOT_RUN;
	}
	const progress = options.json === true ? undefined : progressOn(out, 'statements', process.stderr.isTTY);
	const report = await verifyFolder(folder, {
		...(anchor === undefined ? {} : { anchor }),
		...(held === undefined ? {} : { against: held.value }),
		...(workers === undefined ? {} : { workers }),
		...(progress === undefined ? {} : { progress: progress.step }),
	});
	progress?.end();
	if (!report.ok) {
		out.stderr(`${report.error}\n`);
		return COULD_NOT_RUN;
	}
	out.stdout(options.json === true ? `${JSON.stringify(report.value, null, '\t')}\n` : reportText(report.value));
	return report.value.verdict === 'failed' ? 1 : 0;
}

function readHeld(path: string): Result<Uint8Array> {
	try {
		if (statSync(path).size > AGAINST_BYTES_MAX)
			return err(
				`${path} is too large for a checkpoint or a receipt: at most ${AGAINST_BYTES_MAX} bytes. Name the file itself.`,
			);
		return ok(readFileSync(path));
	} catch (error) {
		const why = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
		return err(`${path} cannot be read (${why}). Give --against the file of a checkpoint or a receipt that you kept.`);
	}
}
