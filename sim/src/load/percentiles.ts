/** Times in milliseconds, and what share of them was below which. */
export interface Percentiles {
	readonly count: number;
	readonly p50: number;
	readonly p99: number;
	readonly most: number;
}

export function percentilesOf(times: readonly number[]): Percentiles {
	const sorted = times.toSorted((a, b) => a - b);
	const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
	return { count: sorted.length, p50: at(0.5), p99: at(0.99), most: sorted.at(-1) ?? Number.NaN };
}
