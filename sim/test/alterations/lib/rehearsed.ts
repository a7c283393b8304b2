/**
 * A small election that is really played: 70 polling stations, forms of which seven say something else than was reported, about 290 statements, so that the log has a full tile and a partial one. Played
 * once by the command itself; every case alters a copy.
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Election } from '@matokeo/core/election/types.ts';
import { decodeBundle } from '@matokeo/core/log/bundle.ts';
import { printBundlePath } from '@matokeo/core/log/tilePath.ts';
import { parseLeaf } from '@matokeo/core/record/leaf.ts';
import type { Statement, StatementType } from '@matokeo/core/record/statement.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { syntheticElection } from '../../../src/synthetic/election.ts';
import { matokeo } from '../../lib/matokeo.ts';

export const suite = nativeSuite();

const STATIONS = 70;
const PLACES = { regions: 5, wardsPerRegion: 2 };
const FIELDS = ['registered', 'c1-1', 'c1-2', 'c1-3', 'c1-4', 'rejected'];
/** Of so many forms, one says something else than its officer. */
const DISCREPANT = 10;
const START = '1571616000';

/** A statement of the log, with its place. */
export interface Entry {
	readonly index: number;
	readonly id: string;
	readonly bytes: Uint8Array;
	readonly statement: Statement;
}

export interface Rehearsed {
	/** What the command made: the database, `blob/` and `public/`. */
	readonly dir: string;
	readonly election: Election;
	readonly files: ReadonlyMap<string, Uint8Array>;
	readonly entries: readonly Entry[];
}

const folders: string[] = [];

export function newFolder(name: string): string {
	const dir = mkdtempSync(join(tmpdir(), `matokeo-${name}-`));
	folders.push(dir);
	return dir;
}

export function removeFolders(): void {
	for (const dir of folders.splice(0)) rmSync(dir, { recursive: true, force: true });
}

export function put(dir: string, path: string, bytes: Uint8Array | string): void {
	mkdirSync(dirname(join(dir, path)), { recursive: true });
	writeFileSync(join(dir, path), bytes);
}

/** The id of the station with this number. */
export function stationId(number: number): string {
	return `s${String(number).padStart(6, '0')}`;
}

/** A package of so many stations has always the same keys, and another digest than one with more. */
export async function rehearsed(stations = STATIONS): Promise<Rehearsed> {
	const { election, files } = syntheticElection(suite, stations, 1, PLACES);
	const given = newFolder('given');
	for (const [path, bytes] of files) put(given, `package/${path}`, bytes);
	put(given, 'reports.csv', table(stations, false));
	put(given, 'forms.csv', table(stations, true));
	const dir = join(newFolder('rehearsed'), 'out');
	const tables = ['--reports', join(given, 'reports.csv'), '--forms', join(given, 'forms.csv')];
	const ran = await matokeo('rehearse', join(given, 'package'), ...tables, '--start', START, '--out', dir);
	if (ran.code !== 0) throw new Error(ran.stderr);
	return { dir, election, files, entries: readEntries(join(dir, 'public')) };
}

function table(stations: number, forms: boolean): string {
	const rows = Array.from({ length: stations }, (_, number) => {
		const more = forms && number % DISCREPANT === DISCREPANT - 1 ? 4 : 0;
		return [stationId(number), 700, 101 + number + more, 90, 80, 10, 5].join(',');
	});
	return `${[['station', ...FIELDS].join(','), ...rows].join('\n')}\n`;
}

function readEntries(folder: string): readonly Entry[] {
	const size = Number(/^.*\n([0-9]+)\n/.exec(readFileSync(join(folder, 'checkpoint'), 'utf8'))?.[1]);
	const entries: Entry[] = [];
	while (entries.length < size) {
		const width = Math.min(256, size - entries.length);
		const path = printBundlePath({ index: entries.length / 256, width });
		const bundle = decodeBundle(readFileSync(join(folder, path)), width);
		if (!bundle.ok) throw new Error(bundle.error);
		for (const bytes of bundle.value) entries.push(entryOf(bytes, entries.length));
	}
	return entries;
}

function entryOf(bytes: Uint8Array, index: number): Entry {
	const leaf = parseLeaf(suite, bytes);
	if (!leaf.ok) throw new Error(`statement ${index}: ${leaf.error.why}`);
	return { index, id: leaf.value.id, bytes, statement: leaf.value.statement };
}

/** A copy of the whole folder that may be altered. */
export function copyOf({ dir }: Rehearsed): string {
	const copy = newFolder('altered');
	cpSync(dir, copy, { recursive: true });
	return copy;
}

export type Of<T extends StatementType> = Entry & { readonly statement: Extract<Statement, { readonly type: T }> };

/** All statements of a type about a station's form. */
export function about<T extends StatementType>({ entries }: Rehearsed, type: T, station: string): readonly Of<T>[] {
	const captures = new Set(
		entries.flatMap(({ id, statement }) =>
			statement.type === 'form/capture' && statement.station === station ? [id] : [],
		),
	);
	const is = (entry: Entry): entry is Of<T> => entry.statement.type === type;
	return entries.filter(is).filter(({ statement }: Entry) => {
		if (statement.type === 'form/reading' || statement.type === 'reading/open') return captures.has(statement.capture);
		return 'station' in statement && statement.station === station;
	});
}

export function only<T>(list: readonly T[], place = 0): T {
	const one = list[place];
	if (one === undefined) throw new Error('there is no such statement');
	return one;
}
