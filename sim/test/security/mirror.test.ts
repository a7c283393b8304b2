/** What whoever hosts a mirror or a static copy could do (SECURITY.md, M1–M10), and what is done to a mirror. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { capture, openIn, say, suite } from '@matokeo/server/testing/world.ts';
import { printEvidence } from '@matokeo/verifier/evidence/file.ts';
import { removeFolders as removePublished } from '@matokeo/verifier/testing/publish.ts';
import { receiptFor } from '@matokeo/verifier/testing/rewritten.ts';
import { tick } from '@matokeo/verifier/testing/smallLog.ts';
import { parsePending } from '@matokeo/witness/mirror/pendingNote.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
	closeMirrors,
	type Host,
	host,
	MIRROR_KEY,
	mirrored,
	mirroring,
	NOW,
	type Served,
	until,
} from './lib/mirrors.ts';
import {
	ANCHOR,
	copyOf,
	flip,
	forged,
	image,
	NOTHING,
	PAPER,
	type Played,
	played,
	problemsOf,
	removeFolders,
	revealsNothing,
	verify,
} from './lib/played.ts';
import { postJson } from './lib/served.ts';
import { evidenceFile, judged, judgedOf, proofOf } from './lib/witnesses.ts';

let of: Played;
beforeAll(async () => {
	of = await played();
});
afterEach(closeMirrors);
afterAll(() => {
	removeFolders();
	removePublished();
});

interface Answer {
	readonly kind: string;
	readonly note: string;
	readonly rule: string;
	readonly why: string;
}

/** A mirror that has caught up with an honest log. */
async function caughtUp(
	more: Parameters<typeof mirroring>[1] = {},
): Promise<{ readonly mirror: Served; readonly source: Host }> {
	const source = await host(of.folder);
	const mirror = await mirroring(source, more);
	await until(
		() => mirror.status().size,
		(size) => size === of.notes.length,
	);
	return { mirror, source };
}

async function handIn(
	{ url }: Served,
	...notes: readonly { readonly bytes: Uint8Array }[]
): Promise<readonly Answer[]> {
	const body = { notes: notes.map(({ bytes }) => Buffer.from(bytes).toString()) };
	const response = await postJson(`${url}/pending`, body);
	const json: { readonly answers: readonly Answer[] } = JSON.parse(await response.text());
	return json.answers;
}

const unsent = () => capture('004', image('004'), PAPER);

