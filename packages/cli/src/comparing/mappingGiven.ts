/** A mapping that somebody named on the command line: a file that people wrote or mended, or a known layout by its name. */
import { existsSync } from 'node:fs';
import { knownMapping, knownMappings } from '@matokeo/compare/mapping/knownMappings.ts';
import { MAPPING_LIMITS, type Mapping } from '@matokeo/compare/mapping/mapping.ts';
import { parseMapping } from '@matokeo/compare/mapping/parseMapping.ts';
import { utf8Decode } from '@matokeo/core/std/bytes.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import { readGiven } from '../given.ts';

/** Problems of a file that are told at once. */
const PROBLEMS_MAX = 10;

export function givenMapping(named: string): Result<Mapping> {
	if (!existsSync(named) && /^[a-z0-9-]+$/.test(named)) {
		const known = knownMapping(named);
		if (known !== undefined) return ok(known);
		const names = knownMappings().map(({ name }) => name);
		return err(`There is no file "${named}" and no known layout of that name; these are known: ${names.join(', ')}.`);
	}
	const bytes = readGiven(named, 4 * MAPPING_LIMITS.lengthMax);
	if (!bytes.ok) return bytes;
	const text = utf8Decode(bytes.value);
	const mapping = text === undefined ? err(['the file is not UTF-8']) : parseMapping(text);
	if (mapping.ok) return ok(mapping.value);
	const told = mapping.error.slice(0, PROBLEMS_MAX).map((problem) => `\n- ${problem}`);
	return err(`"${named}" is no mapping (spec/comparison.md, K23):${told.join('')}`);
}
