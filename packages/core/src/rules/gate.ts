/**
 * The gate (S43): what stands between a mark and its certificate or declaration. Every condition has an id and is asked on its own, so that a desk can show all of
 * them and a record of what was declared outside can name those that it did not meet. It does not know who signs.
 */
import type { Contest } from '../election/types.ts';
import type { MarkCounts, OpenClass, Proceed, ResultDeclare } from '../record/acts.ts';
import type { StatementId } from '../record/said.ts';
import { printCanonical } from '../std/canonical.ts';
import { contestRow } from './chains.ts';
import { collationRow } from './collations.ts';
import type { Context } from './context.ts';
import { coverageOf } from './coverage.ts';
import { sumsOf } from './figures.ts';
import { logRow } from './opening.ts';
import type { MarkRow } from './recordRows.ts';
import type { RowReader } from './rows.ts';

export type GateCondition =
	| 'mark'
	| 'seen'
	| 'number'
	| 'totals'
	| 'counts'
	| 'list'
	| 'outcome'
	| 'texts'
	| 'open-outcome'
	| 'named'
	| 'witnesses'
	| 'stay'
	| 'annulled'
	| 'quorum';

export interface Unmet {
	readonly condition: GateCondition;
	/** What was expected, what came, what can be done. */
	readonly why: string;
}

/** What certificates and declarations have in common. */
export interface Claim {
	readonly mark: StatementId;
	readonly counts: MarkCounts;
	readonly list: string;
	readonly number: number;
	readonly proceed?: Proceed;
	readonly supersedes?: { readonly reason: string; readonly statement: StatementId };
	readonly totals: Readonly<Record<string, number>>;
	readonly unwitnessed?: readonly string[];
}

/** How many have been made before, and which is in force. */
export interface Standing {
	readonly number: number;
	readonly inForce: StatementId | undefined;
}

const CLASSES = ['missing', 'objections', 'postponed', 'quarantined', 'uncertified', 'unverified'] as const;

/** What is open at a mark, with how many of each: each needs the rule that lets one go on all the same. */
export function openClasses(counts: MarkCounts): readonly { readonly open: OpenClass; readonly count: number }[] {
	return CLASSES.flatMap((open) => (counts[open] > 0 ? [{ open, count: counts[open] }] : []));
}

/** Every condition of a claim on contest × area that is not met, in the order in which a person would mend them. */
export function unmetOf(
	context: Context,
	rows: RowReader,
	contest: Contest,
	area: string,
	claim: Claim,
	standing: Standing,
): readonly Unmet[] {
	const mark = rows.get('mark', claim.mark);
	if (mark === undefined || mark.contest !== contest.id || mark.area !== area)
		return [{ condition: 'mark', why: `${claim.mark} is not a mark of contest ${contest.id} at ${area}: ask for one` }];
	return [
		...later(rows, mark, standing),
		...upToDate(rows, mark),
		...figuresUnmet(contest, mark, claim),
		...numberUnmet(context, claim, standing),
		...namedUnmet(context, mark, claim),
		...witnessesUnmet(context, rows, mark, claim.unwitnessed ?? []),
		...forbidden(rows, contest, area),
	];
}

/** The conditions of a declaration beyond those of a certificate. */
export function declarationUnmet(
	contest: Contest,
	mark: MarkRow | undefined,
	{ outcome, texts }: Pick<ResultDeclare, 'outcome' | 'texts'>,
): readonly Unmet[] {
	if (mark?.outcome === undefined || mark.texts === undefined) return [];
	const unmet: Unmet[] = [];
	if (printCanonical(outcome) !== printCanonical(mark.outcome))
		unmet.push({
			condition: 'outcome',
			why: `the outcome at the mark is ${printCanonical(mark.outcome)}, the statement says ${printCanonical(outcome)}: no outcome is chosen, take the mark's`,
		});
	if (printCanonical(texts) !== printCanonical(mark.texts))
		unmet.push({
			condition: 'texts',
			why: 'the digests of the texts are not those of the texts generated at the mark: no text is written by hand',
		});
	if (contest.declaration?.openOutcome === 'refused' && mark.decided !== true)
		unmet.push({
			condition: 'open-outcome',
			why: 'what is outstanding at the mark could still change the outcome, and the package does not let it be declared then',
		});
	return unmet;
}

/** Later than the mark of the one in force. Not necessarily the latest: else one official who asks for marks could keep the others from declaring. */
function later(rows: RowReader, mark: MarkRow, { inForce }: Standing): readonly Unmet[] {
	const act = inForce === undefined ? undefined : rows.get('act', inForce);
	const before = act?.mark === undefined ? undefined : rows.get('mark', act.mark);
	if (before === undefined || mark.index > before.index) return [];
	return [
		{
			condition: 'mark',
			why: `the mark at index ${mark.index} is not later than that of ${inForce ?? ''}, at index ${before.index}: ask for a new one`,
		},
	];
}

/** What an order, the authority's own status or an amendment has changed there is obeyed by whoever certifies or declares after it. */
function upToDate(rows: RowReader, { contest, area, index }: MarkRow): readonly Unmet[] {
	const { outdated } = collationRow(rows, contest, area);
	if (outdated === undefined || outdated.at < index) return [];
	const why = `${outdated.by} changed a return or a station of ${area}, or who stands, after the mark: ask for a new one`;
	return [{ condition: 'mark', why }];
}

