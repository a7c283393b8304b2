/**
 * What must hold of marks, certificates, declarations, objections, notices, orders and lodged counts after every step of any history (S33–S45, T22–T26), recomputed from the rows by other ways than the rules
 * take. A ledger remembers what was frozen: a mark, its sheet, and what was once said never change.
 */
import type { Contest } from '../../../src/election/types.ts';
import { actsOf, objectionsOf, ordersOf } from '../../../src/rules/chains.ts';
import type { ActRow, ObjectionRow, OrderRow } from '../../../src/rules/recordRows.ts';
import { printCanonical } from '../../../src/std/canonical.ts';
import { countProblems } from './countsAuditor.ts';
import type { MemoryRows } from './memory.ts';
import { freshMarkProblems, sheetProblems } from './sheetAuditor.ts';
import { election, type World } from './world.ts';

/** Key of a row → its members that never change, as they were first seen. */
export type Ledger = Map<string, string>;

export function newLedger(): Ledger {
	return new Map();
}

export function proceedingProblems(world: World, ledger: Ledger): readonly string[] {
	const { rows } = world;
	const standing = readStanding(rows);
	return [
		...frozenProblems(rows, ledger),
		...[...election.contests.values()].flatMap((contest) => [
			...objectionProblems(rows, contest, standing),
			...numberProblems(rows, contest, standing),
			...collatedProblems(rows, contest),
			...orderProblems(rows, contest, standing),
			...chainProblems(rows, contest, standing),
		]),
		...noticeProblems(rows),
		...countProblems(rows),
		...freshMarkProblems(world),
	];
}

interface Standing {
	readonly acts: readonly (readonly [string, ActRow])[];
	readonly objections: readonly (readonly [string, ObjectionRow])[];
	readonly orders: readonly (readonly [string, OrderRow])[];
}

function readStanding(rows: MemoryRows): Standing {
	const all = <T extends 'act' | 'objection' | 'order'>(table: T) =>
		rows.keysOf(table).flatMap((id) => {
			const row = rows.get(table, id);
			return row === undefined ? [] : [[id, row] as const];
		});
	return { acts: all('act'), objections: all('objection'), orders: all('order') };
}

/** Members that a later statement may change; of `mark` and `sheet` there is none. */
const CHANGING = {
	mark: [],
	sheet: [],
	act: ['until'],
	objection: ['state', 'last', 'to', 'answered'],
	notice: ['resumed'],
	order: ['state', 'until'],
	count: ['until'],
	access: [],
} as const;

function frozenProblems(rows: MemoryRows, ledger: Ledger): readonly string[] {
	const problems: string[] = [];
	const seen = new Set<string>();
	for (const [table, changing] of Object.entries(CHANGING) as [keyof typeof CHANGING, readonly string[]][]) {
		for (const id of rows.keysOf(table)) {
			const row = rows.get(table, id) ?? {};
			const members = Object.entries(row).filter(([name]) => !changing.includes(name));
			const key = `${table} ${id}`;
			const text = printCanonical(Object.fromEntries(members));
			seen.add(key);
			const first = ledger.get(key);
			if (first === undefined) {
				ledger.set(key, text);
				if (table === 'mark') problems.push(...sheetProblems(rows, id));
			} else if (first !== text) problems.push(`T25: the row ${key} has changed from ${first} to ${text}`);
		}
	}
	const lost = [...ledger.keys()].filter((key) => !seen.has(key));
	return [...problems, ...lost.map((key) => `T25: the row ${key} is gone`)];
}

const isOpen = ({ state }: ObjectionRow) => state === 'open' || state === 'referred';

function objectionProblems(rows: MemoryRows, contest: Contest, { objections }: Standing): readonly string[] {
	const open = objections.filter(([, row]) => row.contest === contest.id && isOpen(row));
	const counter = rows.get('contest', contest.id)?.open ?? 0;
	const problems =
		counter === open.length ? [] : [`T23: ${contest.id} counts ${counter} open objections, ${open.length} are open`];
	const disputes = new Map<string, number>();
	for (const [, { standing, station, poll }] of open) {
		if (!standing || station === undefined || poll === undefined) continue;
		const key = `${contest.id}|${station}|${poll}`;
		disputes.set(key, (disputes.get(key) ?? 0) + 1);
	}
	const returns = rows.keysOf('return').filter((key) => key.startsWith(`${contest.id}|`));
	const wrong = [...new Set([...returns, ...disputes.keys()])].filter(
		(key) => (rows.get('return', key)?.disputes ?? 0) !== (disputes.get(key) ?? 0),
	);
	return [...problems, ...wrong.map((key) => `T23: the return ${key} counts other disputes than are open`)];
}

/** Numbers run from 1 without a gap, and of each series exactly the last is in force. */
function numberProblems(rows: MemoryRows, contest: Contest, { acts }: Standing): readonly string[] {
	const series = new Map<string, (readonly [string, ActRow])[]>();
	for (const [id, row] of acts) {
		if (row.contest !== contest.id || row.number === undefined) continue;
		const key = row.kind === 'declaration' ? 'declared' : row.area;
		series.set(key, [...(series.get(key) ?? []), [id, row]]);
	}
	const { declared, declaration } = rows.get('contest', contest.id) ?? {};
	return [...new Set([...series.keys(), 'declared', ...election.areas.keys()])].flatMap((key) => {
		const list = (series.get(key) ?? []).sort(([, a], [, b]) => (a.number ?? 0) - (b.number ?? 0));
		const row =
			key === 'declared'
				? { number: declared, certificate: declaration }
				: rows.get('collation', `${contest.id}|${key}`);
		const inForce = list.filter(([, { until }]) => until === undefined).map(([id]) => id);
		const right =
			list.every(([, act], place) => act.number === place + 1 && act.until === list[place + 1]?.[0]) &&
			(row?.number ?? 0) === list.length &&
			inForce.length === Math.min(list.length, 1) &&
			inForce[0] === row?.certificate;
		return right ? [] : [`S35: the series ${contest.id} ${key} has not exactly its last in force`];
	});
}

