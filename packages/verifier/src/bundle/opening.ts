/** The first steps of looking at a bundle (B31): every file against the list and the list against every file, the package against the anchor, the checkpoint under the keys of the package. */
import { loadElection } from '@matokeo/core/election/package.ts';
import type { Election } from '@matokeo/core/election/types.ts';
import { type VerifiedCheckpoint, verifyCheckpoint } from '@matokeo/core/log/checkpoint.ts';
import { evaluateQuorum, type Quorum } from '@matokeo/core/log/policy.ts';
import { type Context, contextOf } from '@matokeo/core/rules/context.ts';
import { policyOf } from '@matokeo/core/rules/coverage.ts';
import { trustOf } from '@matokeo/core/rules/witnessed.ts';
import { base64Encode, bytesEqual } from '@matokeo/core/std/bytes.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { type BundleFiles, besideInWords, unlisted } from './files.ts';
import type { BundleFindings } from './findings.ts';
import type { BundleManifest } from './manifest.ts';
import { CHECKPOINT_PATH, digestIn, kindOfFile, MANIFEST_PATH, PACKAGE_PATH, WITNESSED_PATH } from './paths.ts';

/** B31: what the list says of each file, and that it says something of each. */
export function checkFiles(suite: Suite, files: BundleFiles, manifest: BundleManifest, findings: BundleFindings): void {
	const say = (file: string, expected: string, came: string, means: string): void =>
		findings.found({ check: 'files', file, rule: 'B31', expected, came, means });
	for (const [path, { sha256, size }] of manifest.files) {
		findings.looked('files');
		const kind = kindOfFile(path);
		const read = files.read(path);
		const came = read.ok ? suite.sha256Hex(read.value) : read.error;
		const named = kind === 'blob' || kind === 'attestation' ? digestIn(path) : sha256;
		if (kind === undefined || kind === 'manifest')
			say(path, 'files that bundles have', 'another', 'It is no part of a bundle.');
		else if (came !== sha256 || files.sizes.get(path) !== size)
			say(
				path,
				`${size} bytes with the SHA-256 ${sha256}`,
				read.ok ? `${read.value.length} bytes with the SHA-256 ${came}` : came,
				'This file is not the one that was put into the bundle: it was changed, cut, or taken out.',
			);
		else if (named !== sha256)
			say(path, 'a file whose digest is its name', sha256, 'It is another file than the one that it is called after.');
	}
	const { putIn, beside } = unlisted(
		files,
		(path) => path === MANIFEST_PATH || manifest.files.has(path),
		(path) => kindOfFile(path) !== undefined,
	);
	for (const path of putIn)
		say(path, 'only files that bundle.json lists', 'another', 'Somebody has put this file in. It shows nothing.');
	const words = besideInWords(beside);
	if (words !== undefined) findings.remark(words);
}

/** B31: the package in the bundle, which says whose keys count and what the rules are. */
export function openBundlePackage(
	suite: Suite,
	files: BundleFiles,
	manifest: BundleManifest,
	anchor: string | undefined,
	findings: BundleFindings,
): Context | undefined {
	const found = new Map<string, Uint8Array>();
	for (const path of [...files.sizes.keys()].sort()) {
		if (!path.startsWith(PACKAGE_PATH)) continue;
		const read = files.read(path);
		if (read.ok) found.set(path.slice(PACKAGE_PATH.length), read.value);
	}
	findings.looked('package', found.size);
	const loaded = loadElection(suite, found);
	if (!loaded.ok) {
		for (const { rule, file, expected, came } of loaded.error)
			findings.found({
				check: 'package',
				file: `${PACKAGE_PATH}${file}`,
				rule,
				expected,
				came,
				means:
					'The election package is not the one that its own list describes: no key and no rule can be taken from it.',
			});
		return undefined;
	}
	sayPackage(loaded.value, manifest, anchor, findings);
	return contextOf(suite, loaded.value);
}

