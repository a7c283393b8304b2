/** Properties of notes and what is made of them (L9–L17, L24–L28): parse and print are inverse, no bytes make anything throw. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCheckpoint, printCheckpoint, signCheckpoint, verifyCheckpoint } from '../../src/log/checkpoint.ts';
import { cosigner, parseCosignature, printCosignature } from '../../src/log/cosignature.ts';
import { verifySignature } from '../../src/log/ed25519.ts';
import { parseSecretKey, parseVerifierKey, printVerifierKey, verifierKey } from '../../src/log/keys.ts';
import {
	parseNote,
	parseSignatureLines,
	printNote,
	printSignatureLine,
	signNote,
	verifyNote,
} from '../../src/log/note.ts';
import type { Policy } from '../../src/log/policy.ts';
import { canBeMetWithout, evaluateQuorum } from '../../src/log/policy.ts';
import { parsePolicy, printPolicy } from '../../src/log/policyFile.ts';
import { parseProof, printProof, verifyProof } from '../../src/log/proof.ts';
import { bytesEqual, utf8Encode } from '../../src/std/bytes.ts';
import { portablePublicKey, portableSign, portableSuite as suite } from '../../src/std/portable.ts';
import type { Result } from '../../src/std/result.ts';
import type { CheckpointsFile, NotesFile, PoliciesFile, ProofsFile } from './ownShapes.ts';
import { leafOf, ownJson, present, unwrap } from './support.ts';

const checkpoints = ownJson<CheckpointsFile>('checkpoints.json');
const notes = ownJson<NotesFile>('notes.json');
const policies = ownJson<PoliciesFile>('policies.json');
const proofs = ownJson<ProofsFile>('proofs.json');

const seed = suite.sha256(utf8Encode('a seed of the tests'));
const publicKey = portablePublicKey(seed);
const sign = (message: Uint8Array) => portableSign(seed, message);
const key = verifierKey(suite, 'test.example', 1, publicKey);

const line = fc.string({ unit: 'binary' }).map((raw) => [...raw].filter((one) => one >= ' ').join(''));
const text = fc.array(line, { minLength: 1, maxLength: 5 }).map((lines) => `${lines.join('\n')}\n`);
const name = fc
	.string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
	.map((raw) => `n${raw.replace(/[+\s\0- \u0085]/g, '')}`);
const signature = fc.record({
	name,
	keyId: fc.integer({ min: 0, max: 0xffffffff }).map((id) => id.toString(16).padStart(8, '0')),
	signature: fc.uint8Array({ minLength: 1, maxLength: 80 }),
});
const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });
const size = fc.maxSafeInteger().map(Math.abs);

/** Honest bytes with a few of them changed, dropped or doubled. */
function damaged(samples: readonly string[]): fc.Arbitrary<Uint8Array> {
	const change = fc.record({ at: fc.nat(), byte: fc.nat(255), how: fc.constantFrom('set', 'drop', 'double') });
	return fc.tuple(fc.constantFrom(...samples), fc.array(change, { maxLength: 4 })).map(([sample, changes]) => {
		const bytes = [...utf8Encode(sample)];
		for (const { at, byte, how } of changes) {
			const place = bytes.length === 0 ? 0 : at % bytes.length;
			if (how === 'set') bytes[place] = byte;
			else if (how === 'drop') bytes.splice(place, 1);
			else bytes.splice(place, 0, ...bytes.slice(place, place + 20));
		}
		return Uint8Array.from(bytes);
	});
}

