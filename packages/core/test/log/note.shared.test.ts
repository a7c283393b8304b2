/** Notes, checkpoints and cosignatures against those that other software signed (L9–L17): Go, Tessera, Sunlight. */
import { describe, expect, it } from 'vitest';
import type { Checkpoint } from '../../src/log/checkpoint.ts';
import { parseCheckpoint, signCheckpoint, verifyCheckpoint } from '../../src/log/checkpoint.ts';
import { cosigner } from '../../src/log/cosignature.ts';
import { parseSecretKey, parseVerifierKey, printSecretKey, verifierKey } from '../../src/log/keys.ts';
import { parseNote, verifyNote } from '../../src/log/note.ts';
import { utf8Decode } from '../../src/std/bytes.ts';
import { portableSign, portableSuite as suite } from '../../src/std/portable.ts';
import type { CosignedFile, WitnessFile } from './sharedShapes.ts';
import { hex, needsShared, present, sharedBytes, sharedJson, sharedPresent, unwrap } from './support.ts';

const TESSERA = 'example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx';

describe('signed by others', () => {
	it.skipIf(!sharedPresent)(
		`L10 L16 L17 Go's cosigned checkpoints verify, and we sign the same bytes ${needsShared}`,
		() => {
			const { checkpoints, log, witnesses } = sharedJson<CosignedFile>('generated-go/cosigned-checkpoints.json');
			const secret = unwrap(parseSecretKey(suite, log.skey));
			expect(printSecretKey(secret)).toBe(log.skey);
			const logKey = unwrap(parseVerifierKey(suite, log.vkey));
			const witnessKeys = witnesses.map(({ vkey }) => unwrap(parseVerifierKey(suite, vkey)));
			const cosigners = witnesses.map(({ name, pubHex, seedHex, timestamp }) =>
				cosigner(verifierKey(suite, name, 4, hex(pubHex)), timestamp, (message) => portableSign(hex(seedHex), message)),
			);
			const signers = [{ ...logKey, sign: (message: Uint8Array) => portableSign(secret.seed, message) }, ...cosigners];
			expect(checkpoints).toHaveLength(4);
			for (const { note, size } of checkpoints) {
				const trust = { origin: logKey.name, logKeys: [logKey], witnessKeys };
				const verified = unwrap(verifyCheckpoint(suite, new TextEncoder().encode(note), trust));
				expect(verified.checkpoint.size).toBe(size);
				const seen = verified.witnesses.map(({ witness, seconds }) => [witness.name, seconds]);
				expect(seen).toEqual(witnesses.map((one) => [one.name, one.timestamp]));
				expect(utf8Decode(signCheckpoint(verified.checkpoint, signers))).toBe(note);
			}
		},
	);

	it.skipIf(!sharedPresent)(`L16 a Tessera log's checkpoints of sizes 0 to 15 verify ${needsShared}`, () => {
		const key = unwrap(parseVerifierKey(suite, TESSERA));
		const trust = { origin: key.name, logKeys: [key], witnessKeys: [] };
		for (let size = 0; size <= 15; size++) {
			const bytes = sharedBytes(`tessera-testdata-log/checkpoint.${size}`);
			expect(unwrap(verifyCheckpoint(suite, bytes, trust)).checkpoint.size).toBe(size);
		}
	});

	it.skipIf(!sharedPresent)(
		`L12 L17 Sunlight's cosignatures verify beside a line of an unknown kind ${needsShared}`,
		() => {
			const base = 'sunlight-witness-mirror';
			const rome = '000de184301123b9278c086a7d9f68c9577e83872224c197058fd90784ea9706';
			const milan = '88ad7a28caeb0b2aa890fdf0304c2fcaf59fca2ee140134ff8c1300bac493482';
			const cases = [
				[`${base}/witness/witness.v0.json`, `${base}/witness/${rome}/checkpoint`],
				[`${base}/witness2/witness.v0.json`, `${base}/witness2/${milan}/checkpoint`],
				[`${base}/witness/mirror/mirror.v0.json`, `${base}/witness/mirror/${rome}/checkpoint`],
			] as const;
			for (const [about, path] of cases) {
				const key = unwrap(parseVerifierKey(suite, present(sharedJson<WitnessFile>(about).verifier_keys[0])));
				const note = unwrap(parseNote(sharedBytes(path)));
				const checkpoint: Checkpoint = unwrap(parseCheckpoint(note.text));
				expect(checkpoint.size).toBe(300);
				expect(unwrap(verifyNote(suite, note, [key])).map((one) => one.key)).toEqual([key]);
				const altered = { ...note, textBytes: new TextEncoder().encode(note.text.replace('300', '301')) };
				expect(verifyNote(suite, altered, [key]).ok).toBe(false);
			}
			const decoy = parseNote(sharedBytes(`${base}/witness/checkpoint`));
			expect(decoy.ok).toBe(false);
			const ct = unwrap(parseNote(sharedBytes(`${base}/static-ct-checkpoint`)));
			expect(present(ct.signatures[0]).name).toBe('rome2026h1.example.org');
		},
	);
});
