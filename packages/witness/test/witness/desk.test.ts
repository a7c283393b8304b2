/** The desk of a witness (N1–N8), without HTTP: what it signs, when it refuses to, and what it keeps of a log that has two pasts. */
import { signCheckpoint, verifyCheckpoint } from '@matokeo/core/log/checkpoint.ts';
import { parseNote, parseSignatureLines, verifyNote } from '@matokeo/core/log/note.ts';
import { parseAddCheckpoint, printAddCheckpoint } from '@matokeo/core/log/witness.ts';
import { base64Encode, concat, utf8Decode, utf8Encode } from '@matokeo/core/std/bytes.ts';
import { parseEvidence } from '@matokeo/verifier/evidence/file.ts';
import { describe, expect, it } from 'vitest';
import { memoryState } from '../../src/witness/memoryState.ts';
import {
	bench,
	checkpoint,
	growth,
	honest,
	log,
	ORIGIN,
	other,
	past,
	proof,
	rootAt,
	START,
	spare,
	stranger,
	suite,
	textOf,
	unwrap,
	witness,
} from './lib.ts';

const trust = { origin: ORIGIN, logKeys: [log.key, spare.key], witnessKeys: [witness.key] };

describe('what it signs', () => {
	it('N2 N3 cosigns what continues what it saw, and keeps the whole checkpoint', () => {
		const { addCheckpoint, state, now } = bench();
		for (const [from, to] of [
			[0, 3],
			[3, 8],
			[8, 64],
		] as const) {
			now.seconds += 10;
			const answer = addCheckpoint(growth(honest, from, to));
			expect(answer).toMatchObject({ code: 200, type: 'text/plain; charset=utf-8' });
			const note = concat(checkpoint(honest, to), answer.body);
			const verified = unwrap(verifyCheckpoint(suite, note, trust));
			expect(verified.witnesses).toEqual([{ witness: witness.key, seconds: now.seconds }]);
			expect(utf8Decode(state.latest(ORIGIN)?.note ?? new Uint8Array())).toBe(utf8Decode(note));
		}
		expect(state.latest(ORIGIN)).toMatchObject({ size: 64, since: START + 10, seconds: START + 30, count: 3 });
	});

	it('N2 cosigns the same checkpoint again with a new time, and in the same second with the same bytes and no write', () => {
		const { addCheckpoint, state, now } = bench();
		const first = addCheckpoint(growth(honest, 0, 7));
		const same = addCheckpoint(growth(honest, 7, 7));
		expect([same.code, textOf(same), state.latest(ORIGIN)?.count]).toEqual([200, textOf(first), 1]);
		now.seconds++;
		const later = addCheckpoint(growth(honest, 7, 7));
		expect(later.code).toBe(200);
		expect(textOf(later)).not.toBe(textOf(first));
		expect(state.latest(ORIGIN)).toMatchObject({ size: 7, seconds: START + 1, count: 2 });
	});

	it('N2 another text of the same tree is signed anew, also in the same second', () => {
		const { addCheckpoint } = bench();
		const first = addCheckpoint(growth(honest, 0, 7));
		const said = { origin: ORIGIN, size: 7, root: rootAt(honest, 7), extensions: ['more'] };
		const request = { oldSize: 7, proof: [], checkpoint: signCheckpoint(said, [log]) };
		const answer = addCheckpoint(printAddCheckpoint(request));
		expect(answer.code).toBe(200);
		expect(textOf(answer)).not.toBe(textOf(first));
		const note = unwrap(parseNote(concat(request.checkpoint, answer.body)));
		expect(unwrap(verifyNote(suite, note, [witness.key]))).toHaveLength(1);
	});

	it('N1 takes any key of an origin, and keeps no line of strangers', () => {
		const { addCheckpoint, state } = bench();
		expect(addCheckpoint(growth(honest, 0, 7, [stranger])).code).toBe(403);
		expect(addCheckpoint(growth(honest, 0, 7, [spare])).code).toBe(200);
		expect(addCheckpoint(growth(honest, 7, 9, [stranger, log, spare])).code).toBe(200);
		const kept = utf8Decode(state.latest(ORIGIN)?.note ?? new Uint8Array()) ?? '';
		const lines = unwrap(parseSignatureLines(kept.split('\n\n')[1] ?? ''));
		expect(lines.map(({ keyId }) => keyId)).toEqual([log.keyId, spare.keyId, witness.keyId]);
	});

	it('N3 persists before it answers: what the state refuses is not signed', () => {
		const kept = memoryState();
		let between = 0;
		const state = { ...kept, advance: () => ++between === 0 };
		const { addCheckpoint } = bench({ state });
		const answer = addCheckpoint(growth(honest, 0, 7));
		expect([answer.code, answer.retryAfter, between]).toEqual([503, 2, 3]);
		expect(textOf(answer)).not.toContain('\u2014');
		const broken = bench({
			state: {
				...kept,
				advance: () => {
					throw new Error('the disk is full');
				},
			},
		});
		expect(() => broken.addCheckpoint(growth(honest, 0, 7))).toThrow('the disk is full');
	});

	it('N3 judges again what it judged before another came between', () => {
		const kept = memoryState();
		const rival = bench({ state: kept });
		rival.addCheckpoint(growth(honest, 0, 7));
		let raced = false;
		const state = {
			...kept,
			advance: (...step: Parameters<typeof kept.advance>) => {
				if (!raced) rival.addCheckpoint(growth(honest, 7, 12));
				raced = true;
				return kept.advance(...step);
			},
		};
		const answer = bench({ state }).addCheckpoint(growth(honest, 7, 9));
		expect([answer.code, textOf(answer), kept.latest(ORIGIN)?.size]).toEqual([409, '12\n', 12]);
	});

	it('N5 signs nothing while its clock is behind what it has signed, of any log', () => {
		const { addCheckpoint, now, state } = bench({ logs: new Map([[ORIGIN, [log.key]]]) });
		addCheckpoint(growth(honest, 0, 7));
		now.seconds = START - 1;
		const refused = addCheckpoint(growth(honest, 7, 8));
		expect([refused.code, refused.retryAfter]).toEqual([503, 2]);
		expect(textOf(refused)).toContain(`shows ${START - 1}, and it has cosigned at ${START}`);
		expect(state.latest(ORIGIN)?.size).toBe(7);
		for (const wrong of [Number.NaN, 1.5, -1, 253_402_300_800]) {
			now.seconds = wrong;
			expect(addCheckpoint(growth(honest, 7, 8)).code).toBe(503);
		}
		now.seconds = START;
		expect(addCheckpoint(growth(honest, 7, 8)).code).toBe(200);
	});

	it('N12 what is spent on new cosignatures can run out; the same one in the same second costs nothing', () => {
		let left = 1;
		const spend = () => (left-- > 0 ? undefined : 4);
		const { addCheckpoint } = bench({ spend });
		expect(addCheckpoint(growth(honest, 0, 7)).code).toBe(200);
		expect(addCheckpoint(growth(honest, 7, 7)).code).toBe(200);
		expect(addCheckpoint(growth(honest, 7, 8))).toMatchObject({ code: 429, retryAfter: 4 });
	});
});

