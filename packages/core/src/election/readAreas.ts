/**
 * `areas.csv` (`spec/package.md`, P36, P60–P61): every area with its level and its parent in each hierarchy. Parents exist, lie on a higher level,
 * and never form a circle.
 */
import { type Columns, type CsvRecord, readTable } from './csvTable.ts';
import { GEOGRAPHIC } from './geography.ts';
import { LIMITS } from './limits.ts';
import { type ProblemList, quote } from './problem.ts';
import type { SourceText } from './sourceText.ts';
import type { Area, Level } from './types.ts';

export interface Areas {
	readonly areas: ReadonlyMap<string, Area>;
	/** Those that have a column, `geographic` first. */
	readonly hierarchies: readonly string[];
	/** Ids of rows that have a problem: what lies inside is not judged, since it would only repeat it. */
	readonly unsound: ReadonlySet<string>;
}

const COLUMNS: Columns = {
	required: ['id', 'level', 'parent', 'name'],
	optional: [],
	prefix: 'parent.',
	others: false,
	rowsMax: LIMITS.areasMax,
};

/** `undefined` when the headers are wrong. */
export function readAreas(source: SourceText, levels: readonly Level[], problems: ProblemList): Areas | undefined {
	const areas = new Map<string, Area>();
	const records = new Map<string, CsvRecord>();
	const rank = new Map(levels.map((level, index) => [level.id, index]));
	const unsound = new Set<string>();
	const table = readTable(source, COLUMNS, problems, (record) => {
		const before = problems.count();
		const area = readArea(record, rank);
		if (problems.count() > before) unsound.add(record.raw('id'));
		if (area === undefined) return;
		if (areas.has(area.id)) {
			record.tell('id', 'P26', 'each area once', `${quote(area.id)} again`, 'delete one row, or give it another id');
		} else {
			areas.set(area.id, area);
			records.set(area.id, record);
		}
	});
	if (!table.sound) return undefined;
	for (const [id, record] of records) {
		const before = problems.count();
		checkParents(areas, record, areas.get(id), rank, unsound);
		if (problems.count() > before) unsound.add(id);
	}
	const hierarchies = [GEOGRAPHIC];
	for (const header of table.headers) if (header.startsWith('parent.')) hierarchies.push(header.slice(7));
	const told = new Set<string>();
	for (const hierarchy of hierarchies) {
		for (const circle of circlesOf(areas, hierarchy)) {
			const path = [...circle.slice(0, SHOWN_MAX), ...(circle.length > SHOWN_MAX ? ['…'] : [])].join(' → ');
			const column = columnOf(hierarchy);
			if (!told.has(path)) {
				records.get(circle[0] ?? '')?.tell(column, 'P61', 'parents that lead to the top', path, 'correct one of them');
			}
			told.add(path);
			for (const id of circle) unsound.add(id);
		}
	}
	if (hierarchies.length > LIMITS.hierarchiesMax) {
		const expected = `at most ${LIMITS.hierarchiesMax} hierarchies`;
		const came = `${hierarchies.length}`;
		problems.add({ rule: 'P8', file: source.file, line: 1, column: 1, expected, came, toDo: 'delete columns' });
	}
	return { areas, hierarchies, unsound };
}

function readArea(record: CsvRecord, rank: ReadonlyMap<string, number>): Area | undefined {
	const id = record.id('id');
	const level = record.id('level');
	const name = record.text('name');
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
	return { id, level, name, parents };
}

function checkParents(
	areas: ReadonlyMap<string, Area>,
	record: CsvRecord,
	area: Area | undefined,
	rank: ReadonlyMap<string, number>,
	unsound: ReadonlySet<string>,
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
			if (unsound.has(parentId)) continue;
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

/** Areas of a circle that are named; the rest follows from the file. */
const SHOWN_MAX = 12;

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
