/**
 * Real elections as counts, from tables outside this repository: Bolivia 2019, the transmission and the official count; Bulgaria 2021, protocols and machines; Peru 2021, actas as observed and as resolved; Kenya 2013,
 * forms before and after overwriting. Read with as little as possible, since what reads tables in the product is tested elsewhere.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { Count, CountField } from '@matokeo/compare/count.ts';
import { type EffectLaw, lawOf } from '@matokeo/compare/effect/law.ts';
import { loadElection } from '@matokeo/core/election/package.ts';
import { contextOf } from '@matokeo/core/rules/context.ts';
import { baselineOf } from '@matokeo/core/standings/baseline.ts';
import { portableSuite } from '@matokeo/core/std/portable.ts';
import { memoryRows } from '@matokeo/core/testing/rules/memory.ts';
import { areasOf } from './smallCount.ts';

const DATA = new URL('../../../../../shared/data/', import.meta.url);

export function hasData(folder: string): boolean {
	return existsSync(new URL(folder, DATA));
}

interface Columns {
	readonly key: string;
	/** Column → field, `kind:id`. */
	readonly fields: Readonly<Record<string, string>>;
	readonly areas?: readonly string[];
	readonly separator?: string;
	/** Rows that are read. */
	readonly only?: (cell: (column: string) => string) => boolean;
}

function bytesOf(path: string): Buffer {
	const file = fileURLToPath(new URL(path, DATA));
	if (path.endsWith('.zip')) return execFileSync('unzip', ['-p', file], { maxBuffer: 1 << 27 });
	const bytes = readFileSync(file);
	return path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}

