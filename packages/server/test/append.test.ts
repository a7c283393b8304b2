/** What a sender gets back, and that it can be proven (D5–D12). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { verifyCheckpoint } from '@matokeo/core/log/checkpoint.ts';
import { checkInclusion, leafHash } from '@matokeo/core/log/merkle.ts';
import { parseNote, verifyNote } from '@matokeo/core/log/note.ts';
import { parseProof } from '@matokeo/core/log/proof.ts';
import { parseLeaf } from '@matokeo/core/record/leaf.ts';
import { parseRefusal } from '@matokeo/core/record/refusalNote.ts';
import { contextOf } from '@matokeo/core/rules/context.ts';
import { trustOf } from '@matokeo/core/rules/witnessed.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import { afterEach, describe, expect, it } from 'vitest';
import type { Answer } from '../src/app/answer.ts';
import { memoryStore } from '../src/storage/memoryStore.ts';
import {
	capture,
	election,
	enrolment,
	imageOf,
	newFolder,
	openIn,
	opening,
	presidential,
	removeFolders,
	START,
	say,
	suite,
} from './lib/world.ts';

afterEach(removeFolders);

const trust = trustOf(contextOf(suite, election));

/** Whether the receipt proves that this note is at its index, under a checkpoint that the log's key signed. */
function proves(answer: Answer | undefined, note: Uint8Array): boolean {
	if (answer?.kind !== 'receipt' && answer?.kind !== 'logged') return false;
	const proof = parseProof(utf8Encode(answer.proof()));
	if (!proof.ok) return false;
	const checkpoint = verifyCheckpoint(suite, proof.value.checkpoint, trust);
	if (!checkpoint.ok || checkpoint.value.checkpoint.size < answer.size) return false;
	const { size, root } = checkpoint.value.checkpoint;
	const claim = { index: answer.index, size, root, leafHash: leafHash(suite, note) };
	return proof.value.index === answer.index && checkInclusion(suite, claim, proof.value.hashes);
}

