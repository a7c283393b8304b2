/**
 * Peru 2021, second round: 86,488 actas as the source has them, each in two states, as it was observed on 15 June and as it was resolved. The source is `peru2021-runoff-actas`, two tables
 * that were read off the pages of the ONPE; it is never part of this repository. What the two states mean for a log is in `story.ts`.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readRows } from '@matokeo/core/election/csv.ts';
import { type Problem, problemList } from '@matokeo/core/election/problem.ts';
import { readSource } from '@matokeo/core/election/sourceText.ts';
import type { Figure } from '@matokeo/core/record/statement.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';

/** The fields of the acta in the order of the form; the first is not counted, it is the officers' own sum. */
export const FIELDS = ['voted', 'peru-libre', 'fuerza-popular', 'blank', 'null', 'contested'] as const;

export interface ActaState {
	/** The source's word for what the acta is, such as `ERROR MATERIAL`. */
	readonly observation: string;
	/** How far it had come, such as `ACTA ELECTORAL PARA ENVÍO AL JEE`. */
	readonly progress: string;
	/** In the order of `FIELDS`. */
	readonly figures: readonly Figure[];
}

export interface Acta {
	/** The number of the polling table, six digits. */
	readonly mesa: string;
	/** Six digits: department, province and district, two each. */
	readonly ubigeo: string;
	readonly department: string;
	readonly province: string;
	readonly district: string;
	readonly place: string;
	readonly registered: number;
	readonly observed: ActaState;
	readonly resolved: ActaState;
}

const SOURCE = join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'data', 'peru2021-runoff-actas');
const OBSERVED = 'datos/actas/actas_electorales.csv.gz';
const RESOLVED = 'datos/actas/actas_electorales_ronderos.pe.csv.gz';

const OBSERVED_FIGURES = [
	'num_votos',
	'votos_perulibre',
	'votos_fuerzapopular',
	'votos_blanco',
	'votos_nulos',
	'votos_impugnados',
];
const RESOLVED_FIGURES = [
	'v2_TOT_CIUDADANOS_VOTARON',
	'v2_perulibre',
	'v2_fp',
	'v2_blanco',
	'v2_nulos',
	'v2_impugnados',
];

/** The folder of the source, or nothing where it is absent. */
export function peruSource(): string | undefined {
	return existsSync(join(SOURCE, OBSERVED)) && existsSync(join(SOURCE, RESOLVED)) ? SOURCE : undefined;
}

/** By number of the table. */
export function readActas(source: string): readonly Acta[] {
	const resolved = new Map<string, ActaState>();
	eachRow(join(source, RESOLVED), (cell) => {
		const mesa = numbered(cell('mesa'));
		if (resolved.has(mesa)) throw new Error(`the acta of table ${mesa} is resolved twice`);
		resolved.set(mesa, state(cell('v2_OBSERVACION'), cell('v2_OBSERVACION_TXT'), RESOLVED_FIGURES.map(cell)));
	});
	const actas = new Map<string, Acta>();
	eachRow(join(source, OBSERVED), (cell) => {
		const mesa = numbered(cell('num_mesa'));
		const later = resolved.get(mesa);
		if (later === undefined || actas.has(mesa)) throw new Error(`table ${mesa} is not in each source once`);
		actas.set(mesa, {
			mesa,
			ubigeo: cell('ubigeo'),
			department: tidied(cell('departamento')),
			province: tidied(cell('provincia')),
			district: tidied(cell('distrito')),
			place: tidied(cell('local')),
			registered: number(cell('num_electores')),
			observed: state(cell('observacion'), cell('observacion_detalle'), OBSERVED_FIGURES.map(cell)),
			resolved: later,
		});
	});
	if (actas.size !== resolved.size) throw new Error('an acta is resolved that was never observed');
	return [...actas.values()].sort((a, b) => Number(a.mesa) - Number(b.mesa));
}

function state(observation: string, progress: string, cells: readonly string[]): ActaState {
	return { observation, progress, figures: cells.map(figure) };
}

/** The source writes NA where a figure could not be read. */
function figure(cell: string): Figure {
	return cell === 'NA' ? 'illegible' : number(cell);
}

function number(cell: string): number {
	if (!/^(0|[1-9][0-9]{0,5})$/.test(cell)) throw new Error(`a number of at most six digits was expected: ${cell}`);
	return Number(cell);
}

function numbered(mesa: string): string {
	return mesa.padStart(6, '0');
}

/** Some names have two spaces, or one at the end. */
function tidied(name: string): string {
	return name.normalize('NFC').replaceAll(/\s+/g, ' ').trim();
}

function eachRow(file: string, each: (cell: (column: string) => string) => void): void {
	const problems = problemList();
	// One address has a line break of its own, of another kind than the lines.
	const text = gunzipSync(readFileSync(file)).toString('utf8').replaceAll('\r\n', '\n');
	const source = readSource(file, utf8Encode(text), problems);
	let header: readonly string[] | undefined;
	if (source !== undefined)
		readRows(source, problems, ({ cells }) => {
			if (header === undefined) {
				header = cells;
				return;
			}
			const columns = header;
			each((column) => {
				const cell = cells[columns.indexOf(column)];
				if (cell === undefined) throw new Error(`${file} has no column ${column}`);
				return cell;
			});
		});
	const [first]: readonly Problem[] = problems.sorted();
	if (first !== undefined) throw new Error(`${file}: ${first.expected} was expected, ${first.came} came`);
}
