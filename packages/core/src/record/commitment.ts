/**
 * The commitment of a blind reading (S28, S29): SHA-256 of the canonical JSON of what the clerk read, salted and bound to the capture and
 * to the clerk's key, so that nobody can hand in a copy of another's commitment as a reading of their own.
 */
import { utf8Encode } from '../std/bytes.ts';
import { printCanonical } from '../std/canonical.ts';
import type { Suite } from '../std/suite.ts';
import type { Digest, StatementId } from './said.ts';
import type { Opening } from './statement.ts';

export type Transcription = Omit<Opening, 'reading'>;

/** `attributes` and `figures` may come with their names in any order. */
export function commitmentOf(suite: Suite, capture: StatementId, clerk: string, read: Transcription): Digest {
	const { attributes, figures, legibility, salt } = read;
	return suite.sha256Hex(utf8Encode(printCanonical({ attributes, capture, clerk, figures, legibility, salt })));
}
