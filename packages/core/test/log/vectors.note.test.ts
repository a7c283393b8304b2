/** Our own vectors of keys, notes, checkpoints, policies and proof files (`vectors/log`): every case accepted or refused by its rule. */
import { describe, expect, it } from 'vitest';
import { parseCheckpoint, printCheckpoint, verifyCheckpoint } from '../../src/log/checkpoint.ts';
import { parseSecretKey, parseVerifierKey, printSecretKey, printVerifierKey } from '../../src/log/keys.ts';
import { leafHash } from '../../src/log/merkle.ts';
import { parseNote, printNote, verifyNote } from '../../src/log/note.ts';
import { canBeMetWithout, evaluateQuorum } from '../../src/log/policy.ts';
import { parsePolicy, printPolicy } from '../../src/log/policyFile.ts';
import { parseProof, printProof, verifyProof } from '../../src/log/proof.ts';
import { base64Encode, hexEncode, utf8Encode } from '../../src/std/bytes.ts';
import { portableSuite as suite } from '../../src/std/portable.ts';
import type { Result } from '../../src/std/result.ts';
import type { CheckpointsFile, KeysFile, NotesFile, PoliciesFile, ProofsFile } from './ownShapes.ts';
import { hex, ownJson, present, unwrap } from './support.ts';

function refusedBy(result: Result<unknown>): string {
	return result.ok ? 'accepted' : (result.error.split(':')[0] ?? '');
}

describe('keys.json', () => {
	const { accepted, refused, secretRefused } = ownJson<KeysFile>('keys.json');

	it.each(accepted)('L9 L10 $vkey is read and written alike', ({ vkey, skey, name, keyId, algorithm, publicKey }) => {
		const key = unwrap(parseVerifierKey(suite, vkey));
		expect({ ...key, publicKey: hexEncode(key.publicKey) }).toEqual({ name, keyId, algorithm, publicKey });
		expect(printVerifierKey(key)).toBe(vkey);
		expect(printSecretKey(unwrap(parseSecretKey(suite, skey)))).toBe(skey);
		expect(printVerifierKey(unwrap(parseSecretKey(suite, skey)))).toBe(vkey);
	});

	it.each(refused)('$rule refuses a vkey: $title', ({ vkey, rule }) => {
		expect(refusedBy(parseVerifierKey(suite, vkey))).toBe(rule);
	});

	it.each(secretRefused)('$rule refuses an skey and does not repeat it: $title', ({ skey, rule }) => {
		const result = parseSecretKey(suite, skey);
		expect(refusedBy(result)).toBe(rule);
		expect(JSON.stringify(result)).not.toContain(skey.split('+').at(-1));
	});
});

describe('notes.json', () => {
	const { keys, accepted, refused } = ownJson<NotesFile>('notes.json');
	const known = keys.map((vkey: string) => unwrap(parseVerifierKey(suite, vkey)));

	it.each(accepted)('L11–L13 accepts: $title', ({ note, text, signatures, verified }) => {
		const bytes = utf8Encode(note);
		const parsed = unwrap(parseNote(bytes));
		expect(parsed.text).toBe(text);
		expect(parsed.textBytes).toEqual(utf8Encode(text));
		expect(parsed.signatures.map(({ name, keyId }) => `${name}+${keyId}`)).toEqual(signatures);
		expect(unwrap(verifyNote(suite, parsed, known)).map(({ key }) => key.name)).toEqual(verified);
		expect(printNote(parsed.text, parsed.signatures)).toEqual(bytes);
	});

	it.each(refused)('$rule refuses at $stage: $title', ({ note, hex: bytes, stage, rule }) => {
		const parsed = parseNote(note === undefined ? hex(present(bytes)) : utf8Encode(note));
		expect(parsed.ok).toBe(stage === 'verify');
		expect(refusedBy(parsed.ok ? verifyNote(suite, parsed.value, known) : parsed)).toBe(rule);
	});

	it('L13 refuses to choose between two keys of one name and id', () => {
		const parsed = unwrap(parseNote(utf8Encode(present(accepted[0]).note)));
		expect(refusedBy(verifyNote(suite, parsed, [...known, ...known]))).toBe('L13');
	});
});

