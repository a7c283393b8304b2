/** K10: a log as a count says what its totals say, names the state of everything that it gives no figures of, and compares with itself at every level without a difference. */
import { compareCounts } from '@matokeo/compare/compare/compareCounts.ts';
import type { Count } from '@matokeo/compare/count.ts';
import { areaCount, declaredCount, type LogParts, stationCount } from '@matokeo/compare/log/logCount.ts';
import type { Contest } from '@matokeo/core/election/types.ts';
import type { RowReader } from '@matokeo/core/rules/rows.ts';
import { totalOf } from '@matokeo/core/standings/total.ts';
import { countAt } from '@matokeo/core/standings/vector.ts';
import { countedWorld, type HistoryFile, playCase, readVectors } from '@matokeo/core/testing/rules/history.ts';
import { newPlayer, playOne } from '@matokeo/core/testing/rules/player.ts';
import { baseline, context, election } from '@matokeo/core/testing/rules/world.ts';
import { describe, expect, it } from 'vitest';

const STAGES = ['reported', 'verified', 'inspected'] as const;

function logOf(rows: RowReader): LogParts {
	return { context, baseline, rows, checkpoint: 'c'.repeat(64), title: 'lawful' };
}

function contest(id: string): Contest {
	const found = election.contests.get(id);
	if (found === undefined) throw new Error(`no contest ${id}`);
	return found;
}

/** Sums of the counted fields, in the form's order. */
function sums({ fields, keys, values }: Count, of: Contest): readonly number[] {
	return of.fields.flatMap(({ id, counted }) => {
		const column = fields.findIndex((field) => field.id === id);
		return counted ? [keys.reduce((sum, _, row) => sum + (values[row * fields.length + column] ?? 0), 0)] : [];
	});
}

/** Rows after so many drawn statements. */
function drawnRows(seed: number): RowReader {
	const player = newPlayer(seed);
	for (let step = 0; step < 160; step++) playOne(player);
	return player.world.rows;
}

const SEEDS = Array.from({ length: 25 }, (_, seed) => seed + 1);

describe('a log as a count (K10)', () => {
	it.each(SEEDS)('K10 T12 rows and sums are those of the totals at every stage (history %i)', (seed) => {
		const rows = drawnRows(seed);
		for (const one of election.contests.values()) {
			const total = totalOf(baseline, rows, one, one.scope);
			for (const stage of STAGES) {
				const count = stationCount(logOf(rows), one, stage);
				expect(count.keys).toHaveLength(countAt(total, stage));
				expect(sums(count, one)).toEqual(total[stage]);
				const due = countAt(total, 'due') + countAt(total, 'cancelled') + countAt(total, 'merged');
				expect(count.keys.length + (count.absent?.size ?? 0)).toBe(due);
				expect(new Set([...count.keys, ...(count.absent?.keys() ?? [])]).size).toBe(due);
			}
		}
	});

	it.each(SEEDS)('K4 K10 its areas are its stations added up (history %i)', (seed) => {
		const log = logOf(drawnRows(seed));
		for (const stage of STAGES) {
			for (const level of ['region', 'district']) {
				const stations = stationCount(log, contest('president'), stage);
				const areas = areaCount(log, contest('president'), level, stage);
				const comparison = compareCounts(areas, stations);
				expect(comparison).toMatchObject({ differing: 0, only_in_a: 0, only_in_b: 0 });
				expect(comparison.matched).toBe(areas.keys.length);
			}
		}
	});

	it('K10 the histories reach every state', () => {
		const states = new Set<string>();
		for (const seed of SEEDS) {
			const log = logOf(drawnRows(seed));
			for (const one of election.contests.values())
				for (const stage of STAGES)
					for (const word of stationCount(log, one, stage).absent?.values() ?? []) states.add(word);
		}
		expect([...states].sort()).toEqual([
			'cancelled',
			'disregarded',
			'merged',
			'missing',
			'no-form-seen',
			'postponed',
			'quarantined',
			'received',
			'verified',
		]);
	});

	it('K10 fields are those of the form, stated totals among them; areas have names and ids', () => {
		const count = stationCount(logOf(countedWorld().rows), contest('president'), 'verified');
		expect(count.fields.map(({ id, kind }) => `${kind} ${id}`)).toEqual([
			'candidate alba',
			'candidate benta',
			'candidate chidi',
			'total valid',
			'other rejected',
			'total cast',
		]);
		expect(count.areas.map(({ level, name, values, ids }) => ({ level, name, values, ids }))).toEqual([
			{ level: 'region', name: 'Region', values: ['North', 'South', 'Abroad'], ids: ['north', 'south', 'abroad'] },
			{
				level: 'district',
				name: 'District',
				values: ['North One', 'North Two, upper', 'South One', 'All embassies'],
				ids: ['n1', 'n2', 's1', 'abroad-all'],
			},
		]);
		expect(count.source.digest).toBe('c'.repeat(64));
		expect(count.title).toBe('lawful, verified');
	});

	it('K10 what is not certified or declared is said to be so', () => {
		const log = logOf(countedWorld().rows);
		expect(declaredCount(log, contest('president'))).toBeUndefined();
		const { keys, absent } = areaCount(log, contest('president'), 'region', 'collated');
		expect(keys).toEqual([]);
		expect([...new Set(absent?.values())]).toEqual(['uncertified']);
	});

	it('K10 T26 a declaration is one row, at its own figures', () => {
		const history = readVectors<HistoryFile>('histories/declarations.json');
		const declared = history.cases.find(({ name }) => name.startsWith('S36 the quorum declares what the mark says'));
		if (declared === undefined) throw new Error('the case is gone from declarations.json');
		const log = logOf(playCase(history, declared).world.rows);
		const count = declaredCount(log, contest('president'));
		expect(count).toMatchObject({ title: 'lawful, declared', level: { area: 'nation' }, keys: ['land'] });
		expect(count?.fields.map(({ id }) => id)).toEqual(['alba', 'benta', 'chidi', 'rejected']);
		expect([...(count?.values ?? [])]).toEqual([1050, 210, 140, 35]);
		const regions = areaCount(log, contest('president'), 'region', 'collated');
		expect(regions.keys.length).toBeGreaterThan(0);
		expect(count === undefined ? undefined : compareCounts(count, regions)).toMatchObject({
			level: 'whole',
			verdict: { comparable: 'totals' },
			same: 1,
		});
	});
});
