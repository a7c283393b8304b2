/**
 * `stations.csv` (`spec/package.md`, P37, P62–P64, P72): every polling station, the area it lies in for each hierarchy, and its register. A station lies,
 * for every contest in which it votes, inside an area of the contest's lowest level.
 */
import { type Columns, type CsvRecord, readTable } from './csvTable.ts';
import { GEOGRAPHIC, upwards } from './geography.ts';
import { LIMITS } from './limits.ts';
import { type ProblemList, quote } from './problem.ts';
import type { Areas } from './readAreas.ts';
import type { SourceText } from './sourceText.ts';
import type { CeilingColumn, Station } from './types.ts';

/** What of a contest matters to a station. */
export interface Reach {
	readonly id: string;
	readonly scope: string;
	readonly hierarchy: string;
	/** The lowest level that is totalled. */
	readonly lowest: string;
	/** Levels at which it is certified. */
	readonly collation: readonly { readonly level: string }[];
	/** The register is one of its denominators. */
	readonly needsRegister: boolean;
}

export interface Stations {
	readonly stations: ReadonlyMap<string, Station>;
	/** Columns that the file has, of those that a ceiling may name. */
	readonly ceilingColumns: ReadonlySet<CeilingColumn>;
	/** Contest → how many stations vote in it. */
	readonly voting: ReadonlyMap<string, number>;
}

export const CEILING_COLUMNS: readonly CeilingColumn[] = ['registered', 'supplementary', 'ballots'];

const COLUMNS: Columns = {
	required: ['id', 'area', 'name', 'registered'],
	optional: ['supplementary', 'ballots'],
	prefix: 'area.',
	others: true,
	rowsMax: LIMITS.stationsMax,
};

/** `undefined` when the headers are wrong. */
export function readStations(
	source: SourceText,
	where: Areas,
	contests: readonly Reach[],
	problems: ProblemList,
): Stations | undefined {
	const stations = new Map<string, Station>();
	const voting = new Map<string, number>();
	const byScope = Map.groupBy(contests, (contest) => contest.scope);
	const table = readTable(source, COLUMNS, problems, (record) => {
		const station = readStation(record, where);
		if (station === undefined) return;
		if (stations.has(station.id)) {
			record.tell(
				'id',
				'P26',
				'each polling station once',
				`${quote(station.id)} again`,
				'delete one row, or give it another id',
			);
			return;
		}
		stations.set(station.id, station);
		for (const area of upwards(where.areas, GEOGRAPHIC, station.areas[GEOGRAPHIC] ?? '')) {
			for (const contest of byScope.get(area) ?? []) {
				voting.set(contest.id, (voting.get(contest.id) ?? 0) + 1);
				checkReach(record, station, contest, where);
			}
		}
	});
	if (!table.sound) return undefined;
	for (const header of table.headers) {
		if (!header.startsWith('area.') || where.hierarchies.includes(header.slice(5))) continue;
		const toDo = `add the column parent.${header.slice(5)} to areas.csv, or delete this one`;
		problems.add({
			rule: 'P62',
			file: source.file,
			line: 1,
			column: 0,
			expected: 'hierarchies of areas.csv',
			came: quote(header),
			toDo,
		});
	}
	return {
		stations,
		voting,
		ceilingColumns: new Set(CEILING_COLUMNS.filter((column) => table.headers.includes(column))),
	};
}

function readStation(record: CsvRecord, where: Areas): Station | undefined {
	const id = record.id('id');
	const name = record.text('name');
	const areas: Record<string, string> = {};
	for (const column of ['area', ...record.columns('area.')]) {
		const area = column === 'area' ? record.id(column) : record.idOrNone(column);
		if (area === undefined || area === '') continue;
		if (where.areas.has(area)) areas[column === 'area' ? GEOGRAPHIC : column.slice(5)] = area;
		else if (!where.unsound.has(area))
			record.tell(
				column,
				'P62',
				'the id of an area of areas.csv',
				quote(area),
				'correct the id, or add the area there',
			);
	}
	const attributes: Record<string, string> = {};
	for (const column of record.columns('')) {
		if (KNOWN.has(column) || column.startsWith('area.')) continue;
		const text = record.textOrNone(column);
		if (text !== undefined && text !== '') attributes[column] = text;
	}
	const [registered, supplementary, ballots] = CEILING_COLUMNS.map((column) => stationCount(record, column));
	if (id === undefined || name === undefined || areas[GEOGRAPHIC] === undefined) return undefined;
	return {
		id,
		name,
		areas,
		registered: registered === 'none' ? undefined : registered,
		supplementary: supplementary === 'none' ? undefined : supplementary,
		ballots: ballots === 'none' ? undefined : ballots,
		attributes,
	};
}

function stationCount(record: CsvRecord, column: string): number | 'none' | undefined {
	const value = record.count(column);
	if (typeof value !== 'number' || value <= LIMITS.stationCountMax) return value;
	const expected = `at most ${LIMITS.stationCountMax}`;
	return record.tell(column, 'P8', expected, String(value), 'look for two numbers written together');
}

const KNOWN: ReadonlySet<string> = new Set([...COLUMNS.required, ...COLUMNS.optional]);

function checkReach(record: CsvRecord, station: Station, contest: Reach, where: Areas): void {
	const own = station.areas[contest.hierarchy];
	const column = own === undefined || contest.hierarchy === GEOGRAPHIC ? 'area' : `area.${contest.hierarchy}`;
	const lowest = own ?? station.areas[GEOGRAPHIC] ?? '';
	const chain = upwards(where.areas, contest.hierarchy, lowest);
	if (chain.some((id) => where.unsound.has(id))) return;
	if (!chain.includes(contest.scope)) {
		const expected = `an area inside ${contest.scope}, the scope of contest ${contest.id}, also along the hierarchy ${contest.hierarchy}`;
		record.tell(
			column,
			'P63',
			expected,
			`${quote(lowest)}, which leads to ${chain.at(-1) ?? 'nothing'}`,
			'correct the area or its parents',
		);
	} else {
		const came = `${quote(lowest)} of level ${where.areas.get(lowest)?.level ?? '?'}`;
		const levels = new Set(chain.map((id) => where.areas.get(id)?.level));
		const needed = [contest.lowest, ...contest.collation.map((step) => step.level)].find((id) => !levels.has(id));
		if (needed === contest.lowest) {
			const expected = `an area of level ${needed} or inside one, for contest ${contest.id}`;
			record.tell(column, 'P63', expected, came, 'name the area of that level');
		} else if (needed !== undefined) {
			const expected = `an area inside one of level ${needed}, where contest ${contest.id} is certified`;
			record.tell(
				column,
				'P72',
				expected,
				came,
				'put an area of that level above it, or take the level out of collation',
			);
		}
	}
	if (contest.needsRegister && record.has('registered') && record.raw('registered') === '') {
		const expected = `the number of registered voters, since contest ${contest.id} divides by the register`;
		record.tell(
			'registered',
			'P64',
			expected,
			'an empty cell',
			'write the number, or take the register out of the denominators',
		);
	}
}
