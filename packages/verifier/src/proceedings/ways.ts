/**
 * The same total by three ways (R25, V82): as somebody certifies, declares or announces it; as the certificates of the next step below add up to it; as the stations give it. Where the three differ all
 * three are said. A certificate on a mark cannot differ from the stations at that mark, since the rules refuse it; the certificates below can, when returns came after them.
 */
import { rereadSheet, type Sheet } from '@matokeo/core/collation/sheet.ts';
import { chainAbove } from '@matokeo/core/election/geography.ts';
import type { Contest } from '@matokeo/core/election/types.ts';
import type { Sums } from '@matokeo/core/record/acts.ts';
import { grouped, plural } from '@matokeo/core/result/describe.ts';
import { collationRow } from '@matokeo/core/rules/collations.ts';
import type { RowReader } from '@matokeo/core/rules/rows.ts';
import type { Standing } from '@matokeo/core/standings/results.ts';
import { totalOf } from '@matokeo/core/standings/total.ts';
import { countAt } from '@matokeo/core/standings/vector.ts';
import { differenceWords } from './slips.ts';

/** A field in which the ways differ. */
export interface FieldWays {
	readonly field: string;
	/** Absent: the claim leaves the field out. */
	readonly claimed?: number;
	/** Sum of the certificates in force below, and how many of how many areas they are. Absent: there is no step below. */
	readonly below?: { readonly votes: number; readonly areas: number; readonly of: number };
	readonly stations: number;
}

/** Against the mark that the claim names; `undefined` where the log has no such mark. */
export function waysAtMark(rows: RowReader, mark: string, claimed: Sums): readonly FieldWays[] | undefined {
	const row = rows.get('sheet', mark);
	return row === undefined ? undefined : waysOnSheet(rereadSheet(row.text), claimed);
}

function waysOnSheet({ fields, areas, totals }: Sheet, claimed: Sums): readonly FieldWays[] {
	const certified = areas.filter(({ certificate }) => certificate !== undefined);
	const ways = fields.map((field, place): FieldWays => {
		const sum = certified.reduce((all, { votes }) => all + (votes[place] ?? 0), 0);
		const below = areas.length === 0 ? {} : { below: { votes: sum, areas: certified.length, of: areas.length } };
		return { ...claimOf(claimed, field), field, ...below, stations: totals[place] ?? 0 };
	});
	return [...ways, ...unknownFields(fields, claimed)].filter(differ);
}

/** Against what stands now, for a claim that names no mark of this log. */
export function waysNow({ election, baseline, rows }: Standing, contest: Contest, claimed: Sums): readonly FieldWays[] {
	const stage = contest.declaration?.requires ?? 'verified';
	const total = totalOf(baseline, rows, contest, contest.scope);
	const { collated } = collationRow(rows, contest.id, contest.scope);
	const of = areasDue({ election, baseline, rows }, contest, contest.collation.at(-1)?.level ?? '').length;
	const fields = contest.fields.flatMap((field) => (field.counted ? [field.id] : []));
	const ways = fields.map((field, place): FieldWays => {
		const below =
			collated === undefined ? {} : { below: { votes: collated.votes[place] ?? 0, areas: collated.areas, of } };
		return { ...claimOf(claimed, field), field, ...below, stations: total[stage][place] ?? 0 };
	});
	return [...ways, ...unknownFields(fields, claimed)].filter(differ);
}

/** The areas of a level of the contest in which anything is due, in the order of the package. */
export function areasDue({ election, baseline, rows }: Standing, contest: Contest, level: string): readonly string[] {
	return [...election.areas.values()].flatMap(({ id, level: own }) => {
		if (own !== level || !chainAbove(election, contest, id).includes(contest.scope)) return [];
		return countAt(totalOf(baseline, rows, contest, id), 'due') === 0 ? [] : [id];
	});
}

/** “alba: 510 is declared, the certificates of 3 areas below add up to 410, the stations give 410 (+100: …)”. */
export function wayWords({ field, claimed, below, stations }: FieldWays, verb: string): string {
	const said = claimed === undefined ? `nothing is ${verb}` : `${grouped(claimed)} is ${verb}`;
	const summed =
		below === undefined
			? ''
			: `, the certificates of ${below.areas === below.of ? plural(below.of, 'area', 'areas') : `${grouped(below.areas)} of ${plural(below.of, 'area', 'areas')}`} below add up to ${grouped(below.votes)}`;
	const off = claimed === undefined || claimed === stations ? '' : ` (${differenceWords(stations, claimed)})`;
	return `${field}: ${said}${summed}, the stations give ${grouped(stations)}${off}`;
}

function claimOf(claimed: Sums, field: string): { readonly claimed?: number } {
	const votes = Object.hasOwn(claimed, field) ? claimed[field] : undefined;
	return votes === undefined ? {} : { claimed: votes };
}

/** Fields that no form of the contest has: nothing adds up to them. */
function unknownFields(fields: readonly string[], claimed: Sums): readonly FieldWays[] {
	return Object.entries(claimed).flatMap(([field, votes]) =>
		fields.includes(field) ? [] : [{ field, claimed: votes, stations: 0 }],
	);
}

/** Certificates below are a way to the same number only where every area has one. */
function differ({ claimed, below, stations }: FieldWays): boolean {
	return claimed !== stations || (below !== undefined && below.areas === below.of && below.votes !== stations);
}
