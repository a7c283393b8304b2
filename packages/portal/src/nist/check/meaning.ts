/** What parts of a report say of one another (X10–X12, X14, X15): dates in order, words that are promised, candidates that somebody can choose, a status that its own figures do not contradict, counts from where the contest is held. */
import type { Findings } from './findings.ts';
import { type Item, items, number, text, textsOf } from './objects.ts';
import { type Inside, unitsBelow } from './units.ts';

export function checkDates(report: Item, { found }: Findings): void {
	const [start, end] = [number(report, 'SequenceStart'), number(report, 'SequenceEnd')];
	if (start !== undefined && end !== undefined && (start < 1 || start > end))
		found('X10', report.place, `It is report ${start} of ${end}: expected 1 or more, and not more than there are.`);
	const made = (text(report, 'GeneratedDate') ?? '').slice(0, '2027-08-10'.length);
	for (const election of items(report, 'Election')) {
		const [from, to] = [text(election, 'StartDate') ?? '', text(election, 'EndDate') ?? ''];
		if (from > to) found('X10', election.place, `It ends on ${to}, before it starts on ${from}.`);
		const status = text(report, 'Status');
		// A day of tolerance: where the polling is, the day may have begun before it did in the zone of the report.
		if (status !== 'pre-election' && made !== '' && dayAfter(made) < from)
			found('X10', election.place, `It starts on ${from}, and results of it were reported on ${made}.`);
	}
}

/** What has this spelling is read as UTC. */
const DAY = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;
const DAY_MS = 86_400_000;

function dayAfter(day: string): string {
	const time = DAY.test(day) ? Date.parse(day) : Number.NaN;
	return Number.isNaN(time) ? day : new Date(time + DAY_MS).toISOString().slice(0, day.length);
}

export function checkWords(item: Item, { found }: Findings): void {
	for (const [name, other] of [
		['Type', 'OtherType'],
		['VoteVariation', 'OtherVoteVariation'],
	] as const) {
		const [word, more] = [text(item, name), text(item, other)];
		if (word === 'other' && (more ?? '') === '')
			found('X11', item.place, `${name} is "other", and ${other} does not say which.`);
		if (word !== undefined && word !== 'other' && more !== undefined)
			found('X11', item.place, `${name} is "${word}", and ${other} says "${more}" beside it.`);
	}
}

export function checkCandidates(election: Item, { found }: Findings): void {
	const chosen = new Set<string>();
	for (const contest of items(election, 'Contest')) {
		const inContest = new Set<string>();
		for (const id of textsOf(contest, 'CandidateId')) chosen.add(id);
		for (const selection of items(contest, 'ContestSelection')) {
			const ids = textsOf(selection, 'CandidateIds');
			for (const id of ids) {
				if (inContest.has(id))
					found('X12', selection.place, `The candidate "${id}" stands in two selections of the contest.`);
				inContest.add(id);
				chosen.add(id);
			}
			if (ids.length === 0 && selection.class === 'CandidateSelection' && selection.members.get('IsWriteIn') !== true)
				found('X12', selection.place, 'The selection has no candidate, and is not for names written in.');
		}
	}
	for (const candidate of items(election, 'Candidate')) {
		const id = text(candidate, '@id');
		if (id !== undefined && !chosen.has(id))
			found('X12', candidate.place, `Nobody can choose the candidate "${id}": no contest of the election has it.`);
	}
}

export function checkStatus(report: Item, counts: number, { found }: Findings): void {
	const status = text(report, 'Status') ?? '';
	if (status === 'pre-election' && counts > 0)
		found('X14', report.place, `Its status is pre-election, and it has ${counts} counts.`);
	const complete = status === 'certified' || status === 'unofficial-complete';
	for (const election of items(report, 'Election')) {
		for (const of of [election, ...items(election, 'Contest')]) {
			const [reported, total] = [number(of, 'SubUnitsReported'), number(of, 'TotalSubUnits')];
			if (reported === undefined || total === undefined || reported >= total) continue;
			const done = items(of, 'CountStatus').some(
				(one) => text(one, 'Type') === 'total' && text(one, 'Status') === 'completed',
			);
			if (status === 'unofficial-complete')
				found('X14', of.place, `The report is ${status}, and ${reported} of ${total} units have reported.`);
			if (done) found('X14', of.place, `It is completed, and ${reported} of ${total} units have reported.`);
		}
	}
	if (complete && counts === 0 && items(report, 'Election').length > 0)
		found('X14', report.place, `Its status is ${status}, and there is not one count in it.`);
}

/** Only where the district says what lies in it. */
export function checkDistrict(contest: Item, within: Inside, { found }: Findings): void {
	const district = text(contest, 'ElectionDistrictId') ?? '';
	if ((within.get(district) ?? []).length === 0) return;
	const there = new Set([district, ...unitsBelow(district, within)]);
	const counts = [
		...items(contest, 'OtherCounts'),
		...items(contest, 'ContestSelection').flatMap((selection) => items(selection, 'VoteCounts')),
	];
	for (const count of counts) {
		const unit = text(count, 'GpUnitId');
		if (unit !== undefined && !there.has(unit))
			found('X15', count.place, `"${unit}" does not lie in "${district}", where the contest is held.`);
	}
}
