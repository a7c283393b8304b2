/** B20–B24: a zip from a stranger. What common programs write is read; every lie is refused, and none of it is unpacked. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { utf8Decode } from '@matokeo/core/std/bytes.ts';
import { afterAll, describe, expect, it } from 'vitest';
import { openZip } from '../../src/bundle/zip.ts';
import { newFolder, put, removeFolders } from '../support/publish.ts';
import { type RawEntry, type RawZip, rawZip } from '../support/rawZip.ts';

afterAll(removeFolders);

const README: RawEntry = { name: 'README.txt', content: 'Read me.\n' };
const NOTE: RawEntry = { name: 'statements/7.note', content: 'said\n' };

function opened(bytes: Uint8Array) {
	const path = join(newFolder(), 'bundle.zip');
	writeFileSync(path, bytes);
	return openZip(path);
}

function refusal(entries: readonly RawEntry[], zip?: RawZip): string {
	const files = opened(rawZip(entries, zip));
	if (!files.ok) return files.error;
	const names = [...files.value.sizes.keys()];
	const wrong = names.map((name) => files.value.read(name)).find((read) => !read.ok);
	files.value.close();
	return wrong?.ok === false ? wrong.error : 'nothing';
}

function contents(bytes: Uint8Array): Readonly<Record<string, string | undefined>> {
	const files = opened(bytes);
	if (!files.ok) throw new Error(files.error);
	const all = [...files.value.sizes.keys()].map((name) => {
		const read = files.value.read(name);
		return [name, read.ok ? utf8Decode(read.value) : read.error] as const;
	});
	files.value.close();
	return Object.fromEntries(all);
}

const READ = { 'README.txt': 'Read me.\n', 'statements/7.note': 'said\n' };

describe('B22 what is read', () => {
	it('B22 files as they are, and deflated', () => {
		expect(contents(rawZip([README, NOTE]))).toEqual(READ);
		expect(contents(rawZip([{ ...README, deflated: true }, NOTE]))).toEqual(READ);
	});

	it('B22 folders, sizes behind the file, and a wide end', () => {
		const behind = (content: string, crc: number): Uint8Array => {
			const bytes = Buffer.alloc(16);
			bytes.writeUInt32LE(0x08074b50, 0);
			bytes.writeUInt32LE(crc, 4);
			bytes.writeUInt32LE(content.length, 8);
			bytes.writeUInt32LE(content.length, 12);
			return bytes;
		};
		const crc = 0x5bb0_0b5f;
		const streamed: RawEntry = {
			name: 'README.txt',
			content: 'Read me.\n',
			said: { flags: 8 },
			own: { crc: 0, packed: 0, size: 0 },
		};
		const right = Buffer.from(rawZip([README])).readUInt32LE(14);
		expect(right).not.toBe(crc);
		expect(contents(rawZip([{ ...streamed, behind: behind('Read me.\n', right) }, NOTE]))).toEqual(READ);
		expect(refusal([{ ...streamed, behind: behind('Read me.\n', crc) }, NOTE])).toContain('B23');
		expect(contents(rawZip([{ name: 'statements/', content: '' }, README, NOTE]))).toEqual(READ);
		expect(contents(rawZip([README, NOTE], { wide: {} }))).toEqual(READ);
	});

	it.skipIf(!existsSync('/usr/bin/zip'))('B22 what Info-ZIP writes of a folder (needs /usr/bin/zip)', () => {
		const dir = newFolder();
		put(dir, 'b/README.txt', 'Read me.\n');
		put(dir, 'b/statements/7.note', 'said\n');
		execFileSync('/usr/bin/zip', ['-q', '-r', '../again.zip', '.'], { cwd: join(dir, 'b') });
		const files = openZip(join(dir, 'again.zip'));
		expect(files.ok && [...files.value.sizes.keys()].sort()).toEqual(['README.txt', 'statements/7.note']);
	});
});

const renamed = (name: string): RawEntry => ({ ...README, name });
const LINK = (0o120777 << 16) >>> 0;

describe('B21 names that are refused', () => {
	it.each([
		['/etc/passwd', 'absolute'],
		['../../outside.txt', 'dots only'],
		['a/../b', 'dots only'],
		['a/./b', 'dots only'],
		['a//b', 'empty part'],
		['C:/autoexec.bat', 'characters other'],
		['a\\b', 'characters other'],
		['a\0b', '[U+0000]'],
		['a\nb', '[U+000A]'],
		['a\u001b[31mb', '[U+001B]'],
		['\u202etxt.exe', 'characters other'],
		['é.txt', 'characters other'],
		['a:stream', 'characters other'],
		['', 'empty name'],
		['a'.repeat(241), 'more than 240'],
		[`${'a/'.repeat(19)}b`, 'folders in each other'],
	])('B21 %j', (name, words) => {
		const said = refusal([renamed(name), NOTE]);
		expect(said).toContain('B21');
		expect(said).toContain(words);
	});

	it('B21 the same name twice, also but for capital letters, and a file in a file', () => {
		expect(refusal([README, README])).toContain('there twice');
		expect(refusal([README, renamed('readme.TXT')])).toContain('there twice');
		expect(refusal([renamed('a'), renamed('A/b')])).toContain('whose name a file has');
	});
});

const bytes = (...list: readonly number[]): Uint8Array => Uint8Array.from(list);
const LYING: readonly (readonly [string, readonly RawEntry[], RawZip, string])[] = [
	['a symbolic link', [{ ...README, listed: { attributes: LINK } }], {}, 'B22'],
	['a device', [{ ...README, listed: { attributes: (0o060600 << 16) >>> 0 } }], {}, 'B22'],
	['a folder that is a file', [{ name: 'a/', content: 'x' }], {}, 'B22'],
	['a file that is said to be a folder', [{ ...README, listed: { attributes: 0x10 } }], {}, 'B22'],
	['encryption', [{ ...README, said: { flags: 1 } }], {}, 'B22'],
	['strong encryption', [{ ...README, said: { flags: 0x40 } }], {}, 'B22'],
	['masked headers', [{ ...README, said: { flags: 0x2000 } }], {}, 'B22'],
	['another way of packing', [{ ...README, said: { method: 9 } }], {}, 'B22'],
	['a comment of a file', [{ ...README, listed: { comment: 'hi' } }], {}, 'B22'],
	['extra data that renames a file', [{ ...README, said: { extra: bytes(0x75, 0x70, 1, 0, 1) } }], {}, 'B22'],
	['extra data that is cut off', [{ ...README, said: { extra: bytes(0x55, 0x54, 9, 0, 1) } }], {}, 'B22'],
	[
		'wide sizes that nothing asks for',
		[{ ...README, said: { extra: bytes(1, 0, 8, 0, 9, 0, 0, 0, 0, 0, 0, 0) } }],
		{},
		'B22',
	],
	['another name before the file', [{ ...README, own: { name: 'other.txt!' } }], {}, 'B23'],
	['another size before the file', [{ ...README, own: { size: 8 } }], {}, 'B23'],
	['another checksum before the file', [{ ...README, own: { crc: 1 } }], {}, 'B23'],
	['another way of packing before the file', [{ ...README, own: { method: 8 } }], {}, 'B23'],
	['other flags before the file', [{ ...README, own: { flags: 2 } }], {}, 'B23'],
	['another time before the file', [{ ...README, own: { time: 1 } }], {}, 'B23'],
	['two files at one place', [README, { ...NOTE, listed: { offset: 0 } }], {}, 'B23'],
	['a place beyond the end', [{ ...README, listed: { offset: 9_999 } }], {}, 'B23'],
	['bytes before the first file', [README], { before: bytes(1, 2, 3) }, 'B23'],
	['bytes between two files', [{ ...README, behind: bytes(1, 2, 3) }, NOTE], {}, 'B23'],
	['bytes behind the last file', [{ ...README, behind: bytes(1) }], {}, 'B23'],
	['bytes behind the end', [README], { after: bytes(1) }, 'B23'],
	['a comment of the zip', [README], { comment: 'PK' }, 'B23'],
	['fewer files than the end says', [README], { count: 2 }, 'B23'],
	['more files than the end says', [README, NOTE], { count: 1 }, 'B23'],
	['a wide end that counts otherwise', [README], { wide: { count: 3 } }, 'B23'],
	['a wide end that points elsewhere', [README], { wide: { start: 1 } }, 'B23'],
	['a wide end of another length', [README], { wide: { length: 1 } }, 'B23'],
	['more files than are read', [README], { wide: { count: 400_001 } }, 'B20'],
	['a file larger than is read', [{ ...README, deflated: true, said: { size: 1_073_741_825 } }], {}, 'B20'],
	['a bomb', [{ name: 'a', content: Buffer.alloc(4_000_000), deflated: true }], {}, 'B20'],
	[
		'a folder with bytes that nobody unpacks',
		[{ name: 'a/', content: '', said: { method: 8 }, packedBytes: bytes(3, 0, 7) }],
		{},
		'B22',
	],
	[
		'a file that is packed larger than it is',
		[{ ...README, deflated: true, packedBytes: Buffer.alloc(1_100) }],
		{},
		'B20',
	],
	['a size that is not what unpacks', [{ ...README, deflated: true, said: { size: 5 } }], {}, 'B24'],
	['a size beyond what unpacks', [{ ...README, deflated: true, said: { size: 50 } }], {}, 'B24'],
	['a wrong checksum', [{ ...README, said: { crc: 77 } }], {}, 'B24'],
	[
		'packed bytes with something behind',
		[{ ...README, deflated: true, packedBytes: bytes(3, 0, 1, 2), said: { size: 0, crc: 0 } }],
		{},
		'B24',
	],
];

describe('B20, B22–B24 lies that are refused', () => {
	it.each(LYING)('%s', (_what, entries, zip, rule) => {
		expect(refusal(entries, zip)).toContain(rule);
	});

	it('B23 what is no zip, is cut off, or is nothing', () => {
		const whole = rawZip([README, NOTE]);
		for (const cut of [whole.subarray(0, whole.length - 1), whole.subarray(9), Buffer.from('hello'), Buffer.alloc(0)])
			expect(opened(cut)).toMatchObject({ ok: false, error: expect.stringContaining('B23') });
	});

	it('every byte of a zip that is changed is refused, or leaves every file as it was', () => {
		const whole = rawZip([README, { ...NOTE, deflated: true }]);
		let refused = 0;
		for (let at = 0; at < whole.length; at++) {
			const changed = Buffer.from(whole);
			changed[at] = (changed[at] ?? 0) ^ 0x41;
			const files = opened(changed);
			const read = files.ok ? [...files.value.sizes.keys()].map((name) => [name, files.value.read(name)] as const) : [];
			if (files.ok) files.value.close();
			const same =
				files.ok && read.every(([name, one]) => one.ok && READ[name as keyof typeof READ] === utf8Decode(one.value));
			if (!same) refused++;
			else expect(read).toHaveLength(2);
		}
		// What is left are versions and attributes of the list, which say nothing of a file.
		expect(refused).toBeGreaterThan(whole.length - 40);
	});
});

describe('B21, B22 an unpacked bundle', () => {
	it('a folder is read under the same names', async () => {
		const { openBundle } = await import('../../src/bundle/open.ts');
		const dir = newFolder();
		put(dir, 'README.txt', 'Read me.\n');
		put(dir, 'statements/7.note', 'said\n');
		const files = openBundle(dir);
		expect(files.ok && [...files.value.sizes.entries()].sort()).toEqual([
			['README.txt', 9],
			['statements/7.note', 5],
		]);
		mkdirSync(join(dir, 'a b'));
		put(dir, 'a b/c', 'x');
		expect(openBundle(dir)).toMatchObject({ ok: false, error: expect.stringContaining('B21') });
	});
});