function sayPackage(
	election: Election,
	manifest: BundleManifest,
	anchor: string | undefined,
	findings: BundleFindings,
): void {
	const { id, digest, mode } = election;
	const own = manifest.election;
	const say = (file: string, expected: string, came: string, means: string): void =>
		findings.found({ check: 'package', file, rule: 'B31', expected, came, means });
	if (anchor !== undefined && anchor !== digest)
		say(
			`${PACKAGE_PATH}manifest.sha256`,
			`the package whose digest you brought: ${anchor}`,
			`a package with the digest ${digest}`,
			'This bundle is about another election, or somebody made it with keys and rules of their own. Compare the digest with the printed one, digit by digit.',
		);
	if (own.id !== id || own.package !== digest || own.mode !== mode)
		say(
			MANIFEST_PATH,
			`election ${id}, package ${digest}, mode ${mode}`,
			`election ${own.id}, package ${own.package}, mode ${own.mode}`,
			'bundle.json says that the bundle is about another election than its own package.',
		);
}

export interface BundleCheckpoint {
	readonly verified: VerifiedCheckpoint;
	readonly bytes: Uint8Array;
	readonly quorum: Quorum;
	/** The latest time of a cosignature, UTC seconds. */
	readonly cosigned?: number;
}

/** B31: the signed state of the log under which every proof stands. */
export function openBundleCheckpoint(
	context: Context,
	files: BundleFiles,
	manifest: BundleManifest,
	findings: BundleFindings,
): BundleCheckpoint | undefined {
	const trust = trustOf(context);
	const say = (file: string, expected: string, came: string, means: string): void =>
		findings.found({ check: 'checkpoint', file, rule: 'B31', expected, came, means });
	findings.looked('checkpoint');
	const read = files.read(CHECKPOINT_PATH);
	const verified = read.ok ? verifyCheckpoint(context.suite, read.value, trust) : read;
	if (!read.ok || !verified.ok) {
		say(
			CHECKPOINT_PATH,
			`a checkpoint signed by the key of ${trust.origin} that the package names`,
			read.ok ? (verified.ok ? '' : verified.error) : read.error,
			'Nobody has signed for the log from which these statements are said to come: they show nothing.',
		);
		return undefined;
	}
	const { checkpoint, witnesses } = verified.value;
	const { origin, size, root } = manifest.log;
	if (origin !== checkpoint.origin || size !== checkpoint.size || root !== base64Encode(checkpoint.root))
		say(
			MANIFEST_PATH,
			`log ${checkpoint.origin}, ${checkpoint.size} statements, root ${base64Encode(checkpoint.root)}`,
			`log ${origin}, ${size} statements, root ${root}`,
			'bundle.json says something else than the signed checkpoint.',
		);
	checkWitnessed(context, files, checkpoint, say);
	const policy = policyOf(context);
	const names = new Set(witnesses.map(({ witness }) => witness.name));
	const cosigned = policy.witnesses.filter(({ key }) => names.has(key.name)).map(({ name }) => name);
	const latest = witnesses.reduce((most, { seconds }) => Math.max(most, seconds), 0);
	return {
		verified: verified.value,
		bytes: read.value,
		quorum: evaluateQuorum(policy, new Set(cosigned)),
		...(latest > 0 ? { cosigned: latest } : {}),
	};
}

function checkWitnessed(
	context: Context,
	files: BundleFiles,
	{ size, root }: VerifiedCheckpoint['checkpoint'],
	say: (file: string, expected: string, came: string, means: string) => void,
): void {
	if (!files.sizes.has(WITNESSED_PATH)) return;
	const read = files.read(WITNESSED_PATH);
	const verified = read.ok ? verifyCheckpoint(context.suite, read.value, trustOf(context)) : read;
	if (verified.ok && verified.value.checkpoint.size < size) return;
	const other = verified.ok && verified.value.checkpoint.size === size ? verified.value.checkpoint.root : undefined;
	if (other !== undefined) {
		if (!bytesEqual(other, root))
			say(
				WITNESSED_PATH,
				`the root ${base64Encode(root)}, which the checkpoint of this bundle has at the same ${size} statements`,
				`the root ${base64Encode(other)}`,
				'The key of the log has signed two logs of one size. Keep both files: together they prove it.',
			);
		return;
	}
	say(
		WITNESSED_PATH,
		`a checkpoint of the same log, of at most ${size} statements`,
		verified.ok ? `one of ${verified.value.checkpoint.size}` : verified.error,
		'What is said to be witnessed is not the past of this log.',
	);
}
