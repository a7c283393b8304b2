/** `POST /api/v1/marks`, and marks, drafts and the gate as they are read (A3, A23, A24), over real HTTP. */
import { WITNESS_TIMEOUT } from '@matokeo/core/testing/lawfulElection.ts';
import { AUTHORITY, ORIGIN } from '@matokeo/core/testing/smallElection.ts';
import { afterEach, describe, expect, it } from 'vitest';
import type { OpenedServer, ServerParts } from '../../src/main/openServer.ts';
import { countThrough, lawfulBeginning, lawfulFiles, lawfulLog, sayLawful } from '../lib/lawful.ts';
import { removeFolders, START, suite } from '../lib/world.ts';
import { ask, closeServers, postJson, send, serve } from './lib.ts';
import { signIn } from './signing.ts';

afterEach(async () => {
	await closeServers();
	removeFolders();
});

const LAND = { contest: 'president', area: 'land' };
const NORTH = { contest: 'president', area: 'north' };

async function begun(parts: Partial<ServerParts> = {}): Promise<OpenedServer> {
	const server = await serve({ election: lawfulLog, packageFiles: lawfulFiles, ...parts });
	await send(server, ...lawfulBeginning());
	return server;
}

/** With every form in and read by two, so that all are verified. */
async function counted(parts: Partial<ServerParts> = {}): Promise<OpenedServer> {
	const server = await begun(parts);
	await countThrough(server.service);
	return server;
}

interface Marked {
	readonly answer: { readonly kind: string; readonly id: string; readonly index: number };
	readonly error: { readonly rule: string; readonly got: string };
}

async function mark(server: OpenedServer, place: unknown, headers: Readonly<Record<string, string>>) {
	const { status, json, headers: answered } = await postJson(`${server.url}/api/v1/marks`, place, headers);
	return { status, headers: answered, json: json as unknown as Marked };
}

async function read(server: OpenedServer, path: string) {
	const { status, body, headers } = await ask(server, path);
	return { status, text: body.toString(), headers, json: status === 200 ? JSON.parse(body.toString()) : undefined };
}

describe('A23 asking for a mark', () => {
	it('A23 the officer of the area asks and gets a receipt; asking again gives the same mark', async () => {
		const server = await begun();
		const officer = await signIn(server, 'ro/north');
		const first = await mark(server, NORTH, officer);
		expect([first.status, first.json.answer.kind]).toEqual([200, 'receipt']);
		const size = server.service.log.size();
		const again = await mark(server, NORTH, officer);
		expect([again.json.answer.kind, again.json.answer.id]).toEqual(['logged', first.json.answer.id]);
		expect(server.service.log.size()).toBe(size);
	});

	const refused: readonly (readonly [string, string | undefined, unknown, number, string])[] = [
		['nobody', undefined, LAND, 401, 'A11'],
		['a clerk', 'clerk/1', LAND, 403, 'A23'],
		['a party', 'party/sun/root', LAND, 403, 'A23'],
		['an officer of another area', 'ro/south', NORTH, 403, 'A23'],
		['an officer of one area for the whole', 'ro/north', LAND, 403, 'A23'],
		['an officer of another contest', 'ro/council', NORTH, 403, 'A23'],
		['the authority for one area', AUTHORITY[0], NORTH, 403, 'A23'],
		['a contest that is none', AUTHORITY[0], { contest: 'mayor', area: 'land' }, 404, 'A12'],
		['an area where nothing is certified', 'ro/north', { contest: 'president', area: 'n1' }, 404, 'A12'],
		['a number beside it', 'ro/north', { ...NORTH, totals: 5 }, 400, 'A1'],
	];
	it.each(refused)('A23 refuses %s', async (_name, key, place, status, rule) => {
		const server = await begun();
		const size = server.service.log.size();
		const answer = await mark(server, place, key === undefined ? {} : await signIn(server, key));
		expect([answer.status, answer.json.error.rule, server.service.log.size()]).toEqual([status, rule, size]);
	});

	it('A23 the authority asks for the whole contest, and the officer of its scope', async () => {
		const server = await begun();
		const answers = [
			await mark(server, LAND, await signIn(server, AUTHORITY[1])),
			await mark(server, LAND, await signIn(server, 'ro/land')),
			await mark(server, { contest: 'council', area: 'north' }, await signIn(server, 'ro/council')),
		];
		expect(answers.map(({ json }) => json.answer.kind)).toEqual(['receipt', 'logged', 'receipt']);
	});

	it('A16 marks of one place have a rate of their own', async () => {
		const server = await begun({ limits: { areaMarks: { perSecond: 0.1, burst: 1 } }, steadyMs: () => 0 });
		const officer = await signIn(server, 'ro/north');
		expect((await mark(server, NORTH, officer)).status).toBe(200);
		const more = await mark(server, NORTH, officer);
		expect([more.status, more.headers.get('retry-after')]).toEqual([429, '10']);
		expect((await mark(server, { contest: 'president', area: 'south' }, await signIn(server, 'ro/south'))).status).toBe(
			200,
		);
	});

	it('A3 nobody says a mark from outside, whoever’s key signed', async () => {
		const server = await begun();
		const { answers } = await send(server, sayLawful({ type: 'tally/mark', ...NORTH }, ORIGIN));
		expect(answers[0]).toMatchObject({ kind: 'refused', rule: 'S10' });
	});
});

