/** The collector on a real log (`spec/storage.md`, D24–D29), with witnesses in process and a clock that moves when it is told to. */
import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { verifyByPolicy } from '@matokeo/core/log/policy.ts';
import { parseLeaf } from '@matokeo/core/record/leaf.ts';
import { base64Encode } from '@matokeo/core/std/bytes.ts';
import { REGISTRARS } from '@matokeo/core/testing/smallElection.ts';
import { parseEvidence } from '@matokeo/verifier/evidence/file.ts';
import { judgeEvidence } from '@matokeo/verifier/evidence/judge.ts';
import { afterEach, describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../src/storage/sqliteStore.ts';
import { type Collector, type CollectorParts, collector } from '../../src/witnesses/collector.ts';
import {
	askOf,
	type ManualClock,
	manualClock,
	reply,
	roster,
	rosterFor,
	type TestWitness,
	testWitness,
	trust,
	WITNESSES,
} from '../lib/witnesses.ts';
import {
	capture,
	election,
	enrolment,
	imageOf,
	keyOf,
	newFolder,
	type Opened,
	openIn,
	opening,
	removeFolders,
	type Spoken,
	say,
	suite,
} from '../lib/world.ts';

afterEach(removeFolders);

interface Night extends Opened {
	readonly clock: ManualClock;
	readonly witnesses: readonly TestWitness[];
	readonly running: Collector;
	readonly halted: string[];
	readonly trouble: unknown[];
	/** Appends another form; the log grows. */
	readonly grow: () => void;
}

function night(given: Partial<CollectorParts> & { readonly dir?: string } = {}): Night {
	const clock = manualClock();
	const witnesses = WITNESSES.map((name) => testWitness(name, clock));
	const dir = given.dir ?? newFolder();
	const opened = openIn(dir, { clock: clock.seconds });
	const { log } = opened;
	if (log.size() === 0) log.append([opening().bytes, enrolment().bytes]);
	const halted: string[] = [];
	const trouble: unknown[] = [];
	const running: Collector = collector({
		suite,
		trust,
		roster,
		ask: askOf(witnesses),
		cosigning: log.cosigning,
		submit: async (note) => {
			log.append([note]);
			running.grown();
		},
		clock,
		events: {
			cosigned: () => undefined,
			heard: () => undefined,
			halted: (why) => halted.push(why),
			troubled: (error) => trouble.push(error),
		},
		...given,
	});
	const grow = (): void => {
		const [answer] = log.append([another().bytes]);
		if (answer?.kind !== 'receipt') throw new Error(answer?.kind);
		running.grown();
	};
	return { ...opened, clock, witnesses, running, halted, trouble, grow };
}

let others = 0;

/** Another statement that the log takes: one more clerk. */
function another(): Spoken {
	const name = `clerk/other/${others++}`;
	const key = base64Encode(keyOf(name).publicKey);
	const holder = name.replaceAll('/', '-');
	return say({ type: 'key/enrol', keys: [{ holder, key, name, role: 'clerk', scope: {} }] }, ...REGISTRARS.slice(0, 2));
}

function witnessesOn(note: Uint8Array): readonly string[] {
	const verified = verifyByPolicy(suite, note, roster.policy);
	if (!verified.ok) throw new Error(verified.error);
	return verified.value.quorum.counted;
}

function textOf(note: Uint8Array | undefined): string {
	return new TextDecoder().decode(note);
}

/** Whoever came first stands first: two files may have them in another order. */
function linesOf(note: Uint8Array | undefined): readonly string[] {
	return textOf(note).split('\n').sort();
}

function typesIn({ store }: Night): readonly string[] {
	return store.statements(0, store.head().size).map(({ note }) => {
		const leaf = parseLeaf(suite, note);
		return leaf.ok ? leaf.value.statement.type : 'void';
	});
}

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

describe('D27 proof against the log', () => {
	/** The log goes on to a larger size while a copy of its folder is kept: what a machine snapshot does. */
	async function putBack(): Promise<{ readonly before: Night; readonly dir: string }> {
		const before = night();
		await before.clock.pass(3_000);
		const dir = newFolder();
		before.store.snapshot(() => cpSync(before.dir, dir, { recursive: true }));
		for (let n = 0; n < 3; n++) before.grow();
		await before.clock.pass(3_000);
		return { before, dir };
	}

	it('stops signing when a witness shows a checkpoint that the database does not have, and keeps the evidence', async () => {
		const { before, dir } = await putBack();
		const after = night({ dir });
		const [court] = after.witnesses;
		const [seenBefore] = before.witnesses;
		if (court === undefined || seenBefore === undefined) throw new Error('there are four');
		court.instead = (body) => seenBefore.answer(body);
		after.grow();
		await after.clock.pass(5_000);
		expect(after.halted).toHaveLength(1);
		expect(after.halted[0]).toMatch(
			/witness "witness\/court" has a checkpoint of size [0-9]+, signed by this log's key; the database holds/,
		);
		const [answer] = after.log.append([capture('001', imageOf('late'), undefined).bytes]);
		expect(answer).toEqual({ kind: 'later', why: after.log.cosigning.halted() });
		const file = parseEvidence(suite, readFileSync(join(dir, 'log.evidence.json')));
		if (!file.ok) throw new Error(file.error);
		expect(file.value.kind).toBe('rollback');
		expect(judgeEvidence(suite, file.value, election.digest)).toMatchObject({
			strength: 'signed',
			keys: { kind: 'anchored' },
		});
		// And the next start remembers, with nobody there to show it again.
		after.running.stop();
		after.log.close();
		expect(() => openIn(dir)).toThrow(/has seen this log at size [0-9]+; the database holds [0-9]+/);
	});

	it('stops when a witness shows another root: evidence that proves two histories', async () => {
		const { before, dir } = await putBack();
		// The copy goes on by itself, further than the other has come.
		const after = night({ dir });
		after.log.append(Array.from({ length: 20 }, () => another().bytes));
		const [, , news] = after.witnesses;
		const seenBefore = before.witnesses[2];
		if (news === undefined || seenBefore === undefined) throw new Error('there are four');
		news.instead = (body) => seenBefore.answer(body);
		after.running.grown();
		await after.clock.pass(5_000);
		expect(after.halted[0]).toMatch(/with another root than the database: there are two histories/);
		const file = parseEvidence(suite, readFileSync(join(dir, 'log.evidence.json')));
		if (!file.ok) throw new Error(file.error);
		expect(file.value.kind).toBe('rewritten');
		expect(judgeEvidence(suite, file.value, election.digest)).toMatchObject({
			strength: 'proved',
			keys: { kind: 'anchored' },
		});
	});

	it('a claim without a signed checkpoint stops nothing: the witness is named as unbelievable', async () => {
		const one = night();
		const [court] = one.witnesses;
		if (court === undefined) throw new Error('there are four');
		court.instead = (body) =>
			body === undefined ? reply(200, 'text/plain', 'trust me\n') : reply(409, 'text/x.tlog.size', '999\n');
		await one.clock.pass(10_000);
		one.grow();
		await one.clock.pass(2_000);
		expect(one.halted).toEqual([]);
		expect(one.running.witnessing().witnesses[0]).toMatchObject({ state: 'unbelievable', claims: 999, size: 0 });
		expect(witnessesOn(one.log.checkpoint())).toEqual(['witness/moon', 'witness/news', 'witness/sun']);
		expect(readdirSync(one.dir).filter((name) => name.includes('evidence'))).toEqual([]);
	});

	it('a witness that objects and shows what the log continues stops nothing either', async () => {
		const one = night();
		await one.clock.pass(2_000);
		const [court] = one.witnesses;
		if (court === undefined) throw new Error('there are four');
		court.instead = (body) => (body === undefined ? court.answer() : reply(422, 'text/plain', 'no'));
		one.grow();
		await one.clock.pass(5_000);
		expect(one.halted).toEqual([]);
		expect(one.running.witnessing().witnesses[0]).toMatchObject({ state: 'objects' });
	});

	it('D28 a start that is shown more than the database holds signs nothing, and says what to do', async () => {
		const { before, dir } = await putBack();
		const shown = before.witnesses[3]?.answer().body ?? new Uint8Array();
		const checkpoint = readFileSync(join(dir, 'public', 'checkpoint'));
		const opened = () => openIn(dir, { seen: [shown] });
		expect(opened).toThrow(
			/the witness "witness\/sun" has seen this log at size [0-9]+; the database holds [0-9]+.*Nothing was signed.*matokeo rebuild DIR.*Evidence:/s,
		);
		expect(readFileSync(join(dir, 'public', 'checkpoint'))).toEqual(checkpoint);
		expect(existsSync(join(dir, 'log.evidence.json'))).toBe(true);
	});

	it('D28 an empty database under a log that a witness has seen is found too', async () => {
		const { before } = await putBack();
		const shown = before.witnesses[0]?.answer().body ?? new Uint8Array();
		expect(() => openIn(newFolder(), { seen: [shown] })).toThrow(/the database holds 0/);
	});

	it('D28 what the database continues stops nothing, nor what this log has not signed', async () => {
		const { before, dir } = await putBack();
		const shown = before.witnesses[0]?.answer().body ?? new Uint8Array();
		before.running.stop();
		before.log.close();
		const foreign = new TextEncoder().encode(new TextDecoder().decode(shown).replace(/\n[0-9]+\n/, '\n100000\n'));
		openIn(before.dir, { seen: [shown, foreign] }).log.close();
		openIn(dir, { seen: [foreign] }).log.close();
	});

	it('D28 a folder whose checkpoint was put back is found by witnessed alone', async () => {
		const { before, dir } = await putBack();
		cpSync(join(before.dir, 'public', 'witnessed'), join(dir, 'public', 'witnessed'));
		expect(() => openIn(dir)).toThrow(/has seen this log at size/);
		rmSync(join(dir, 'public', 'witnessed'));
		rmSync(join(dir, 'log.evidence.json'));
		openSqliteStore(join(dir, 'matokeo.sqlite')).close();
		openIn(dir).log.close();
	});
});
