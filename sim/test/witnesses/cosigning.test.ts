/** A server and its witnesses, all real, over HTTP (`spec/storage.md`, D23–D29; `spec/api.md`, A21, A22). */
import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { witnessedReceipt } from '@matokeo/cli/say/witnessedReceipt.ts';
import { leafHash } from '@matokeo/core/log/merkle.ts';
import { verifyByPolicy } from '@matokeo/core/log/policy.ts';
import { parsePolicy } from '@matokeo/core/log/policyFile.ts';
import { parseProof, verifyProof } from '@matokeo/core/log/proof.ts';
import { SIZE_TYPE } from '@matokeo/core/log/witness.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import { jsonLogger } from '@matokeo/server/http/logging.ts';
import type { OpenedServer } from '@matokeo/server/main/openServer.ts';
import { election, newFolder, suite } from '@matokeo/server/testing/world.ts';
import { parseEvidence } from '@matokeo/verifier/evidence/file.ts';
import { judgeEvidence } from '@matokeo/verifier/evidence/judge.ts';
import { verifyFolder } from '@matokeo/verifier/verify.ts';
import { describe, expect, it } from 'vitest';
import { another, context, endpoint, FIRST, serve, until, WITNESSES, witness, witnesses } from './lib/night.ts';

const policy = policyOf();

function policyOf() {
	const parsed = parsePolicy(suite, utf8Encode(election.witnesses.source));
	if (!parsed.ok) throw new Error(parsed.error);
	return parsed.value;
}

async function textAt(server: OpenedServer, path: string): Promise<string> {
	return (await fetch(`${server.url}${path}`)).text();
}

function countedOn(note: string): readonly string[] {
	const verified = verifyByPolicy(suite, utf8Encode(note), policy);
	return verified.ok ? verified.value.quorum.counted : [];
}

async function open(server: OpenedServer): Promise<void> {
	await server.service.submit(FIRST.map(({ bytes }) => bytes));
}

/** These witnesses are on the latest checkpoint and on what the quorum has seen, which is the same, and the log has said what it has to say. Looked at in one moment: nothing moves afterwards. */
async function atRest(server: OpenedServer, names: readonly string[] = WITNESSES): Promise<void> {
	const { log } = server.service;
	const isOn = (note: Uint8Array | undefined): boolean => {
		const counted = note === undefined ? [] : countedOn(new TextDecoder().decode(note));
		return names.every((name) => counted.includes(name));
	};
	await until(
		() => {
			const seen = log.cosigning.witnessed();
			const isAll = seen?.size === log.size() && isOn(seen.note) && isOn(log.checkpoint());
			return isAll && !log.cosigning.hasToSay();
		},
		`${names.join(', ')} have cosigned and the log rests`,
	);
}

