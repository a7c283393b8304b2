/** The whole answer of a verification as plain data: what `--json` prints and what the text is made from (V3). */
import type { Election, Mode, Text } from '@matokeo/core/election/types.ts';
import type { Quorum } from '@matokeo/core/log/policy.ts';
import type { ContestResults } from '@matokeo/core/standings/results.ts';
import type { Evidence } from '../check/against.ts';
import type { BlobCount } from '../check/blobs.ts';
import type { Check } from '../check/problem.ts';
import type { ShownAccess } from '../proceedings/accessed.ts';
import type { ContestCounts } from '../proceedings/counts.ts';
import type { LookedAt } from '../proceedings/lookAt.ts';
import type { ShownNotices } from '../proceedings/notices.ts';
import type { ContestProceedings } from '../proceedings/shown.ts';
import type { DeclaredWords } from '../proceedings/words.ts';

/**
 * `verified`: nothing fails and the package is the one whose digest the reader brought. `consistent`: nothing fails, but whose election this is was not
 * established. `failed`: something fails.
 */
export type Verdict = 'verified' | 'consistent' | 'failed';

/** Which election it is, by its package. */
export interface ReportedElection {
	readonly id: string;
	/** Digest of the package, 64 hex digits. */
	readonly package: string;
	readonly mode: Mode;
	readonly title: Text;
	readonly notice: Text;
}

export function reportedElection({ id, digest, mode, title, notice }: Election): ReportedElection {
	return { id, package: digest, mode, title, notice };
}

export interface Report {
	readonly verdict: Verdict;
	/** Whether the package has the digest that the reader brought. */
	readonly anchored: boolean;
	/** Absent when the package could not be read. */
	readonly election?: ReportedElection;
	/** As the checkpoint says; the checks say whether that is so. */
	readonly log?: { readonly origin: string; readonly size: number; readonly root: string };
	readonly cosignatures?: Quorum;
	/** UTC seconds of the last tick of the log's clock. */
	readonly time?: number;
	readonly checks: readonly Check[];
	readonly remarks: readonly string[];
	readonly contests: Readonly<Record<string, ContestResults>>;
	/** What was certified, announced, objected to and ordered, by contest; without those in which nothing can be. */
	readonly proceedings?: Readonly<Record<string, ContestProceedings>>;
	/** What stands in the place of “declared”; absent where the package could not be read. */
	readonly words?: DeclaredWords;
	readonly notices?: ShownNotices;
	/** Counts that others have lodged, by contest; without those of which there is none. */
	readonly counts?: Readonly<Record<string, ContestCounts>>;
	/** Periods of the server's books; absent where the log says nothing of them. */
	readonly access?: ShownAccess;
	/** A declaration that the reader asked about, or a text of one that the reader brought. */
	readonly declaration?: LookedAt;
	readonly blobs?: BlobCount;
	readonly evidence?: Evidence;
	/** Notes replayed, and how long the whole took. */
	readonly notes: number;
	readonly milliseconds: number;
}
