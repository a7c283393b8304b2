/**
 * Acceptance tests 1, 2 and 5 on the demo: 34,555 tables. Whoever runs the server changes a total, an image or a figure in a signed statement after the fact; citizens verify what is published, with the anchor that was
 * printed before polling and nothing else.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeBundle } from '@matokeo/core/log/bundle.ts';
import { describe, expect, it } from 'vitest';
import { matokeo } from '../../../lib/matokeo.ts';
import { publicCopy, put, retype } from './folders.ts';

interface Problem {
	readonly check: string;
	readonly station?: string;
	readonly statement?: string;
	readonly index?: number;
	readonly file?: string;
	readonly rule?: string;
	readonly expected: string;
	readonly came: string;
}

interface Check {
	readonly check: string;
	readonly found: string;
	readonly where: readonly string[];
}

export interface Report {
	readonly verdict: string;
	readonly checks: readonly { readonly name: string; readonly problems: readonly Problem[] }[];
	readonly notices: {
		readonly list: readonly { readonly kind: string; readonly incident?: { readonly checks: readonly Check[] } }[];
	};
	readonly contests: Readonly<Record<string, { readonly outcome: { readonly conditions: readonly Condition[] } }>>;
}

interface Condition {
	readonly id: string;
	readonly distance_switched?: number;
	readonly stakes: readonly { readonly kind: string; readonly ballots: number; readonly enough: boolean }[];
	readonly sentence: string;
}

const RESULTS = 'results/president.json';
export interface Demo {
	readonly dir: string;
	readonly anchor: string;
}

async function verified(folder: string, anchor: string): Promise<{ readonly code: number; readonly report: Report }> {
	const { code, stdout } = await matokeo('verify', folder, '--anchor', anchor, '--json');
	return { code, report: JSON.parse(stdout) };
}

interface Form {
	readonly bundle: string;
	readonly station: string;
	readonly index: number;
	/** Digest of its image. */
	readonly image: string;
	readonly votes: string;
	/** The whole statement. */
	readonly text: string;
}

/** The first form from this bundle on in which somebody has votes of two digits or more. */
function formIn(folder: string, from: number): Form {
	for (let number = from; number < from + 100; number++) {
		const bundle = `tile/entries/${number}`;
		const entries = decodeBundle(readFileSync(join(folder, bundle)), 256);
		if (!entries.ok) throw new Error(entries.error);
		for (const [place, entry] of entries.value.entries()) {
			const text = Buffer.from(entry).toString();
			const station = /"station":"([0-9]+)"/.exec(text)?.[1];
			const image = /"sha256":"([0-9a-f]{64})"/.exec(text)?.[1];
			const votes = /"mas":[1-9][0-9]+/.exec(text)?.[0];
			if (text.startsWith('matokeo/v1 form/capture') && station && image && votes)
				return { bundle, station, index: number * 256 + place, image, votes, text };
		}
	}
	throw new Error('no form in a hundred bundles');
}

const problemsOf = ({ checks }: Report): readonly Problem[] => checks.flatMap(({ problems }) => problems);

/** What the checks that the incident's notice names came to. */
const incidentIn = ({ notices }: Report): readonly (readonly [string, string])[] =>
	notices.list
		.find(({ kind }) => kind === 'incident')
		?.incident?.checks.map(({ check, found }) => [check, found] as const) ?? [];

/** `report`: of the demo as it was left, with the anchor. */
export function publicRecordOnTheDemo(demo: () => Demo, report: () => Report): void {
	describe('the demo, published by an operator who changes it', () => {
		it('1 "the database was hacked": a total and an image are not what the signed statements give, and are named', async () => {
			const { dir, anchor } = demo();
			const folder = publicCopy(dir);
			const form = formIn(folder, 300);
			const image = `blob/${form.image.slice(0, 2)}/${form.image}`;
			put(folder, image, 'another picture');
			retype(folder, RESULTS, '"mas":2889359', '"mas":2898359');
			const { code, report: changed } = await verified(folder, anchor);
			expect([report().verdict, code, changed.verdict]).toEqual(['verified', 1, 'failed']);
			const problems = problemsOf(changed).filter(({ check }) => check !== 'cosignatures');
			expect(problems.map(({ check, file, station }) => [check, file, station])).toEqual([
				['blobs', image, form.station],
				['results', RESULTS, undefined],
			]);
			expect([problems[1]?.expected, problems[1]?.came]).toEqual([
				expect.stringContaining('2889359'),
				expect.stringContaining('2898359'),
			]);
			expect(incidentIn(changed)).toContainEqual(['results', 'wrong']);
		}, 200_000);

		it('1 one figure in one signed form: the statement is named by its place and its station, and no root fits', async () => {
			const { dir, anchor } = demo();
			const folder = publicCopy(dir);
			const { bundle, text, votes, index, station } = formIn(folder, 100);
			const more = votes.replace(/[0-9]$/, (last) => (last === '9' ? '8' : '9'));
			retype(folder, bundle, text, text.replace(votes, more));
			const { code, report: changed } = await verified(folder, anchor);
			expect([code, changed.verdict]).toEqual([1, 'failed']);
			expect(problemsOf(changed)).toContainEqual(
				expect.objectContaining({ check: 'tiles', file: bundle, index, station }),
			);
			expect(problemsOf(changed)).toContainEqual(expect.objectContaining({ check: 'signatures', index, station }));
			expect(incidentIn(changed)).toContainEqual(['replay', 'wrong']);
			// What witnesses saw, and images of other stations, are as good as before.
			expect(problemsOf(changed).filter(({ rule }) => rule === 'S25')).toEqual([]);
			expect(problemsOf(changed).filter(({ check }) => check === 'cosignatures')).toEqual([]);
		}, 200_000);

		it('2 "the attempt failed": the checks that the notice names come out in the record as it was left', () => {
			expect(incidentIn(report())).toEqual(
				['replay', 'consistency', 'results'].map((check) => [check, 'nothing wrong']),
			);
		});

		it('5 "minor variances do not matter": how many ballots it would take, and how many are at stake, is computed', () => {
			const lead = report().contests['president']?.outcome.conditions.find(({ id }) => id === 'forty-and-ten');
			expect(lead?.distance_switched).toBe(17_336);
			expect(lead?.stakes.map(({ kind, ballots, enough }) => [kind, ballots, enough])).toEqual(
				['missing', 'quarantined', 'discrepant', 'disputed'].map((kind) => [kind, 0, false]),
			);
			expect(lead?.sentence).toMatch(/leads cc by 10\.5649 points .*17,336 ballots switched/);
		});
	});
}
