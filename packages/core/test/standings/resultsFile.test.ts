/** T19: the published results are canonical JSON whatever areas are called. */
import { describe, expect, it } from 'vitest';
import { loadElection } from '../../src/election/package.ts';
import { baselineOf } from '../../src/standings/baseline.ts';
import { printResults } from '../../src/standings/resultsFile.ts';
import { utf8Decode, utf8Encode } from '../../src/std/bytes.ts';
import { printCanonical } from '../../src/std/canonical.ts';
import { portableSuite } from '../../src/std/portable.ts';
import { acceptedFiles, remade } from '../election/vectors.ts';
import { memoryRows } from '../rules/support/memory.ts';

/** The small election with districts called 10, 9 and 047: the first two look like places of a list to JavaScript. */
function printed(): string {
	const files = new Map(acceptedFiles('small'));
	for (const path of ['areas.csv', 'stations.csv']) {
		const text = utf8Decode(files.get(path) ?? new Uint8Array()) ?? '';
		const renamed = text
			.replace(/\bn1\b/g, '10')
			.replace(/\bn2\b/g, '9')
			.replace(/\bs1\b/g, '047');
		files.set(path, utf8Encode(renamed));
	}
	const loaded = loadElection(portableSuite, remade(files));
	if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
	const contest = loaded.value.contests.get('president');
	if (contest === undefined) throw new Error('the small election elects a president');
	const standing = { election: loaded.value, baseline: baselineOf(loaded.value), rows: memoryRows() };
	return printResults(standing, contest, { size: 0, root: new Uint8Array(32) });
}

/** Names of the areas in the order of the file. */
function areasIn(text: string): readonly string[] {
	return [...text.matchAll(/"([a-z0-9-]+)":\{"as_written"/g)]
		.map((match) => match[1] ?? '')
		.filter((name) => name !== 'results');
}

describe('published results', () => {
	it('T19 areas stand in the order of code units, also where their ids are digits alone', () => {
		expect(areasIn(printed())).toEqual(['047', '10', '9', 'abroad', 'abroad-all', 'land', 'north', 'south']);
	});

	it('T19 an object of JavaScript would order them otherwise', () => {
		const byObject = `${printCanonical(JSON.parse(printed()) as object)}\n`;
		expect(areasIn(byObject).slice(0, 3)).toEqual(['9', '10', '047']);
	});

	it('T19 the members of the file stand in order and it ends with one newline', () => {
		const text = printed();
		const file = JSON.parse(text) as Record<string, unknown>;
		expect(Object.keys(file)).toEqual(['areas', 'contest', 'election', 'format', 'log', 'mode', 'package', 'results']);
		expect(text.endsWith('}\n') && !text.endsWith('\n\n')).toBe(true);
	});
});
