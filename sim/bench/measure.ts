/**
 * What every benchmark shares: medians, interleaved runs, and the lines of the table. A time is only ever shown as a ratio to a floor of the same run, beside its goal;
 * counts, bytes and memory are absolute, and so is the time that a sender waits.
 */
export interface Line {
	readonly name: string;
	readonly value: number;
	readonly unit: 'ratio' | 'count' | 'bytes' | 'seconds' | 'milliseconds';
	/** How the goal is said: `≥ 0.8`; absent where none is stated. */
	readonly goal?: string;
	/** What was measured, so that another can measure it again. */
	readonly how: string;
}

export function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	const upper = sorted[middle] ?? Number.NaN;
	return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** Runs both in turn, so that what disturbs the machine disturbs both. Answers the medians in milliseconds. */
export async function interleaved(
	runs: number,
	ours: () => Promise<number>,
	floor: () => Promise<number>,
): Promise<{ readonly ours: number; readonly floor: number }> {
	const times = { ours: [] as number[], floor: [] as number[] };
	for (let run = 0; run < runs; run++) {
		times.floor.push(await floor());
		times.ours.push(await ours());
	}
	return { ours: median(times.ours), floor: median(times.floor) };
}

export function printTable(lines: readonly Line[]): string {
	const shown = lines.map(({ name, value, unit, goal }) => [name, amount(value, unit), goal ?? '']);
	const widths = [0, 1, 2].map((column) => Math.max(...shown.map((cells) => (cells[column] ?? '').length)));
	return `${shown.map((cells) => cells.map((cell, column) => (column === 1 ? cell.padStart(widths[1] ?? 0) : cell.padEnd(widths[column] ?? 0))).join('  ')).join('\n')}\n`;
}

function amount(value: number, unit: Line['unit']): string {
	switch (unit) {
		case 'ratio':
			return value.toFixed(3);
		case 'seconds':
			return `${value.toFixed(1)} s`;
		case 'milliseconds':
			return `${value.toFixed(value < 10 ? 1 : 0)} ms`;
		case 'bytes':
			return value > 1e6 ? `${(value / 1e6).toFixed(0)} MB` : `${value.toFixed(0)} B`;
		case 'count':
			return value.toFixed(value < 100 ? 2 : 0);
		default:
			throw new Error(`unknown unit ${String(unit)}`);
	}
}
