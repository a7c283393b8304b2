/** What an effect needs of an election: its rule, who stands, the register, and in which areas a row lies (K13). Taken from rows, or from a package alone where there is no log. */
import { chainAbove, chainOf } from '@matokeo/core/election/geography.ts';
import type { Contest } from '@matokeo/core/election/types.ts';
import type { Condition } from '@matokeo/core/result/rule.ts';
import type { ResultInput } from '@matokeo/core/result/tally.ts';
import { logRow } from '@matokeo/core/rules/opening.ts';
import { candidateKey } from '@matokeo/core/rules/rows.ts';
import { stationOf } from '@matokeo/core/rules/stations.ts';
import { resultInputOf } from '@matokeo/core/standings/resultInput.ts';
import type { LogParts } from '../log/logCount.ts';

export interface EffectLaw {
	readonly contest: Contest;
	/** Who can be elected, and the registers of the contest and its areas; its votes are not read. */
	readonly input: ResultInput;
	/** Ids of candidates whose votes are void. */
	readonly voided: ReadonlySet<string>;
	/** Ids of the areas in whose totals the row of this key counts; empty: none is known. */
	readonly areasOf: (key: string) => readonly string[];
	/** The package asks that outcomes are not shown yet. */
	readonly hidden: boolean;
}

export function lawOf(
	{ context, baseline, rows }: Omit<LogParts, 'checkpoint' | 'title'>,
	contest: Contest,
): EffectLaw {
	const { election } = context;
	const voided = contest.candidates.filter(({ id }) => {
		const row = rows.get('candidate', candidateKey(contest.id, id));
		return row?.votes === 'void' && row.status !== 'standing';
	});
	return {
		contest,
		input: resultInputOf(election, baseline, rows, contest),
		voided: new Set(voided.map(({ id }) => id)),
		areasOf: (key) => {
			const station = stationOf(context, rows, key);
			return station === undefined ? chainAbove(election, contest, key) : chainOf(election, contest, station);
		},
		hidden: contest.publishFrom !== undefined && logRow(rows).time < contest.publishFrom,
	};
}

/** What the conditions of the contest's round read: counted fields, and levels by whose areas they count. */
export function readBy(contest: Contest): { readonly fields: readonly string[]; readonly levels: readonly string[] } {
	const levels = new Set<string>();
	const names = new Set<string>();
	const walk = (condition: Condition): void => {
		switch (condition.kind) {
			case 'all':
			case 'any':
				condition.parts.forEach(walk);
				return;
			case 'areas':
				levels.add(condition.level);
				walk(condition.where);
				return;
			case 'area':
				walk(condition.where);
				return;
			case 'electors':
				levels.add(condition.level);
				return;
			case 'turnout':
				names.add(condition.of).add(condition.cast);
				return;
			case 'share':
			case 'lead':
				names.add(condition.of);
				return;
			case 'rank':
				return;
		}
	};
	const round = contest.rule.rounds[contest.round - 1];
	if (round !== undefined) walk(round.elect);
	const fields = new Set(contest.candidates.map(({ id }) => id));
	for (const name of names) {
		const denominator = contest.denominators[name];
		if (denominator !== undefined && denominator !== 'registered')
			for (const id of denominator.categories) fields.add(id);
	}
	return { fields: [...fields], levels: [...levels] };
}
