/**
 * `matokeo bundle FOLDER|URL --out FILE.zip (--station S [--contest C] | --area A --contest C | --objection ID | --declaration ID|CONTEST)`: an evidence bundle (B1–B8) about one thing, out of a log that is verified first. Answers 0 when the bundle is
 * written, 1 when the log does not verify, 2 when it could not run.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { BLOB_BYTES_MAX } from '@matokeo/core/record/limits.ts';
import { grouped, plural } from '@matokeo/core/result/describe.ts';
import { base64Decode } from '@matokeo/core/std/bytes.ts';
import { assert, err, ok, type Result } from '@matokeo/core/std/result.ts';
import { type BundleAsked, oneAsked, subjectOf } from '@matokeo/dossier/bundle/asked.ts';
import { type MadeBundle, makeBundle } from '@matokeo/dossier/bundle/makeBundle.ts';
import { keptEvents } from '@matokeo/dossier/bundle/record.ts';
import { buildVerifier } from '@matokeo/dossier/standalone/build.ts';
import { parseAttestation } from '@matokeo/verifier/bundle/attestation.ts';
import { ATTESTATION_BYTES_MAX } from '@matokeo/verifier/bundle/limits.ts';
import { CHECKPOINT_BYTES_MAX } from '@matokeo/verifier/check/limits.ts';
import type { Problem } from '@matokeo/verifier/check/problem.ts';
import { readWhole } from '@matokeo/verifier/node/files.ts';
import { readPackageFolder } from '@matokeo/verifier/node/packageFolder.ts';
import type { Report } from '@matokeo/verifier/report/report.ts';
import { type NoReplay, type ReplayedLog, replayLog } from '../checking/replayedLog.ts';
import { inWords, readGiven } from '../given.ts';
import { COULD_NOT_RUN, type Output } from '../output.ts';

export interface BundleOptions extends BundleAsked {
	readonly out: string;
	/** 64 hex digits. */
	readonly anchor?: string;
	/** Files of signed attestations. */
	readonly attestation?: readonly string[];
	/** Bundle a log that does not verify, and say so in the bundle. */
	readonly asItIs?: true;
	readonly anyHost?: boolean;
	readonly json?: true;
}

export async function runBundle(from: string, out: Output, options: BundleOptions): Promise<number> {
	const fail = (why: string): number => {
		out.stderr(`${why}\n`);
		return COULD_NOT_RUN;
	};
	const wrong = oneAsked(options);
	if (wrong !== undefined) return fail(wrong);
	// Before the whole log is replayed, not after it.
	if (existsSync(options.out))
		return fail(`"${options.out}" is there already, and nothing is written over: name another file with --out.`);
	const attestations = attestationsIn(options.attestation ?? []);
	if (!attestations.ok) return fail(attestations.error);
	const { anchor, anyHost, asItIs, json } = options;
	const events = keptEvents(options.station);
	const made = await replayLog(
		from,
		{
			...(anchor === undefined ? {} : { anchor }),
			...(anyHost === undefined ? {} : { anyHost }),
			...(asItIs === undefined ? {} : { asItIs }),
			quiet: json === true,
			listening: { observe: events.observe },
		},
		out,
		(log) => make(log, options, { events, attestations: attestations.value }),
	);
	if (!made.ok) {
		out.stderr(
			`${made.error.why} No bundle was written.${made.error.kind === 'failed' ? ' With --as-it-is it is bundled all the same, and the bundle says so.' : ''}\n`,
		);
		return made.error.kind === 'failed' ? 1 : COULD_NOT_RUN;
	}
	out.stdout(
		json === true
			? `${JSON.stringify(asJson(options.out, made.value), undefined, '\t')}\n`
			: story(options.out, made.value),
	);
	return 0;
}

interface Beside {
	readonly events: ReturnType<typeof keptEvents>;
	readonly attestations: readonly Uint8Array[];
}

