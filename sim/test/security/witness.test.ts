/** What a witness could do (SECURITY.md, W1–W8), and what is done to one. */
import { signCheckpoint, verifyCheckpoint } from '@matokeo/core/log/checkpoint.ts';
import { parseNote, printNote } from '@matokeo/core/log/note.ts';
import { SIZE_TYPE } from '@matokeo/core/log/witness.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import { ORIGIN } from '@matokeo/core/testing/smallElection.ts';
import { night, witnessesOn } from '@matokeo/server/testing/night.ts';
import { reply, testWitness, trust } from '@matokeo/server/testing/witnesses.ts';
import { removeFolders as removeWorlds, signer, suite } from '@matokeo/server/testing/world.ts';
import { compareCheckpoints } from '@matokeo/verifier/evidence/pair.ts';
import { removeFolders as removePublished } from '@matokeo/verifier/testing/publish.ts';
import { checkpointNote, START, tick } from '@matokeo/verifier/testing/smallLog.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { until } from './lib/mirrors.ts';
import {
	ANCHOR,
	forged,
	NOTHING,
	only,
	type Played,
	played,
	problemsOf,
	removeFolders,
	revealsNothing,
	verify,
} from './lib/played.ts';
import { closeServers, serve, witnessing } from './lib/served.ts';
import { judgedOf, LOG_KEY, prefixOf, proofOf, quorumOf, witnessOf } from './lib/witnesses.ts';

let of: Played;
beforeAll(async () => {
	of = await played();
});
afterEach(closeServers);
afterAll(() => {
	removeFolders();
	removePublished();
	removeWorlds();
});

const ACCUSED = { origin: ORIGIN, keys: [LOG_KEY] };

describe('a witness', () => {
	it('W1 is silent: the others are the quorum, and it is named, since when, where every page leads', async () => {
		const [court, news] = [await witnessing('witness/court'), await witnessing('witness/news')];
		const dead = 'http://127.0.0.1:9';
		const sun = await witnessing('witness/sun');
		const addresses = new Map([
			['witness/court', court.submission],
			['witness/news', news.submission],
			['witness/sun', sun.submission],
			['witness/moon', dead],
		]);
		const server = await serve({ witnesses: addresses, steadyMs: () => performance.now() * 20 });
		const page = async (path: string) => (await fetch(`${server.url}/${path}`)).text();
		await until(
			() => page('en/index.html'),
			(text) => text.includes('by 3 of 4'),
		);
		const about = await until(
			() => page('en/about.html'),
			(text) => /witness\/moon.*has given no valid answer/.test(text),
		);
		const row = /<tr>.*witness\/moon.*<\/tr>/.exec(about)?.[0] ?? '';
		expect(row).toContain(`datetime="${new Date(START * 1_000).toISOString().slice(0, 19)}Z"`);
		expect(quorumOf(['witness/court', 'witness/news', 'witness/sun'])).toBe(true);
		expect(await page('en/index.html')).toContain('about.html#witnesses');
	});

	it('W2 cosigns two histories: its cosignature is on each, for whoever gets both; a whole quorum with the operator shows nothing by itself', async () => {
		const one = forged([...of.notes, tick(5)], { witnesses: ['witness/court'] });
		const other = forged([...of.notes.slice(0, -1), tick(6), tick(7)], { witnesses: ['witness/court'] });
		for (const { checkpoint } of [one, other]) {
			const seen = verifyCheckpoint(suite, checkpoint, trust);
			expect(seen.ok && seen.value.witnesses.map(({ witness }) => witness.name)).toEqual(['witness/court']);
		}
		const compared = compareCheckpoints(suite, ACCUSED, one.checkpoint, other.checkpoint, (_, size) =>
			prefixOf(other, size),
		);
		if (!compared.ok || compared.value.kind !== 'evidence') throw new Error('they exclude each other');
		expect(judgedOf(compared.value.misbehaviour).strength).toBe('proved');
		const all = forged([...of.notes.slice(0, -1), tick(6), tick(7)]);
		const report = await verify(all.dir);
		expect([revealsNothing(report), report.cosignatures?.met]).toEqual([NOTHING, true]);
		expect((await verify(all.dir, { anchor: ANCHOR, against: one.checkpoint })).verdict).toBe('failed');
	});

	it('W3 claims to have seen a larger log: no size is believed without a checkpoint that the log’s own key signed; the log goes on and names it', async () => {
		const one = night();
		const [court] = one.witnesses;
		if (court === undefined) throw new Error('there is a court');
		const lie = checkpointNote(900, new Uint8Array(32).fill(7), ['witness/court'], 'po/001');
		court.instead = (body) =>
			body === undefined ? { status: 200, type: 'text/plain', body: lie } : reply(409, SIZE_TYPE, '900\n');
		await one.clock.pass(5_000);
		const standing = one.running.witnessing().witnesses.find(({ name }) => name === 'witness/court');
		expect(standing).toMatchObject({ state: 'unbelievable', claims: 900 });
		one.grow();
		await one.clock.pass(5_000);
		expect([one.halted, one.running.witnessing().quorum.state]).toEqual([[], 'met']);
		one.log.close();
	});

	it('W4 accuses the log falsely: a failing proof is not proof, and signatures are checked again', async () => {
		const one = forged(of.notes, { witnesses: [] });
		const grown = forged([...of.notes, tick(5)], { witnesses: [] });
		const proof = proofOf(grown, of.notes.length);
		const accusation = { kind: 'rewritten', older: one.checkpoint, newer: grown.checkpoint } as const;
		for (const prefixRoot of [one.root, new Uint8Array(32).fill(7)])
			for (const hashes of [proof, [...proof].reverse(), []])
				expect(judgedOf({ ...accusation, prefixRoot, proof: hashes }).strength).toBe('nothing');
		const invented = checkpointNote(of.notes.length, new Uint8Array(32).fill(7), ['witness/court'], 'po/001');
		expect(judgedOf({ kind: 'fork', first: one.checkpoint, second: invented }).strength).toBe('nothing');
		const objecting = night();
		const [court] = objecting.witnesses;
		if (court !== undefined)
			court.instead = (body) => (body === undefined ? court.answer() : reply(422, 'text/plain', 'no'));
		await objecting.clock.pass(5_000);
		expect([objecting.halted, objecting.running.witnessing().quorum.state]).toEqual([[], 'met']);
		objecting.log.close();
	});

	it('W5 cosigns with a false time: the server takes none that is far from its own; beside the log one witness alone proves no time, and a quorum is told and lays nothing to the log', async () => {
		const one = night();
		const [court] = one.witnesses;
		const future = { ms: one.clock.ms, seconds: () => one.clock.seconds() + 86_400 };
		if (court !== undefined) court.instead = testWitness('witness/court', future).answer;
		await one.clock.pass(40_000);
		expect(witnessesOn(one.log.checkpoint())).not.toContain('witness/court');
		expect(witnessesOn(one.log.checkpoint())).toContain('witness/news');
		one.log.publishResults();
		one.log.close();
		expect(revealsNothing(await verify(`${one.dir}/public`))).toEqual(NOTHING);
		const grown = forged([...of.notes, tick(5)]);
		const { root } = forged(of.notes);
		const kept = (names: readonly string[]) => checkpointNote(of.notes.length, root, names, ORIGIN, START + 86_400);
		const alone = await verify(grown.dir, { anchor: ANCHOR, against: kept(['witness/court']) });
		expect(revealsNothing(alone)).toEqual(NOTHING);
		const told = await verify(grown.dir, { anchor: ANCHOR, against: kept(['witness/court', 'witness/news']) });
		expect([told.verdict, told.remarks.filter((one) => one.startsWith('Beside the log')).length]).toEqual([
			'verified',
			1,
		]);
	});

	it('W6 cosigns what the log never signed: nobody accepts such a checkpoint', async () => {
		const alien = checkpointNote(
			of.notes.length,
			new Uint8Array(32).fill(9),
			['witness/court', 'witness/news', 'witness/sun'],
			'po/001',
		);
		expect(verifyCheckpoint(suite, alien, trust).ok).toBe(false);
		const report = await verify(of.folder, { anchor: ANCHOR, against: alien });
		expect(report.evidence).toBeUndefined();
		expect(only(problemsOf(report)).came).toMatch(/key|sign/);
		const { folder } = of;
		expect((await verify(folder)).verdict).toBe('verified');
	});
});