describe('A24 reading marks and the gate', () => {
	it('A24 a mark, its sheet to the byte, and the drafts on it; what there is not is 404', async () => {
		const server = await counted();
		const { id } = (await mark(server, LAND, await signIn(server, AUTHORITY[0]))).json.answer;
		const view = await read(server, `/api/v1/marks/${id}`);
		expect(view.json).toMatchObject({ id, contest: 'president', latest: true, counts: { due: 8, counted: 8 } });
		const sheet = await read(server, view.json.sheet);
		expect(suite.sha256Hex(Buffer.from(sheet.text))).toBe(view.json.list);
		const drafts = await Promise.all(view.json.drafts.map(({ link }: { link: string }) => read(server, link)));
		expect(drafts.map(({ json }) => [json.list, json.totals.alba, json.number, json.outcome?.kind])).toEqual([
			[view.json.list, 400, 1, undefined],
			[view.json.list, 400, 1, 'runoff'],
		]);
		const north = (await mark(server, NORTH, await signIn(server, 'ro/north'))).json.answer.id;
		const nothing = [
			`/api/v1/marks/${north}/declaration`,
			`/api/v1/marks/${'0'.repeat(64)}`,
			`/api/v1/marks/${'0'.repeat(64)}/sheet`,
			'/api/v1/contests/mayor/gate',
			'/api/v1/contests/president/gate?area=n1',
		];
		for (const path of nothing) expect([path, (await read(server, path)).status]).toEqual([path, 404]);
	});

	it('A24 the gate opens when the time is over, though nobody says anything', async () => {
		let now = START;
		const server = await counted({ clock: () => now });
		const { id } = (await mark(server, LAND, await signIn(server, AUTHORITY[0]))).json.answer;
		const ready = async () => {
			const { json } = await read(server, '/api/v1/contests/president/gate');
			return [json.mark.id === id, json.gates.map((gate: { ready: boolean }) => gate.ready)];
		};
		expect(await ready()).toEqual([true, [false, false]]);
		now += WITNESS_TIMEOUT;
		await expect.poll(ready, { timeout: 5_000 }).toEqual([true, [true, true]]);
		const { json: body } = await read(server, `/api/v1/marks/${id}/declaration`);
		const proceed = { unwitnessed: 'deadline', uncertified: 'no-effect' };
		const said = sayLawful({ type: 'result/declare', ...body, proceed }, AUTHORITY[0], AUTHORITY[2]);
		expect((await send(server, said)).answers[0]?.kind).toBe('receipt');
	});
});

describe('A27 what was filed', () => {
	it('A27 an objection is read by itself, in its contest’s list and in the gate of the next mark, which links to it', async () => {
		const server = await begun();
		const said = sayLawful(
			{ type: 'objection/lodge', contest: 'president', ground: 'petition', target: { kind: 'contest' } },
			'party/sun/root',
		);
		expect((await send(server, said)).answers[0]?.kind).toBe('receipt');
		await mark(server, LAND, await signIn(server, AUTHORITY[0]));
		const gate = await read(server, '/api/v1/contests/president/gate');
		const open: readonly { open: string; items: readonly { id: string; link: string }[] }[] = gate.json.open;
		const item = open.find((one) => one.open === 'objections')?.items[0];
		expect(item?.id).toBe(said.id);
		expect(JSON.stringify((await read(server, item?.link ?? '')).json)).toContain(said.id);
		const list = await read(server, '/api/v1/contests/president/objections');
		expect([list.json.total, JSON.stringify(list.json)]).toEqual([1, expect.stringContaining(said.id)]);
	});

	it('A27 every view answers, and what there is not is 404', async () => {
		const server = await begun();
		const there = ['collations', 'collations/north', 'declaration', 'proceedings', 'objections', 'orders', 'notices'];
		for (const path of [...there.map((one) => `contests/president/${one}`), 'objections', 'orders', 'notices?page=0'])
			expect([path, (await read(server, `/api/v1/${path}`)).status]).toEqual([path, 200]);
		const none = [
			'contests/mayor/collations',
			'contests/president/collations/n1',
			'notices?page=1',
			`orders/${'0'.repeat(64)}`,
		];
		for (const path of none) expect([path, (await read(server, `/api/v1/${path}`)).status]).toEqual([path, 404]);
	});
});