function figuresUnmet(contest: Contest, mark: MarkRow, { totals, counts, list }: Claim): readonly Unmet[] {
	const unmet: Unmet[] = [];
	const sums = sumsOf(contest, mark.totals);
	const wrong = Object.keys(sums).find((field) => sums[field] !== totals[field]);
	if (wrong !== undefined || Object.keys(totals).length !== Object.keys(sums).length)
		unmet.push({
			condition: 'totals',
			why: `the totals are not those of the mark${wrong === undefined ? '' : `: ${wrong} is ${sums[wrong]} there and ${totals[wrong] ?? 'absent'} here`}; take the mark's`,
		});
	const names: readonly (keyof MarkCounts)[] = [
		...CLASSES,
		'cancelled',
		'counted',
		'disregarded',
		'due',
		'merged',
		'set_aside',
	];
	const other = names.filter((name) => counts[name] !== mark.counts[name]);
	if (other.length > 0)
		unmet.push({
			condition: 'counts',
			why: `what stands open is not named as it is: ${other.map((name) => `${name} is ${mark.counts[name]} at the mark and ${counts[name]} here`).join(', ')}`,
		});
	if (list !== mark.list)
		unmet.push({
			condition: 'list',
			why: `the list of stations generated at the mark has the digest ${mark.list}, the statement names ${list}: somebody is missing or added`,
		});
	return unmet;
}

function numberUnmet({ election }: Context, { number, supersedes }: Claim, standing: Standing): readonly Unmet[] {
	if (number !== standing.number + 1)
		return [{ condition: 'number', why: `number ${standing.number + 1} comes next, not ${number}` }];
	if (standing.inForce === undefined && supersedes === undefined) return [];
	if (standing.inForce !== supersedes?.statement)
		return [
			{
				condition: 'number',
				why: `${standing.inForce ?? 'nothing'} is in force and "supersedes" names ${supersedes?.statement ?? 'nothing'}`,
			},
		];
	const known = election.codes.supersede.some(({ id }) => id === supersedes?.reason);
	return known
		? []
		: [{ condition: 'number', why: `the package lists no reason "${supersedes?.reason ?? ''}" for superseding` }];
}

/** Each open class, and none that is not, has the code of a rule that permits to go on. */
function namedUnmet(
	{ election }: Context,
	{ counts }: MarkRow,
	{ proceed = {}, unwitnessed }: Claim,
): readonly Unmet[] {
	const open: readonly { readonly open: OpenClass; readonly count: number }[] = [
		...openClasses(counts),
		...(unwitnessed === undefined ? [] : [{ open: 'unwitnessed' as const, count: unwitnessed.length }]),
	];
	const unmet = open.flatMap(({ open: name, count }): readonly Unmet[] => {
		const code = proceed[name];
		if (code === undefined)
			return [{ condition: 'named', why: `${count} ${name} stand open and no rule is named that permits to go on` }];
		if (election.codes.proceed.some(({ id }) => id === code)) return [];
		return [{ condition: 'named', why: `the package lists no rule "${code}" that permits to go on` }];
	});
	const extra = Object.keys(proceed).find((name) => !open.some((one) => one.open === name));
	if (extra === undefined) return unmet;
	return [
		...unmet,
		{ condition: 'named', why: `a rule is named for ${extra}, of which none stand open: leave it out` },
	];
}

function witnessesUnmet(
	context: Context,
	rows: RowReader,
	{ index, time }: MarkRow,
	unwitnessed: readonly string[],
): readonly Unmet[] {
	const { met, silent } = coverageOf(context, rows, index);
	if (met)
		return unwitnessed.length === 0
			? []
			: [{ condition: 'witnesses', why: 'the quorum of witnesses has seen the mark: leave "unwitnessed" out' }];
	const { witnessTimeout } = context.election.proceedings;
	const waited = logRow(rows).time - time;
	if (witnessTimeout === undefined || waited < witnessTimeout)
		return [
			{
				condition: 'witnesses',
				why: `the quorum of witnesses has not seen the mark (silent: ${silent.join(', ')}): wait for log/witnessed${witnessTimeout === undefined ? '' : `, or until ${witnessTimeout} s have passed, of which ${waited} have`}`,
			},
		];
	if (unwitnessed.join(' ') === silent.join(' ')) return [];
	return [
		{
			condition: 'witnesses',
			why: `the silent witnesses are ${silent.join(', ')}, "unwitnessed" names ${unwitnessed.join(', ') || 'none'}`,
		},
	];
}

function forbidden(rows: RowReader, contest: Contest, area: string): readonly Unmet[] {
	const { stays = [], annulled } = contestRow(rows, contest.id);
	const here = collationRow(rows, contest.id, area).stays ?? [];
	const unmet: Unmet[] = [...stays, ...here].map((order) => ({
		condition: 'stay',
		why: `order ${order} stays it: nothing is certified or declared until it is lifted`,
	}));
	if (annulled === undefined) return unmet;
	return [
		...unmet,
		{ condition: 'annulled', why: `order ${annulled} annulled this contest: only an order can reinstate it` },
	];
}
