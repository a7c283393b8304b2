/**
 * Every file of the example from the portal's data, as bytes by path: the package with its manifest, the forms, and the portal's
 * figures of wards. A function of the source alone.
 */
import { makeManifest, MANIFEST } from '@matokeo/core/election/manifest.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { printCsv } from '../../lib/csv.ts';
import { candidateRows, electionJson, witnessPolicy } from './election.ts';
import { areaId, areaRows, stationId, stationRows } from './places.ts';
import { CANDIDATES, type Source } from './source.ts';
import { type StationFigures, synthesise } from './synthesis.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** In the form's printed order, and whether the figures are synthetic or the portal's. */
const HEADER = [
	'station',
	...CANDIDATES,
	'valid',
	'registered',
	'rejected',
	'objected',
	'disputed',
	'valid-cast',
	'figures',
];

/** The portal says nothing of rejections objected to and of disputed votes: none here. */
function formRow({ unit, registered, votes, own }: StationFigures): readonly string[] {
	if (votes === undefined) return [];
	const candidates = votes.slice(0, CANDIDATES.length);
	const valid = candidates.reduce((sum, count) => sum + count, 0);
	const counts = [...candidates, valid, registered, votes[CANDIDATES.length] ?? 0, 0, 0, valid].map(String);
	return [stationId(unit), ...counts, own ? 'portal' : 'synthetic'];
}

/** What the portal showed of each ward, in the order of their codes. */
function wardRows({ wards }: Source): readonly (readonly string[])[] {
	const header = ['ward', 'stations', 'processed', 'registered', ...CANDIDATES, 'rejected'];
	const rows = wards.map(({ number, figures }) => {
		if (figures === undefined) throw new Error(`the portal has no figures of ward ${number}`);
		const { stations, processed, registered, votes } = figures;
		return [areaId('ward', number), ...[stations, processed, registered, ...votes].map(String)];
	});
	return [header, ...rows];
}

export function exampleFiles(source: Source): ReadonlyMap<string, Uint8Array> {
	const stations = synthesise(source);
	const inside = new Map([
		['areas.csv', bytes(printCsv(areaRows(source)))],
		['candidates.csv', bytes(printCsv(candidateRows(source.candidates)))],
		['election.json', bytes(electionJson())],
		['stations.csv', bytes(printCsv(stationRows(stations)))],
		['witnesses.policy', bytes(witnessPolicy())],
	]);
	const files = new Map([...inside].map(([path, file]) => [`package/${path}`, file]));
	files.set(`package/${MANIFEST}`, makeManifest(nativeSuite(), inside).bytes);
	const forms = stations.filter(({ votes }) => votes !== undefined).map(formRow);
	files.set('forms.csv', bytes(printCsv([HEADER, ...forms])));
	files.set('wards.csv', bytes(printCsv(wardRows(source))));
	return files;
}
