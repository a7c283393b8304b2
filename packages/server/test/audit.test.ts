/** `fsck` names every planted difference with its station and statement (D20); `rebuild` makes the same database again (D21). */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { audit } from '../src/audit/fsck.ts';
import { rebuild } from '../src/audit/rebuild.ts';
import { folderOf } from '../src/publish/folder.ts';
import { TABLES } from '../src/storage/rowText.ts';
import { openSqliteStore } from '../src/storage/sqliteStore.ts';
import {
	capture,
	enrolment,
	imageOf,
	newFolder,
	openIn,
	opening,
	presidential,
	reading,
	removeFolders,
	STATIONS,
	say,
	suite,
} from './lib/world.ts';

afterEach(removeFolders);

const FIGURES = presidential(50, 40, 30, 2);

interface Played {
	readonly dir: string;
	readonly captures: readonly string[];
}

/** Eight stations captured; the first two read twice and opened; one reading delivered and still in confidence; results published. */
async function played(): Promise<Played> {
	const dir = newFolder();
	const { log } = openIn(dir);
	const forms = STATIONS.map((station) => capture(station, imageOf(station), FIGURES));
	await log.hold(STATIONS.map(imageOf));
	log.append([opening().bytes, enrolment().bytes, ...forms.map(({ bytes }) => bytes)]);
	log.announceHeld();
	const reads = forms
		.slice(0, 3)
		.flatMap(({ id }) => [reading(id, 'clerk/1', FIGURES), reading(id, 'clerk/2', FIGURES)]);
	log.append(reads.map(({ bytes }) => bytes));
	const handed = reads.slice(0, 5).map(({ id, transcription }) => ({ reading: id, transcription }));
	expect(log.deliverOpenings(handed).every(({ ok }) => ok)).toBe(true);
	expect(log.openReadings()).toHaveLength(2);
	log.publishResults();
	log.close();
	return { dir, captures: forms.map(({ id }) => id) };
}

async function findingsOf(dir: string) {
	const store = openSqliteStore(join(dir, 'matokeo.sqlite'), 'readonly');
	try {
		return (await audit(suite, folderOf(dir), store)).findings;
	} finally {
		store.close();
	}
}

function sql(dir: string, ...statements: readonly string[]): void {
	const db = new Database(join(dir, 'matokeo.sqlite'));
	for (const statement of statements) expect(db.prepare(statement).run().changes).toBeGreaterThan(0);
	db.close();
}

function flip(path: string, at: number): void {
	const bytes = readFileSync(path);
	bytes[at] = (bytes[at] ?? 0) ^ 1;
	rmSync(path);
	writeFileSync(path, bytes);
}

function dump(dir: string) {
	const store = openSqliteStore(join(dir, 'matokeo.sqlite'), 'readonly');
	const { size, root, range } = store.head();
	const rows = TABLES.flatMap((table) => [...store.rowsOf(table)].map(({ key, json }) => `${table} ${key} ${json}`));
	const statements = store
		.statements(0, size)
		.map(
			({ id, note, leafHash }) => `${id} ${Buffer.from(note).toString('hex')} ${Buffer.from(leafHash).toString('hex')}`,
		);
	const openings = store.keptOpenings();
	store.close();
	return { size, root: Buffer.from(root).toString('hex'), range: range.size, rows, statements, openings };
}

