/** The parts that keep what senders bring (spec/mirror.md, M20–M22): the mirror's note, the room there is, and what the store never forgets. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { utf8Decode, utf8Encode } from '@matokeo/core/std/bytes.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { mirrorFolder, pendingImage } from '../../src/mirror/folder.ts';
import { forwarder } from '../../src/mirror/forwarder.ts';
import { LIMITS } from '../../src/mirror/limits.ts';
import { type PendingWord, parsePending, printPending } from '../../src/mirror/pendingNote.ts';
import { pendingRoom } from '../../src/mirror/pendingRoom.ts';
import { openPendingStore, type PendingStore } from '../../src/mirror/pendingStore.ts';
import { sourceApi } from '../../src/mirror/sourceApi.ts';
import { testKey } from '../witness/lib.ts';
import { closeHosts, host } from './lib/host.ts';
import { closeMirrors, newDir } from './lib/mirrors.ts';

const suite = nativeSuite();
const own = testKey('mirror/radio', 7);
const hex = fc.stringMatching(/^[0-9a-f]{64}$/);
const count = fc.nat({ max: Number.MAX_SAFE_INTEGER });
const word: fc.Arbitrary<PendingWord> = fc.record({
	election: fc.stringMatching(/^[a-z0-9._/-]{1,64}$/),
	digest: hex,
	id: hex,
	size: count,
	time: count,
});

const stores: PendingStore[] = [];
afterEach(async () => {
	for (const store of stores.splice(0)) store.close();
	await closeMirrors();
	await closeHosts();
});

function storeIn(dir: string): PendingStore {
	const store = openPendingStore(join(dir, 'mirror.sqlite'));
	stores.push(store);
	return store;
}

function statement(id: string, names: readonly string[] = ['clerk/1'], address = 'here') {
	const bytes = utf8Encode(id);
	return { id, note: bytes, type: 'form/capture', address, received: 100, word: bytes, names, images: [] };
}

describe('M20 the mirror’s word', () => {
	it('is read as it was printed, and under no other key', () => {
		fc.assert(
			fc.property(word, (said) => {
				const note = printPending(said, own);
				expect(parsePending(suite, note, own.key)).toEqual({ ok: true, value: said });
				expect(parsePending(suite, note, testKey('mirror/radio', 8).key).ok).toBe(false);
			}),
		);
	});

	it('is refused with any byte changed', () => {
		const said = { election: 'e/1', digest: 'a'.repeat(64), id: 'b'.repeat(64), size: 5, time: 9 };
		const note = printPending(said, own);
		for (let at = 0; at < note.length; at++) {
			const changed = note.with(at, (note[at] ?? 0) ^ 1);
			const parsed = parsePending(suite, changed, own.key);
			// A changed name or key id makes the line a stranger's; a changed spelling of base64 is refused.
			expect(parsed.ok, `byte ${at} of ${utf8Decode(note)}`).toBe(false);
		}
	});
});

describe('M22 room', () => {
	const limits = { ...LIMITS, pendingMax: 4, pendingPerAddressMax: 3, pendingPerKeyMax: 2, pendingBytesMax: 100 };
	const one = (id: string, address: string, signers: string, bytes = 10) => ({ id, address, signers, bytes });

	it('is bounded in all, by address, by key and in bytes, and comes back with what is logged', () => {
		const room = pendingRoom([one('1', 'a', 'k'), one('2', 'a', 'k l')], limits);
		expect(room.refuse(one('3', 'b', 'k'))).toContain('signed by "k"');
		expect(room.refuse(one('3', 'b', 'm', 81))).toContain('as many statements as it can');
		room.add(one('3', 'a', 'l'));
		expect(room.refuse(one('4', 'a', 'm'))).toContain('of this address');
		expect(room.refuse(one('4', 'b', 'm'))).toBeUndefined();
		room.add(one('4', 'b', 'm'));
		room.add(one('4', 'b', 'm'));
		expect([room.count(), room.refuse(one('5', 'c', 'n'))]).toEqual([4, expect.stringContaining('as many')]);
		room.remove('1');
		room.remove('1');
		expect([room.count(), room.refuse(one('5', 'a', 'k'))]).toEqual([3, undefined]);
	});
});

describe('M22 what is kept', () => {
	it('lies there after it was opened again, whatever the source said, and only what is logged is ever forgotten', () => {
		const dir = newDir();
		const before = storeIn(dir);
		before.keep([statement('1'), statement('2'), statement('3'), statement('4')]);
		const told = { now: 200, due: 300, answer: utf8Encode('a signed refusal') };
		before.tell([{ id: '1', said: 'refused', why: 'S6: …', ...told }]);
		before.tell([{ id: '1', said: 'refused', why: 'S6: …', ...told, now: 250 }]);
		before.close();
		const after = storeIn(dir);
		expect(after.statement('1')).toMatchObject({ said: 'refused', since: 200, tried: 250, tries: 2, due: 300, at: -1 });
		after.logged(
			[
				['2', 7],
				['3', 8],
				['4', 9],
			],
			1,
		);
		expect(after.newest(9).map(({ id }) => id)).toEqual(['1', '4']);
		expect(after.waiting().map(({ id }) => id)).toEqual(['1']);
	});

	it('is one mirror’s: a second one does not start in the same folder, and another program’s file is left alone', () => {
		const dir = newDir();
		storeIn(dir);
		expect(() => storeIn(dir)).toThrow(/another mirror runs in this folder/);
	});
});

describe('M23 what the source answers', () => {
	const answering = async (proof: string) => {
		const source = await host(newDir());
		source.instead('api/v1/statements', (response) => {
			const body = JSON.stringify({ answers: [{ kind: 'receipt', proof }] });
			response.writeHead(200, { 'content-type': 'application/json' }).end(body);
		});
		return source;
	};

	it('is kept as far as it can be a receipt, and fills no disk', async () => {
		const said = async (proof: string) => {
			const came = await sourceApi((await answering(proof)).url, LIMITS).send([utf8Encode('a note')]);
			return came.ok && came.value.map(({ said, answer }) => [said, answer.length]);
		};
		expect(await said('x'.repeat(65_536))).toEqual([['receipt', 65_536]]);
		expect(await said('x'.repeat(65_537))).toEqual([['receipt', 0]]);
	});

	it('M24 is had for all images but one whose file is gone, which can be sent again', async () => {
		const source = await answering('a receipt');
		const dir = newDir();
		const folder = mirrorFolder(dir);
		const store = storeIn(dir);
		const [gone, there] = ['aa'.repeat(32), 'bb'.repeat(32)];
		mkdirSync(folder.images);
		writeFileSync(pendingImage(folder, there), 'image');
		const images = [gone, there].map((sha256) => ({ sha256, size: 5 }));
		store.keep([{ ...statement('11'.repeat(32)), images }]);
		for (const { sha256, size } of images) store.addImage(sha256, size, 'here', 100);
		source.instead('api/v1/uploads', (response) => response.writeHead(200).end());
		const api = sourceApi(source.url, LIMITS);
		const parts = { api, store, folder, limits: LIMITS, heard: () => undefined, isClosing: () => false };
		await forwarder({ ...parts, clock: () => 100 }).round();
		expect([store.image(gone), store.image(there)?.sent]).toEqual([undefined, 1]);
	});
});
