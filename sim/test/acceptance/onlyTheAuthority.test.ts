/**
 * "Only the commission may declare" (acceptance test 6). What an operator, a parallel count or a single member says in its place is refused at the door with a signed refusal, and found by any citizen where the operator puts
 * it into the log all the same. All of it over HTTP.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ORIGIN } from '@matokeo/core/testing/smallElection.ts';
import { pagePublisher } from '@matokeo/server/publish/pages.ts';
import * as speech from '@matokeo/verifier/testing/lawfulSpeech.ts';
import { removeFolders } from '@matokeo/verifier/testing/publish.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { INSTALL_MS, needPoppler, pagesIn } from '../papers/lib/poppler.ts';
import { between, forged, host, notesOf, verifyAt } from './lib/cheat.ts';
import { type Count, closeAll, newFolder, type Said } from './lib/count.ts';
import { visible } from './lib/pages.ts';
import { certified, declare, declared } from './lib/story.ts';

afterAll(async () => {
	await closeAll();
	removeFolders();
});

describe('an operator who would declare by itself', () => {
	let count: Count;
	let draft: speech.Unsaid;
	let rehearsed: Said;
	beforeAll(async () => {
		const rehearsal = await declared('rehearsal', ['005']);
		rehearsed = rehearsal.declaration;
		count = await certified('official', ['005']);
		const mark = await count.mark('land', 'authority/1');
		await count.witnessed();
		draft = await count.draft(mark, 'declaration');
	});

	/** What is tried, by whom it is signed, and the rule that refuses it. */
	const attempts = (): Readonly<Record<string, readonly [speech.Unsaid, readonly string[], string, string]>> => {
		if (draft.type !== 'result/declare') throw new Error('the draft of a declaration');
		const { proceed: _named, ...unnamed } = draft;
		return {
			'with the log’s own key': [draft, [ORIGIN], 'S10', 'small.example/log'],
			'with a short quorum': [draft, ['authority/1'], 'S10', '2 different holders'],
			'with officials in the authority’s place': [draft, ['ro/1', 'ro/2'], 'S10', 'returning-officer'],
			'with a missing station unnamed': [unnamed, speech.CHAIRS, 'S43', '1 missing stand open'],
			'as if none were missing': [
				{ ...unnamed, counts: { ...draft.counts, missing: 0, due: 7 } },
				speech.CHAIRS,
				'S43',
				'missing is 1 at the mark and 0 here',
			],
			'of another total': [
				{ ...draft, totals: { ...draft.totals, alba: 1_620 } },
				speech.CHAIRS,
				'S43',
				'alba is 1260 there and 1620 here',
			],
			'of another winner': [
				{ ...draft, outcome: { kind: 'elected', candidate: 'benta' } },
				speech.CHAIRS,
				'S43',
				'no outcome is chosen',
			],
		};
	};

	it('6 is refused at the door each time, by a refusal that the log has signed', async () => {
		for (const [name, [statement, by, rule, why]] of Object.entries(attempts())) {
			const said = await count.send(count.speak(statement, ...by));
			expect([name, said.kind, said.rule]).toEqual([name, 'refused', rule]);
			expect(said.why).toContain(why);
			expect(said.note).toContain('matokeo/v1 refusal');
		}
		const replayed = await count.send(rehearsed);
		expect([replayed.kind, replayed.rule]).toEqual(['refused', 'S5']);
	});

	it('6 is found by a citizen where the log’s key lets it in: each is void, named with what differs', async () => {
		const notes = [...Object.values(attempts()).map(([statement, by]) => count.speak(statement, ...by)), rehearsed];
		const url = await host(forged(count, [...notesOf(count), ...notes]));
		const { code, stdout } = await verifyAt(url, count);
		expect(code).toBe(1);
		for (const { id } of notes) expect(stdout).toContain(`statement ${id}`);
		for (const [, , , why] of Object.values(attempts())) if (!why.startsWith('alba')) expect(stdout).toContain(why);
		expect(stdout).toContain(
			'alba: 1,620 is declared, the certificates of 2 areas below add up to 1,260, the stations give 1,260 (+360: two digits side by side are exchanged)',
		);
		expect(stdout).toContain('Stage: no result of this contest has been announced through this log.');
		expect(stdout).not.toContain('Stage: declared');
	});

	it('6 back-dated, the declaration contradicts what the log itself says its witnesses saw', async () => {
		const { clock } = count;
		clock.seconds += 3 * 86_400;
		const said = await declare(count);
		const notes = [...notesOf(count)];
		const last = notes.findLastIndex(({ tag }) => tag === 'clock/tick');
		const back = count.speak({ type: 'clock/tick', time: clock.seconds - 2 * 86_400 }, ORIGIN);
		notes.splice(last, 1, back);
		const url = await host(forged(count, notes));
		const ran = await verifyAt(url, count);
		expect(ran.code).toBe(1);
		expect(ran.stdout).toMatch(/\[rules\] .*rule S25/);
		// The honest log still has it, with the interval that witnesses give.
		const honest = await count.verify(...count.anchor);
		expect(honest.code, honest.stderr).toBe(0);
		expect(honest.stdout).toContain(`statement ${said.id}`);
		expect(honest.stdout).toContain('Stage: declared (number 1): alba has what is needed to be elected');
	});

	it('6 a page that shows another declared total is a page: the same address verifies to the true one', async () => {
		const url = await between(count.url, (path, text) =>
			path.endsWith('.html') ? text.replaceAll(/1,?260/g, '1,620') : text,
		);
		const page = visible(await (await fetch(`${url}/en/contest/president/declaration.html`)).text());
		expect(page).toContain('1,620');
		const ran = await verifyAt(url, count, '--declaration', 'president');
		expect(ran.code, ran.stdout).toBe(0);
		expect(ran.stdout).toContain('1260  totals.alba');
		const brought = join(newFolder(), 'printed.txt');
		const texts = ran.stdout;
		expect(texts).not.toContain('1,620');
		writeFileSync(brought, `${page}\n`);
		const compared = await verifyAt(url, count, '--declaration', brought);
		expect(compared.code).toBe(1);
		expect(compared.stdout).toContain('[declaration]');
	});
});

