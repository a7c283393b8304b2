/** The check of a report: every planted contradiction of `vectors/nist/meaning.json` is found, by its rule and no other; what is foreign JSON is never an exception. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkNist } from '../../src/nist/check/checkNist.ts';

interface Edit {
	readonly at: string;
	readonly value: unknown;
}
interface Vectors {
	readonly report: unknown;
	readonly cases: readonly {
		readonly says: string;
		readonly edits: readonly Edit[];
		readonly rules: readonly string[];
	}[];
}

const VECTORS = new URL('../../../../vectors/nist/meaning.json', import.meta.url);
const { report, cases } = JSON.parse(readFileSync(VECTORS, 'utf8')) as Vectors;

function edited(edits: readonly Edit[]): unknown {
	const copy = structuredClone(report);
	for (const { at, value } of edits) {
		const steps = at.split('/').slice(1);
		const last = steps.pop() ?? '';
		let place = copy as Record<string, unknown>;
		for (const step of steps) place = place[step] as Record<string, unknown>;
		expect(place, at).toBeTypeOf('object');
		place[last] = value;
	}
	return copy;
}

describe('what contradicts itself', () => {
	it.each(cases)('X $says', ({ edits, rules }) => {
		const { findings, count } = checkNist(edited(edits));
		expect(findings.map(({ rule }) => rule).sort(byNumber)).toEqual(rules);
		expect(count).toBe(rules.length);
	});

	it('names the place', () => {
		const edits = [{ at: '/Election/0/Contest/0/ContestSelection/1/VoteCounts/2/Count', value: -1 }];
		expect(checkNist(edited(edits)).findings[0]?.at).toBe('Election[0].Contest[0].ContestSelection[1].VoteCounts[2]');
	});

	it('lists the first of a kind and counts all', () => {
		const many = Array.from({ length: 400 }, () => ({ '@type': 'ElectionResults.Party', PartyId: 'nobody' }));
		const { findings, count } = checkNist(edited([{ at: '/Party', value: many }]));
		expect([findings.length, count]).toEqual([50, 400]);
	});
});

function byNumber(a: string, b: string): number {
	return Number(a.slice(1)) - Number(b.slice(1));
}

describe('foreign JSON', () => {
	const values: readonly unknown[] = [null, 7, 'text', [], {}, [[[]]], { '@type': 7 }, { '@type': 'ElectionReport' }];
	it.each(values)('X1 %j is no report', (value) => {
		expect(checkNist(value).findings.map(({ rule }) => rule)).toEqual(['X1']);
	});

	it('members of other kinds than the format has are not there', () => {
		const odd = {
			GpUnit: 'none',
			Election: [7, null, { Contest: {}, Candidate: [[]] }],
			SequenceStart: 'one',
			Status: {},
		};
		const { findings } = checkNist({ '@type': 'ElectionResults.ElectionReport', ...odd });
		expect(findings).toEqual([]);
	});

	it('units in units in units are walked without recursion', () => {
		const chain = Array.from({ length: 30_000 }, (_, place) => ({
			'@id': `u${place}`,
			'@type': 'ElectionResults.ReportingUnit',
			ComposingGpUnitIds: [`u${(place + 1) % 30_000}`],
		}));
		const { findings } = checkNist({ '@type': 'ElectionResults.ElectionReport', GpUnit: chain });
		expect(findings[0]?.rule).toBe('X7');
	});
});