describe('parse and print are inverse', () => {
	it('L11 L12 any note is read as it was written', () => {
		const signatures = fc.array(signature, { minLength: 1, maxLength: 16 });
		fc.assert(
			fc.property(text, signatures, (said, list) => {
				const parsed = unwrap(parseNote(printNote(said, list)));
				expect(parsed.text).toBe(said);
				expect(parsed.signatures.map((one) => ({ ...one, signature: [...one.signature] }))).toEqual(
					list.map((one) => ({ ...one, signature: [...one.signature] })),
				);
				expect(unwrap(parseSignatureLines(list.map(printSignatureLine).join('')))).toEqual(parsed.signatures);
			}),
		);
	});

	it('L11 L12 any bytes that are read as a note are its only spelling', () => {
		const samples = notes.accepted.map((one) => one.note);
		fc.assert(
			fc.property(damaged(samples), (bytes) => {
				const parsed = parseNote(bytes);
				if (!parsed.ok) return;
				expect(bytesEqual(printNote(parsed.value.text, parsed.value.signatures), bytes)).toBe(true);
			}),
			{ numRuns: 500 },
		);
	});

	it('L15 any checkpoint is read as it was written, and what is read is its only spelling', () => {
		const free = line.filter((one) => one !== '');
		const checkpoint = fc.record({ origin: free, size, root: hash, extensions: fc.array(free, { maxLength: 3 }) });
		fc.assert(
			fc.property(checkpoint, (one) => {
				const parsed = unwrap(parseCheckpoint(printCheckpoint(one)));
				expect({ ...parsed, root: [...parsed.root] }).toEqual({ ...one, root: [...one.root] });
			}),
		);
		const lines = fc.array(fc.oneof(fc.stringMatching(/^[0-9+e. -]{0,4}$/), fc.constant('x'), fc.base64String()));
		fc.assert(
			fc.property(lines, (parts) => {
				const raw = `${parts.join('\n')}\n`;
				const parsed = parseCheckpoint(raw);
				if (parsed.ok) expect(printCheckpoint(parsed.value)).toBe(raw);
			}),
		);
	});

	it('L10 L17 keys and cosignatures are read as they were written', () => {
		fc.assert(
			fc.property(name, fc.constantFrom<1 | 4>(1, 4), hash, (who, algorithm, bytes) => {
				const printed = printVerifierKey(verifierKey(suite, who, algorithm, bytes));
				expect(printVerifierKey(unwrap(parseVerifierKey(suite, printed)))).toBe(printed);
			}),
		);
		const blob = fc.uint8Array({ minLength: 64, maxLength: 64 });
		fc.assert(
			fc.property(size, blob, (seconds, bytes) => {
				const parsed = present(parseCosignature(printCosignature({ seconds, signature: bytes })));
				expect([parsed.seconds, ...parsed.signature]).toEqual([seconds, ...bytes]);
			}),
		);
	});

	it('L24 any proof file is read as it was written', () => {
		const checkpoint = utf8Encode(present(checkpoints.accepted[0]).note);
		const fields = fc.record({ index: size, hashes: fc.array(hash, { maxLength: 53 }) });
		fc.assert(
			fc.property(fields, fc.option(fc.uint8Array(), { nil: undefined }), (proof, extra) => {
				const whole = { ...proof, checkpoint, ...(extra === undefined ? {} : { extra }) };
				const bytes = printProof(whole);
				const parsed = unwrap(parseProof(bytes));
				expect(parsed.index).toBe(proof.index);
				expect(parsed.hashes).toHaveLength(proof.hashes.length);
				expect(parsed.extra === undefined).toBe(extra === undefined);
				expect(bytesEqual(printProof(parsed), bytes)).toBe(true);
			}),
		);
	});
});

describe('L13 L16 signing and verifying', () => {
	it('L13 L14 what a key signs verifies under it, and not after any change of the text', () => {
		fc.assert(
			fc.property(text, text, (said, other) => {
				const note = unwrap(parseNote(signNote(said, [{ ...key, sign }])));
				expect(unwrap(verifyNote(suite, note, [key]))).toHaveLength(1);
				const altered = unwrap(parseNote(printNote(other, note.signatures)));
				expect(verifyNote(suite, altered, [key]).ok).toBe(said === other);
			}),
			{ numRuns: 20 },
		);
	});

	it('L17 a cosignature verifies at its own second only', () => {
		const witness = verifierKey(suite, 'witness.example', 4, publicKey);
		const checkpoint = { origin: key.name, size: 7, root: leafOf(0), extensions: [] };
		const bytes = signCheckpoint(checkpoint, [{ ...key, sign }, cosigner(witness, 1_790_000_000, sign)]);
		const trust = { origin: key.name, logKeys: [key], witnessKeys: [witness] };
		const { note, witnesses } = unwrap(verifyCheckpoint(suite, bytes, trust));
		expect(witnesses).toEqual([{ witness, seconds: 1_790_000_000 }]);
		for (let bit = 0; bit < 64; bit++) {
			const signatures = note.signatures.map((one) => ({ ...one, signature: one.signature.slice() }));
			const blob = present(signatures[1]).signature;
			blob[bit >> 3] = present(blob[bit >> 3]) ^ (1 << (bit & 7));
			expect(verifyCheckpoint(suite, printNote(note.text, signatures), trust).ok).toBe(false);
		}
	});
});

