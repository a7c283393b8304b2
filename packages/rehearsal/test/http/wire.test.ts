/** Answers of the routes are looked at before they are believed: one shape each, everything else is refused with what came. */
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import { describe, expect, it } from 'vitest';
import { parseAnswers, parseOpenings } from '../../src/http/wire.ts';

const bytes = (value: unknown) => utf8Encode(JSON.stringify(value));
const receipt = { kind: 'receipt', id: 'a', index: 3, size: 9, proof: 'p' };

describe('answers', () => {
	it.each([
		[receipt, receipt],
		[
			{ ...receipt, kind: 'logged', note: 'n' },
			{ ...receipt, kind: 'logged', note: 'n' },
		],
		[
			{ kind: 'refused', rule: 'S10', why: 'w' },
			{ kind: 'refused', rule: 'S10', why: 'w' },
		],
		[
			{ kind: 'refused', rule: 'S10', why: 'w', note: 'n' },
			{ kind: 'refused', rule: 'S10', why: 'w', note: 'n' },
		],
		[
			{ kind: 'later', why: 'w', retry_after: 2 },
			{ kind: 'later', why: 'w', retryMs: 2_000 },
		],
	])('takes %j', (given, expected) => {
		expect(parseAnswers(bytes({ answers: [given] }), 1)).toEqual({ ok: true, value: [expected] });
	});

	it.each([
		{ ...receipt, index: '3' },
		{ ...receipt, index: -1 },
		{ ...receipt, index: 1.5 },
		{ ...receipt, proof: undefined },
		{ ...receipt, kind: 'logged' },
		{ ...receipt, kind: 'accepted' },
		{ kind: 'refused', why: 'w' },
		{ kind: 'later', why: 'w' },
		null,
		'receipt',
	])('refuses %j', (given) => {
		expect(parseAnswers(bytes({ answers: [given] }), 1).ok).toBe(false);
	});

	it.each([
		[bytes({ answers: [] })],
		[bytes({ answers: [receipt, receipt] })],
		[bytes([receipt])],
		[utf8Encode('<html>')],
	])('refuses what is not one answer for each note', (body) => {
		expect(parseAnswers(body, 1).ok).toBe(false);
	});

	it('takes openings that are kept, refused or put off, and nothing else', () => {
		const answers = [
			{ kind: 'kept', reading: 'r' },
			{ kind: 'refused', rule: 'S29', why: 'w' },
			{ kind: 'later', why: 'w', retry_after: 1 },
		];
		expect(parseOpenings(bytes({ answers }), 3).ok).toBe(true);
		expect(parseOpenings(bytes({ answers: [receipt] }), 1).ok).toBe(false);
	});
});
