/**
 * `matokeo verify URL [--anchor DIGEST] [--against FILE] [--declaration FILE|ID] [--keep DIR] [--no-images] [--json]`: the same for a log that lies elsewhere: its own server, a static copy, a mirror. What is published is fetched into a folder, in which
 * nothing is believed because of where it came from, and verified there. Exit codes as for a folder; 2 as well when it could not be fetched.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { grouped, plural } from '@matokeo/core/result/describe.ts';
import { utf8Decode } from '@matokeo/core/std/bytes.ts';
import { fetchImages } from '@matokeo/verifier/fetch/files.ts';
import { type Keeping, keepingIn } from '@matokeo/verifier/fetch/keeping.ts';
import { type FetchedLog, type FetchRefusal, fetchLog } from '@matokeo/verifier/fetch/log.ts';
import { type Source, sourceAt } from '@matokeo/verifier/fetch/source.ts';
import type { ImageNews } from '@matokeo/verifier/follow/images.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { type VerifyOptions, verifyFolder } from '@matokeo/verifier/verify.ts';
import { sayReport } from '../checking/sayReport.ts';
import { COULD_NOT_RUN, type Output } from '../output.ts';
import { type Progress, progressOn } from '../progress.ts';

/** What is given only with an address. */
export interface UrlOptions {
	/** Where what was fetched stays; a later run goes on from there. */
	readonly keep?: string;
	/** `false`: images are not fetched, and not looked at. */
	readonly images?: boolean;
	/** Redirects may lead to other hosts. */
	readonly anyHost?: boolean;
	/** Pauses before another try, milliseconds. */
	readonly retryPausesMs?: readonly number[];
}

interface VerifyUrlOptions extends UrlOptions {
	/** 64 hex digits. */
	readonly anchor?: string;
	/** A checkpoint, a receipt or a refusal, as it was read. */
	readonly against?: Uint8Array;
	/** With a refusal: the note that was refused. */
	readonly statement?: Uint8Array;
	readonly declaration?: VerifyOptions['declaration'];
	/** Told what `against` proves against the log. */
	readonly onEvidence?: VerifyOptions['onEvidence'];
	readonly json?: true;
	readonly workers?: number;
}

export function isUrl(given: string): boolean {
	return /^https?:\/\//i.test(given);
}

export async function runVerifyUrl(address: string, out: Output, options: VerifyUrlOptions): Promise<number> {
	const { anyHost, retryPausesMs } = options;
	const source = sourceAt(address, {
		...(anyHost === undefined ? {} : { anyHost }),
		...(retryPausesMs === undefined ? {} : { retryPausesMs }),
	});
	if (!source.ok) {
		out.stderr(`${source.error}\n`);
		return COULD_NOT_RUN;
	}
	const folder = options.keep ?? mkdtempSync(join(tmpdir(), 'matokeo-verify-url-'));
	if (options.keep !== undefined) mkdirSync(folder, { recursive: true });
	try {
		return await verifyFetched(source.value, keepingIn(folder), out, options);
	} finally {
		if (options.keep === undefined) rmSync(folder, { recursive: true, force: true });
	}
}

async function verifyFetched(
	source: Source,
	keeping: Keeping,
	out: Output,
	options: VerifyUrlOptions,
): Promise<number> {
	const suite = nativeSuite();
	const { anchor, workers, statement, declaration, json } = options;
	const shown = (what: string): Progress | undefined =>
		json === true ? undefined : progressOn(out, what, process.stderr.isTTY);
	const kept = keeping.read('checkpoint');
	const files = shown('files');
	const fetched = await fetchLog(suite, source, keeping, {
		...(anchor === undefined ? {} : { anchor }),
		...(files === undefined ? {} : { progress: files.step }),
	});
	files?.end();
	if (!fetched.ok) return sayRefusal(fetched.error, source, out, options);
	sayFetched(fetched.value, out);
	const against = options.against ?? kept;
	const statements = shown('statements');
	const report = await verifyFolder(keeping.folder, {
		images: options.images === false ? 'none' : (wanted) => bring(wanted, source, keeping, shown('images'), out),
		...(anchor === undefined ? {} : { anchor }),
		...(against === undefined ? {} : { against }),
		...(statement === undefined ? {} : { statement }),
		...(declaration === undefined ? {} : { declaration }),
		...(options.onEvidence === undefined ? {} : { onEvidence: options.onEvidence }),
		...(workers === undefined ? {} : { workers }),
		...(statements === undefined ? {} : { progress: statements.step }),
	});
	statements?.end();
	return sayReport(report, out, json === true);
}

async function bring(
	wanted: Iterable<ImageNews>,
	source: Source,
	keeping: Keeping,
	progress: Progress | undefined,
	out: Output,
): Promise<void> {
	const images = [...wanted];
	const { missing, trouble } = await fetchImages(nativeSuite(), source, keeping, images, (done) =>
		progress?.step(done, images.length),
	);
	keeping.end();
	progress?.end();
	if (missing > 0)
		out.stderr(
			`${plural(missing, 'image was', 'images were')} not to be had, or not what the log names; each is in the report.\n`,
		);
	if (trouble !== undefined)
		out.stderr(
			`${trouble.why} Not all images were fetched: those that are missing are in the report. With --keep DIR a later run goes on from here.\n`,
		);
}

function sayFetched({ lacking, wentBackTo, served }: FetchedLog, out: Output): void {
	if (lacking !== undefined)
		out.stderr(`Not everything could be fetched: ${lacking.why}. What is here is verified all the same.\n`);
	if (wentBackTo === undefined) return;
	const notes = [served.note, wentBackTo.note].map((note) => utf8Decode(note) ?? '');
	out.stderr(
		`The checkpoint went back while files were fetched, from ${grouped(served.checkpoint.size)} to ${grouped(wentBackTo.checkpoint.size)} statements: an old copy somewhere on the way, or a log that was put back. Keep both:\n${notes.join('\n')}\nThe larger one is verified.\n`,
	);
}

function sayRefusal(refusal: FetchRefusal, { url }: Source, out: Output, { anchor, keep }: VerifyUrlOptions): number {
	if (refusal.kind === 'other-package') {
		out.stderr(
			`FAILED: the election package at ${url} has the digest ${refusal.digest}; you brought ${anchor ?? ''}. It is about another election, or somebody made it with keys and rules of their own. Compare the digest with the printed one, digit by digit. Nothing more was fetched.\n`,
		);
		return 1;
	}
	out.stderr(`${refusal.why}\n`);
	if (refusal.kind === 'trouble' && keep !== undefined)
		out.stderr('What was fetched is kept: run this again to go on.\n');
	return COULD_NOT_RUN;
}