describe('whoever hosts a copy', () => {
	it('M1 changes files: its readers are told the file, the statement and the station', async () => {
		const { parts } = await mirrored(await host(of.folder));
		const { public: folder } = parts.folder;
		expect(revealsNothing(await verify(folder))).toEqual(NOTHING);
		const file = `tile/entries/000.p/${of.notes.length}`;
		flip(join(folder, file), readFileSync(join(folder, file)).indexOf('"alba":50') + 7);
		const found = problemsOf(await verify(folder));
		expect(found).toContainEqual(expect.objectContaining({ check: 'tiles', file, station: '001' }));
	});

	it('M2 changes a page: it still names the size and root at which it stands, and whoever verifies there sees the true figures; to a reader of the page alone nothing shows it', async () => {
		const { mirror } = await caughtUp();
		const address = `${mirror.url}/en/index.html`;
		const page = await (await fetch(address)).text();
		expect(page).toContain(mirror.status().root);
		expect(page).toContain(`The public log with ${of.notes.length} entries`);
		const changed = page.replaceAll('Alba Ruiz', 'Benta Oyelaran');
		expect(changed).toContain(mirror.status().root);
		const report = await verify(mirror.parts.folder.public);
		expect(report.log?.root).toBe(mirror.status().root);
		expect(report.contests['president']?.stages.verified.votes['alba']).toBe(50);
	});

	it('M3 shows an old, honest state: a holder of a later checkpoint sees it with --against; to others nothing says that there was more', async () => {
		const later = forged([...of.notes, tick(5)]);
		const old = forged(of.notes);
		const told = await verify(old.dir, { anchor: ANCHOR, against: later.checkpoint });
		expect([told.verdict, problemsOf(told).map(({ check }) => check)]).toEqual(['failed', ['against']]);
		expect(revealsNothing(await verify(old.dir))).toEqual(NOTHING);
		const { mirror } = await caughtUp();
		const page = await (await fetch(`${mirror.url}/en/index.html`)).text();
		expect(page).toMatch(/<time/);
	});

	it('M4 drops a statement that it took for a sender: the sender holds its signed note, and no receipt of the log', async () => {
		const { mirror } = await caughtUp();
		const form = unsent();
		const [answer] = await handIn(mirror, form);
		expect(answer?.kind).toBe('pending');
		const word = parsePending(suite, Buffer.from(answer?.note ?? ''), MIRROR_KEY);
		expect(word).toMatchObject({ ok: true, value: { id: form.id, size: of.notes.length, time: NOW } });
		expect(Buffer.from(answer?.note ?? '').toString()).not.toContain('small.example/log');
	});

	it('M5 lies about when it took a statement: its note says that time, it verifies, and nothing contradicts it', async () => {
		const { mirror } = await caughtUp();
		mirror.heard.now = NOW - 100_000;
		const [answer] = await handIn(mirror, unsent());
		const word = parsePending(suite, Buffer.from(answer?.note ?? ''), MIRROR_KEY);
		expect(word).toMatchObject({ ok: true, value: { time: NOW - 100_000 } });
		const page = await (await fetch(`${mirror.url}/pending.html`)).text();
		expect(page).toContain('this mirror’s word');
	});

	it('M6 cries wolf: evidence is judged from itself alone, and proves nothing that it does not show', () => {
		const one = forged(of.notes);
		const longer = forged([...of.notes, tick(5)]);
		const byThief = forged([...of.notes.slice(0, -1), tick(5)], { logKey: 'po/001' });
		const rewritten = { kind: 'rewritten', older: one.checkpoint, newer: longer.checkpoint } as const;
		const strengths = [
			judgedOf({ kind: 'fork', first: one.checkpoint, second: one.checkpoint }),
			judgedOf({ kind: 'fork', first: one.checkpoint, second: byThief.checkpoint }),
			judgedOf({ kind: 'rewritten', older: one.checkpoint, newer: longer.checkpoint, prefixRoot: one.root, proof: [] }),
			judgedOf({ ...rewritten, prefixRoot: new Uint8Array(32).fill(7), proof: proofOf(longer, of.notes.length) }),
			judgedOf({ kind: 'rollback', seen: one.checkpoint, served: longer.checkpoint }),
		].map(({ strength }) => strength);
		expect(strengths).toEqual(['nothing', 'nothing', 'nothing', 'nothing', 'nothing']);
		expect(judgedOf({ kind: 'rollback', seen: longer.checkpoint, served: one.checkpoint }).strength).toBe('signed');
		const keys = [MIRROR_KEY];
		const own = printEvidence(evidenceFile({ kind: 'fork', first: one.checkpoint, second: one.checkpoint }, { keys }));
		expect(judged(own)).toMatchObject({ strength: 'nothing', keys: { kind: 'foreign' } });
	});

	it('M7 is served false bytes: it verifies before it serves, and what does not lead to the signed root never appears', async () => {
		const { mirror, source } = await caughtUp();
		const grown = forged([...of.notes, tick(5), tick(6)]);
		const size = of.notes.length + 2;
		const file = `tile/entries/000.p/${size}`;
		flip(join(grown.dir, file), readFileSync(join(grown.dir, file)).indexOf('"alba":50') + 7);
		source.serve(grown.dir);
		const state = await until(
			() => mirror.status().state,
			({ kind }) => kind === 'away',
		);
		expect(state.kind === 'away' && state.why).toContain('does not fit what the log signed');
		expect(mirror.status().size).toBe(of.notes.length);
		expect((await fetch(`${mirror.url}/${file}`)).status).toBe(404);
		const shown = Buffer.from(await (await fetch(`${mirror.url}/checkpoint`)).arrayBuffer());
		expect(shown).toEqual(Buffer.from(of.checkpoint));
		source.serve(forged([...of.notes, tick(5), tick(6)]).dir);
		await until(
			() => mirror.status().size,
			(now) => now === size,
		);
	});
});