describe('cosignatures and requests of others', () => {
	it('W7 with an operator, puts cosignatures of another election or of another checkpoint under this one: they verify nowhere else', () => {
		const honest = forged(of.notes);
		const parsed = parseNote(honest.checkpoint);
		if (!parsed.ok) throw new Error(parsed.error);
		const cosignatures = parsed.value.signatures.filter(({ name }) => name !== ORIGIN);
		const other = signCheckpoint({ origin: ORIGIN, size: 99, root: new Uint8Array(32).fill(1), extensions: [] }, [
			signer,
		]);
		const text = parseNote(other);
		if (!text.ok) throw new Error(text.error);
		const transplanted = printNote(text.value.text, [...text.value.signatures, ...cosignatures]);
		expect(verifyCheckpoint(suite, transplanted, trust).ok).toBe(false);
		const elsewhere = signCheckpoint({ origin: 'other.example/log', size: 3, root: honest.root, extensions: [] }, [
			{ ...signer, name: 'other.example/log' },
		]);
		expect(verifyCheckpoint(suite, elsewhere, trust).ok).toBe(false);
	});

	it('W8 is sent hostile, unknown, unsigned or replayed checkpoints by anybody: refused cheaply, nothing is cosigned twice or backwards, and nothing of it is an accusation', () => {
		const witness = witnessOf('witness/court');
		const one = forged(of.notes, { witnesses: [] });
		const grown = forged([...of.notes, tick(5)], { witnesses: [] });
		expect(witness.show(one).code).toBe(200);
		expect(witness.show(grown).code).toBe(200);
		const stranger = forged(of.notes, { witnesses: [], logKey: 'po/001' });
		const alien = {
			notes: of.notes,
			checkpoint: signCheckpoint({ origin: 'х.example/log', size: 1, root: one.root, extensions: [] }, [
				{ ...signer, name: 'х.example/log' },
			]),
		};
		const garbage = { notes: of.notes, checkpoint: utf8Encode(`${ORIGIN}\n99999999999999999999\nAAAA\n\n— x y\n`) };
		const codes = [
			witness.ask(0, one),
			witness.ask(of.notes.length, one),
			witness.ask(0, stranger),
			witness.ask(0, alien),
			witness.show(garbage),
		];
		expect(codes.map(({ code }) => code)).toEqual([409, 409, 403, 404, 400]);
		expect(witness.state.latest(ORIGIN)).toMatchObject({ size: of.notes.length + 1, count: 2 });
		expect(witness.incidents.filter(({ kind }) => kind === 'proven')).toEqual([]);
		witness.now.seconds -= 10;
		expect(witness.show(grown).code).toBe(503);
	});
});
