/** `matokeo say --send`: a server's answer is believed only when it proves itself, and what proves it is kept. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { signCheckpoint } from '@matokeo/core/log/checkpoint.ts';
import { leafHash } from '@matokeo/core/log/merkle.ts';
import { printProof } from '@matokeo/core/log/proof.ts';
import { printRefusal, type SignedRefusal } from '@matokeo/core/record/refusalNote.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import { ORIGIN, testKey } from '@matokeo/core/testing/smallElection.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { signingWith } from '../src/keys/signing.ts';
import type { Fetch } from '../src/say/sending.ts';
import { newFolder, removeFolders } from './lib/said.ts';
import { byOfficer, keyFile, prepareSaying, say, small } from './lib/saying.ts';

const suite = nativeSuite();
const SERVER = new URL('http://server.example/');
let dir = '';

const at = (name: string): string => join(dir, name);

beforeAll(prepareSaying);
beforeEach(() => {
	dir = newFolder();
});
afterAll(removeFolders);

/** A log of one entry, signed by this key: what an honest server would answer, or another one. */
function receiptOf(note: Uint8Array, key = testKey(ORIGIN)): string {
	const root = leafHash(suite, note);
	const checkpoint = signCheckpoint({ origin: ORIGIN, size: 1, root, extensions: [] }, [signingWith(key)]);
	return new TextDecoder().decode(printProof({ index: 0, hashes: [], checkpoint }));
}

/** A server that answers so; what it was sent is in `sent`. */
function server(answer: (note: string) => unknown, status = 200): { readonly fetch: Fetch; readonly sent: string[] } {
	const sent: string[] = [];
	const fetch: Fetch = async (url, { body }) => {
		expect(url.href).toBe('http://server.example/api/v1/statements');
		const { notes } = JSON.parse(typeof body === 'string' ? body : '');
		sent.push(...notes);
		return new Response(JSON.stringify(answer(notes[0])), { status });
	};
	return { fetch, sent };
}

