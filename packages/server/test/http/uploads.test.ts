/** Uploads by tus over real HTTP (A8): resumable, idempotent, and nothing is left of what is refused. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { jsonLogger } from '../../src/http/logging.ts';
import type { OpenedServer, ServerParts } from '../../src/main/openServer.ts';
import { capture, newFolder, presidential, removeFolders, START, suite } from '../lib/world.ts';
import { bomb, HTML, jpeg, png, SVG } from './images.ts';
import { ask, closeServers, type Raw, send, serve, servedElection } from './lib.ts';

afterEach(async () => {
	await closeServers();
	removeFolders();
});

const TUS = { 'tus-resumable': '1.0.0' };
const CHUNK = { ...TUS, 'content-type': 'application/offset+octet-stream' };
const UPLOADS = '/api/v1/uploads';

function announcing(image: Buffer, sha256 = suite.sha256Hex(image)): Readonly<Record<string, string>> {
	return {
		...TUS,
		'upload-length': String(image.length),
		'upload-metadata': `sha256 ${Buffer.from(sha256).toString('base64')}`,
	};
}

interface Awaiting {
	readonly server: OpenedServer;
	readonly dir: string;
	readonly image: Buffer;
	readonly digest: string;
}

/** A server whose log awaits this image. */
async function awaiting(image: Buffer, parts: Partial<ServerParts> = {}): Promise<Awaiting> {
	const dir = newFolder();
	const server = await servedElection({ dir, ...parts });
	const form = capture('001', image, presidential(1, 2, 3, 4));
	expect((await send(server, form)).answers[0]?.kind).toBe('receipt');
	return { server, dir, image, digest: suite.sha256Hex(image) };
}

function whole(server: OpenedServer, image: Buffer): Promise<Raw> {
	return ask(server, UPLOADS, { method: 'POST', headers: { ...announcing(image), ...CHUNK }, body: image });
}

async function create(server: OpenedServer, image: Buffer): Promise<string> {
	const created = await ask(server, UPLOADS, { method: 'POST', headers: announcing(image) });
	expect(created.status).toBe(201);
	return String(created.headers['location']);
}

function patch(server: OpenedServer, path: string, offset: number, body: Buffer): Promise<Raw> {
	return ask(server, path, { method: 'PATCH', headers: { ...CHUNK, 'upload-offset': String(offset) }, body });
}

function held({ dir, digest }: Awaiting): boolean {
	return existsSync(join(dir, 'blob', digest.slice(0, 2), digest));
}

function left({ dir }: Awaiting): readonly string[] {
	return readdirSync(join(dir, 'upload'));
}

