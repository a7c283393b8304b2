/** What random histories have reached: types, decisions, states of returns, reasons of refusals. A generator that never gets somewhere proves nothing there. */
import type { Statement } from '../../../src/record/statement.ts';
import { countedCapture, isDiscrepant, isOpen } from '../../../src/rules/returns.ts';
import { isMerged, unitOf } from '../../../src/rules/stations.ts';
import { countAt } from '../../../src/standings/vector.ts';
import { contributionAt } from './auditor.ts';
import { type Player, rowAt } from './seat.ts';
import { type Answer, election } from './world.ts';

export type Reached = Map<string, number>;

export const ALL: readonly string[] = [
	...['amend', 'revoke', 'enrol', 'tick', 'held', 'withhold', 'status', 'capture', 'reading', 'open', 'ruling'].map(
		(name) => `type ${name}`,
	),
	...['accept-reading', 'one-more-reading', 'quarantine', 'release', 'accept-as-written', 'disregard'].map(
		(name) => `decision ${name}`,
	),
	...['open', 'delayed', 'not-opened', 'return-lost', 'postponed', 'cancelled', 'merged', 're-poll'].map(
		(name) => `status ${name}`,
	),
	...['candidate', 'station-added', 'station-moved', 'station-merged', 'register', 'deadline'].map(
		(name) => `amendment ${name}`,
	),
	...['S6', 'S10', 'S21', 'S22', 'S23', 'S24', 'S26', 'S27', 'S28', 'S29', 'S30', 'S31', 'S32'].map(
		(rule) => `refused ${rule}`,
	),
	...[
		'missing',
		'no form seen',
		'reported only',
		'verified',
		'quarantined with votes',
		'disregarded',
		'postponed with a form',
		'cancelled with a form',
	].map((name) => `return ${name}`),
	...[
		'merged by amendment',
		'open',
		'settled',
		'as written',
		'fails a check',
		'five readings',
		'second form selected',
		'poll 2 verified',
		'accepted by agreement',
		'accepted by ruling',
	].map((name) => `return ${name}`),
];

export function note(reached: Reached, player: Player, statement: Statement, answer: Answer): void {
	const add = (name: string) => void reached.set(name, (reached.get(name) ?? 0) + 1);
	if (answer.refusal !== undefined) {
		add(`refused ${answer.refusal.rule}`);
		return;
	}
	add(`type ${statement.type.slice(statement.type.indexOf('/') + 1)}`);
	if (statement.type === 'form/ruling') add(`decision ${statement.decision.kind}`);
	if (statement.type === 'station/status') add(`status ${statement.status}`);
	if (statement.type === 'election/amend') add(`amendment ${statement.change.kind}`);
	for (const [contest, station] of player.places)
		for (const state of statesOf(player, contest, station)) add(`return ${state}`);
}

function statesOf(player: Player, contestId: string, station: string): readonly string[] {
	const { rows } = player.world;
	const contest = election.contests.get(contestId);
	const total = contest === undefined ? undefined : contributionAt(rows, contest, station);
	if (total === undefined) return [];
	const row = rowAt(player, contestId, station);
	const unit = unitOf(rows, contestId, station);
	const counted = countedCapture(row);
	const facts: readonly (readonly [string, boolean])[] = [
		['missing', countAt(total, 'missing') === 1],
		['no form seen', countAt(total, 'noFormSeen') === 1],
		['reported only', countAt(total, 'reported') === 1 && countAt(total, 'verified') === 0],
		['verified', countAt(total, 'verified') === 1],
		['quarantined with votes', countAt(total, 'quarantined') === 1 && total.quarantined.some((votes) => votes > 0)],
		['disregarded', countAt(total, 'disregarded') === 1],
		['postponed with a form', countAt(total, 'postponed') === 1 && counted !== undefined],
		['cancelled with a form', countAt(total, 'cancelled') === 1 && counted !== undefined],
		['merged by amendment', isMerged(rows, station)],
		['open', isOpen(row)],
		['settled', isDiscrepant(row) && !isOpen(row)],
		['as written', countAt(total, 'asWritten') === 1],
		['fails a check', counted?.accepted?.fails !== undefined],
		['five readings', row.captures.some(({ readings }) => readings.length === 5)],
		[
			'second form selected',
			row.selected !== undefined && row.selected !== countedCapture({ captures: row.captures })?.id,
		],
		['poll 2 verified', unit.poll > 1 && countAt(total, 'verified') === 1],
		['accepted by agreement', counted?.accepted?.by === 'agreement'],
		['accepted by ruling', counted?.accepted?.by === 'ruling'],
	];
	return facts.filter(([, holds]) => holds).map(([name]) => name);
}
