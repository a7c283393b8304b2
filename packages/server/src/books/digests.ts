/**
 * What is closed in the books of a server, said in its log (`spec/scrutiny.md`, Y3): the digests of each period, in order, once each. Whether one was taken the log knows; what was not taken is said again. It writes nothing into a
 * book.
 */
import { createHash } from 'node:crypto';
import type { AccessFile } from '@matokeo/core/record/access.ts';
import { logRow } from '@matokeo/core/rules/opening.ts';
import { BOOKS, linesIn } from '@matokeo/verifier/books/checkBooks.ts';
import { printPeriod } from '@matokeo/verifier/books/period.ts';
import type { OpenedLog } from '../app/openedLog.ts';
import type { LogService } from '../app/service.ts';
import { type BookDisk, withBooks } from './bookDisk.ts';

export interface DigestParts {
	readonly dir: string;
	readonly log: Pick<OpenedLog, 'rows' | 'sayAccess'>;
	readonly submit: LogService['submit'];
	/** Milliseconds to wait for whoever writes into the books just now. */
	readonly waitMs: number;
}

/** Where the log's last digest of books ends. */
export function coveredUntil({ rows }: Pick<OpenedLog, 'rows'>): number {
	const now = rows();
	const { accessed } = logRow(now);
	return accessed === undefined ? 0 : (now.get('access', accessed)?.until ?? 0);
}

export interface DigestSayer {
	/** A period may have been closed. */
	readonly due: () => void;
	/** Says every closed period that the log does not have yet, in order; the first that is not taken ends it until the next time. */
	readonly say: () => Promise<void>;
	/** Why the last was not taken. */
	readonly trouble: () => string | undefined;
}

export function digestSayer({ dir, log, submit, waitMs }: DigestParts): DigestSayer {
	let saying: Promise<void> | undefined;
	let isDue = true;
	let trouble: string | undefined;
	let read: ClosedPeriod | undefined;
	/** Nobody writes into what is closed: it is read once, however often it is said. */
	const next = (): ClosedPeriod | undefined => {
		const covered = coveredUntil(log);
		read = withBooks(dir, (disk) => closedPeriod(disk, covered, read), waitMs);
		return read;
	};
	const sayAll = async (): Promise<void> => {
		// Before the election is open nothing can be said; the books wait.
		while (logRow(log.rows()).opened) {
			const period = next();
			if (period === undefined) {
				isDue = false;
				trouble = undefined;
				return;
			}
			const [answer] = await submit([log.sayAccess(period)]);
			if (answer?.kind === 'receipt' || answer?.kind === 'logged') continue;
			trouble = `the digest of the books from ${printPeriod(period.from)} to ${printPeriod(period.until)} is not in the log (${answer?.why ?? 'no answer'}); it is said again every second`;
			return;
		}
	};
	return {
		due: () => {
			isDue = true;
		},
		say: async () => {
			await saying;
			if (!isDue) return;
			saying = sayAll().finally(() => {
				saying = undefined;
			});
			await saying;
		},
		trouble: () => trouble,
	};
}

interface ClosedPeriod {
	readonly from: number;
	readonly until: number;
	readonly files: readonly AccessFile[];
}

/** The first that is closed and lies behind what is covered; `known` where it is that one. */
function closedPeriod(disk: BookDisk, covered: number, known: ClosedPeriod | undefined): ClosedPeriod | undefined {
	const behind = disk.periods().filter((from) => from > covered);
	const from = covered === 0 ? behind[0] : covered;
	const until = covered === 0 ? behind[1] : behind[0];
	if (from === undefined || until === undefined) return undefined;
	if (known?.from === from && known.until === until) return known;
	const files = BOOKS.flatMap((book) => {
		const bytes = disk.read(from, book);
		return bytes === undefined ? [] : [{ book, lines: linesIn(bytes), sha256: sha256(bytes), size: bytes.length }];
	});
	const none = { book: 'operations', lines: 0, sha256: sha256(new Uint8Array(0)), size: 0 } as const;
	return { from, until, files: files.length === 0 ? [none] : files };
}

function sha256(bytes: Uint8Array): string {
	return createHash('sha256').update(bytes).digest('hex');
}
