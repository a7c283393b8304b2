/**
 * Bolivia 2019: the two snapshots of the preliminary transmission (TREP), the official count, and what a comparison of each snapshot with the official figures gives. The numbers were measured once and are those
 * of the public files; 706, 1,749, 549 and 5,580 are known of the files from elsewhere as well.
 */
import type { ReportJson } from '@matokeo/compare/report/reportJson.ts';

const FOLDER = 'bolivia2019-trep-vs-computo';
export const OFFICIAL = `${FOLDER}/final_computo.zip`;

export interface Snapshot {
	readonly file: string;
	readonly matched: number;
	readonly differing: number;
	readonly missing: number;
	/** Pattern → stations, those that are none left out. */
	readonly patterns: Readonly<Record<string, number>>;
	readonly without_pattern: number;
	/** Points of the first over the second: on the snapshot, on the official figures, and on these with the snapshot's where they differ. */
	readonly leads: readonly [string, string, string];
	/** What the rule says of these rows by themselves. */
	readonly elects: readonly [boolean, boolean, boolean];
}

/** Of 20 October, 19:40, when publication was paused, and of 21 October, 18:29. */
export const SNAPSHOTS: readonly Snapshot[] = [
	{
		file: `${FOLDER}/trep - acta.2019.10.20.19.40.57.zip`,
		matched: 28_975,
		differing: 549,
		missing: 5_580,
		patterns: {
			filled_later: 4,
			neighbouring_row: 2,
			exchanged_fields: 31,
			column_slip: 2,
			total_as_candidate: 1,
			factor_of_ten: 12,
			transposed_digits: 3,
			one_digit: 111,
		},
		without_pattern: 388,
		leads: ['7.8720', '10.5649', '10.5571'],
		elects: [false, true, true],
	},
	{
		file: `${FOLDER}/trep - acta.2019.10.21.18.29.53.zip`,
		matched: 32_806,
		differing: 706,
		missing: 1_749,
		patterns: {
			filled_later: 5,
			neighbouring_row: 2,
			exchanged_fields: 35,
			column_slip: 4,
			total_as_candidate: 1,
			factor_of_ten: 14,
			transposed_digits: 5,
			one_digit: 148,
		},
		without_pattern: 498,
		leads: ['10.1499', '10.5649', '10.5477'],
		elects: [true, true, true],
	},
];

/** What a report says of a snapshot, in the shape of what is expected of it. */
export function foundIn(report: ReportJson, file: string): Snapshot {
	const version = (basis: string) => report.effect.versions.find((one) => one.basis === basis);
	const [a, b, changed] = [version('a'), version('b'), version('differing')];
	return {
		file,
		matched: report.matched,
		differing: report.differing,
		missing: report.only_in_b,
		patterns: Object.fromEntries(
			report.patterns.flatMap(({ pattern, stations }) => (stations === 0 ? [] : [[pattern, stations]])),
		),
		without_pattern: report.without_pattern,
		leads: [a?.lead?.points ?? '', b?.lead?.points ?? '', changed?.lead?.points ?? ''],
		elects: [a?.outcome?.kind === 'elected', b?.outcome?.kind === 'elected', changed?.outcome?.kind === 'elected'],
	};
}
