/**
 * `result/declare`, `result/dissent`, `result/record` (S36–S38): only the lawful authority declares, on a mark, what the mark says. Who disagrees puts it on record;
 * what was declared outside the gate is put on record with the conditions that it did not meet.
 */
import type { Contest } from '../election/types.ts';
import type { ResultDeclare, ResultDissent, ResultRecord } from '../record/acts.ts';
import { err, ok, type Result } from '../std/result.ts';
import { declaringAuthority, members } from './authorities.ts';
import { supersede } from './certifying.ts';
import { chained, changeContest, contestRow } from './chains.ts';
import type { Context, Said } from './context.ts';
import { nameBlob } from './filed.ts';
import { declarationUnmet, type GateCondition, type Unmet, unmetOf } from './gate.ts';
import { logRow } from './opening.ts';
import type { ActRow } from './recordRows.ts';
import { firstOf, type Refusal, refuse } from './refusal.ts';
import type { RowReader, Rows } from './rows.ts';
import type { Saying } from './saying.ts';

export const resultDeclare: Saying<ResultDeclare> = {
	decide: (context, rows, { statement, signers }) => {
		const found = contestOf(context, statement.contest, 'S36');
		if (!found.ok) return found.error;
		return firstOf(
			() => declaringAuthority(context, found.value, signers),
			() => {
				const { last } = contestRow(rows, found.value.id);
				if (last === statement.seen) return undefined;
				return refuse(
					'S32',
					`"seen" names ${statement.seen ?? 'nothing'}, the last statement on this result is ${last ?? 'none'}: look again and declare anew`,
				);
			},
			() => {
				const [unmet] = unmetDeclaration(context, rows, found.value, statement);
				return unmet === undefined ? undefined : refuse('S43', `${unmet.condition}: ${unmet.why}`);
			},
		);
	},
	evolve: (_context, rows, said) => {
		const { contest, mark, number } = said.statement;
		const { declaration } = contestRow(rows, contest);
		if (declaration !== undefined) supersede(rows, declaration, said.id);
		rows.put('act', said.id, { ...act(rows, said, 'declaration'), mark, number });
		changeContest(rows, contest, { declaration: said.id, declared: number, last: said.id });
	},
};

/** Every condition that a declaration does not meet; the signers are asked elsewhere. */
export function unmetDeclaration(
	context: Context,
	rows: RowReader,
	contest: Contest,
	claim: Omit<ResultDeclare, 'by' | 'type'>,
): readonly Unmet[] {
	const { declared = 0, declaration } = contestRow(rows, contest.id);
	return [
		...unmetOf(context, rows, contest, contest.scope, claim, { number: declared, inForce: declaration }),
		...declarationUnmet(contest, rows.get('mark', claim.mark), claim),
	];
}

export const resultDissent: Saying<ResultDissent> = {
	decide: (context, rows, { statement, signers }) => {
		const found = contestOf(context, statement.contest, 'S37');
		if (!found.ok) return found.error;
		return firstOf(
			() => (signers.length === 1 ? undefined : refuse('S10', 'a dissent is one member’s: each signs one alone')),
			() => members(context, found.value, signers),
			() => {
				const of = rows.get('act', statement.of);
				if (of?.contest === statement.contest && (of.kind === 'declaration' || of.kind === 'record')) return undefined;
				return refuse('S37', `${statement.of} is not a declaration or record of contest ${statement.contest}`);
			},
			() => {
				if (context.election.codes.dissent.some(({ id }) => id === statement.reason)) return undefined;
				return refuse('S37', `the package lists no reason "${statement.reason}" for a dissent`);
			},
		);
	},
	evolve: (_context, rows, said) => {
		if (said.statement.text !== undefined) nameBlob(rows, said.statement.text);
		rows.put('act', said.id, { ...act(rows, said, 'dissent'), of: said.statement.of });
	},
};

export const resultRecord: Saying<ResultRecord> = {
	decide: (context, _rows, { statement, signers }) => {
		const found = contestOf(context, statement.contest, 'S38');
		return found.ok ? members(context, found.value, signers) : found.error;
	},
	evolve: (context, rows, said) => {
		const { contest: id, document, mark } = said.statement;
		const contest = context.election.contests.get(id);
		nameBlob(rows, document);
		const unmet = contest === undefined ? [] : unmetByRecord(context, rows, contest, said);
		rows.put('act', said.id, { ...act(rows, said, 'record'), ...(mark === undefined ? {} : { mark }), unmet });
		changeContest(rows, id, { record: said.id });
	},
};

/** What a declaration outside the gate did not meet: computed, whatever it says of itself. */
function unmetByRecord(
	context: Context,
	rows: RowReader,
	contest: Contest,
	{ statement, signers }: Said<ResultRecord>,
): readonly GateCondition[] {
	const unmet = new Set<GateCondition>();
	if (declaringAuthority(context, contest, signers) !== undefined) unmet.add('quorum');
	const { claimed = {}, mark: id } = statement;
	const mark = id === undefined ? undefined : rows.get('mark', id);
	if (id === undefined || mark === undefined) return [...unmet, 'mark', 'list'];
	const { declared = 0, declaration } = contestRow(rows, contest.id);
	const claim = {
		mark: id,
		counts: mark.counts,
		list: mark.list,
		number: declared + 1,
		totals: claimed.totals ?? {},
		outcome: claimed.outcome ?? { kind: 'nobody' as const },
		texts: {},
	};
	const standing = { number: declared, inForce: declaration };
	for (const { condition } of [
		...unmetOf(context, rows, contest, contest.scope, claim, standing),
		...declarationUnmet(contest, mark, claim),
	])
		unmet.add(condition);
	return [...unmet];
}

function act(
	rows: Rows,
	{ index, id, statement }: Said<ResultDeclare | ResultDissent | ResultRecord>,
	kind: ActRow['kind'],
): ActRow {
	const { contest, by } = statement;
	const scope = { area: '' };
	return { kind, contest, ...scope, index, time: logRow(rows).time, by, ...chained(rows, contest, 'act', id) };
}

function contestOf({ election }: Context, id: string, rule: 'S36' | 'S37' | 'S38'): Result<Contest, Refusal> {
	const contest = election.contests.get(id);
	return contest === undefined ? err(refuse(rule, `the package has no contest "${id}": check its id`)) : ok(contest);
}
