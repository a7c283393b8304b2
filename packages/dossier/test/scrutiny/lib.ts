/** A served folder of the small election, with books of two periods and with secrets planted wherever a folder may hold some; and packs made of it. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import { audit } from '@matokeo/server/audit/fsck.ts';
import { openServer } from '@matokeo/server/main/openServer.ts';
import { folderOf } from '@matokeo/server/publish/folder.ts';
import { openSqliteStore } from '@matokeo/server/storage/sqliteStore.ts';
import {
	capture,
	election,
	enrolment,
	opening,
	packageFiles,
	presidential,
	reading,
	START,
	say,
	signer,
	suite,
} from '@matokeo/server/testing/world.ts';
import { openBundle } from '@matokeo/verifier/bundle/open.ts';
import { checkPack, type PackChecked } from '@matokeo/verifier/pack/checkPack.ts';
import {
	PACK_MANIFEST,
	PACK_SUMS,
	type PackManifest,
	parsePackManifest,
	printPackManifest,
	printSums,
} from '@matokeo/verifier/pack/manifest.ts';
import type { Part } from '../../src/scrutiny/parts.ts';
import { remadeTables } from '../../src/scrutiny/remake.ts';
import { makeScrutinyPack, type ScrutinyMade } from '../../src/scrutiny/scrutiny.ts';

const made: string[] = [];

function newFolder(): string {
	const dir = mkdtempSync(join(tmpdir(), 'matokeo-scrutiny-'));
	made.push(dir);
	return dir;
}

export function removeFolders(): void {
	for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
}

export interface Served {
	readonly dir: string;
	/** Texts that must be nowhere in a pack. */
	readonly secrets: readonly string[];
}

const ADDRESS = '203.0.113.77';
const SEALED = 'a sealed text that nobody may read';

/** A day is over in it, and an orderly stop. */
export async function served(): Promise<Served> {
	const dir = newFolder();
	let now = START;
	const parts = { dir, suite, election, packageFiles, signer, clock: () => now, port: 0, pulseMs: 5 };
	const books = { start: { version: 'test', program: '0'.repeat(64) }, configuration: { port: 8700 }, flushMs: 5 };
	const server = await openServer({ ...parts, books, trustProxy: ['127.0.0.1'] });
	const post = async (path: string, body: unknown): Promise<string> => {
		const headers = { 'content-type': 'application/json', 'x-forwarded-for': ADDRESS };
		const answer = await fetch(`${server.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
		return answer.text();
	};
	const send = (...notes: readonly { readonly bytes: Uint8Array }[]) =>
		post('/api/v1/statements', { notes: notes.map(({ bytes }) => Buffer.from(bytes).toString('utf8')) });
	await send(opening(), enrolment());
	const image = utf8Encode(SEALED);
	const form = capture('001', image, presidential(5, 4, 3, 2), { serial: '-2/1' });
	await server.service.hold(image);
	await send(form);
	const read = reading(form.id, 'clerk/1', presidential(5, 4, 3, 2));
	await send(read);
	await post('/api/v1/openings', { openings: [{ reading: read.id, transcription: read.transcription }] });
	await send(
		say({ type: 'station/status', contest: 'president', reason: 'flood', station: '002', status: 'delayed' }, 'ro/1'),
	);
	const challenge = await post('/api/v1/sign-in/challenge', { key: 'clerk/1' });
	now += 86_400;
	await send(capture('002', utf8Encode('another'), undefined, { route: 'other-kit' }));
	await server.close();
	return { dir, secrets: [...planted(dir), ADDRESS, SEALED, read.transcription.salt, nonceIn(challenge)] };
}

function nonceIn(challenge: string): string {
	return /"nonce\\?":\\?"([0-9a-f]{64})/.exec(challenge)?.[1] ?? 'no nonce was handed out';
}

function planted(dir: string): readonly string[] {
	const files = {
		'log.key': 'AGE-SECRET-KEY-1PLANTED',
		passphrase: 'correct horse battery staple',
		'upload/0123456789abcdef0123456789abcdef': 'an upload that is not finished',
		'books/note.txt': 'a note of the administrator',
	};
	for (const [path, text] of Object.entries(files)) {
		mkdirSync(join(dir, path, '..'), { recursive: true });
		writeFileSync(join(dir, path), text);
	}
	const secrets = readdirSync(join(dir, 'books')).flatMap((period) => {
		try {
			return [readFileSync(join(dir, 'books', period, 'source.secret'), 'utf8').trim()];
		} catch {
			return [];
		}
	});
	return [...Object.values(files), ...secrets];
}

export interface MadePack extends ScrutinyMade {
	readonly path: string;
}

export async function packOf(dir: string, kind: 'zip' | 'folder', parts?: readonly Part[]): Promise<MadePack> {
	const folder = folderOf(dir);
	const store = openSqliteStore(folder.database, 'readonly');
	const path = join(newFolder(), kind === 'zip' ? 'pack.zip' : 'pack');
	if (kind === 'folder') mkdirSync(path);
	try {
		const audited = await audit(suite, folder, store);
		const out = { path, kind };
		const pack = await makeScrutinyPack({
			suite,
			folder,
			dir,
			out,
			audit: audited,
			...(parts === undefined ? {} : { parts }),
		});
		if (!pack.ok) throw new Error(pack.error);
		return { ...pack.value, path };
	} finally {
		store.close();
	}
}

export function* filesIn(folder: string): Generator<string> {
	for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
		if (entry.isFile()) yield join(entry.parentPath, entry.name);
}

/** What a check of the pack says; `remakes`: the tables are made again from the log inside. */
export async function checked(path: string, remakes = true, anchor = election.digest): Promise<PackChecked> {
	const files = openBundle(path);
	if (!files.ok) throw new Error(files.error);
	try {
		const result = await checkPack(suite, files.value, {
			anchor,
			workers: 0,
			...(remakes ? { remake: (log, manifest) => remadeTables(suite, log, manifest) } : {}),
		});
		if (!result.ok) throw new Error(result.error);
		return result.value;
	} finally {
		files.value.close();
	}
}

export function manifestIn(path: string): PackManifest {
	const manifest = parsePackManifest(readFileSync(join(path, PACK_MANIFEST)));
	if (!manifest.ok) throw new Error(manifest.error);
	return manifest.value;
}

/** As whoever made the pack could: the list and the sums anew. */
export function rewrite(path: string, manifest: PackManifest): void {
	const text = printPackManifest(manifest);
	writeFileSync(join(path, PACK_MANIFEST), text);
	writeFileSync(join(path, PACK_SUMS), printSums(manifest.files, suite.sha256Hex(utf8Encode(text))));
}
