/**
 * Why a certificate or a declaration is void, in full (V81): not the first condition alone by which the rules refuse it, but every one that it does not meet, with each field and count that differs and
 * both numbers. Whoever announces another total than the log gives so reads which one, where, and by how much.
 */
import type { CollationCertify, ResultDeclare } from '@matokeo/core/record/acts.ts';
import type { Statement } from '@matokeo/core/record/statement.ts';
import { collationRow } from '@matokeo/core/rules/collations.ts';
import type { Context } from '@matokeo/core/rules/context.ts';
import { unmetDeclaration } from '@matokeo/core/rules/declaring.ts';
import { type Unmet, unmetOf } from '@matokeo/core/rules/gate.ts';
import type { Refusal } from '@matokeo/core/rules/refusal.ts';
import type { RowReader } from '@matokeo/core/rules/rows.ts';
import { waysAtMark, wayWords } from './ways.ts';

/** Rules that judge what a certificate or declaration says, or who said it; others refuse it before. */
const JUDGED: ReadonlySet<string> = new Set(['S10', 'S32', 'S43']);

/** A sentence or more, beyond what the refusal says; `undefined` where there is nothing to add. */
export function whatDiffers(
	context: Context,
	rows: RowReader,
	statement: Statement,
	refusal: Refusal,
): string | undefined {
	if (!JUDGED.has(refusal.rule)) return undefined;
	if (statement.type !== 'collation/certify' && statement.type !== 'result/declare') return undefined;
	const contest = context.election.contests.get(statement.contest);
	if (contest === undefined) return undefined;
	const area = statement.type === 'collation/certify' ? statement.area : contest.scope;
	const ways = waysAtMark(rows, statement.mark, statement.totals) ?? [];
	const figures = ways.map((one) => wayWords(one, statement.type === 'collation/certify' ? 'certified' : 'declared'));
	const others = unmet(context, rows, statement, area).flatMap(({ condition, why }) =>
		condition === 'totals' || refusal.why === `${condition}: ${why}` ? [] : [`${condition}: ${why}`],
	);
	const lines = [...figures, ...others];
	return lines.length === 0 ? undefined : `At ${area} in contest ${contest.id}: ${lines.join('; ')}`;
}

function unmet(
	context: Context,
	rows: RowReader,
	statement: CollationCertify | ResultDeclare,
	area: string,
): readonly Unmet[] {
	const contest = context.election.contests.get(statement.contest);
	if (contest === undefined) return [];
	if (statement.type === 'result/declare') return unmetDeclaration(context, rows, contest, statement);
	const { number = 0, certificate } = collationRow(rows, contest.id, area);
	return unmetOf(context, rows, contest, area, statement, { number, inForce: certificate });
}
