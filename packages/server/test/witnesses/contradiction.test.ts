/** What stops a log from signing (`spec/storage.md`, D27, D28): proof against it, while it runs and before it starts; and what does not. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { signCheckpoint } from '@matokeo/core/log/checkpoint.ts';
import { parseEvidence } from '@matokeo/verifier/evidence/file.ts';
import { judgeEvidence } from '@matokeo/verifier/evidence/judge.ts';
import { afterEach, describe, expect, it } from 'vitest';
import { audit } from '../../src/audit/fsck.ts';
import { rebuild } from '../../src/audit/rebuild.ts';
import { folderOf } from '../../src/publish/folder.ts';
import { openSqliteStore } from '../../src/storage/sqliteStore.ts';
import { another, type Night, night, witnessesOn } from '../lib/night.ts';
import { reply } from '../lib/witnesses.ts';
import { capture, election, imageOf, newFolder, openIn, removeFolders, signer, suite } from '../lib/world.ts';

afterEach(removeFolders);

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

describe('D27 proof against the log', () => {
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

	it('D27 stops signing also when the evidence cannot be written down', async () => {
		const { before, dir } = await putBack();
		const after = night({ dir });
		mkdirSync(join(dir, 'log.evidence.json'));
		const [court] = after.witnesses;
		const [seenBefore] = before.witnesses;
		if (court === undefined || seenBefore === undefined) throw new Error('there are four');
		court.instead = (body) => seenBefore.answer(body);
		after.grow();
		await after.clock.pass(5_000);
		expect(after.halted).toHaveLength(1);
		expect(after.halted[0]).toMatch(/Nothing is signed any more; the evidence could not be kept \(.+\)/);
		expect(after.log.append([another().bytes])).toEqual([{ kind: 'later', why: after.log.cosigning.halted() }]);
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

	it('D27 a start that is tried again leaves nothing more behind; evidence that is settled gives way and is kept', async () => {
		const { before, dir } = await putBack();
		const shown = () => before.witnesses[3]?.answer().body ?? new Uint8Array();
		const evidenceIn = (folder: string) => readdirSync(folder).filter((name) => name.endsWith('.evidence.json'));
		const size = before.log.size();
		let later = before.clock.seconds();
		for (let tried = 0; tried < 3; tried++)
			expect(() => openIn(dir, { seen: [shown()], clock: () => ++later })).toThrow(
				new RegExp(`at size ${size}.*log.evidence`, 's'),
			);
		expect(evidenceIn(dir)).toEqual(['log.evidence.json']);
		const kept = readFileSync(join(dir, 'log.evidence.json'), 'utf8');

		// The database from which it came continues it; until that is put back in its turn.
		const again = newFolder();
		cpSync(before.dir, again, { recursive: true });
		cpSync(join(dir, 'log.evidence.json'), join(again, 'log.evidence.json'));
		openIn(again).log.close();
		before.grow();
		await before.clock.pass(3_000);
		expect(() => openIn(again, { seen: [shown()] })).toThrow(new RegExp(`at size ${before.log.size()}`));
		expect(evidenceIn(again)).toHaveLength(2);
		expect(evidenceIn(again).map((name) => readFileSync(join(again, name), 'utf8'))).toContain(kept);
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

describe('D20 fsck and D21 rebuild beside witnesses', () => {
	const audited = async (dir: string) => {
		const store = openSqliteStore(join(dir, 'matokeo.sqlite'), 'readonly');
		const { findings } = await audit(suite, folderOf(dir), store);
		store.close();
		return findings.map(({ where, problem }) => `${where}: ${problem}`);
	};

	it('what witnesses have seen is compared with the entries', async () => {
		const one = night();
		await one.clock.pass(3_000);
		one.running.stop();
		one.log.close();
		expect(await audited(one.dir)).toEqual([]);
		const file = join(one.dir, 'public', 'witnessed');
		const seen = readFileSync(file, 'utf8');
		const { origin } = election.log;
		const size = one.log.size() - 1;
		const forged = signCheckpoint({ origin, size, root: new Uint8Array(32), extensions: [] }, [signer]);
		for (const [text, problem] of [
			[seen.replace(/^(— witness\/court .{20})./m, '$1x'), /no checkpoint of this log/],
			[forged, /at size [0-9]+ witnesses have seen another root/],
			[
				signCheckpoint({ origin, size: 900, root: new Uint8Array(32), extensions: [] }, [signer]),
				/have seen 900 statements/,
			],
		] as const) {
			writeFileSync(file, text);
			expect(await audited(one.dir)).toEqual([expect.stringMatching(problem)]);
		}
	});

	it('a log that was put back starts again once it is rebuilt from what is newer, though the evidence stays', async () => {
		const { before, dir } = await putBack();
		const shown = before.witnesses[0]?.answer().body ?? new Uint8Array();
		expect(() => openIn(dir, { seen: [shown] })).toThrow(/Nothing was signed/);
		before.running.stop();
		before.log.close();
		cpSync(join(before.dir, 'public'), join(dir, 'public'), { recursive: true });
		expect((await rebuild(suite, folderOf(dir))).ok).toBe(true);
		const again = openIn(dir, { seen: [shown] });
		expect(again.log.size()).toBe(before.log.size());
		expect(existsSync(join(dir, 'log.evidence.json'))).toBe(true);
		again.log.close();
	});
});