describe('checkpoints.json', () => {
	const { origin, logKeys, witnessKeys, accepted, refused } = ownJson<CheckpointsFile>('checkpoints.json');
	const key = (vkey: string) => unwrap(parseVerifierKey(suite, vkey));
	const trust = { origin, logKeys: logKeys.map(key), witnessKeys: witnessKeys.map(key) };

	it.each(accepted)('L15–L17 accepts: $title', (expected) => {
		const verified = unwrap(verifyCheckpoint(suite, utf8Encode(expected.note), trust));
		const { checkpoint } = verified;
		expect({ ...checkpoint, root: base64Encode(checkpoint.root) }).toEqual({
			origin: expected.origin,
			size: expected.size,
			root: expected.root,
			extensions: expected.extensions,
		});
		expect(verified.logKeys.map(({ keyId }) => keyId)).toEqual(expected.logKeys);
		const witnesses = verified.witnesses.map(({ witness, seconds }) => ({ name: witness.name, seconds }));
		expect(witnesses).toEqual(expected.witnesses);
		expect(printCheckpoint(checkpoint)).toBe(verified.note.text);
		expect(unwrap(parseCheckpoint(printCheckpoint(checkpoint)))).toEqual(checkpoint);
	});

	it.each(refused)('$rule refuses: $title', ({ note, rule }) => {
		expect(refusedBy(verifyCheckpoint(suite, utf8Encode(note), trust))).toBe(rule);
	});
});

describe('policies.json', () => {
	const { accepted, refused } = ownJson<PoliciesFile>('policies.json');

	it.each(accepted)('L26–L28 $title', ({ policy: text, printed, quorums, refusing }) => {
		const policy = unwrap(parsePolicy(suite, utf8Encode(text)));
		expect(printPolicy(policy)).toBe(printed);
		expect(unwrap(parsePolicy(suite, utf8Encode(printed)))).toEqual(policy);
		for (const { cosigned, ...quorum } of quorums) {
			expect(evaluateQuorum(policy, new Set(cosigned)), cosigned.join()).toEqual(quorum);
		}
		for (const { refusing: names, canBeMet } of refusing) {
			expect(canBeMetWithout(policy, new Set(names)), names.join()).toBe(canBeMet);
		}
	});

	it.each(refused)('$rule refuses: $title', ({ policy, repeat, rule }) => {
		const text = `${repeat === undefined ? '' : repeat.line.repeat(repeat.times)}${policy}`;
		expect(refusedBy(parsePolicy(suite, utf8Encode(text)))).toBe(rule);
	});
});

describe('proofs.json', () => {
	const { policy: policyText, accepted, refused } = ownJson<ProofsFile>('proofs.json');
	const policy = unwrap(parsePolicy(suite, utf8Encode(policyText)));

	it.each(accepted)('L24 L25 accepts: $title', ({ proof, entry, index, size, counted, extra }) => {
		const bytes = utf8Encode(proof);
		const parsed = unwrap(parseProof(bytes));
		expect(printProof(parsed)).toEqual(bytes);
		expect(hexEncode(parsed.extra ?? new Uint8Array(0))).toBe(extra);
		const verified = unwrap(verifyProof(suite, parsed, policy, leafHash(suite, utf8Encode(entry))));
		expect(verified.index).toBe(index);
		expect(verified.checkpoint.checkpoint.size).toBe(size);
		expect(verified.quorum).toMatchObject({ met: true, counted });
	});

	it.each(refused)('$rule refuses at $stage: $title', ({ proof, stage, entry, rule }) => {
		const parsed = parseProof(utf8Encode(proof));
		expect(parsed.ok).toBe(stage === 'verify');
		const leaf = leafHash(suite, utf8Encode(entry));
		expect(refusedBy(parsed.ok ? verifyProof(suite, parsed.value, policy, leaf) : parsed)).toBe(rule);
	});
});
