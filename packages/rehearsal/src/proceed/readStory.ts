/**
 * Reading a story from a file (`spec/package.md`, P83–P86): strict JSON as `election.json` is, with every problem told at its place before anything is played. What the steps hold is read in `readSteps.ts`.
 */
import { parseJson } from '@matokeo/core/election/json.ts';
import { asList, asObject, asText, asWord } from '@matokeo/core/election/jsonShape.ts';
import { type Problem, problemList } from '@matokeo/core/election/problem.ts';
import { readSource } from '@matokeo/core/election/sourceText.ts';
import type { Election } from '@matokeo/core/election/types.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import type { CountTables, Reading } from './reading.ts';
import { readTold } from './readSteps.ts';
import type { Story, Told } from './story.ts';

const FORMAT = 'matokeo-story/v1';
/** A step says one thing, and a person tells the story. */
const STEPS_MAX = 1_000;

/** `tables`: of the counts that the story has somebody lodge; without it there are none. */
export function readStory(
	election: Election,
	file: string,
	bytes: Uint8Array,
	tables: CountTables = () => err('no tables'),
): Result<Story, readonly Problem[]> {
	const problems = problemList();
	const source = readSource(file, bytes, problems);
	const node = source === undefined ? undefined : parseJson(source, problems);
	if (source === undefined || node === undefined) return err(problems.sorted());
	const shape = { source, problems };
	const get = asObject(shape, node, 'a story', ['format', 'steps'], ['note']);
	asWord(shape, get?.('format'), 'format', [FORMAT]);
	asText(shape, get?.('note'), 'the note of a story');
	const names = { objection: new Set<string>(), pause: new Set<string>(), order: new Set<string>() };
	const reading: Reading = { ...shape, election, names, tables };
	const steps = asList(shape, get?.('steps'), 'the steps of a story', STEPS_MAX).flatMap((item): readonly Told[] => {
		const told = readTold(reading, item);
		return told === undefined ? [] : [told];
	});
	return problems.count() === 0 ? ok({ steps }) : err(problems.sorted());
}