describe('what it keeps against a log', () => {
	it('N7 two trees of one size are proven, and told once', () => {
		const { addCheckpoint, told, state } = bench();
		addCheckpoint(growth(honest, 0, 7));
		expect(addCheckpoint(growth(other, 7, 7)).code).toBe(422);
		expect(addCheckpoint(growth(other, 7, 7)).code).toBe(422);
		expect(told).toHaveLength(1);
		expect(told).toEqual(state.incidents());
		const evidence = unwrap(parseEvidence(suite, told[0]?.file ?? new Uint8Array()));
		expect(evidence).toMatchObject({ kind: 'fork', origin: ORIGIN, reporter: witness.name, time: START });
		expect(state.latest(ORIGIN)).toMatchObject({ size: 7, count: 1 });
	});

	it('N7 two trees of one size are proven also when the log believed another size', () => {
		const { addCheckpoint, told } = bench();
		addCheckpoint(growth(honest, 0, 7));
		const answer = addCheckpoint(growth(other, 0, 7));
		expect([answer.code, answer.type, textOf(answer)]).toEqual([409, 'text/x.tlog.size', '7\n']);
		expect(told.map(({ kind }) => kind)).toEqual(['proven']);
	});

	it('N7 a changed past is proven by the proof that the log itself sends', () => {
		const { addCheckpoint, told } = bench();
		addCheckpoint(growth(honest, 0, 7));
		expect(addCheckpoint(growth(other, 7, 11)).code).toBe(422);
		const evidence = unwrap(parseEvidence(suite, told[0]?.file ?? new Uint8Array()));
		expect(evidence.kind === 'rewritten' && Buffer.from(evidence.prefixRoot).equals(rootAt(other, 7))).toBe(true);
		expect(told[0]?.what).toContain('does not contain the tree of size 7');
	});

	it('N8 a changed past behind a power of two proves nothing by itself, and is called unexplained', () => {
		const { addCheckpoint, told } = bench();
		addCheckpoint(growth(honest, 0, 8));
		expect(addCheckpoint(growth(other, 8, 11)).code).toBe(422);
		expect(told.map(({ kind }) => kind)).toEqual(['unexplained']);
		expect(told[0]?.what).toContain('this alone shows nothing against the log');
		const request = unwrap(parseAddCheckpoint(told[0]?.file ?? new Uint8Array()));
		expect([request.oldSize, request.proof.map(base64Encode)]).toEqual([8, proof(other, 8, 11).map(base64Encode)]);
	});

	it('N8 a wrong proof by a stranger accuses nobody, and is forgotten when the same checkpoint fits', () => {
		const { addCheckpoint, told, state } = bench();
		addCheckpoint(growth(honest, 0, 7));
		const signed = checkpoint(honest, 11);
		const wrong = [
			[],
			past(4, 'garbage'),
			proof(honest, 6, 11),
			proof(other, 7, 11),
			[...proof(honest, 7, 11), ...past(1)],
		];
		for (const hashes of wrong)
			expect(addCheckpoint(printAddCheckpoint({ oldSize: 7, proof: hashes, checkpoint: signed })).code).toBe(422);
		expect(told.map(({ kind }) => kind)).toEqual(['unexplained']);
		expect(addCheckpoint(growth(honest, 7, 11)).code).toBe(200);
		expect(state.incidents()).toEqual([]);
	});

	it('N8 hashes from size 0 say nothing about a log; an empty tree with another root does', () => {
		const { addCheckpoint, told } = bench();
		const signed = checkpoint(honest, 3);
		expect(addCheckpoint(printAddCheckpoint({ oldSize: 0, proof: past(1), checkpoint: signed })).code).toBe(422);
		expect(told).toEqual([]);
		const said = { origin: ORIGIN, size: 0, root: rootAt(honest, 1), extensions: [] };
		const empty = { oldSize: 0, proof: [], checkpoint: signCheckpoint(said, [log]) };
		expect(addCheckpoint(printAddCheckpoint(empty)).code).toBe(422);
		expect(told.map(({ what }) => what)).toEqual([
			'The log signed a tree of size 0 with a root that no empty tree has.',
		]);
	});

	it('N8 the tree that was cosigned, with hashes that belong to nothing, is not kept as unexplained', () => {
		const { addCheckpoint, told, state } = bench();
		addCheckpoint(growth(honest, 0, 7));
		const again = { oldSize: 7, proof: past(2, 'garbage'), checkpoint: checkpoint(honest, 7) };
		expect(addCheckpoint(printAddCheckpoint(again)).code).toBe(422);
		expect([told, state.incidents()]).toEqual([[], []]);
	});

	it('N8 lines of strangers are not kept, and unexplained ones have a rate', () => {
		let left = 2;
		const spend = (_: string, what: string) => (what === 'unexplained' && left-- <= 0 ? 5 : undefined);
		const { addCheckpoint, told } = bench({ spend });
		addCheckpoint(growth(honest, 0, 8));
		for (const size of [11, 11, 12, 13]) addCheckpoint(growth(other, 8, size, [log, stranger]));
		expect(told.map(({ size }) => size)).toEqual([11, 12]);
		expect(utf8Decode(told[0]?.file ?? new Uint8Array())).not.toContain(' '.concat(stranger.keyId));
		const kept = unwrap(parseAddCheckpoint(told[0]?.file ?? utf8Encode('')));
		expect(unwrap(parseNote(kept.checkpoint)).signatures.map(({ keyId }) => keyId)).toEqual([log.keyId]);
	});

	it('N7 after a contradiction it goes on with the history that it saw first', () => {
		const { addCheckpoint } = bench();
		addCheckpoint(growth(honest, 0, 7));
		addCheckpoint(growth(other, 7, 9));
		expect(addCheckpoint(growth(honest, 7, 9)).code).toBe(200);
		expect(addCheckpoint(growth(other, 9, 12)).code).toBe(422);
	});
});
