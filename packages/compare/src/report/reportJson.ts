/**
 * A report as JSON (K42): the members of the comparison at the top level, the five numbers first; then what each source is, and what the differences would mean for the result. It does not say what is
 * known of the sources only by those who named them, so that the same two sources give the same bytes wherever they lie.
 */
import type { Comparison } from '../comparison.ts';
import type { Effect } from '../effect/effect.ts';
import type { Report, ReportSource } from './report.ts';

export const REPORT_FORMAT = 'matokeo-comparison/v1';

export interface ReportJson extends Comparison {
	readonly format: typeof REPORT_FORMAT;
	readonly contest?: string;
	readonly sources: Readonly<Record<'a' | 'b', ReportSource>>;
	readonly effect: Effect;
}

export function reportJson({ comparison, effect, sources, contest }: Report): ReportJson {
	const { matched, same, differing, only_in_a, only_in_b, verdict, level, ...rest } = comparison;
	return {
		format: REPORT_FORMAT,
		matched,
		same,
		differing,
		only_in_a,
		only_in_b,
		verdict,
		level,
		...(contest === undefined ? {} : { contest: contest.id }),
		sources,
		effect,
		...rest,
	};
}
