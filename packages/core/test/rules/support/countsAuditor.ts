/**
 * What must hold of lodged counts and of the periods of access after every step (S44, S45), recomputed from the rows by another way than the rules take: of each holder's counts of a contest
 * exactly the last is in force, every count lies on its chain, periods leave no gap, and lodging one has changed nothing that counts.
 */
import { countsOf } from '../../../src/rules/chains.ts';
import type { AccessRow, CountRow } from '../../../src/rules/recordRows.ts';
import type { Contents, MemoryRows } from './memory.ts';
import { context } from './world.ts';

/** The holder of a key, of the package or enrolled. */
export function lodgerOf(rows: MemoryRows, name: string): string {
	return context.packageKeys.get(name)?.holder ?? rows.get('key', name)?.holder ?? '';
}

export function countProblems(rows: MemoryRows): readonly string[] {
	return [...lodgedProblems(rows), ...accessProblems(rows)];
}

/** Rows that a count or a digest of access may write; the rest is what counts. */
const ITS_OWN = /^(count|lodger|access|log|blob) |^contest /;

/** Rows other than its own that differ, and members of the contest's and the log's row other than the head of its chain. */
export function strayChanges(before: Contents, after: Contents): readonly string[] {
	const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
	const text = (row: unknown) =>
		JSON.stringify(row ?? {}, (name, value: unknown) => (name === 'count' || name === 'accessed' ? undefined : value));
	return [...keys].flatMap((key) => {
		const headed = key.startsWith('contest ') || key === 'log ';
		const same = headed
			? text(before[key]) === text(after[key])
			: ITS_OWN.test(key) || text(before[key]) === text(after[key]);
		return same ? [] : [`S44: the row ${key} was changed by what is never counted`];
	});
}

function lodgedProblems(rows: MemoryRows): readonly string[] {
	const series = new Map<string, (readonly [string, CountRow])[]>();
	for (const id of rows.keysOf('count')) {
		const row = rows.get('count', id);
		if (row === undefined) continue;
		const key = `${row.contest}|${lodgerOf(rows, row.by)}`;
		series.set(key, [...(series.get(key) ?? []), [id, row]]);
	}
	const wrong = [...series].flatMap(([key, list]) => {
		list.sort(([, a], [, b]) => a.index - b.index);
		const lodger = rows.get('lodger', key);
		const right =
			list.every(([, row], place) => row.until === list[place + 1]?.[0]) &&
			lodger?.lodged === list.length &&
			lodger.last === list.at(-1)?.[0];
		return right ? [] : [`S44: of the counts of ${key} not exactly the last is in force`];
	});
	const chained = ['president', 'council'].flatMap((contest) => [...countsOf(rows, contest)].map(({ id }) => id));
	const all = rows.keysOf('count').toSorted();
	return chained.toSorted().join() === all.join()
		? wrong
		: [...wrong, 'S44: the chains of counts do not have all, once'];
}

function accessProblems(rows: MemoryRows): readonly string[] {
	const all = rows.keysOf('access').flatMap((id) => rows.get('access', id) ?? []);
	const { accessed, time = 0 } = rows.get('log', '') ?? {};
	const inOrder: AccessRow[] = [];
	for (let id = accessed; id !== undefined; id = inOrder[0]?.prev) {
		const row = rows.get('access', id);
		if (row === undefined) return [`S45: there is no digest ${id}`];
		inOrder.unshift(row);
	}
	const right =
		inOrder.length === all.length &&
		inOrder.every(
			(row, place) =>
				row.from < row.until && row.until <= time && [undefined, row.from].includes(inOrder[place - 1]?.until),
		);
	return right ? [] : ['S45: the periods of access have a gap, overlap or lie in the future'];
}
