/**
 * A part of `examples/kenya-2017` as a package of its own: some counties, the diaspora and the prisons, with their stations, forms and the story of the example, told at stations of the part. Every figure is the example's.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MANIFEST, makeManifest } from '@matokeo/core/election/manifest.ts';
import { loadElection } from '@matokeo/core/election/package.ts';
import type { Election } from '@matokeo/core/election/types.ts';
import { type FigureTable, readFigureTable } from '@matokeo/rehearsal/play/tables.ts';
import { readStory } from '@matokeo/rehearsal/proceed/readStory.ts';
import type { Story } from '@matokeo/rehearsal/proceed/story.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { readPackageFolder } from '@matokeo/verifier/node/packageFolder.ts';

const KENYA: URL = new URL('../../../examples/kenya-2017/', import.meta.url);

export interface KenyaPart {
	readonly election: Election;
	readonly files: ReadonlyMap<string, Uint8Array>;
	readonly forms: FigureTable;
	readonly story: Story;
	readonly wards: readonly Readonly<Record<string, string>>[];
}

/** `counties`: beside the diaspora and the prisons, which the rule names. */
export async function kenyaPart(counties: readonly string[]): Promise<KenyaPart> {
	const suite = nativeSuite();
	const whole = await readPackageFolder(fileURLToPath(new URL('package/', KENYA)));
	const text = (name: string) => Buffer.from(whole.files.get(name) ?? '').toString('utf8');
	const areas = kept(text('areas.csv'), [...counties, 'diaspora', 'prisons']);
	const stations = filtered(text('stations.csv'), ([, area = '']) => areas.ids.has(area));
	const ids = new Set(stations.split('\n').map((line) => line.split(',')[0] ?? ''));
	const files = new Map(whole.files);
	files.delete(MANIFEST);
	files.set('areas.csv', Buffer.from(areas.text)).set('stations.csv', Buffer.from(stations));
	files.set(MANIFEST, makeManifest(suite, files).bytes);
	const loaded = loadElection(suite, files);
	if (!loaded.ok) throw new Error(JSON.stringify(loaded.error.slice(0, 3)));
	const election = loaded.value;
	const rows = filtered(example('forms.csv'), ([station = '']) => ids.has(station));
	const forms = readFigureTable(election, 'forms.csv', Buffer.from(rows));
	if (!forms.ok) throw new Error(JSON.stringify(forms.error.slice(0, 3)));
	const told = atStationsOf(example('story.json'), [...forms.value.values()]);
	const story = readStory(election, 'story.json', Buffer.from(told));
	if (!story.ok) throw new Error(JSON.stringify(story.error.slice(0, 3)));
	return { election, files, forms: forms.value, story: story.value, wards: wardsIn(areas.ids) };
}

function example(name: string): string {
	return readFileSync(new URL(name, KENYA), 'utf8');
}

/** The nation, the counties, and what lies below them; parents stand before their children. */
function kept(csv: string, counties: readonly string[]): { readonly text: string; readonly ids: ReadonlySet<string> } {
	const ids = new Set<string>();
	const text = filtered(csv, ([id = '', level = '', parent = '']) => {
		const keep = level === 'nation' || (level === 'county' ? counties.includes(id) : ids.has(parent));
		if (keep) ids.add(id);
		return keep;
	});
	return { text, ids };
}

function filtered(csv: string, keep: (cells: readonly string[]) => boolean): string {
	const [header = '', ...rows] = csv.split('\n');
	return [header, ...rows.filter((row) => row === '' || keep(row.split(',')))].join('\n');
}

/** The stations of the story, each in place of another one of the part. */
function atStationsOf(story: string, forms: readonly { readonly station: string }[]): string {
	const named = [...new Set([...story.matchAll(/"station": "([0-9]+)"/g)].map(([, station = '']) => station))];
	return named.reduce((told, station, place) => told.replaceAll(station, forms[place]?.station ?? ''), story);
}

function wardsIn(areas: ReadonlySet<string>): readonly Readonly<Record<string, string>>[] {
	const [header = '', ...rows] = example('wards.csv').trimEnd().split('\n');
	const names = header.split(',');
	return rows
		.map((row) => Object.fromEntries(row.split(',').map((cell, place) => [names[place] ?? '', cell])))
		.filter(({ ward = '' }) => areas.has(ward));
}
