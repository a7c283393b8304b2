/**
 * What the log does with proof against itself (D27): a checkpoint that its own key has signed and that its database does not continue is written down, with the checkpoint that is published here, as a file that
 * anybody can judge (V71). Nothing is signed afterwards.
 */
import type { Election } from '@matokeo/core/election/types.ts';
import type { CheckpointTrust } from '@matokeo/core/log/checkpoint.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { type EvidenceFile, type Misbehaviour, printEvidence } from '@matokeo/verifier/evidence/file.ts';
import { compareCheckpoints, type Prefix } from '@matokeo/verifier/evidence/pair.ts';

export interface EvidenceParts {
	readonly suite: Suite;
	readonly election: Election;
	readonly packageFiles: ReadonlyMap<string, Uint8Array>;
	readonly trust: CheckpointTrust;
	/** UTC seconds. */
	readonly time: number;
}

/** `shown`: what a witness has; `own`: what is published here; `prefixAt`: what the tree of `own` says of a smaller size. */
export function evidenceOf(
	parts: EvidenceParts,
	shown: Uint8Array,
	own: Uint8Array,
	prefixAt: (size: number) => Prefix | undefined,
): Uint8Array | undefined {
	const accused = accusedOf(parts);
	const compared = compareCheckpoints(parts.suite, accused, shown, own, (larger, size) =>
		larger === own ? prefixAt(size) : undefined,
	);
	if (!compared.ok || compared.value.kind === 'consistent') return undefined;
	const misbehaviour: Misbehaviour =
		compared.value.kind === 'evidence' ? compared.value.misbehaviour : { kind: 'rollback', seen: shown, served: own };
	return printEvidence({ ...accused, reporter: `the server of ${accused.origin}`, time: parts.time, ...misbehaviour });
}

function accusedOf({ packageFiles, trust }: EvidenceParts): Pick<EvidenceFile, 'origin' | 'keys' | 'package'> {
	const [manifest, election] = ['manifest.sha256', 'election.json'].map((path) => packageFiles.get(path));
	const excerpt =
		manifest === undefined || election === undefined
			? {}
			: { package: { manifest: textOf(manifest), election: textOf(election) } };
	return { origin: trust.origin, keys: trust.logKeys, ...excerpt };
}

function textOf(bytes: Uint8Array): string {
	return new TextDecoder().decode(bytes);
}