describe('D20 fsck', () => {
	it('D20 finds nothing in an undisturbed folder, after a fold from zero of everything', async () => {
		const { dir } = await played();
		const store = openSqliteStore(join(dir, 'matokeo.sqlite'), 'readonly');
		const audited = await audit(suite, folderOf(dir), store);
		expect(audited.findings).toEqual([]);
		expect(audited.compared.rows).toBeGreaterThan(40);
		expect(audited.compared.blobs).toBe(16);
		expect(audited.compared.files).toBeGreaterThanOrEqual(4);
		store.close();
	});

	it('D20 names a vote changed in the database with its station and statement', async () => {
		const { dir } = await played();
		sql(dir, `UPDATE "return" SET json = replace(json, '[50,40,30,', '[51,40,30,') WHERE key = 'president|003|1'`);
		const found = await findingsOf(dir);
		expect(found).toHaveLength(1);
		expect(found[0]).toMatchObject({ station: '003', where: 'table return, row "president|003|1"' });
		expect(found[0]?.statement).toMatch(/^[0-9a-f]{64}$/);
	});

	it('D20 names a total, a row too many, a row too few, a statement changed, its id, the head', async () => {
		const { dir, captures } = await played();
		sql(
			dir,
			`UPDATE area_total SET json = replace(json, '"verified":[', '"verified":[1') WHERE key = 'president|land'`,
			`INSERT INTO key_use (key, json) VALUES ('ab', '{"name":"x"}')`,
			`DELETE FROM capture WHERE key = '${captures[4]}'`,
			`UPDATE statement SET note = X'00' WHERE position = 5`,
			`UPDATE statement SET id = X'${'11'.repeat(32)}' WHERE position = 6`,
			`UPDATE statement SET leaf_hash = X'${'22'.repeat(32)}' WHERE position = 7`,
			`UPDATE head SET root = X'${'33'.repeat(32)}'`,
		);
		const found = await findingsOf(dir);
		expect(found.map(({ where, station }) => `${where} ${station ?? ''}`.trim())).toEqual([
			'table statement, row 5 003',
			'table statement, row 6 004',
			'table statement, row 7 005',
			'table head',
			'table keyUse, row "ab"',
			`table capture, row "${captures[4]}" 005`,
			'table total, row "president|land"',
		]);
	});

	it('D20 comes to an end with a head that says more than any database holds', async () => {
		const { dir } = await played();
		sql(dir, 'UPDATE head SET size = 9007199254740991');
		const found = await findingsOf(dir);
		expect(found.map(({ where }) => where)).toEqual(['public/checkpoint', 'table head']);
	});

	it('D20 names a byte changed in a tile, a bundle, a blob, the results, and a sealed or foreign file in public', async () => {
		const { dir, captures } = await played();
		const digest = suite.sha256Hex(imageOf('002'));
		const size = dump(dir).size;
		flip(join(dir, 'public', 'tile', '0', '000.p', String(size)), 40);
		flip(join(dir, 'blob', digest.slice(0, 2), digest), 3);
		flip(join(dir, 'public', 'results', 'president.json'), 200);
		writeFileSync(join(dir, 'public', 'blob', digest.slice(0, 2), 'f'.repeat(64)), 'x');
		const found = await findingsOf(dir);
		expect(found.map(({ where, statement }) => [where, statement])).toEqual([
			['public/results/president.json', undefined],
			[`public/tile/0/000.p/${size}`, undefined],
			[`blob/${digest.slice(0, 2)}/${digest}`, captures[1]],
			[`public/blob/${digest.slice(0, 2)}/${'f'.repeat(64)}`, undefined],
		]);
		flip(join(dir, 'public', 'tile', 'entries', '000.p', String(size)), 900);
		const more = await findingsOf(dir);
		expect(more.some(({ problem }) => problem.includes('void leaf'))).toBe(true);
		expect(more.some(({ where }) => where === 'public/checkpoint')).toBe(true);
	});

	it('D20 names an opening that does not fit its commitment, and a package that was changed', async () => {
		const { dir } = await played();
		sql(dir, `UPDATE opening SET json = replace(json, '"alba":50', '"alba":51')`);
		expect(await findingsOf(dir)).toMatchObject([{ where: 'table opening', station: '003' }]);
		flip(join(dir, 'public', 'package', 'stations.csv'), 60);
		expect((await findingsOf(dir)).some(({ where }) => where.startsWith('public/package'))).toBe(true);
	});
});

describe('D21 rebuild', () => {
	it('D21 makes the same rows, statements and head to the byte, keeps openings and the old file, and the server starts', async () => {
		const { dir } = await played();
		const before = dump(dir);
		expect(before.openings).toHaveLength(1);
		const made = await rebuild(suite, folderOf(dir));
		expect(made).toMatchObject({ ok: true, value: { size: before.size, voidLeaves: 0, openingsKept: 1 } });
		expect(dump(dir)).toEqual(before);
		expect(existsSync(join(dir, 'matokeo.sqlite.before-rebuild'))).toBe(true);
		expect(await findingsOf(dir)).toEqual([]);
		const { log } = openIn(dir);
		expect(
			log.append([say({ type: 'key/revoke', key: 'po/001', reason: 'lost' }, 'registrar/1', 'registrar/2').bytes]),
		).toMatchObject([{ kind: 'receipt' }]);
		log.close();
	});

	it('D21 works without any database, and brings public images back', async () => {
		const { dir } = await played();
		const before = dump(dir);
		for (const name of readdirSync(dir)) if (name.startsWith('matokeo.sqlite')) rmSync(join(dir, name));
		rmSync(join(dir, 'blob'), { recursive: true });
		const made = await rebuild(suite, folderOf(dir));
		expect(made).toMatchObject({ ok: true, value: { blobsRestored: 8, openingsKept: 0 } });
		expect({ ...dump(dir), openings: before.openings }).toEqual(before);
		expect(await findingsOf(dir)).toEqual([]);
	});

	it('D21 makes nothing of entries that are not what was signed', async () => {
		const { dir } = await played();
		const before = dump(dir);
		flip(join(dir, 'public', 'tile', 'entries', '000.p', String(before.size)), 900);
		expect(await rebuild(suite, folderOf(dir))).toMatchObject({ ok: false });
		expect(dump(dir)).toEqual(before);
		rmSync(join(dir, 'public', 'checkpoint'));
		expect(await rebuild(suite, folderOf(dir))).toMatchObject({ ok: false });
		const left = readdirSync(join(dir, 'tmp'), { recursive: true, withFileTypes: true });
		expect(left.filter((entry) => entry.isFile())).toEqual([]);
	});
});
