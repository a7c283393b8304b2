/** A start finishes what the database has committed, and signs nothing for a folder that is ahead of it or another log's (D14). */
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { MANIFEST, makeManifest } from '@matokeo/core/election/manifest.ts';
import { loadElection } from '@matokeo/core/election/package.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { CRASH_POINTS, type CrashPoint } from '../src/app/crashPoint.ts';
import type { LogParts } from '../src/app/openedLog.ts';
import { audit } from '../src/audit/fsck.ts';
import { folderOf } from '../src/publish/folder.ts';
import { memoryStore } from '../src/storage/memoryStore.ts';
import { openSqliteStore } from '../src/storage/sqliteStore.ts';
import { lawfulBeginning, lawfulFiles, lawfulLog, sayLawful } from './lib/lawful.ts';
import {
	capture,
	enrolment,
	imageOf,
	keyOf,
	newFolder,
	openIn,
	opening,
	packageFiles,
	removeFolders,
	START,
	STATIONS,
	signer,
	suite,
} from './lib/world.ts';

afterEach(removeFolders);

/** 300 captures: more than a bundle, so that tiles fill up. */
function captures(count: number, from = 0): readonly Uint8Array[] {
	return Array.from({ length: count }, (_, i) => {
		const northern = i >= 240;
		const station = STATIONS[i % (northern ? 5 : STATIONS.length)] ?? '001';
		const contest = northern ? 'council' : 'president';
		return capture(station, imageOf(`${from + i}`), undefined, { contest }).bytes;
	});
}

const MANY = captures(300);

async function clean(dir: string): Promise<void> {
	const store = openSqliteStore(join(dir, 'matokeo.sqlite'), 'readonly');
	const audited = await audit(suite, folderOf(dir), store);
	store.close();
	expect(audited.findings).toEqual([]);
}

/** Everything published, path → bytes. */
function published(dir: string): ReadonlyMap<string, string> {
	const root = join(dir, 'public');
	const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
	return new Map(
		files
			.map((entry) => join(entry.parentPath, entry.name))
			.map((path) => [path.slice(root.length), readFileSync(path, 'hex')]),
	);
}

const APPEND_POINTS = Object.keys(CRASH_POINTS).filter((point): point is CrashPoint =>
	['commit', 'tiles', 'blobs', 'checkpoint'].some((word) => point.endsWith(word) || point.startsWith(word)),
);

describe('D14 a start after a crash', () => {
	it.each(APPEND_POINTS)(
		'D14 after %s: nothing acknowledged is lost, the folder is what an undisturbed one is',
		async (point) => {
			const dir = newFolder();
			let armed = false;
			const faults = (at: CrashPoint) => {
				if (armed && at === point) throw new Error(`crash ${at}`);
			};
			const first = openIn(dir, { faults });
			first.log.append([opening().bytes, enrolment().bytes]);
			armed = true;
			expect(() => first.log.append(MANY)).toThrow('crash');
			first.log.close();
			const second = openIn(dir);
			const answers = second.log.append(MANY);
			expect(new Set(answers.map(({ kind }) => kind)).size).toBe(1);
			expect(second.log.size()).toBe(303);
			second.log.close();
			await clean(dir);
			const undisturbed = newFolder();
			const other = openIn(undisturbed);
			other.log.append([opening().bytes, enrolment().bytes]);
			other.log.append(MANY);
			other.log.close();
			const [here, there] = [published(dir), published(undisturbed)];
			const late = (files: ReadonlyMap<string, string>) =>
				new Map([...files].filter(([path]) => !path.includes('.p/')));
			expect(late(here)).toEqual(late(there));
		},
	);

	it.each(APPEND_POINTS)('D14 D16 after %s: files that a count names are published by the next start', (point) => {
		const dir = newFolder();
		let armed = false;
		const faults = (at: CrashPoint) => {
			if (armed && at === point) throw new Error(`crash ${at}`);
		};
		const open = (more: Partial<LogParts>) => openIn(dir, { election: lawfulLog, packageFiles: lawfulFiles, ...more });
		const first = open({ faults });
		first.log.append(lawfulBeginning().map(({ bytes }) => bytes));
		const [table, text] = [utf8Encode('station,alba\n001,1\n'), utf8Encode(`${'b'.repeat(64)}\nOurs.\n`)];
		const [ofTable, ofText] = [suite.sha256Hex(table), suite.sha256Hex(text)];
		const said = { contest: 'president', obtained: 'posted-forms', rows: 1, table: ofTable, text: ofText } as const;
		const lodged = sayLawful({ type: 'count/lodge', at: START, ...said }, 'party/sun/root');
		// Held already, as when another server on the same folder took them, so that no later announcement publishes them.
		for (const [digest, bytes] of [
			[ofTable, table],
			[ofText, text],
		] as const) {
			mkdirSync(dirname(folderOf(dir).heldBlob(digest)), { recursive: true });
			writeFileSync(folderOf(dir).heldBlob(digest), bytes);
		}
		armed = true;
		expect(() => first.log.append([lodged.bytes])).toThrow('crash');
		first.log.close();
		const second = open({});
		expect(second.log.append([lodged.bytes])[0]?.kind).toMatch(/^(receipt|logged)$/);
		for (const digest of [ofTable, ofText]) expect(existsSync(folderOf(dir).publicBlob(digest))).toBe(true);
		second.log.close();
	});

	it('D14 an exception in the middle does not need a restart: the next append finishes it', async () => {
		const dir = newFolder();
		let left = 1;
		const faults = (at: CrashPoint) => {
			if (at === 'after-tiles' && left-- > 0) throw new Error('crash');
		};
		const { log } = openIn(dir, { faults });
		expect(() => log.append([opening().bytes])).toThrow('crash');
		expect(log.append([opening().bytes])).toMatchObject([{ kind: 'logged', index: 0 }]);
		expect(log.append([enrolment().bytes])).toMatchObject([{ kind: 'receipt', index: 2 }]);
		log.close();
		await clean(dir);
	});

	it('D6 a published folder that was lost, or lost some tiles, is written again from the database', async () => {
		const dir = newFolder();
		const first = openIn(dir);
		first.log.append([opening().bytes, enrolment().bytes, ...MANY]);
		first.log.close();
		const before = published(dir);
		rmSync(join(dir, 'public'), { recursive: true });
		openIn(dir).log.close();
		expect(published(dir)).toEqual(before);
		rmSync(join(dir, 'public', 'tile', '0', '001.p'), { recursive: true });
		const again = openIn(dir);
		again.log.append(captures(1, 900));
		again.log.close();
		await clean(dir);
	});
});

