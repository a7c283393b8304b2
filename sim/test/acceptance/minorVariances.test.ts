/**
 * "Minor variances would not affect the result" (acceptance test 5): a computed sentence, for the nation and for each district that a territorial condition counts: the ballots at stake in returns that differ or are in
 * quarantine, missing or disputed, beside the ballots that would have to be switched. It stops being true as differences are added, and says so; an operator who publishes another stake, another sentence or fewer
 * differences is found. All of it over HTTP.
 */

import { join } from 'node:path';
import * as speech from '@matokeo/verifier/testing/lawfulSpeech.ts';
import { removeFolders } from '@matokeo/verifier/testing/publish.ts';
import { presidential } from '@matokeo/verifier/testing/smallLog.ts';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { matokeo } from '../lib/matokeo.ts';
import { copyOf, host, rewrite, verifyAt } from './lib/cheat.ts';
import { type Count, closeAll } from './lib/count.ts';
import { visible } from './lib/pages.ts';
import { quarterElection } from './lib/quarterLaw.ts';
import { opened } from './lib/story.ts';

afterAll(async () => {
	await closeAll();
	removeFolders();
});

/** What the papers bear out: a clear majority. */
const PAPERS = {
	'001': presidential(560, 60, 20, 5),
	'002': presidential(520, 60, 20, 3),
	'003': presidential(380, 50, 20, 1),
	'004': presidential(360, 60, 10, 2),
	'005': presidential(220, 40, 10, 0),
	'006': presidential(450, 80, 20, 4),
	'007': presidential(300, 50, 20, 2),
	'008': presidential(70, 10, 5, 0),
};
/** What three officers say in place of it. */
const SAID = {
	'003': presidential(381, 50, 20, 1),
	'005': presidential(221, 40, 10, 0),
	'007': presidential(301, 50, 20, 2),
};

const RESULTS = 'results/president.json';
const TOO_FEW = /too few to change this condition/;

interface Stake {
	readonly kind: string;
	readonly stations: number;
	readonly ballots: number;
	readonly enough?: boolean;
}

interface Condition {
	readonly name: string;
	readonly sentence: string;
	readonly distance_switched: number;
	readonly stakes: readonly Stake[];
}

/** What the server publishes of the president's conditions: of the nation, and of the districts. */
async function conditionsOf(count: Count): Promise<readonly Condition[]> {
	const { results } = (await count.json(RESULTS)) as {
		readonly results: { readonly outcome: { readonly conditions: readonly Condition[] } };
	};
	// The whole law first, then its parts: the nation's majority, and the districts.
	return results.outcome.conditions.slice(1);
}

async function published(count: Count, fits: (conditions: readonly Condition[]) => boolean) {
	for (let tries = 0; tries < 400; tries++) {
		const conditions = await conditionsOf(count);
		if (fits(conditions)) return conditions;
		await new Promise((resolve) => setTimeout(resolve, 10));
	}
	throw new Error(`it was never published; at last: ${JSON.stringify(await conditionsOf(count))}`);
}

const discrepant = ({ stakes }: Condition) => stakes.find(({ kind }) => kind === 'discrepant');

