/**
 * The books of a server as they lie in its folder, or in a scrutiny pack that was unpacked (`spec/scrutiny.md`, Y2, Y7): `books/PERIOD/BOOK.jsonl`, and where a book was moved elsewhere `BOOK.jsonl.sha256` with its digest, as `sha256sum` writes it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BookReader, bookPath } from './checkBooks.ts';
import { parsePeriod } from './period.ts';

export function booksIn(dir: string): BookReader {
	const bytesOf = (path: string): Uint8Array | undefined => {
		try {
			return readFileSync(join(dir, path));
		} catch (error) {
			if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
				return undefined;
			throw error;
		}
	};
	return {
		periods: () => periodsIn(join(dir, 'books')),
		read: (from, book) => bytesOf(bookPath(from, book)),
		left: (from, book) => {
			const bytes = bytesOf(`${bookPath(from, book)}.sha256`);
			return bytes === undefined ? undefined : /^([0-9a-f]{64}) /.exec(new TextDecoder().decode(bytes))?.[1];
		},
	};
}

/** UTC seconds, in order; none where there is no such folder. */
export function periodsIn(books: string): readonly number[] {
	try {
		return readdirSync(books)
			.flatMap((name) => parsePeriod(name) ?? [])
			.sort((a, b) => a - b);
	} catch (error) {
		if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return [];
		throw error;
	}
}
