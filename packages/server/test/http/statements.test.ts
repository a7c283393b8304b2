/** `POST /api/v1/statements` over real HTTP (A3–A5). */
import { parseNote, verifyNote } from '@matokeo/core/log/note.ts';
import { contextOf } from '@matokeo/core/rules/context.ts';
import { trustOf } from '@matokeo/core/rules/witnessed.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import { afterEach, describe, expect, it } from 'vitest';
import {
	capture,
	election,
	enrolment,
	imageOf,
	opening,
	presidential,
	removeFolders,
	say,
	signer,
	suite,
} from '../lib/world.ts';
import { closeServers, postJson, proves, send, serve, servedElection } from './lib.ts';

afterEach(async () => {
	await closeServers();
	removeFolders();
});

const FIGURES = presidential(50, 40, 30, 2);

describe('A3 statements', () => {
	it('A3 every admitted note gets a receipt that proves it, at the size that the answer names', async () => {
		const server = await serve();
		const notes = [opening(), enrolment(), capture('001', imageOf('001'), FIGURES)];
		const { status, answers } = await send(server, ...notes);
		expect(status).toBe(200);
		expect(answers.map(({ kind }) => kind)).toEqual(['receipt', 'receipt', 'receipt']);
		for (const [i, { bytes, id }] of notes.entries()) {
			const answer = answers[i];
			expect(answer?.id).toBe(id);
			expect(answer !== undefined && proves(answer, bytes)).toBe(true);
		}
	});

	it('A3 the same note again is answered as logged, with the note and a proof that holds', async () => {
		const server = await servedElection();
		const form = capture('001', imageOf('001'), FIGURES);
		await send(server, form);
		const { answers } = await send(server, form, form);
		expect(answers.map(({ kind }) => kind)).toEqual(['logged', 'logged']);
		expect(answers[0]?.note).toBe(Buffer.from(form.bytes).toString());
		expect(answers[0] !== undefined && proves(answers[0], form.bytes)).toBe(true);
	});

	it('A3 a list is not atomic: refused notes stand beside admitted ones, a known sender holds a signed refusal', async () => {
		const server = await servedElection();
		const far = capture('001', imageOf('a'), undefined, { station: '002' });
		const stranger = say({ type: 'key/revoke', key: 'po/001', reason: 'lost' }, 'nobody/1');
		const good = capture('002', imageOf('b'), FIGURES);
		const other = Buffer.from(good.bytes).toString().replace(election.digest, '0'.repeat(64));
		const body = { notes: [...[far, stranger, good].map(({ bytes }) => Buffer.from(bytes).toString()), other, 'x'] };
		const { json } = await postJson(`${server.url}/api/v1/statements`, body);
		expect(json.answers.map((one) => one.rule ?? one.kind)).toEqual(['S10', 'S6', 'receipt', 'S5', 'S1']);
		const note = parseNote(utf8Encode(json.answers[0]?.note ?? ''));
		const { logKeys } = trustOf(contextOf(suite, election));
		expect(note.ok && verifyNote(suite, note.value, logKeys).ok).toBe(true);
		expect(json.answers[1]?.note).toBeUndefined();
	});

	it('A3 what only the log says is taken from nobody, also under its own key: its clock cannot be set ahead by a thief', async () => {
		const server = await servedElection();
		const { name } = signer;
		const stolen = [
			say({ type: 'clock/tick', time: 4_000_000_000 }, name),
			say({ type: 'blob/held', blobs: [{ sha256: 'a'.repeat(64), size: 1 }] }, name),
			say({ type: 'log/witnessed', checkpoint: Buffer.from(server.service.log.checkpoint()).toString() }, name),
			say({ type: 'reading/open', capture: 'a'.repeat(64), openings: [] }, name),
		];
		const form = capture('001', imageOf('001'), FIGURES);
		const [first, ...rest] = stolen;
		const { answers } = await send(server, ...(first === undefined ? [] : [first]), form, ...rest);
		expect(answers.map((one) => one.rule ?? one.kind)).toEqual(['S10', 'receipt', 'S10', 'S10', 'S10']);
		expect(answers[1] !== undefined && proves(answers[1], form.bytes)).toBe(true);
		const next = await send(server, capture('002', imageOf('002'), FIGURES));
		expect(next.answers[0]?.kind).toBe('receipt');
	});

	it('A3 one note may come as plain text', async () => {
		const server = await serve();
		const response = await fetch(`${server.url}/api/v1/statements`, {
			method: 'POST',
			headers: { 'content-type': 'text/plain; charset=utf-8' },
			body: Buffer.from(opening().bytes),
		});
		expect(await response.json()).toMatchObject({ answers: [{ kind: 'receipt', index: 0 }] });
	});
});

