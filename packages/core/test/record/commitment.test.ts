/** Commitments of blind readings (S28): `vectors/statements/commitments.json`, whose digests were made by another program. */
import { describe, expect, it } from 'vitest';
import { commitmentOf, type Transcription } from '../../src/record/commitment.ts';
import { portableSuite } from '../../src/std/portable.ts';
import { readVectors } from '../rules/support/history.ts';

interface Case {
	readonly name: string;
	readonly says: Transcription & { readonly capture: string; readonly clerk: string };
	readonly commitment: string;
}

const { cases } = readVectors<{ readonly cases: readonly Case[] }>('statements/commitments.json');

describe('vectors/statements/commitments.json', () => {
	it.each(cases)('S28 $name', ({ says, commitment }) => {
		expect(commitmentOf(portableSuite, says.capture, says.clerk, says)).toBe(commitment);
	});

	it('S28 every member binds: no two of them are the same', () => {
		expect(new Set(cases.map(({ commitment }) => commitment)).size).toBe(cases.length);
	});
});