/** Sends part of a body and then breaks the line; ends when the server has let go of the upload. */
function breakOff({ server }: Awaiting, path: string, image: Buffer, at: number, method = 'PATCH'): Promise<void> {
	const { hostname, port } = new URL(server.url);
	const own = method === 'POST' ? announcing(image) : { 'upload-offset': '0' };
	const headers = { ...CHUNK, ...own, host: 'x', 'content-length': String(image.length) };
	const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
	return new Promise((resolve) => {
		const socket = connect(Number(port), hostname, () => {
			socket.write(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`);
			socket.write(image.subarray(0, at), () => socket.destroy());
		});
		socket.on('error', () => undefined);
		socket.on('close', () => resolve());
	});
}

async function offsetOf(server: OpenedServer, path: string): Promise<number> {
	const { status, headers } = await ask(server, path, { method: 'HEAD', headers: TUS });
	expect(status).toBe(200);
	return Number(headers['upload-offset']);
}

describe('A8 uploads', () => {
	it('A8 an awaited image is taken without a session, checked, held, announced and shown', async () => {
		const at = await awaiting(await png());
		const { service } = at.server;
		const announced = new Promise<void>((resolve) =>
			service.onGrowth(() => service.log.rows().get('blob', at.digest)?.held !== undefined && resolve()),
		);
		const { status, headers } = await whole(at.server, at.image);
		expect([status, headers['upload-offset']]).toEqual([201, String(at.image.length)]);
		expect(held(at)).toBe(true);
		expect(left(at)).toEqual([]);
		await announced;
		const shown = await ask(at.server, `/blob/${at.digest.slice(0, 2)}/${at.digest}`);
		expect(shown.body).toEqual(at.image);
		expect((await ask(at.server, `/blob/zz/${at.digest}`)).status).toBe(404);
		expect(shown.headers).toMatchObject({
			'content-type': 'image/png',
			'x-content-type-options': 'nosniff',
			'content-security-policy': expect.stringContaining('sandbox'),
			'cache-control': expect.stringContaining('immutable'),
		});
	});

	it('A8 a small image that came whole was never unfinished: what breaks off leaves nothing, and is no fault of the server', async () => {
		const faults: string[] = [];
		const at = await awaiting(await png(), { logger: jsonLogger((line) => faults.push(line), 'error') });
		await breakOff(at, UPLOADS, at.image, at.image.length - 1, 'POST');
		expect([left(at), held(at)]).toEqual([[], false]);
		const came = await whole(at.server, at.image);
		expect([came.status, left(at), held(at)]).toEqual([201, [], true]);
		const path = String(came.headers['location']);
		expect(await offsetOf(at.server, path)).toBe(at.image.length);
		expect((await patch(at.server, path, at.image.length, Buffer.alloc(0))).status).toBe(204);
		expect(faults).toEqual([]);
	});

	it.each([0, 1, 300, -1])('A8 an upload that breaks off at byte %i goes on from where it was', async (part) => {
		const image = await jpeg();
		const at = await awaiting(image);
		const path = await create(at.server, image);
		const sent = part < 0 ? image.length + part : part;
		await breakOff(at, path, image, sent);
		const offset = await offsetOf(at.server, path);
		expect(offset).toBeLessThanOrEqual(sent);
		const { status } = await patch(at.server, path, offset, image.subarray(offset));
		expect(status).toBe(204);
		expect(readFileSync(join(at.dir, 'blob', at.digest.slice(0, 2), at.digest))).toEqual(image);
	});

	it('A8 goes on after the server was started again', async () => {
		const image = await png();
		const at = await awaiting(image);
		const path = await create(at.server, image);
		expect((await patch(at.server, path, 0, image.subarray(0, 100))).status).toBe(204);
		await closeServers();
		const server = await serve({ dir: at.dir });
		expect(await offsetOf(server, path)).toBe(100);
		expect((await patch(server, path, 100, image.subarray(100))).status).toBe(204);
		expect(held(at)).toBe(true);
	});

	it('A8 sending it again is answered at once, and who missed the last answer learns it', async () => {
		const image = await png();
		const at = await awaiting(image);
		const path = await create(at.server, image);
		expect((await patch(at.server, path, 0, image)).status).toBe(204);
		expect(await offsetOf(at.server, path)).toBe(image.length);
		expect((await patch(at.server, path, image.length, Buffer.alloc(0))).status).toBe(204);
		expect((await patch(at.server, path, 0, image)).status).toBe(409);
		const again = await whole(at.server, image);
		expect([again.status, JSON.parse(again.body.toString())]).toEqual([200, { kind: 'held', sha256: at.digest }]);
		expect(left(at)).toEqual([]);
	});

	it('A8 what nobody awaits needs a session; so does another size than the capture names', async () => {
		const at = await awaiting(await png());
		const other = await jpeg();
		expect((await whole(at.server, other)).status).toBe(401);
		const longer = announcing(Buffer.concat([at.image, HTML]), at.digest);
		expect((await ask(at.server, UPLOADS, { method: 'POST', headers: longer })).status).toBe(401);
	});

	it.each([
		['an SVG', async () => SVG],
		['HTML behind a picture', async () => Buffer.concat([await png(), HTML])],
		['a bomb', async () => bomb(30_000)],
	])('A9 %s is refused with the reason, and nothing of it stays', async (_name, make) => {
		const at = await awaiting(await make());
		const { status, body, headers } = await whole(at.server, at.image);
		expect(status).toBe(422);
		expect(headers['content-type']).toContain('application/json');
		expect(JSON.parse(body.toString()).error).toMatchObject({ rule: 'A9', got: expect.any(String) });
		expect(held(at)).toBe(false);
		expect(left(at)).toEqual([]);
	});

	it('A8 bytes with another digest are refused when they are all there', async () => {
		const image = await png();
		const at = await awaiting(image);
		const path = await create(at.server, image);
		const changed = Buffer.from(image);
		changed[50] = (changed[50] ?? 0) ^ 1;
		const { status, body } = await patch(at.server, path, 0, changed);
		expect([status, JSON.parse(body.toString()).error.rule]).toEqual([422, 'A9']);
		expect((await ask(at.server, path, { method: 'HEAD', headers: TUS })).status).toBe(404);
		expect(left(at)).toEqual([]);
	});

	it('A8 unfinished uploads are counted, given up on request, and forgotten in time', async () => {
		let now = START;
		const image = await png();
		const limits = { unfinishedPerAddressMax: 2, sweepMs: 1 };
		const at = await awaiting(image, { limits, clock: () => now });
		const path = await create(at.server, image);
		await create(at.server, image);
		const third = await ask(at.server, UPLOADS, { method: 'POST', headers: announcing(image) });
		expect([third.status, third.headers['retry-after']]).toEqual([429, '2']);
		expect((await ask(at.server, path, { method: 'DELETE', headers: TUS })).status).toBe(204);
		await create(at.server, image);
		now += 86_401;
		await expect.poll(() => left(at)).toEqual([]);
	});

	const spelled: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
		['no length', { 'upload-length': '' }],
		['a length of zero', { 'upload-length': '0' }],
		['a length in another spelling', { 'upload-length': '0x10' }],
		['a length that is not known', { 'upload-length': '', 'upload-defer-length': '1' }],
		['metadata of another kind', { 'upload-metadata': 'filename Li4vLi4v' }],
		['a digest in capitals', { 'upload-metadata': `sha256 ${Buffer.from('A'.repeat(64)).toString('base64')}` }],
	];
	it.each(spelled)('A8 refuses an announcement with %s', async (_name, headers) => {
		const at = await awaiting(await png());
		const refused = await ask(at.server, UPLOADS, { method: 'POST', headers: { ...announcing(at.image), ...headers } });
		expect([refused.status, JSON.parse(refused.body.toString()).error.rule]).toEqual([400, 'A8']);
		const names = ['x', '..', '0'.repeat(32), '%2e%2e', '0'.repeat(31)];
		for (const name of names)
			expect((await ask(at.server, `${UPLOADS}/${name}`, { method: 'HEAD', headers: TUS })).status).toBeGreaterThan(
				399,
			);
	});

	it('A8 one larger than the limit is refused before a byte is taken', async () => {
		const at = await awaiting(await png(), { limits: { uploadBytesMax: 100 } });
		expect((await ask(at.server, UPLOADS, { method: 'POST', headers: announcing(at.image) })).status).toBe(413);
	});
});
