/**
 * A table whose layout is known (`knownMappings.ts`): its mapping is proposed first, with the ids of the contest's own fields where they are alike. A layout that two known mappings
 * fit is left to the ordinary search.
 */
import { cellAt, type Table } from '../table/table.ts';
import { placeColumns } from './columns.ts';
import type { Known, KnownField } from './known.ts';
import { fittingMappings } from './knownMappings.ts';
import type { FieldRule, Mapping } from './mapping.ts';
import { likeness } from './names.ts';
import type { Proposal } from './proposal.ts';
import { partOf } from './rows.ts';
import { sampleRows } from './survey.ts';

/** `undefined` where no known layout, or more than one, is that of the table, or its codes are not those that are known. */
export function recognizedMapping(table: Table, known: Known): Proposal | undefined {
	const [only, ...more] = fittingMappings(table);
	if (only === undefined || more.length > 0) return undefined;
	if (known.codes.length > 0 && !hasCodes(table, only, known)) return undefined;
	const fields = known.fields.length === 0 ? only.fields : fieldsAs(only.fields, known.fields);
	if (fields === undefined) return undefined;
	const reasons = [`the layout is that of the known mapping ${only.name}: ${only.title}`];
	return { mapping: { ...only, fields }, questions: [], reasons };
}

/** Both of known layouts that have a field in common. */
export function recognizedPair(a: Table, b: Table): { readonly a: Proposal; readonly b: Proposal } | undefined {
	const nothing: Known = { fields: [], codes: [] };
	const [one, other] = [recognizedMapping(a, nothing), recognizedMapping(b, nothing)];
	if (one?.mapping === undefined || other?.mapping === undefined) return undefined;
	const ids = new Set(one.mapping.fields.map(({ id }) => id));
	const level = JSON.stringify(one.mapping.level) === JSON.stringify(other.mapping.level);
	return level && other.mapping.fields.some(({ id }) => ids.has(id)) ? { a: one, b: other } : undefined;
}

function hasCodes(table: Table, mapping: Mapping, { codes }: Known): boolean {
	const own = codes.find(({ level }) => JSON.stringify(level) === JSON.stringify(mapping.level));
	if (own === undefined) return false;
	const { key } = placeColumns(table, mapping);
	const rows = sampleRows(table, 500);
	const hits = rows.filter((row) => {
		const parts = key.map((one) => partOf(cellAt(table, row, one.column).trim(), one));
		return !parts.includes(undefined) && own.codes.has(mapping.key.prefix + parts.join(mapping.key.join));
	});
	return hits.length >= 0.5 * rows.length;
}

/** Fields under the contest's ids: by id, else by the one name that is alike. Candidates that cannot be told make the layout another one than it seems. */
function fieldsAs(fields: readonly FieldRule[], known: readonly KnownField[]): readonly FieldRule[] | undefined {
	const named = fields.map((field) => {
		const same = known.find(({ id }) => id === field.id);
		const alike = known.filter(
			({ names, kind }) => kind === field.kind && names.some((one) => likeness(field.name, one) >= 3),
		);
		const [only, ...more] = same === undefined ? alike : [same];
		return only === undefined || more.length > 0 ? undefined : { ...field, id: only.id, kind: only.kind };
	});
	const ids = named.flatMap((field) => field?.id ?? []);
	const candidates = known.filter(({ kind }) => kind === 'candidate').map(({ id }) => id);
	if (new Set(ids).size !== ids.length || !candidates.every((id) => ids.includes(id))) return undefined;
	return named.flatMap((field) => field ?? []);
}
