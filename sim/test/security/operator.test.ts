/** What whoever runs the server could do to the record (SECURITY.md, O1–O6, O8, O11–O13, O16–O19): each done with the real parts, what reveals it, and what nothing reveals. */
import { copyFileSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { audit } from '@matokeo/server/audit/fsck.ts';
import { rebuild } from '@matokeo/server/audit/rebuild.ts';
import { folderOf } from '@matokeo/server/publish/folder.ts';
import { openSqliteStore } from '@matokeo/server/storage/sqliteStore.ts';
import { capture, openIn, presidential, suite } from '@matokeo/server/testing/world.ts';
import { reportText } from '@matokeo/verifier/report/text.ts';
import { blobPath, removeFolders as removePublished } from '@matokeo/verifier/testing/publish.ts';
import { REWRITTEN, receiptFor } from '@matokeo/verifier/testing/rewritten.ts';
import { note, tick } from '@matokeo/verifier/testing/smallLog.ts';
import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { closeMirrors, host, mirrored, mirroring, NOW, until } from './lib/mirrors.ts';
import {
	ANCHOR,
	answered,
	bodyOf,
	copyOf,
	flip,
	forged,
	image,
	indexOf,
	NOTHING,
	newFolder,
	notesIn,
	only,
	openedLog,
	PAPER,
	type Played,
	played,
	problemsOf,
	receiptOf,
	removeFolders,
	returned,
	revealsNothing,
	rewrite,
	verify,
} from './lib/played.ts';
import { postJson } from './lib/served.ts';
import { judged, judgedOf, witnessOf } from './lib/witnesses.ts';

let of: Played;
beforeAll(async () => {
	of = await played();
});
afterEach(closeMirrors);
afterAll(() => {
	removeFolders();
	removePublished();
});

function sql(dir: string, ...statements: readonly string[]): void {
	const db = new Database(join(dir, 'matokeo.sqlite'));
	for (const statement of statements) expect(db.prepare(statement).run().changes).toBeGreaterThan(0);
	db.close();
}

async function findings(dir: string) {
	const store = openSqliteStore(join(dir, 'matokeo.sqlite'), 'readonly');
	try {
		return (await audit(suite, folderOf(dir), store)).findings;
	} finally {
		store.close();
	}
}

describe('what lies in the database', () => {
	it('O1 changes, drops or adds rows: fsck names row, station and statement, a start refuses, rebuild makes it again', async () => {
		const { dir } = copyOf(of);
		const form = of.forms['001'].id;
		const opened = only(of.notes.filter(({ tag }) => tag === 'reading/open')).id;
		const KEY = 'president|001|1';
		sql(
			dir,
			`UPDATE "return" SET json = replace(json, '[50,40,30,120,2,122]', '[60,40,30,130,2,132]') WHERE key = '${KEY}'`,
			`DELETE FROM statement WHERE id = X'${form}'`,
			`INSERT INTO "return" (key, json) SELECT 'president|004|1', json FROM "return" WHERE key = '${KEY}'`,
		);
		const found = await findings(dir);
		const where = (text: string): unknown => expect.stringContaining(text);
		expect(found).toEqual([
			{ where: where('table statement'), station: '001', statement: form, problem: where('does not have') },
			{ where: where(KEY), station: '001', statement: opened, problem: where('[60,40,30,130,2,132]') },
			{ where: where('president|004|1'), station: '004', problem: where('the log does not give') },
		]);
		expect(() => openIn(dir)).toThrow(`statement ${indexOf(of, of.forms['001'])} in the database`);
		expect((await rebuild(suite, folderOf(dir))).ok).toBe(true);
		expect(await findings(dir)).toEqual([]);
		openIn(dir).log.close();
	});

	it('O6 puts back an old database: the server refuses to start, the published folder is ahead', () => {
		const { log, dir } = openedLog();
		const old = join(newFolder(), 'old.sqlite');
		log.close();
		copyFileSync(join(dir, 'matokeo.sqlite'), old);
		const { log: later } = openIn(dir);
		expect(answered(later, of.forms['001']).kind).toBe('receipt');
		later.close();
		copyFileSync(old, join(dir, 'matokeo.sqlite'));
		const before = readFileSync(join(dir, 'public', 'checkpoint'));
		expect(() => openIn(dir)).toThrow(/public\/checkpoint says 4 entries, the database holds 3/);
		expect(readFileSync(join(dir, 'public', 'checkpoint'))).toEqual(before);
	});
});

describe('what is published', () => {
	it('O2 publishes totals that the log does not give: readers are told the file and the figure', async () => {
		const { folder } = copyOf(of);
		rewrite(join(folder, 'results/president.json'), '"alba":50', '"alba":51');
		const report = await verify(folder);
		expect(report.verdict).toBe('failed');
		const file = 'results/president.json';
		expect(problemsOf(report)).toEqual([expect.objectContaining({ check: 'results', file, contest: 'president' })]);
		expect(JSON.stringify(problemsOf(report))).toMatch(/51.*50|50.*51/);
	});

	it('O3 changes a tile, a bundle or an image: readers are told the file, and the statement and station in it', async () => {
		const size = of.notes.length;
		const index = indexOf(of, of.forms['001']);
		const tile = copyOf(of).folder;
		flip(join(tile, `tile/0/000.p/${size}`), 32 * index + 5);
		expect(problemsOf(await verify(tile))).toContainEqual(
			expect.objectContaining({ check: 'tiles', file: `tile/0/000.p/${size}`, index }),
		);
		const bundle = copyOf(of).folder;
		const file = join(bundle, `tile/entries/000.p/${size}`);
		flip(file, readFileSync(file).indexOf('"alba":50') + 7);
		const found = problemsOf(await verify(bundle));
		expect(found).toContainEqual(expect.objectContaining({ check: 'tiles', index, station: '001' }));
		expect(found).toContainEqual(expect.objectContaining({ check: 'signatures', rule: 'S7', index, station: '001' }));
		const picture = blobPath(suite.sha256Hex(image('001')));
		const blob = copyOf(of).folder;
		flip(join(blob, picture), 4);
		expect(problemsOf(await verify(blob))).toEqual([expect.objectContaining({ check: 'blobs', file: picture })]);
	});

	it('O11 says that an image is held and does not show it: readers are told which file is missing', async () => {
		const { folder } = copyOf(of);
		const picture = blobPath(suite.sha256Hex(image('001')));
		rmSync(join(folder, picture));
		const report = await verify(folder);
		expect(report.verdict).toBe('failed');
		expect(problemsOf(report)).toEqual([expect.objectContaining({ check: 'blobs', file: picture })]);
	});
});

describe('the log signed anew', () => {
	it('O4 changes or drops a statement and signs all anew: a checkpoint or a receipt from before is proof; without one nothing shows a drop', async () => {
		const index = indexOf(of, of.forms['001']);
		const changed = capture('001', image('001'), presidential(90, 0, 30, 2));
		const forgedSignature = Buffer.from(changed.bytes);
		forgedSignature[forgedSignature.length - 20] = 65;
		const voided = forged(of.notes.with(index, { tag: '', id: changed.id, bytes: forgedSignature }));
		expect(problemsOf(await verify(voided.dir))).toContainEqual(
			expect.objectContaining({ check: 'signatures', rule: 'S7', index, station: '001' }),
		);
		const gone = new Set([of.forms['003'].id]);
		const dropped = forged(of.notes.filter(({ id }) => !gone.has(id)));
		expect(revealsNothing(await verify(dropped.dir))).toEqual(NOTHING);
		const receipt = receiptFor(forged(of.notes), indexOf(of, of.forms['003']));
		for (const against of [of.checkpoint, receipt]) {
			const report = await verify(dropped.dir, { anchor: ANCHOR, against });
			expect([report.verdict, problemsOf(report).map(({ check }) => check)]).toEqual(['failed', ['against']]);
			expect(report.evidence?.notes).toHaveLength(2);
		}
		const witness = witnessOf('witness/court');
		expect(witness.show(forged(of.notes)).code).toBe(200);
		const more = forged([...of.notes.filter(({ id }) => !gone.has(id)), tick(1), tick(2), tick(3)]);
		expect(witness.show(more).code).toBe(422);
		expect(witness.incidents.map(({ kind }) => kind)).toEqual(['proven']);
		expect(judged(only(witness.incidents).file)).toMatchObject({ strength: 'proved' });
	});

	it('O8 leaves a statement out before anybody saw it: its sender has no receipt; the log without it verifies wholly', async () => {
		const { log, dir } = openedLog();
		await returned(log, of.forms['001'], '001');
		log.publishResults();
		const unsent = capture('004', image('004'), PAPER);
		expect(log.rows().indexOf(unsent.id)).toBeUndefined();
		const without = join(dir, 'public');
		const mirror = await mirroring(await host(without));
		await until(
			() => mirror.status().size,
			(size) => size === log.size(),
		);
		const note = Buffer.from(unsent.bytes).toString();
		expect(await (await postJson(`${mirror.url}/pending`, { notes: [note] })).text()).toContain('"kind":"pending"');
		const shown: unknown = JSON.parse(await (await fetch(`${mirror.url}/pending.json`)).text());
		expect(JSON.stringify(shown)).toContain(unsent.id);
		expect(JSON.stringify(shown)).toContain(String(NOW));
		await mirror.close();
		expect(revealsNothing(await verify(without))).toEqual(NOTHING);
		expect(notesIn(without).some(({ id }) => id === unsent.id)).toBe(false);
		const receipt = receiptOf(log, unsent);
		log.publishResults();
		log.close();
		expect(revealsNothing(await verify(without, { anchor: ANCHOR, against: receipt }))).toEqual(NOTHING);
	});

	it('O12 lets in what the rules refuse: a void leaf, named with its rule, in no total; with its proof it is evidence by itself', async () => {
		const forgery = note('forgery', bodyOf('004'), ['po/004'], { signedWith: { 'po/004': 'po/forged' } });
		const published = forged([...of.notes, forgery]);
		const report = await verify(published.dir);
		expect(problemsOf(report)).toEqual([
			expect.objectContaining({ check: 'signatures', rule: 'S7', index: of.notes.length, station: '004' }),
		]);
		expect(report.contests['president']).toEqual((await verify(of.folder)).contests['president']);
		const outsider = note('outsider', { type: 'key/revoke', key: 'po/001', reason: 'lost' }, ['registrar/1']);
		const entry = (leaf: Uint8Array) => {
			return { leaf, proof: receiptFor(forged([...of.notes, { id: '', bytes: leaf }]), of.notes.length) };
		};
		const source = await host(of.folder);
		const { parts } = await mirrored(source);
		source.serve(forged([...of.notes, outsider]).dir);
		const { round, parts: stopped } = await mirrored(source, parts.options.dir);
		expect([round, stopped.evidence.list().map(({ file }) => file.kind)]).toEqual(['stopped', ['void']]);
		const said = { kind: 'void', rule: 'S10', why: 'one registrar' } as const;
		expect(judgedOf({ ...said, entry: entry(outsider.bytes) }).strength).toBe('signed');
		expect(judgedOf({ ...said, entry: entry(Buffer.from('no statement')) }).strength).toBe('proved');
	});

	it('O16 makes up a whole log with keys of its own: the anchor shows it; without the anchor nothing does', async () => {
		const own = REWRITTEN.find(({ name }) => name === 'a folder with a package of its own');
		if (own === undefined) throw new Error('the forged folder has another name');
		const { dir } = own.make(forged(of.notes));
		const alone = await verify(dir, {});
		expect([alone.verdict, alone.anchored, problemsOf(alone)]).toEqual(['consistent', false, []]);
		expect(reportText(alone)).toMatch(/authority|anchor/i);
		expect(problemsOf(await verify(dir))).toContainEqual(expect.objectContaining({ check: 'anchor' }));
	});

	it('O17 brings in statements of a rehearsal or of another election: each names its election and package', async () => {
		const body = bodyOf('004');
		const strangers = [
			note('other election', body, ['po/004'], { election: 'elsewhere-2026' }),
			note('other package', body, ['po/004'], { digest: 'ab'.repeat(32) }),
		];
		const found = problemsOf(await verify(forged([...of.notes, ...strangers]).dir));
		expect(found).toEqual(
			strangers.map((_, i) =>
				expect.objectContaining({ check: 'rules', rule: 'S5', index: of.notes.length + i, station: '004' }),
			),
		);
		const { log } = openedLog();
		for (const stranger of strangers) expect(answered(log, stranger)).toMatchObject({ kind: 'refused', rule: 'S5' });
		log.close();
	});
});
