/** Whether one side gives whole percentages in the place of votes (K5.6): they lie near no count of the same rows, and would be read as thousands of differences. */
import type { Finding, Side } from '../comparison.ts';
import type { Laid } from './lay.ts';
import type { Shape } from './shape.ts';
import { atLeast, evenly, THRESHOLDS } from './thresholds.ts';

/** K5.6: in nearly all rows the votes of one side add up to a hundred, and those of the other hardly ever. */
export function percentages({ x, y, matched }: Laid, { votes, candidates, size }: Shape): Finding | undefined {
	if (matched < THRESHOLDS.rowsLeast || candidates.length < 2) return undefined;
	const near: Record<Side, number> = { a: 0, b: 0 };
	let of = 0;
	for (const pair of evenly(matched, THRESHOLDS.sampleMost)) {
		const sum = (of: Float64Array): number => votes.reduce((all, field) => all + (of[pair * size + field] || 0), 0);
		const [one, other] = [sum(x), sum(y)];
		if (one === 0 || other === 0) continue;
		of++;
		if (isHundred(one)) near.a++;
		if (isHundred(other)) near.b++;
	}
	if (of < THRESHOLDS.rowsLeast) return undefined;
	const sides = (['a', 'b'] as const).filter((side) => atLeast(near[side], of, THRESHOLDS.nearly));
	const [side] = sides;
	if (side === undefined || sides.length > 1) return undefined;
	const others = near[side === 'a' ? 'b' : 'a'];
	return atLeast(others, of, THRESHOLDS.hardly) ? undefined : { code: 'percentages', side, equal: near[side], of };
}

/** Each is rounded, so that the sum is a hundred but for a few. */
function isHundred(sum: number): boolean {
	return Math.abs(sum - 100) <= THRESHOLDS.hundredBut;
}
