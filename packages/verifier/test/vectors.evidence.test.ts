/** Our own vectors of evidence files (`vectors/evidence/cases.json`): what each proves, and which spellings are refused. */
import { readFileSync } from 'node:fs';
import { utf8Decode, utf8Encode } from '@matokeo/core/std/bytes.ts';
import { describe, expect, it } from 'vitest';
import { parseEvidence, printEvidence } from '../src/evidence/file.ts';
import { judgeEvidence } from '../src/evidence/judge.ts';
import { nativeSuite } from '../src/node/nativeSuite.ts';

interface EvidenceCases {
	readonly judged: readonly {
		readonly title: string;
		readonly anchor?: string;
		readonly file: string;
		readonly strength: string;
		readonly keys: string;
	}[];
	readonly refused: readonly { readonly title: string; readonly file: string }[];
}

const suite = nativeSuite();
const path = new URL('../../../vectors/evidence/cases.json', import.meta.url);
const { judged, refused }: EvidenceCases = JSON.parse(readFileSync(path, 'utf8'));

describe('vectors/evidence/cases.json', () => {
	it.each(judged)('V73–V77 $strength: $title', ({ file, anchor, strength, keys }) => {
		const parsed = parseEvidence(suite, utf8Encode(file));
		if (!parsed.ok) throw new Error(parsed.error);
		expect(utf8Decode(printEvidence(parsed.value))).toBe(file);
		const verdict = judgeEvidence(suite, parsed.value, anchor);
		expect({ strength: verdict.strength, keys: verdict.keys.kind }).toEqual({ strength, keys });
	});

	it.each(refused)('V71 refuses $title', ({ file }) => {
		expect(parseEvidence(suite, utf8Encode(file))).toMatchObject({
			ok: false,
			error: expect.stringMatching(/^(V71|L\d+): /),
		});
	});
});