describe('a server and its witnesses', () => {
	it('D26 A21 publishes what they cosign, and proves entries under what the quorum has seen', async () => {
		const server = await serve(await witnesses(), { sayWitnessedMs: 0 });
		expect((await fetch(`${server.url}/witnessed`)).status).toBe(404);
		await open(server);
		await atRest(server);
		const answer = await fetch(`${server.url}/api/v1/proofs/0?under=witnessed`);
		const proof = parseProof(new Uint8Array(await answer.arrayBuffer()));
		if (!proof.ok) throw new Error(proof.error);
		const [first] = FIRST;
		expect(verifyProof(suite, proof.value, policy, leafHash(suite, first?.bytes ?? new Uint8Array()))).toMatchObject({
			ok: true,
			value: { index: 0, quorum: { met: true, counted: WITNESSES } },
		});
		const size = server.service.log.size();
		expect((await fetch(`${server.url}/api/v1/proofs/${size}?under=witnessed`)).status).toBe(404);
		expect((await fetch(`${server.url}/api/v1/proofs/0?under=court`)).status).toBe(400);
		const report = await verifyFolder(join(server.dir, 'public'), { anchor: election.digest, workers: 0 });
		expect(report.ok && report.value.verdict).toBe('verified');
		expect(report.ok && report.value.remarks.join()).toContain(
			`The quorum of witnesses has seen all of these ${size} statements.`,
		);
	});

	it('A13 a checkpoint that gains cosignatures is another entity at the same size', async () => {
		const server = await serve(new Map());
		await open(server);
		const before = await fetch(`${server.url}/checkpoint`);
		const tag = before.headers.get('etag') ?? '';
		const cached = () => fetch(`${server.url}/checkpoint`, { headers: { 'if-none-match': tag } });
		expect((await cached()).status).toBe(304);
		await server.close();
		// One is no quorum, so that the log has nothing to say and stays as it is.
		const again = await serve(new Map([['witness/court', await witness('witness/court')]]), { dir: server.dir });
		await until(
			async () => countedOn(await textAt(again, '/checkpoint')).includes('witness/court'),
			'the checkpoint is cosigned',
		);
		const after = await fetch(`${again.url}/checkpoint`, { headers: { 'if-none-match': tag } });
		expect(after.status).toBe(200);
		expect((await after.text()).startsWith((await before.text()).split('\n\n')[0] ?? '?')).toBe(true);
	});

	it('A22 goes on when witnesses are killed, says so on every page and in health, and catches up with them', async () => {
		const all = await witnesses();
		const lines: string[] = [];
		const logger = jsonLogger((line) => lines.push(line), 'warn');
		const server = await serve(all, { sayWitnessedMs: 0, logger });
		await open(server);
		await atRest(server);
		await until(async () => (await textAt(server, '/en/index.html')).includes('by 4 of 4'), 'pages count four');
		const moon = all.get('witness/moon');
		await moon?.close();
		await server.service.submit([another().bytes]);
		await atRest(server, ['witness/court', 'witness/news', 'witness/sun']);
		await until(
			async () => (await textAt(server, '/health')).includes('witness/moon'),
			'health names the dead witness',
		);
		const health = JSON.parse(await textAt(server, '/health'));
		expect(health).toMatchObject({ ready: true, degraded: ['the witness "witness/moon" gives no valid answer'] });
		expect(lines.map((line) => JSON.parse(line))).toContainEqual(
			expect.objectContaining({
				witness: 'witness/moon',
				state: 'silent',
				why: expect.stringContaining('cannot be reached'),
			}),
		);
		expect(await textAt(server, '/metrics')).toMatch(/matokeo_witness_failures_total\{witness="witness\/moon"\} [1-9]/);
		await until(
			async () => (await textAt(server, '/en/about.html')).includes('given no valid answer'),
			'the page says so',
		);
		await until(async () => (await textAt(server, '/en/index.html')).includes('by 3 of 4'), 'pages count three');
		const back = await witness('witness/moon', { dir: moon?.dir ?? '', port: Number(new URL(moon?.url ?? '').port) });
		await server.service.submit([another().bytes]);
		await until(
			() => back.state.latest(context.election.log.origin)?.size === server.service.log.size(),
			'it has caught up',
		);
	});

	it('D28 a machine that was put back to an earlier day does not start, and the evidence is written', async () => {
		const all = await witnesses();
		const first = await serve(all, { sayWitnessedMs: 0 });
		await open(first);
		await atRest(first);
		const snapshot = newFolder();
		await first.close();
		cpSync(first.dir, snapshot, { recursive: true });
		const later = await serve(all, { dir: first.dir, sayWitnessedMs: 0 });
		await later.service.submit([another().bytes, another().bytes]);
		await atRest(later);
		await later.close();

		await expect(serve(all, { dir: snapshot })).rejects.toThrow(
			/has seen this log at size [0-9]+; the database holds [0-9]+.*matokeo rebuild DIR/s,
		);
		const file = parseEvidence(suite, readFileSync(join(snapshot, 'log.evidence.json')));
		if (!file.ok) throw new Error(file.error);
		expect(judgeEvidence(suite, file.value, election.digest).strength).not.toBe('nothing');
		// One witness is enough, and so is what the first refusal left behind.
		const one = new Map([...all].slice(2, 3));
		await expect(serve(one, { dir: snapshot })).rejects.toThrow(/has seen this log at size [0-9]+/);
		await expect(serve(new Map(), { dir: snapshot })).rejects.toThrow(/Nothing was signed/);
		rmSync(join(snapshot, 'log.evidence.json'));
		const unasked = await serve(new Map(), { dir: snapshot });
		expect(unasked.witnessesAtStart).toMatchObject({ enough: false, answered: [] });
		expect(existsSync(join(snapshot, 'log.evidence.json'))).toBe(false);
	});

	it('D27 a database that is put back under a running server: it stops signing, and stays readable', async () => {
		const all = await witnesses();
		const server = await serve(all, { sayWitnessedMs: 0 });
		await open(server);
		await atRest(server);
		await server.close();
		const snapshot = newFolder();
		cpSync(server.dir, snapshot, { recursive: true });
		const later = await serve(all, { dir: server.dir, sayWitnessedMs: 0 });
		await later.service.submit([another().bytes, another().bytes]);
		await atRest(later);
		// The copy starts while nobody can be asked, and signs another history; then a witness is back.
		const news = all.get('witness/news');
		let isOpen = false;
		const gate = await endpoint(async (method, path, body) => {
			if (!isOpen) return new Response(null, { status: 503 });
			return fetch(`${news?.url}${path}`, method === 'POST' ? { method, body } : { method });
		});
		const copy = await serve(new Map([['witness/news', { submission: gate }]]), { dir: snapshot });
		await copy.service.submit([another().bytes]);
		isOpen = true;
		await until(() => copy.service.log.cosigning.halted() !== undefined, 'it has stopped signing');
		const [answer] = await copy.service.submit([another().bytes]);
		expect(answer).toMatchObject({ kind: 'later', why: expect.stringContaining('signed by this log') });
		const health = await fetch(`${copy.url}/health`);
		expect([health.status, await health.text()]).toEqual([503, expect.stringContaining('Evidence:')]);
		expect((await fetch(`${copy.url}/checkpoint`)).status).toBe(200);
	});

	it('D27 a witness that only claims more stops nothing', async () => {
		const liar = await endpoint(async (method) =>
			method === 'GET'
				? new Response('I have seen it\n')
				: new Response('1000000\n', { status: 409, headers: { 'content-type': SIZE_TYPE } }),
		);
		const all = new Map<string, { readonly submission: string }>(await witnesses());
		all.set('witness/sun', { submission: liar });
		const server = await serve(all, { sayWitnessedMs: 0 });
		await open(server);
		await atRest(server, ['witness/court', 'witness/moon', 'witness/news']);
		await until(
			async () => (await textAt(server, '/en/about.html')).includes('1,000,000'),
			'the page names what it claims',
		);
		expect(server.service.log.cosigning.halted()).toBeUndefined();
		expect((await server.service.submit([another().bytes]))[0]?.kind).toBe('receipt');
	});

	it('A21 say waits for the receipt of the witnesses, and believes no other', async () => {
		const server = await serve(await witnesses(), { sayWitnessedMs: 0 });
		await open(server);
		const note = another().bytes;
		const [answer] = await server.service.submit([note]);
		if (answer?.kind !== 'receipt') throw new Error(answer?.kind);
		const at = { note, index: answer.index };
		const url = new URL(`${server.url}/`);
		const seen = await witnessedReceipt(context, url, at, 20);
		expect(seen).toMatchObject({ ok: true, value: { witnesses: expect.arrayContaining(['witness/court']) } });
		// Under a checkpoint that only the log has signed; of another entry; of another statement.
		await atRest(server);
		await server.service.submit([another().bytes]);
		const unseen = (line: string): boolean => !line.startsWith('— witness/');
		const alone = utf8Encode(answer.proof().split('\n').filter(unseen).join('\n'));
		const instead = (bytes: Uint8Array) => async () => new Response(Uint8Array.from(bytes));
		expect(await witnessedReceipt(context, url, at, 0, instead(alone))).toMatchObject({
			error: expect.stringContaining('the quorum is not met'),
		});
		const [first, other] = [0, 1].map((index) => utf8Encode(server.service.log.cosigning.proveWitnessed(index) ?? ''));
		const [opened] = FIRST;
		expect(
			await witnessedReceipt(context, url, { note: opened?.bytes ?? note, index: 1 }, 0, instead(first ?? alone)),
		).toMatchObject({
			error: expect.stringContaining('it proves another entry'),
		});
		expect(await witnessedReceipt(context, url, { note, index: 1 }, 0, instead(other ?? alone))).toMatchObject({
			error: expect.stringContaining('do not lead from this entry'),
		});
		expect(await witnessedReceipt(context, url, { note, index: 1_000 }, 0)).toMatchObject({
			ok: false,
			error: expect.stringContaining('no quorum of witnesses has seen'),
		});
	});
});
