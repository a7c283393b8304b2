/** What whoever runs the server could do by choosing whom it shows what, what it says, and when (SECURITY.md, O5, O7, O10, O13, O18, O19): what reveals it, and what nothing reveals. */
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { utf8Decode } from '@matokeo/core/std/bytes.ts';
import { ORIGIN } from '@matokeo/core/testing/smallElection.ts';
import { openSqliteStore } from '@matokeo/server/storage/sqliteStore.ts';
import { capture, openIn, presidential, reading, START, say, suite } from '@matokeo/server/testing/world.ts';
import { CLOCK_TOLERANCE_SECONDS } from '@matokeo/verifier/check/limits.ts';
import { compareCheckpoints } from '@matokeo/verifier/evidence/pair.ts';
import { removeFolders as removePublished } from '@matokeo/verifier/testing/publish.ts';
import { checkpointNote, note, tick } from '@matokeo/verifier/testing/smallLog.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { closeMirrors, host, mirroring, until } from './lib/mirrors.ts';
import {
	ANCHOR,
	answered,
	copyOf,
	forged,
	image,
	NOTHING,
	newFolder,
	only,
	openedLog,
	PAPER,
	type Played,
	played,
	problemsOf,
	removeFolders,
	returned,
	revealsNothing,
	verify,
} from './lib/played.ts';
import { closeServers, send, serve, witnessing } from './lib/served.ts';
import { judgedOf, LOG_KEY, prefixOf, quorumOf, WITNESSES, witnessOf } from './lib/witnesses.ts';

let of: Played;
beforeAll(async () => {
	of = await played();
});
afterEach(async () => {
	await closeMirrors();
	await closeServers();
});
afterAll(() => {
	removeFolders();
	removePublished();
});

describe('two records', () => {
	it('O5 shows one log to some and another to others: no witness cosigns both, each side may have a quorum of its own, and whoever compares holds proof; a side that does neither sees nothing', async () => {
		const one = forged([...of.notes, tick(10)], { witnesses: [] });
		const other = forged([...of.notes.filter(({ id }) => id !== of.forms['003'].id), tick(10), tick(11), tick(12)], {
			witnesses: [],
		});
		const sides = { one: new Set<string>(), other: new Set<string>() };
		// Two of three, the parties being one of them: two quorums without a common witness.
		const shownOne: readonly string[] = ['witness/court', 'witness/sun'];
		for (const name of WITNESSES) {
			const witness = witnessOf(name);
			const [first, second] = shownOne.includes(name) ? ([one, other] as const) : ([other, one] as const);
			expect(witness.show(first).code).toBe(200);
			expect([409, 422, 400]).toContain(witness.show(second).code);
			sides[first === one ? 'one' : 'other'].add(name);
		}
		expect([quorumOf([...sides.one]), quorumOf([...sides.other])]).toEqual([true, true]);
		expect([...sides.one].filter((name) => sides.other.has(name))).toEqual([]);
		const accused = { origin: ORIGIN, keys: [LOG_KEY] };
		const compared = compareCheckpoints(suite, accused, one.checkpoint, other.checkpoint, (_, size) =>
			prefixOf(other, size),
		);
		expect(compared).toMatchObject({ ok: true, value: { kind: 'evidence', misbehaviour: { kind: 'rewritten' } } });
		if (!compared.ok || compared.value.kind !== 'evidence') return;
		expect(judgedOf(compared.value.misbehaviour)).toMatchObject({ strength: 'proved', keys: { kind: 'anchored' } });
		const [here, there] = [await host(one.dir), await host(other.dir)];
		const mirror = await mirroring(here, { also: [there.url] });
		await until(
			() => mirror.status().state,
			({ kind }) => kind === 'security',
		);
		expect(mirror.status().evidence.map(({ strength }) => strength)).toEqual(['proved']);
		expect(mirror.heard.alarms.join()).toContain('SECURITY');
		const page = await (await fetch(`${mirror.url}/en/index.html`)).text();
		expect(page).toContain('No quorum of witnesses');
		const alone = await verify(other.dir);
		expect(revealsNothing(alone)).toEqual(NOTHING);
		expect(alone.cosignatures?.met).toBe(false);
	});

	/** A server with a witness that has seen all of it, and its whole folder as it was before the last form. */
	async function witnessedServer() {
		const court = await witnessing('witness/court');
		const parts = { dir: newFolder(), witnesses: new Map([['witness/court', court.submission]]) };
		await (await serve(parts)).close();
		const backup = newFolder();
		cpSync(parts.dir, backup, { recursive: true });
		const server = await serve(parts);
		await send(server, of.forms['001']);
		await until(
			() => court.state.latest(ORIGIN)?.size,
			(size) => size === server.service.log.size(),
		);
		await server.close();
		return { ...parts, dir: backup };
	}

	it('O7 puts back the whole machine: a start that is shown a larger checkpoint refuses; without one it signs a second history, which the larger one proves', async () => {
		const { log, dir } = openedLog();
		log.append([of.forms['001'].bytes]);
		log.close();
		const backup = newFolder();
		cpSync(dir, backup, { recursive: true });
		const { log: later } = openIn(dir);
		later.append([of.forms['002'].bytes, of.forms['003'].bytes]);
		const seen = Uint8Array.from(later.checkpoint());
		later.close();
		rmSync(dir, { recursive: true });
		cpSync(backup, dir, { recursive: true });
		expect(() => openIn(dir, { seen: [seen] })).toThrow('it was put back to an earlier day');
		await expect(witnessedServer().then(serve)).rejects.toThrow('the witness "witness/court" has seen this log');
		rmSync(dir, { recursive: true });
		cpSync(backup, dir, { recursive: true });
		const { log: unaware } = openIn(dir);
		for (const station of ['004', '005', '006'] as const)
			expect(answered(unaware, capture(station, image(station), PAPER)).kind).toBe('receipt');
		unaware.publishResults();
		unaware.close();
		const folder = join(dir, 'public');
		expect(revealsNothing(await verify(folder))).toEqual(NOTHING);
		const report = await verify(folder, { anchor: ANCHOR, against: seen });
		expect([report.verdict, only(problemsOf(report)).check]).toEqual(['failed', 'against']);
	});
});

