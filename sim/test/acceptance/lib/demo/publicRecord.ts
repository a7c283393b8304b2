/**
 * Acceptance tests 1, 2 and 5 on the demo: 34,555 tables. Whoever runs the server has changed a total, an image and a figure in a signed statement after the fact; citizens verify what is published, with the anchor that was
 * printed before polling and nothing else.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeBundle } from '@matokeo/core/log/bundle.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { matokeo } from '../../../lib/matokeo.ts';
import { publicCopy, put, retype } from './folders.ts';

interface Problem {
	readonly check: string;
	readonly station?: string;
	readonly statement?: string;
	readonly index?: number;
	readonly file?: string;
	readonly expected: string;
	readonly came: string;
}

interface Check {
	readonly check: string;
	readonly found: string;
	readonly where: readonly string[];
}

interface Report {
	readonly verdict: string;
	readonly checks: readonly { readonly name: string; readonly problems: readonly Problem[] }[];
	readonly notices: { readonly list: readonly { readonly kind: string; readonly incident?: { readonly checks: readonly Check[] } }[] };
	readonly contests: Readonly<Record<string, { readonly outcome: { readonly conditions: readonly Condition[] } }>>;
}

interface Condition {
	readonly id: string;
	readonly distance_switched?: number;
	readonly stakes: readonly { readonly kind: string; readonly ballots: number; readonly enough: boolean }[];
	readonly sentence: string;
}

const RESULTS = 'results/president.json';
/** A form of the first full bundle behind the enrolments, by its place in the log. */
const BUNDLE = 'tile/entries/100';

export interface Demo {
	readonly dir: string;
	readonly anchor: string;
}

async function verified(folder: string, anchor: string): Promise<{ readonly code: number; readonly report: Report }> {
	const { code, stdout } = await matokeo('verify', folder, '--anchor', anchor, '--json');
	return { code, report: JSON.parse(stdout) };
}

/** The first capture in the bundle that says how many voted for the party in whose place it is read. */
function captureIn(folder: string): { readonly station: string; readonly index: number; readonly image: string; readonly text: string } {
	const bundle = decodeBundle(readFileSync(join(folder, BUNDLE)), 256);
	if (!bundle.ok) throw new Error(bundle.error);
	for (const [place, entry] of bundle.value.entries()) {
		const text = Buffer.from(entry).toString();
		const station = /^matokeo\/v1 form\/capture[^]*"station":"([0-9]+)"/.exec(text)?.[1];
		const image = /"sha256":"([0-9a-f]{64})"/.exec(text)?.[1];
		const votes = /"mas":[1-9][0-9]+/.exec(text)?.[0];
		if (station !== undefined && image !== undefined && votes !== undefined)
			return { station, index: 100 * 256 + place, image, text: votes };
	}
	throw new Error(`no form in ${BUNDLE}`);
}

export function publicRecordOnTheDemo(demo: () => Demo): void {
	describe('the demo, published by an operator who changed a total, an image and a statement', () => {
		let honest: Report;
		let changed: Report;
		let code: number;
		let touched: ReturnType<typeof captureIn>;
		const problems = (): readonly Problem[] => changed.checks.flatMap((check) => check.problems);
		const incidentOf = ({ notices }: Report): readonly Check[] =>
			notices.list.find(({ kind }) => kind === 'incident')?.incident?.checks ?? [];

		beforeAll(async () => {
			const { dir, anchor } = demo();
			const folder = publicCopy(dir);
			touched = captureIn(folder);
			const more = touched.text.replace(/[0-9]$/, (last) => (last === '9' ? '8' : '9'));
			retype(folder, BUNDLE, touched.text, more);
			retype(folder, RESULTS, '"mas":2889359', '"mas":2898359');
			put(folder, `blob/${touched.image.slice(0, 2)}/${touched.image}`, 'another picture');
			honest = (await verified(join(dir, 'public'), anchor)).report;
			({ code, report: changed } = await verified(folder, anchor));
		}, 200_000);

		it('1 "the database was hacked": totals are recomputed from signed statements, and each change is named', () => {
			expect([honest.verdict, code, changed.verdict]).toEqual(['verified', 1, 'wrong']);
			const { station, index, image } = touched;
			expect(problems()).toContainEqual(expect.objectContaining({ check: 'tiles', file: BUNDLE }));
			expect(problems()).toContainEqual(expect.objectContaining({ check: 'signatures', index, station }));
			expect(problems()).toContainEqual(
				expect.objectContaining({ check: 'blobs', station, file: expect.stringContaining(image) }),
			);
			expect(problems()).toContainEqual(
				expect.objectContaining({
					check: 'results',
					file: RESULTS,
					expected: expect.stringMatching(/2889359|2,889,359|28893[0-9]{2}/),
					came: expect.stringMatching(/2898359|2,898,359/),
				}),
			);
		});

		it('2 "the attempt failed": the notice’s checks come out in the honest record, and not in this one', () => {
			expect(incidentOf(honest).map(({ found }) => found)).toEqual(['nothing wrong', 'nothing wrong', 'nothing wrong']);
			const found = new Map(incidentOf(changed).map(({ check, found: what }) => [check, what]));
			expect([found.get('replay'), found.get('results')]).toEqual(['wrong', 'wrong']);
		});

		it('5 "minor variances do not matter": how many ballots it would take, and how many are at stake, is computed', () => {
			const lead = honest.contests['president']?.outcome.conditions.find(({ id }) => id === 'forty-and-ten');
			expect(lead?.distance_switched).toBe(17_336);
			expect(lead?.stakes.map(({ kind, ballots, enough }) => [kind, ballots, enough])).toEqual(
				['missing', 'quarantined', 'discrepant', 'disputed'].map((kind) => [kind, 0, false]),
			);
			expect(lead?.sentence).toMatch(/leads cc by 10\.5649 points .*17,336 ballots switched/);
		});
	});
}
