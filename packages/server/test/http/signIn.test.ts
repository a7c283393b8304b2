/** Signing in by signing, sessions, and who may look at sealed images (A10, A11). */

import { parseLeaf } from '@matokeo/core/record/leaf.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import { REGISTRARS } from '@matokeo/core/testing/smallElection.ts';
import { afterEach, describe, expect, it } from 'vitest';
import type { OpenedServer } from '../../src/main/openServer.ts';
import { capture, election, presidential, removeFolders, START, say, signer, suite } from '../lib/world.ts';
import { png } from './images.ts';
import { ask, closeServers, send, servedElection } from './lib.ts';
import { challenge, offer, signedBy, signIn } from './signing.ts';

afterEach(async () => {
	await closeServers();
	removeFolders();
});

const session = async (server: OpenedServer, headers: { readonly authorization: string }) =>
	(await ask(server, '/api/v1/session', { headers })).status;

describe('A10 signing in', () => {
	it('A10 a signed challenge gives a token, once; the token says whose it is and can be given back', async () => {
		const server = await servedElection();
		const note = signedBy('clerk/1', await challenge(server, 'clerk/1'));
		const { status, json } = await offer(server, note);
		expect([status, json.expires]).toEqual([200, START + 43_200]);
		const headers = { authorization: `Bearer ${json.token}` };
		const { body } = await ask(server, '/api/v1/session', { headers });
		expect(JSON.parse(body.toString())).toEqual({ key: 'clerk/1', office: 'clerk', expires: START + 43_200 });
		expect((await offer(server, note)).status).toBe(401);
		expect((await ask(server, '/api/v1/session', { method: 'DELETE', headers })).status).toBe(204);
		expect(await session(server, headers)).toBe(401);
	});

	it('A10 the text is three lines that no statement is, and no statement is a challenge', async () => {
		const server = await servedElection();
		const text = await challenge(server, 'clerk/1');
		const pattern = new RegExp(
			`^matokeo/v1 sign-in\n${election.id} ${election.digest}\n` +
				'\\{"expires":[0-9]+,"key":"clerk/1","nonce":"[0-9a-f]{64}"\\}\n$',
		);
		expect(text).toMatch(pattern);
		const note = signedBy('clerk/1', text);
		expect(parseLeaf(suite, utf8Encode(note)).ok).toBe(false);
		const { answers } = await send(server, { id: '', bytes: utf8Encode(note) });
		expect(answers[0]).toMatchObject({ kind: 'refused', rule: 'S1' });
		const statement = capture('001', await png(), presidential(1, 2, 3, 4));
		expect((await offer(server, Buffer.from(statement.bytes).toString())).status).toBe(401);
	});

	const forged: readonly (readonly [string, (text: string) => string])[] = [
		['another key', (text) => signedBy('clerk/2', text)],
		['another key under that name', (text) => signedBy('clerk/2', text, 'clerk/1')],
		['a text with a later end', (text) => signedBy('clerk/1', text.replace(/"expires":\d/, '"expires":9'))],
		['a text for another key', (text) => signedBy('clerk/2', text.replace('clerk/1', 'clerk/2'))],
		['a nonce of one’s own', (text) => signedBy('clerk/1', text.replace(/[0-9a-f]{64}"\}/, `${'0'.repeat(64)}"}`))],
		['another election', (text) => signedBy('clerk/1', text.replace(election.digest, '0'.repeat(64)))],
		['a line more', (text) => signedBy('clerk/1', `${text}more\n`)],
		['no note at all', () => 'x'],
	];
	it.each(forged)('A10 refuses %s', async (_name, change) => {
		const server = await servedElection();
		const { status, json } = await offer(server, change(await challenge(server, 'clerk/1')));
		expect(status).toBe(401);
		expect(json.error).toMatchObject({ rule: 'A10' });
	});

	it('A10 a challenge ends, a key that nobody knows and the log itself cannot sign in', async () => {
		let now = START;
		const server = await servedElection({ clock: () => now });
		const late = await challenge(server, 'clerk/1');
		now += 301;
		expect((await offer(server, signedBy('clerk/1', late))).status).toBe(401);
		expect((await offer(server, signedBy('clerk/9', await challenge(server, 'clerk/9')))).status).toBe(401);
		const text = await challenge(server, signer.name);
		expect((await offer(server, signedBy(signer.name, text))).status).toBe(401);
	});
});

describe('A11 sessions', () => {
	it('A11 a session ends when its key is revoked, and when its hours are over', async () => {
		let now = START;
		const server = await servedElection({ clock: () => now });
		const [one, other] = [await signIn(server, 'clerk/1'), await signIn(server, 'clerk/2')];
		expect([await session(server, one), await session(server, other)]).toEqual([200, 200]);
		const revoked = say({ type: 'key/revoke', key: 'clerk/1', reason: 'lost' }, ...REGISTRARS.slice(0, 2));
		expect((await send(server, revoked)).answers[0]).toMatchObject({ kind: 'receipt' });
		expect([await session(server, one), await session(server, other)]).toEqual([401, 200]);
		now += 43_201;
		expect(await session(server, other)).toBe(401);
	});

	it('A11 one key has so many sessions and no more: the oldest ends', async () => {
		const server = await servedElection({ limits: { sessionsPerKeyMax: 2 } });
		const all = [await signIn(server, 'clerk/1'), await signIn(server, 'clerk/1'), await signIn(server, 'clerk/1')];
		expect(await Promise.all(all.map((one) => session(server, one)))).toEqual([401, 200, 200]);
	});

	it('A11 sealed images are for officials; what is not held is not there', async () => {
		const server = await servedElection();
		const image = await png();
		const digest = await server.service.hold(image);
		const path = `/api/v1/blobs/${digest}`;
		expect((await ask(server, path)).status).toBe(401);
		for (const authorization of ['Bearer x', 'Basic x', `Bearer ${'a'.repeat(43)}`, 'bearer'])
			expect((await ask(server, path, { headers: { authorization } })).status).toBe(401);
		const party = await signIn(server, 'party/sun/root');
		expect((await ask(server, path, { headers: party })).status).toBe(403);
		const headers = await signIn(server, 'ro/1');
		const shown = await ask(server, path, { headers });
		expect([shown.status, shown.headers['content-type'], shown.headers['cache-control']]).toEqual([
			200,
			'image/png',
			'private, no-store',
		]);
		expect(shown.headers['access-control-allow-origin']).toBeUndefined();
		expect(shown.body).toEqual(image);
		expect((await ask(server, `/api/v1/blobs/${'0'.repeat(64)}`, { headers })).status).toBe(404);
		expect((await ask(server, `/blob/${digest.slice(0, 2)}/${digest}`)).status).toBe(404);
	});
});