describe('time', () => {
	const later = START + 10_000;
	/** A tick, and then a checkpoint from before it that two witnesses cosigned much later than the tick says. */
	const clocked = (seconds: number) => {
		const { root } = forged(of.notes, { witnesses: [] });
		const seen = checkpointNote(of.notes.length, root, ['witness/court', 'witness/news'], ORIGIN, later);
		const witnessed = note('witnessed', { type: 'log/witnessed', checkpoint: utf8Decode(seen) ?? '' }, [ORIGIN]);
		return [...of.notes, tick(seconds), witnessed, tick(later + 1 - START)];
	};

	it('O10 sets the clock back, or lets it stand still: the next log/witnessed shows it; less than the tolerance, or with no witness asked, nothing does', async () => {
		const back = 10_000 - CLOCK_TOLERANCE_SECONDS - 1;
		const report = await verify(forged(clocked(back)).dir);
		const found = problemsOf(report);
		expect(found.map(({ check, index }) => [check, index])).toEqual([['clock', of.notes.length]]);
		expect(only(found).expected).toContain('witness/court');
		expect(revealsNothing(await verify(forged(clocked(back + 1)).dir))).toEqual(NOTHING);
		const still = await verify(forged(clocked(back).filter((_, i) => i !== of.notes.length)).dir);
		expect(only(problemsOf(still))).toMatchObject({
			check: 'clock',
			index: of.notes.length,
			means: expect.stringContaining('stand still'),
		});
		const unasked = await verify(forged([...of.notes, tick(5)], { witnesses: [] }).dir);
		expect(revealsNothing(unasked)).toEqual(NOTHING);
		expect(unasked.checks.find(({ name }) => name === 'clock')?.skipped).toContain('no statement');
	});
});

describe('what it does not say, and what it reads', () => {
	it('O13 does not say that an image is held, or does not open readings: no form seen, or not verified', async () => {
		const { notes } = of;
		const silent = notes.filter(({ tag }) => tag !== 'blob/held' && tag !== 'form/reading' && tag !== 'reading/open');
		const unseen = await verify(forged(silent).dir);
		expect([unseen.verdict, unseen.contests['president']?.no_form_seen]).toEqual(['verified', 3]);
		const unopened = await verify(forged(notes.filter(({ tag }) => tag !== 'reading/open')).dir);
		const { stages, missing } = unopened.contests['president'] ?? {};
		expect([unopened.verdict, stages?.verified.stations, missing]).toEqual(['verified', 0, 6]);
	});

	it('O18 chooses the order: a ruling that has not seen the last is refused; among statements that do not depend on each other nothing shows a preference', async () => {
		const { log } = openedLog();
		const [first] = await returned(log, of.forms['002'], '002');
		const ruling = (seen: string) =>
			say(
				{
					type: 'form/ruling',
					contest: 'president',
					decision: { kind: 'accept-reading', reading: first?.id ?? '' },
					poll: 1,
					seen,
					station: '002',
				},
				'ro/1',
			);
		expect(answered(log, ruling(of.forms['002'].id))).toMatchObject({ kind: 'refused', rule: 'S32' });
		const last = log.rows().get('return', 'president|002|1')?.last ?? '';
		expect(answered(log, ruling(last)).kind).toBe('receipt');
		log.close();
		const free = ['004', '005'].map((station) => capture(station, image(station), PAPER));
		const [a, b] = [
			await verify(forged([...of.notes, ...free]).dir),
			await verify(forged([...of.notes, ...free.toReversed()]).dir),
		];
		expect([revealsNothing(a), revealsNothing(b)]).toEqual([NOTHING, NOTHING]);
		expect(a.contests).toEqual(b.contests);
	});

	it('O19 reads what is sealed, images and openings before both are in: nothing anywhere is changed by it', async () => {
		const { log, dir } = openedLog();
		const sealed = Buffer.from('a sealed image');
		const form = capture('001', image('001'), PAPER, {
			images: [
				{ kind: 'original', sha256: suite.sha256Hex(image('001')), size: image('001').length },
				{ kind: 'sealed', sha256: suite.sha256Hex(sealed), size: sealed.length },
			],
		});
		log.append([form.bytes]);
		await log.hold([image('001'), sealed]);
		log.announceHeld();
		const first = reading(form.id, 'clerk/1', presidential(49, 41, 30, 2));
		log.append([first.bytes]);
		expect(log.deliverOpenings([{ reading: first.id, transcription: first.transcription }])).toMatchObject([
			{ ok: true },
		]);
		log.publishResults();
		log.close();
		const before = copyOf({ dir });
		const digest = suite.sha256Hex(sealed);
		expect(readFileSync(join(dir, 'blob', digest.slice(0, 2), digest))).toEqual(sealed);
		const store = openSqliteStore(join(dir, 'matokeo.sqlite'), 'readonly');
		const kept = store.keptOpenings();
		store.close();
		expect(kept.map(({ json }) => json).join()).toContain('"alba":49');
		const [then, now] = [await verify(before.folder), await verify(join(dir, 'public'))];
		expect([revealsNothing(then), revealsNothing(now)]).toEqual([NOTHING, NOTHING]);
		expect(now.log).toEqual(then.log);
	});
});
