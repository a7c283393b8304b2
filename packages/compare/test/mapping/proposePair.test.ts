/** Two tables of which nothing is known but each other: what they share, what stays with one of them, and what is asked (K37). */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isSure } from '@matokeo/compare/mapping/proposal.ts';
import { proposePair } from '@matokeo/compare/mapping/proposePair.ts';
import { applied, ifAbsent, realBytes, realPath, sums, table } from '@matokeo/compare/testing/given.ts';
import { pad, rows, v } from '@matokeo/compare/testing/madeRows.ts';
import { describe, expect, it } from 'vitest';

describe('K37 two tables', () => {
	it('the key that they share and the fields that both have; those of one alone stay its own, and are no candidates', () => {
		const a = rows('id,station,Joyce Banda,only here', 40, (n) => [n, pad(n + 100, 6), v(n), 5]);
		const b = rows('votes JOYCE BANDA,code,only there', 40, (n) => [v(n), n + 100, 7]);
		const pair = proposePair(a, b);
		expect([isSure(pair.a), isSure(pair.b)]).toEqual([true, true]);
		expect([pair.a.mapping?.key.columns, pair.b.mapping?.key.columns]).toEqual([
			[{ column: 'station', pad: 6 }],
			[{ column: 'code', pad: 6 }],
		]);
		expect([pair.a.mapping?.fields.map(({ id }) => id), pair.b.mapping?.fields.map(({ id }) => id)]).toEqual([
			['joyce-banda', 'only-here'],
			['joyce-banda', 'only-there'],
		]);
		expect(pair.a.mapping?.fields[1]).toMatchObject({ kind: 'other', columns: ['only here'] });
		expect(pair.a.reasons).toContain('"only here" has no counterpart in the other table');
		expect(pair.b.reasons).toContain('"only there" has no counterpart in the other table');
	});

	it('percentages, decimal signs or figures filled with zeroes under the name of the other’s votes are asked about, not passed over', () => {
		const counts = rows('station,a,b', 40, (n) => [`X${n}`, v(n), n]);
		for (const cell of ['40.25', '7%', '"237,0"', '0012']) {
			const other = rows('station,Votes A,b', 40, (n) => [`X${n}`, cell, n]);
			expect(proposePair(other, counts).a.questions).toMatchObject([{ about: 'a' }]);
			expect(proposePair(counts, other).b.questions).toMatchObject([{ about: 'a' }]);
			const sentence = `"Votes A" holds numbers that are no counts, such as ${JSON.stringify(cell.replaceAll('"', ''))}`;
			expect(proposePair(other, counts).a.questions[0]?.sentence).toContain(sentence);
			expect(isSure(proposePair(counts, other).a) && isSure(proposePair(counts, other).b)).toBe(false);
		}
		const words = rows('station,Votes A,b', 40, (n) => [`X${n}`, 'see note', n]);
		expect(proposePair(words, counts).a.questions).toEqual([]);
	});

	it('codes beside a heading that says nothing, and codes that stand on several rows', () => {
		const headed = rows('station,a', 40, (n) => [1000 + n, v(n)]);
		const bare = rows('1,2', 40, (n) => [1000 + n, v(n)]);
		expect(proposePair(bare, headed).a.mapping?.key.columns).toEqual([{ column: '1' }]);
		expect(proposePair(headed, bare).b.mapping?.key.columns).toEqual([{ column: '1' }]);
		expect(proposePair(bare, headed).a.mapping?.fields.map(({ id }) => id)).toEqual(['n2']);
		expect(proposePair(bare, bare).a.mapping).toBeUndefined();
		const both = rows('office,station,a,b', 40, (n) => ['XY'[n % 2] ?? '', 1000 + Math.ceil(n / 2), v(n), 2 * n]);
		expect(proposePair(both, headed).a.questions[0]?.sentence).toMatch(
			/^the codes seem to be "station" and "station", but one code stands on several rows/,
		);
	});

	it('of two elections that share nothing, the question says so', () => {
		const a = rows('station,a', 40, (n) => [`X${n}`, v(n)]);
		const b = rows('station,a', 40, (n) => [`Y${n}`, v(n)]);
		expect(proposePair(a, b).a.questions[0]?.sentence).toMatch(/^no column of one table shares its values/);
	});

	const folder = realPath('bolivia2019-trep-vs-computo');
	it.skipIf(!existsSync(folder))(`Bolivia, with headings that no known layout has${ifAbsent(folder)}`, () => {
		const other = (name: string) => {
			const text = new TextDecoder().decode(realBytes(join(folder, name)));
			return table(text.replace('Número Mesa', 'Mesa').replace('Inscritos', 'Habilitados'));
		};
		const pair = proposePair(other('trep - acta.2019.10.21.18.29.53.zip'), other('final_computo.zip'));
		if (!isSure(pair.a) || !isSure(pair.b)) throw new Error('it is not sure');
		const last = applied(other('final_computo.zip'), pair.b.mapping).count;
		expect(pair.a.mapping.fields.map(({ id }) => id)).toEqual(pair.b.mapping.fields.map(({ id }) => id));
		expect(sums(last)).toMatchObject({ 'mas-ipsp': 2_889_359, cc: 2_240_920, blancos: 93_507 });
	});
});