describe('A1 bodies', () => {
	const wrong: readonly (readonly [string, string])[] = [
		['null', 'null'],
		['a number', '1'],
		['a list', '[]'],
		['no notes', '{}'],
		['an empty list', '{"notes":[]}'],
		['null among notes', '{"notes":[null]}'],
		['a number for a note', '{"notes":[521]}'],
		['a boolean for a note', '{"notes":[true]}'],
		['a text for the list', '{"notes":"521"}'],
		['a member that is not known', '{"notes":["x"],"more":1}'],
		['a member of 100,000 characters, without repeating it', `{"notes":["x"],"${'m'.repeat(100_000)}":1}`],
		['__proto__', '{"notes":["x"],"__proto__":{"a":1}}'],
		['half a surrogate pair', '{"notes":["\\ud800"]}'],
		['no JSON', '{"notes":['],
		['nesting', `{"notes":${'['.repeat(2_000)}${']'.repeat(2_000)}}`],
		['257 notes', JSON.stringify({ notes: Array(257).fill('x') })],
	];
	it.each(wrong)('A1 refuses %s, in words and with a rule', async (_name, body) => {
		const server = await serve();
		const { status, json } = await postJson(`${server.url}/api/v1/statements`, body);
		expect(status).toBe(400);
		expect(json.error).toEqual({
			rule: 'A1',
			expected: expect.any(String),
			got: expect.any(String),
			do: expect.any(String),
		});
		expect(JSON.stringify(json).length).toBeLessThan(1_000);
		expect(server.service.log.size()).toBe(0);
	});

	it.each([
		['nesting, before it is read', `{"notes":${'['.repeat(2_000)}${']'.repeat(2_000)}}`, /levels of lists/],
		[
			'nesting behind a text full of brackets',
			`{"notes":["[[\\"[[", ${'['.repeat(9)}${']'.repeat(9)}]}`,
			/levels of lists/,
		],
		['__proto__, wherever it stands', '{"notes":["x"],"__proto__":{"a":1}}', /a body in JSON/],
		['bytes that are no UTF-8', Buffer.from([0x22, 0xff, 0x22]), /UTF-8/],
	])('A1 names %s', async (_name, body, expected) => {
		const server = await serve();
		const headers = { 'content-type': 'application/json' };
		const response = await fetch(`${server.url}/api/v1/statements`, { method: 'POST', headers, body });
		expect([response.status, await response.json()]).toEqual([
			400,
			{ error: expect.objectContaining({ expected: expect.stringMatching(expected) }) },
		]);
	});

	it('A1 refuses other types and compressed bodies with 415, longer ones with 413', async () => {
		const server = await serve({ limits: { listBodyBytesMax: 1_000 } });
		const at = `${server.url}/api/v1/statements`;
		for (const headers of [
			{ 'content-type': 'application/xml' },
			{ 'content-type': 'application/json; charset=latin1' },
			{ 'content-type': 'application/json', 'content-encoding': 'gzip' },
		])
			expect((await postJson(at, '{"notes":["x"]}', headers)).status).toBe(415);
		expect((await postJson(at, { notes: ['x'.repeat(1_000)] })).status).toBe(413);
	});
});
