/** Our own vectors of requests to a witness (`vectors/log/witness.json`): every row is answered with its code. */
import { describe, expect, it } from 'vitest';
import { parseCheckpoint } from '../../src/log/checkpoint.ts';
import { parseVerifierKey } from '../../src/log/keys.ts';
import { parseNote } from '../../src/log/note.ts';
import { codeOf, judgeCheckpoint, type Seen } from '../../src/log/witness.ts';
import { utf8Encode } from '../../src/std/bytes.ts';
import { portableSuite as suite } from '../../src/std/portable.ts';
import { hex, ownJson, unwrap } from './support.ts';

interface WitnessFile {
	readonly key: string;
	readonly seen: string;
	readonly cases: readonly {
		readonly title: string;
		readonly body?: string;
		readonly hex?: string;
		readonly seen?: false;
		readonly code: number;
	}[];
}

describe('witness.json', () => {
	const { key: line, seen: note, cases } = ownJson<WitnessFile>('witness.json');
	const key = unwrap(parseVerifierKey(suite, line));
	const { size, root } = unwrap(parseCheckpoint(unwrap(parseNote(utf8Encode(note))).text));
	const seen: Seen = { size, root, note: utf8Encode(note) };

	it.each(cases)('L33–L36 $code: $title', ({ body = '', hex: bytes, seen: has, code }) => {
		const verdict = judgeCheckpoint(
			suite,
			bytes === undefined ? utf8Encode(body) : hex(bytes),
			(origin) => (origin === key.name ? [key] : undefined),
			() => (has === false ? undefined : seen),
		);
		expect(codeOf(verdict)).toBe(code);
	});

	it('has every code', () => {
		expect([...new Set(cases.map(({ code }) => code))].sort()).toEqual([200, 400, 403, 404, 409, 422]);
	});
});
