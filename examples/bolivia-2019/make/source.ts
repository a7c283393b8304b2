/**
 * The three tables of `bolivia2019-trep-vs-computo` as rows: UTF-8 with a byte order mark, CSV with quoted cells, one row per polling table. Every figure is
 * checked to be a number of at most three digits; names are brought to NFC, with single spaces (some end in a no-break space).
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { onlyFileIn } from './zip.ts';

/** Column of the source → id in the package, in the order of the file. */
export const CANDIDATES = [
	['CC', 'cc'],
	['FPV', 'fpv'],
	['MTS', 'mts'],
	['UCS', 'ucs'],
	['MAS - IPSP', 'mas'],
	['21F', '21f'],
	['PDC', 'pdc'],
	['MNR', 'mnr'],
	['PAN-BOL', 'pan-bol'],
] as const;

const FIGURES = [['Inscritos', 'registered'], ...CANDIDATES, ['Blancos', 'blank'], ['Nulos', 'null']] as const;

/** The fields of the form in printed order. */
export const FIELDS: readonly string[] = FIGURES.map(([, id]) => id);

export interface Table {
	/** The number of the polling table, from the source's first column. */
	readonly id: string;
	readonly country: string;
	readonly department: string;
	readonly province: string;
	readonly municipality: string;
	readonly locality: string;
	/** '' where the file has no such column. */
	readonly zone: string;
	readonly precinct: string;
	/** In the order of `FIELDS`. */
	readonly figures: readonly number[];
}

export interface Source {
	/** The official count. */
	readonly official: readonly Table[];
	/** The preliminary transmission when its publication was paused, and a day later. */
	readonly paused: readonly Table[];
	readonly preliminary: readonly Table[];
}

export function readSource(folder: string): Source {
	const read = (name: string) => readTables(onlyFileIn(readFileSync(join(folder, name))).toString('utf8'));
	return {
		official: read('final_computo.zip'),
		paused: read('trep - acta.2019.10.20.19.40.57.zip'),
		preliminary: read('trep - acta.2019.10.21.18.29.53.zip'),
	};
}

function readTables(text: string): readonly Table[] {
	if (!text.startsWith('\ufeff')) throw new Error('the source begins with a byte order mark; this file does not');
	const [header = [], ...rows] = text
		.slice(1)
		.split(/\r?\n/)
		.filter((line) => line !== '')
		.map(cells);
	const tables = rows.map((row) => readTable(header, row));
	if (new Set(tables.map(({ id }) => id)).size !== tables.length) throw new Error('a table number stands twice');
	return tables.sort((a, b) => Number(a.id) - Number(b.id));
}

function readTable(header: readonly string[], row: readonly string[]): Table {
	if (row.length !== header.length)
		throw new Error(`${header.length} cells were expected, the row has ${row.length}: ${row.join(',')}`);
	const cell = (column: string) => (row[header.indexOf(column)] ?? '').normalize('NFC').replaceAll(/\s+/g, ' ').trim();
	const number = (column: string) => {
		if (!/^(0|[1-9][0-9]{0,2})$/.test(cell(column))) throw new Error(`"${cell(column)}" in ${column} is not a figure`);
		return Number(cell(column));
	};
	if (!/^[1-9][0-9]{3,4}$/.test(cell('Número Mesa'))) throw new Error(`"${cell('Número Mesa')}" is not a table number`);
	return {
		id: cell('Número Mesa'),
		country: cell('País'),
		department: cell('Departamento'),
		province: cell('Provincia'),
		municipality: cell('Municipio'),
		locality: cell('Localidad'),
		zone: cell('Zona'),
		precinct: cell('Recinto'),
		figures: FIGURES.map(([column]) => number(column)),
	};
}

/** One line of CSV; the source has no line feed inside quotes. */
function cells(line: string): string[] {
	const found = line.match(/(?:"(?:[^"]|"")*"|[^,]*)(?:,|$)/g) ?? [];
	const whole = line.endsWith(',') ? found : found.slice(0, -1);
	return whole.map((cell) => {
		const bare = cell.endsWith(',') ? cell.slice(0, -1) : cell;
		return bare.startsWith('"') ? bare.slice(1, -1).replaceAll('""', '"') : bare;
	});
}