async function make(
	{ run, folder, report, bring }: ReplayedLog,
	options: BundleOptions,
	{ events, attestations }: Beside,
): Promise<Result<MadeBundle, NoReplay>> {
	const trouble = (why: string): Result<never, NoReplay> => err({ kind: 'trouble', why });
	const subject = subjectOf(run.context, run.rows, options);
	if (!subject.ok) return trouble(subject.error);
	const [checkpoint, witnessed] = ['checkpoint', 'witnessed'].map((name) =>
		readWhole(join(folder, name), CHECKPOINT_BYTES_MAX),
	);
	const root = report.log === undefined ? undefined : base64Decode(report.log.root);
	if (checkpoint?.ok !== true || root === undefined || report.log?.size !== run.size)
		return trouble('The log cannot be bundled: its statements do not reach to its checkpoint.');
	const { files } = await readPackageFolder(join(folder, 'package'));
	try {
		const made = await makeBundle(
			{
				run,
				folder,
				subject: subject.value,
				events,
				attestations,
				root,
				packageFiles: files,
				checkpoint: checkpoint.value,
				...(witnessed?.ok === true ? { witnessed: witnessed.value } : {}),
				...(bring === undefined ? {} : { bring }),
				problems: report.verdict === 'failed' ? problemsOf(report) : [],
				program: await buildVerifier(),
				file: (sha256) => {
					const read = readWhole(join(folder, 'blob', sha256.slice(0, 2), sha256), BLOB_BYTES_MAX);
					return read.ok ? read.value : undefined;
				},
			},
			options.out,
		);
		return made.ok ? ok(made.value) : trouble(`${capital(made.error)}.`);
	} catch (error) {
		if (error instanceof Error && 'code' in error) return trouble(`The bundle cannot be written: ${inWords(error)}.`);
		throw error;
	}
}

function capital(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Sentences for people, the first of each check's; how many there are is in the check. */
function problemsOf({ checks }: Report): readonly string[] {
	const told = checks.flatMap(({ name, problems }) => problems.map((problem) => sentence(name, problem)));
	assert(told.length > 0, 'a report that fails names something');
	return told;
}

function sentence(check: string, { station, index, file, expected, came }: Problem): string {
	const where = file ?? (index === undefined ? (station ?? check) : `index ${index}`);
	return `${check}, ${where}: expected ${expected}; came ${came}`;
}

/** Looked at before anything else: a file that is none is not carried into a court. */
function attestationsIn(paths: readonly string[]): Result<readonly Uint8Array[]> {
	const attestations: Uint8Array[] = [];
	for (const path of paths) {
		const read = readGiven(path, ATTESTATION_BYTES_MAX);
		if (!read.ok) return read;
		const parsed = parseAttestation(read.value);
		if (!parsed.ok) return err(`"${path}" is no attestation: ${parsed.error}. \`matokeo attest\` makes one.`);
		attestations.push(read.value);
	}
	return ok(attestations);
}

function asJson(file: string, { manifest, report }: MadeBundle): object {
	const { subject, verified, statements, files, leftOut, election, log } = manifest;
	return {
		file,
		subject,
		verified,
		election,
		log,
		statements: statements.length,
		files: files.size,
		left_out: leftOut,
		check: { verdict: report.verdict, cosigned_by: report.cosignatures?.counted ?? [] },
	};
}

function story(file: string, { manifest, report }: MadeBundle): string {
	const { statements, files, leftOut, verified, election } = manifest;
	const seen = report.cosignatures?.counted ?? [];
	return [
		`${file}: ${plural(statements.length, 'statement', 'statements')}, each with its proof, in ${plural(files.size + 1, 'file', 'files')}.`,
		verified
			? 'The whole log was verified first, and the bundle was then checked as anybody will check it.'
			: 'THE LOG DOES NOT VERIFY: the bundle says so, and why.',
		`Cosigned by ${seen.length === 0 ? 'nobody but the log itself' : seen.join(', ')}.`,
		...(leftOut.length === 0
			? []
			: [
					`Not in it: ${grouped(leftOut.length)} files that are sealed, withheld or not to be had; bundle.json says which and why.`,
				]),
		`Whoever gets it reads README.txt, and checks it with: matokeo verify --bundle ${file} --anchor DIGEST`,
		`DIGEST is the one published before polling; of the package in it: ${election.package}`,
		'',
	].join('\n');
}
