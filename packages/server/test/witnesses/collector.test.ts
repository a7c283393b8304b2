/** The collector on a real log (`spec/storage.md`, D24–D29), with witnesses in process and a clock that moves when it is told to. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { printAddCheckpoint } from '@matokeo/core/log/witness.ts';
import { afterEach, describe, expect, it } from 'vitest';
import { linesOf, night, textOf, typesIn, witnessesOn } from '../lib/night.ts';
import { reply, rosterFor, type TestWitness, testWitness, WITNESSES } from '../lib/witnesses.ts';
import { removeFolders } from '../lib/world.ts';

afterEach(removeFolders);

describe('collecting cosignatures', () => {
	it('D26 puts all cosignatures on the checkpoint and on witnessed, and says so in the log once', async () => {
		const { log, clock, ...rest } = night();
		await clock.pass(200);
		const before = log.size();
		expect(witnessesOn(log.checkpoint())).toEqual([]);
		expect(witnessesOn(log.cosigning.witnessed()?.note ?? new Uint8Array())).toEqual(WITNESSES);
		expect(log.cosigning.witnessed()?.size).toBe(before - 1);
		await clock.pass(2_000);
		expect(witnessesOn(log.checkpoint())).toEqual(WITNESSES);
		expect(linesOf(log.cosigning.witnessed()?.note)).toEqual(linesOf(log.checkpoint()));
		expect(readFileSync(join(rest.dir, 'public', 'witnessed'), 'utf8')).toBe(textOf(log.cosigning.witnessed()?.note));
		expect(readFileSync(join(rest.dir, 'public', 'checkpoint'), 'utf8')).toBe(textOf(log.checkpoint()));
		expect(rest.trouble).toEqual([]);
	});

	it('D29 an idle log comes to rest, and a log that grows says it at most every half minute', async () => {
		const one = night();
		await one.clock.pass(600_000);
		expect(typesIn(one).filter((type) => type === 'log/witnessed')).toHaveLength(1);
		const rested = one.log.size();
		await one.clock.pass(3_600_000);
		expect(one.log.size()).toBe(rested);
		for (let second = 0; second < 60; second++) {
			one.grow();
			await one.clock.pass(1_000);
		}
		await one.clock.pass(600_000);
		const said = typesIn(one).filter((type) => type === 'log/witnessed').length;
		expect(said).toBeGreaterThanOrEqual(3);
		expect(said).toBeLessThanOrEqual(5);
		expect(one.log.cosigning.hasToSay()).toBe(false);
	});

	it('D25 one request at a time of each, with a pause between, however fast the log grows', async () => {
		const one = night();
		for (let turn = 0; turn < 200; turn++) {
			one.grow();
			await one.clock.pass(20);
		}
		for (const { asked } of one.witnesses) {
			const gaps = asked.slice(1).map(({ atMs }, i) => atMs - (asked[i]?.atMs ?? 0));
			expect(asked.length).toBeGreaterThan(5);
			expect(Math.min(...gaps)).toBeGreaterThanOrEqual(300);
		}
	});

	it('D26 under load a quorum comes together again and again, also with witnesses that take their time', async () => {
		const one = night();
		for (const [i, witness] of one.witnesses.entries()) {
			witness.instead = (body) =>
				new Promise((resolve) => {
					one.clock.later(100 + i * 170, () => resolve(witness.answer(body)));
				});
		}
		const sizes = new Set<number>();
		for (let turn = 0; turn < 400; turn++) {
			one.grow();
			await one.clock.pass(25);
			sizes.add(one.log.cosigning.witnessed()?.size ?? 0);
		}
		expect(sizes.size).toBeGreaterThan(10);
		expect(one.log.size() - (one.log.cosigning.witnessed()?.size ?? 0)).toBeLessThan(60);
	});

	it.each([
		['', 20],
		[', not with a witness that is slow on purpose either', 4_900],
	])(
		'D26 a stranger who shows witnesses what is published, faster than the log asks, keeps nobody from a quorum%s',
		async (_, slowMs) => {
			const one = night();
			await one.clock.pass(3_000);
			for (const [i, witness] of one.witnesses.entries()) {
				witness.instead = (body) =>
					new Promise((resolve) => {
						one.clock.later(20, () => {
							const answer = witness.answer(body);
							one.clock.later(i === 0 ? slowMs : 20, () => resolve(answer));
						});
					});
			}
			const show = ({ answer, seen }: TestWitness): void => {
				const latest = one.log.cosigning.latest();
				const oldSize = seen()?.size ?? 0;
				if (latest === undefined || latest.size <= oldSize) return;
				const proof = one.log.cosigning.prove(oldSize, latest.size);
				answer(printAddCheckpoint({ oldSize, proof, checkpoint: latest.note }));
			};
			const states = new Set<string>();
			let lag = 0;
			for (let turn = 0; turn < 100; turn++) {
				one.grow();
				if (turn % 2 === 0) one.witnesses.forEach(show);
				await one.clock.pass(100);
				lag = Math.max(lag, one.running.lag().statements);
				for (const { state } of one.running.witnessing().witnesses) states.add(state);
			}
			expect([...states]).toEqual(['well']);
			expect(lag).toBeLessThan(20);
			// In ten seconds, 50 of them by the stranger.
			for (const { asked } of one.witnesses) expect(asked.length).toBeLessThan(150);
		},
	);

	it.each([
		['gives no answer', () => Promise.reject(new Error('it cannot be reached'))],
		['never answers', () => new Promise<never>(() => undefined)],
		['answers nonsense', () => reply(200, 'text/plain', 'yes\n')],
	])('D25 a witness that %s keeps nobody from a quorum', async (_, instead) => {
		const one = night();
		const [court, moon] = one.witnesses;
		for (const bad of [court, moon]) if (bad !== undefined) bad.instead = instead;
		await one.clock.pass(20_000);
		one.grow();
		await one.clock.pass(5_000);
		expect(witnessesOn(one.log.checkpoint())).toEqual(['witness/news', 'witness/sun']);
		expect(one.running.witnessing().quorum).toEqual({ state: 'met' });
	});

	it('D25 one that is left alone is shown the latest all the same: nobody waits for those who have failed', async () => {
		const one = night();
		const [court, ...others] = one.witnesses;
		for (const other of others) other.instead = () => Promise.reject(new Error('it cannot be reached'));
		for (let turn = 0; turn < 40; turn++) {
			one.grow();
			await one.clock.pass(500);
		}
		expect(court?.asked.length).toBeGreaterThan(30);
		expect(one.running.witnessing().quorum.state).toBe('away');
	});

	it('goes on without a quorum, says since when, and recovers when witnesses are back', async () => {
		const one = night();
		await one.clock.pass(5_000);
		for (const witness of one.witnesses) witness.instead = () => Promise.reject(new Error('it cannot be reached'));
		const since = one.clock.seconds();
		one.grow();
		await one.clock.pass(30_000);
		expect(one.running.witnessing().quorum).toEqual({ state: 'met' });
		await one.clock.pass(60_000);
		const away = one.running.witnessing();
		expect(away.quorum).toEqual({ state: 'away', since });
		expect(away.witnesses.map(({ state }) => state)).toEqual(['silent', 'silent', 'silent', 'silent']);
		expect(one.running.lag()).toEqual({ statements: one.log.size() - away.size, seconds: 90 });
		for (const witness of one.witnesses) witness.instead = undefined;
		await one.clock.pass(62_000);
		expect(one.running.witnessing().quorum).toEqual({ state: 'met' });
		expect(one.running.witnessing().size).toBe(one.log.size());
	});

	it.each([86_400, 61, -61, -86_400])(
		'D24 a cosignature whose time is %i seconds from the log’s own is not taken, and the witness is named',
		async (off) => {
			const one = night();
			const [court] = one.witnesses;
			if (court === undefined) throw new Error('there is a court');
			const late = testWitness('witness/court', { ms: one.clock.ms, seconds: () => one.clock.seconds() + off });
			court.instead = late.answer;
			await one.clock.pass(2_000);
			expect(witnessesOn(one.log.checkpoint())).toEqual(['witness/moon', 'witness/news', 'witness/sun']);
			const told = one.running.witnessing().witnesses.find(({ name }) => name === 'witness/court');
			expect(told?.state).toBe('silent');
			expect(one.trouble).toEqual([]);
		},
	);

	it('D24 a clock that is a little off is no fault', async () => {
		const one = night();
		for (const [i, witness] of one.witnesses.entries()) {
			const off = i % 2 === 0 ? 55 : -55;
			witness.instead = testWitness(witness.name, {
				ms: one.clock.ms,
				seconds: () => one.clock.seconds() + off,
			}).answer;
		}
		await one.clock.pass(2_000);
		expect(witnessesOn(one.log.checkpoint())).toEqual(WITNESSES);
	});

	it('D24 a witness without an address is never asked', async () => {
		const one = night({ roster: rosterFor(['witness/court', 'witness/news']) });
		await one.clock.pass(5_000);
		expect(one.witnesses.map(({ asked }) => asked.length > 0)).toEqual([true, false, true, false]);
		expect(one.running.witnessing().witnesses.map(({ state }) => state)).toEqual([
			'well',
			'unasked',
			'well',
			'unasked',
		]);
	});

	it('a start finds the cosignatures again that lie in the folder, and asks for none of them', async () => {
		const one = night();
		await one.clock.pass(5_000);
		one.running.stop();
		one.log.close();
		const again = night({ dir: one.dir });
		await again.clock.pass(100);
		expect(again.running.witnessing()).toEqual(one.running.witnessing());
		expect(again.witnesses.flatMap(({ asked }) => asked)).toEqual([]);
	});
});
