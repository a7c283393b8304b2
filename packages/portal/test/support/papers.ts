/** Sheets of the small lawful election and of any size, for tests of papers. Every figure is computed from its place, so that a wrong one is seen. */
import type { DeclarationFacts } from '@matokeo/core/collation/declarationText.ts';
import { type Sheet, type SheetStation, sheet } from '@matokeo/core/collation/sheet.ts';
import type { Contest, Election, Mode } from '@matokeo/core/election/types.ts';
import type { MarkCounts } from '@matokeo/core/record/acts.ts';
import { lawfulElection } from '@matokeo/core/testing/lawfulElection.ts';
import type { Signed } from '../../src/papers/signed.ts';

export const LIST = 'ab'.repeat(32);
export const CERTIFICATE = 'c1'.repeat(32);

export function electionIn(mode: Mode): Election {
	return lawfulElection(mode).election;
}

export function contestOf(election: Election, id: string): Contest {
	const contest = election.contests.get(id);
	if (contest === undefined) throw new Error(`no contest ${id}`);
	return contest;
}

const NONE: MarkCounts = {
	cancelled: 0,
	counted: 0,
	disregarded: 0,
	due: 0,
	merged: 0,
	missing: 0,
	objections: 0,
	postponed: 0,
	quarantined: 0,
	set_aside: 0,
	uncertified: 0,
	unverified: 0,
};

/** At the lowest step: one station of each kind, and an objection. */
export function districtSheet(): Sheet {
	const stations: readonly SheetStation[] = [
		{ station: '001', poll: 1, state: 'counted', votes: [311, 207, 98, 11], flags: ['flagged', 'disputed'] },
		{ station: '002', poll: 2, state: 'counted', votes: [1402, 188, 77, 9] },
		{ station: '003', poll: 1, state: 'quarantined', reason: 'overwritten' },
		{ station: '004', poll: 1, state: 'missing' },
		{ station: '005', poll: 1, state: 'set_aside', reason: 'd4'.repeat(32) },
		{ station: '006', poll: 1, state: 'postponed', reason: 'flood' },
		{ station: '007', poll: 1, state: 'disregarded', reason: 'no-such-code' },
		{ station: '009', poll: 1, state: 'unverified', flags: ['original_late'] },
	];
	return sheet({
		contest: 'president',
		area: 'north',
		level: 'region',
		stage: 'verified',
		size: 1312,
		time: 1_792_000_000,
		fields: ['alba', 'benta', 'chidi', 'rejected'],
		counts: {
			...NONE,
			counted: 2,
			disregarded: 1,
			due: 8,
			missing: 1,
			objections: 1,
			postponed: 1,
			quarantined: 1,
			set_aside: 1,
			unverified: 1,
		},
		totals: [1713, 395, 175, 20],
		areas: [],
		stations,
		objections: [{ id: 'e5'.repeat(32), ground: 'wrong-figures', station: '001' }],
	});
}

/** At a higher step: areas with certificates, one without, one that has changed since. */
export function nationSheet(): Sheet {
	return sheet({
		contest: 'president',
		area: 'land',
		level: 'nation',
		stage: 'verified',
		size: 2001,
		time: 1_792_100_000,
		fields: ['alba', 'benta', 'chidi', 'rejected'],
		counts: { ...NONE, counted: 7, due: 8, missing: 1, uncertified: 1 },
		totals: [4001, 3002, 1003, 104],
		areas: [
			{ area: 'north', certificate: CERTIFICATE, number: 2, counted: 4, votes: [2001, 1502, 503, 54] },
			{
				area: 'south',
				certificate: 'c2'.repeat(32),
				number: 1,
				counted: 2,
				votes: [1201, 902, 301, 31],
				now: { counted: 2, votes: [1199, 904, 301, 31] },
			},
			{ area: 'abroad', counted: 1, votes: [801, 596, 199, 19] },
		],
		stations: [{ station: '008', poll: 1, state: 'missing', reason: 'late-opening' }],
		objections: [],
	});
}

export function certificateOf(more: Partial<Signed> = {}): Signed {
	return {
		id: CERTIFICATE,
		number: 2,
		by: ['ro/north', 'authority/2'],
		index: 1320,
		time: 1_792_003_600,
		ordered: [],
		proceed: { missing: 'deadline', unwitnessed: 'no-effect' },
		unwitnessed: ['witness/sun'],
		supersedes: {
			id: 'b1'.repeat(32),
			number: 1,
			by: ['ro/north'],
			reason: 'late-return',
			counted: 1,
			totals: [311, 207, 98, 25],
		},
		...more,
	};
}

/** A sheet with so many stations and fields, all counted but every hundredth. */
export function longSheet(stations: number, fields: number): Sheet {
	const votes = (station: number) => Array.from({ length: fields }, (_, field) => (station * 31 + field * 7) % 997);
	const rows = Array.from({ length: stations }, (_, at): SheetStation => {
		const station = String(at + 1).padStart(6, '0');
		return at % 100 === 99
			? { station, poll: 1, state: 'missing' }
			: { station, poll: 1, state: 'counted', votes: votes(at) };
	});
	const counted = rows.filter(({ state }) => state === 'counted').length;
	return sheet({
		contest: 'president',
		area: 'land',
		level: 'nation',
		stage: 'verified',
		size: 500_000,
		time: 1_792_000_000,
		fields: Array.from({ length: fields }, (_, field) => `field-${field + 1}`),
		counts: { ...NONE, counted, due: stations, missing: stations - counted },
		totals: Array.from({ length: fields }, (_, field) =>
			rows.reduce((sum, { votes: own }) => sum + (own?.[field] ?? 0), 0),
		),
		areas: [],
		stations: rows,
		objections: [],
	});
}

export const FACTS: DeclarationFacts = {
	mark: {
		area: 'land',
		counts: { ...NONE, counted: 7, due: 8, missing: 1 },
		totals: [4001, 3002, 1003, 104],
		index: 2001,
		time: 1_792_100_000,
	},
	list: LIST,
	outcome: { kind: 'runoff', candidates: ['alba', 'benta'] },
	decided: true,
	registered: 3750,
};
