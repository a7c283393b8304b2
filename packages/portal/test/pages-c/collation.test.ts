/** The collation as a view and a page: rows that add up to its totals, certificates in their order, and long sheets in parts. */
import type { MarkCounts } from '@matokeo/core/record/acts.ts';
import { describe, expect, it } from 'vitest';
import { collationPage } from '../../src/pages/collation.ts';
import { pageContext } from '../../src/pages/context.ts';
import { collationView } from '../../src/views/collation.ts';
import type { CollationView } from '../../src/views/collationTypes.ts';
import { declarationView } from '../../src/views/declaration.ts';
import { PUBLICATION } from '../support/fixtures.ts';
import { lawfulRecord } from '../support/lawfulSite.ts';
import { problemsOf } from '../support/markup.ts';

const VIEWS = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((seed) => {
	const record = lawfulRecord(seed, 200);
	return [...record.election.contests.values()].flatMap((contest) =>
		[...record.election.areas.keys()].flatMap((area) => {
			const view = collationView(record, contest, area);
			return view === undefined ? [] : [{ seed, record, contest, view }];
		}),
	);
});
const MARKED = VIEWS.flatMap((one) => {
	const { mark } = one.view;
	return mark === undefined ? [] : [{ ...one, mark }];
});

const CLASSES = ['missing', 'unverified', 'quarantined', 'disregarded', 'set_aside', 'postponed'] as const;

function added(lists: readonly (readonly number[])[], fields: number): readonly number[] {
	return Array.from({ length: fields }, (_, place) => lists.reduce((sum, votes) => sum + (votes[place] ?? 0), 0));
}

describe('W12 the collation', () => {
	it('was drawn with marks, certificates, later ones and differences', () => {
		expect(MARKED.length).toBeGreaterThan(10);
		expect(VIEWS.some(({ view }) => view.superseded.length > 0)).toBe(true);
		expect(VIEWS.some(({ view }) => view.later !== undefined)).toBe(true);
		expect(VIEWS.some(({ view }) => view.stations.some(({ now }) => now !== undefined))).toBe(true);
		expect(VIEWS.some(({ view }) => view.areas.some(({ now }) => now !== undefined))).toBe(true);
	});

	it('W12 at the lowest step has a row for every station, which add up to its counts and totals', () => {
		for (const { view, mark } of MARKED) {
			if (view.areas.length > 0) continue;
			const of = (state: string) => view.stations.filter((one) => one.state === state && one.moved !== 'here');
			expect(of('counted').length).toBe(mark.counts.counted);
			for (const name of CLASSES) expect([name, of(name).length]).toEqual([name, mark.counts[name]]);
			const votes = of('counted').map((one) => one.votes ?? []);
			expect(added(votes, view.fields.length)).toEqual(mark.totals);
		}
	});

	it('W12 says of a row what stands now exactly where that is something else', () => {
		for (const { view, record, contest } of MARKED) {
			if (view.areas.length > 0) continue;
			const here = view.stations.filter(({ moved }) => moved !== 'away');
			const stands = here.map(({ state, votes, now }) => ({
				state: now?.state ?? state,
				votes: now === undefined ? votes : now.votes,
			}));
			const counted = stands.filter(({ state }) => state === 'counted').map(({ votes }) => votes ?? []);
			const total = record.rows.get('total', `${contest.id}|${view.area.id}`);
			expect(added(counted, view.fields.length)).toEqual(total?.[view.stage]);
			expect(view.now.totals).toEqual(total?.[view.stage]);
			const names: readonly (keyof MarkCounts)[] = [...CLASSES, 'counted'];
			for (const name of names)
				expect([name, stands.filter(({ state }) => state === name).length]).toEqual([name, view.now.counts[name]]);
		}
	});

	it('has its certificates newest first, one in force, each after the one that it superseded', () => {
		for (const { view } of VIEWS) {
			const numbers = view.certificates.map(({ number = 0 }) => number);
			expect(numbers).toEqual(numbers.toSorted((a, b) => b - a));
			expect(view.certificates.filter(({ until }) => until === undefined).length).toBe(numbers.length === 0 ? 0 : 1);
			for (const { before, after } of view.superseded) expect(after.number).toBe((before.number ?? 0) + 1);
		}
	});

	it('W12 calls nothing frozen where there is no mark: one column, of what stands now', () => {
		const [one] = MARKED.filter(({ view }) => view.certificates.length === 0);
		if (one === undefined) throw new Error('some area is marked and not certified');
		const { mark: _mark, ...unmarked } = one.view;
		const shown = (view: CollationView): string => {
			const at = { page: 'collation', contest: view.contest.id, area: view.area.id } as const;
			return collationPage(pageContext(PUBLICATION, 'en', at), view, 1, 1);
		};
		expect(shown(one.view)).toContain('At the mark');
		expect(shown(unmarked)).not.toContain('At the mark');
		expect(problemsOf(shown(unmarked))).toEqual([]);
	});

	it('W12 shows a long sheet in parts of a thousand rows, each once, every part leading to the others', () => {
		const found = MARKED.find(({ view }) => view.areas.length === 0 && view.stations.length > 1);
		if (found === undefined) throw new Error('some area of the lowest step is marked');
		const { view } = found;
		const stations = Array.from({ length: 2_300 }, (_, place) => ({
			...(view.stations[place % view.stations.length] ?? { poll: 1, state: 'missing' as const, flags: [] }),
			id: `s${place}`,
			name: `Station ${place}`,
		}));
		const long: CollationView = { ...view, stations };
		const at = { page: 'collation', contest: view.contest.id, area: view.area.id } as const;
		const texts = [1, 2, 3].map((part) =>
			collationPage(pageContext(PUBLICATION, 'en', part === 1 ? at : { ...at, part }), long, part, 3),
		);
		for (const text of texts) {
			expect(problemsOf(text)).toEqual([]);
			expect([...text.matchAll(/aria-label="Parts of this list"/g)].length).toBe(1);
		}
		const shown = texts.map((text) =>
			[...text.matchAll(/<bdi>s([0-9]+)<\/bdi><\/a>/g)].map(([, place]) => Number(place)),
		);
		expect(shown.map((places) => places.length)).toEqual([1_000, 1_000, 300]);
		expect(new Set(shown.flat()).size).toBe(2_300);
	});
});

describe('W13 the declaration', () => {
	it('names each class that stood open, as many items as there were, and the rule that permitted to go on', () => {
		let open = 0;
		for (const { record, contest } of VIEWS) {
			const { declared } = declarationView(record, contest);
			for (const one of declared?.open ?? []) {
				open++;
				const items = one.stations.length + one.areas.length + one.objections.length + one.witnesses.length;
				expect([one.open, items]).toEqual([one.open, one.count]);
				expect(one.code?.citation).toBe('assumption');
			}
		}
		expect(open).toBeGreaterThan(0);
	});

	it('says that the rule gives another outcome exactly where it does', () => {
		const since = VIEWS.flatMap(({ record, contest }) => declarationView(record, contest).since ?? []);
		expect(since.some(({ same_outcome: same }) => same)).toBe(true);
		for (const { gained, lost, now } of since) expect(Math.min(gained, lost, ...now.totals)).toBeGreaterThanOrEqual(0);
	});
});