describe('a mirror and a party', () => {
	it('M10 says that the log holds a statement back that was never handed to it: whoever wants to know hands it in, and it is admitted; who was right about the time before, nothing tells', async () => {
		const { mirror } = await caughtUp();
		const form = unsent();
		await handIn(mirror, form);
		const pending: unknown = JSON.parse(await (await fetch(`${mirror.url}/pending.json`)).text());
		expect(JSON.stringify(pending)).toContain(form.id);
		const note = Buffer.from(await (await fetch(`${mirror.url}/pending/${form.id}/note`)).arrayBuffer());
		const { log } = openIn(copyOf(of).dir);
		const [answer] = log.append([note]);
		expect(answer?.kind).toBe('receipt');
		log.close();
	});
});

describe('what is done to a mirror', () => {
	it('M8 a flood of statements, or statements of strangers: bounded by address and key, and nothing is kept that no key in force has signed', async () => {
		const { mirror } = await caughtUp({ limits: { pendingPerAddressMax: 3, pendingPerKeyMax: 2 } });
		const form = (station: string, text: string) => capture(station, image(text), PAPER);
		const answers = await handIn(
			mirror,
			form('004', 'a'),
			form('004', 'b'),
			form('004', 'c'),
			form('005', 'd'),
			form('006', 'e'),
		);
		expect(answers.map(({ kind }) => kind)).toEqual(['pending', 'pending', 'later', 'pending', 'later']);
		const { mirror: small } = await caughtUp({ limits: { pendingMax: 1 } });
		const [kept] = await handIn(small, form('004', 'a'));
		const [full] = await handIn(small, form('005', 'd'));
		expect([kept?.kind, full?.kind, full?.why]).toEqual([
			'pending',
			'later',
			expect.stringContaining('another mirror'),
		]);
		const stranger = say({ type: 'key/revoke', key: 'po/001', reason: 'lost' }, 'nobody/1');
		const changed = Buffer.from(unsent().bytes);
		changed[changed.length - 20] = changed[changed.length - 20] === 65 ? 66 : 65;
		const asLog = say({ type: 'clock/tick', time: NOW }, 'small.example/log');
		const refused = await handIn(mirror, stranger, { bytes: changed }, asLog, { bytes: Buffer.from('x') });
		expect(refused.map(({ kind, rule }) => [kind, rule])).toEqual([
			['refused', 'S6'],
			['refused', 'S7'],
			['refused', 'M21'],
			['refused', 'S1'],
		]);
	});

	it('M9 checkpoints and receipts that are hostile, or of another log: refused, bounded in size and rate, and no accusation comes of them', async () => {
		const { mirror } = await caughtUp({ limits: { addressCompares: { perSecond: 0.001, burst: 6 } } });
		const compare = (body: Uint8Array | string) =>
			fetch(`${mirror.url}/compare`, {
				method: 'POST',
				headers: { 'content-type': 'text/plain' },
				body: Buffer.from(body),
			});
		const byThief = forged([...of.notes.slice(0, -1), tick(5)], { logKey: 'po/001' });
		const beyond = forged([...of.notes, tick(5)]);
		const statuses = [
			(await compare('x'.repeat(3_000_000))).status,
			(await compare('\u0000\uffff')).status,
			(await compare(byThief.checkpoint)).status,
			(await compare(beyond.checkpoint)).status,
			(await compare(receiptFor(forged(of.notes), 3))).status,
		];
		expect(statuses).toEqual([413, 400, 400, 200, 200]);
		expect(mirror.status().evidence).toEqual([]);
		expect(mirror.status().state.kind).toBe('follows');
		const rest = [await compare('x'), await compare('x'), await compare('x')].map(({ status }) => status);
		expect(rest).toContain(429);
	});
});