describe('D14 what stops a start', () => {
	function ahead(): { readonly dir: string; readonly old: string } {
		const dir = newFolder();
		const old = join(newFolder(), 'old.sqlite');
		const first = openIn(dir);
		first.log.append([opening().bytes]);
		first.log.close();
		copyFileSync(join(dir, 'matokeo.sqlite'), old);
		const second = openIn(dir);
		second.log.append([enrolment().bytes]);
		second.log.close();
		return { dir, old };
	}

	it('D14 published ahead of the database: nothing is signed, and it says to rebuild', () => {
		const { dir, old } = ahead();
		const before = published(dir);
		copyFileSync(old, join(dir, 'matokeo.sqlite'));
		expect(() => openIn(dir)).toThrow(/public\/checkpoint says 3 entries, the database holds 2.*matokeo rebuild/);
		expect(published(dir)).toEqual(before);
	});

	it('D14 another log of the same size: nothing is signed', () => {
		const { dir } = ahead();
		const other = newFolder();
		const { log } = openIn(other, { clock: () => 1_900_000_777 });
		log.append([opening().bytes, enrolment().bytes]);
		log.close();
		copyFileSync(join(other, 'matokeo.sqlite'), join(dir, 'matokeo.sqlite'));
		expect(() => openIn(dir)).toThrow(/two different logs/);
		const longer = openIn(other, { clock: () => 1_900_000_777 });
		longer.log.append(captures(3));
		longer.log.close();
		copyFileSync(join(other, 'matokeo.sqlite'), join(dir, 'matokeo.sqlite'));
		expect(() => openIn(dir)).toThrow(/does not continue what public\/checkpoint says/);
	});

	it('D14 a checkpoint that this log did not sign, the wrong key, another package', () => {
		const dir = newFolder();
		const { log } = openIn(dir);
		log.append([opening().bytes]);
		log.close();
		const wrongKey = { ...signer, sign: () => new Uint8Array(64) };
		expect(() => openIn(dir, { signer: wrongKey })).toThrow(/log keys/);
		expect(() =>
			openIn(dir, { signer: { ...signer, name: 'registrar/1', keyId: keyOf('registrar/1').keyId } }),
		).toThrow(/log keys/);
		const files = new Map(packageFiles).set('notes.txt', utf8Encode('another file'));
		files.set(MANIFEST, makeManifest(suite, files).bytes);
		const other = loadElection(suite, files);
		if (!other.ok) throw new Error('the other package is sound');
		expect(() => openIn(dir, { packageFiles: files })).toThrow(/files of the package/);
		expect(() => openIn(dir, { packageFiles: files, election: other.value })).toThrow(/database holds the log of/);
		writeFileSync(join(dir, 'public', 'checkpoint'), 'small.example/log\n9\nAAAA\n\n— x y\n');
		expect(() => openIn(dir)).toThrow(/no checkpoint of this log/);
	});

	it.each([
		[
			'changed',
			`UPDATE statement SET note = CAST(replace(CAST(note AS TEXT), '"poll":1', '"poll":2') AS BLOB) WHERE position = 4`,
		],
		['taken away', 'DELETE FROM statement WHERE position = 4'],
	])(
		'D14 a statement that was %s behind its back: nothing of it is published, whether the folder is there or not',
		(_what, sql) => {
			const dir = newFolder();
			const { log } = openIn(dir);
			log.append([opening().bytes, enrolment().bytes, ...captures(3)]);
			log.close();
			const db = new Database(join(dir, 'matokeo.sqlite'));
			expect(db.prepare(sql).run().changes).toBe(1);
			db.close();
			const before = published(dir);
			expect(() => openIn(dir)).toThrow(/statement 4 in the database is not the one that was logged/);
			expect(published(dir)).toEqual(before);
			rmSync(join(dir, 'public', 'tile'), { recursive: true });
			expect(() => openIn(dir)).toThrow(/statement 4 /);
			rmSync(join(dir, 'public'), { recursive: true });
			expect(() => openIn(dir)).toThrow(/statement 4 /);
		},
	);

	it('D14 a memory store behind a published folder is behind, too', () => {
		const dir = newFolder();
		const { log } = openIn(dir);
		log.append([opening().bytes]);
		log.close();
		expect(() => openIn(dir, { store: memoryStore() })).toThrow(/matokeo rebuild/);
		expect(existsSync(join(dir, 'public', 'checkpoint'))).toBe(true);
	});
});
