/** What a test looks at in the books of a server: lines as values, and what an audit says of the folder. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Audit } from '../../src/audit/fsck.ts';
import { audit } from '../../src/audit/fsck.ts';
import { folderOf } from '../../src/publish/folder.ts';
import { openSqliteStore } from '../../src/storage/sqliteStore.ts';
import { suite } from '../lib/world.ts';

export interface Line {
	readonly kind: string;
	readonly time: number;
	readonly [fact: string]: unknown;
}

export function periods(dir: string): readonly string[] {
	return readdirSync(join(dir, 'books'))
		.filter((name) => /^[0-9]/.test(name))
		.sort();
}

export function lines(dir: string, book: 'requests' | 'operations', period?: string): readonly Line[] {
	const wanted = period === undefined ? periods(dir) : [period];
	return wanted.flatMap((name) => {
		const path = join(dir, 'books', name, `${book}.jsonl`);
		if (!existsSync(path)) return [];
		const text = readFileSync(path, 'utf8');
		expect(text.endsWith('\n')).toBe(true);
		return text
			.slice(0, -1)
			.split('\n')
			.map((line): Line => JSON.parse(line));
	});
}

export async function audited(dir: string): Promise<Audit> {
	const folder = folderOf(dir);
	const store = openSqliteStore(folder.database, 'readonly');
	try {
		return await audit(suite, folder, store);
	} finally {
		store.close();
	}
}
