/**
 * `kenya2017-iebc-portal` as typed values: the list of units from `config/`, and for nation, counties, constituencies, wards and some centres the figures that the
 * portal showed. Every figure is checked to be a count, every unit to name its parent; names get single spaces (1,547 have doubled ones), nothing else is corrected.
 *
 * The portal calls valid votes `blank` and rejected ballots `null`; `participation` is the register. What its `abstention` (5,191) and `census` (2,786) are it does not
 * say, and they are not read.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesIn } from './archive.ts';

/** The portal's number of a candidate → id. The numbers follow the alphabet of family names; so does the form here. */
const IDS: ReadonlyMap<number, string> = new Map([
	[8812, 'aukot'],
	[8813, 'dida'],
	[8814, 'jirongo'],
	[8815, 'kaluyu'],
	[8816, 'kenyatta'],
	[8817, 'mwaura'],
	[8818, 'nyagah'],
	[8819, 'odinga'],
]);

export const CANDIDATES: readonly string[] = [...IDS.values()];

export interface Figures {
	/** Candidates’ votes in the order of `CANDIDATES`, then rejected ballots. */
	readonly votes: readonly number[];
	readonly registered: number;
	/** Stations, and those of them that the portal had figures of. */
	readonly stations: number;
	readonly processed: number;
}

export interface Unit {
	/** The portal’s number: 1 and the digits of the official codes. */
	readonly number: number;
	readonly name: string;
	readonly parent: number;
	/** `undefined` where the copy of the portal has none: most centres and all stations. */
	readonly figures: Figures | undefined;
}

export interface Named {
	readonly id: string;
	readonly name: string;
	/** As the portal abbreviates it; `IND` for none. */
	readonly party: string;
}

export interface Source {
	readonly nation: Figures;
	/** By the portal’s number, ascending. */
	readonly counties: readonly Unit[];
	readonly constituencies: readonly Unit[];
	readonly wards: readonly Unit[];
	readonly centres: readonly Unit[];
	readonly stations: readonly Unit[];
	/** In the order of `CANDIDATES`. */
	readonly candidates: readonly Named[];
}

interface Info {
	readonly progress: { readonly processed: number; readonly total: number };
	readonly results: {
		readonly parties: readonly {
			readonly id: number;
			readonly acronym: string;
			readonly name: string;
			readonly votes: Readonly<Record<string, number>>;
		}[];
		readonly blank: number;
		readonly null: number;
		readonly participation: readonly { readonly value: number }[];
	};
}

const ROOT = 'data/results/Kenya_Elections_Presidential%2F1';

export function readSource(folder: string): Source {
	const files = filesIn(readFileSync(join(folder, 'data-results-presidential.tar.gz')));
	const infos = new Map<number, Info>();
	for (const [path, file] of files) {
		const name = path.split('/').at(-2) ?? '';
		if (!path.startsWith(ROOT) || !path.endsWith('/info.json')) continue;
		infos.set(Number(name.split('%2F').at(-1)), JSON.parse(file.toString('utf8')));
	}
	const top = infos.get(1);
	if (top === undefined) throw new Error('the archive has no figures of the nation');
	const level = (number: number) => readLevel(join(folder, 'config', `Level_${number}.json`), infos);
	return {
		nation: figuresOf(top),
		counties: level(2),
		constituencies: level(3),
		wards: level(4),
		centres: level(5),
		stations: level(6),
		candidates: [...IDS].map(([number, id]) => {
			const found = top.results.parties.find((party) => party.id === number);
			if (found === undefined) throw new Error(`the portal has no candidate ${number}`);
			return { id, name: tidy(found.name), party: found.acronym };
		}),
	};
}

function tidy(name: string): string {
	return name.normalize('NFC').replaceAll(/\s+/g, ' ').trim();
}

function readLevel(file: string, infos: ReadonlyMap<number, Info>): readonly Unit[] {
	const rows: readonly (readonly [number, string, number])[] = JSON.parse(readFileSync(file, 'utf8'));
	const units = rows.map(([number, name, parent]) => {
		const info = infos.get(number);
		return { number, name: tidy(name), parent, figures: info === undefined ? undefined : figuresOf(info) };
	});
	return units.sort((a, b) => a.number - b.number);
}

function figuresOf({ progress, results }: Info): Figures {
	const candidates = [...IDS.keys()].map((number) => {
		const { presential, ...others } = results.parties.find((party) => party.id === number)?.votes ?? {};
		const elsewhere = ['absentee', 'international', 'special'].some((kind) => others[kind] !== 0);
		if (elsewhere || results.parties.length !== IDS.size) throw new Error('votes of another kind, or another candidate');
		return count(presential);
	});
	const valid = candidates.reduce((sum, votes) => sum + votes, 0);
	if (valid !== results.blank) throw new Error(`valid votes: ${results.blank}, but candidates have ${valid}`);
	return {
		votes: [...candidates, count(results.null)],
		registered: count(results.participation[0]?.value),
		stations: count(progress.total),
		processed: count(progress.processed),
	};
}

function count(value: number | undefined): number {
	if (value === undefined || !Number.isSafeInteger(value) || value < 0) throw new Error(`${value} is not a count`);
	return value;
}
