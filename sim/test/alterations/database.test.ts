/**
 * Alterations behind the server's back, through the command itself (D20, D21): `matokeo fsck` names the table or file, the station and the statement, and `matokeo rebuild` makes the same database again out of what
 * is published, after which nothing differs.
 */
import { audit } from '@matokeo/server/audit/fsck.ts';
import { folderOf } from '@matokeo/server/publish/folder.ts';
import { openSqliteStore } from '@matokeo/server/storage/sqliteStore.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { matokeo } from '../lib/matokeo.ts';
import { type Alterations, type ExpectedFinding, expectations, type Subject } from './lib/alteration.ts';
import { BYTES } from './lib/bytes.ts';
import { HELD, ROWS, SWAPPED, UNREADABLE } from './lib/database.ts';
import { copyOf, type Rehearsed, rehearsed, removeFolders, suite } from './lib/rehearsed.ts';

let of: Rehearsed;
beforeAll(async () => {
	of = await rehearsed();
});
afterAll(removeFolders);

async function altered(alterations: Alterations, { name }: ExpectedFinding) {
	const dir = copyOf(of);
	const subject = await alterations[name]?.({ of, dir, folder: `${dir}/public` });
	if (subject === undefined) throw new Error('the vectors have a case that nobody makes');
	return { dir, subject };
}

async function expectNamed(dir: string, { where, names }: ExpectedFinding, subject: Subject): Promise<void> {
	const { code, stdout, stderr } = await matokeo('fsck', dir);
	expect([code, stderr]).toEqual([1, '']);
	const named = names.map((name) => String(subject[name]));
	const lines = stdout.split('\n').filter((line) => line.startsWith(where));
	expect(
		lines.filter((line) => named.every((value) => line.includes(value))),
		stdout,
	).not.toEqual([]);
}

async function expectRebuilt(dir: string): Promise<void> {
	const rebuilt = await matokeo('rebuild', dir);
	expect(rebuilt.code, rebuilt.stderr).toBe(0);
	const folder = folderOf(dir);
	const store = openSqliteStore(folder.database, 'readonly');
	const { findings } = await audit(suite, folder, store);
	store.close();
	expect(findings).toEqual([]);
}

describe('matokeo fsck and rebuild', () => {
	it.each([...expectations('database.json', 'rows'), ...expectations('database.json', 'swapped')])(
		'$name',
		async (expected) => {
			const { dir, subject } = await altered({ ...ROWS, ...SWAPPED }, expected);
			await expectNamed(dir, expected, subject);
			await expectRebuilt(dir);
		},
	);

	it.each(expectations('database.json', 'unreadable'))('$name', async (expected) => {
		const { dir } = await altered(UNREADABLE, expected);
		const { code, stdout, stderr } = await matokeo('fsck', dir);
		expect([code, stdout]).toEqual([2, '']);
		expect(stderr).toContain('matokeo rebuild');
		await expectRebuilt(dir);
	});

	it.each(expectations('database.json', 'held'))('$name', async (expected) => {
		const { dir, subject } = await altered(HELD, expected);
		await expectNamed(dir, expected, subject);
	});

	it.each(expectations('database.json', 'public'))('of what is published: $name', async (expected) => {
		const { dir, subject } = await altered(BYTES, expected);
		await expectNamed(dir, expected, subject);
	});

	it('the vectors have all alterations that are made here, and no other', () => {
		for (const [list, made] of Object.entries({ rows: ROWS, unreadable: UNREADABLE, swapped: SWAPPED, held: HELD }))
			expect(expectations('database.json', list).map(({ name }) => name)).toEqual(Object.keys(made));
	});

	it('D20 finds no difference where nothing was altered', async () => {
		const { code, stdout } = await matokeo('fsck', of.dir);
		expect([code, stdout.split(':')[0]]).toEqual([0, 'No difference']);
	});

	it('D21 rebuild of what was not altered is found without difference by the command too', async () => {
		const dir = copyOf(of);
		expect((await matokeo('rebuild', dir)).code).toBe(0);
		expect((await matokeo('fsck', dir)).code).toBe(0);
	});
});
