/**
 * The fields of a contest's form with the candidates put in their place (`spec/package.md`, P39, P42, P45), and the ids in its checks, which can be
 * judged only now.
 */

import { tellUnknownIds } from './expressionPlaces.ts';
import { asId, type Shape, tell } from './jsonShape.ts';
import { LIMITS } from './limits.ts';
import { quote } from './problem.ts';
import type { PlacedCandidate } from './readCandidates.ts';
import type { FormPlan } from './readForms.ts';
import type { ContestPlan } from './readReach.ts';
import { CEILING_COLUMNS } from './readStations.ts';
import type { Candidate, Contest, Field } from './types.ts';

export interface Names {
	readonly forms: ReadonlyMap<string, FormPlan>;
	/** `undefined` when candidates.csv could not be read. */
	readonly candidates: ReadonlyMap<string, readonly PlacedCandidate[]> | undefined;
	readonly candidatesFile: string;
}

/** Columns of stations.csv, as expressions name them. */
export const STATION_IDS: readonly string[] = CEILING_COLUMNS.map((column) => `station.${column}`);

type Expanded = Pick<Contest, 'form' | 'fields' | 'candidates' | 'categories'>;

export function expandFields(shape: Shape, plan: ContestPlan, names: Names): Expanded | undefined {
	const formNode = plan.get('form');
	const formId = asId(shape, formNode, 'the form');
	const form = names.forms.get(formId ?? '');
	const placed = names.candidates?.get(plan.id) ?? [];
	if (placed.length === 0 && names.candidates !== undefined) {
		tell(
			shape,
			plan.node,
			'P38',
			`candidates of contest ${plan.id} in ${names.candidatesFile}`,
			'none',
			'add its candidates, or delete the contest',
		);
	}
	if (placed.length > LIMITS.candidatesPerContestMax) {
		tell(
			shape,
			plan.node,
			'P8',
			`at most ${LIMITS.candidatesPerContestMax} candidates`,
			`${placed.length}`,
			'divide the contest',
		);
	}
	if (formNode === undefined || formId === undefined) return undefined;
	if (form === undefined) {
		return tell(
			shape,
			formNode,
			'P47',
			`one of the forms ${[...names.forms.keys()].join(', ')}`,
			quote(formId),
			'correct the id, or add the form',
		);
	}
	const candidates = placed.map(withoutPlace);
	tellCollisions(shape, placed, form, names.candidatesFile, plan.id);
	const fields = form.rows.flatMap((row): readonly Field[] => {
		if (row.kind === 'field') return [row.field];
		return candidates.map(({ id, name }) => ({
			id,
			label: { und: name },
			counted: true,
			candidate: true,
			blankIsZero: row.blankIsZero,
		}));
	});
	tellTooLong(shape, plan, fields);
	const known = new Set([...fields.map((field) => field.id), ...STATION_IDS]);
	for (const { node, expression } of form.checkNodes) {
		if (form.told.has(node.at)) continue;
		const before = shape.problems.count();
		tellUnknownIds(shape, node, expression, known, `form ${formId} in contest ${plan.id}`);
		if (shape.problems.count() > before) form.told.add(node.at);
	}
	const categories = fields.filter((field) => field.counted && !field.candidate).map((field) => field.id);
	return { form: form.definition, fields, candidates, categories };
}

/** `"id":"illegible",`, twice: what a field takes in the statement that opens two readings. */
const OPENED_BESIDE_ID = 15;

function tellTooLong(shape: Shape, plan: ContestPlan, fields: readonly Field[]): void {
	if (fields.length > LIMITS.formFieldsMax) {
		const most = `at most ${LIMITS.formFieldsMax} fields and candidates on one form`;
		tell(shape, plan.node, 'P8', most, `${fields.length}`, 'divide the contest');
		return;
	}
	const bytes = 2 * fields.reduce((sum, { id }) => sum + id.length + OPENED_BESIDE_ID, 0);
	if (bytes <= LIMITS.openedFieldsBytesMax) return;
	const toDo = 'shorten the ids, or divide the contest';
	const expected = `fields and candidates whose two readings take at most ${LIMITS.openedFieldsBytesMax} bytes in one statement`;
	tell(shape, plan.node, 'P8', expected, `${fields.length} fields, ${bytes} bytes`, toDo);
}

function tellCollisions(
	shape: Shape,
	placed: readonly PlacedCandidate[],
	form: FormPlan,
	file: string,
	contest: string,
): void {
	const ids = new Set(form.rows.flatMap((row) => (row.kind === 'field' ? [row.field.id] : [])));
	for (const { id, place } of placed) {
		if (!ids.has(id)) continue;
		const expected = `a candidate id that is not also a field of form ${form.definition.id}, which contest ${contest} uses`;
		shape.problems.add({
			rule: 'P39',
			file,
			...place,
			expected,
			came: quote(id),
			toDo: 'rename the candidate’s id or the field',
		});
	}
}

function withoutPlace(placed: PlacedCandidate): Candidate {
	const { id, contest, order, name, party } = placed;
	return { id, contest, order, name, party };
}
