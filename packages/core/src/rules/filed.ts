/**
 * Files that statements name without announcing a size: texts, evidence, documents. Naming one makes its row, so that the log says when it is held and the authority can
 * withhold it (S26). A file that a capture has named before stays as public or as sealed as the capture made it: else anybody who may object could have a sealed image published.
 */
import type { Digest } from '../record/said.ts';
import type { Rows } from './rows.ts';

export function nameBlob(rows: Rows, ...digests: readonly Digest[]): void {
	for (const digest of digests) if (rows.get('blob', digest) === undefined) rows.put('blob', digest, { filed: true });
}
