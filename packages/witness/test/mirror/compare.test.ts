/** Two audiences, two histories (spec/mirror.md, M33–M35): neither can see it alone; comparing finds it, whoever brings the other checkpoint, also when it reaches further. */

import { request } from 'node:http';
import { originHash } from '@matokeo/core/log/witness.ts';
import { ORIGIN } from '@matokeo/core/testing/smallElection.ts';
import { publish, put, removeFolders } from '@matokeo/verifier/testing/publish.ts';
import { receiptFor } from '@matokeo/verifier/testing/rewritten.ts';
import { checkpointNote, type Note, smallLog, suite, tick } from '@matokeo/verifier/testing/smallLog.ts';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { closeHosts, host } from './lib/host.ts';
import { closeMirrors, heard, newDir, optionsFor, served, until } from './lib/mirrors.ts';

const log = smallLog();
afterEach(async () => {
	await closeMirrors();
	await closeHosts();
});
afterAll(removeFolders);

/** What the other audience is shown: another history from statement 280 on. */
function other(length: number): readonly Note[] {
	return [...log.slice(0, 280), ...Array.from({ length: length - 280 }, (_, i) => tick(9_000 + i))];
}

const kinds = (mirror: Awaited<ReturnType<typeof served>>) =>
	mirror.parts.evidence.list().map(({ file, verdict }) => [file.kind, verdict.strength]);

describe('M33 an address that is shown another history', () => {
	it.each([
		['as long', 300, 'fork'],
		['shorter', 290, 'rewritten'],
		['longer', 320, 'rewritten'],
	])('of a log that is %s for the others is caught at once, where the other has the tree', async (_, length, kind) => {
		const source = await host(publish(log).dir);
		const elsewhere = await host(publish(other(length)).dir);
		const mirror = await served(optionsFor(source.url, newDir(), heard(), { also: [elsewhere.url] }));
		await until(
			() => mirror.status().state.kind,
			(state) => state === 'security',
		);
		expect(kinds(mirror)).toEqual([[kind, 'proved']]);
	});

	it('is caught at a witness too, which has no tree, once what is verified here reaches so far', async () => {
		const source = await host(publish(log.slice(0, 285)).dir);
		const witness = newDir();
		put(witness, `${originHash(suite, ORIGIN)}/checkpoint`, publish(other(295)).checkpoint);
		const seen = await host(witness);
		const mirror = await served(optionsFor(source.url, newDir(), heard(), { also: [seen.url] }));
		await until(
			() => mirror.status().also[0]?.said,
			(said) => said === 'ahead',
		);
		await until(
			() => mirror.status().size,
			(size) => size === 285,
		);
		expect([kinds(mirror), mirror.status().ahead.map(({ size }) => size)]).toEqual([[], [295]]);
		source.serve(publish(log).dir);
		await until(
			() => mirror.status().state.kind,
			(state) => state === 'security',
		);
		expect(kinds(mirror)).toEqual([['rewritten', 'proved']]);
	});

	it('that agrees, or shows nothing of this log, or nothing at all, is said so', async () => {
		const source = await host(publish(log).dir);
		const same = await host(publish(log.slice(0, 270)).dir);
		const further = await host(publish([...log, tick(8_000)]).dir);
		const strange = newDir();
		put(strange, 'checkpoint', 'nothing\n');
		const nobody = await host(newDir());
		const also = [same.url, further.url, (await host(strange)).url, nobody.url];
		const mirror = await served(optionsFor(source.url, newDir(), heard(), { also }));
		const said = await until(
			() => mirror.status().also.map((one) => one.said),
			(words) => words[0] === 'consistent' && words[3] === 'no answer',
		);
		expect(said).toEqual(['consistent', 'ahead', 'refused', 'no answer']);
		expect(kinds(mirror)).toEqual([]);
	});
});

describe('M33 one of them that never finishes', () => {
	it('keeps nobody from being compared with the others', async () => {
		const source = await host(publish(log).dir);
		const [slow, forked] = [await host(publish(log).dir), await host(publish(other(290)).dir)];
		slow.instead('checkpoint', () => undefined);
		const mirror = await served(optionsFor(source.url, newDir(), heard(), { also: [slow.url, forked.url] }));
		await until(
			() => mirror.status().state.kind,
			(kind) => kind === 'security',
		);
		expect(mirror.status().also[0]?.said).toBe('nothing');
	});
});

