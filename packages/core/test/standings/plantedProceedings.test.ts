/** The auditor of proceedings is shown rows that are wrong in one place each, and says so: a property that has never been seen to fail proves nothing. */
import { describe, expect, it } from 'vitest';
import { rereadSheet } from '../../src/collation/sheet.ts';
import type { RowReader, TableName, Tables } from '../../src/rules/rows.ts';
import { strayChanges } from '../rules/support/countsAuditor.ts';
import { openedWorld } from '../rules/support/history.ts';
import type { MemoryRows } from '../rules/support/memory.ts';
import { newProceeding, proceedOne } from '../rules/support/playerProceedings.ts';
import { newLedger, proceedingProblems } from '../rules/support/proceedingsAuditor.ts';

/** The first row of a table for which there is a wrong one. */
function spoil<T extends TableName>(
	rows: MemoryRows,
	table: T,
	wrong: (row: Tables[T], rows: RowReader, key: string) => Tables[T] | undefined,
): boolean {
	for (const key of rows.keysOf(table)) {
		const row = rows.get(table, key);
		const other = row === undefined ? undefined : wrong(row, rows, key);
		if (other === undefined) continue;
		rows.put(table, key, other);
		return true;
	}
	return false;
}

const FAULTS: readonly (readonly [string, string, (rows: MemoryRows) => boolean])[] = [
	[
		'an open objection that is not counted',
		'T23',
		(rows) =>
			spoil(rows, 'contest', (row) => ((row.open ?? 0) > 0 ? { ...row, open: (row.open ?? 0) - 1 } : undefined)),
	],
	[
		'a return that an objection disputes and that does not say so',
		'T23',
		(rows) => spoil(rows, 'return', ({ disputes, ...row }) => (disputes === undefined ? undefined : row)),
	],
	[
		'an objection that is closed without an answer',
		'T23',
		(rows) => spoil(rows, 'objection', (row) => (row.state === 'open' ? { ...row, state: 'dismissed' } : undefined)),
	],
	[
		'an objection that has another ground than when it was lodged',
		'T25',
		(rows) => spoil(rows, 'objection', (row) => ({ ...row, ground: 'other' })),
	],
	[
		'a mark with other totals than when it was made',
		'T25',
		(rows) => spoil(rows, 'mark', (row) => ({ ...row, totals: row.totals.map((votes) => votes + 1) })),
	],
	[
		'a sheet without one of its stations',
		'T25',
		(rows) =>
			spoil(rows, 'sheet', ({ text }) => {
				const sheet = rereadSheet(text);
				return { text: JSON.stringify({ ...sheet, stations: sheet.stations.slice(1) }) };
			}),
	],
	[
		'a total that is not the sum of its stations',
		'T25',
		(rows) =>
			spoil(rows, 'total', (row, _rows, key) =>
				key === 'president|north' ? { ...row, verified: row.verified.map((votes) => votes + 1) } : undefined,
			),
	],
	[
		'a superseded certificate that is in force again',
		'S35',
		(rows) => spoil(rows, 'act', ({ until, ...row }) => (until === undefined ? undefined : row)),
	],
	[
		'a declaration in force that is not the last',
		'S35',
		(rows) =>
			spoil(rows, 'contest', (row) =>
				row.declared === undefined ? undefined : { ...row, declared: row.declared + 1 },
			),
	],
	[
		'a certificate that is collated twice',
		'T24',
		(rows) =>
			spoil(rows, 'collation', (row) =>
				row.collated === undefined ? undefined : { ...row, collated: { ...row.collated, areas: 3 } },
			),
	],
	[
		'an act that the chain passes over',
		'S35',
		(rows) => spoil(rows, 'act', ({ prev, ...row }) => (prev === undefined ? undefined : row)),
	],
	[
		'an annulment that no order made',
		'S42',
		(rows) =>
			spoil(rows, 'contest', (row, _rows, key) => (key === '' ? undefined : { ...row, annulled: 'f'.repeat(64) })),
	],
	[
		'a stay that no longer stands where it was ordered',
		'S42',
		(rows) => spoil(rows, 'contest', ({ stays, ...row }) => (stays === undefined ? undefined : row)),
	],
	[
		'a return that is set aside by an order that has ended',
		'S42',
		(rows) =>
			spoil(rows, 'order', (row) =>
				row.order.kind === 'set-aside' && row.state === 'in-force' ? { ...row, state: 'ended' } : undefined,
			),
	],
	[
		'a pause that has ended by nothing',
		'S41',
		(rows) => spoil(rows, 'contest', ({ pauses, ...row }) => (pauses === undefined ? undefined : row)),
	],
	[
		'a count that is in force again although another has taken its place',
		'S44',
		(rows) => spoil(rows, 'count', ({ until, ...row }) => (until === undefined ? undefined : row)),
	],
	[
		'a count that the chain passes over',
		'S44',
		(rows) => spoil(rows, 'count', ({ prev, ...row }) => (prev === undefined ? undefined : row)),
	],
	[
		'a period that begins a second after the one before it',
		'S45',
		(rows) => spoil(rows, 'access', (row) => (row.prev === undefined ? undefined : { ...row, from: row.from + 1 })),
	],
];

describe('the auditor of proceedings', () => {
	it.each(FAULTS)('sees %s', (_name, rule, plant) => {
		for (let seed = 1; seed <= 20; seed++) {
			const player = newProceeding(seed);
			const ledger = newLedger();
			for (let step = 0; step < 100; step++) {
				proceedOne(player);
				if (step % 20 !== 19) continue;
				expect(proceedingProblems(player.world, ledger)).toEqual([]);
				const world = { rows: player.world.rows.copy() };
				if (!plant(world.rows)) continue;
				expect(proceedingProblems(world, ledger).join('\n')).toContain(`${rule}: `);
				return;
			}
		}
		expect.fail('no history came to where the fault could be planted');
	});

	it('S44 sees a count that was counted', () => {
		const rows = newProceeding(1).world.rows;
		const before = rows.contents();
		expect(strayChanges(before, rows.contents())).toEqual([]);
		const total = rows.get('total', 'president|north');
		if (total === undefined) throw new Error('the counted world has a total of the north');
		rows.put('total', 'president|north', { ...total, verified: total.verified.map((votes) => votes + 1) });
		expect(strayChanges(before, rows.contents()).join()).toContain('the row total president|north');
	});

	it('says nothing of a world in which nothing has happened', () => {
		expect(proceedingProblems(openedWorld(), newLedger())).toEqual([]);
	});
});
