/** The acts of the player at random: originals, marks, what witnesses saw of them, certificates, declarations, dissent and records. Now and then one of their claims is not that of the mark. */
import type { CollationCertify, Proceed, ResultDeclare } from '../../../src/record/acts.ts';
import type { Statement } from '../../../src/record/statement.ts';
import { coverageOf } from '../../../src/rules/coverage.ts';
import { sumsOf } from '../../../src/rules/figures.ts';
import { openClasses } from '../../../src/rules/gate.ts';
import type { MarkRow } from '../../../src/rules/recordRows.ts';
import { countedCapture } from '../../../src/rules/returns.ts';
import { unitOf } from '../../../src/rules/stations.ts';
import { checkpointOf } from './references.ts';
import { type Player, rowAt } from './seat.ts';
import { context, election } from './world.ts';

const LOG = ['small.example/log'];
const NONE = 'f'.repeat(64);

/** Where the contests are certified, by whom. */
const COLLATIONS = [
	{ contest: 'president', area: 'north', by: 'returning/north' },
	{ contest: 'president', area: 'south', by: 'returning/south' },
	{ contest: 'president', area: 'land', by: 'returning/land' },
	{ contest: 'council', area: 'n1', by: 'returning/n1' },
	{ contest: 'council', area: 'n2', by: 'returning/n2' },
	{ contest: 'council', area: 'north', by: 'returning/north' },
] as const;

const DECLARED = [
	{ contest: 'president', area: 'land', by: ['authority/1', 'authority/2'] },
	{ contest: 'council', area: 'north', by: ['returning/north'] },
] as const;

export function originalOf(player: Player): Statement {
	const { chance, world } = player;
	const [contest, station] = chance.one(player.places);
	const reading = countedCapture(rowAt(player, contest, station))?.accepted?.reading;
	const field = chance.one([...(election.contests.get(contest)?.fields ?? []).map(({ id }) => id), 'nobody']);
	return {
		type: 'form/original',
		by: [chance.one(['receiving/1', 'receiving/2', 'receiving/north', 'receiving/also-returning-1'])],
		contest,
		custody: { from: 'courier', seal: chance.one(['intact', 'broken']) },
		differs: chance.percent(25) ? [field] : [],
		poll: chance.percent(95) ? unitOf(world.rows, contest, station).poll : 9,
		station,
		...(reading === undefined || chance.percent(5) ? {} : { reading: chance.percent(95) ? reading : NONE }),
	};
}

export function markOf({ chance, world }: Player): Statement {
	const { contest, area } = chance.percent(95) ? chance.one(COLLATIONS) : { contest: 'president', area: 'n1' };
	const { mark } = world.rows.get('collation', `${contest}|${area}`) ?? {};
	const seen = chance.percent(95) ? mark : NONE;
	return { type: 'tally/mark', by: LOG, area, contest, ...(seen === undefined ? {} : { seen }) };
}

export function witnessedOf({ chance, world }: Player): Statement {
	const seen = ['witness/court', 'witness/moon', 'witness/news', 'witness/sun'].filter(() => chance.percent(65));
	const time = world.rows.get('log', '')?.time ?? 0;
	const witnesses = Object.fromEntries(seen.map((name) => [name, time + chance.below(60)]));
	return { type: 'log/witnessed', by: LOG, checkpoint: checkpointOf(world, { size: 'now', witnesses }) };
}

interface Found {
	readonly id: string;
	readonly mark: MarkRow;
}

/** Mostly the latest mark there, sometimes any that is in the log. */
function markFor({ chance, world: { rows } }: Player, contest: string, area: string): Found | undefined {
	const { mark: latest } = rows.get('collation', `${contest}|${area}`) ?? {};
	const id = chance.percent(85) ? latest : rows.keysOf('mark').find(() => chance.percent(20));
	const mark = id === undefined ? undefined : rows.get('mark', id);
	return id === undefined || mark === undefined ? undefined : { id, mark };
}

function claimOf(
	{ chance, world: { rows } }: Player,
	{ id, mark }: Found,
	standing: { readonly number: number | undefined; readonly inForce: string | undefined },
): Omit<CollationCertify, 'area' | 'by' | 'type'> {
	const contest = election.contests.get(mark.contest);
	if (contest === undefined) throw new Error('a mark is of a contest');
	const { met, silent } = coverageOf(context, rows, mark.index);
	const named = met || chance.percent(20) ? [] : silent;
	const open = [...openClasses(mark.counts).map((one) => one.open), ...(named.length === 0 ? [] : ['unwitnessed'])];
	const proceed = Object.fromEntries(open.map((one) => [one, 'deadline'])) as Proceed;
	const { number = 0, inForce } = standing;
	return {
		contest: contest.id,
		counts: mark.counts,
		list: mark.list,
		mark: id,
		number: number + 1,
		totals: sumsOf(contest, mark.totals),
		...(open.length === 0 ? {} : { proceed }),
		...(inForce === undefined ? {} : { supersedes: { reason: 'late-return', statement: inForce } }),
		...(named.length === 0 ? {} : { unwitnessed: named }),
	};
}