describe('D8 answers', () => {
	it('D10 every admitted statement gets a receipt that proves it under the published checkpoint', () => {
		const { log, dir } = openIn(newFolder());
		const notes = [opening(), enrolment(), capture('001', imageOf('001'), presidential(1, 2, 3, 4))];
		const answers = log.append(notes.map(({ bytes }) => bytes));
		expect(answers.map(({ kind }) => kind)).toEqual(['receipt', 'receipt', 'receipt']);
		expect(notes.every(({ bytes }, i) => proves(answers[i], bytes))).toBe(true);
		expect(readFileSync(join(dir, 'public', 'checkpoint'))).toEqual(Buffer.from(log.checkpoint()));
		expect(log.size()).toBe(4);
		log.close();
	});

	it('D9 the second leaf is a tick, and one more comes when a second has passed and something is logged', () => {
		let now = START;
		const { log, store } = openIn(newFolder(), { clock: () => now });
		log.append([opening().bytes]);
		log.append([enrolment().bytes]);
		now += 5;
		log.append([capture('001', imageOf('a'), undefined).bytes, capture('002', imageOf('b'), undefined).bytes]);
		log.append([utf8Encode('no statement')]);
		const types = store.statements(0, 99).map(({ note }) => {
			const leaf = parseLeaf(suite, note);
			return leaf.ok ? leaf.value.statement.type : 'void';
		});
		const expected = ['election/open', 'clock/tick', 'key/enrol', 'clock/tick', 'form/capture', 'form/capture'];
		expect(types).toEqual(expected);
		log.close();
	});

	it('D11 the same text again, in one batch or later, gives the logged note and its receipt', () => {
		const { log } = openIn(newFolder());
		const first = log.append([opening().bytes, enrolment().bytes, enrolment().bytes]);
		const again = log.append([enrolment().bytes]);
		expect(first.map(({ kind }) => kind)).toEqual(['receipt', 'receipt', 'logged']);
		const [answer] = again;
		expect(answer?.kind).toBe('logged');
		if (answer?.kind !== 'logged') return;
		expect(answer.note).toEqual(Buffer.from(enrolment().bytes));
		expect(answer.index).toBe(2);
		expect(proves(answer, enrolment().bytes)).toBe(true);
		log.close();
	});

	it('D12 a refusal to a known key is a note signed by the log; an unknown sender gets only the reason', () => {
		const { log, store } = openIn(newFolder());
		log.append([opening().bytes, enrolment().bytes]);
		const tooFar = capture('001', imageOf('a'), undefined, { station: '002' });
		const unknown = say({ type: 'key/revoke', key: 'po/001', reason: 'lost' }, 'nobody/1');
		const forged = capture('001', imageOf('a'), undefined).bytes;
		forged[forged.length - 5] = forged[forged.length - 5] === 65 ? 66 : 65;
		const [known, stranger, false_, junk] = log.append([tooFar.bytes, unknown.bytes, forged, utf8Encode('x')]);
		expect(known).toMatchObject({ kind: 'refused', rule: 'S10' });
		expect(stranger).toMatchObject({ kind: 'refused', rule: 'S6' });
		expect(false_).toMatchObject({ kind: 'refused', rule: 'S7' });
		expect(junk).toMatchObject({ kind: 'refused', rule: 'S1' });
		expect([stranger, false_, junk].some((answer) => answer !== undefined && 'note' in answer)).toBe(false);
		if (known?.kind !== 'refused' || known.note === undefined) throw new Error('the refusal is signed');
		const note = parseNote(known.note);
		expect(note.ok && verifyNote(suite, note.value, trust.logKeys).ok).toBe(true);
		expect(note.ok && note.value.text).toContain(`{"rule":"S10","size":3,"statement":"${tooFar.id}"}`);
		expect(parseLeaf(suite, known.note).ok).toBe(false);
		expect(store.head().size).toBe(3);
		log.close();
	});

	it('D12 the size on a refusal is where it can be asked again: what stands before it in its batch counts, a tick that is not logged does not', () => {
		let now = START;
		const { log } = openIn(newFolder(), { clock: () => now });
		log.append([opening().bytes, enrolment().bytes]);
		const sizeIn = (answer: Answer | undefined): number => {
			const note = answer?.kind === 'refused' ? answer.note : undefined;
			const refusal = parseRefusal(suite, note ?? new Uint8Array(), trust.logKeys);
			if (!refusal.ok) throw new Error(refusal.error);
			return refusal.value.size;
		};
		const revoking = (by: readonly string[]) => say({ type: 'key/revoke', key: 'po/001', reason: 'lost' }, ...by).bytes;
		now += 5;
		const [early, first, second] = log.append([
			capture('001', imageOf('a'), undefined, { station: '002' }).bytes,
			revoking(['registrar/1', 'registrar/2']),
			revoking(['registrar/1', 'registrar/3']),
		]);
		expect([early?.kind, first?.kind, second?.kind]).toEqual(['refused', 'receipt', 'refused']);
		expect([sizeIn(early), sizeIn(second)]).toEqual([3, 5]);
		now += 5;
		const [alone] = log.append([revoking(['registrar/2', 'registrar/3'])]);
		expect([sizeIn(alone), log.size()]).toEqual([5, 5]);
		log.close();
	});

	it('D8 a batch is not atomic: what is refused keeps nothing of what stands beside it out', () => {
		const { log } = openIn(newFolder(), { store: memoryStore() });
		const late = capture('001', imageOf('a'), presidential(1, 1, 1, 1));
		const answers = log.append([late.bytes, opening().bytes, late.bytes, enrolment().bytes, late.bytes]);
		expect(answers.map(({ kind }) => kind)).toEqual(['refused', 'receipt', 'refused', 'receipt', 'receipt']);
	});

	it('D9 with a clock that went back nothing is signed, and it is answered that one may send again', () => {
		let now = START;
		const { log } = openIn(newFolder(), { clock: () => now });
		log.append([opening().bytes]);
		now -= 1;
		expect(log.append([enrolment().bytes])).toMatchObject([{ kind: 'later' }]);
		now += 1;
		expect(log.append([enrolment().bytes])).toMatchObject([{ kind: 'receipt', index: 2 }]);
		log.close();
	});
});
