/**
 * `access/digest` (S45): the log's key says which bytes the server's own books had for a period, so that a book that is produced later can be tested against it. The books
 * themselves are not public; periods follow one another without a gap, and none lies in the log's future.
 */
import type { AccessDigest } from '../record/access.ts';
import type { Context } from './context.ts';
import { logRow } from './opening.ts';
import { firstOf, type Refusal, refuse } from './refusal.ts';
import type { RowReader } from './rows.ts';
import type { Saying } from './saying.ts';
import { onlySigner } from './signers.ts';

export const accessDigest: Saying<AccessDigest> = {
	decide: (_context: Context, rows, { statement, signers }) =>
		firstOf(
			() => {
				const signer = onlySigner(signers, 'log');
				return signer.ok ? undefined : signer.error;
			},
			() => inOrder(rows, statement),
			() => {
				const books = new Set(statement.files.map(({ book }) => book));
				return books.size === statement.files.length
					? undefined
					: refuse('S45', 'one book is named twice: name each once');
			},
		),
	evolve: (_context, rows, { id, index, statement }) => {
		const { from, until, files } = statement;
		const log = logRow(rows);
		const prev = log.accessed === undefined ? {} : { prev: log.accessed };
		rows.put('access', id, { index, from, until, files, ...prev });
		rows.put('log', '', { ...log, accessed: id });
	},
};

function inOrder(rows: RowReader, { from, until, seen }: AccessDigest): Refusal | undefined {
	const { accessed, time } = logRow(rows);
	if (seen !== accessed)
		return refuse('S32', `"seen" must name the last digest of access, ${accessed ?? 'and there is none yet'}`);
	const end = accessed === undefined ? undefined : rows.get('access', accessed)?.until;
	if (end !== undefined && from !== end)
		return refuse('S45', `the last period ended at ${end}, this one begins at ${from}: periods leave no gap`);
	if (from >= until) return refuse('S45', `a period from ${from} to ${until} is empty: it must end after it begins`);
	return until <= time
		? undefined
		: refuse('S45', `the period ends at ${until}, the log's clock says ${time}: it is not over yet`);
}
