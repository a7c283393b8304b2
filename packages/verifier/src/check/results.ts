/**
 * Published results (V40, V41; T19): each file says at which size of the log it stands; when the replay has come to that size the file is made again, and the two are
 * compared byte for byte and named figure by figure.
 */
import { join } from 'node:path';
import type { Contest } from '@matokeo/core/election/types.ts';
import { isSize } from '@matokeo/core/log/decimal.ts';
import { printResults } from '@matokeo/core/standings/resultsFile.ts';
import { utf8Decode } from '@matokeo/core/std/bytes.ts';
import { readWhole } from '../node/files.ts';
import { ENTRIES_NAMED_MAX, RESULT_BYTES_MAX, RESULT_DEPTH_MAX } from './limits.ts';
import { type Run, standingOf } from './run.ts';

/** Reads the published files and asks the replay to stop where they stand. `size`: how far it will come. */
export function expectResults(run: Run, published: readonly string[], size: number): void {
	const { findings, context } = run;
	const named = new Set(published);
	for (const name of published) {
		const contest = context.election.contests.get(name);
		const file = `results/${name}.json`;
		const say = (expected: string, came: string, means: string): void =>
			findings.found({ check: 'results', contest: name, file, expected, came, means });
		findings.looked('results');
		if (contest === undefined) {
			say(
				'results of a contest of this election',
				'a contest that the package does not have',
				'The file is not of this election.',
			);
			continue;
		}
		const read = readWhole(join(run.folder, file), RESULT_BYTES_MAX);
		const text = read.ok ? utf8Decode(read.value) : undefined;
		if (text === undefined) {
			say('a published result', read.ok ? 'bytes that are no text' : read.error.why, 'There is nothing to compare.');
			continue;
		}
		const at = sizeIn(text);
		if (at === undefined || at > size) {
			const came = at === undefined ? 'a file that does not say it' : `size ${at}`;
			say(
				`a size of the log up to ${size} at which these results stand`,
				came,
				'They cannot be computed from this log.',
			);
			continue;
		}
		const stop = (): void => compareText(run, contest, file, text, at);
		if (at === 0) stop();
		else run.stops.set(at, [...(run.stops.get(at) ?? []), stop]);
	}
	for (const { id } of context.election.contests.values())
		if (!named.has(id))
			findings.remark(`No published result of ${id} is in this folder: there was nothing to compare.`);
}

/** The text of a file against what the statements give at the size where the replay now stands. */
export function compareText(run: Run, contest: Contest, file: string, text: string, size: number): void {
	const { tree, findings } = run;
	const root = tree.rootAt(size);
	if (root === undefined) return;
	const own = printResults(standingOf(run), contest, { size, root });
	const ours = figuresOf(own);
	findings.looked('results', ours.size);
	if (own === text) return;
	const theirs = figuresOf(text);
	const paths = [...new Set([...ours.keys(), ...theirs.keys()])].filter((path) => ours.get(path) !== theirs.get(path));
	const say = (path: string, expected: string, came: string): void =>
		findings.found({
			check: 'results',
			contest: contest.id,
			file,
			expected,
			came,
			means: `The published ${path} is not what the ${size} statements up to that point give. The statements decide.`,
		});
	if (paths.length === 0)
		say('file', 'the same members in canonical spelling', 'the same figures, spelled in another way');
	for (const path of paths.slice(0, ENTRIES_NAMED_MAX))
		say(path, `${path} ${ours.get(path) ?? 'absent'}`, `${path} ${theirs.get(path) ?? 'absent'}`);
	if (paths.length > ENTRIES_NAMED_MAX)
		findings.remark(`${paths.length} members of ${file} differ; the first are named.`);
}

/** Path of each value → the value. */
function figuresOf(text: string): ReadonlyMap<string, string> {
	const figures = new Map<string, string>();
	const walk = (value: unknown, path: string, depth: number): void => {
		if (typeof value !== 'object' || value === null) figures.set(path, JSON.stringify(value));
		else if (depth > RESULT_DEPTH_MAX) figures.set(path, 'nested deeper than any result');
		else
			for (const [name, member] of Object.entries(value))
				walk(member, path === '' ? name : `${path}.${name}`, depth + 1);
	};
	walk(parsed(text), '', 0);
	return figures;
}

/** The size of the log at which a published result says that it stands. */
export function sizeIn(text: string): number | undefined {
	const value = parsed(text);
	const log = typeof value === 'object' && value !== null && 'log' in value ? value.log : undefined;
	const size = typeof log === 'object' && log !== null && 'size' in log ? log.size : undefined;
	return typeof size === 'number' && isSize(size) ? size : undefined;
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
