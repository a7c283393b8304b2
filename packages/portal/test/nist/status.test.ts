/** What a report calls its results (E10–E12): an official declaration, and everything that can happen to it afterwards, one at a time. */

import type { Mode } from '@matokeo/core/election/types.ts';
import { type HistoryFile, playCase, readVectors, type Step } from '@matokeo/core/testing/rules/history.ts';
import { describe, expect, it } from 'vitest';
import { sourceOf, written } from '../support/nistSource.ts';

const HISTORY = readVectors<HistoryFile>('histories/declarations.json');
const DECLARED = HISTORY.cases.find(({ name }) => name.startsWith('S36 on a package of mode official'));

const order = (as: string, what: Readonly<Record<string, string>>): Step => ({
	as,
	by: ['court/supreme'],
	say: {
		type: 'authority/order',
		basis: 'petition',
		citation: '1/2026',
		court: 'supreme-court',
		decided: 1_800_001_000,
		document: `$sha256:judgment ${as}`,
		order: what,
	},
});
const SET_ASIDE = order('aside', { kind: 'set-aside', contest: 'president', station: '001' });
const mark: Step = {
	as: 'mL2',
	by: ['small.example/log'],
	say: { type: 'tally/mark', contest: 'president', area: 'land', seen: '$id:mL' },
};
const witnessed: Step = {
	by: ['small.example/log'],
	say: {
		type: 'log/witnessed',
		checkpoint: { $checkpoint: { size: 'now', witnesses: ['witness/court', 'witness/news', 'witness/sun'] } },
	},
};
const again: Step = {
	as: 'd2',
	by: ['authority/1', 'authority/2'],
	say: {
		type: 'result/declare',
		contest: 'president',
		mark: '$id:mL2',
		counts: '$mark:mL2.counts',
		list: '$mark:mL2.list',
		totals: '$mark:mL2.totals',
		number: 2,
		supersedes: { reason: 'late-return', statement: '$id:d' },
		proceed: { missing: 'deadline', uncertified: 'deadline' },
		outcome: '$mark:mL2.outcome',
		texts: '$mark:mL2.texts',
		seen: '$id:d',
	},
};

interface Read {
	readonly Status: string;
	readonly Notes: string;
	readonly Election: readonly { readonly Candidate: readonly { readonly PostElectionStatus?: string }[] }[];
}

function reported(steps: readonly Step[], mode: Mode = 'official', contests: readonly string[] = ['president']): Read {
	expect(DECLARED).toBeDefined();
	const one = { name: 'declared', mode, steps: [...(DECLARED?.steps ?? []), ...steps] };
	const { world, problems } = playCase(HISTORY, one);
	expect(problems).toEqual([]);
	const source = sourceOf(world);
	const wanted = [...source.election.contests.values()].filter(({ id }) => contests.includes(id));
	const { json } = written(source, { contests: wanted, level: 'summary-contest' });
	return JSON.parse(json) as Read;
}

const ends = ({ Election }: Read) => Election[0]?.Candidate.map(({ PostElectionStatus: end }) => end);

describe('an official declaration', () => {
	it('E10 is certified while its figures are those of the count', () => {
		const report = reported([]);
		expect(report.Status).toBe('certified');
		expect(report.Notes).toContain('the figures of this report are the declared ones');
		expect(ends(report)?.toSorted()).toEqual(['defeated', 'defeated', 'winner']);
	});

	it('E10 is no longer, when an order has set a return aside: the count is another', () => {
		const report = reported([SET_ASIDE]);
		expect(report.Status).toBe('unofficial-partial');
		expect(report.Notes).toContain('the figures of this report are others');
		expect(ends(report)).toEqual([undefined, undefined, undefined]);
	});

	it('E10 is a correction, when it is declared anew on what stands', () => {
		expect(reported([mark, witnessed, again]).Status).toBe('correction');
	});

	it.each([
		['annulled', order('x', { kind: 'annul', contest: 'president' }), 'annulled the contest'],
		['stayed', order('x', { kind: 'stay', contest: 'president' }), 'stays the result'],
	])('E10 is not certified while it is %s', (_how, step, words) => {
		const report = reported([step]);
		expect([report.Status, report.Notes]).toEqual(['unofficial-partial', expect.stringContaining(words)]);
	});

	it('E10 stands when a count anew is ordered, and is a recount once the figures are others', () => {
		const step = order('x', { kind: 'recount', contest: 'president', station: '002' });
		expect(reported([step]).Status).toBe('certified');
		expect(reported([step, SET_ASIDE]).Status).toBe('recount');
		expect(reported([SET_ASIDE]).Status).not.toBe('recount');
		expect(reported([step, SET_ASIDE], 'rehearsal').Status).toBe('unofficial-partial');
	});

	it('E10 is no recount any more when the next declaration has come', () => {
		const step = order('x', { kind: 'recount', contest: 'president', station: '002' });
		expect(reported([step, mark, witnessed, again]).Status).toBe('correction');
		expect(reported([step, mark, witnessed, again, SET_ASIDE]).Status).toBe('unofficial-partial');
	});

	it('E10 has the winner whom an order has put there', () => {
		const report = reported([order('x', { kind: 'replace-winner', candidate: 'benta', contest: 'president' })]);
		expect([report.Status, ends(report)]).toEqual(['certified', ['defeated', 'winner', 'defeated']]);
	});

	it('E12 of a report with another contest, no more than is true of both', () => {
		expect(reported([], 'official', ['president', 'council']).Status).toBe('unofficial-partial');
	});
});

describe('what is no official election', () => {
	it.each([
		['rehearsal', 'This is a rehearsal'],
		['parallel', 'This is a parallel count'],
	] as const)('E11 is never certified: %s', (mode, words) => {
		const report = reported([], mode);
		expect([report.Status, report.Notes]).toEqual(['unofficial-partial', expect.stringContaining(words)]);
		expect(ends(report)).toEqual([undefined, undefined, undefined]);
	});
});
