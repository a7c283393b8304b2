/**
 * A witness of ours for logs that are not ours: Tessera's, and one signed by Go's own library, whose witnesses' cosignatures are on it already. What our witness adds is a line that the same rules
 * verify beside those of others.
 */
import { existsSync, readFileSync } from 'node:fs';
import { verifyCheckpoint } from '@matokeo/core/log/checkpoint.ts';
import { parseVerifierKey } from '@matokeo/core/log/keys.ts';
import { leafHash } from '@matokeo/core/log/merkle.ts';
import { parseNote, verifyNote } from '@matokeo/core/log/note.ts';
import { printAddCheckpoint } from '@matokeo/core/log/witness.ts';
import { base64Decode, concat, utf8Encode } from '@matokeo/core/std/bytes.ts';
import { describe, expect, it } from 'vitest';
import { past, proof, suite, unwrap, witness } from './lib.ts';
import { serve } from './serving.ts';

const shared = new URL('../../../../../shared/data/vectors/tlog/', import.meta.url);
const present = existsSync(shared);
const needs = '(needs ../shared/data/vectors/tlog)';
const bytes = (path: string): Uint8Array => new Uint8Array(readFileSync(new URL(path, shared)));

const TESSERA = 'example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx';

/** The leaf hashes of Tessera's log, out of its bundle: entries behind their length in two bytes. */
function tesseraLeaves(): readonly Uint8Array[] {
	const bundle = bytes('tessera-testdata-log/tile/entries/000.p/15');
	const leaves: Uint8Array[] = [];
	for (let at = 0; at < bundle.length; ) {
		const end = at + 2 + (bundle[at] ?? 0) * 256 + (bundle[at + 1] ?? 0);
		leaves.push(leafHash(suite, bundle.subarray(at + 2, end)));
		at = end;
	}
	return leaves;
}

describe('logs of others', () => {
	it.skipIf(!present)(
		`L31 a Tessera log is cosigned at every size, and not with a proof that is another's ${needs}`,
		async () => {
			const key = unwrap(parseVerifierKey(suite, TESSERA));
			const { add } = await serve({ logs: [{ origin: key.name, key }] });
			const leaves = tesseraLeaves();
			const trust = { origin: key.name, logKeys: [key], witnessKeys: [witness.key] };
			for (let size = 0; size <= 15; size++) {
				const before = Math.max(0, size - 1);
				const checkpoint = bytes(`tessera-testdata-log/checkpoint.${size}`);
				const wrong = printAddCheckpoint({ oldSize: before, proof: past(3), checkpoint });
				expect((await add(wrong)).code).toBe(422);
				const answer = await add(
					printAddCheckpoint({ oldSize: before, proof: proof(leaves, before, size), checkpoint }),
				);
				expect([size, answer.code]).toEqual([size, 200]);
				const verified = unwrap(verifyCheckpoint(suite, concat(checkpoint, utf8Encode(answer.text)), trust));
				expect(verified.checkpoint.size).toBe(size);
				expect(verified.witnesses.map(({ witness: { name } }) => name)).toEqual([witness.name]);
			}
		},
	);

	it.skipIf(!present)(
		`L17 L31 a log signed by Go, cosigned by three others, is cosigned by ours beside them ${needs}`,
		async () => {
			const file: {
				readonly log: { readonly vkey: string };
				readonly witnesses: readonly { readonly vkey: string }[];
				readonly checkpoints: readonly { readonly note: string; readonly size: number }[];
			} = JSON.parse(readFileSync(new URL('generated-go/cosigned-checkpoints.json', shared), 'utf8'));
			const proofs: readonly { readonly size1: number; readonly size2: number; readonly proof: readonly string[] }[] =
				JSON.parse(readFileSync(new URL('generated-go/consistency.json', shared), 'utf8'));
			const key = unwrap(parseVerifierKey(suite, file.log.vkey));
			const others = file.witnesses.map(({ vkey }) => unwrap(parseVerifierKey(suite, vkey)));
			const { add } = await serve({ logs: [{ origin: key.name, key }] });
			let before = 0;
			let cosigned = 0;
			for (const { note, size } of file.checkpoints) {
				const given = proofs.find(({ size1, size2 }) => size1 === before && size2 === size)?.proof;
				const leaves = Array.from({ length: size }, (_, i) => leafHash(suite, utf8Encode(`leaf ${i}`)));
				const hashes =
					given === undefined
						? proof(leaves, before, size)
						: given.map((hash) => base64Decode(hash) ?? new Uint8Array());
				const answer = await add(printAddCheckpoint({ oldSize: before, proof: hashes, checkpoint: utf8Encode(note) }));
				expect([size, answer.code]).toEqual([size, 200]);
				const all = unwrap(parseNote(concat(utf8Encode(note), utf8Encode(answer.text))));
				const keys = unwrap(verifyNote(suite, all, [key, ...others, witness.key])).map((one) => one.key.name);
				expect(keys).toEqual([key.name, ...others.map(({ name }) => name), witness.name]);
				before = size;
				cosigned++;
			}
			expect(cosigned).toBe(4);
		},
	);

	it.skipIf(!present)(
		`L13 a log that signs in a way nobody here knows cannot be watched, and its note is refused as unsigned ${needs}`,
		async () => {
			const rome = '000de184301123b9278c086a7d9f68c9577e83872224c197058fd90784ea9706';
			const note = bytes(`sunlight-witness-mirror/witness/${rome}/checkpoint`);
			const { add } = await serve();
			expect((await add(printAddCheckpoint({ oldSize: 0, proof: [], checkpoint: note }))).code).toBe(404);
		},
	);
});