describe('matokeo say --send', () => {
	const sending = (fetch: Fetch) => say('station/status', { ...byOfficer(), out: at('a.note'), send: SERVER, fetch });
	const receipt = (note: string) => ({ answers: [{ kind: 'receipt', id: 'x', proof: receiptOf(utf8Encode(note)) }] });

	it('sends the note as it was written, checks the receipt and keeps it', async () => {
		const { fetch, sent } = server(receipt);
		const { code, stdout } = await sending(fetch);
		expect([code, sent]).toEqual([0, [readFileSync(at('a.note'), 'utf8')]]);
		expect(stdout).toContain('at index 0, under the signed checkpoint of size 1');
		expect(readFileSync(at('a.note.tlog-proof'), 'utf8')).toBe(receiptOf(readFileSync(at('a.note'))));
	});

	it.each([
		['of another statement', () => receiptOf(utf8Encode('another'))],
		['by another key', (note: string) => receiptOf(utf8Encode(note), testKey('forger'))],
		['that is none', () => 'thank you'],
	] as const)('a receipt %s is called false and not kept', async (_, forge) => {
		const { fetch } = server((note) => ({ answers: [{ kind: 'receipt', id: 'x', proof: forge(note) }] }));
		const { code, stdout, stderr } = await sending(fetch);
		expect([code, stdout, existsSync(at('a.note.tlog-proof'))]).toEqual([1, '', false]);
		expect(stderr).toContain('THE RECEIPT IS FALSE');
	});

	it('a refusal answers 1, in words, and is kept when the log signed it of this very statement', async () => {
		const { id: election, digest } = small.election;
		const idOf = (note: string) => suite.sha256Hex(utf8Encode(note.slice(0, note.indexOf('\n\n') + 1)));
		const saying = (more: Partial<SignedRefusal> = {}, key = ORIGIN) => {
			const signer = signingWith({ ...testKey(key), name: ORIGIN });
			return ({ note }: { readonly note: string }) => ({
				kind: 'refused',
				rule: 'S10',
				why: 'not you',
				note: new TextDecoder().decode(
					printRefusal({ election, digest, rule: 'S10', size: 3, statement: idOf(note), ...more }, signer),
				),
			});
		};
		const refused = (answer: (sent: { readonly note: string }) => unknown) =>
			sending(server((note) => ({ answers: [answer({ note })] })).fetch);
		const honest = await refused(saying());
		expect([honest.code, honest.stdout]).toEqual([1, 'Refused by rule S10 (spec/statements.md): not you.\n']);
		expect(readFileSync(at('a.note.refusal'), 'utf8')).toContain('"rule":"S10"');
		expect(honest.stderr).toContain('--against');
		const others = [saying({}, 'forger'), saying({ statement: '0'.repeat(64) }), saying({ rule: 'S6' })];
		for (const other of others) {
			dir = newFolder();
			expect((await refused(other)).stderr).toContain('is no refusal of this statement');
			expect(existsSync(at('a.note.refusal'))).toBe(false);
		}
		dir = newFolder();
		const unsigned = () => ({ kind: 'refused', rule: 'S10', why: 'not you' });
		expect((await refused(unsigned)).stderr).toContain('not signed');
		expect(existsSync(at('a.note.refusal'))).toBe(false);
	});

	it.each([
		['later', { answers: [{ kind: 'later', why: 'the disk is full', retry_after: 7 }] }, /again in 7 seconds/],
		['two answers', { answers: [{}, {}] }, /nothing that this command understands/],
		['an unknown answer', { answers: [{ kind: 'fine' }] }, /nothing that this command understands/],
		['something else', 'hello', /nothing that this command understands/],
	] as const)('%s answers 2: nothing is known to be logged', async (_, answer, message) => {
		const { code, stdout, stderr } = await sending(server(() => answer).fetch);
		expect([code, stdout]).toEqual([2, '']);
		expect(stderr).toMatch(message);
	});

	it('A8 an image goes up after its capture, by tus, and only when the capture is in the log', async () => {
		writeFileSync(at('form.png'), 'an image');
		const capture = {
			keyFiles: [keyFile('po/001')],
			settings: ['contest=president', 'kind=original', 'poll:=1', 'route=own-kit', 'station=001'],
			images: [`original=${at('form.png')}`],
			send: SERVER,
		};
		const went: string[] = [];
		const taking =
			(status: number, answer: (note: string) => unknown): Fetch =>
			async (url, init) => {
				went.push(url.pathname);
				if (!url.pathname.endsWith('uploads')) return server(answer).fetch(url, init);
				const headers = new Headers(init.headers);
				const digest = Buffer.from(headers.get('upload-metadata')?.split(' ')[1] ?? '', 'base64').toString();
				expect([headers.get('upload-length'), digest]).toEqual(['8', suite.sha256Hex(utf8Encode('an image'))]);
				return new Response(status === 201 ? null : '{"error":"no image"}', {
					status,
					headers: { 'upload-offset': '8' },
				});
			};
		const sent = await say('form/capture', { ...capture, out: at('1.note'), fetch: taking(201, receipt) });
		expect([sent.code, went]).toEqual([0, ['/api/v1/statements', '/api/v1/uploads']]);
		const passed = { in: at('1.note'), images: capture.images, send: SERVER };
		const refused = await say(undefined, { ...passed, fetch: taking(422, receipt) });
		expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('was not taken (422)')]);
		writeFileSync(at('other.png'), 'another');
		const foreign = await say(undefined, {
			...passed,
			images: [`original=${at('other.png')}`],
			fetch: taking(201, receipt),
		});
		expect([foreign.code, foreign.stderr]).toEqual([2, expect.stringContaining('none of the images')]);
		went.length = 0;
		const no = () => ({ answers: [{ kind: 'refused', rule: 'S10', why: 'not you' }] });
		await say('form/capture', { ...capture, out: at('3.note'), fetch: taking(201, no) });
		expect(went).toEqual(['/api/v1/statements']);
	});

	it('trouble on the line answers 2, and sending the written note again is enough', async () => {
		const broken = await sending(async () => {
			throw new TypeError('fetch failed', { cause: Object.assign(new Error(), { code: 'ECONNREFUSED' }) });
		});
		expect([broken.code, broken.stderr.includes('ECONNREFUSED')]).toEqual([2, true]);
		const again = await say(undefined, { in: at('a.note'), send: SERVER, fetch: server(receipt).fetch });
		expect([again.code, existsSync(at('a.note.tlog-proof'))]).toEqual([0, true]);
	});
});
