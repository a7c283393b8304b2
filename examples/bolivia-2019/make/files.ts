/**
 * Every file of the example from the source's rows, as bytes by path: the package with its manifest, the officers' reports, the forms, and the
 * first snapshot of the transmission as a count that somebody lodges beside the log. A function of the source alone.
 */
import { makeManifest, MANIFEST } from '@matokeo/core/election/manifest.ts';
import { printCountTable } from '@matokeo/core/record/countTable.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { printCsv } from '../../lib/csv.ts';
import { candidateRows, electionJson, witnessPolicy } from './election.ts';
import { areaRows, stationRows } from './places.ts';
import { FIELDS, type Source, type Table } from './source.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const figures = (table: Table) => table.figures.map(String);

/** The preliminary transmission: batch 1 when publication was paused, batch 2 what came until the second snapshot; each by table number. */
function reportRows({ paused, preliminary }: Source): readonly (readonly string[])[] {
	const first = new Map(paused.map((table) => [table.id, table]));
	const known = new Set(preliminary.map(({ id }) => id));
	for (const { id } of paused) if (!known.has(id)) throw new Error(`table ${id} is in the first snapshot only`);
	for (const later of preliminary) {
		const earlier = first.get(later.id);
		if (earlier !== undefined && figures(earlier).join() !== figures(later).join())
			throw new Error(`table ${later.id} differs between the snapshots: the order of arrival would matter`);
	}
	const batch = (table: Table) => (first.has(table.id) ? 1 : 2);
	const rows = [1, 2].flatMap((number) =>
		preliminary
			.filter((table) => batch(table) === number)
			.map((table) => [table.id, String(number), ...figures(table)]),
	);
	return [['station', 'batch', ...FIELDS], ...rows];
}

/** In the one spelling of a lodged table (S44): every figure of the first snapshot, by the bytes of the table numbers. */
function firstSnapshot({ paused }: Source): Uint8Array {
	const keys = paused.map(({ id }) => id);
	const values = Float64Array.from(paused.flatMap((table) => figures(table).map(Number)));
	const printed = printCountTable({ level: 'station', fields: FIELDS, keys, values });
	if (!printed.ok) throw new Error(`the first snapshot cannot be lodged: ${printed.error}`);
	return printed.value;
}

export function exampleFiles(source: Source): ReadonlyMap<string, Uint8Array> {
	const inside = new Map([
		['areas.csv', bytes(printCsv(areaRows(source.official)))],
		['candidates.csv', bytes(printCsv(candidateRows()))],
		['election.json', bytes(electionJson())],
		['stations.csv', bytes(printCsv(stationRows(source.official)))],
		['witnesses.policy', bytes(witnessPolicy())],
	]);
	const files = new Map([...inside].map(([path, file]) => [`package/${path}`, file]));
	files.set(`package/${MANIFEST}`, makeManifest(nativeSuite(), inside).bytes);
	files.set('reports.csv', bytes(printCsv(reportRows(source))));
	files.set(
		'forms.csv',
		bytes(printCsv([['station', ...FIELDS], ...source.official.map((table) => [table.id, ...figures(table)])])),
	);
	files.set('counts/trep-first.csv', firstSnapshot(source));
	return files;
}
