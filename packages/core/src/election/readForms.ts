/**
 * Form definitions (`spec/package.md`, P40–P46): printed fields in order with one row for the candidates, the columns that bound a station's ballots,
 * and the checks. Candidate rows are expanded for each contest in `readContests.ts`, where the ids in checks are known.
 */
import { type Expression, hasUnequal, parseExpression } from './expression.ts';
import { tellExpression } from './expressionPlaces.ts';
import { KEYWORDS } from './expressionWords.ts';
import type { JsonNode } from './json.ts';
import {
	asBoolean,
	asCount,
	asId,
	asList,
	asObject,
	asText,
	asTexts,
	asWord,
	isIntegerLike,
	type Node,
	type Shape,
	tell,
} from './jsonShape.ts';
import { LIMITS } from './limits.ts';
import { quote } from './problem.ts';
import { tellTwice } from './readKeys.ts';
import { CEILING_COLUMNS } from './readStations.ts';
import type { CeilingColumn, Check, Field, FormDefinition } from './types.ts';

/** A printed row: a field, or the place of all candidates. */
export type FormRow =
	| { readonly kind: 'field'; readonly node: JsonNode; readonly field: Field }
	| { readonly kind: 'candidates'; readonly blankIsZero: boolean };

export interface FormPlan {
	readonly definition: FormDefinition;
	readonly rows: readonly FormRow[];
	readonly node: JsonNode;
	/** Where each check's expression stands. */
	readonly checkNodes: readonly { readonly node: JsonNode; readonly expression: Expression }[];
	/** Offsets of checks whose unknown ids have been told: a form may serve many contests. */
	readonly told: Set<number>;
}

export function readForms(
	shape: Shape,
	node: Node,
	columns: ReadonlySet<CeilingColumn> | undefined,
): ReadonlyMap<string, FormPlan> {
	const forms = new Map<string, FormPlan>();
	for (const item of asList(shape, node, 'forms', LIMITS.formsMax)) {
		const get = asObject(shape, item, 'a form', ['id', 'title', 'fields', 'ceiling', 'checks']);
		const id = asId(shape, get?.('id'), 'the id of a form');
		const title = asTexts(shape, get?.('title'), 'the title of a form') ?? {};
		const rows = readRows(shape, get?.('fields'));
		const ceiling = readCeiling(shape, get?.('ceiling'), columns);
		const checkNodes: { node: JsonNode; expression: Expression }[] = [];
		const checks = readChecks(shape, get?.('checks'), checkNodes);
		if (id === undefined) continue;
		if (forms.has(id)) tellTwice(shape, item, 'form', id);
		forms.set(id, { definition: { id, title, ceiling, checks }, rows, node: item, checkNodes, told: new Set() });
	}
	return forms;
}

function readRows(shape: Shape, node: Node): readonly FormRow[] {
	const rows: FormRow[] = [];
	const ids = new Set<string>();
	for (const item of asList(shape, node, 'fields', LIMITS.fieldsMax)) {
		const isCandidates = item.kind === 'object' && item.members.has('candidates');
		if (isCandidates) {
			const get = asObject(shape, item, 'the row of the candidates', ['candidates', 'blank_is_zero']);
			const blankIsZero = asBoolean(shape, get?.('blank_is_zero'), 'blank_is_zero') ?? false;
			if (asBoolean(shape, get?.('candidates'), 'candidates') === false) {
				tell(shape, item, 'P45', '"candidates": true', 'false', 'write true, or make it an ordinary field');
			}
			rows.push({ kind: 'candidates', blankIsZero });
			continue;
		}
		const field = readField(shape, item);
		if (field === undefined) continue;
		if (ids.has(field.id)) tellTwice(shape, item, 'field', field.id);
		ids.add(field.id);
		rows.push({ kind: 'field', node: item, field });
	}
	const count = rows.filter((row) => row.kind === 'candidates').length;
	if (node?.kind === 'list' && count !== 1) {
		tell(
			shape,
			node,
			'P45',
			'exactly one { "candidates": true, … } in fields',
			`${count}`,
			'put it where the candidates’ rows are printed',
		);
	}
	return rows;
}

function readField(shape: Shape, item: JsonNode): Field | undefined {
	const get = asObject(shape, item, 'a field', ['id', 'label', 'counted', 'blank_is_zero']);
	const id = asId(shape, get?.('id'), 'the id of a field');
	const label = asTexts(shape, get?.('label'), 'the label of a field') ?? {};
	const counted = asBoolean(shape, get?.('counted'), 'counted') ?? false;
	const blankIsZero = asBoolean(shape, get?.('blank_is_zero'), 'blank_is_zero') ?? false;
	if (id === undefined) return undefined;
	if (isIntegerLike(id) || KEYWORDS.has(id) || id.startsWith('station.')) {
		const expected = `a field id that is not digits alone, not station.… and none of the words ${[...KEYWORDS].join(', ')}`;
		tell(shape, get?.('id') ?? item, 'P45', expected, quote(id), 'rename the field; its label may say anything');
	}
	return { id, label, counted, candidate: false, blankIsZero };
}

function readCeiling(
	shape: Shape,
	node: Node,
	columns: ReadonlySet<CeilingColumn> | undefined,
): readonly CeilingColumn[] {
	const ceiling = new Set<CeilingColumn>();
	for (const item of asList(shape, node, 'ceiling', CEILING_COLUMNS.length)) {
		const column = asWord(shape, item, 'a column of stations.csv', CEILING_COLUMNS);
		if (column === undefined) continue;
		if (ceiling.has(column)) tellTwice(shape, item, 'column', column);
		if (columns?.has(column) === false) {
			tell(
				shape,
				item,
				'P46',
				`a column ${column} in stations.csv`,
				'none',
				'add the column, or take it out of the ceiling',
			);
		}
		ceiling.add(column);
	}
	return [...ceiling];
}

function readChecks(
	shape: Shape,
	node: Node,
	checkNodes: { node: JsonNode; expression: Expression }[],
): readonly Check[] {
	const checks = new Map<string, Check>();
	for (const item of asList(shape, node, 'checks', LIMITS.checksMax)) {
		const get = asObject(shape, item, 'a check', ['id', 'expression', 'severity', 'text'], ['tolerance']);
		const id = asId(shape, get?.('id'), 'the id of a check');
		const expressionNode = get?.('expression');
		const source = asText(shape, expressionNode, 'the expression');
		const severity = asWord(shape, get?.('severity'), 'the severity', ['error', 'warning', 'info']);
		const tolerance = asCount(shape, get?.('tolerance'), 'the tolerance', 0, LIMITS.constantMax) ?? 0;
		const text = asTexts(shape, get?.('text'), 'the text of a check') ?? {};
		if (source === undefined || expressionNode === undefined) continue;
		const parsed = parseExpression(source);
		if (!parsed.ok) {
			tellExpression(shape, expressionNode, parsed.error);
			continue;
		}
		const expression = parsed.value;
		checkNodes.push({ node: expressionNode, expression });
		if (tolerance > 0 && hasUnequal(expression)) {
			tell(
				shape,
				get?.('tolerance') ?? item,
				'P44',
				'no tolerance on a check with !=',
				`${tolerance}`,
				'delete the tolerance, or compare with <= or >=',
			);
		}
		if (id === undefined || severity === undefined) continue;
		if (checks.has(id)) tellTwice(shape, item, 'check', id);
		checks.set(id, { id, expression, source, severity, tolerance, text });
	}
	return [...checks.values()];
}
