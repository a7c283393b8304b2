/**
 * Certificates and declarations as they would be signed on a mark (S35, S36): every number, digest and list out of the mark, and beside it what nobody but the signers decide, the rules that permit
 * to go on and the reason why an earlier one is superseded. It signs nothing and leaves out who signs.
 */
import type { Contest, Election } from '@matokeo/core/election/types.ts';
import type { CollationCertify, OpenClass, ResultDeclare } from '@matokeo/core/record/acts.ts';
import type { StatementId } from '@matokeo/core/record/said.ts';
import { contestRow } from '@matokeo/core/rules/chains.ts';
import { collationRow } from '@matokeo/core/rules/collations.ts';
import type { Context } from '@matokeo/core/rules/context.ts';
import { coverageOf } from '@matokeo/core/rules/coverage.ts';
import { sumsOf } from '@matokeo/core/rules/figures.ts';
import { openClasses } from '@matokeo/core/rules/gate.ts';
import { logRow } from '@matokeo/core/rules/opening.ts';
import type { MarkRow } from '@matokeo/core/rules/recordRows.ts';
import type { RowReader } from '@matokeo/core/rules/rows.ts';
import type { RecordReader } from '../record.ts';
import { codeView } from './heads.ts';
import type { CodeView } from './types.ts';

export type ActKind = 'certificate' | 'declaration';

export type CertificateDraft = Omit<CollationCertify, 'by' | 'type' | 'supersedes'> & Superseding;
export type DeclarationDraft = Omit<ResultDeclare, 'by' | 'type' | 'supersedes'> & Superseding;

interface Superseding {
	/** Without its reason, which the signers name. */
	readonly supersedes?: { readonly statement: StatementId };
}

/** A member that the signers fill in, with the codes that the package has for it. */
export interface Choice {
	/** Where it stands in the body. */
	readonly member: `proceed.${OpenClass}` | 'supersedes.reason';
	/** Of an open class: how many there are. */
	readonly count?: number;
	readonly codes: readonly CodeView[];
}

/** `undefined`: there is no such mark, or no collation is certified there. */
export function certificateDraft(reader: RecordReader, mark: StatementId): CertificateDraft | undefined {
	const found = markedPlace(reader, mark);
	if (found === undefined || !isCertified(reader.election, found.contest, found.row.area)) return undefined;
	const { contest, row } = found;
	const { number = 0, certificate } = collationRow(reader.rows, contest.id, row.area);
	return { area: row.area, ...onMark(reader, contest, mark, row, { number, inForce: certificate }) };
}

/** `undefined`: there is no such mark, or the contest is not declared on it. */
export function declarationDraft(reader: RecordReader, mark: StatementId): DeclarationDraft | undefined {
	const found = markedPlace(reader, mark);
	if (found?.row.outcome === undefined || found.row.texts === undefined) return undefined;
	const { contest, row } = found;
	const { declared = 0, declaration, last } = contestRow(reader.rows, contest.id);
	return {
		...onMark(reader, contest, mark, row, { number: declared, inForce: declaration }),
		outcome: found.row.outcome,
		texts: found.row.texts,
		...(last === undefined ? {} : { seen: last }),
	};
}

export function choicesOf({ election: { codes } }: RecordReader, draft: CertificateDraft): readonly Choice[] {
	const proceed = codes.proceed.map(({ id }) => codeView(codes, 'proceed', id));
	const open: readonly { readonly open: OpenClass; readonly count: number }[] = [
		...openClasses(draft.counts),
		...(draft.unwitnessed === undefined ? [] : [{ open: 'unwitnessed' as const, count: draft.unwitnessed.length }]),
	];
	const named = open.map(({ open: name, count }): Choice => ({ member: `proceed.${name}`, count, codes: proceed }));
	if (draft.supersedes === undefined) return named;
	const reasons = codes.supersede.map(({ id }) => codeView(codes, 'supersede', id));
	return [...named, { member: 'supersedes.reason', codes: reasons }];
}

export interface MarkedPlace {
	readonly contest: Contest;
	readonly row: MarkRow;
}

export function markedPlace({ election, rows }: RecordReader, mark: StatementId): MarkedPlace | undefined {
	const row = rows.get('mark', mark);
	const contest = row === undefined ? undefined : election.contests.get(row.contest);
	return row === undefined || contest === undefined ? undefined : { contest, row };
}

/** Whether the contest's collations are certified at this area's level. */
export function isCertified({ areas }: Election, { collation }: Contest, area: string): boolean {
	return collation.some(({ level }) => level === areas.get(area)?.level);
}

/** Witnesses that have not seen the mark; and whether they have been waited for long enough, by the log's ticks (S43). */
export function waitingOf(context: Context, rows: RowReader, { index, time }: MarkRow) {
	const { witnessTimeout } = context.election.proceedings;
	const waited = Math.max(0, logRow(rows).time - time);
	const over = witnessTimeout !== undefined && waited >= witnessTimeout;
	return { ...coverageOf(context, rows, index), waited, over };
}

function onMark(
	{ context, rows }: RecordReader,
	contest: Contest,
	mark: StatementId,
	row: MarkRow,
	{ number, inForce }: { readonly number: number; readonly inForce: StatementId | undefined },
) {
	const { met, over, silent } = waitingOf(context, rows, row);
	return {
		contest: contest.id,
		counts: row.counts,
		list: row.list,
		mark,
		number: number + 1,
		...(inForce === undefined ? {} : { supersedes: { statement: inForce } }),
		totals: sumsOf(contest, row.totals),
		...(met || !over ? {} : { unwitnessed: silent }),
	};
}
