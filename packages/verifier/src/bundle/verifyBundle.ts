/**
 * Looks at an evidence bundle (B30–B41): the files against their list, the package against the anchor, each statement under the signed checkpoint, signatures and rules by a replay of what the bundle holds, images against their digests, the
 * subject, attestations. It needs no network, writes nothing, runs nothing that lies in the bundle, and believes nothing because of where it lies.
 */
import type { Context } from '@matokeo/core/rules/context.ts';
import { base64Encode } from '@matokeo/core/std/bytes.ts';

import { ok, type Result } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { reportedElection } from '../report/report.ts';
import { checkAttestations } from './attested.ts';
import { blobsOf, checkBundleBlobs } from './blobs.ts';
import { concernOf } from './concern.ts';
import type { BundleFiles } from './files.ts';
import { type BundleFindings, bundleFindings } from './findings.ts';
import { type BundleManifest, parseBundleManifest } from './manifest.ts';
import { type BundleCheckpoint, checkFiles, openBundleCheckpoint, openBundlePackage } from './opening.ts';
import { type Part, replayPart } from './part.ts';
import { kindOfFile, MANIFEST_PATH, namedIn, PROGRAM_PATH } from './paths.ts';
import type { BundleReport } from './report.ts';
import { readStatements } from './statements.ts';
import { type ShownStatement, shownReturns, shownSums } from './subject.ts';

export interface BundleOptions {
	/** Digest of the election package as the reader knows it from outside. */
	readonly anchor?: string;
	/** SHA-256 of the program that is looking, where it is one file. */
	readonly program?: string;
}

/** The report; an error says why this is no bundle at all. */
export function verifyBundle(suite: Suite, files: BundleFiles, options: BundleOptions = {}): Result<BundleReport> {
	const read = files.read(MANIFEST_PATH);
	const manifest = read.ok ? parseBundleManifest(read.value) : read;
	if (!manifest.ok) return manifest;
	const findings = bundleFindings();
	checkFiles(suite, files, manifest.value, findings);
	const context = openBundlePackage(suite, files, manifest.value, options.anchor, findings);
	const checkpoint = context === undefined ? undefined : openBundleCheckpoint(context, files, manifest.value, findings);
	const looked =
		context === undefined || checkpoint === undefined
			? NOTHING
			: lookInto(context, files, manifest.value, checkpoint, findings);
	return ok(reportOf(suite, files, manifest.value, { context, checkpoint, looked }, findings, options));
}

type Looked = Pick<BundleReport, 'statements' | 'returns' | 'sums' | 'blobs' | 'attestations'> & {
	readonly time: number;
};

const NOTHING: Looked = {
	statements: [],
	returns: [],
	sums: [],
	blobs: { shown: 0, leftOut: [] },
	attestations: [],
	time: 0,
};

function lookInto(
	context: Context,
	files: BundleFiles,
	manifest: BundleManifest,
	checkpoint: BundleCheckpoint,
	findings: BundleFindings,
): Looked {
	const { subject } = manifest;
	const part = replayPart(context, subject, readStatements(context, files, manifest, checkpoint, findings));
	sayRefused(part, findings);
	findings.looked(
		'signatures',
		part.entries.reduce((sum, { said }) => sum + said.signers.length, 0),
	);
	findings.looked('rules', part.entries.filter(({ decided }) => decided).length);
	const concern = concernOf(context, part.rows, subject);
	const concerned = part.entries.filter(({ said }) => concern(said.id, said.statement));
	saySubject(part, manifest, concerned.length, findings);
	const statements = concerned.map(({ said }) => said.statement);
	const named = blobsOf(context.election, part.rows, statements);
	const places = new Set(concerned.map(({ index }) => index));
	checkTexts(context.suite, files, part, findings);
	return {
		statements: concerned.map(({ index, said, time }): ShownStatement => {
			const { id, statement } = said;
			const place = 'station' in statement && statement.station !== undefined ? { station: statement.station } : {};
			const contest = 'contest' in statement && statement.contest !== undefined ? { contest: statement.contest } : {};
			return { index, id, type: statement.type, by: statement.by, time, ...place, ...contest };
		}),
		returns: shownReturns(part, subject, places),
		sums: shownSums(part, places, findings),
		blobs: checkBundleBlobs(files, part.rows, named, manifest.leftOut, findings),
		attestations: checkAttestations(files, part, findings),
		time: part.entries.at(-1)?.time ?? 0,
	};
}

const NOT_SIGNED: ReadonlySet<string> = new Set(['S5', 'S6', 'S7']);