/** At the lowest step what is certified there; above it the sum of what is certified below (T24). */
function collatedProblems(rows: MemoryRows, contest: Contest): readonly string[] {
	const lowest = contest.collation.at(-1)?.level;
	const fields = contest.fields.filter(({ counted }) => counted).length;
	const sums = new Map<string, { areas: number; stations: number; votes: number[] }>();
	for (const area of election.areas.values()) {
		if (area.level !== lowest) continue;
		const { certificate } = rows.get('collation', `${contest.id}|${area.id}`) ?? {};
		const act = certificate === undefined ? undefined : rows.get('act', certificate);
		const mark = act?.mark === undefined ? undefined : rows.get('mark', act.mark);
		if (mark === undefined) continue;
		for (let id = area.id; id !== ''; id = parentOf(contest, id)) {
			const sum = sums.get(id) ?? { areas: 0, stations: 0, votes: Array<number>(fields).fill(0) };
			sum.areas++;
			sum.stations += mark.counts.counted;
			sum.votes = sum.votes.map((votes, place) => votes + (mark.totals[place] ?? 0));
			sums.set(id, sum);
			if (id === contest.scope) break;
		}
	}
	return [...election.areas.keys()].flatMap((area) => {
		const row = rows.get('collation', `${contest.id}|${area}`)?.collated;
		const [is, should] = [JSON.stringify(row), JSON.stringify(sums.get(area))];
		return is === should ? [] : [`T24: collated of ${contest.id} in ${area} is ${is}, certified is ${should}`];
	});
}

function parentOf({ hierarchy }: Contest, id: string): string {
	const parents = election.areas.get(id)?.parents;
	return parents?.[hierarchy] ?? parents?.['geographic'] ?? '';
}

/** What stands on contests, collations and returns is what the orders in force say, and nothing else. */
function orderProblems(rows: MemoryRows, contest: Contest, { orders }: Standing): readonly string[] {
	const inForce = orders.filter(([, row]) => row.contest === contest.id && row.state === 'in-force');
	const of = (kind: OrderRow['order']['kind']) => inForce.filter(([, { order }]) => order.kind === kind);
	const row = rows.get('contest', contest.id) ?? {};
	const problems: string[] = [];
	const same = (what: string, is: readonly (string | undefined)[], should: readonly string[]) => {
		const [a, b] = [is.filter((id) => id !== undefined).toSorted(), should.toSorted()];
		if (a.join(' ') !== b.join(' '))
			problems.push(`S42: ${what} of ${contest.id} is ${a.join(' ')}, ordered is ${b.join(' ')}`);
	};
	const areaOf = (order: OrderRow['order']) => (order.kind === 'stay' ? (order.area ?? '') : '');
	for (const area of ['', ...election.areas.keys()]) {
		const stays = area === '' ? row.stays : rows.get('collation', `${contest.id}|${area}`)?.stays;
		same(
			`stay at "${area}"`,
			stays ?? [],
			of('stay')
				.filter(([, { order }]) => areaOf(order) === area)
				.map(([id]) => id),
		);
	}
	same(
		'annulment',
		[row.annulled],
		of('annul').map(([id]) => id),
	);
	same(
		'replacement',
		[row.replaced?.order],
		of('replace-winner').map(([id]) => id),
	);
	const returns = rows.keysOf('return').filter((key) => key.startsWith(`${contest.id}|`));
	const onReturns = returns.flatMap((key) => rows.get('return', key) ?? []);
	same(
		'set-aside',
		onReturns.map(({ setAside }) => setAside),
		of('set-aside').map(([id]) => id),
	);
	same(
		'substitution',
		onReturns.map(({ substitute }) => substitute?.order),
		of('substitute').map(([id]) => id),
	);
	const recounts = new Set(of('recount').map(([id]) => id));
	if (onReturns.some(({ recount }) => recount !== undefined && !recounts.has(recount.order)))
		problems.push(`S42: a return of ${contest.id} is to be counted again by no order in force`);
	return problems;
}

/** Every act, objection and order of a contest lies on its chain, once, the newest first. */
function chainProblems(rows: MemoryRows, contest: Contest, standing: Standing): readonly string[] {
	const lists = [
		['acts', [...actsOf(rows, contest.id)], standing.acts],
		['objections', [...objectionsOf(rows, contest.id)], standing.objections],
		['orders', [...ordersOf(rows, contest.id)], standing.orders],
	] as const;
	return lists.flatMap(([name, linked, all]) => {
		const own = all.filter(([, row]) => row.contest === contest.id).sort(([, a], [, b]) => b.index - a.index);
		const right = own.map(([id]) => id).join(' ') === linked.map(({ id }) => id).join(' ');
		return right ? [] : [`S35: the chain of ${name} of ${contest.id} does not have all, once and in order`];
	});
}

function noticeProblems(rows: MemoryRows): readonly string[] {
	const pauses = rows.keysOf('notice').filter((id) => {
		const row = rows.get('notice', id);
		return row?.kind === 'pause' && row.resumed === undefined;
	});
	const inForce = rows.get('contest', '')?.pauses ?? [];
	const right = pauses.toSorted().join(' ') === [...inForce].sort().join(' ');
	return right ? [] : ['S41: pauses in force are other than those that no notice has ended'];
}