describe('L27 L28 policies', () => {
	const names = ['w0', 'w1', 'w2', 'w3', 'w4', 'w5'];
	const witnesses = names.map((one, i) => ({
		name: one,
		key: verifierKey(suite, `${one}.example`, 4, portablePublicKey(new Uint8Array(32).fill(i + 1))),
	}));
	const policy: fc.Arbitrary<Policy> = fc
		.record({
			order: fc.shuffledSubarray(names, { minLength: 6 }),
			cut: fc.integer({ min: 1, max: 5 }),
			k: fc.nat(8),
			top: fc.nat(2),
		})
		.map(({ order, cut, k, top }) => {
			const inner = order.slice(0, cut);
			const outer = [...order.slice(cut), 'inner'];
			const outerThreshold = (['any', 'all', 1 + (k % outer.length)] as const)[top] ?? 'any';
			return {
				logs: [],
				witnesses,
				groups: [
					{ name: 'inner', threshold: 1 + (k % inner.length), members: inner },
					{ name: 'outer', threshold: outerThreshold, members: outer },
				],
				quorum: 'outer',
			};
		});

	it('L26 any policy is read as it was written', () => {
		fc.assert(
			fc.property(policy, (one) => {
				expect(unwrap(parsePolicy(suite, utf8Encode(printPolicy(one))))).toEqual(one);
			}),
			{ numRuns: 30 },
		);
	});

	it('L27 the quorum is what counting by hand gives, for every set of witnesses; more never undo it', () => {
		fc.assert(
			fc.property(policy, (one) => {
				const [inner, outer] = [present(one.groups[0]), present(one.groups[1])];
				for (let set = 0; set < 64; set++) {
					const cosigned = new Set(names.filter((_, i) => (set >> i) % 2 === 1));
					const innerMet = inner.members.filter((w) => cosigned.has(w)).length >= Number(inner.threshold);
					const count = outer.members.filter((w) => (w === 'inner' ? innerMet : cosigned.has(w))).length;
					const needed =
						outer.threshold === 'any' ? 1 : outer.threshold === 'all' ? outer.members.length : outer.threshold;
					const quorum = evaluateQuorum(one, cosigned);
					expect(quorum.met).toBe(count >= needed);
					expect(quorum.counted).toEqual([...cosigned]);
					const refusing = new Set(names.filter((w) => !cosigned.has(w)));
					expect(canBeMetWithout(one, refusing)).toBe(quorum.met);
					const more = new Set([...cosigned, 'w0']);
					if (quorum.met) expect(evaluateQuorum(one, more).met).toBe(true);
				}
			}),
			{ numRuns: 20 },
		);
	});
});

describe('foreign bytes', () => {
	const samples = [
		...notes.accepted.map((one) => one.note),
		...checkpoints.accepted.map((one) => one.note),
		...policies.accepted.map((one) => one.policy),
		...proofs.accepted.map((one) => one.proof),
	];
	const policy = unwrap(parsePolicy(suite, utf8Encode(proofs.policy)));

	it('L11–L26 never make a parser or a check throw', () => {
		fc.assert(
			fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), damaged(samples)), (bytes) => {
				const note = parseNote(bytes);
				const proof = parseProof(bytes);
				const answers: readonly Result<unknown>[] = [
					note.ok ? verifyNote(suite, note.value, [key]) : note,
					proof.ok ? verifyProof(suite, proof.value, policy, leafOf(0)) : proof,
					verifyCheckpoint(suite, bytes, { origin: key.name, logKeys: [key], witnessKeys: [] }),
					parsePolicy(suite, bytes),
				];
				for (const answer of answers) if (!answer.ok) expect(answer.error).toMatch(/^L[0-9]+: /);
				expect(parseCosignature(bytes) === undefined).toBe(
					bytes.length !== 72 || (bytes[0] ?? 0) > 0 || (bytes[1] ?? 0) > 31,
				);
				expect(verifySignature(suite, bytes.subarray(0, 32), bytes, bytes.subarray(32, 96))).toBe(false);
			}),
			{ numRuns: 1000 },
		);
		fc.assert(
			fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[a+=0-9/]{0,60}$/)), (raw) => {
				expect(parseVerifierKey(suite, raw).ok && parseSecretKey(suite, raw).ok).toBe(false);
				const answers: readonly Result<unknown>[] = [
					parseSecretKey(suite, `PRIVATE+KEY+${raw}`),
					parseSignatureLines(raw),
					parseCheckpoint(raw),
				];
				for (const answer of answers) if (!answer.ok) expect(answer.error).toMatch(/^L[0-9]+: /);
			}),
		);
	});
});
