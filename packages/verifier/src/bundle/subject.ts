/**
 * What the statements of a bundle come to (B33): the returns as they stand after them, and for an area its sums beside what was certified there. Made by the same functions as the totals of the whole log. It can say what follows from these
 * statements; that there are no others only a replay of the whole log shows.
 */
import type { Contest } from '@matokeo/core/election/types.ts';
import type { CollationCertify, ResultDeclare } from '@matokeo/core/record/acts.ts';
import { contestRow } from '@matokeo/core/rules/chains.ts';
import { sumsOf } from '@matokeo/core/rules/figures.ts';
import { stageAt } from '@matokeo/core/rules/marks.ts';
import { countedCapture } from '@matokeo/core/rules/returns.ts';
import type { RowReader } from '@matokeo/core/rules/rows.ts';
import { isMerged, placeOf, returnOf, stationOf, unitOf } from '@matokeo/core/rules/stations.ts';
import { type ReturnView, returnViewOf } from '@matokeo/core/standings/returnView.ts';
import { printCanonical } from '@matokeo/core/std/canonical.ts';
import type { BundleFindings } from './findings.ts';
import type { Subject } from './manifest.ts';
import type { Part, PartEntry } from './part.ts';

export interface ShownStatement {
	readonly index: number;
	readonly id: string;
	readonly type: string;
	readonly by: readonly string[];
	/** UTC seconds by the log's clock. */
	readonly time: number;
	readonly station?: string;
	readonly contest?: string;
}

export interface ShownReturn {
	readonly station: string;
	/** As the package names it. */
	readonly name: string;
	readonly contest: string;
	readonly poll: number;
	readonly view: ReturnView;
	/** Counted field → ballots, at the verified stage; absent: it is not verified. */
	readonly votes?: Readonly<Record<string, number>>;
	/** The capture that counts, and the reading that is accepted, by agreement or by a ruling. */
	readonly capture?: string;
	readonly reading?: string;
	readonly accepted?: 'agreement' | 'ruling';
}

/** A certificate or declaration, beside what the statements of the bundle add up to. */
export interface ShownSums {
	readonly statement: string;
	readonly index: number;
	readonly kind: 'certificate' | 'declaration';
	readonly contest: string;
	readonly area: string;
	readonly number: number;
	readonly inForce: boolean;
	/** Of a declaration: orders in force on the contest as a whole, as far as the bundle shows. */
	readonly annulled?: string;
	readonly replaced?: { readonly order: string; readonly candidate: string };
	readonly totals: Readonly<Record<string, number>>;
	/** `same`, `differs`, or that a bundle of this kind cannot add them up. */
	readonly recomputed: 'same' | 'differs' | 'no';
	/** Returns that it counts. */
	readonly counted: number;
}

/** Returns on which anything is said among these statements, by station and contest. */
export function shownReturns(
	{ context, rows, entries }: Part,
	subject: Subject,
	concerned: ReadonlySet<number>,
): readonly ShownReturn[] {
	const places = new Map<string, { readonly station: string; readonly contest: string }>();
	const add = (station: string | undefined, contest: string): void => {
		if (station !== undefined) places.set(`${station}|${contest}`, { station, contest });
	};
	for (const { index, said } of entries) {
		if (!concerned.has(index)) continue;
		const { statement } = said;
		if (statement.type === 'form/capture' || statement.type === 'form/ruling' || statement.type === 'station/status')
			add(statement.station, statement.contest);
		if (statement.type === 'objection/lodge') add(rows.get('objection', said.id)?.station, statement.contest);
		if (statement.type === 'authority/order' && 'station' in statement.order)
			add(statement.order.station, statement.order.contest);
	}
	if (subject.kind === 'station' && subject.contest !== undefined) add(subject.station, subject.contest);
	return [...places.values()].flatMap(({ station: id, contest: contestId }): readonly ShownReturn[] => {
		const at = placeOf(context, contestId, stationOf(context, rows, id));
		if (at === undefined) return [];
		const { contest, station } = at;
		const unit = unitOf(rows, contest.id, id);
		const row = returnOf(rows, contest.id, id, unit.poll);
		const view = returnViewOf(contest, unit, row, isMerged(rows, id));
		const capture = countedCapture(row);
		const accepted = capture?.accepted;
		return [
			{
				station: id,
				name: station.name,
				contest: contest.id,
				poll: unit.poll,
				view,
				...(view.verified === undefined ? {} : { votes: sumsOf(contest, view.verified) }),
				...(capture === undefined ? {} : { capture: capture.id }),
				...(accepted === undefined ? {} : { reading: accepted.reading, accepted: accepted.by }),
			},
		];
	});
}

/** Certificates and declarations among the statements. One whose mark was made again here must say what the mark says. */
export function shownSums(part: Part, concerned: ReadonlySet<number>, findings: BundleFindings): readonly ShownSums[] {
	return part.entries.flatMap((entry) => {
		if (!concerned.has(entry.index)) return [];
		const { statement } = entry.said;
		if (statement.type !== 'collation/certify' && statement.type !== 'result/declare') return [];
		const contest = part.context.election.contests.get(statement.contest);
		return contest === undefined ? [] : [sumsIn(part, contest, entry, statement, findings)];
	});
}

function sumsIn(
	{ context, rows }: Part,
	contest: Contest,
	{ index, leaf }: PartEntry,
	statement: CollationCertify | ResultDeclare,
	findings: BundleFindings,
): ShownSums {
	const area = statement.type === 'collation/certify' ? statement.area : contest.scope;
	const { contest: id, number, totals, counts, list } = statement;
	const mark = rows.get('mark', statement.mark);
	const fits = mark?.area === area && mark.contest === id && stageAt(context.election, contest, area) !== undefined;
	const own =
		mark === undefined || !fits
			? undefined
			: { counts: mark.counts, list: mark.list, totals: sumsOf(contest, mark.totals) };
	if (own !== undefined) findings.looked('subject');
	const same = own !== undefined && printCanonical(own) === printCanonical({ counts, list, totals });
	if (own !== undefined && !same)
		findings.found({
			check: 'subject',
			index,
			rule: 'B33',
			expected: `${inWords(own.totals)}, ${own.counts.counted} returns counted and the list ${own.list}, as the statements in this bundle give them at the mark`,
			came: `${inWords(totals)}, ${counts.counted} returns counted and the list ${list}`,
			means:
				'What was certified does not follow from the statements in this bundle: statements on this area were left out of it, or the certificate is not what the log gave. The whole log tells which: verify it.',
		});
	const act = rows.get('act', leaf.id);
	return {
		statement: leaf.id,
		index,
		kind: statement.type === 'collation/certify' ? 'certificate' : 'declaration',
		contest: id,
		area,
		number,
		inForce: act?.until === undefined,
		...(statement.type === 'result/declare' ? ordersOn(rows, id) : {}),
		totals,
		recomputed: own === undefined ? 'no' : same ? 'same' : 'differs',
		counted: counts.counted,
	};
}

function ordersOn(rows: RowReader, contest: string): Pick<ShownSums, 'annulled' | 'replaced'> {
	const { annulled, replaced } = contestRow(rows, contest);
	return { ...(annulled === undefined ? {} : { annulled }), ...(replaced === undefined ? {} : { replaced }) };
}

function inWords(totals: Readonly<Record<string, number>>): string {
	return Object.entries(totals)
		.map(([field, votes]) => `${field} ${votes}`)
		.join(', ');
}
