/** What strangers send over the network stays out of the book of requests: no byte of a path, a query, a header or a body, whatever it is made of (Y5). */

import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { closeServers } from '../http/lib.ts';
import { newFolder, removeFolders } from '../lib/world.ts';
import { kept, lines, periods } from './kept.ts';

afterEach(async () => {
	await closeServers();
	removeFolders();
});

const MARK = 'marked';
const LINE = '{"kind":"request","source":"marked"}';
const HEAD = 'host: x\r\nconnection: close\r\n';

function spoken(url: string, bytes: Buffer): Promise<string> {
	const { hostname, port } = new URL(url);
	return new Promise((resolve) => {
		let heard = '';
		const socket = connect(Number(port), hostname, () => socket.write(bytes));
		socket.on('data', (data) => {
			heard += data.toString('latin1');
		});
		socket.on('error', () => resolve(heard));
		socket.on('close', () => resolve(heard));
	});
}

const REQUESTS = [
	`POST /${MARK}%0a${encodeURIComponent(LINE)} HTTP/1.1\r\n${HEAD}\r\n`,
	`POST /api/v1/stations/${MARK}?${LINE} HTTP/1.1\r\n${HEAD}\r\n`,
	`POST /${MARK.repeat(2_000)} HTTP/1.1\r\n${HEAD}\r\n`,
	`POST /\u00ff\u0080${MARK} HTTP/1.1\r\n${HEAD}\r\n`,
	`PROPFIND /${MARK} HTTP/1.1\r\n${HEAD}\r\n`,
	`${MARK.toUpperCase()} / HTTP/1.1\r\n${HEAD}\r\n`,
	`POST /none HTTP/1.1\r\n${HEAD}x-forwarded-for: ${MARK}, ${LINE}\r\n\r\n`,
	`POST /none HTTP/1.1\r\n${HEAD}x-forwarded-for: \u00ff${MARK}\r\n${MARK}: ${MARK}\r\n\r\n`,
	`GET /api/v1/session HTTP/1.1\r\n${HEAD}authorization: Bearer ${MARK}${'x'.repeat(37)}\r\n\r\n`,
	`POST /api/v1/statements HTTP/1.1\r\n${HEAD}content-type: text/plain\r\ncontent-length: ${LINE.length}\r\n\r\n${LINE}`,
	`POST /api/v1/sign-in HTTP/1.1\r\n${HEAD}content-type: application/json\r\ncontent-length: 20\r\n\r\n{"note":"${MARK}\\n\\n\u00ff`,
	`POST /none HTTP/1.1\r\n${HEAD}content-length: 99999999999999999999\r\n\r\n`,
];

it('Y5 nothing that strangers put into a request stands in the book, and every line is one', async () => {
	const dir = newFolder();
	const server = await kept(dir, { trustProxy: ['127.0.0.1'] });
	for (const request of REQUESTS)
		expect(await spoken(server.url, Buffer.from(request, 'latin1'))).toMatch(/^HTTP\/1.1 (?:4|200)/);
	await server.close();
	const [period = ''] = periods(dir);
	const text = readFileSync(join(dir, 'books', period, 'requests.jsonl'), 'latin1');
	expect(text.toLowerCase()).not.toContain(MARK);
	expect(text).toMatch(/^[\x20-\x7e\n]*$/);
	const all = lines(dir, 'requests');
	expect(all.length).toBeGreaterThan(6);
	for (const line of all) expect(line).toMatchObject({ kind: expect.stringMatching(/^(request|minute)$/) });
	for (const { source } of all.filter(({ kind }) => kind === 'request')) expect(source).toMatch(/^[0-9a-f]{16}$/);
});