describe('M34 POST /compare', () => {
	const post = (url: string, body: Uint8Array) =>
		fetch(`${url}/compare`, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: Buffer.from(body) });

	it('answers whether a checkpoint or a receipt is of what was verified, and with evidence when it is not', async () => {
		const source = await host(publish(log).dir);
		const mirror = await served(optionsFor(source.url, newDir(), heard()));
		await until(
			() => mirror.status().size,
			(size) => size === log.length,
		);
		const answered = async (body: Uint8Array) => {
			const response = await post(mirror.url, body);
			return [response.status, JSON.parse(await response.text())];
		};
		const old = publish(log.slice(0, 100));
		expect(await answered(old.checkpoint)).toEqual([200, { kind: 'consistent', size: 100, verified: 300 }]);
		expect(await answered(receiptFor(old, 5))).toEqual([200, { kind: 'consistent', size: 100, verified: 300 }]);
		expect(await answered(publish([...log, tick(8_000)]).checkpoint)).toEqual([
			200,
			{ kind: 'ahead', size: 301, verified: 300 },
		]);
		expect((await answered(checkpointNote(300, new Uint8Array(32), [], 'somebody')))[0]).toBe(400);
		expect((await answered(new Uint8Array(100)))[0]).toBe(400);
		expect(kinds(mirror)).toEqual([]);
		const [status, found] = await answered(receiptFor(publish(other(290)), 285));
		expect([status, found.kind, mirror.status().state.kind]).toEqual([200, 'SECURITY', 'security']);
		expect((await fetch(`${mirror.url}${found.evidence[0]}`)).status).toBe(200);
	});

	it('M35 keeps one that reaches further, through a restart too, and compares it when it has come so far', async () => {
		const source = await host(publish(log.slice(0, 285)).dir);
		const dir = newDir();
		const ears = heard();
		const first = await served(optionsFor(source.url, dir, ears));
		await until(
			() => first.status().size,
			(size) => size === 285,
		);
		expect((await post(first.url, publish(other(295)).checkpoint)).status).toBe(200);
		expect(first.status().ahead).toEqual([{ size: 295, since: ears.now, source: 'somebody who asked here' }]);
		await first.close();
		source.serve(publish(log.slice(0, 290)).dir);
		ears.now += 600;
		const second = await served(optionsFor(source.url, dir, ears));
		await until(
			() => second.status().findings.list.map(({ what }) => what),
			([what]) => what?.includes('others are shown more') === true,
		);
		source.serve(publish(log).dir);
		await until(
			() => second.status().state.kind,
			(state) => state === 'security',
		);
		expect(kinds(second)).toEqual([['rewritten', 'proved']]);
		expect(second.status().ahead).toEqual([]);
	});

	it('M35 keeps one that reaches further once, whatever a stranger writes below it', async () => {
		const source = await host(publish(log.slice(0, 285)).dir);
		const mirror = await served(optionsFor(source.url, newDir(), heard()));
		await until(
			() => mirror.status().size,
			(size) => size === 285,
		);
		const ahead = publish(log).checkpoint;
		for (let i = 0; i < 3; i++) {
			const line = `— nobody.example/1 ${Buffer.alloc(68, i + 1).toString('base64')}\n`;
			expect((await post(mirror.url, Buffer.concat([ahead, Buffer.from(line)]))).status).toBe(200);
		}
		expect(mirror.status().ahead.map(({ size }) => size)).toEqual([300]);
	});

	it('M9 holds no more bodies at once than told, whoever sends them slowly', async () => {
		const source = await host(publish(log).dir);
		const limits = { bodiesInFlightBytesMax: 10_000 };
		const mirror = await served(optionsFor(source.url, newDir(), heard(), { limits }));
		const slow = request(`${mirror.url}/compare`, {
			method: 'POST',
			headers: { 'content-type': 'text/plain', 'content-length': 9_000 },
		});
		slow.on('error', () => undefined);
		slow.flushHeaders();
		const status = async () => (await post(mirror.url, new Uint8Array(2_000))).status;
		await until(status, (code) => code === 503);
		expect((await fetch(`${mirror.url}/mirror.json`)).status).toBe(200);
		slow.destroy();
		await until(status, (code) => code === 400);
	});

	it('M9 costs a stranger patience after so many', async () => {
		const source = await host(publish(log).dir);
		const limits = { addressCompares: { perSecond: 0.001, burst: 2 } };
		const mirror = await served(optionsFor(source.url, newDir(), heard(), { limits }));
		await until(
			() => mirror.status().size,
			(size) => size === log.length,
		);
		const statuses = [];
		for (let i = 0; i < 3; i++) statuses.push((await post(mirror.url, publish(log).checkpoint)).status);
		expect(statuses).toEqual([200, 200, 429]);
		const long = await post(mirror.url, new Uint8Array(3_000_000));
		expect([413, 429]).toContain(long.status);
	});
});
