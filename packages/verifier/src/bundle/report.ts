/** The whole answer of looking at a bundle, as plain data: what `--json` prints and what the text is made from (B30). */
import type { Quorum } from '@matokeo/core/log/policy.ts';
import type { ReportedElection, Verdict } from '../report/report.ts';
import type { ShownAttestation } from './attested.ts';
import type { BlobsShown } from './blobs.ts';
import type { BundleCheck } from './findings.ts';
import type { Subject } from './manifest.ts';
import type { ShownReturn, ShownStatement, ShownSums } from './subject.ts';

export interface BundleReport {
	readonly verdict: Verdict;
	/** Whether the package has the digest that the reader brought. */
	readonly anchored: boolean;
	readonly subject: Subject;
	/** Whether its maker says that the whole log was verified; else what the maker found. */
	readonly wholeVerified: boolean;
	readonly problemsOfWhole: readonly string[];
	readonly election?: ReportedElection;
	readonly log?: {
		readonly origin: string;
		readonly size: number;
		readonly root: string;
		/** UTC seconds of the last tick of its clock in the bundle. */
		readonly time: number;
	};
	readonly cosignatures?: Quorum;
	/** The latest time of a cosignature on the checkpoint, UTC seconds. */
	readonly cosigned?: number;
	readonly checks: readonly BundleCheck[];
	readonly remarks: readonly string[];
	/** Statements on the subject, in the order of the log. */
	readonly statements: readonly ShownStatement[];
	readonly returns: readonly ShownReturn[];
	readonly sums: readonly ShownSums[];
	readonly blobs: BlobsShown;
	readonly attestations: readonly ShownAttestation[];
	/** The verifier in the bundle: SHA-256, and whether it is the one that is looking. */
	readonly program?: { readonly sha256: string; readonly same?: boolean };
}
