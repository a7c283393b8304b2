/** Whether two counts can be compared at all, and why not (K5): to be read before any number. */
import type { Finding, RowLevel, Verdict } from '../comparison.ts';
import { exchangedFields, otherScale, shiftedRows, unrelatedNumbers } from './agreement.ts';
import { otherCodes } from './codes.ts';
import type { Laid } from './lay.ts';
import { percentages } from './percentages.ts';
import type { Shape } from './shape.ts';

/** Findings after which differences between rows mean nothing until they are settled. */
const BARRING: readonly Finding['code'][] = [
	'no_rows',
	'no_common_fields',
	'other_codes',
	'rows_shifted',
	'fields_exchanged',
	'other_scale',
	'percentages',
	'unrelated_numbers',
];

export function verdictOf(laid: Laid, shape: Shape, level: RowLevel, before: readonly Finding[]): Verdict {
	const findings = [...before, ...findingsOf(laid, shape, level)];
	if (findings.some(({ code }) => BARRING.includes(code))) return { comparable: 'no', findings };
	const comparable = level === 'station' ? 'stations' : level === 'whole' ? 'totals' : 'areas';
	return { comparable, findings };
}

function findingsOf(laid: Laid, shape: Shape, level: RowLevel): readonly Finding[] {
	const { a, b, fields } = laid;
	const empty = (['a', 'b'] as const).filter((side) => laid[side].keys.length === 0);
	if (empty.length > 0) return empty.map((side) => ({ code: 'no_rows', side }));
	if (level === 'whole') return fields.length === 0 ? [noFields(laid)] : [];
	const codes = otherCodes(laid);
	const columns = exchangedFields(laid);
	const known = [...(codes === undefined ? [] : [codes]), ...columns];
	if (fields.length === 0) return [...known, { ...noFields(laid) }];
	const shifted = shiftedRows(laid, shape);
	const scaled = otherScale(laid, shape);
	const shares = percentages(laid, shape);
	const found = [...known, ...[shifted, scaled, shares].flatMap((one) => one ?? [])];
	const explained =
		[shifted, scaled, shares].some((one) => one !== undefined) ||
		columns.some(({ code }) => code === 'fields_exchanged');
	const unrelated = explained || a.keys.length === 0 || b.keys.length === 0 ? undefined : unrelatedNumbers(laid, shape);
	return unrelated === undefined ? found : [...found, unrelated];
}

function noFields({ a, b }: Laid): Finding {
	const ids = ({ fields }: Laid['a']) => fields.map(({ id }) => id);
	return { code: 'no_common_fields', fields_a: ids(a), fields_b: ids(b) };
}
