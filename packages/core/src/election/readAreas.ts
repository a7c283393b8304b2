/**
 * `areas.csv` (`spec/package.md`, P36, P60–P61): every area with its level and its parent in each hierarchy. Parents exist, lie on a higher level,
 * and never form a circle.
 */
import { type Columns, type CsvRecord, readTable } from './csvTable.ts';
import { GEOGRAPHIC } from './geography.ts';
import { LIMITS } from './limits.ts';
import { type ProblemList, quote } from './problem.ts';
import type { Place, SourceText } from './sourceText.ts';
import type { Area, Level } from './types.ts';

export interface Areas {
	readonly areas: ReadonlyMap<string, Area>;
	/** Those that have a column, `geographic` first. */
	readonly hierarchies: readonly string[];
}

const COLUMNS: Columns = {
	required: ['id', 'level', 'parent', 'name'],
	optional: ['electors'],
	prefix: 'parent.',
	others: false,
	rowsMax: LIMITS.areasMax,
};

export function readAreas(source: SourceText, levels: readonly Level[], problems: ProblemList): Areas {
	const areas = new Map<string, Area>();
	const records = new Map<string, CsvRecord>();
	const rank = new Map(levels.map((level, index) => [level.id, index]));
	const table = readTable(source, COLUMNS, problems, (record) => {
		const area = readArea(record, rank);
		if (area === undefined) return;
		if (areas.has(area.id))
			record.tell('id', 'P26', 'each area once', `${quote(area.id)} again`, 'delete one row, or give it another id');
		else {
			areas.set(area.id, area);
			records.set(area.id, record);
		}
	});
	const hierarchies = [
		GEOGRAPHIC,
		...table.headers.filter((header) => header.startsWith('parent.')).map((header) => header.slice(7)),
	];
	for (const [id, record] of records) checkParents(areas, record, areas.get(id), rank);
	for (const hierarchy of hierarchies) {
		for (const circle of circlesOf(areas, hierarchy)) {
			const [first = ''] = circle;
			const column = columnOf(hierarchy);
			records
				.get(first)
				?.tell(column, 'P61', 'parents that lead to the top', circle.join(' → '), 'correct one of these parents');
		}
	}
	if (hierarchies.length > LIMITS.hierarchiesMax) {
		const place: Place = { line: 1, column: 1 };
		problems.add({
			rule: 'P8',
			file: source.file,
			...place,
			expected: `at most ${LIMITS.hierarchiesMax} hierarchies`,
			came: 'more',
			toDo: 'delete columns',
		});
	}
	return { areas, hierarchies };
}

function readArea(record: CsvRecord, rank: ReadonlyMap<string, number>): Area | undefined {
	const id = record.id('id');
	const level = record.id('level');
	const name = record.text('name');
	const electors = record.count('electors');
	if (level !== undefined && !rank.has(level)) {
		record.tell(
			'level',
			'P60',
			`one of ${[...rank.keys()].join(', ')}`,
			quote(level),
			'use a level of election.json, or add this one there',
		);
	}
	const parents: Record<string, string> = {};
	for (const column of record.columns('parent.')) {
		const parent = record.idOrNone(column);
		if (parent !== undefined && parent !== '') parents[column.slice(7)] = parent;
	}
	parents[GEOGRAPHIC] = record.idOrNone('parent') ?? '';
	if (id === undefined || level === undefined || name === undefined) return undefined;
	return { id, level, name, parents, electors: electors === 'none' ? undefined : electors };
}

function checkParents(
	areas: ReadonlyMap<string, Area>,
	record: CsvRecord,
	area: Area | undefined,
	rank: ReadonlyMap<string, number>,
): void {
	const own = rank.get(area?.level ?? '');
	for (const [hierarchy, parentId] of Object.entries(area?.parents ?? {})) {
		const column = columnOf(hierarchy);
		if (parentId === '') {
			if (own === undefined || own === 0 || record.raw(column) !== '') continue;
			record.tell(
				column,
				'P61',
				'a parent, since this is not the highest level',
				'an empty cell',
				'write the id of the area that contains it',
			);
			continue;
		}
		const parent = areas.get(parentId);
		if (parent === undefined) {
			record.tell(column, 'P61', 'the id of an area of this file', quote(parentId), 'correct the id, or add the area');
			continue;
		}
		const above = rank.get(parent.level);
		if (own === undefined || above === undefined || above < own) continue;
		const came = `${quote(parentId)} of level ${parent.level}`;
		record.tell(
			column,
			'P61',
			`an area of a level above ${area?.level}`,
			came,
			'correct the parent or one of the two levels',
		);
	}
}

function columnOf(hierarchy: string): string {
	return hierarchy === GEOGRAPHIC ? 'parent' : `parent.${hierarchy}`;
}

/** Each circle once, beginning with the area that the file names first. */
function circlesOf(areas: ReadonlyMap<string, Area>, hierarchy: string): readonly (readonly string[])[] {
	const settled = new Set<string>();
	const circles: (readonly string[])[] = [];
	for (const start of areas.keys()) {
		const path = new Set<string>();
		let id = start;
		while (areas.has(id) && !settled.has(id) && !path.has(id)) {
			path.add(id);
			const parents = areas.get(id)?.parents;
			id = parents?.[hierarchy] ?? parents?.[GEOGRAPHIC] ?? '';
		}
		if (path.has(id)) circles.push([...[...path].slice([...path].indexOf(id)), id]);
		for (const seen of path) settled.add(seen);
	}
	return circles;
}
