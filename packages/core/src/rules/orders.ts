/**
 * `authority/order` (S42): a court, tribunal or legislature has decided; its own key signs, or the authority enters it. What it changes is written down with the order that
 * changed it. A copy that a party lodges is on file and has no effect.
 */
import type { Contest, Election } from '../election/types.ts';
import type { AuthorityOrder, Order } from '../record/filings.ts';
import { POLLS_MAX } from '../record/limits.ts';
import { unreachable } from '../std/result.ts';
import { stepOf } from './certifying.ts';
import { chained, contestRow } from './chains.ts';
import type { Context, Signer } from './context.ts';
import { nameBlob } from './filed.ts';
import { logRow } from './opening.ts';
import { carryOut, endedBy } from './orderEffects.ts';
import { firstOf, type Refusal, refuse } from './refusal.ts';
import { isDisputed } from './returns.ts';
import type { RowReader } from './rows.ts';
import type { Saying } from './saying.ts';
import { quorumOf } from './signers.ts';
import { contestAt, returnOf, unitOf } from './stations.ts';

export const authorityOrder: Saying<AuthorityOrder> = {
	decide: (context, rows, { statement, signers }) => {
		const { election } = context;
		return firstOf(
			() => {
				if (election.proceedings.courts.some(({ id }) => id === statement.court)) return undefined;
				return refuse('S42', `the package names no court "${statement.court}": check its id`);
			},
			() => ordering(election, statement, signers),
			() => {
				if (election.codes.order.some(({ id }) => id === statement.basis)) return undefined;
				return refuse('S42', `the package lists no basis "${statement.basis}" for an order`);
			},
			() => (isCopy(signers) ? decideCopy(election, statement.order) : decideOrder(context, rows, statement.order)),
		);
	},
	evolve: (context, rows, { id, index, statement, signers }) => {
		const { order, court, by, document } = statement;
		nameBlob(rows, document);
		const copy = isCopy(signers);
		const contest = contestOfOrder(rows, order);
		rows.put('order', id, {
			order,
			contest,
			court,
			index,
			time: logRow(rows).time,
			by,
			state: copy ? 'filed' : endedBy(order) === undefined ? 'in-force' : 'ended',
			...chained(rows, contest, 'order', id),
		});
		if (!copy) carryOut(context, rows, { id, index, order, contest, basis: statement.basis });
	},
};

function isCopy(signers: readonly Signer[]): boolean {
	return signers[0]?.office === 'party';
}

function ordering({ proceedings, authority }: Election, { court }: AuthorityOrder, signers: readonly Signer[]) {
	const [first] = signers;
	if (first?.office === 'party') return quorumOf(signers, 'party', 1);
	if (first?.office === 'authority') return quorumOf(signers, 'authority', authority.quorum);
	const keys = proceedings.courts.find(({ id }) => id === court)?.keys ?? [];
	const foreign = signers.find(({ name }) => !keys.some((key) => key.name === name));
	if (foreign === undefined) return undefined;
	return refuse(
		'S10',
		`"${foreign.name}" is no key of ${court}: let the court sign, or the authority’s quorum enter its order`,
	);
}

/** Of a copy only so much is asked that it can be filed somewhere. */
function decideCopy({ contests }: Election, order: Order): Refusal | undefined {
	if (!('contest' in order) || contests.has(order.contest)) return undefined;
	return refuse('S42', `the package has no contest "${order.contest}": check its id`);
}

/** The contest that an order is about; '' where a copy names an order that is not here. */
function contestOfOrder(rows: RowReader, order: Order): string {
	return 'contest' in order ? order.contest : (rows.get('order', order.order)?.contest ?? '');
}

function decideOrder(context: Context, rows: RowReader, order: Order): Refusal | undefined {
	switch (order.kind) {
		case 'lift':
			return inForce(rows, order.order, ['stay', 'recount']);
		case 'reinstate':
			return inForce(rows, order.order, ['set-aside', 'annul', 'replace-winner', 'substitute']);
		case 'stay':
		case 'annul':
		case 'replace-winner':
			return onContest(context, rows, order);
		default:
			return onReturn(context, rows, order);
	}
}

function inForce(rows: RowReader, id: string, kinds: readonly Order['kind'][]): Refusal | undefined {
	const row = rows.get('order', id);
	if (row?.state === 'in-force' && kinds.includes(row.order.kind)) return undefined;
	return refuse('S42', `${id} is not an order in force of the kind ${kinds.join(' or ')}: check its id`);
}

function onContest(
	context: Context,
	rows: RowReader,
	order: Extract<Order, { kind: 'stay' | 'annul' | 'replace-winner' }>,
): Refusal | undefined {
	const contest = context.election.contests.get(order.contest);
	if (contest === undefined) return refuse('S42', `the package has no contest "${order.contest}": check its id`);
	const { annulled, declaration, replaced } = contestRow(rows, contest.id);
	if (order.kind === 'stay') return stayable(context.election, contest, order.area);
	if (order.kind === 'annul')
		return annulled === undefined ? undefined : refuse('S42', `order ${annulled} annulled this contest already`);
	if (!contest.candidates.some(({ id }) => id === order.candidate))
		return refuse('S42', `contest ${contest.id} has no candidate ${order.candidate}`);
	if (declaration === undefined)
		return refuse('S42', 'no result of this contest is declared: there is no winner to replace');
	return replaced === undefined
		? undefined
		: refuse('S42', `order ${replaced.order} replaced the winner already: reinstate first`);
}

function stayable(election: Election, contest: Contest, area: string | undefined): Refusal | undefined {
	if (area === undefined) return undefined;
	if (stepOf(election, contest, area) >= 0) return undefined;
	return refuse(
		'S42',
		`no collation of contest ${contest.id} is certified at ${area}: stay the contest, or an area where one is`,
	);
}

function onReturn(
	context: Context,
	rows: RowReader,
	order: Extract<Order, { kind: 'recount' | 'admit' | 'set-aside' | 'substitute' | 're-poll' }>,
): Refusal | undefined {
	const at = contestAt(context, rows, order.contest, order.station);
	if (!at.ok) return at.error;
	const { poll } = unitOf(rows, order.contest, order.station);
	const row = returnOf(rows, order.contest, order.station, poll);
	switch (order.kind) {
		case 'recount':
			return row.recount !== undefined && isDisputed({ captures: row.captures, recount: row.recount })
				? refuse('S42', `order ${row.recount.order} asks for a recount already`)
				: undefined;
		case 'admit':
			return row.disregard === undefined && row.quarantine === undefined
				? refuse('S42', 'this return is neither disregarded nor in quarantine: there is nothing to admit')
				: undefined;
		case 'set-aside':
			return row.setAside === undefined
				? undefined
				: refuse('S42', `order ${row.setAside} set this return aside already`);
		case 'substitute': {
			const capture = row.captures.find(({ id }) => id === order.capture);
			if (capture?.kind !== 'court')
				return refuse('S42', `${order.capture} is not a document of kind "court" on this return: capture it first`);
			return row.substitute === undefined
				? undefined
				: refuse('S42', `order ${row.substitute.order} substituted figures already: reinstate first`);
		}
		case 're-poll':
			return poll < POLLS_MAX ? undefined : refuse('S42', `there have been ${poll} polls, the most that are counted`);
		default:
			return unreachable(order);
	}
}
