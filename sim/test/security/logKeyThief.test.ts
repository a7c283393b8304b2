/** What a thief of the log's key could do without the server (SECURITY.md, L1–L7): the key signs for the log and for nobody else. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseNote, signNote, verifyNote } from '@matokeo/core/log/note.ts';
import { printAddCheckpoint } from '@matokeo/core/log/witness.ts';
import { VERSION } from '@matokeo/core/record/leaf.ts';
import { printCanonical } from '@matokeo/core/std/canonical.ts';
import { ORIGIN } from '@matokeo/core/testing/smallElection.ts';
import { night } from '@matokeo/server/testing/night.ts';
import { capture, election, openIn, START, say, signer, suite } from '@matokeo/server/testing/world.ts';
import { removeFolders as removePublished } from '@matokeo/verifier/testing/publish.ts';
import { receiptFor } from '@matokeo/verifier/testing/rewritten.ts';
import { note, tick } from '@matokeo/verifier/testing/smallLog.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { closeMirrors, host, mirroring, until } from './lib/mirrors.ts';
import {
	ANCHOR,
	answered,
	bodyOf,
	copyOf,
	forged,
	image,
	NOTHING,
	only,
	openedLog,
	PAPER,
	type Played,
	played,
	problemsOf,
	removeFolders,
	revealsNothing,
	verify,
} from './lib/played.ts';
import { closeServers, send, serve } from './lib/served.ts';
import { judged, judgedOf, LOG_KEY, prefixOf, proofOf, witnessOf } from './lib/witnesses.ts';

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

describe("a thief of the log's key", () => {
	it('L1 signs another history and shows it: witnesses refuse it and keep proof, comparing proves it; a victim who does neither is told "verified", with no quorum', async () => {
		const honest = forged([...of.notes, tick(5)], { witnesses: [] });
		const other = forged([...of.notes.filter(({ id }) => id !== of.forms['003'].id), tick(6), tick(7), tick(8)], {
			witnesses: [],
		});
		const witness = witnessOf('witness/news');
		expect([witness.show(honest).code, witness.show(other).code]).toEqual([200, 422]);
		expect(judged(only(witness.incidents).file).strength).toBe('proved');
		const { root: prefixRoot, proof } = prefixOf(other, honest.notes.length);
		const seen = { kind: 'rewritten', older: honest.checkpoint, newer: other.checkpoint, prefixRoot, proof } as const;
		expect(judgedOf(seen)).toMatchObject({ strength: 'proved', keys: { kind: 'anchored' } });
		const victim = await verify(other.dir);
		expect(revealsNothing(victim)).toEqual(NOTHING);
		expect(victim.cosignatures?.met).toBe(false);
		const compared = await verify(other.dir, { anchor: ANCHOR, against: honest.checkpoint });
		expect(compared.verdict).toBe('failed');
	});

	it('L2 sends ticks, openings, held images or witnessed checkpoints in the log’s name: refused, and the log goes on', async () => {
		const server = await serve();
		const sha256 = suite.sha256Hex(image('001'));
		const own = [
			note('tick', { type: 'clock/tick', time: START + 1_000_000_000 }, [ORIGIN]),
			note('held', { type: 'blob/held', blobs: [{ sha256, size: 3 }] }, [ORIGIN]),
			note('open', { type: 'reading/open', capture: of.forms['001'].id, openings: [] }, [ORIGIN]),
			note('witnessed', { type: 'log/witnessed', checkpoint: 'x' }, [ORIGIN]),
		];
		const { answers } = await send(server, ...own);
		expect(answers.map(({ kind }) => kind)).toEqual(['refused', 'refused', 'refused', 'refused']);
		expect((await send(server, of.forms['001'])).answers[0]?.kind).toBe('receipt');
	});

	it('L3 signs a refusal that the log never gave: it looks like any other, and the note sent again gets its receipt', () => {
		const { log } = openedLog();
		const { id } = of.forms['001'];
		const body = printCanonical({ rule: 'S10', size: 3, statement: id });
		const stolen = signNote(`${VERSION} refusal\n${election.id} ${election.digest}\n${body}\n`, [signer]);
		const parsed = parseNote(stolen);
		expect(parsed.ok && verifyNote(suite, parsed.value, [LOG_KEY]).ok).toBe(true);
		const honest = answered(log, say(bodyOf('002'), 'po/001'));
		const text = honest.kind === 'refused' ? Buffer.from(honest.note ?? []).toString() : '';
		expect(text.split('\n').slice(0, 2)).toEqual(Buffer.from(stolen).toString().split('\n').slice(0, 2));
		expect(answered(log, of.forms['001']).kind).toBe('receipt');
		log.close();
	});

	it('L4 forges what an official says: the log’s key speaks for nobody else, such a leaf is void', async () => {
		const { log } = openedLog();
		const inItsOwnName = say(bodyOf('004'), ORIGIN);
		expect(answered(log, inItsOwnName)).toMatchObject({ kind: 'refused', rule: 'S10' });
		const underAnother = note('forged', bodyOf('004'), ['po/004'], { signedWith: { 'po/004': ORIGIN } });
		expect(answered(log, underAnother)).toMatchObject({ kind: 'refused', rule: 'S7' });
		log.close();
		const report = await verify(forged([...of.notes, inItsOwnName, underAnother]).dir);
		expect(problemsOf(report).map(({ rule, index }) => [rule, index])).toEqual(
			expect.arrayContaining([
				['S10', of.notes.length],
				['S7', of.notes.length + 1],
			]),
		);
		expect(report.contests).toEqual((await verify(of.folder)).contests);
	});

	it('L5 on the line too, answers a sender with a receipt of a record that nobody else gets: it proves itself, carries no quorum, and does not fit the published record', async () => {
		const sent = capture('004', image('004'), PAPER);
		const own = forged([...of.notes, sent], { witnesses: [] });
		const receipt = receiptFor(own, of.notes.length);
		const alone = await verify(own.dir, { anchor: ANCHOR, against: receipt });
		expect(revealsNothing(alone)).toEqual(NOTHING);
		expect(alone.cosignatures?.met).toBe(false);
		const grown = forged([...of.notes, tick(9), tick(10)]);
		const report = await verify(grown.dir, { anchor: ANCHOR, against: receipt });
		expect([report.verdict, only(problemsOf(report)).check]).toEqual(['failed', 'against']);
		expect(report.evidence?.notes).toHaveLength(2);
	});

	it('L6 starts a second server with the stolen key from the public folder: two records, which a checkpoint of either proves against the other', async () => {
		const { dir } = copyOf(of);
		const second = openIn(dir);
		const first = openIn(copyOf(of).dir);
		expect(answered(second.log, capture('004', image('004'), PAPER)).kind).toBe('receipt');
		for (const station of ['005', '006']) answered(first.log, capture(station, image(station), PAPER));
		first.log.publishResults();
		const against = Uint8Array.from(second.log.checkpoint());
		first.log.close();
		second.log.close();
		expect((await verify(join(first.dir, 'public'), { anchor: ANCHOR, against })).verdict).toBe('failed');
	});

	it('L7 shows a witness a checkpoint that goes beyond the log, or a mirror another history: the log signs nothing more, the mirror follows no further, each says what it was shown and keeps it; a thief can so stop both', async () => {
		const one = night();
		await one.clock.pass(3_000);
		const [court] = one.witnesses;
		const notes = one.store.statements(0, one.log.size()).map(({ note }) => ({ id: '', bytes: note }));
		const beyond = forged([...notes, tick(9_000), tick(9_001), tick(9_002)], { witnesses: [] });
		const oldSize = court?.seen()?.size ?? 0;
		const request = { oldSize, proof: proofOf(beyond, oldSize), checkpoint: beyond.checkpoint };
		expect(court?.answer(printAddCheckpoint(request)).status).toBe(200);
		one.grow();
		await one.clock.pass(5_000);
		expect(one.halted.join()).toMatch(/the witness "witness\/court" has a checkpoint of size/);
		expect(answered(one.log, of.forms['001'])).toMatchObject({ kind: 'later' });
		const kept = judged(readFileSync(join(one.dir, 'log.evidence.json')));
		expect(kept.strength).toBe('signed');
		one.running.stop();
		one.log.close();
		expect(() => openIn(one.dir)).toThrow('Nothing was signed');
		const mirror = await mirroring(await host(of.folder));
		await until(
			() => mirror.status().size,
			(size) => size === of.notes.length,
		);
		const other = forged([...of.notes.slice(0, -1), tick(9_000)], { witnesses: [] });
		const body = Buffer.from(other.checkpoint);
		const shown = await fetch(`${mirror.url}/compare`, {
			method: 'POST',
			headers: { 'content-type': 'text/plain' },
			body,
		});
		expect(await shown.text()).toContain('SECURITY');
		expect([mirror.status().state.kind, mirror.status().evidence[0]?.strength]).toEqual(['security', 'proved']);
		expect((await fetch(`${mirror.url}/checkpoint`)).status).toBe(200);
	});
});
