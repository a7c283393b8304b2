/** S44: the table of a comparison count has one spelling. What is printed is read again; every other spelling of the same numbers is refused with its line. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkCountTable, explainCountTable, parseCountTable, printCountTable } from '../../src/record/countTable.ts';
import { COUNT_TABLE_BYTES_MAX, FIELDS_PER_FORM_MAX } from '../../src/record/limits.ts';
import { utf8Decode, utf8Encode } from '../../src/std/bytes.ts';

const SOUND = 'station,ada,ben,blank\na-1,12,0,\nb-1,999999999,,3\n';

const ID_TEXT = fc.stringMatching(/^[a-z0-9][a-z0-9._/-]{0,9}$/);
const NUMBER = fc.oneof(fc.constant(Number.NaN), fc.integer({ min: 0, max: 999_999_999 }), fc.constant(0));

const TABLE = fc
	.record({
		level: fc.constantFrom('station' as const, 'area' as const),
		fields: fc.uniqueArray(ID_TEXT, { minLength: 1, maxLength: 5 }),
		keys: fc.uniqueArray(ID_TEXT, { minLength: 1, maxLength: 12 }),
	})
	.chain((head) =>
		fc
			.array(NUMBER, {
				minLength: head.fields.length * head.keys.length,
				maxLength: head.fields.length * head.keys.length,
			})
			.map((values) => ({ ...head, values: Float64Array.from(values) })),
	);

function refusalOf(text: string | Uint8Array): string {
	const bytes = typeof text === 'string' ? utf8Encode(text) : text;
	const checked = checkCountTable(bytes);
	const parsed = parseCountTable(bytes);
	expect(parsed.ok).toBe(checked.ok);
	return checked.ok ? 'accepted' : explainCountTable(checked.error);
}

describe('S44 the table of a comparison count', () => {
	it('is read as codes and numbers, an empty cell as no number', () => {
		const parsed = parseCountTable(utf8Encode(SOUND));
		expect(parsed).toEqual({
			ok: true,
			value: {
				level: 'station',
				fields: ['ada', 'ben', 'blank'],
				rows: 2,
				keys: ['a-1', 'b-1'],
				values: Float64Array.from([12, 0, Number.NaN, 999_999_999, Number.NaN, 3]),
			},
		});
	});

	it('print and parse are inverse, in whatever order the rows come', () => {
		fc.assert(
			fc.property(TABLE, (table) => {
				const printed = printCountTable(table);
				if (!printed.ok) throw new Error(printed.error);
				const parsed = parseCountTable(printed.value);
				if (!parsed.ok) throw new Error(explainCountTable(parsed.error));
				const width = table.fields.length;
				const rowsOf = (keys: readonly string[], values: Float64Array) =>
					new Map(keys.map((key, row) => [key, values.slice(row * width, (row + 1) * width)]));
				expect(parsed.value.fields).toEqual(table.fields);
				expect(rowsOf(parsed.value.keys, parsed.value.values)).toEqual(rowsOf(table.keys, table.values));
				expect(printCountTable(parsed.value)).toEqual(printed);
			}),
		);
	});

	it('one byte changed is another table or none: what is still read is printed to the same bytes', () => {
		const bytes = utf8Encode(SOUND);
		let read = 0;
		for (let at = 0; at < bytes.length; at++)
			for (let byte = 0; byte < 256; byte++) {
				const changed = Uint8Array.from(bytes);
				changed[at] = byte;
				const parsed = parseCountTable(changed);
				if (!parsed.ok) continue;
				read++;
				const printed = printCountTable(parsed.value);
				expect(printed.ok && utf8Decode(printed.value)).toBe(utf8Decode(changed));
			}
		expect(read).toBeGreaterThan(100);
	});

	it.each([
		['', /line 1 .*expected a first line, station or area.*got nothing/],
		['station,ada\n', /line 2 .*expected at least one row, got the end of the file/],
		['station,ada', /line 1 .*a first line/],
		['\u{FEFF}station,ada\na,1\n', /line 1 .*begins with station or area.*\[U\+FEFF\]station/],
		['Station,ada\na,1\n', /line 1 .*begins with station or area/],
		['station\na\n', /line 1 .*ids of 1 to 1250 fields after station, got 0/],
		['station,ada,ada\na,1,1\n', /line 1 .*each field once, got “ada” again/],
		['station,Ada\na,1\n', /line 1 .*the id of a field.*“Ada”/],
		['station,=1+1\na,1\n', /line 1 .*the id of a field/],
		['station,ada\r\na,1\r\n', /line 1 .*“ada\[U\+000D\]”/],
		['station,ada\na,1\r\n', /line 2 .*plain digits, or nothing, got “1\[U\+000D\]”/],
		['station,ada\na,1', /line 2 .*a line feed after the last row, got the end of the file/],
		['station,ada\na,1\n\n', /line 3 .*a code and a comma.*got an empty line/],
		['station,ada\nb,1\na,1\n', /line 3 .*ascending order of their bytes, got “a” after “b”/],
		['station,ada\na,1\na,1\n', /line 3 .*each code once.*“a” after “a”/],
		['station,ada\n10,1\n9,1\na,1\nA,1\n', /line 5 .*a code/],
		['station,ada\na,01\n', /line 2 .*plain digits.*“01”/],
		['station,ada\na,-1\n', /“-1”/],
		['station,ada\na,+1\n', /“\+1”/],
		['station,ada\na, 1\n', /“ 1”/],
		['station,ada\na,1.0\n', /“1\.0”/],
		['station,ada\na,1e3\n', /“1e3”/],
		['station,ada\na,1000000000\n', /from 0 to 999999999 .*“1000000000”/],
		['station,ada\na,٣\n', /“٣”/],
		['station,ada\na,"1"\n', /“"1"”/],
		['station,ada\na,=HYPERLINK("x")\n', /“=HYPERLINK\("x"\)”/],
		['station,ada\na,1,2\n', /line 2 .*1 cells after the code, got more/],
		['station,ada,ben\na,1\n', /line 2 .*2 cells after the code, got 1/],
		['station,ada\na\n', /line 2 .*a code and a comma/],
		['station,ada\n,1\n', /line 2 .*a code and a comma.*got nothing/],
		['station,ada\n=a,1\n', /line 2 .*“=a”/],
		['station,ada\n-a,1\n', /line 2 .*“-a”/],
		['station,ada\na\u{202E}b,1\n', /line 2 .*“a\[U\+202E\]b”/],
		['station;ada\na;1\n', /line 1 .*begins with station or area and a comma/],
		[`station,ada\n${'a'.repeat(65)},1\n`, /line 2 .*a code and a comma/],
		[`station,${Array.from({ length: FIELDS_PER_FORM_MAX + 1 }, (_, i) => `f${i}`).join(',')}\na,1\n`, /got 1251/],
	])('refuses %j', (text, message) => {
		expect(refusalOf(text)).toMatch(message);
	});

	it('refuses bytes that are no UTF-8, and shows what stood before them', () => {
		expect(refusalOf(Uint8Array.from([...utf8Encode('station,ada\na,'), 0xff, 10]))).toMatch(/line 2 .*got/);
		expect(refusalOf(Uint8Array.from([0xff, 0xfe, 10]))).toMatch(/line 1 .*got bytes that are not UTF-8/);
	});

	it('refuses a table with more bytes, more rows or more numbers than there may be', () => {
		expect(refusalOf(new Uint8Array(COUNT_TABLE_BYTES_MAX + 1))).toMatch(/at most 67108864 bytes, got 67108865 bytes/);
		const wide = `station,${Array.from({ length: 1_000 }, (_, i) => `f${i}`).join(',')}\n`;
		const row = ','.repeat(1_000);
		const many = Array.from({ length: 20_001 }, (_, i) => `${i + 100_000}${row}\n`).join('');
		expect(refusalOf(wide + many)).toMatch(/line 20002 .*at most 2000000 rows and 20000000 numbers, got more/);
		const narrow = Array.from({ length: 2_000_001 }, (_, i) => `${i + 1_000_000_0},1\n`).join('');
		expect(refusalOf(`station,ada\n${narrow}`)).toMatch(/line 2000002 .*at most 2000000 rows/);
	});

	it('is not printed with what it cannot hold', () => {
		const print = (keys: readonly string[], ...values: number[]) =>
			printCountTable({ level: 'area', fields: ['ada'], keys, values: Float64Array.from(values) });
		expect(print(['a'], -1)).toMatchObject({ ok: false, error: expect.stringMatching(/“a”, ada: .*got -1/) });
		expect(print(['a'], 1.5)).toMatchObject({ ok: false });
		expect(print(['a'], 1_000_000_000)).toMatchObject({ ok: false });
		expect(print(['a'], Number.POSITIVE_INFINITY)).toMatchObject({ ok: false });
		expect(print(['a', 'a'], 1, 1)).toMatchObject({ ok: false, error: expect.stringMatching(/each code once/) });
		expect(print(['A'], 1)).toMatchObject({ ok: false });
		expect(print([])).toMatchObject({ ok: false, error: expect.stringMatching(/at least one row/) });
	});
});
