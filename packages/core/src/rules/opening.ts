/**
 * The first leaves and the clock (S9, S20, S24): `election/open` by the authority's quorum opens this log for this package; the log's
 * key then says the time. No refusal depends on time; a tick only never goes backwards.
 */
import type { ClockTick, ElectionOpen } from '../record/statement.ts';
import { firstOf, type Refusal, refuse } from './refusal.ts';
import type { LogRow, RowReader } from './rows.ts';
import type { Saying } from './saying.ts';
import { onlySigner, quorumOf } from './signers.ts';

const CLOSED: LogRow = { opened: false, captured: false, time: 0, witnessed: 0 };

export function logRow(rows: RowReader): LogRow {
	return rows.get('log', '') ?? CLOSED;
}

/**
 * Rule S9 for every type: nothing before the opening, a tick directly after it, no second opening. Asked of the rows and not only of the
 * index: a void first leaf opens nothing, whatever follows it.
 */
export function decideOrder(rows: RowReader, type: string, index: number): Refusal | undefined {
	if (index === 0)
		return type === 'election/open'
			? undefined
			: refuse('S9', `the first leaf must be election/open, not ${type}: let the authority open the log`);
	const { opened, time } = logRow(rows);
	if (!opened) return refuse('S9', 'this log was never opened: its first leaf is void, a new log must be started');
	if (type === 'election/open') return refuse('S9', 'this log is open already');
	if (time === 0 && type !== 'clock/tick')
		return refuse('S9', `the second leaf must be clock/tick with a time above 0, not ${type}`);
	return undefined;
}

export const electionOpen: Saying<ElectionOpen> = {
	decide: ({ election }, _rows, { statement, signers }) =>
		firstOf(
			() => quorumOf(signers, 'authority', election.authority.quorum),
			() =>
				statement.origin === election.log.origin
					? undefined
					: refuse(
							'S20',
							`the package names the log "${election.log.origin}", the statement opens "${statement.origin}"`,
						),
		),
	evolve: (_context, rows) => rows.put('log', '', { ...logRow(rows), opened: true }),
};

export const clockTick: Saying<ClockTick> = {
	decide: (_context, rows, { statement, signers }) =>
		firstOf(
			() => {
				const signer = onlySigner(signers, 'log');
				return signer.ok ? undefined : signer.error;
			},
			() => {
				const { time } = logRow(rows);
				if (statement.time >= time) return undefined;
				return refuse(
					'S24',
					`the last tick says ${time}, this one ${statement.time}: the clock has gone backwards, set it right`,
				);
			},
		),
	evolve: (_context, rows, { statement }) => rows.put('log', '', { ...logRow(rows), time: statement.time }),
};
