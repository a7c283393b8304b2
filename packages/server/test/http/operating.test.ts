/** Routes and who may call them, health, metrics, logs, the description, and the way down (A11, A18–A20). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { jsonLogger } from '../../src/http/logging.ts';
import { capture, imageOf, newFolder, opening, presidential, removeFolders, STATIONS } from '../lib/world.ts';
import { ask, closeServers, postJson, proves, send, serve, servedElection } from './lib.ts';

afterEach(async () => {
	await closeServers();
	removeFolders();
});

const FIGURES = presidential(50, 40, 30, 2);

describe('A11 routes', () => {
	it('A11 every route is public or asks somebody, and these are the public ones that change anything', async () => {
		const { routes } = await serve();
		const reads = new Set(['GET', 'HEAD', 'OPTIONS']);
		for (const { method, url, access } of routes)
			expect([method, url, access === 'public' || typeof access === 'function']).toEqual([method, url, true]);
		const open = routes.filter(({ access, method }) => access === 'public' && !reads.has(method));
		expect(open.map(({ method, url }) => `${method} ${url}`)).toEqual([
			'POST /api/v1/statements',
			'POST /api/v1/openings',
			'POST /api/v1/sign-in/challenge',
			'POST /api/v1/sign-in',
		]);
		const closed = routes.filter(({ access }) => access !== 'public').map(({ method, url }) => `${method} ${url}`);
		expect(closed).toEqual([
			'POST /api/v1/marks',
			'POST /api/v1/uploads',
			'HEAD /api/v1/uploads/:id',
			'PATCH /api/v1/uploads/:id',
			'DELETE /api/v1/uploads/:id',
			'GET /api/v1/session',
			'HEAD /api/v1/session',
			'DELETE /api/v1/session',
			'GET /api/v1/blobs/:sha256',
			'HEAD /api/v1/blobs/:sha256',
			'GET /metrics',
			'HEAD /metrics',
		]);
	});

	it('A11 whoever is not let gets 401 or 404 on every route that asks', async () => {
		const server = await serve({ trustProxy: ['127.0.0.1'] });
		for (const { method, url, access } of server.routes) {
			if (access === 'public') continue;
			const path = url.replace(':id', '0'.repeat(32)).replace(':sha256', '0'.repeat(64));
			const headers = { 'x-forwarded-for': '192.0.2.7', 'upload-length': '5', 'upload-metadata': announced };
			const { status } = await ask(server, path, { method, headers });
			expect([method, url, url.endsWith(':id') ? 404 : 401]).toEqual([method, url, status]);
		}
	});
	const announced = `sha256 ${Buffer.from('0'.repeat(64)).toString('base64')}`;
});

describe('A20 description', () => {
	it('A20 /openapi.json is spec/openapi.json, and that describes every route', async () => {
		const server = await serve();
		const { body, headers } = await ask(server, '/openapi.json');
		expect(headers['content-type']).toBe('application/json; charset=utf-8');
		await expect(body.toString()).toMatchFileSnapshot('../../../../spec/openapi.json');
		const { openapi, paths } = JSON.parse(body.toString());
		expect(openapi).toBe('3.1.0');
		for (const { method, url } of server.routes) {
			if (method === 'HEAD') continue;
			const described = url.replace(/:(\w+)/g, '{$1}').replace('*', '{*}');
			expect([url, method.toLowerCase() in (paths[described] ?? {})]).toEqual([url, true]);
		}
	});
});

describe('A18 health and metrics', () => {
	it('A18 health is ready, says what is degraded in words, and is not ready when appending fails', async () => {
		let broken = false;
		const clock = () => (broken ? Number.NaN : 1_900_000_000);
		const server = await serve({ clock, pulseMs: 1_000_000 });
		await send(server, opening());
		const health = async () => {
			const { status, body } = await ask(server, '/health');
			return [status, JSON.parse(body.toString())];
		};
		expect(await health()).toEqual([200, { live: true, ready: true, degraded: [], size: 2, waiting: 0 }]);
		broken = true;
		const { status, headers, answers } = await send(server, capture('001', imageOf('a'), FIGURES));
		expect([status, headers.get('retry-after'), answers[0]?.kind]).toEqual([503, '2', 'later']);
		const [code, ill] = await health();
		expect([code, ill.ready, ill.degraded]).toEqual([503, false, ['statements cannot be appended']]);
		broken = false;
		await send(server, capture('001', imageOf('a'), FIGURES));
		expect((await health())[0]).toBe(200);
	});

	it('A18 metrics count by route, kind and rule, and name nobody', async () => {
		const server = await servedElection();
		await send(server, capture('001', imageOf('a'), undefined, { station: '002' }));
		await ask(server, '/en/station/<script>');
		const { body, headers } = await ask(server, '/metrics');
		const text = body.toString();
		expect(headers['content-type']).toContain('text/plain');
		for (const line of [
			'matokeo_requests_total{route="/api/v1/statements",status="200"} 2',
			'matokeo_answers_total{kind="receipt"} 2',
			'matokeo_refusals_total{rule="S10"} 1',
			'matokeo_log_size 3',
			'matokeo_receipt_seconds_count 2',
		])
			expect(text).toContain(line);
		for (const name of ['matokeo_append_notes', 'matokeo_event_loop_lag', 'matokeo_sql_statements', 'matokeo_uploads'])
			expect(text).toContain(name);
		expect(text).not.toMatch(/script|127\.0|po\/001/);
		const forwarded = { 'x-forwarded-for': '192.0.2.1' };
		expect((await ask(server, '/metrics', { headers: forwarded })).status).toBe(401);
	});
});

describe('A18 logs', () => {
	it('A18 hold routes, statuses and times, and nothing that anybody sent', async () => {
		const lines: string[] = [];
		const server = await servedElection({ logger: jsonLogger((line) => lines.push(line)) });
		const authorization = `Bearer ${'s'.repeat(43)}`;
		await ask(server, '/api/v1/session', { headers: { authorization } });
		await ask(server, '/api/v1/contests?secret=query');
		await ask(server, '/secret/path');
		await postJson(`${server.url}/api/v1/statements`, '{"notes": ["secret body"', { authorization });
		const form = capture('001', imageOf('a'), FIGURES);
		await send(server, form);
		await closeServers();
		const requests = lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'request');
		expect(requests.at(-1)).toMatchObject({
			method: 'POST',
			route: '/api/v1/statements',
			status: 200,
			address: '127.0.0.0/24',
			id: expect.any(String),
		});
		expect(requests).toHaveLength(6);
		const all = lines.join('');
		for (const secret of ['secret', 'sssss', 'matokeo/v1 form', form.id, '127.0.0.1', 'po/001', 'uthorization'])
			expect(all).not.toContain(secret);
	});

	it('A18 what a line should not have is taken out even if it is handed in', () => {
		const lines: string[] = [];
		const logger = jsonLogger((line) => lines.push(line));
		logger.info({ token: 'hidden', req: { headers: 'hidden', body: 'hidden' }, note: 'hidden', route: '/x' }, 'kept');
		expect(JSON.parse(lines[0] ?? '')).toMatchObject({ route: '/x', msg: 'kept', req: {} });
		expect(lines[0]).not.toContain('hidden');
	});
});

describe('A19 closing', () => {
	it('A19 whoever waits when the server closes is answered, and a start finds every receipt', async () => {
		const dir = newFolder();
		const server = await servedElection({ dir });
		const forms = Array.from({ length: 40 }, (_, i) => capture(STATIONS[i % 3] ?? '', imageOf(`form ${i}`), FIGURES));
		const sent = forms.map((form) => send(server, form).catch(() => undefined));
		const first = await Promise.race(sent);
		expect(first?.status).toBe(200);
		await server.close();
		const answers = await Promise.all(sent);
		const receipts = answers.flatMap((answer, i) => {
			const one = answer?.answers?.[0];
			return one?.kind === 'receipt' ? [{ one, form: forms[i] }] : [];
		});
		expect(receipts.length).toBeGreaterThan(0);
		const again = await serve({ dir });
		for (const { one, form } of receipts) {
			if (form === undefined) continue;
			const { answers: known } = await send(again, form);
			expect([known[0]?.kind, known[0]?.index]).toEqual(['logged', one.index]);
			expect(known[0] !== undefined && proves(known[0], form.bytes)).toBe(true);
		}
		expect(readFileSync(join(dir, 'public', 'checkpoint'))).toEqual(Buffer.from(again.service.log.checkpoint()));
	});

	it('A19 a connection that is not used does not hold the server up', async () => {
		const server = await serve();
		await fetch(`${server.url}/health`);
		await server.close();
		await expect(fetch(`${server.url}/health`)).rejects.toThrow('fetch failed');
	});
});