describe('"minor variances"', () => {
	let count: Count;
	/** Stations whose officers say something else than the paper, added one by one. */
	const added = ['005', '007', '003'] as const;
	const sentences: string[] = [];
	const verdicts: (boolean | undefined)[] = [];

	beforeAll(async () => {
		count = await opened('official', { of: quarterElection() });
		await count.returned(
			Object.entries(PAPERS).flatMap(([station, figures]) =>
				added.some((one) => one === station) ? [] : [{ station, figures }],
			),
		);
		for (const [place, station] of added.entries()) {
			const figures = SAID[station];
			await count.returned([{ station, figures, paper: PAPERS[station] }]);
			const [nation] = await published(
				count,
				([first]) => first !== undefined && discrepant(first)?.stations === place + 1,
			);
			sentences.push(nation?.sentence ?? '');
			verdicts.push(nation === undefined ? undefined : discrepant(nation)?.enough);
		}
	});

	it('5 with one return that differs the sentence is true, of the nation, in numbers', () => {
		expect(verdicts[0]).toBe(false);
		expect(sentences[0]).toMatch(
			/1 discrepant return holds up to [0-9]+ ballots and needs explanation: by itself too few to change this condition/,
		);
		expect(sentences[0]).toMatch(
			/On the totals as they stand, [0-9,]+ ballots switched from alba to others would make it fail/,
		);
	});

	it('5 it stops being true as differences are added, and the sentence says that', () => {
		const first = verdicts.indexOf(true);
		expect(first).toBeGreaterThan(0);
		expect(verdicts.slice(0, first)).toEqual(Array.from({ length: first }, () => false));
		expect(verdicts.slice(first).every((enough) => enough === true)).toBe(true);
		expect(sentences[first]).toMatch(/by themselves enough to matter to this condition/);
		expect(sentences[first]).not.toMatch(/discrepant returns hold [^.]*too few/);
	});

	it('5 the condition on districts is judged by itself, district by district', async () => {
		const [, districts] = await conditionsOf(count);
		expect(districts?.sentence).toMatch(/has what is needed in [0-9] of 4 areas of level district/);
		expect(districts?.sentence).toMatch(
			/areas of level district have returns in question: in [0-9] they hold too few ballots/,
		);
		expect(districts?.distance_switched).toBeGreaterThan(0);
	});

	it('5 citizens recompute it, and read the same on the page', async () => {
		const ran = await count.verify(...count.anchor);
		expect(ran.code, ran.stdout).toBe(0);
		const [nation, districts] = await conditionsOf(count);
		expect(ran.stdout).toContain(nation?.sentence);
		expect(ran.stdout).toContain(districts?.sentence);
		const page = visible(await count.text('en/contest/president/index.html'));
		const { ballots } = (nation === undefined ? undefined : discrepant(nation)) ?? { ballots: 0 };
		expect(page).toContain(String(ballots).replace(/\B(?=(?:[0-9]{3})+$)/g, ','));
	});

	it.each<[string, string | RegExp, string]>([
		['another stake', /("ballots":)[0-9]+(,"enough":)true(,"kind":"discrepant")/, '$1100$2true$3'],
		['another verdict', /("enough":)true(,"kind":"discrepant")/, '$1false$2'],
		[
			'another sentence',
			'by themselves enough to matter to this condition',
			'by themselves too few to change this condition',
		],
		['fewer differences', /"discrepant_open":3/, '"discrepant_open":1'],
		['no distance', /"distance_switched":[0-9]+/, '"distance_switched":99999'],
	])('5 an operator who publishes %s is found: the file and the member', async (_what, from, to) => {
		const folder = copyOf(count);
		rewrite(folder, RESULTS, from, to);
		const { code, stdout } = await verifyAt(await host(folder), count);
		expect(code).toBe(1);
		expect(stdout).toContain(RESULTS);
		expect(stdout).toMatch(
			/The published (?:results|areas)\.[a-z_.0-9]+ is not what the [0-9]+ statements up to that point give/,
		);
	});

	it('5 an operator who hides a difference in the database is found by its own people, and the public record keeps it', async () => {
		const db = new Database(join(count.dir, 'matokeo.sqlite'));
		const path = `$.differences`;
		const kept = db.prepare(`SELECT json FROM "return" WHERE key = 'president|005|1'`).pluck().get();
		db.prepare(`UPDATE "return" SET json = json_remove(json, '${path}') WHERE key = 'president|005|1'`).run();
		const found = await matokeo('fsck', count.dir);
		db.prepare(`UPDATE "return" SET json = ? WHERE key = 'president|005|1'`).run(kept);
		db.close();
		expect(found.code).toBe(1);
		expect(found.stdout).toMatch(/row "president\|005\|1", station 005/);
		const [nation] = await conditionsOf(count);
		expect(nation === undefined ? undefined : discrepant(nation)?.stations).toBe(3);
		expect(nation?.sentence).not.toMatch(TOO_FEW);
	});

	it('5 a disputed return counts among what is at stake, from the objection to its answer', async () => {
		const objection = await count.say(
			{
				type: 'objection/lodge',
				contest: 'president',
				ground: 'wrong-figures',
				target: { kind: 'return', poll: 1, station: '001' },
			},
			speech.PARTY_MOON,
		);
		const disputed = ({ stakes }: Condition) => stakes.find(({ kind }) => kind === 'disputed')?.stations ?? 0;
		const [open] = await published(count, ([first]) => first !== undefined && disputed(first) === 1);
		expect(open?.sentence).toMatch(/1 disputed return holds up to 700 ballots/);
		await count.say(
			{
				type: 'objection/answer',
				objection: objection.id,
				outcome: 'dismissed',
				reason: 'unfounded',
				seen: objection.id,
			},
			'ro/1',
		);
		await published(count, ([first]) => first !== undefined && disputed(first) === 0);
	});
});
