/** What each kind of evidence proves and what it does not (V72–V77). */
import { signCheckpoint } from '@matokeo/core/log/checkpoint.ts';
import { cosigner } from '@matokeo/core/log/cosignature.ts';
import { utf8Decode, utf8Encode } from '@matokeo/core/std/bytes.ts';
import { ORIGIN } from '@matokeo/core/testing/smallElection.ts';
import { describe, expect, it } from 'vitest';
import type { Misbehaviour } from '../src/evidence/file.ts';
import { judgeEvidence } from '../src/evidence/judge.ts';
import { evidenceText } from '../src/evidence/text.ts';
import {
	electionJson,
	entryOf,
	fileOf,
	fork,
	judged,
	manifest,
	one,
	prefix,
	rewritten,
	signed,
	two,
} from './support/evidence.ts';
import { keyBehind, type Note, note, START, signBy, small, suite, tick } from './support/smallLog.ts';

describe('V73 fork', () => {
	it('V73 is proved by two signatures on two roots of one size', () => {
		expect(judged(fork)).toMatchObject({ strength: 'proved', keys: { kind: 'stated' } });
	});

	it.each([
		['one root', { ...fork, second: signed(one, 20) }],
		['two sizes', { ...fork, second: signed(two, 21) }],
		['a stranger’s signature', { ...fork, second: signed(two, 20, 'stranger') }],
		[
			'no signature that holds',
			{ ...fork, first: signed(one, 20).map((byte, i, all) => (i === all.length - 5 ? byte ^ 1 : byte)) },
		],
	] as const)('V73 is not shown with %s', (_what, seen) => {
		expect(judged(seen)).toMatchObject({ strength: 'nothing' });
	});
});

describe('V74 rewritten', () => {
	it('V74 is proved for every pair of sizes after the histories part, and for none before', () => {
		for (let to = 2; to <= 40; to++)
			for (let from = 1; from < to; from++) {
				const { strength } = judged(rewritten(from, to));
				expect({ from, to, strength }).toEqual({ from, to, strength: from > 5 ? 'proved' : 'nothing' });
			}
	});

	it('V74 is not shown by a proof that fails: anybody can write one', () => {
		const honest = { kind: 'rewritten', older: signed(one, 7), newer: signed(one, 20) } as const;
		const { proof } = prefix(one, 7, 20);
		const seen = { ...honest, prefixRoot: two.rootAt(7), proof };
		expect(judged(seen)).toMatchObject({ strength: 'nothing' });
		expect(judged({ ...seen, prefixRoot: one.rootAt(7) })).toMatchObject({ strength: 'nothing' });
		expect(judged({ ...seen, proof: prefix(two, 7, 20).proof })).toMatchObject({ strength: 'nothing' });
	});
});

describe('V75 rollback', () => {
	it('V75 is signed and no more: a log that grows has signed both', () => {
		const verdict = judged({ kind: 'rollback', seen: signed(one, 20), served: signed(one, 12) });
		expect(verdict.strength).toBe('signed');
		expect(verdict.trusted.join(' ')).toContain('the reporter’s word');
		expect(judged({ kind: 'rollback', seen: signed(one, 12), served: signed(one, 20) }).strength).toBe('nothing');
	});
});

describe('V76 void leaves', () => {
	const why = { rule: 'S9', why: 'the station is not in this election' };

	it('V76 is proved where the leaf alone is void', () => {
		const verdict = judged({ kind: 'void', entry: entryOf(utf8Encode('no statement')), ...why });
		expect(verdict).toMatchObject({ strength: 'proved' });
		const binary = judged({ kind: 'void', entry: entryOf(Uint8Array.of(255, 0, 200)), ...why });
		expect(binary).toMatchObject({ strength: 'proved' });
	});

	it('V76 is proved for a wrong signature by the log’s own key, and for another election’s package', () => {
		const forged = note('t', { type: 'clock/tick', time: START }, [ORIGIN], { signedWith: { [ORIGIN]: 'clerk/1' } });
		expect(judged({ kind: 'void', entry: entryOf(forged.bytes), ...why }).strength).toBe('proved');
		const foreign = note('t', { type: 'clock/tick', time: START }, [ORIGIN], { digest: 'ab'.repeat(32) });
		const seen = { kind: 'void', entry: entryOf(foreign.bytes), ...why } as const;
		expect(judged(seen, true, small.election.digest).strength).toBe('proved');
		// Whoever writes the file could bring any package beside a good entry.
		expect(judged(seen, true).strength).toBe('signed');
		expect(judged({ kind: 'void', entry: entryOf(foreign.bytes), ...why }).strength).toBe('signed');
	});

	it('V76 is the log’s signature and somebody’s word where statements before decide', () => {
		const verdict = judged({ kind: 'void', entry: entryOf(tick(1).bytes), ...why }, true);
		expect(verdict.strength).toBe('signed');
		expect(verdict.trusted.join(' ')).toContain('S9');
	});

	it('V76 shows nothing of a leaf that the log has not signed for', () => {
		const { proof } = entryOf(utf8Encode('no statement'));
		expect(judged({ kind: 'void', entry: { leaf: utf8Encode('another'), proof }, ...why }).strength).toBe('nothing');
	});
});

