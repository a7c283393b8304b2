/**
 * Makes an evidence bundle (B1–B8) out of a log that was replayed: one zip about one station, area, objection or declaration, with everything that a stranger needs to check it. What was written is opened again and looked at by the same functions as
 * anybody's bundle before it is handed over. The same log, subject and program give the same bytes.
 */
import { renameSync, rmSync } from 'node:fs';
import { verifyCheckpoint } from '@matokeo/core/log/checkpoint.ts';
import { evaluateQuorum } from '@matokeo/core/log/policy.ts';
import { policyOf } from '@matokeo/core/rules/coverage.ts';
import { logRow } from '@matokeo/core/rules/opening.ts';
import { trustOf } from '@matokeo/core/rules/witnessed.ts';
import { base64Encode, bytesEqual, utf8Encode } from '@matokeo/core/std/bytes.ts';
import { byCodeUnits } from '@matokeo/core/std/canonical.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import { pagePath } from '@matokeo/portal/site/paths.ts';
import {
	type BundleManifest,
	type ListedFile,
	printBundleManifest,
	type Subject,
} from '@matokeo/verifier/bundle/manifest.ts';
import { PROBLEMS_TOLD_MAX } from '@matokeo/verifier/bundle/manifestShape.ts';
import { openBundle } from '@matokeo/verifier/bundle/open.ts';
import {
	attestationPath,
	CHECKPOINT_PATH,
	MANIFEST_PATH,
	PROGRAM_PATH,
	README_PATH,
	WITNESSED_PATH,
} from '@matokeo/verifier/bundle/paths.ts';
import type { BundleReport } from '@matokeo/verifier/bundle/report.ts';
import { verifyBundle } from '@matokeo/verifier/bundle/verifyBundle.ts';
import type { VerifierFile } from '../standalone/build.ts';
import {
	actContents,
	blobContents,
	type Content,
	packageContents,
	type SignedState,
	statementContents,
} from './contents.ts';
import { readmeText } from './readme.ts';
import { type KeptEvents, type LogParts, recordOf } from './record.ts';
import { type Selection, select } from './select.ts';
import { addressesOf, pageContents } from './shownPages.ts';
import { writeZip } from './writeZip.ts';

export interface BundleParts extends LogParts {
	readonly subject: Subject;
	readonly events: KeptEvents;
	/** The checkpoint that a quorum of witnesses has seen, where the log publishes one: of this or an earlier size. */
	readonly witnessed?: Uint8Array;
	/** What was wrong with the whole log, in sentences; none where it verified. */
	readonly problems: readonly string[];
	readonly attestations: readonly Uint8Array[];
	readonly program: VerifierFile;
	/** Brings files of the record that do not lie in the folder, as far as they can be had. */
	readonly bring?: (files: readonly { readonly sha256: string; readonly size: number }[]) => Promise<void>;
}

export interface MadeBundle {
	readonly report: BundleReport;
	readonly manifest: BundleManifest;
}

/** Writes the new file `target`; the error says why there is none. */
export async function makeBundle(parts: BundleParts, target: string): Promise<Result<MadeBundle>> {
	const record = recordOf(parts, parts.events);
	const { context, rows } = record;
	const selection = select({ context, rows, size: parts.run.size, note: record.note }, parts.subject);
	await bringBlobs(parts, selection);
	const blobs = blobContents(context.suite, parts.folder, parts.run.rows, selection.blobs);
	if (!blobs.ok) return blobs;
	const state = stateFor(parts, selection);
	const contents = [
		...packageContents(parts.packageFiles),
		...statementContents(parts.run, state, selection.statements),
		...blobs.value.contents,
		...actContents(parts.run, selection.statements),
		...(await pageContents(record, parts.subject)),
		...parts.attestations.map((bytes) => ({ path: attestationPath(context.suite.sha256Hex(bytes)), bytes })),
	];
	const manifest = manifestOf(parts, state, selection, blobs.value.leftOut);
	const count = blobs.value.contents.length;
	const whole = wholeOf(
		parts,
		state,
		manifest,
		[...contents].sort((a, b) => byCodeUnits(a.path, b.path)),
		count,
	);
	const { time } = logRow(rows);
	const day = new Date(time * 1000);
	const made = `${target}.new`;
	rmSync(made, { force: true });
	try {
		await writeZip(made, whole.contents, {
			year: Math.min(2107, Math.max(1980, day.getUTCFullYear())),
			month: day.getUTCMonth() + 1,
			day: day.getUTCDate(),
		});
		const report = looked(parts, made);
		if (!report.ok) return report;
		renameSync(made, target);
		return ok({ report: report.value, manifest: whole.manifest });
	} finally {
		rmSync(made, { force: true });
	}
}

/** B7: under what witnesses have seen, if it has all these statements in it; else under the newest checkpoint, which may have no cosignature yet. */
function stateFor({ run, witnessed, checkpoint, root }: BundleParts, { statements }: Selection): SignedState {
	const newest = { size: run.size, root, note: checkpoint };
	if (witnessed === undefined) return newest;
	const seen = verifyCheckpoint(run.context.suite, witnessed, trustOf(run.context));
	if (!seen.ok) return newest;
	const { size, root: seenRoot } = seen.value.checkpoint;
	const own = run.tree.rootAt(size);
	const covers = (statements.at(-1)?.index ?? 0) < size;
	return covers && own !== undefined && bytesEqual(own, seenRoot) ? { size, root: seenRoot, note: witnessed } : newest;
}

