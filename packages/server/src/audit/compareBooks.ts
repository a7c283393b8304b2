/** The server's books against what the log says of them (`spec/scrutiny.md`, Y6), as one part of an audit. */
import type { Suite } from '@matokeo/core/std/suite.ts';
import { booksIn } from '@matokeo/verifier/books/bookFolder.ts';
import { checkBooks } from '@matokeo/verifier/books/checkBooks.ts';
import { saidPeriods } from '@matokeo/verifier/books/saidPeriods.ts';
import type { Findings } from './finding.ts';
import type { Replay } from './replay.ts';

export interface BooksCompared {
	readonly compared: number;
	readonly notHere: readonly string[];
}

export function compareBooks(suite: Suite, dir: string, { rows }: Replay, found: Findings): BooksCompared {
	const { findings, compared, notHere } = checkBooks(suite, saidPeriods(rows), booksIn(dir));
	for (const finding of findings) found.add(finding);
	return { compared, notHere };
}