describe('a parallel count', () => {
	beforeAll(needPoppler, INSTALL_MS);

	it('6 never shows the word: not on a page, on a paper, in an answer or in a report', async () => {
		const count = await declared('parallel');
		const pages = await visitedFrom(count);
		expect(pages.length).toBeGreaterThan(20);
		const found = pages.flatMap(([path, text]) =>
			[...without(text, SPEAKING_OF_THE_LAW).matchAll(/.{0,40}\bdeclared\b.{0,40}/gi)].map(
				([around]) => `${path}: ${around}`,
			),
		);
		expect(found).toEqual([]);
		const id = count.declaration.id;
		await pagePublisher({ record: count.record, dir: join(count.dir, 'public'), live: true }).publish();
		for (const name of [id, `${id}-certificate`]) {
			const html = visible(await count.text(`papers/en/${name}.html`));
			const pdf = await (await fetch(`${count.url}/papers/en/${name}.pdf`)).arrayBuffer();
			for (const paper of [html, ...pagesIn(new Uint8Array(pdf))]) {
				expect(paper).toMatch(/parallel count/i);
				expect(paper).not.toMatch(/\bdeclared\b/i);
			}
		}
		// An answer has the mode beside the figures, and in none of its sentences the word.
		const answer = await count.text('api/v1/contests/president');
		expect(answer).toContain('"mode":"parallel"');
		const words = [...answer.matchAll(/:\s*"((?:[^"\\]|\\.)*)"/g)].map((match) => match[1] ?? '');
		expect(words.filter((text) => /\bdeclared\b/i.test(without(text, SPEAKING_OF_THE_LAW)))).toEqual([]);
		const page = pages.find(([path]) => path === 'en/contest/president/declaration.html')?.[1] ?? '';
		expect(page).toMatch(/parallel count/i);
		const { code, stdout } = await count.verify(...count.anchor);
		expect(code).toBe(0);
		expect(stdout).toContain('Stage: parallel count (number 1)');
		expect(stdout).not.toMatch(/\bdeclared\b/i);
	});
});

/** Sentences that say what the law lets somebody else do, or that nobody does it here; the text of the package's clock. */
const SPEAKING_OF_THE_LAW = [
	'Nothing is declared here; only the election authority may.',
	'The law does not let it be declared while',
	'The law lets it be declared while',
	'The result is declared',
];

function without(text: string, phrases: readonly string[]): string {
	return phrases.reduce((rest, phrase) => rest.replaceAll(phrase, ''), text);
}

/** Every page in English that a reader comes to from the first one. */
async function visitedFrom(count: Count): Promise<readonly (readonly [string, string])[]> {
	const seen = new Map<string, string>();
	const waiting = ['en/index.html'];
	for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
		if (seen.has(path)) continue;
		const html = await count.text(path);
		seen.set(path, visible(html));
		for (const [, link = ''] of html.matchAll(/<a [^>]*href="([^"#?]+)/g)) {
			const next = new URL(link, `http://x/${path}`);
			const isPage = next.host === 'x' && /^\/en\/.*\.html$/.test(next.pathname);
			if (isPage) waiting.push(next.pathname.slice(1));
		}
	}
	return [...seen];
}