/** One claim in ten is not that of the mark. */
function spoilt<T extends Omit<CollationCertify, 'area' | 'by' | 'type'>>({ chance }: Player, claim: T): T {
	if (!chance.percent(12)) return claim;
	const [field = ''] = Object.keys(claim.totals);
	switch (chance.below(7)) {
		case 0:
			return { ...claim, totals: { ...claim.totals, [field]: (claim.totals[field] ?? 0) + 1 } };
		case 1:
			return { ...claim, counts: { ...claim.counts, missing: claim.counts.missing + 1 } };
		case 2:
			return { ...claim, list: NONE };
		case 3:
			return { ...claim, number: claim.number + 1 };
		case 4:
			return { ...claim, proceed: { ...claim.proceed, merged: 'deadline' } };
		case 5:
			return { ...claim, proceed: { ...claim.proceed, quarantined: chance.one(['whim', 'deadline']) } };
		default:
			return { ...claim, mark: NONE };
	}
}

export function certifyOf(player: Player): Statement | undefined {
	const { chance, world } = player;
	const { contest, area, by } = chance.one(COLLATIONS);
	const found = markFor(player, contest, area);
	if (found === undefined) return undefined;
	const { number, certificate } = world.rows.get('collation', `${contest}|${area}`) ?? {};
	const claim = { ...claimOf(player, found, { number, inForce: certificate }), contest };
	const at = chance.percent(97) ? area : 's1';
	return { type: 'collation/certify', by: [by], area: at, ...spoilt(player, claim) };
}

export function declareOf(player: Player): Statement | undefined {
	const { chance, world } = player;
	const { contest, area, by } = chance.one(DECLARED);
	const found = markFor(player, contest, area);
	if (found === undefined) return undefined;
	const { declared, declaration, last } = world.rows.get('contest', contest) ?? {};
	const { outcome = { kind: 'nobody' as const }, texts = { en: NONE } } = found.mark;
	const claim: Omit<ResultDeclare, 'by' | 'type'> = {
		...claimOf(player, found, { number: declared, inForce: declaration }),
		contest: chance.percent(98) ? contest : 'mayor',
		outcome: chance.percent(90) ? outcome : { kind: 'rerun' },
		texts: chance.percent(90) ? texts : { en: NONE },
		...(last === undefined ? {} : { seen: last }),
	};
	return { type: 'result/declare', by: [...by], ...spoilt(player, claim) };
}

/** The next step towards a declaration: a mark that no order has put out of date, witnesses that see it, the declaration itself. */
export function hasten(player: Player): Statement | undefined {
	const { chance, world } = player;
	const { contest, area } = chance.one(DECLARED);
	const { rows } = world;
	const { mark: id, outdated } = rows.get('collation', `${contest}|${area}`) ?? {};
	const mark = id === undefined ? undefined : rows.get('mark', id);
	const { declaration } = rows.get('contest', contest) ?? {};
	const act = declaration === undefined ? undefined : rows.get('act', declaration);
	if (mark === undefined || (outdated?.at ?? -1) > mark.index || act?.mark === id)
		return { type: 'tally/mark', by: LOG, area, contest, ...(id === undefined ? {} : { seen: id }) };
	if (coverageOf(context, rows, mark.index).met) return declareOf(player);
	const waited = (rows.get('log', '')?.time ?? 0) - mark.time;
	if (waited >= 600) return declareOf(player);
	if (chance.percent(25)) return { type: 'clock/tick', by: LOG, time: mark.time + 600 };
	const witnesses = ['witness/court', 'witness/news'];
	return { type: 'log/witnessed', by: LOG, checkpoint: checkpointOf(world, { size: 'now', witnesses }) };
}

export function dissentOf({ chance, world: { rows } }: Player): Statement | undefined {
	const acts = rows.keysOf('act');
	if (acts.length === 0) return undefined;
	return {
		type: 'result/dissent',
		by: [chance.one(['authority/3', 'returning/1'])],
		contest: chance.one(['president', 'council']),
		of: chance.one(acts),
		reason: chance.one(['not-verified', 'not-consulted']),
	};
}

export function recordOf(player: Player): Statement {
	const { chance, drawn } = player;
	const found = markFor(player, 'president', 'land');
	return {
		type: 'result/record',
		by: ['authority/1'],
		contest: chance.percent(90) ? 'president' : 'mayor',
		document: NONE,
		when: ++drawn.count,
		...(found === undefined || chance.percent(30) ? {} : { mark: found.id }),
	};
}