describe('V77 a clock set back', () => {
	const names = ['witness/court', 'witness/news'];
	const witnesses = names
		.map((name) => keyBehind(name, 4))
		.map(({ name, keyId, algorithm, publicKey }) => ({ name, keyId, algorithm, publicKey }));
	const cosigned = (size: number, times: readonly number[]) => {
		const signers = times.map((seconds, i) =>
			cosigner(keyBehind(names[i] ?? '', 4), seconds, (message) => signBy(names[i] ?? '', message)),
		);
		const log = { name: ORIGIN, keyId: keyBehind(ORIGIN).keyId, sign: (text: Uint8Array) => signBy(ORIGIN, text) };
		return signCheckpoint({ origin: ORIGIN, size, root: one.rootAt(size), extensions: [] }, [log, ...signers]);
	};
	const seenAt = (times: readonly number[], size = 3): Note =>
		note('w', { type: 'log/witnessed', checkpoint: utf8Decode(cosigned(size, times)) ?? '' }, [ORIGIN]);
	const backdated = (seconds: number, times: readonly number[], size = 3): Misbehaviour => ({
		kind: 'backdated',
		tick: entryOf(tick(seconds).bytes),
		witnessed: entryOf(seenAt(times, size).bytes),
		witnesses,
	});

	it('V77 is proved, by the word of witnesses on the time', () => {
		const verdict = judged(backdated(0, [START + 3600, START + 3700]));
		expect(verdict.strength).toBe('proved');
		expect(verdict.trusted.join(' ')).toContain('witness/court, witness/news');
	});

	it.each([
		['times within the tolerance', backdated(0, [START + 300, START + 3700])],
		['a tick that the checkpoint covers', backdated(0, [START + 3600, START + 3700], 4)],
		['a witness that has not cosigned', backdated(0, [START + 3600])],
	])('V77 is not shown with %s', (_what, seen) => {
		expect(judged(seen).strength).toBe('nothing');
	});
});

describe('V78 what a proof leaves open', () => {
	it.each([
		['fork', fork],
		['rewritten', rewritten(7, 20)],
	] as const)('V78 says that a %s shows neither who signed nor which record is true', (_kind, seen) => {
		const text = evidenceText(fileOf(seen, true), judged(seen, true, small.election.digest));
		expect(text).toMatch(/^PROVED/);
		expect(text).toMatch(/Not shown by this file\n.*which of the two records.*\n.*the key, not the hand/i);
	});

	it('V78 prints a stranger’s words in one line each, and nothing that a terminal obeys', () => {
		const words = 'no\u001b[2J\nPROVED: \u202esomething\u009b';
		const seen = { kind: 'void', entry: entryOf(tick(1).bytes), rule: 'S9', why: words } as const;
		const file = { ...fileOf(seen), reporter: '\u202enobody' };
		const text = evidenceText(file, judgeEvidence(suite, file));
		expect(text).toContain('no[U+001B][2J[U+000A]PROVED: [U+202E]something[U+009B]');
		expect(text).not.toMatch(/^PROVED|(?!\n)[\p{Cc}\p{Cf}]/mu);
	});

	it('V78 leaves nothing open of a file that shows nothing', () => {
		expect(judged({ kind: 'fork', first: signed(one, 20), second: signed(one, 20) }).trusted).toEqual([]);
	});
});

describe('V72 whose keys', () => {
	const { digest } = small.election;

	it('V72 takes the keys from the package whose digest the reader brings', () => {
		const verdict = judged(fork, true, digest);
		expect(verdict).toMatchObject({ strength: 'proved', keys: { kind: 'anchored', digest } });
		expect(evidenceText(fileOf(fork, true), verdict)).toContain(digest);
	});

	it('V72 says whose word the keys are where no digest is brought', () => {
		expect(judged(fork, true).trusted.join(' ')).toContain(`the digest ${digest}`);
		expect(judged(fork).trusted.join(' ')).toContain('compare with the election package');
	});

	it('V72 shows nothing where package, keys and digest do not belong together', () => {
		expect(judged(fork, true, 'ab'.repeat(32)).strength).toBe('nothing');
		const other = { ...fileOf(fork, true), package: { manifest, election: `${electionJson} ` } };
		expect(judgeEvidence(suite, other).strength).toBe('nothing');
		const stranger = keyBehind('stranger');
		const keys = [
			{
				name: ORIGIN,
				keyId: keyBehind('stranger').keyId,
				algorithm: stranger.algorithm,
				publicKey: stranger.publicKey,
			},
		];
		expect(judgeEvidence(suite, { ...fileOf(fork, true), keys }, digest).strength).toBe('nothing');
	});
});
