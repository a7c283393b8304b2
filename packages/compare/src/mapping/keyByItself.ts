/**
 * Finds the key of a table of which no codes are known: the column that is different on every row and looks like codes, else text columns that are different together. Headings
 * count for a little, running numbers for nothing, and two that are equally good are both given back.
 */
import type { Table } from '../table/table.ts';
import { countKeys, type KeyWay, nearlyDifferent, plainWay } from './keyValues.ts';
import { normalized } from './names.ts';
import { type ColumnSurvey, holdsCounts } from './survey.ts';

const KEY_WORDS =
	/\b(code|codigo|cod|clave|kode|kod|mesa|acta|station|section|seccion|secao|precinct|tps|pu|unit|centre|center|puesto|casilla|jrv|bureau|ubigeo|siruta|stream|id|key|numero|number|num|nro|nr|no)\b/;

export function keysByThemselves(table: Table, surveys: readonly ColumnSurvey[]): readonly KeyWay[] {
	const scored = surveys
		.filter((one) => one.different && one.codeLike && !one.running && mayBeKey(one))
		.map((one) => ({ one, score: scoreOf(one) }));
	const unique = scored.filter(({ one }) => nearlyDifferent(countKeys(table, plainWay(one.column))));
	const most = Math.max(...unique.map(({ score }) => score));
	const best = unique.filter(({ score }) => score === most).map(({ one }) => plainWay(one.column));
	if (best.length > 0) return best;
	return joined(table, surveys);
}

/** A heading that says code comes first; a column that could be counts comes last. */
function scoreOf(survey: ColumnSurvey): number {
	const words = saysKey(survey.name) ? 2 : 0;
	return words + (survey.name === '(key)' ? 3 : 0) + (holdsCounts(survey) ? 0 : 1);
}

/** Votes of a few areas are all different too: numbers are a code where the heading says so. */
export function mayBeKey(survey: ColumnSurvey): boolean {
	return saysKey(survey.name) || !holdsCounts(survey);
}

export function saysKey(heading: string): boolean {
	return KEY_WORDS.test(normalized(heading));
}

const JOIN = ' / ';
const COLUMNS_MAX = 12;

/** The fewest columns on the right end of the texts before the first figures that are different together. */
function joined(table: Table, surveys: readonly ColumnSurvey[]): readonly KeyWay[] {
	const texts = surveys
		.filter((one) => !holdsCounts(one) && one.filled > 0 && one.distinct > 1)
		.map(({ column }) => column)
		.slice(0, COLUMNS_MAX);
	let nearly: KeyWay | undefined;
	for (let from = texts.length - 2; from >= 0; from--) {
		const columns = texts.slice(from);
		const way = { columns, join: JOIN, prefix: '', pads: columns.map(() => 0) };
		const counted = countKeys(table, way);
		if (counted.distinct === table.rows) return [way];
		if (nearlyDifferent(counted)) nearly = way;
	}
	return nearly === undefined ? [] : [nearly];
}
