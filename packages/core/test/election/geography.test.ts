/** Which areas a polling station belongs to, for contests along the geographic and along another hierarchy. */
import { describe, expect, it } from 'vitest';
import { ceilingOf, chainOf, inScope, isWithin, stationsOf } from '../../src/election/geography.ts';
import type { Contest, Election, Station } from '../../src/election/types.ts';
import { smallElection } from '../support/smallElection.ts';

const { election } = smallElection();

function contest(id: string): Contest {
	const found = election.contests.get(id);
	if (found === undefined) throw new Error(id);
	return found;
}

function station(id: string): Station {
	const found = election.stations.get(id);
	if (found === undefined) throw new Error(id);
	return found;
}

/** By walking parents alone, without chains or memory. */
function contains(areaId: string, at: Station, hierarchy: string): boolean {
	for (let id = at.areas[hierarchy] ?? at.areas['geographic'] ?? ''; id !== ''; ) {
		if (id === areaId) return true;
		const parents = election.areas.get(id)?.parents;
		id = parents?.[hierarchy] ?? parents?.['geographic'] ?? '';
	}
	return false;
}

describe('geography', () => {
	it('P47 the scope follows the geographic hierarchy', () => {
		expect(stationsOf(election, contest('president')).map(({ id }) => id)).toHaveLength(8);
		expect(stationsOf(election, contest('council')).map(({ id }) => id)).toEqual(['001', '002', '003', '004', '005']);
	});

	it('P63 the chain of totals follows the contest’s own hierarchy, from the scope down', () => {
		expect(chainOf(election, contest('president'), station('008'))).toEqual(['land', 'south', 'abroad-all']);
		expect(chainOf(election, contest('president'), station('001'))).toEqual(['land', 'north', 'n1']);
		expect(chainOf(election, contest('council'), station('001'))).toEqual(['north', 'n1']);
	});

	it('P62 the embassy lies abroad geographically and in the south for president', () => {
		expect(isWithin(election, 'abroad', station('008'))).toBe(true);
		expect(isWithin(election, 'abroad', station('008'), contest('president'))).toBe(false);
		expect(isWithin(election, 'south', station('008'), contest('president'))).toBe(true);
		expect(isWithin(election, 'south', station('008'))).toBe(false);
	});

	it('chains and walks agree for every area, station and contest', () => {
		const inTheSouth: Contest = { ...contest('president'), scope: 'south', levels: ['region', 'district'] };
		for (const one of [...election.contests.values(), inTheSouth]) {
			for (const at of election.stations.values()) {
				expect(inScope(election, one, at)).toBe(contains(one.scope, at, 'geographic'));
				for (const area of election.areas.keys()) {
					expect(isWithin(election, area, at, one)).toBe(contains(area, at, one.hierarchy));
					const totalled = one.levels.includes(election.areas.get(area)?.level ?? '') && inScope(election, one, at);
					const below = contains(area, at, one.hierarchy) && contains(one.scope, at, one.hierarchy);
					if (totalled)
						expect(chainOf(election, one, at).includes(area)).toBe(below && (area !== 'land' || one.scope === 'land'));
				}
			}
		}
	});

	it('a station that an amendment adds or moves is answered like any other, one without an area votes nowhere', () => {
		const moved: Station = { ...station('001'), areas: { geographic: 's1' } };
		expect(chainOf(election, contest('president'), moved)).toEqual(['land', 'south', 's1']);
		expect(inScope(election, contest('council'), moved)).toBe(false);
		const nowhere: Station = { ...moved, areas: {} };
		expect([
			inScope(election, contest('president'), nowhere),
			chainOf(election, contest('president'), nowhere),
		]).toEqual([false, []]);
	});

	it('tables of areas do not share their memory', () => {
		expect(chainOf(election, contest('council'), station('004'))).toEqual(['north', 'n2']);
		const areas = new Map(election.areas);
		areas.set('n2', { id: 'n2', level: 'district', name: 'moved', parents: { geographic: 'south' } });
		const other: Election = { ...election, areas };
		expect(inScope(other, contest('council'), station('004'))).toBe(false);
	});

	it('P46 the ceiling is the sum of its columns, and unknown if one of them is', () => {
		expect(ceilingOf(contest('president'), station('008'))).toBe(120);
		expect(ceilingOf(contest('council'), station('005'))).toBe(350);
		expect(ceilingOf(contest('president'), station('008'), { registered: 100 })).toBe(130);
		expect(ceilingOf(contest('president'), { ...station('008'), supplementary: undefined })).toBeUndefined();
		const open: Contest = { ...contest('council'), form: { ...contest('council').form, ceiling: [] } };
		expect(ceilingOf(open, station('001'))).toBeUndefined();
	});
});