async function bringBlobs({ bring, run }: BundleParts, { blobs }: Selection): Promise<void> {
	if (bring === undefined) return;
	const wanted = blobs.flatMap(({ sha256, public: isPublic }) => {
		const row = run.rows.peek('blob', sha256);
		const { size } = row ?? {};
		return isPublic && row?.held !== undefined && row.withheld === undefined && size !== undefined
			? [{ sha256, size }]
			: [];
	});
	await bring(wanted);
}

/** B8: a bundle that its own check does not pass is handed to nobody, unless the log itself does not verify and that was asked for. */
function looked({ run, problems, program }: BundleParts, path: string): Result<BundleReport> {
	const { suite, election } = run.context;
	const files = openBundle(path);
	if (!files.ok) return files;
	try {
		const report = verifyBundle(suite, files.value, { anchor: election.digest, program: program.sha256 });
		if (!report.ok || report.value.verdict === 'verified' || problems.length > 0) return report;
		const [first] = report.value.checks.flatMap((check) => check.problems);
		return err(
			`the bundle does not pass its own check: ${first === undefined ? report.value.verdict : `${first.file ?? ''} ${first.index ?? ''} ${first.rule ?? ''}: expected ${first.expected}; came ${first.came}`}`,
		);
	} finally {
		files.value.close();
	}
}

function manifestOf(
	{ subject, run, problems }: BundleParts,
	{ size, root }: SignedState,
	{ statements }: Selection,
	leftOut: BundleManifest['leftOut'],
): Omit<BundleManifest, 'files'> {
	const { id, digest, mode, log } = run.context.election;
	return {
		subject,
		election: { id, package: digest, mode },
		log: { origin: log.origin, size, root: base64Encode(root) },
		verified: problems.length === 0,
		problems: problems.slice(0, PROBLEMS_TOLD_MAX).map(inOneLine),
		statements: statements.map(({ index, leaf }) => ({ index, id: leaf.id, type: leaf.statement.type })),
		leftOut,
	};
}

const SENTENCE_CHARACTERS_MAX = 2_000;

/** A stranger's words: what a terminal would obey, or what would begin or reorder a line, becomes a space. */
function inOneLine(text: string): string {
	return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' ').slice(0, SENTENCE_CHARACTERS_MAX);
}

function wholeOf(
	parts: BundleParts,
	{ note }: SignedState,
	members: Omit<BundleManifest, 'files'>,
	contents: readonly Content[],
	blobs: number,
): { readonly manifest: BundleManifest; readonly contents: readonly Content[] } {
	const { run, witnessed, subject, program, attestations } = parts;
	const { context } = run;
	const [page] = addressesOf({ rows: run.rows, election: context.election }, subject);
	const path = page === undefined ? undefined : pagePath('en', page);
	const readme = readmeText({
		subject,
		title: context.election.title['en'] ?? Object.values(context.election.title)[0] ?? context.election.id,
		mode: context.election.mode,
		package: context.election.digest,
		origin: members.log.origin,
		size: members.log.size,
		root: members.log.root,
		time: logRow(run.rows).time,
		witnesses: cosignersOf(run, note),
		verified: members.verified,
		statements: members.statements.length,
		blobs,
		leftOut: members.leftOut.length,
		attestations: attestations.length,
		program: program.sha256,
		...(path !== undefined && contents.some((one) => one.path === path) ? { page: path } : {}),
	});
	const first: readonly Content[] = [
		{ path: README_PATH, bytes: utf8Encode(readme) },
		{ path: PROGRAM_PATH, bytes: program.bytes },
		{ path: CHECKPOINT_PATH, bytes: note },
		...(witnessed === undefined || witnessed === note ? [] : [{ path: WITNESSED_PATH, bytes: witnessed }]),
	];
	const files = new Map<string, ListedFile>();
	for (const one of [...first, ...contents])
		files.set(
			one.path,
			'from' in one
				? { sha256: one.sha256, size: one.size }
				: { sha256: context.suite.sha256Hex(one.bytes), size: one.bytes.length },
		);
	const manifest = { ...members, files };
	const [readmeFile, ...others] = first;
	const list = { path: MANIFEST_PATH, bytes: printBundleManifest(manifest) };
	return { manifest, contents: [...(readmeFile === undefined ? [] : [readmeFile]), list, ...others, ...contents] };
}

/** The witnesses of the package who cosigned the checkpoint, by their names in the policy. */
function cosignersOf({ context }: BundleParts['run'], checkpoint: Uint8Array): readonly string[] {
	const verified = verifyCheckpoint(context.suite, checkpoint, trustOf(context));
	if (!verified.ok) return [];
	const policy = policyOf(context);
	const names = new Set(verified.value.witnesses.map(({ witness }) => witness.name));
	const cosigned = policy.witnesses.filter(({ key }) => names.has(key.name)).map(({ name }) => name);
	return evaluateQuorum(policy, new Set(cosigned)).counted;
}
