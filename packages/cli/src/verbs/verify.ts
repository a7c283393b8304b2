/**
 * `matokeo verify FOLDER|URL [--anchor DIGEST] [--against FILE [--statement FILE]] [--declaration FILE|ID] [--json]`: what a stranger does with a published folder, or with a log that lies elsewhere (`verifyUrl.ts`). Answers 0 when nothing fails, 1 when something does, 2 when it
 * could not run. A server that publishes into the folder meanwhile may go on.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LEAF_BYTES_MAX } from '@matokeo/core/record/limits.ts';
import { isRefusal } from '@matokeo/core/record/refusalNote.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import { DECLARATION_BYTES_MAX } from '@matokeo/verifier/check/limits.ts';
import { printEvidence } from '@matokeo/verifier/evidence/file.ts';
import { type VerifyOptions as VerifyParts, verifyFolder } from '@matokeo/verifier/verify.ts';
import { holdPublishedStill } from '../checking/published.ts';
import { sayReport } from '../checking/sayReport.ts';
import { readGiven } from '../given.ts';
import { writeNew } from '../newFile.ts';
import { COULD_NOT_RUN, type Output } from '../output.ts';
import { progressOn } from '../progress.ts';
import { isUrl, runVerifyUrl, type UrlOptions } from './verifyUrl.ts';

export interface VerifyOptions extends UrlOptions {
	/** 64 hex digits. */
	readonly anchor?: string;
	/** Path of a checkpoint, a receipt or a signed refusal. */
	readonly against?: string;
	/** With a refusal: path of the note that was refused. */
	readonly statement?: string;
	/** Path of a text; or the id of a declaration or of its contest. */
	readonly declaration?: string;
	/** Path of a new file for what `against` proves. */
	readonly saveEvidence?: string;
	readonly json?: true;
	readonly workers?: number;
}

/** A receipt is a proof of at most 53 hashes and a checkpoint of at most 1 MiB (L29). */
const AGAINST_BYTES_MAX = 2_097_152;

export async function runVerify(folder: string, out: Output, options: VerifyOptions): Promise<number> {
	if (!isUrl(folder) && isServers(folder)) {
		out.stderr(
			`"${folder}" is a server's own folder. What is published lies in it: name "${join(folder, 'public')}". What the server keeps beside it, \`matokeo fsck\` compares.\n`,
		);
		return COULD_NOT_RUN;
	}
	if (options.saveEvidence !== undefined && options.against === undefined) {
		out.stderr('--save-evidence goes with --against FILE: what that checkpoint or receipt proves is saved.\n');
		return COULD_NOT_RUN;
	}
	const held = heldIn(options);
	if (!held.ok) {
		out.stderr(`${held.error}\n`);
		return COULD_NOT_RUN;
	}
	const { anchor, workers } = options;
	if (anchor !== undefined && !/^[0-9a-f]{64}$/.test(anchor)) {
		out.stderr('The anchor is 64 lower-case hex digits, as printed before polling and by `matokeo election digest`.\n');
		return COULD_NOT_RUN;
	}
	if (isUrl(folder)) {
		const { against: _path, statement: _other, declaration: _text, ...rest } = options;
		return runVerifyUrl(folder, out, { ...rest, ...held.value, ...savingEvidence(options.saveEvidence, out) });
	}
	if (options.keep !== undefined || options.images === false) {
		out.stderr('--keep and --no-images are for an address; a folder is verified where it lies, and whole.\n');
		return COULD_NOT_RUN;
	}
	const progress = options.json === true ? undefined : progressOn(out, 'statements', process.stderr.isTTY);
	const still = holdPublishedStill(folder);
	if (still.coming > 0)
		out.stderr(
			`A server is running here: images that came in the last seconds, ${still.coming} of them not yet in the log, were not looked at. Verify again to look at them.\n`,
		);
	const report = await verifyFolder(still.folder, {
		...(anchor === undefined ? {} : { anchor }),
		...held.value,
		...savingEvidence(options.saveEvidence, out),
		...(workers === undefined ? {} : { workers }),
		...(progress === undefined ? {} : { progress: progress.step }),
	}).finally(still.remove);
	progress?.end();
	return sayReport(report, out, options.json === true);
}

/** The file is new, and says that this program found it, now. */
function savingEvidence(path: string | undefined, out: Output): Pick<VerifyParts, 'onEvidence'> {
	if (path === undefined) return {};
	return {
		onEvidence: (accusation) => {
			const time = Math.floor(Date.now() / 1000);
			const saved = writeNew(path, printEvidence({ ...accusation, reporter: 'a reader, with matokeo verify', time }));
			out.stderr(
				saved.ok ? `Evidence: ${path}. Anyone can check it: matokeo verify --evidence ${path}\n` : `${saved.error}\n`,
			);
		},
	};
}

type Held = Pick<VerifyParts, 'against' | 'statement' | 'declaration'>;

function heldIn(options: VerifyOptions): Result<Held> {
	const held = comparedIn(options);
	const asked = askedIn(options);
	if (!held.ok) return held;
	return asked.ok ? ok({ ...held.value, ...asked.value }) : asked;
}

/** What has the spelling of an id and is no file here is the id of a statement or a contest. */
function askedIn({ declaration }: VerifyOptions): Result<Held> {
	if (declaration === undefined) return ok({});
	if (/^[a-z0-9._/-]{1,64}$/.test(declaration) && !existsSync(declaration))
		return ok({ declaration: { kind: 'id', id: declaration } });
	const bytes = readGiven(declaration, DECLARATION_BYTES_MAX);
	if (bytes.ok) return ok({ declaration: { kind: 'text', bytes: bytes.value } });
	return err(`${bytes.error} For --declaration, give a text file, or the id of a declaration or of its contest.`);
}

function comparedIn({ against: path, statement: note }: VerifyOptions): Result<Held> {
	if (path === undefined)
		return note === undefined ? ok({}) : err('--statement goes with a refusal of that statement: --against REFUSAL.');
	const against = readGiven(path, AGAINST_BYTES_MAX);
	if (!against.ok)
		return err(`${against.error} For --against, give the file of a checkpoint, a receipt or a refusal that you kept.`);
	if (isRefusal(against.value) !== (note !== undefined))
		return err(
			note === undefined
				? `"${path}" is a refusal: give the note that was refused as well, --statement FILE; the rules are asked about it.`
				: `--statement goes with a signed refusal, and "${path}" is none.`,
		);
	if (note === undefined) return ok({ against: against.value });
	const statement = readGiven(note, LEAF_BYTES_MAX);
	return statement.ok ? ok({ against: against.value, statement: statement.value }) : statement;
}

/** The folder above the one that is meant: it has no checkpoint itself, and has one in `public`. */
function isServers(folder: string): boolean {
	return !existsSync(join(folder, 'checkpoint')) && existsSync(join(folder, 'public', 'checkpoint'));
}
