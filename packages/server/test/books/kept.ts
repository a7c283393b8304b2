/** What a test looks at in the books of a server: lines as values, and what an audit says of the folder. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type Audit, audit } from '../../src/audit/fsck.ts';
import type { OpenedServer, ServerParts } from '../../src/main/openServer.ts';
import { folderOf } from '../../src/publish/folder.ts';
import { openSqliteStore } from '../../src/storage/sqliteStore.ts';
import { send, serve } from '../http/lib.ts';
import { enrolment, opening, START, suite } from '../lib/world.ts';

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

export const SETTINGS = { start: { version: 'test' }, configuration: { port: 8700 }, flushMs: 5 };
export const DAY = 86_400;
/** Behind 2030-03-17T17:46:40Z. */
export const MIDNIGHT: number = START - (START % DAY) + DAY;

export async function kept(dir: string, parts: Partial<ServerParts> = {}): Promise<OpenedServer> {
	return serve({ dir, books: SETTINGS, ...parts });
}

/** The election is open in it, and everybody enrolled. */
export async function opened(dir: string, parts: Partial<ServerParts> = {}): Promise<OpenedServer> {
	const server = await kept(dir, parts);
	await send(server, opening(), enrolment());
	return server;
}

export async function until(condition: () => boolean): Promise<void> {
	await expect.poll(condition, { timeout: 20_000, interval: 5 }).toBe(true);
}

/** The last digest of books that the log has said. */
export function digests({ service }: OpenedServer): string | undefined {
	return service.log.rows().get('log', '')?.accessed;
}
