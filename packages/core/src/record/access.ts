/** What the log's key says of the server's own books (S45): digests of the list of requests and of the list of what was done on the machine, period by period. */
import type { Digest, Said, StatementId } from './said.ts';

/** `requests`: what came over the network; `operations`: what was started, stopped, repaired or written on the machine itself. */
export type AccessBook = 'requests' | 'operations';

export interface AccessFile {
	readonly book: AccessBook;
	readonly lines: number;
	readonly sha256: Digest;
	/** Bytes. */
	readonly size: number;
}

export interface AccessDigest extends Said {
	readonly type: 'access/digest';
	readonly files: readonly AccessFile[];
	/** UTC seconds; from the second on where the one before ends. */
	readonly from: number;
	/** The one before; absent for the first. */
	readonly seen?: StatementId;
	readonly until: number;
}
