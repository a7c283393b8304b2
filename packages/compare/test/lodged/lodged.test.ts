/** S44: a lodged table as a count of a contest. Fields are those of the contest's form, in its order; codes may be anybody's. */
import { explainCountTable } from '@matokeo/core/record/countTable.ts';
import { utf8Decode, utf8Encode } from '@matokeo/core/std/bytes.ts';
import { assert } from '@matokeo/core/std/result.ts';
import { smallElection } from '@matokeo/core/testing/smallElection.ts';
import { describe, expect, it } from 'vitest';
import type { Count } from '../../src/count.ts';
import { formFields } from '../../src/formFields.ts';
import { parseLodged, printLodged } from '../../src/lodged/lodged.ts';

const contest = smallElection().election.contests.get('president');
assert(contest !== undefined, 'the small election has a contest for president');
const president = contest;
const FIELDS = president.fields.map(({ id }) => id);
const ABOUT = { title: 'a count', digest: '0'.repeat(64) };

function read(text: string, level?: string) {
	return parseLodged(utf8Encode(text), president, level === undefined ? ABOUT : { ...ABOUT, level });
}

function refusal(text: string, level?: string): string {
	const count = read(text, level);
	return count.ok ? 'accepted' : explainCountTable(count.error);
}

function counted(fields: readonly string[], keys: readonly string[], values: readonly number[]): Count {
	return {
		title: 'ours',
		level: 'station',
		fields: fields.map((id) => ({ id, name: id, kind: 'other' })),
		keys,
		values: Float64Array.from(values),
		texts: new Map(),
		areas: [],
		leftOut: [],
		filtered: 0,
		source: { digest: '1'.repeat(64) },
	};
}

describe('S44 a lodged table as a count', () => {
	it('names its fields as the form does', () => {
		const [first = '', second = ''] = FIELDS;
		const count = read(`station,${first},${second}\nzz-9,1,\n`);
		expect(count).toMatchObject({
			ok: true,
			value: {
				level: 'station',
				keys: ['zz-9'],
				source: { digest: ABOUT.digest },
				values: Float64Array.of(1, Number.NaN),
			},
		});
		expect(count.ok && count.value.fields).toEqual(formFields(president).slice(0, 2));
	});

	it('says which fields are candidates and which are stated totals', () => {
		const kinds = new Map(formFields(president).map(({ id, kind }) => [id, kind]));
		for (const { id, candidate } of president.fields) if (candidate) expect(kinds.get(id)).toBe('candidate');
		expect([...kinds].filter(([, kind]) => kind === 'total').map(([id]) => id)).toEqual(['valid', 'cast']);
	});

	it('has rows of areas only where the statement says a level', () => {
		expect(refusal(`area,${FIELDS[0]}\nnorth,1\n`, 'region')).toBe('accepted');
		expect(read(`area,${FIELDS[0]}\nnorth,1\n`, 'region')).toMatchObject({ value: { level: { area: 'region' } } });
		expect(refusal(`area,${FIELDS[0]}\nnorth,1\n`)).toMatch(/line 1 .*expected station .*got area/);
		expect(refusal(`station,${FIELDS[0]}\na,1\n`, 'region')).toMatch(/line 1 .*expected area .*got station/);
	});

	it('refuses fields that the form has not, or in another order', () => {
		expect(refusal('station,someone-else\na,1\n')).toMatch(/fields of the form of contest president, got someone-else/);
		expect(refusal(`station,${FIELDS[1]},${FIELDS[0]}\na,1,1\n`)).toMatch(/form's order, got .* too late/);
	});

	it('refuses what is not in the one spelling', () => {
		expect(refusal(`station,${FIELDS[0]}\nb,1\na,1\n`)).toMatch(/line 3/);
	});

	it('is printed with the fields of the form in its order, and read again as it was', () => {
		const [first = '', second = ''] = FIELDS;
		const printed = printLodged(
			counted(['remarks', second, first], ['b', 'a'], [7, 2, 1, 8, Number.NaN, 3]),
			president,
		);
		assert(printed.ok, 'a count with fields of the form is printed');
		expect(utf8Decode(printed.value)).toBe(`station,${first},${second}\na,3,\nb,1,2\n`);
		const again = parseLodged(printed.value, president, ABOUT);
		assert(again.ok, 'what was printed is read');
		expect(printLodged(again.value, president)).toEqual(printed);
	});

	it('is not printed when the form has none of its fields, or a number is none', () => {
		expect(printLodged(counted(['remarks'], ['a'], [1]), president)).toMatchObject({
			ok: false,
			error: expect.stringMatching(/remarks.*president/),
		});
		expect(printLodged(counted([FIELDS[0] ?? ''], ['a'], [0.5]), president)).toMatchObject({ ok: false });
	});
});
