/** What people see of a witness (N7, N9): its page, incidents as files at an address and in a folder, and what the operator is told. */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { printVerifierKey } from '@matokeo/core/log/keys.ts';
import { originHash } from '@matokeo/core/log/witness.ts';
import { base64Encode, utf8Encode } from '@matokeo/core/std/bytes.ts';
import { parseEvidence } from '@matokeo/verifier/evidence/file.ts';
import { judgeEvidence } from '@matokeo/verifier/evidence/judge.ts';
import { describe, expect, it } from 'vitest';
import { openWitness } from '../../src/witness/openWitness.ts';
import {
	growth,
	honest,
	log,
	newFolder,
	ORIGIN,
	other,
	rootAt,
	START,
	suite,
	testKey,
	unwrap,
	witness,
} from './lib.ts';
import { serve } from './serving.ts';

describe('the page', () => {
	it('N9 says who runs it, its key, and what it has seen of each log', async () => {
		const { add, get, submission } = await serve();
		const before = await get('/');
		expect([before.code, before.type]).toEqual([200, 'text/html; charset=utf-8']);
		expect(before.text).toContain('This log has not asked for a cosignature.');
		await add(growth(honest, 0, 7));
		const { text } = await get('/');
		for (const said of [
			'Run by <bdi>The Court &lt;of&gt; Example</bdi>',
			'registry@court.example',
			printVerifierKey(witness.key),
			printVerifierKey(log.key),
			`POST ${submission}/add-checkpoint`,
			'<strong>7</strong> entries',
			'2027-01-15 08:00:00 UTC',
			`title="${base64Encode(rootAt(honest, 7))}"`,
			'<strong>1</strong> time since',
			`href="${originHash(suite, ORIGIN)}/checkpoint"`,
			'None.',
		])
			expect(text).toContain(said);
		expect(text).not.toMatch(/<script|SECURITY/);
	});

	it('N7 N9 shows a contradiction before anything else, with the file that proves it', async () => {
		const { add, get, told, dir } = await serve();
		await add(growth(honest, 0, 7));
		expect((await add(growth(other, 7, 11))).code).toBe(422);
		const { text } = await get('/');
		expect(text).toContain('<title>SECURITY: ');
		expect(text.slice(0, text.indexOf('<h1>'))).toContain('SECURITY</strong>');
		const path = /href="(evidence\/[0-9a-f]{32}\.evidence\.json)"/.exec(text)?.[1] ?? '';
		const file = await get(`/${path}`);
		expect([file.code, file.type]).toEqual([200, 'application/json; charset=utf-8']);
		const evidence = unwrap(parseEvidence(suite, utf8Encode(file.text)));
		expect(judgeEvidence(suite, evidence)).toMatchObject({ strength: 'proved' });
		expect(readFileSync(join(dir, path), 'utf8')).toBe(file.text);
		expect(told.join('')).toMatch(/^SECURITY: "log\.example\/election" at 2027-01-15T08:00:00\.000Z: The log signed/);
		expect(told.join('')).toContain(join(dir, path));
		expect((await get('/health')).text).toContain('"status":"security"');
	});

	it('N8 N9 an unexplained one is on the page, called so, and no word of security is said', async () => {
		const { add, get, told, dir } = await serve();
		await add(growth(honest, 0, 8));
		await add(growth(other, 8, 11));
		const { text } = await get('/');
		expect(text).toContain('These prove nothing.');
		expect(text).not.toContain('SECURITY');
		const path = /href="(evidence\/[0-9a-f]{32}\.request\.txt)"/.exec(text)?.[1] ?? '';
		const file = await get(`/${path}`);
		expect([file.code, file.type, file.text.split('\n')[0]]).toEqual([200, 'text/plain; charset=utf-8', 'old 8']);
		expect((await get(`/${path.replace('request.txt', 'evidence.json')}`)).code).toBe(404);
		expect(told.join('')).toMatch(/^Not cosigned: /);
		expect(readdirSync(join(dir, 'evidence'))).toEqual([]);
		expect((await get('/health')).text).toContain('"status":"ok"');
	});

	it('N7 evidence is still there after a restart, its file is written again if it is gone, and it is told again', async () => {
		const { add, close, dir } = await serve();
		await add(growth(honest, 0, 7));
		await add(growth(other, 7, 7));
		const [name = ''] = readdirSync(join(dir, 'evidence'));
		const before = readFileSync(join(dir, 'evidence', name));
		await close();
		rmSync(join(dir, 'evidence'), { recursive: true });
		const again = await serve({ dir });
		expect(readFileSync(join(dir, 'evidence', name))).toEqual(before);
		expect((await again.get('/')).text).toContain(name);
		expect(again.told).toEqual([expect.stringMatching(/^SECURITY: .+two different trees of size 7/)]);
	});

	it('N5 health says that the clock is behind', async () => {
		let now = START;
		const { add, get } = await serve({ clock: () => now });
		await add(growth(honest, 0, 7));
		now -= 60;
		expect((await get('/health')).text).toContain('"status":"degraded"');
		expect((await get('/health')).text).toContain('"clock_behind_seconds":60');
	});

	it('L18 does not start with a key that is also the key of a log', async () => {
		const shared = testKey('w.example', 1, 4);
		const parts = {
			dir: newFolder(),
			suite,
			signer: shared,
			logs: [{ origin: ORIGIN, key: log.key }],
			clock: () => START,
			runBy: 'a',
			contact: 'b',
			port: 0,
		};
		await expect(openWitness(parts)).rejects.toThrow('also the key of the log');
	});
});
