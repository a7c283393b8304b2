/**
 * The statements of a bundle, replayed (B6, B32): a part of a log in its order, at the indexes that they have in the log, by the same `decide` and `evolve` as the whole. Everything that is said of a return is decided again; certificates and
 * declarations rest on a whole contest, so of those only the signatures are asked, and that they were said is noted. A part shows what follows from it and not that it is all there is.
 */
import { filesNamedBy } from '@matokeo/core/record/filesNamed.ts';
import type { Leaf } from '@matokeo/core/record/leaf.ts';
import type { StatementId } from '@matokeo/core/record/said.ts';
import type { Statement } from '@matokeo/core/record/statement.ts';
import { stepOf } from '@matokeo/core/rules/certifying.ts';
import { chained, changeContest, contestRow } from '@matokeo/core/rules/chains.ts';
import { collationRow } from '@matokeo/core/rules/collations.ts';
import type { Context, Said } from '@matokeo/core/rules/context.ts';
import { decide, evolve, signedBy } from '@matokeo/core/rules/decide.ts';
import { nameBlob } from '@matokeo/core/rules/filed.ts';
import { logRow } from '@matokeo/core/rules/opening.ts';
import type { ActRow } from '@matokeo/core/rules/recordRows.ts';
import { type Refusal, refuse } from '@matokeo/core/rules/refusal.ts';
import { collationKey } from '@matokeo/core/rules/rows.ts';
import { signersOf } from '@matokeo/core/rules/signers.ts';
import { isMark } from '@matokeo/core/standings/marking.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import { freezeAfresh } from '../replay/marks.ts';
import { memoryRows, type ReplayRows } from '../replay/memoryRows.ts';
import type { Subject } from './manifest.ts';

/** A statement of a bundle that was accepted. */
export interface PartEntry {
	readonly index: number;
	readonly leaf: Leaf;
	readonly said: Said;
	/** UTC seconds by the last tick of the log's clock before it that the bundle holds. */
	readonly time: number;
	/** Whether the rules were asked, and not its signatures alone. */
	readonly decided: boolean;
}

export interface PartRefusal {
	readonly index: number;
	readonly leaf: Leaf;
	readonly refusal: Refusal;
}

export interface Part {
	readonly context: Context;
	readonly rows: ReplayRows;
	readonly entries: readonly PartEntry[];
	readonly refused: readonly PartRefusal[];
}

/** Decided again in every bundle: what the log's own beginning, keys and returns follow from. Marks, besides, where a bundle holds a whole area. */
const DECIDED: ReadonlySet<Statement['type']> = new Set<Statement['type']>([
	'election/open',
	'election/amend',
	'key/enrol',
	'key/revoke',
	'clock/tick',
	'blob/held',
	'blob/withhold',
	'station/status',
	'form/capture',
	'form/reading',
	'reading/open',
	'form/ruling',
	'form/original',
	'objection/lodge',
	'objection/answer',
	'authority/order',
]);

/** Leaves in the order of the log. */
export function replayPart(
	context: Context,
	subject: Subject,
	leaves: Iterable<{ readonly index: number; readonly leaf: Leaf }>,
): Part {
	const rows = memoryRows(() => undefined);
	const entries: PartEntry[] = [];
	const refused: PartRefusal[] = [];
	const signed = signedBy(context);
	for (const { index, leaf } of leaves) {
		const { type } = leaf.statement;
		const decided = DECIDED.has(type) || (type === 'tally/mark' && subject.kind === 'area');
		const said = decided ? decide(context, rows, leaf, index, signed) : signedOnly(context, rows, leaf, index);
		rows.remember(leaf.id, index);
		if (!said.ok) {
			refused.push({ index, leaf, refusal: said.error });
			continue;
		}
		if (decided || standsOnMark(context, rows, subject, said.value)) evolve(context, rows, said.value);
		else note(context, rows, said.value);
		if (decided && isMark(said.value)) freezeAfresh(context, rows, said.value);
		entries.push({ index, leaf, said: said.value, time: logRow(rows).time, decided });
	}
	return { context, rows, entries, refused };
}

/** S5–S7 of a statement whose other rules ask for more of the log than a bundle has. */
function signedOnly(context: Context, rows: ReplayRows, leaf: Leaf, index: number): Result<Said, Refusal> {
	const { election } = context;
	if (leaf.election !== election.id || leaf.digest !== election.digest)
		return err(refuse('S5', `the statement is for ${leaf.election} ${leaf.digest}`));
	const signers = signersOf(context, rows, leaf.signatures, index);
	if (!signers.ok) return signers;
	const signed = signedBy(context);
	for (const [place, signer] of signers.value.entries()) {
		const signature = leaf.signatures[place];
		if (signature === undefined || !signed(signer, signature, leaf))
			return err(refuse('S7', `the signature of "${signer.name}" does not fit this text`));
	}
	return ok({ index, id: leaf.id, statement: leaf.statement, signers: signers.value });
}

/** Whether a certificate inside an area rests on a mark that was made again here: then the sheets above it have it too. */
function standsOnMark({ election }: Context, rows: ReplayRows, subject: Subject, { statement }: Said): boolean {
	if (subject.kind !== 'area' || statement.type !== 'collation/certify') return false;
	const mark = rows.get('mark', statement.mark);
	const contest = election.contests.get(statement.contest);
	if (contest === undefined || mark?.contest !== contest.id || mark.area !== statement.area) return false;
	return stepOf(election, contest, statement.area) >= 0;
}

/** Files that it names are filed; that a certificate or declaration is in force: originals that come later are late (S33), and orders name declarations. */
function note(context: Context, rows: ReplayRows, { index, id, statement }: Said): void {
	nameBlob(rows, ...filesNamedBy(statement));
	if (statement.type === 'tally/mark') return;
	const act = actOf(context, rows, index, statement);
	if (act === undefined) return;
	const { contest, area } = act;
	rows.put('act', id, { ...act, ...chained(rows, contest, 'act', id) });
	if (act.kind === 'certificate') {
		const row = collationRow(rows, contest, area);
		supersede(rows, row.certificate, id);
		rows.put('collation', collationKey(contest, area), { ...row, certificate: id });
	}
	if (act.kind === 'declaration') {
		supersede(rows, contestRow(rows, contest).declaration, id);
		changeContest(rows, contest, { declaration: id });
	}
}

function supersede(rows: ReplayRows, former: StatementId | undefined, by: StatementId): void {
	const row = former === undefined ? undefined : rows.get('act', former);
	if (former !== undefined && row !== undefined) rows.put('act', former, { ...row, until: by });
}

function actOf({ election }: Context, rows: ReplayRows, index: number, statement: Statement): ActRow | undefined {
	const { time } = logRow(rows);
	switch (statement.type) {
		case 'collation/certify': {
			const { by, contest, area, mark, number } = statement;
			return { kind: 'certificate', contest, area, index, time, by, mark, number };
		}
		case 'result/declare': {
			const { by, contest, mark, number } = statement;
			return {
				kind: 'declaration',
				contest,
				area: election.contests.get(contest)?.scope ?? '',
				index,
				time,
				by,
				mark,
				number,
			};
		}
		case 'result/dissent': {
			const { by, contest, of } = statement;
			return { kind: 'dissent', contest, area: election.contests.get(contest)?.scope ?? '', index, time, by, of };
		}
		case 'result/record': {
			const { by, contest } = statement;
			return { kind: 'record', contest, area: election.contests.get(contest)?.scope ?? '', index, time, by };
		}
		default:
			return undefined;
	}
}
