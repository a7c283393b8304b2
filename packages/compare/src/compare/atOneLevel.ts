/**
 * Two counts brought to one level before they are laid beside one another (K4): the lower one is added up to the other’s. Below the level of the higher one nothing can be compared, and the finding says so.
 */
import type { Finding, RowLevel, Side } from '../comparison.ts';
import type { Count } from '../count.ts';
import { addUp } from './addUp.ts';

export interface AtOneLevel {
	readonly a: Count;
	readonly b: Count;
	readonly level: RowLevel;
	/** The side that was added up, and its rows that lie in no row of the sum. */
	readonly addedUp?: { readonly side: Side; readonly unplaced: number };
	readonly findings: readonly Finding[];
}

export function atOneLevel(a: Count, b: Count): AtOneLevel {
	if (sameLevel(a.level, b.level)) return { a, b, level: a.level, findings: [] };
	const single = isSingle(a) ? 'a' : isSingle(b) ? 'b' : undefined;
	if (single !== undefined) return asWholes(a, b, [{ code: 'only_whole', side: single }]);
	return (
		upTo(b, a, 'b') ??
		upTo(a, b, 'a') ??
		asWholes(a, b, [{ code: 'levels_apart', level_a: levelName(a.level), level_b: levelName(b.level) }])
	);
}

/** Areas of one row are one row for the whole. */
function isSingle({ level, keys }: Count): boolean {
	return level !== 'station' && keys.length === 1;
}

function sameLevel(one: Count['level'], other: Count['level']): boolean {
	return levelName(one) === levelName(other);
}

function levelName(level: RowLevel): string {
	return typeof level === 'string' ? level : level.area;
}

/** `lower` added up to the level of `higher`, keyed so that more of its keys match. */
function upTo(lower: Count, higher: Count, side: Side): AtOneLevel | undefined {
	const { level } = higher;
	if (level === 'station') return undefined;
	const known = new Set(higher.keys);
	const matches = ({ keys }: Count) => keys.filter((key) => known.has(key)).length;
	const byId = addUp(lower, level, 'id');
	const byName = addUp(lower, level, 'name');
	if (byId === undefined || byName === undefined) return undefined;
	const { count, unplaced } = matches(byName.count) > matches(byId.count) ? byName : byId;
	const other: Side = side === 'a' ? 'b' : 'a';
	return {
		...(side === 'a' ? { a: count, b: higher } : { a: higher, b: count }),
		level,
		addedUp: { side, unplaced },
		findings: [{ code: 'not_below', side: other, level: level.area }],
	};
}

function asWholes(a: Count, b: Count, findings: readonly Finding[]): AtOneLevel {
	const whole = (count: Count) => addUp(count, 'whole')?.count ?? count;
	return { a: whole(a), b: whole(b), level: 'whole', findings };
}