function sayRefused({ refused }: Part, findings: BundleFindings): void {
	for (const { index, leaf, refusal } of refused) {
		const { rule, why } = refusal;
		findings.found({
			check: NOT_SIGNED.has(rule) ? 'signatures' : 'rules',
			index,
			rule,
			expected: `a ${leaf.statement.type} that the rules admit after the statements before it in this bundle`,
			came: why,
			means:
				'Either the log admitted what its rules refuse, and it counts for nothing; or a statement on which it rests was left out of this bundle. The whole log tells which: verify it.',
		});
	}
}

/** The subject is one that the package or the statements know, and something is said of it. */
function saySubject(part: Part, { subject }: BundleManifest, concerned: number, findings: BundleFindings): void {
	const { context, rows } = part;
	const { election } = context;
	findings.looked('subject', concerned);
	const known = ((): boolean => {
		switch (subject.kind) {
			case 'station':
				return (
					(election.stations.has(subject.station) || rows.get('station', subject.station)?.added === true) &&
					(subject.contest === undefined || election.contests.has(subject.contest))
				);
			case 'area':
				return election.areas.has(subject.area) && election.contests.has(subject.contest);
			case 'objection':
				return rows.get('objection', subject.objection) !== undefined;
			case 'declaration':
				return rows.get('act', subject.declaration)?.kind === 'declaration';
		}
	})();
	if (!known)
		findings.found({
			check: 'subject',
			file: MANIFEST_PATH,
			rule: 'B33',
			expected: `a ${subject.kind} that the package or a statement of this bundle knows`,
			came: JSON.stringify(subject),
			means: 'bundle.json says that the bundle is about something that is not in it.',
		});
	else if (concerned === 0)
		findings.remark(
			'Nothing was said of this in the log, as far as this bundle shows: no form, no status, no objection.',
		);
}

/** B35: sheets and texts are those whose digests a signed certificate or declaration names. */
function checkTexts(suite: Suite, files: BundleFiles, { entries }: Part, findings: BundleFindings): void {
	const digests = new Map<string, string>();
	for (const { said } of entries) {
		const { statement } = said;
		if (statement.type === 'collation/certify' || statement.type === 'result/declare')
			digests.set(statement.mark, statement.list);
		if (statement.type === 'result/declare')
			for (const [language, digest] of Object.entries(statement.texts)) digests.set(`${said.id} ${language}`, digest);
	}
	for (const file of files.sizes.keys()) {
		const kind = kindOfFile(file);
		if (kind !== 'sheet' && kind !== 'text') continue;
		findings.looked('subject');
		const named = namedIn(file);
		const key = named?.language === undefined ? (named?.id ?? '') : `${named.id} ${named.language}`;
		const read = files.read(file);
		const came = read.ok ? suite.sha256Hex(read.value) : read.error;
		const digest = digests.get(key);
		if (came === digest) continue;
		findings.found({
			check: 'subject',
			file,
			rule: 'B35',
			expected:
				digest === undefined
					? 'a file that a certificate or declaration in this bundle names'
					: `the digest ${digest}, which the signed statement names`,
			came,
			means: 'This is not the sheet or the text that was certified or declared.',
		});
	}
}

interface Found {
	readonly context: Context | undefined;
	readonly checkpoint: BundleCheckpoint | undefined;
	readonly looked: Looked;
}

function reportOf(
	suite: Suite,
	files: BundleFiles,
	manifest: BundleManifest,
	{ context, checkpoint, looked }: Found,
	findings: BundleFindings,
	{ anchor, program }: BundleOptions,
): BundleReport {
	const election = context?.election;
	const anchored = anchor !== undefined && election?.digest === anchor;
	const sound = findings.failed() === 0 && checkpoint !== undefined;
	const bundled = files.read(PROGRAM_PATH);
	const sha256 = bundled.ok ? suite.sha256Hex(bundled.value) : undefined;
	const { time, ...rest } = looked;
	return {
		verdict: sound ? (anchored ? 'verified' : 'consistent') : 'failed',
		anchored,
		subject: manifest.subject,
		wholeVerified: manifest.verified,
		problemsOfWhole: manifest.problems,
		...(election === undefined ? {} : { election: reportedElection(election) }),
		...(checkpoint === undefined
			? {}
			: {
					log: {
						origin: checkpoint.verified.checkpoint.origin,
						size: checkpoint.verified.checkpoint.size,
						root: base64Encode(checkpoint.verified.checkpoint.root),
						time,
					},
					cosignatures: checkpoint.quorum,
					...(checkpoint.cosigned === undefined ? {} : { cosigned: checkpoint.cosigned }),
				}),
		checks: findings.checks(),
		remarks: findings.remarks(),
		...rest,
		...(sha256 === undefined
			? {}
			: { program: { sha256, ...(program === undefined ? {} : { same: program === sha256 }) } }),
	};
}