function cellsOf(line: string, separator: string): readonly string[] {
	if (!line.includes('"')) return line.split(separator);
	return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

/** The first row of a key is kept. */
function tableOf(title: string, path: string, columns: Columns): Count {
	const separator = columns.separator ?? ',';
	const [head = '', ...lines] = bytesOf(path).toString('utf8').replace(/^﻿/, '').split(/\r?\n/);
	const places = new Map(cellsOf(head, separator).map((name, place): readonly [string, number] => [name, place]));
	const rows = new Map<string, readonly string[]>();
	for (const line of lines.filter((one) => one !== '')) {
		const cells = cellsOf(line, separator);
		const cell = (column: string) => cells[places.get(column) ?? -1] ?? '';
		if (columns.only?.(cell) !== false && !rows.has(cell(columns.key))) rows.set(cell(columns.key), cells);
	}
	const ids = Object.entries(columns.fields);
	const at = (cells: readonly string[], column: string) => cells[places.get(column) ?? -1] ?? '';
	const numbers = [...rows.values()].flatMap((cells) =>
		ids.map(([column]) => (/^[0-9]+$/.test(at(cells, column)) ? Number(at(cells, column)) : Number.NaN)),
	);
	return {
		title,
		level: 'station',
		fields: ids.map(([, word]): CountField => {
			const [kind, id = ''] = word.split(':');
			return { id, name: id, kind: kind === 'candidate' || kind === 'total' ? kind : 'other' };
		}),
		keys: [...rows.keys()],
		values: Float64Array.from(numbers),
		texts: new Map(),
		areas: (columns.areas ?? []).map((column) =>
			areasOf(
				column,
				[...rows.values()].map((cells) => at(cells, column)),
			),
		),
		leftOut: [],
		filtered: 0,
		source: { digest: '0'.repeat(64) },
	};
}

const BOLIVIA = {
	Inscritos: 'other:registered',
	CC: 'candidate:cc',
	FPV: 'candidate:fpv',
	MTS: 'candidate:mts',
	UCS: 'candidate:ucs',
	'MAS - IPSP': 'candidate:mas',
	'21F': 'candidate:21f',
	PDC: 'candidate:pdc',
	MNR: 'candidate:mnr',
	'PAN-BOL': 'candidate:pan-bol',
	Blancos: 'other:blank',
	Nulos: 'other:null',
};

export const BOLIVIA_FOLDER = 'bolivia2019-trep-vs-computo/';

const read = new Map<string, Count>();

export function bolivia(which: 'official' | 'paused' | 'last'): Count {
	const known = read.get(which);
	if (known !== undefined) return known;
	const file = {
		official: 'final_computo.zip',
		paused: 'trep - acta.2019.10.20.19.40.57.zip',
		last: 'trep - acta.2019.10.21.18.29.53.zip',
	};
	const count = tableOf(which, `${BOLIVIA_FOLDER}${file[which]}`, {
		key: 'Número Mesa',
		fields: BOLIVIA,
		areas: ['País', 'Departamento', 'Provincia', 'Municipio'],
	});
	read.set(which, count);
	return count;
}

/** The package of an example of this repository, and the law of one of its contests before anything is said. */
export function lawOfExample(example: string, contestId: string): EffectLaw {
	return lawOfPackage(`examples/${example}/package`, contestId);
}

/** `path`: the package's folder in this repository. */
export function lawOfPackage(path: string, contestId: string): EffectLaw {
	const folder = new URL(`../../../../${path}/`, import.meta.url);
	const files = readdirSync(folder).map((name): readonly [string, Uint8Array] => [
		name,
		readFileSync(new URL(name, folder)),
	]);
	const election = loadElection(portableSuite, new Map(files));
	if (!election.ok) throw new Error(`the package ${path} has problems`);
	const context = contextOf(portableSuite, election.value);
	const contest = election.value.contests.get(contestId);
	if (contest === undefined) throw new Error(`${path} has no contest ${contestId}`);
	return lawOf({ context, baseline: baselineOf(election.value), rows: memoryRows() }, contest);
}

/** A long table: one row for each station and party. */
function longOf(title: string, path: string): Count {
	const [, ...lines] = bytesOf(path).toString('utf8').split(/\r?\n/);
	const stations = new Map<string, Map<string, number>>();
	const parties = new Map<string, number>();
	for (const line of lines.filter((one) => one !== '')) {
		const [station = '', party = '', votes = ''] = line.split(';');
		parties.set(party, parties.size);
		stations.set(station, (stations.get(station) ?? new Map<string, number>()).set(party, Number(votes)));
	}
	const ids = [...parties.keys()].sort((one, other) => Number(one) - Number(other));
	return {
		title,
		level: 'station',
		fields: ids.map((id) => ({ id, name: id, kind: 'candidate' })),
		keys: [...stations.keys()],
		values: Float64Array.from([...stations.values()].flatMap((of) => ids.map((id) => of.get(id) ?? Number.NaN))),
		texts: new Map(),
		areas: [],
		leftOut: [],
		filtered: 0,
		source: { digest: '0'.repeat(64) },
	};
}

export const BULGARIA_FOLDER = 'bulgaria2021-protocol-vs-machine/20210711/';

/** Votes cast by machine: as the paper protocol of the section says, and as the memory of its machine does. */
export function bulgaria(which: 'protocol' | 'machine'): Count {
	const file = which === 'protocol' ? '50_votes_machine.csv' : '50_votes_machine_from_machine_data.csv';
	return longOf(which, `${BULGARIA_FOLDER}${file}`);
}

export const PERU_FOLDER = 'peru2021-runoff-actas/datos/actas/';

/** The actas of the second round: as they stood on 15 June, and as they were resolved. Numbers of tables are written to six digits in both. */
export function peru(which: 'observed' | 'resolved'): Count {
	const count =
		which === 'observed'
			? tableOf(which, `${PERU_FOLDER}actas_electorales.csv.gz`, {
					key: 'num_mesa',
					fields: {
						votos_perulibre: 'candidate:peru-libre',
						votos_fuerzapopular: 'candidate:fuerza-popular',
						votos_blanco: 'other:blank',
						votos_nulos: 'other:null',
						votos_impugnados: 'other:contested',
						num_votos: 'total:voted',
					},
				})
			: tableOf(which, `${PERU_FOLDER}actas_electorales_ronderos.pe.csv.gz`, {
					key: 'mesa',
					fields: {
						v2_perulibre: 'candidate:peru-libre',
						v2_fp: 'candidate:fuerza-popular',
						v2_blanco: 'other:blank',
						v2_nulos: 'other:null',
						v2_impugnados: 'other:contested',
						v2_TOT_CIUDADANOS_VOTARON: 'total:voted',
					},
				});
	return { ...count, keys: count.keys.map((key) => key.padStart(6, '0')) };
}

export const KENYA_2013_FOLDER = 'kenya2013-form34a-labels/data/';

/** Totals blocks of forms that were overwritten, as they could be read before and after; blank or illegible ones are not given. */
export function kenya2013(which: 'orig' | 'fin'): Count {
	const names = ['registered', 'spoiled', 'cast', 'rejected', 'disputed', 'objected', 'valid_votes'];
	return tableOf(which, `${KENYA_2013_FOLDER}final-audit-edited-tallies.csv`, {
		key: 'file_orig',
		fields: Object.fromEntries(names.map((name) => [`${name}_${which}`, `other:${name}`])),
	});
}
